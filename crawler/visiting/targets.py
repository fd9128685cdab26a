"""Every unique URL of a run, with all the places that name it."""

from collections.abc import Callable, Iterator
from sys import intern
from typing import NamedTuple

from crawler.http.url import Url, parse
from crawler.model.exchange import Failure
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role, stricter
from crawler.visiting.admission import OFFLINE
from crawler.visiting.errand import Errand, valid
from crawler.visiting.revalidation import was_read_as
from crawler.visiting.visit import Policy, Visit, resume

Preflight = Callable[[Link, Url], Failure | None]
"""Whether a link may be asked for at all: None, or why not."""


class Recalled(NamedTuple):
    """What is known of a target from before this run."""

    observation: Observation
    enough: bool
    """Whether that is the answer, so that nobody needs to ask."""


Recall = Callable[[str, Role], Recalled | None]
"""The last check of a URL as a role; None where there was none."""


class Target(Errand):
    """One unique URL and its links. Kept small: a run holds a million of them, most of which wait or are done."""

    __slots__ = ("_links", "done", "known", "obeys_robots", "role")

    def __init__(self, url: str, host: str, link: Link) -> None:
        super().__init__(url, host)
        self.role = link.role
        """The strictest role that any link seen so far gives it."""
        self.done = False
        self.obeys_robots = link.path is not None
        """False for what somebody asked for by name, on the command line: that is no crawling."""
        self.known: Observation | None = None
        """What was observed of it in this role before this run, until it is asked for."""
        self._links: Link | list[Link] = link

    def __reduce__(self) -> tuple[object, ...]:
        """It can go on in another process."""
        names = ("_links", "done", "known", "obeys_robots", "role", "visit")
        progress = {name: getattr(self, name) for name in names}
        return Target, (self.url, self.host, self.links[0]), progress, None, None, resume

    def begin(self, policy: Policy) -> Visit:
        """The visit, for the role known by now."""
        known, self.known = self.known, None
        self.visit = Visit(valid(self.url), self.role, policy, self._fragments(), known)
        return self.visit

    @property
    def answer(self) -> Observation | None:
        """What is observed of it without asking: what is known, where that is enough."""
        return self.known if self.known is not None and self.known.from_store else None

    @property
    def links(self) -> tuple[Link, ...]:
        """Every occurrence, in the order read."""
        return tuple(self._links) if isinstance(self._links, list) else (self._links,)

    def leave(self) -> None:
        """The visit goes on somewhere else, and ends there."""
        super().leave()
        self.done = True

    def _fragments(self) -> tuple[str, ...]:
        if not isinstance(self._links, list) and "#" not in self._links.url:
            return ()
        return tuple(sorted({link.url.partition("#")[2] for link in self.links if "#" in link.url} - {""}))

    def name_again(self, link: Link) -> None:
        """One more occurrence."""
        if not isinstance(self._links, list):
            self._links = [self._links]
        self._links.append(link)
        if link.role is not self.role:
            self.role = stricter(self.role, link.role)


class Targets:
    """The targets of a run by URL: fragments are dropped, spellings of one URL fall together (WHATWG URL)."""

    def __init__(self, preflight: Preflight, recall: Recall | None = None) -> None:
        """`recall` tells what is known from before; None where nothing is."""
        self._preflight = preflight
        self._recall = recall
        self._by_url: dict[str, Target] = {}
        self.links = 0
        """Occurrences seen."""

    def __len__(self) -> int:
        return len(self._by_url)

    def __iter__(self) -> Iterator[Target]:
        """All targets, in the order they were first named."""
        return iter(self._by_url.values())

    def add(self, link: Link) -> tuple[Target, Failure | None] | None:
        """Take a link in. A target that is new is returned, with the reason it is not to be asked for if there is one;
        None where the target is there already.

        A target may have an `answer` at once, even one that can't be asked for because the run is offline. Take it only
        when all links that are at hand have been added: one of them may name the target in a stricter role, of which
        other things are known.
        """
        self.links += 1
        parsed = parse(link.url)
        url = (
            link.url if isinstance(parsed, Failure) or parsed.href == link.url else parsed.href
        )  # one string rather than two
        known = self._by_url.get(url)
        if known is not None:
            role = known.role
            known.name_again(link)
            if known.role is not role and self._recall is not None:
                self._remember(known, self._recall)
            return None
        target = self._by_url[url] = Target(url, "" if isinstance(parsed, Failure) else intern(parsed.host), link)
        refusal = parsed if isinstance(parsed, Failure) else self._preflight(link, parsed)
        if self._recall is not None and (refusal is None or refusal is OFFLINE):
            self._remember(target, self._recall)
        return target, refusal

    @staticmethod
    def _remember(target: Target, recall: Recall) -> None:
        """See what is known of a target in the role that it has now, unless it has been asked for already."""
        if target.done or target.visit is not None:
            return
        recalled = recall(target.url, target.role)
        if recalled is None:
            target.known = None
        else:
            enough = recalled.enough and was_read_as(recalled.observation, target.role)
            target.known = recalled.observation._replace(from_store=enough)

    def find(self, url: str) -> Target:
        """The target of a URL that a link named; KeyError where none did."""
        known = self._by_url.get(url)
        if known is None:
            parsed = parse(url)
            known = self._by_url[url if isinstance(parsed, Failure) else parsed.href]
        return known

    def adopt(self, target: Target) -> None:
        """Take a target in whose visit has begun elsewhere."""
        self._by_url[target.url] = target

    def unfinished(self) -> Iterator[Target]:
        """The targets whose visit is not over, in the order they were first named."""
        return (target for target in self._by_url.values() if not target.done)
