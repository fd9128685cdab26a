"""What was observed and is not judged yet."""

from array import array
from collections.abc import Callable
from typing import Final

from crawler.judging import Judging
from crawler.model.exchange import Failure
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.visiting.targets import Target

AT_ONCE: Final = 500
"""Targets that are judged at a time. Judging each when its visit ends takes 5% more CPU: the code and data of one kind
of work drive those of the other out of the processor's caches."""

Keep = Callable[[Observation, Role], None]
"""Has an observation remembered beyond this run."""


class Waiting:
    """What was observed and is not judged yet: while targets can still gain links, and then some at a time.

    Where nothing was asked, only the reason is held: of a list of a million URLs all may be refused before it is read.
    """

    def __init__(self, judging: Judging, earlier: dict[str, Observation], keep: Keep | None = None) -> None:
        """`earlier` has what a URL's judgement is to know of before this run, until it is made; `keep` is handed every
        observation at once.
        """
        self._judging = judging
        self._earlier = earlier
        self._keep = keep
        self._targets: list[Target] = []
        self._found: list[Observation | Failure] = []
        self._refused_at = array("d")
        """When each that was not asked for was refused."""
        self.reading = True
        """Whether targets can still gain links."""
        self.taken = 0
        """How many targets have come in so far."""

    def take(self, target: Target, observation: Observation) -> None:
        """A target whose visit is over, and what it learned."""
        self.taken += 1
        if self._keep is not None:
            self._keep(observation, target.role)
        failure = observation.failure
        self._targets.append(target)
        if failure is None or observation.attempts or observation.hops or observation.elapsed:
            self._found.append(observation)
        else:
            self._found.append(failure)
            self._refused_at.append(observation.observed_at)
        if not self.reading and len(self._targets) >= AT_ONCE:
            self.judge()

    def judge(self) -> None:
        """Have all of it judged, in the order in which it came."""
        targets, found, refused_at = self._targets, self._found, iter(self._refused_at)
        self._targets, self._found, self._refused_at = [], [], array("d")
        for index, target in enumerate(targets):
            one = found[index]
            if isinstance(one, Failure):
                observation = Observation(target.url, failure=one, observed_at=next(refused_at))
            else:
                observation = one
            self._judging.take(target, observation, self._earlier.pop(target.url, None))
