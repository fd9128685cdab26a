"""Whether a page has the place within it that a fragment names (WHATWG HTML, section 7.4.6.4, "find a potential
indicated element").
"""

import re
from html import unescape
from urllib.parse import unquote

from crawler.media.charset import WIDE, encoding

_NAMED = re.compile(
    rb"""[\s"'](?:id|name|(href))\s*=\s*(?:"([^"]{1,500})"|'([^']{1,500})'|([^\s"'>]{1,500}))""", re.IGNORECASE
)
"""An `id`, or the `name` that old anchors have, wherever it stands; and what links lead to."""

_OF_SCRIPTS = re.compile(r"^[!/]|[=&?]|^L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?$")
"""Fragments that name no element: routes and states of applications, and lines of source code (GitHub, "Creating a
permanent link to a code snippet")."""

_DIRECTIVE = ":~:"
"""What comes after it is for the browser alone (WICG, URL Fragment Text Directives)."""

_FOR_USERS = "user-content-"
"""What GitHub, GitLab and Gitea put before the names of headings, and step over by scripts (go-gitea/gitea, issue
11896)."""


def missing(body: bytes, fragments: tuple[str, ...], content_type: str | None = None) -> tuple[str, ...]:
    """Those of `fragments` (as in URLs, without `#`) that a whole page, no longer content-encoded, names no element by.

    Elements that scripts add later can't be seen, but a page that links to a place of its own has it; and what is taken
    for a name may stand in a comment or script. The doubt counts for the link.
    """
    wanted = {fragment: name for fragment in fragments if (name := _element(fragment))}
    if not wanted:
        return ()
    names = _names(body, content_type)
    return tuple(fragment for fragment, name in wanted.items() if names.isdisjoint((name, unquote(name))))


def _element(fragment: str) -> str | None:
    """The name of the element that a fragment leads to; None where it leads to none."""
    name = fragment.partition(_DIRECTIVE)[0]
    return None if not name or name.lower() == "top" or _OF_SCRIPTS.search(name) else name


def _names(body: bytes, content_type: str | None) -> set[str]:
    codec = encoding(body, content_type)
    if codec in WIDE:
        body, codec = body.decode(codec, "replace").encode(), "utf-8"
    names = set[str]()
    for link, *quoted in _NAMED.findall(body):
        name = unescape(b"".join(quoted).decode(codec, "replace"))
        if not link:
            names.update((name, name.removeprefix(_FOR_USERS)))
        elif name.startswith("#"):
            names.update((name[1:], unquote(name[1:])))
    return names
