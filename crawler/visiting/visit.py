"""One target's visit as a state machine: it says what to send or to wait for, and takes what comes back.

It does no input or output and has no clock: `now` is an argument, in seconds since the epoch on a clock that never goes
back. Redirects and retries are its transitions; each `Send` is one request that goes back through the frontier under
its own host, so that limits hold for the places links lead to as well.
"""

from collections.abc import Callable
from typing import NamedTuple

from crawler.config import Fetch
from crawler.http import retry
from crawler.http.cookies import Cookies
from crawler.http.redirect import FOLLOWED, redirect
from crawler.http.url import Url
from crawler.media.facts import metadata
from crawler.model.exchange import Failure, Request, Response
from crawler.model.observation import Hop, Observation
from crawler.model.role import Role


class Send(NamedTuple):
    """Make this request; its slot is one of `host`'s."""

    host: str
    request: Request


class Wait(NamedTuple):
    """Send again once `until` has come, and not before."""

    until: float
    hold: bool
    """Whether the whole host is to be left alone until then: it said so itself."""


class Done(NamedTuple):
    """The visit is over."""

    observation: Observation
    response: Response | None = None
    """The last answer, for whoever wants more of it than was observed; None where there was none."""


Action = Send | Wait | Done

Admit = Callable[[Url], Failure | None]
"""Whether a URL may be asked for at all: None, or why not."""


class Policy(NamedTuple):
    """What every visit of a run keeps to."""

    fetch: Fetch
    retry_after_cap: float
    """Seconds that a `Retry-After` may ask for before it is taken as a refusal."""
    admit: Admit


class Visit:
    """The visit of one target: `send` is what it wants sent, `receive` takes what that gave, until it is `Done`."""

    __slots__ = (
        "_answer",
        "_asked",
        "_attempts",
        "_cookies",
        "_elapsed",
        "_hops",
        "_policy",
        "_retries",
        "_role",
        "_seen",
        "_url",
        "send",
    )

    def __init__(self, url: Url, role: Role, policy: Policy) -> None:
        self._asked = url.href
        self._url = url
        self._role = role
        self._policy = policy
        self._hops: tuple[Hop, ...] = ()
        """The hops behind us."""
        self._answer: Response | Failure | None = None
        """What the hop that is being asked for gave last, while it waits to be asked again."""
        self._seen: set[tuple[str, str | None]] | None = None
        self._cookies: Cookies | None = None
        self._attempts = 0
        self._retries = 0
        self._elapsed = 0.0
        self.send = self._ask()

    @property
    def url(self) -> Url:
        """Where the visit is: the hop that `send` asks for."""
        return self._url

    def receive(self, answer: Response | Failure, now: float) -> Action:
        """What follows from the answer to the last `Send`."""
        self._elapsed += answer.elapsed
        if isinstance(answer, Failure):
            if answer.reason == "address-forbidden":  # nothing was asked: the guard stood before the connection
                return self._done(self._hops, answer, now)
            self._attempts += 1
            if answer.reason in retry.TRANSIENT_REASONS and self._retries < self._policy.fetch.retries:
                return self._again(answer, now)
            return self._end(answer, now)
        self._attempts += 1
        if answer.status in FOLLOWED:
            return self._follow(answer, now)
        if answer.status in retry.TRANSIENT_STATUS and self._retries < self._policy.fetch.retries:
            seconds = retry.stay_away(answer, now)
            if seconds is None or seconds <= self._policy.retry_after_cap:
                return self._again(answer, now, seconds)
        return self._end(answer, now)

    def refuse(self, failure: Failure, now: float) -> Done:
        """End the visit without asking further, for a reason from outside: the budget, robots.txt, a host given up.

        Where a request of this hop was to be made again, what it gave the last time says more than the reason not to.
        """
        return self._end(self._answer, now) if self._answer else self._done(self._hops, failure, now)

    def _ask(self) -> Send:
        cookie = self._cookies.field(self._url) if self._cookies else None
        fields = (("Cookie", cookie),) if cookie else ()
        return Send(self._url.host, Request(self._url.href, self._role, "GET", fields, self._policy.fetch.body_limit))

    def _again(self, answer: Response | Failure, now: float, stay_away: float | None = None) -> Wait:
        self._answer = answer
        self._retries += 1
        pause = retry.pause(self._retries, self._url.href) if stay_away is None else stay_away
        return Wait(now + pause, hold=stay_away is not None)

    def _follow(self, response: Response, now: float) -> Action:
        target = redirect(response, self._url.href)
        if target is None:
            return self._end(response, now)
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
        self.send = self._ask()
        return self.send

    def _end(self, answer: Response | Failure, now: float) -> Done:
        """The hop that is being asked for has given its last answer."""
        if isinstance(answer, Failure):
            return self._done((*self._hops, Hop(self._url.href, None)), answer, now)
        return Done(
            Observation(
                self._asked,
                (*self._hops, Hop(self._url.href, answer.status)),
                None,
                metadata(answer, self._role, self._url.href),
                now,
                self._elapsed,
                self._attempts,
                cert_expires=answer.cert_expires,
                retry_after=retry.stay_away(answer, now),
            ),
            answer,
        )

    def _done(self, hops: tuple[Hop, ...], failure: Failure, now: float) -> Done:
        return Done(
            Observation(self._asked, hops, failure, observed_at=now, elapsed=self._elapsed, attempts=self._attempts)
        )
