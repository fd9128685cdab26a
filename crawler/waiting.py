"""What was observed and is not judged yet."""

from array import array
from collections.abc import Iterator

from crawler.model.exchange import Failure
from crawler.model.observation import Observation
from crawler.visiting.targets import Target


class Waiting:
    """What was observed and is not judged yet: while targets can still gain links, and then some at a time.

    Where nothing was asked, only the reason is held: of a list of a million URLs all may be refused before it is read.
    """

    def __init__(self) -> None:
        self._targets: list[Target] = []
        self._found: list[Observation | Failure] = []
        self._times = array("d")

    def __len__(self) -> int:
        return len(self._targets)

    def add(self, target: Target, observation: Observation) -> None:
        failure = observation.failure
        self._targets.append(target)
        was_asked = observation.attempts or observation.hops or observation.elapsed
        self._found.append(observation if failure is None or was_asked else failure)
        self._times.append(observation.observed_at)

    def take(self) -> Iterator[tuple[Target, Observation]]:
        """All of it, once."""
        targets, found, times = self._targets, self._found, self._times
        self._targets, self._found, self._times = [], [], array("d")
        for target, one, at in zip(targets, found, times, strict=True):
            yield target, Observation(target.url, failure=one, observed_at=at) if isinstance(one, Failure) else one
