import os
import subprocess
import sys
from textwrap import dedent

import pytest

from crawler.errors import UsageError
from crawler.model.verdict import Change, Level
from crawler.report.notification import NotificationReporter, Service, open_notification
from tests.report.sample import FINDINGS, OUTCOMES
from tests.report.services import Room
from tests.report.writing import report

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""Apprise imports its many services when it is first asked for one, old modules and all."""

NEW = [found._replace(change=Change.NEW) for found in FINDINGS if found.code == "http-404"]
RECOVERED = [OUTCOMES[1]._replace(change=Change.RECOVERED)]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def test_one_message_goes_to_every_service() -> None:
    warned: list[str] = []
    with Room() as one, Room() as other:
        report(open_notification([one.url, other.url], warned.append), RECOVERED, [*NEW, *FINDINGS])
    assert warned == []
    (message,) = one.messages
    assert message["title"] == "crawler: 1 link newly broken, 1 recovered"
    assert message["message"].startswith(
        "New (1):\n- http-404 https://www.example.org/gone in records/news/2026-01-30-a.md:40\n\nRecovered (1):\n"
    )
    assert message["type"] == "failure"
    assert other.messages == [message]


KINDS = {Level.ERROR: "failure", Level.WARNING: "warning", Level.INFO: "info"}


@pytest.mark.parametrize(("level", "kind"), KINDS.items())
def test_a_service_is_told_how_bad_it_is(level: Level, kind: str) -> None:
    with Room() as room:
        report(open_notification([room.url], pytest.fail), (), [NEW[0]._replace(level=level)])
    assert [message["type"] for message in room.messages] == [kind]


def test_good_news_are_good() -> None:
    with Room() as room:
        report(open_notification([room.url], pytest.fail), RECOVERED, ())
    assert [message["type"] for message in room.messages] == ["success"]


def test_where_nothing_has_changed_nothing_is_sent() -> None:
    still = [found._replace(change=Change.STILL) for found in FINDINGS]
    with Room() as room:
        report(open_notification([room.url], pytest.fail), OUTCOMES, [*FINDINGS, *still])
    assert room.messages == []


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_the_message_is_plain_text_whatever_the_service_takes(form: str) -> None:
    finding = NEW[0]._replace(url="https://a.example/<b>_x_&amp;", path="[x](y).md")
    with Room() as room:
        report(open_notification([f"{room.url}?format={form}"], pytest.fail), (), [finding])
    text = room.messages[0]["message"]
    assert "<b>" not in text
    assert "[x](y)" not in text
    if form == "html":
        assert "&amp;amp;" in text
    if form == "markdown":
        assert r"\_x\_" in text


def test_a_service_that_fails_is_a_warning_without_its_secrets() -> None:
    warned: list[str] = []
    with Room(Room.refuse) as bad, Room() as good:
        urls = [bad.url.replace("//", "//name:secret@").replace("/hook", "/token"), good.url]
        report(open_notification(urls, warned.append), (), NEW)
        assert len(good.messages) == 1
    assert warned == ["notify.urls[0] (json://…) could not be notified: it did not take the message"]


def test_a_service_that_hangs_holds_nobody_up() -> None:
    warned: list[str] = []
    with Room(Room.wait) as slow, Room() as good:
        services = [Service(slow.url, "notify.urls[0]"), Service(good.url, "notify.urls[1]")]
        report(NotificationReporter(services, warned.append, seconds=0.1), (), NEW)
        assert good.came.wait(30)
    assert warned[0] == "notify.urls[0] (json://…) could not be notified: it took too long"


def test_nothing_of_a_service_is_written_and_no_thread_of_it_is_waited_for() -> None:
    program = """
        import sys
        from crawler.model.verdict import Change
        from crawler.report.notification import NotificationReporter, Service, open_notification
        from tests.report.test_notification import NEW
        from tests.report.sample import RUN

        hanging, closed = sys.argv[1:]
        reporter = open_notification([closed], print)
        reporter.finding(NEW[0])
        reporter.finish(RUN)
        reporter = NotificationReporter([Service(hanging, "slow")], print, seconds=0.1)
        reporter.finding(NEW[0])
        reporter.finish(RUN)
    """
    with Room() as once:
        closed = once.url.replace("//", "//name:secret@")
    with Room(Room.wait) as slow:
        done = subprocess.run(
            [sys.executable, "-c", dedent(program), f"{slow.url}?rto=60", closed],
            capture_output=True,
            text=True,
            timeout=50,
            env={**os.environ, "NO_PROXY": "*"},
            check=True,
        )
    assert done.stdout.splitlines() == [
        "notify.urls[0] (json://…) could not be notified: it did not take the message",
        "slow (json://…) could not be notified: it took too long",
    ]
    assert done.stderr == ""


UNREADABLE = ["nonsense://secret", "secret", "", "json://", "://secret", "a" * 40 + "://secret"]


@pytest.mark.parametrize("url", UNREADABLE)
def test_a_url_that_can_t_be_read_is_known_before_the_run(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=r"notify\.urls\[1\].*can't read this URL") as error:
        open_notification(["json://127.0.0.1/", url], pytest.fail)
    assert "secret" not in str(error.value)
    assert capfd.readouterr() == ("", "")


def test_a_missing_package_is_known_before_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(UsageError, match=r"pip install 'crawler\[notify\]'"):
        open_notification(["json://127.0.0.1/"], pytest.fail)
