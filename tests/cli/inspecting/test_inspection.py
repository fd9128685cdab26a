"""Whatever a server answers, all of it can be shown."""

import json
from collections.abc import Iterable
from dataclasses import replace

import anyio
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.cli.inspecting.inspection import inspect
from crawler.cli.inspecting.json import as_json
from crawler.cli.inspecting.show import show
from crawler.config import Config
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.role import Role
from crawler.report.screen import Screen
from crawler.report.terminal import Terminal

AT_ONCE = Config(fetch=replace(Config().fetch, retries=0))
LINES_LIMIT = 2_000
"""Lines that five answers with six fields take at most, on a narrow screen and in full."""


class Paper:
    """An output in memory."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, data: bytes) -> None:
        self.text += data.decode()

    def flush(self) -> None: ...

    def __enter__(self) -> "Paper":
        return self

    def __exit__(self, *_: object) -> None: ...


class Scripted:
    """A transport with answers of its own, and an empty page once they are used up."""

    def __init__(self, answers: Iterable[Response | Failure]) -> None:
        self._answers = iter(answers)
        self.asked = 0

    async def fetch(self, request: Request) -> Response | Failure:
        self.asked += 1
        return next(self._answers, Response(200, Fields()))

    async def aclose(self) -> None: ...


NAMES = ("location", "content-type", "content-range", "refresh", "retry-after", "server", "set-cookie", "x-\u202e")
FIELDS = st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=30) | st.just("/b")), max_size=6)
ANSWERS = st.one_of(
    st.tuples(st.integers(100, 999), FIELDS, st.binary(max_size=200)).map(
        lambda of: Response(of[0], Fields(of[1]), of[2])
    ),
    st.tuples(st.sampled_from(("timeout", "tls-expired", "nonsense")), st.text(max_size=20)).map(
        lambda of: Failure(*of)
    ),
)


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=30) | st.sampled_from(("https://news.example/b/c-d-e#f", "http://news.example")),
    st.sampled_from(Role),
    st.lists(ANSWERS, max_size=5),
)
def test_whatever_is_answered_can_be_shown(url: str, role: Role, answers: list[Response | Failure]) -> None:
    transport = Scripted(answers)
    inspection = anyio.run(inspect, url, role, AT_ONCE, transport)
    assert len(inspection.steps) == transport.asked
    found = json.loads(as_json(inspection))
    assert (found["role"], len(found["exchanges"])) == (role, transport.asked)
    json.dumps(found, ensure_ascii=False).encode()
    for width, verbose in ((40, True), (None, False)):
        paper = Paper()
        show(Screen(paper, Terminal(width=width)), inspection, verbose=verbose)
        assert paper.text.replace("\n", "").isprintable()
        assert paper.text.count("\n") < LINES_LIMIT
