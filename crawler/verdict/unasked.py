"""Reasons for verdicts where nothing was asked: the URL can't be a public link, or we chose not to."""

from crawler.model.verdict import Kind
from crawler.verdict.rule import reason

UNASKED = (
    reason(
        Kind.INVALID,
        "url-malformed",
        "not a valid URL",
        """What stands here can't be read as an absolute URL, even with all the leniency of a browser. Mostly a part was
        lost or two things were pasted together; the message says which part is at fault. Write the URL in full,
        https:// included.""",
        "https://url.spec.whatwg.org/#concept-basic-url-parser",
    ),
    reason(
        Kind.INVALID,
        "scheme-unsupported",
        "not an http or https URL",
        """The URL begins with something other than http: or https:, so readers' browsers can't open it as a page. Look
        for a slip such as `htps:`; for ftp: and its kin, find the same thing on the web.""",
        "https://www.rfc-editor.org/rfc/rfc9110#section-4.2",
    ),
    reason(
        Kind.INVALID,
        "address-forbidden",
        "not a public address",
        """The URL, or a redirect from it, leads to an address that is not on the public internet: this machine, a
        private network, the inside of a cloud. Readers can't reach it, and asking could do harm, so no request was
        made. A test server or intranet of your own can be let through with `network.allow_addresses`.""",
        "https://www.rfc-editor.org/rfc/rfc6890#section-2.2",
    ),
    reason(
        Kind.INVALID,
        "url-credentials",
        "credentials in the URL",
        """A name or password stands before the host in this URL. Whatever is published that way is known to everybody,
        and the part before the @ is a favourite trick to make a link look as if it led elsewhere. Take it out, and
        change the password if it was one.""",
        "https://www.rfc-editor.org/rfc/rfc9110#section-4.2.4",
    ),
    reason(
        Kind.SKIPPED,
        "excluded",
        "left out by the settings",
        """The options of this run say which roles and URLs it is about, and this one isn't among them.""",
        "options --include, --exclude and --role",
    ),
    reason(
        Kind.SKIPPED,
        "robots-disallowed",
        "robots.txt asks programs to stay away",
        """The site's robots.txt asks programs not to fetch this URL, and this program keeps to it. Nothing is known of
        the link. Check it by hand, or set `politeness.robots` if the site is yours.""",
        "https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2",
    ),
    reason(
        Kind.SKIPPED,
        "offline",
        "no network in this run",
        """The run was asked to do only what needs no network, so the link was read but not fetched.""",
        "option --offline",
    ),
    reason(
        Kind.SKIPPED,
        "budget-exhausted",
        "time was over",
        """The time given to the run had passed before this URL's turn came. Nothing is known of the link. Give the run
        more time, or let the next one start with what this one left.""",
        "option --budget",
    ),
    reason(
        Kind.SKIPPED,
        "scheme-ignored",
        "not a link to the web",
        """The URL starts something on a reader's own device, such as a mail or a call, or carries its content in
        itself. No web server is asked for it, so there is nothing to check.""",
        "https://www.iana.org/assignments/uri-schemes/uri-schemes.xhtml",
    ),
)
"""In the order of the verdicts, as the catalogue shows them."""
