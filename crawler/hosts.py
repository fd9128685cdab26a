"""Floor 3: what hosts asked for, in this run and in earlier ones, and which are asked for nothing more."""

from collections.abc import Callable
from typing import Any

from crawler.http.content import inflate
from crawler.http.robots import LONGEST
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.observation import Observation
from crawler.store.port import HostMemory, Rest, RobotsFile
from crawler.visiting.frontier import Frontier

TOO_MANY_REQUESTS = 429
SERVICE_UNAVAILABLE = 503
ASKING = {TOO_MANY_REQUESTS: "http-429", SERVICE_UNAVAILABLE: "http-5xx"}
"""The answers with which a server asks to be left alone (RFC 6585, section 4; RFC 9110, section 15.6.4), and what has
not been asked for because of one."""

HOUR = 3600.0

ROBOTS_HOLD = 24 * HOUR
"""Seconds that a robots.txt is used for (RFC 9309, section 2.4: no longer than a day)."""

DOUBTED = 36 * HOUR
"""Seconds that later runs doubt a host that was given up: to the next night, even where that run begins late."""

LONGEST_REST = 7 * 24 * HOUR
"""Seconds that a host may ask to be left alone by later runs. Some name the year 2038."""

GIVEN_UP = "circuit-open"
"""The reason of a rest that nobody asked for."""


class Hosts:
    """Keeps to what is known of hosts, and has it remembered where there is a memory."""

    def __init__(
        self, frontier: Frontier[Any], cap: float, now: Callable[[], float], memory: HostMemory | None = None
    ) -> None:
        """`cap` is how many seconds of a rest are waited for; `now` tells the seconds since the epoch."""
        self._frontier = frontier
        self._cap = cap
        self._now = now
        self._memory = memory
        self.closed: dict[str, Failure] = {}
        """Those that are asked for nothing more, and why."""

    def refusal(self, host: str) -> Failure | None:
        """Why nothing is asked of a host; None where it may be. One that is new to this run is held or doubted first,
        as earlier ones would have it.
        """
        if self._memory is not None and host not in self._frontier and host not in self.closed:
            self._recall(host, self._memory)
        return self.closed.get(host)

    def give_up(self, host: str, why: Failure) -> None:
        """Ask nothing more of a host, which is no wish of its own."""
        self.closed[host] = why
        if self._memory is not None:
            self._memory.leave_alone(Rest(host, self._now() + DOUBTED, why._replace(reason=GIVEN_UP)))

    def listen(self, host: str, observation: Observation) -> None:
        """Keep to what a host's last answer asks for: a pause for all of its URLs, or none of them where it is long."""
        seconds = observation.retry_after
        if not seconds:
            return
        status = observation.status
        if seconds <= self._cap:
            self._frontier.hold(host, self._now() + seconds)
        elif status in ASKING and host not in self.closed:
            words = f"not asked for: the host answered {status} and wants to be left alone for {seconds:.0f} s"
            why = self.closed[host] = Failure(ASKING[status], words)
            if self._memory is not None:
                self._memory.leave_alone(Rest(host, self._now() + min(seconds, LONGEST_REST), why))

    def robots(self, origin: str) -> Response | None:
        """What an origin answered an earlier run that asked for its robots.txt, where that still holds."""
        file = self._memory.robots_file(origin) if self._memory is not None else None
        if file is None or not 0.0 <= self._now() - file.fetched_at < ROBOTS_HOLD:
            return None
        return Response(file.status, Fields(), file.body)

    def keep_robots(self, origin: str, response: Response | None) -> None:
        """Have what an origin answered remembered. That it could not answer (5xx) is for this run alone."""
        if self._memory is not None and response is not None and response.status < 500:
            body = inflate(response.body, response.fields.get("content-encoding"), LONGEST) or b""
            self._memory.keep_robots(RobotsFile(origin, self._now(), response.status, body))

    def _recall(self, host: str, memory: HostMemory) -> None:
        rest, now = memory.rest(host), self._now()
        if rest is None or rest.until <= now:
            return
        seconds = rest.until - now
        if rest.why.reason == GIVEN_UP:
            self._frontier.suspect(host, now)
        elif seconds <= self._cap:
            self._frontier.hold(host, rest.until)
        else:
            words = f"not asked for: the host told an earlier run to leave it alone, for {seconds:.0f} s from now on"
            self.closed[host] = Failure(rest.why.reason, words)
