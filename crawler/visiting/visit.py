"""One target's visit as a state machine: it says what to send or to wait for, and takes what comes back.

It does no input or output and has no clock: `now` is an argument, in seconds since the epoch on a clock that never goes
back. Redirects, retries, conditional requests, longer ranges of an image and the soft-404 probe are its transitions;
each `Send` is one request that goes back through the frontier under its own host, so that limits hold where links lead
to as well.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from crawler.config import Fetch
from crawler.http import retry
from crawler.http.cookies import Cookies
from crawler.http.redirect import redirect
from crawler.http.url import Url, parse
from crawler.media.answer import Answer
from crawler.media.facts import Facts, read_facts
from crawler.media.image import STEPS
from crawler.media.opaque import ENOUGH, looks_opaque
from crawler.model.exchange import Failure, Request, Response
from crawler.model.observation import Evidence, Hop, Observation
from crawler.model.role import IMAGE, WEB, Role
from crawler.visiting.action import Action, Done, Send, Wait
from crawler.visiting.revalidation import Known, known_from
from crawler.visiting.suspicion import Suspicions

NOT_MODIFIED = 304
"""RFC 9110, section 15.4.5. Where no condition was sent it is an answer like any other."""

REFRESH_SOON = 5.0
"""Seconds within which a `<meta http-equiv=refresh>` counts as a redirect rather than as a page that renews itself."""

Admit = Callable[[Url], Failure | None]
"""Whether a URL may be asked for at all: None, or why not."""


class Policy(NamedTuple):
    """What every visit of a run keeps to."""

    fetch: Fetch
    retry_after_cap: float
    """Seconds that a `Retry-After` may ask for before it is taken as a refusal."""
    admit: Admit
    suspicions: Suspicions | None = None
    """Looks for pages that are not what was linked to; None where whatever answers is taken as it is."""


_PROGRESS = (
    *("_answer", "_attempts", "_cookies", "_elapsed", "_hops", "_known"),
    *("_prefix", "_probe", "_retries", "_seen", "_url", "send"),
)
"""What a visit has beyond what it was made of."""


class Visit:
    """The visit of one target: `send` is what it wants sent, `receive` takes what that gave, until it is `Done`."""

    __slots__ = ("_asked", "_fragments", "_policy", "_role", *_PROGRESS)

    def __init__(
        self,
        url: Url,
        role: Role,
        policy: Policy,
        fragments: tuple[str, ...] = (),
        known: Observation | None = None,
    ) -> None:
        """`fragments` are what links name within the page, and want to be found there; `known` is the last check of the
        same URL in the same role.
        """
        self._asked = url
        self._url = url
        self._role = role
        self._policy = policy
        self._fragments = fragments
        self._known: Known | None = None if known is None else known_from(known, role, fragments)
        self._hops: tuple[Hop, ...] = ()
        """The hops behind us."""
        self._answer: Response | Failure | None = None
        """What the hop that is being asked for gave last, while it waits to be asked again or for a probe."""
        self._probe: Visit | None = None
        """The visit of a sibling that can't exist, while the answer is in doubt."""
        self._seen: set[tuple[str, str | None]] | None = None
        self._cookies: Cookies | None = None
        self._prefix = self._beginning()
        """Bytes that are asked for with a range; None for whatever the server sends."""
        self._attempts = 0
        self._retries = 0
        self._elapsed = 0.0
        self.send = self._ask()

    def __reduce__(self) -> tuple[object, ...]:
        """It can go on in another process."""
        progress = {name: getattr(self, name) for name in _PROGRESS}
        return Visit, (self._asked, self._role, self._policy, self._fragments), progress, None, None, resume

    @property
    def url(self) -> Url:
        """Where the visit is: what `send` asks for."""
        return self._probe.url if self._probe else self._url

    def receive(self, answer: Response | Failure, now: float) -> Action:
        """What follows from the answer to the last `Send`."""
        self._elapsed += answer.elapsed
        if self._probe is not None:
            return self._probed(self._probe.receive(answer, now), now)
        if isinstance(answer, Failure):
            if answer.reason == "address-forbidden":  # nothing was asked: the guard stood before the connection
                return self._done(self._hops, answer, now)
            self._attempts += 1
            if answer.reason in retry.TRANSIENT_REASONS and self._retries < self._policy.fetch.retries:
                return self._again(answer, now)
            return self._done((*self._hops, Hop(self._url.href, None)), answer, now)
        self._attempts += 1
        target = redirect(answer, self._url.href)
        if target is not None:
            if isinstance(target, Url) or not self._is_wall(answer):
                return self._follow(answer, target, now)
        elif answer.status in retry.TRANSIENT_STATUS and self._retries < self._policy.fetch.retries:
            seconds = retry.stay_away(answer, now)
            if (seconds is None or seconds <= self._policy.retry_after_cap) and not self._is_wall(answer):
                return self._again(answer, now, seconds)
        return self._read(answer, now)

    def settled(self, now: float) -> Done | None:
        """The end of a visit that is about to send a probe, where an earlier visit's probe has settled the same doubt;
        None where it has to go on.
        """
        if self._probe is None or self._policy.suspicions is None:
            return None
        assert isinstance(self._answer, Response)
        facts = self._facts(self._answer)
        doubt = self._policy.suspicions.recall(facts.page) if facts.page else None
        if doubt is None:
            return None
        self._probe = None
        return self._answered(self._answer, facts, doubt.evidence, now)

    def refuse(self, failure: Failure, now: float) -> Done:
        """End the visit without asking further, for a reason from outside: the budget, robots.txt, a host given up.

        Where a request of this hop was to be made again, what it gave the last time says more than the reason not to.
        """
        if isinstance(self._answer, Response):
            return self._answered(self._answer, self._facts(self._answer), None, now)
        if self._answer is not None:
            return self._done((*self._hops, Hop(self._url.href, None)), self._answer, now)
        return self._done(self._hops, failure, now)

    def _ask(self) -> Send:
        fields: list[tuple[str, str]] = []
        limit = self._policy.fetch.body_limit
        if self._cookies and (cookie := self._cookies.field(self._url)):
            fields.append(("Cookie", cookie))
        if self._known and (known := self._known_here()):
            fields += known.conditions
        if self._prefix:
            limit = max(limit, self._prefix)
            fields.append(("Range", f"bytes=0-{self._prefix - 1}"))
        if self._fragments and self._role is not IMAGE:
            limit = max(limit, STEPS[-1])
        return Send(self._url.host, Request(self._url.href, self._role, "GET", tuple(fields), limit))

    def _beginning(self) -> int | None:
        """Bytes that say enough of what the URL leads to, where that is no page."""
        if self._role is IMAGE:
            return STEPS[0]
        return ENOUGH if self._role is WEB and looks_opaque(self._url) else None

    def _known_here(self) -> Known | None:
        """What is known of where the visit is."""
        return self._known if self._known is not None and self._known.url == self._url.href else None

    def _again(self, answer: Response | Failure, now: float, stay_away: float | None = None) -> Wait:
        self._answer = answer
        self._retries += 1
        pause = retry.pause(self._retries, self._url.href) if stay_away is None else stay_away
        return Wait(now + pause, hold=stay_away is not None)

    def _go(self) -> Send:
        self.send = self._ask()
        return self.send

    def _follow(self, response: Response, target: Url | Failure, now: float) -> Action:
        """On to `target`, if that can be."""
        hops = (*self._hops, Hop(self._url.href, response.status))
        if isinstance(target, Failure):
            return self._done(hops, target, now)
        if response.fields.get("set-cookie"):
            self._cookies = self._cookies or Cookies()
            self._cookies.take(response.fields, self._url)
        self._seen = self._seen or {(self._url.href, None)}
        state = target.href, self._cookies.field(target) if self._cookies else None
        if state in self._seen:
            return self._done(hops, Failure("redirect-loop", f"comes back to {target.href[:200]}"), now)
        if len(hops) > self._policy.fetch.max_redirects:
            most = self._policy.fetch.max_redirects
            return self._done(hops, Failure("too-many-redirects", f"more than {most} redirects"), now)
        if refusal := self._policy.admit(target):
            return self._done(hops, refusal, now)
        self._seen.add(state)
        self._hops = hops
        self._answer = None
        self._url = target
        self._prefix = self._beginning()
        return self._go()

    def _read(self, response: Response, now: float) -> Action:
        """The hop has given its last answer, unless what it says sends us on."""
        if response.status == NOT_MODIFIED and (known := self._known_here()) and known.conditions:
            return self._not_modified(response, known, now)
        if self._prefix and response.status == 416:  # a range is only asked for to save bytes
            self._prefix = None
            return self._go()
        facts = self._facts(response)
        if facts.need is not None and self._prefix and facts.need > self._prefix:
            self._answer = response
            self._prefix = facts.need
            return self._go()
        if facts.page is not None and response.status == 206 and self._prefix and self._role is not IMAGE:
            self._prefix = None  # a page is read from its head on, however its URL ends
            return self._go()
        if facts.refresh is not None and facts.refresh[0] <= REFRESH_SOON and 200 <= response.status < 300:
            target = parse(facts.refresh[1])
            if isinstance(target, Url) and target.href != self._url.href:
                return self._follow(response, target, now)
        if facts.page is None or self._policy.suspicions is None:
            return self._answered(response, facts, None, now)
        doubt = self._policy.suspicions.look(facts.page)
        if doubt.sibling is None or self._role is Role.IMAGE:  # no page is a picture, whatever its site says to others
            return self._answered(response, facts, doubt.evidence, now)
        self._answer = response
        policy = self._policy._replace(suspicions=None, fetch=self._policy.suspicions.once(self._policy.fetch))
        self._probe = Visit(doubt.sibling, self._role, policy)
        self.send = self._probe.send
        return self.send

    def _not_modified(self, response: Response, known: Known, now: float) -> Action:
        """What is known has been confirmed, unless that is not to be believed, or not enough."""
        suspicions = self._policy.suspicions
        if not known.confirmed_by(response):
            self._known = known.caught()
            return self._go()
        if suspicions and self._hops and suspicions.converge(self._asked, self._url):
            self._known = known.unasked()
            return self._go()
        observation = known.confirmation(response, now)._replace(
            url=self._asked.href,
            hops=(*self._hops, Hop(self._url.href, known.check.status)),
            elapsed=self._elapsed,
            attempts=self._attempts,
        )
        return Done(observation, response)

    def _probed(self, action: Action, now: float) -> Action:
        """The probe goes on, or is over and settles the doubt."""
        if isinstance(action, Send):
            self.send = action
            return action
        assert isinstance(action, Done), "a probe is made once"
        assert isinstance(self._answer, Response)
        assert self._probe is not None
        assert self._policy.suspicions is not None
        probe, self._probe = self._probe, None
        facts = self._facts(self._answer)
        assert facts.page is not None
        other = probe.page(action.response) if action.response else None
        self._attempts += action.observation.attempts
        evidence = self._policy.suspicions.settle(facts.page, other)
        return self._answered(self._answer, facts, evidence, now)

    def page(self, response: Response) -> Answer | None:
        """An answer to where the visit is, as those who judge pages want it; None where it is no page."""
        return self._facts(response).page

    def _is_wall(self, response: Response) -> bool:
        """Whether an answer is about us: then asking again would not help, and where it leads is no matter."""
        page = self.page(response)
        return page is not None and self._policy.suspicions is not None and self._policy.suspicions.is_wall(page)

    def _facts(self, response: Response) -> Facts:
        return read_facts(response, self._role, self._asked, self._url, self._fragments)

    def _answered(self, response: Response, facts: Facts, evidence: Evidence | None, now: float) -> Done:
        metadata = facts.metadata._replace(fragments=self._fragments) if self._fragments else facts.metadata
        known = self._known and self._known_here()
        return Done(
            Observation(
                self._asked.href,
                (*self._hops, Hop(self._url.href, response.status)),
                None,
                metadata,
                now,
                self._elapsed,
                self._attempts,
                False,
                evidence,
                response.cert_expires,
                retry.stay_away(response, now),
                None,
                known.learned(metadata) if known else (),
            ),
            response,
        )

    def _done(self, hops: tuple[Hop, ...], failure: Failure, now: float) -> Done:
        return Done(
            Observation(
                self._asked.href,
                hops,
                failure,
                observed_at=now,
                elapsed=self._elapsed,
                attempts=self._attempts,
            )
        )


def resume(one: object, progress: Mapping[str, object]) -> None:
    """Give what has been made anew in another process what it had besides, as `pickle` calls it."""
    for name, value in progress.items():
        setattr(one, name, value)
