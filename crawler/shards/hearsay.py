"""What a child knows of hosts from before its run: by its parent, which it tells what is to be known after."""

from collections.abc import Callable, Iterable

from crawler.store.port import Rest, RobotsFile


class Hearsay:
    """The memory for hosts (`store.port.HostMemory`) of an engine in a child."""

    def __init__(self, news: Callable[[], object]) -> None:
        """`news` is called when there is something to tell."""
        self._news = news
        self._rests: dict[str, Rest] = {}
        self._robots: dict[str, RobotsFile] = {}
        self._untold: tuple[list[Rest], list[RobotsFile]] = [], []

    def hear(self, rests: Iterable[Rest], robots: Iterable[RobotsFile]) -> None:
        """The parent knows of these."""
        self._rests.update({rest.host: rest for rest in rests})
        self._robots.update({file.origin: file for file in robots})

    def told(self) -> tuple[list[Rest], list[RobotsFile]]:
        """What is to be told, from now on as if it had been."""
        told, self._untold = self._untold, ([], [])
        return told

    def rest(self, host: str) -> Rest | None:
        return self._rests.get(host)

    def leave_alone(self, rest: Rest) -> None:
        self._untold[0].append(rest)
        self._news()

    def robots_file(self, origin: str) -> RobotsFile | None:
        return self._robots.pop(origin, None)

    def keep_robots(self, file: RobotsFile) -> None:
        self._untold[1].append(file)
        self._news()
