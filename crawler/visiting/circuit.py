"""When to give a host up, for the rest of the run: the circuit breaker of one host (Nygard, Release It!, 2007)."""

SUSPECT_AFTER = 3
"""Exchanges in a row that could not connect before a host is doubted."""

REST = 2.0
"""Seconds a doubted host is left alone before one more probe."""

THROTTLED_AFTER = 5
"""Answers in a row that asked for fewer requests before a host is left in peace."""


class Circuit:
    """Counts what goes wrong at a host.

    Three failures to connect in a row make it suspect: after a rest one probe goes out alone, and if that fails as well
    the circuit opens. So it does where a host answers 429 five times in a row, however slowly it is asked. Any other
    answer closes it. An exchange that started before the rest was over does not count as the probe.
    """

    __slots__ = ("_failures", "_throttled", "is_open", "rest_until")

    def __init__(self) -> None:
        self._failures = 0
        self._throttled = 0
        self.rest_until = 0.0
        self.is_open = False

    @property
    def is_suspect(self) -> bool:
        """Whether only one request at a time may go out: as a probe, or because the host wants fewer."""
        return self.rest_until > 0.0 or self._throttled > 0

    def suspect(self, now: float) -> None:
        """The host was given up in an earlier run: one probe decides whether it is again."""
        self._failures = SUSPECT_AFTER
        self._throttled = THROTTLED_AFTER - 1
        self.rest_until = now

    def reached(self, *, throttled: bool) -> None:
        """The host could be reached; `throttled` means it asked for fewer requests."""
        self._failures = 0
        self.rest_until = 0.0
        self._throttled = self._throttled + 1 if throttled else 0
        self.is_open = self._throttled >= THROTTLED_AFTER

    def missed(self, *, started: float, now: float) -> None:
        """The host could not be reached by an exchange that started at `started`."""
        self._failures += 1
        if self.rest_until:
            self.is_open = self.is_open or started >= self.rest_until
        elif self._failures >= SUSPECT_AFTER:
            self.rest_until = now + REST
