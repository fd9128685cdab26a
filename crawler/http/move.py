"""Moves that change nothing a reader would notice."""

from crawler.http.url import DEFAULT_PORTS, Url

TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "matomo_", "piwik_", "hsa_", "at_", "oly_")
"""Families of parameters: Urchin and Google Analytics, Matomo (three spellings), HubSpot ads, AT Internet, Omeda."""

TRACKING = frozenset(
    (
        *("gclid", "gclsrc", "dclid", "gbraid", "wbraid", "_ga", "_gl"),  # Google Ads and Analytics
        *("fbclid", "igsh", "igshid", "mibextid"),  # Meta
        *("msclkid", "ocid"),  # Microsoft
        *("yclid", "ysclid", "_openstat"),  # Yandex
        *("twclid", "ttclid", "li_fat_id", "rdt_cid", "epik", "sccid"),  # X, TikTok, LinkedIn, Reddit, Pinterest, Snap
        *("mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi"),  # Mailchimp, Marketo, HubSpot
        *("_ke", "vero_id"),  # Klaviyo, Vero
        *("s_cid", "icid", "cmpid", "ncid", "ito", "ns_campaign", "ns_mchannel"),  # Adobe, newspapers' own
    )
)
"""Single parameters that say where a reader came from, by the vendors' documentation. Names such as `ref`, `source` or
`id`, which as often select what is shown, are not among them."""


def is_trivial_move(source: Url, target: Url) -> bool:
    """Whether two URLs differ in nothing but scheme upgrade, `www.`, trailing slash, letter case, default port
    and tracking parameters, in any combination. Stepping down from https to http is no trifle.
    """
    return (
        (source.scheme == target.scheme or target.scheme == "https")
        and source.host.removeprefix("www.") == target.host.removeprefix("www.")
        and _port(source) == _port(target)
        and source.path.lower().removesuffix("/") == target.path.lower().removesuffix("/")
        and telling(source.query.lower()) == telling(target.query.lower())
    )


def is_tracking(parameter: str) -> bool:
    """Whether a parameter of a query, `name` or `name=value`, only says where a reader came from."""
    name = parameter.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def telling(query: str) -> list[str]:
    """The parameters of a query that may select what is shown."""
    return [part for part in query.split("&") if part and not is_tracking(part)] if query else []


def _port(url: Url) -> int | None:
    """The port of a URL; None for its scheme's own."""
    return None if url.port == DEFAULT_PORTS[url.scheme] else url.port
