"""Cuts markup into the tags that a head is made of, as the tokenizer of WHATWG HTML does (section 13.2.5).

Comments and what stands in `<script>`, `<style>` and their like is stepped over, so that a tag quoted there is none.
Two things are simpler than in the standard: the double-escaped script (`<script><!--<script>`) ends at the first
`</script>`, and `<template>` and `<svg>` end at their first end tag.
"""

import re
from collections.abc import Iterator

_SKIPPED = b"script|style|noscript|textarea|iframe|noframes|noembed|xmp|template|svg|math"
"""Elements that hold text, or markup which is none of the page's own. `noscript` is one for whoever runs scripts, as
readers do."""

_ATTRIBUTES = rb"""[^>"'=]*+(?:=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+[^>"'=]*+|["'][^>"'=]*+)*+"""
"""All attributes of a tag. Quotes count behind a `=` only: `<p title=it's>` is a whole tag."""

_TOKEN = re.compile(
    rb"<(?:"
    rb"(meta|link|base|html)(?=[\s/>])(" + _ATTRIBUTES + rb")>"
    rb"|(title)(?=[\s/>])" + _ATTRIBUTES + rb">([^<]*+(?:<(?!/title[\s/>])[^<]*+)*+)(?:</title|(\Z))"
    rb"|(/head(?=[\s/>])|(?:body|frameset|plaintext)(?=[\s/>]))"
    rb"|(" + _SKIPPED + rb")(?=[\s/>])" + _ATTRIBUTES + rb">"
    rb"|!--(?:-?>|.*?--!?>)"
    rb"|/?[a-z]" + _ATTRIBUTES + rb">"
    rb"|[!?/](?!--)[^>]*+>"  # "bogus comments", sections 13.2.5.6 and 13.2.5.7
    rb"|([!?/a-z])"  # anything else that begins like a tag is left open at the end of the bytes
    rb")",
    re.IGNORECASE | re.DOTALL,
)
NAME, RAW, _, TITLE = range(1, 5)
SKIPPED = 7

_CLOSING = {name: re.compile(rb"</%b(?=[\s/>])" % name, re.IGNORECASE) for name in _SKIPPED.split(b"|")}
ATTRIBUTE = re.compile(rb"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?+""")
"""An attribute: its name, and its value in double quotes, in single ones or in none."""

Tag = tuple[bytes, bytes]
"""Name in lower case, and the attributes as written; for `title` the text instead."""


def tags(body: bytes, reach: int) -> Iterator[Tag]:
    """The start tags of `html`, `base`, `meta` and `link`, and the titles, that begin at `reach` or before, up to the
    end of the head.

    Each byte is looked at once or twice. What is left open at the end of the bytes (a tag, a comment, a script) is no
    tag, as in browsers.
    """
    at: int | None = 0
    while at is not None:
        start, at = at, None
        for token in _TOKEN.finditer(body, start):
            if token.start() > reach:
                return
            kind = token.lastindex
            if kind == RAW:
                yield token[NAME].lower(), token[RAW]
            elif kind == TITLE:
                yield b"title", token[TITLE]
            elif kind == SKIPPED:
                end = _CLOSING[token[SKIPPED].lower()].search(body, token.end())
                if end is None:
                    return
                at = end.start()
                break
            elif kind is not None:
                return
