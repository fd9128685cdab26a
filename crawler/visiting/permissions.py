"""Who may go by the robots.txt of where it goes next, and who waits until that is known."""

from collections.abc import Callable

from crawler.http.robots import Robots, read_robots
from crawler.model.exchange import Failure, Response
from crawler.visiting.action import Done
from crawler.visiting.errand import Errand, RobotsErrand, valid
from crawler.visiting.targets import Target


class Permissions:
    """What each origin's robots.txt says. An origin is asked once, on behalf of all that wait for it."""

    def __init__(
        self,
        agent: str,
        slow_down: Callable[[str, float], object],
        kept: Callable[[str], Response | None] | None = None,
    ) -> None:
        """`agent` is the name that robots.txt calls us by, `slow_down` is told of the seconds that a host wants between
        two requests, and `kept` gives what an origin answered in an earlier run, where that still holds.
        """
        self._agent = agent
        self._slow_down = slow_down
        self._kept = kept
        self._by_origin: dict[str, Robots | RobotsErrand] = {}
        """What is known, or who has gone to ask."""

    def missing(self, errand: Errand) -> Failure | RobotsErrand | None:
        """What an errand lacks for going on: nothing; everything, for a reason; or an answer that the errand returned
        brings, in which it has been told to wait. The first to wait there sends it on its way.
        """
        if not (isinstance(errand, Target) and errand.obeys_robots):
            return None
        url = errand.visit.url if errand.visit else valid(errand.url)
        known = self._by_origin.get(url.origin)
        if known is None:
            answer = self._kept(url.origin) if self._kept else None
            if answer is None:
                asking = self._by_origin[url.origin] = RobotsErrand(url.origin, url.host, errand)
                return asking
            known = self._read(url.origin, url.host, answer)
        elif isinstance(known, RobotsErrand):
            known.waiting.append(errand)
            return known
        return known.refuses(url)

    def learn(self, errand: RobotsErrand, done: Done) -> list[Errand]:
        """Take what an origin has answered; returns who waited for that."""
        asking = self._by_origin[errand.origin]
        assert isinstance(asking, RobotsErrand), "an origin is asked once"
        answer = done.observation.failure or done.response
        assert answer is not None, "a visit ends with an answer or a failure"
        self._read(errand.origin, errand.host, answer)
        return asking.waiting

    def _read(self, origin: str, host: str, answer: Response | Failure) -> Robots:
        robots = self._by_origin[origin] = read_robots(answer, self._agent)
        if robots.delay:
            self._slow_down(host, robots.delay)
        return robots
