"""How an archive is asked: at its pace, within the time, and no more than it likes."""

import json
from datetime import UTC, datetime

import pytest

from crawler.config import Network
from crawler.errors import UsageError
from crawler.fetch.enquiry import GIVE_UP, HOPS, Enquiry
from crawler.http.archive import Opinion, Question
from crawler.model.exchange import Failure, Fields, Request, Response
from tests.fetch.asking import MIDNIGHT, Asking, Clock, Prepared
from tests.fetch.conftest import GENEROUS, Open
from tests.web import Answer, Drip, Flood, Send, Stall, Web, redirect

PAGE = "https://news.example/a?b=1&c"
COPY = "https://archive.example/2020/https://news.example/a"
NONE = b'{"archived_snapshots": {}}'
WHEN = datetime(2020, 5, 12, 0, 10, 15, tzinfo=UTC)
NO_WAIT = Asking("http://archive.example/wayback/available", interval=0.0)
GATE = Asking("https://archive.example/timegate/", "timegate", interval=0.0)


def found(copy: str = COPY) -> bytes:
    return json.dumps({"archived_snapshots": {"closest": {"available": True, "url": copy, "status": "200"}}}).encode()


async def test_an_archive_is_asked_for_the_page_at_its_moment(web: Web, open_transport: Open) -> None:
    archive = web.host("archive.example")
    archive.on("/wayback/available", Answer(200, found()))
    enquiry = Enquiry(NO_WAIT, open_transport())
    assert await enquiry.ask(Question(PAGE, WHEN)) == Opinion(COPY)
    (seen,) = archive.seen
    assert seen.target == ("/wayback/available?url=https%3A%2F%2Fnews.example%2Fa%3Fb%3D1%26c&timestamp=20200512001015")
    assert seen.fields["accept"] == "application/json"
    assert enquiry.over is None


async def test_a_gate_may_lead_to_a_copy_over_another_archive(web: Web, open_transport: Open) -> None:
    gate, other = web.host("archive.example"), web.host("other.example")
    gate.on(f"/timegate/{PAGE}", redirect(other.https(f"/gate/{PAGE}"), 302))
    other.on(f"/gate/{PAGE}", redirect(f"/2020/{PAGE}", 302))
    other.on(f"/2020/{PAGE}", Answer(200, b"", (("Memento-Datetime", "Tue, 12 May 2020 00:10:15 GMT"),)))
    said = await Enquiry(GATE, open_transport()).ask(Question(PAGE, WHEN))
    assert said == Opinion(other.https(f"/2020/{PAGE}"))
    assert [(seen.method, seen.fields["accept-datetime"]) for seen in web.seen] == [
        ("HEAD", "Tue, 12 May 2020 00:10:15 GMT")
    ] * 3


async def test_a_gate_that_leads_on_for_ever_is_left(web: Web, open_transport: Open) -> None:
    archive = web.host("archive.example")
    archive.otherwise = redirect("x", 302)
    assert await Enquiry(GATE, open_transport()).ask(Question(PAGE)) is None
    assert len(archive.seen) == HOPS


async def test_the_address_guard_holds_for_an_archive_and_where_it_leads(web: Web, open_transport: Open) -> None:
    archive = web.host("archive.example")
    archive.otherwise = redirect(f"http://127.0.0.2:{web.port}/", 302)
    inside = tuple(f"archive.example:{port}:{web.address}:{web.port}" for port in (80, 443))
    transport = open_transport(network=Network(connect_to=inside, cacert=web.cacert))
    assert await Enquiry(GATE, transport).ask(Question(PAGE)) is None
    assert [seen.host for seen in web.seen] == ["archive.example"]

    direct = Enquiry(Asking(f"http://{web.address}:{web.port}/", interval=0.0), open_transport(network=Network()))
    assert await direct.ask(Question(PAGE)) is None
    assert len(web.seen) == 1


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
HOSTILE = {
    "endless": (Send(HEAD), Flood(b"[" * 4096)),
    "no HTTP": (Send(b"archived_snapshots\r\n\r\n"),),
    "nothing": (),
    "endless fields": (Send(b"HTTP/1.1 200 OK\r\n"), Flood(b"X-Filler: " + b"x" * 8000 + b"\r\n")),
}


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_archive_is_not_heard(web: Web, open_transport: Open, script: tuple[Send | Flood, ...]) -> None:
    web.host("archive.example").script("/wayback/available", *script)
    assert await Enquiry(NO_WAIT, open_transport()).ask(Question(PAGE)) is None


@pytest.mark.parametrize("script", [(Stall(),), (Send(HEAD), Drip(b" " * 100_000))], ids=["silent", "slow"])
async def test_an_archive_that_takes_its_time_gets_no_more_than_there_is(
    web: Web, open_transport: Open, script: tuple[Send | Drip | Stall, ...]
) -> None:
    archive = web.host("archive.example")
    archive.script("/wayback/available", *script)
    enquiry = Enquiry(NO_WAIT._replace(budget=0.2), open_transport(GENEROUS))
    assert await enquiry.ask(Question(PAGE)) is None
    assert enquiry.over == "the time for it was over"
    assert await enquiry.ask(Question(PAGE)) is None
    assert len(archive.seen) <= 1


def nothing_known(request: Request) -> Response:
    return Response(200, Fields(), NONE)


@pytest.mark.parametrize(("seconds", "apart"), [(0.0, 4.0), (1.5, 4.0), (9.0, 9.0)])
async def test_requests_start_at_least_so_many_seconds_apart(seconds: float, apart: float) -> None:
    clock = Clock()
    transport = Prepared(nothing_known, clock, seconds)
    enquiry = Enquiry(Asking(interval=4.0), transport, clock, clock.sleep)
    for _ in range(4):
        await enquiry.ask(Question(PAGE))
    assert transport.at == [MIDNIGHT + apart * number for number in range(4)]


async def test_the_hops_of_one_question_keep_the_pace_too() -> None:
    clock = Clock()
    transport = Prepared(lambda request: Response(302, Fields((("Location", request.url + "x"),))), clock)
    assert await Enquiry(GATE._replace(interval=4.0), transport, clock, clock.sleep).ask(Question(PAGE)) is None
    assert transport.at == [MIDNIGHT + 4.0 * number for number in range(HOPS)]


async def test_no_question_starts_after_the_time_is_over() -> None:
    clock = Clock()
    transport = Prepared(nothing_known, clock)
    enquiry = Enquiry(Asking(interval=4.0, budget=10.0), transport, clock, clock.sleep)
    said = [await enquiry.ask(Question(PAGE)) for _ in range(6)]
    assert said == [Opinion(None)] * 3 + [None] * 3
    assert clock.now - MIDNIGHT <= 10.0, "and nobody sleeps for nothing"
    assert enquiry.over == "the time for it was over"


async def test_the_run_may_have_less_time_than_the_archive_was_given() -> None:
    clock = Clock()
    transport = Prepared(nothing_known, clock)
    enquiry = Enquiry(Asking(interval=4.0), transport, clock, clock.sleep)
    enquiry.end_by(MIDNIGHT + 5.0)
    for _ in range(6):
        await enquiry.ask(Question(PAGE))
    assert len(transport.asked) == 2


TURNED_AWAY = {
    "429": (Response(429, Fields()), None),
    "503 with Retry-After": (Response(503, Fields((("Retry-After", "60"),))), None),
    "the last that it allows": (
        Response(200, Fields((("RateLimit", '"daily";r=0;t=3600'),)), found()),
        Opinion(COPY),
    ),
}


@pytest.mark.parametrize(("answer", "said"), TURNED_AWAY.values(), ids=TURNED_AWAY)
async def test_an_archive_that_wants_to_be_left_alone_is(answer: Response, said: Opinion | None) -> None:
    clock = Clock()
    transport = Prepared(lambda request: answer, clock)
    enquiry = Enquiry(Asking(), transport, clock, clock.sleep)
    assert await enquiry.ask(Question(PAGE)) == said
    assert await enquiry.ask(Question(PAGE)) is None
    assert len(transport.asked) == 1
    assert "wants to be left alone" in (enquiry.over or "")


async def test_a_copy_of_a_refusal_is_none_of_the_archive_s() -> None:
    clock = Clock()
    copy = Response(429, Fields((("Memento-Datetime", "Wed, 21 Mar 2001 20:36:10 GMT"), ("Retry-After", "60"))))
    enquiry = Enquiry(GATE, Prepared(lambda request: copy, clock), clock, clock.sleep)
    assert await enquiry.ask(Question(PAGE)) == Opinion(None)
    assert enquiry.over is None


async def test_an_archive_that_fails_again_and_again_is_given_up() -> None:
    clock = Clock()
    transport = Prepared(lambda request: Failure("connect-refused", "nothing there"), clock)
    enquiry = Enquiry(Asking(), transport, clock, clock.sleep)
    assert [await enquiry.ask(Question(PAGE)) for _ in range(9)] == [None] * 9
    assert len(transport.asked) == GIVE_UP
    assert (enquiry.over or "").endswith("nothing there")


async def test_one_answer_makes_good_for_failures_before_it() -> None:
    clock = Clock()
    answers = iter([Response(500, Fields()), Response(500, Fields()), Response(200, Fields(), NONE)] * 3)
    transport = Prepared(lambda request: next(answers), clock)
    enquiry = Enquiry(Asking(), transport, clock, clock.sleep)
    for _ in range(9):
        await enquiry.ask(Question(PAGE))
    assert len(transport.asked) == 9
    assert enquiry.over is None


async def test_without_a_moment_it_is_now() -> None:
    clock = Clock()
    transport = Prepared(nothing_known, clock)
    await Enquiry(Asking(), transport, clock, clock.sleep).ask(Question(PAGE))
    assert transport.asked[0].url.endswith("timestamp=20260201000000")


async def test_what_is_too_long_to_ask_for_is_not_asked_for() -> None:
    clock = Clock()
    transport = Prepared(nothing_known, clock)
    page = "https://news.example/?" + "%20" * 2_500
    assert await Enquiry(Asking(), transport, clock, clock.sleep).ask(Question(page)) is None
    assert not transport.asked


PAGES = {
    "https://news.example/a": True,
    "http://192.0.2.1/": False,
    "http://localhost/": False,
    "http://10.1.2.3/wiki": False,
    "http://[::1]/": False,
    "mailto:somebody@news.example": False,
    "https://name:secret@news.example/": False,
}


@pytest.mark.parametrize(("page", "is_public"), PAGES.items())
def test_an_archive_is_told_of_public_pages_only(page: str, is_public: bool) -> None:
    clock = Clock()
    assert Enquiry(Asking(), Prepared(nothing_known, clock), clock, clock.sleep).can_have(page) is is_public


@pytest.mark.parametrize(
    "endpoint", ["archive.example", "", "file:///etc/passwd", "https://name:secret@archive.example/"]
)
def test_an_endpoint_that_can_t_be_asked_is_a_mistake_of_the_settings(endpoint: str) -> None:
    clock = Clock()
    with pytest.raises(UsageError, match=r"archive\.endpoint: ") as error:
        Enquiry(Asking(endpoint), Prepared(nothing_known, clock))
    assert "secret" not in str(error.value)
