"""Words in which domains are offered, parked or said to have expired. `ownname` stands for the page's own domain,
`ownlabel` for its first label."""

from crawler.media.wording.form import Words

_NAMED = "ownname domain domainname"
_AROUND = """ownlabel www com premium via at by on the this is a
    sedo afternic dan godaddy hugedomains atom bodis uniregistry namecheap"""

FOR_SALE: tuple[Words, ...] = (
    Words(
        things=f"{_NAMED} name website site",
        nots="",
        verbs="",
        gone="sale buy purchase acquire offer inquire enquire own",
        around=f"""{_AROUND} for may be could now today available to in an and or of your my our make here up forsale
            web address online price instantly resources information get it now com asking inquiries can""",
    ),
    Words(
        things=f"{_NAMED} webseite internetadresse name",
        nots="",
        verbs="",
        gone="verkauf verkaufen kaufen erwerben",
        around=f"{_AROUND} diese die steht zum zu jetzt ist hier dieser zur",
    ),
    Words(
        things=f"{_NAMED} domaine nom site",
        nots="",
        verbs="",
        gone="vendre vente acheter achetez",
        around=f"{_AROUND} ce cet le de est a en",
    ),
    Words(
        things=f"{_NAMED} dominio dominios nombre sitio site nome",
        nots="",
        verbs="",
        gone="venta comprar compra vende venda vendita vendesi acquista compre",
        around=f"{_AROUND} este el la esta en a la se de o e in questo il",
    ),
    Words(
        things=f"{_NAMED} domeinnaam domein website",
        nots="",
        verbs="",
        gone="koop kopen",
        around=f"{_AROUND} deze de staat te",
    ),
    Words(
        things=f"{_NAMED} domena nazwa domenu",
        nots="",
        verbs="",
        gone="sprzedaz sprzedania sprzedam prodej prodeji prodaju",
        around=f"{_AROUND} ta na do jest je k",
    ),
    Words(
        things=f"{_NAMED} домен домены имя домену сайт",
        nots="",
        verbs="",
        gone="продается продаю продам продажу купить куплю продаж",
        around=f"{_AROUND} этот доменное на выставлен в",
    ),
    Words(
        things=f"{_NAMED} alan alani adi",
        nots="",
        verbs="",
        gone="satilik satiliktir satin",
        around=f"{_AROUND} bu al",
    ),
    Words(
        things="ownname ドメイン ドメイン名 域名 网域 網域 本站",
        nots="",
        verbs="",
        gone="販売中 売り出し中 売出中 出售 转让 轉讓 待售 售卖 購入 购买",
        around="は を が この の です 本 此 该 该网站 正在 中 可 现在 出售中",
        parted=False,
    ),
)
"""That it can be bought."""

PARKED: tuple[Words, ...] = (
    Words(
        things=f"{_NAMED} name page website",
        nots="",
        verbs="",
        gone="parked parking geparkt geparkte geparkeerd",
        around=f"""{_AROUND} free courtesy of dns system hostinger with registered registrar ist diese die eine been has
            service domaine hover gandi ionos strato dynadot porkbun network solutions""",
    ),
    Words(
        things=f"{_NAMED} domaine dominio nom домен",
        nots="",
        verbs="",
        gone="parking parque estacionado aparcado parcheggiato parcheggio припаркован парковка",
        around=f"{_AROUND} ce le de en est este el il e in del",
    ),
)
"""That nothing is there but a registrar's page."""

EXPIRED: tuple[Words, ...] = (
    Words(
        things=f"{_NAMED} name registration",
        nots="",
        verbs="",
        gone="expired lapsed abgelaufen verlopen expire expirado caducado scaduto",
        around=f"{_AROUND} has been your ist diese die deze is ce de nom domaine este dominio ha il",
    ),
)
"""That its registration ran out."""

ANY_DOMAIN = frozenset(
    {"buy", "purchase", "acquire", "own", "kaufen", "erwerben", "acheter", "achetez", "comprar", "compra", "kopen"}
)
"""What registrars call upon everybody to do with domains."""
THIS = frozenset({"this", "diese", "ce", "cet", "este", "questo", "deze", "ta", "этот", "bu"})
"""With one of these, a title speaks of the very domain it stands on."""

SAID_ASIDE = (
    "domain is for sale",
    "domain may be for sale",
    "domain name is for sale",
    "buy this domain",
    "is parked free",
    "domain is parked",
    "domain has been parked",
    "domain name has been registered and parked",
    "sponsored listings displayed above",
    "inquire about this domain",
    "domain has expired",
)
"""Said in the text of a page whose title is its own domain and nothing else. Compared without accents and case."""
