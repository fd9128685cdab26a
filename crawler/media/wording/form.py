"""The form in which one language's words for a missing page are written down."""

from typing import NamedTuple


class Words(NamedTuple):
    """What sentences about a missing page are made of, each as words with spaces between.

    A line says that a page is gone if it has one of `things` and either one of `gone` or one of `nots` with one of
    `verbs`, and is made of nothing but the words listed here. So `The server can not find the requested page` says it,
    and `The page that changed history` does not.
    """

    things: str
    """What can be missing: page, article, file."""
    nots: str
    verbs: str
    """What, denied, says that it is not there: found, exist, available."""
    gone: str = ""
    """What says so alone: missing, introuvable."""
    around: str = ""
    """What else such sentences hold: the, you, requested, server."""
    parted: bool = True
    """Whether words are parted by spaces. Where they are not, pieces may follow one another directly."""
