"""Notifications through Apprise (https://github.com/caronc/apprise), which knows well over a hundred services: one
message a run, where something has changed.

That a message did not arrive says nothing of the links: it is told on standard error and changes no exit code, or every
chat service that is down would fail somebody's build. Nothing that is told names more of a service than its kind, for
the rest of its URL is secret.
"""

import logging
import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from threading import Thread
from time import monotonic

from crawler.errors import UsageError
from crawler.model.report import Outcome, Run
from crawler.model.verdict import Finding, Level
from crawler.report.news import News

SECONDS = 30.0
"""How long all services together may take; several times what a slow one does."""

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]{0,20})://")

Warn = Callable[[str], None]
"""Takes one line for standard error."""


class Service:
    """One service that takes messages."""

    def __init__(self, url: str, name: str) -> None:
        """`name` is where the URL is written. Raises UsageError where Apprise can't read it."""
        from apprise import Apprise, AppriseAsset, OverflowMode

        scheme = _SCHEME.match(url)
        self.name = f"{name} ({scheme[1]}://…)" if scheme else name
        # In the thread that calls, without a time limit of Apprise's: that would be kept by threads of its own, for
        # which the interpreter waits when it ends, however long they take.
        self._apprise = Apprise(asset=AppriseAsset(async_mode=False, service_timeout=0))
        if not self._apprise.add(url):
            raise UsageError(f"{self.name}: Apprise can't read this URL, or knows no such service")
        for service in self._apprise:
            if service.overflow_mode is OverflowMode.UPSTREAM:  # which would have a long message refused
                service.overflow_mode = OverflowMode.TRUNCATE
        self._arrived = False
        self._thread: Thread | None = None

    def send(self, title: str, text: str, worst: Level) -> None:
        """Begin to send plain text."""
        self._thread = Thread(target=self._send, args=(title, text, worst), name=self.name, daemon=True)
        self._thread.start()

    def failure(self, until: float) -> str | None:
        """Why the message has not arrived; None where it has. Blocks until that is known, or until `until` on the
        monotonic clock.
        """
        assert self._thread is not None
        self._thread.join(max(0.0, until - monotonic()))
        if self._thread.is_alive():
            return "it took too long"
        return None if self._arrived else "it did not take the message"

    def _send(self, title: str, text: str, worst: Level) -> None:
        from apprise import NotifyFormat, NotifyType

        kinds = {Level.ERROR: NotifyType.FAILURE, Level.WARNING: NotifyType.WARNING, Level.OFF: NotifyType.SUCCESS}
        kind = kinds.get(worst, NotifyType.INFO)
        try:
            self._arrived = bool(self._apprise.notify(text, title, kind, body_format=NotifyFormat.TEXT))
        except Exception:  # whatever the code for one service of many may raise; its words may quote the URL
            self._arrived = False


class NotificationReporter:
    """Gathers what has changed, and sends it to every service at once when the run ends."""

    def __init__(self, services: Sequence[Service], warn: Warn, seconds: float = SECONDS) -> None:
        self._services = services
        self._warn = warn
        self._seconds = seconds
        self._news = News()

    def outcome(self, outcome: Outcome) -> None:
        """Gathers what has recovered."""
        self._news.outcome(outcome)

    def finding(self, finding: Finding) -> None:
        """Gathers what is new."""
        self._news.finding(finding)

    def finish(self, run: Run) -> None:
        """Sends, where there is anything to tell, and waits for the services; raises for nothing that they do."""
        if not self._news:
            return
        title, text, worst = self._news.title, self._news.text(run), self._news.worst
        until = monotonic() + self._seconds
        for service in self._services:
            service.send(title, text, worst)
        for service in self._services:
            if why := service.failure(until):
                self._warn(f"{service.name} could not be notified: {why}")


def open_notification(urls: Sequence[str], warn: Warn) -> NotificationReporter:
    """The reporter of `notify.urls`. Raises UsageError where Apprise is missing, or can't read one of them."""
    if find_spec("apprise") is None:
        raise UsageError("notify.urls needs the package apprise: pip install 'crawler[notify]'")
    for name in ("apprise", "urllib3"):  # what they log may quote a URL, and goes to standard error by default
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    return NotificationReporter([Service(url, f"notify.urls[{number}]") for number, url in enumerate(urls)], warn)
