"""What a visit does with what it can read: longer ranges, refreshes, walls, and the sibling that can't exist."""

import pytest

from crawler.config import Fetch
from crawler.http.url import Url, parse
from crawler.media.image import STEPS
from crawler.media.opaque import ENOUGH
from crawler.model.exchange import Failure, Fields, Response
from crawler.model.observation import Hop, Observation
from crawler.model.role import Role
from crawler.visiting.action import Action, Done, Send, Wait
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.visit import Policy, Visit

NOW = 1_767_225_600.0
PAGE = "https://www.example.org/news/harbour-bridge-opens"
PICTURE = "https://www.example.org/bridge.jpg"
HTML = ("content-type", "text/html; charset=utf-8")


def url(text: str) -> Url:
    parsed = parse(text)
    assert isinstance(parsed, Url)
    return parsed


def visit(
    start: str = PAGE,
    role: Role = Role.WEB,
    suspicions: Suspicions | None = None,
    fragments: tuple[str, ...] = (),
    retries: int = 2,
) -> Visit:
    policy = Policy(Fetch(retries=retries), 300.0, lambda url: None, suspicions or Suspicions("seed"))
    return Visit(url(start), role, policy, fragments)


def html(title: str, body: str = "<p>Every word of it.</p>", head: str = "", status: int = 200) -> Response:
    text = f"<!doctype html><html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    return Response(status, Fields([HTML]), text.encode())


def jpeg(width: int, height: int, before: int = 0) -> bytes:
    """A JPEG's start, with so many bytes of application data before the frame that says its size."""
    parts = [b"\xff\xd8"]
    while before > 0:
        length = min(before, 65_000)
        parts.append(b"\xff\xe2" + (length + 2).to_bytes(2, "big") + bytes(length))
        before -= length
    frame = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    return b"".join([*parts, b"\xff\xc0\x00\x11\x08", frame, b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01", bytes(99)])


def part(body: bytes, request_range: str, whole: int) -> Response:
    """What a server that knows ranges answers."""
    last = min(int(request_range.removeprefix("bytes=0-")), whole - 1)
    fields = Fields([("content-type", "image/jpeg"), ("content-range", f"bytes 0-{last}/{whole}")])
    return Response(206, fields, body[: last + 1])


def asked_range(action: Send) -> str:
    return dict(action.request.fields)["Range"]


def observed(action: Action) -> Observation:
    assert isinstance(action, Done)
    return action.observation


def test_a_page_is_read() -> None:
    head = '<link rel="canonical" href="/news/bridge"><meta name="robots" content="noarchive">'
    observation = observed(visit().receive(html("The bridge opens", head=head), NOW))
    assert observation.metadata.title == "The bridge opens"
    assert observation.metadata.canonical == "https://www.example.org/news/bridge"
    assert observation.metadata.robots == "noarchive"
    assert observation.metadata.is_amp is False
    assert observation.evidence is None


def test_a_picture_is_asked_for_by_its_first_bytes() -> None:
    machine = visit(PICTURE, Role.IMAGE)
    assert asked_range(machine.send) == f"bytes=0-{STEPS[0] - 1}"
    body = jpeg(1240, 697)
    observation = observed(machine.receive(part(body, asked_range(machine.send), 150_000), NOW))
    assert (observation.metadata.width, observation.metadata.height) == (1240, 697)
    assert (observation.metadata.format, observation.metadata.is_image) == ("jpeg", True)
    assert observation.attempts == 1


def test_a_picture_that_says_its_size_late_is_asked_for_more() -> None:
    body = jpeg(1240, 697, before=100_000) + bytes(400_000)
    machine = visit(PICTURE, Role.IMAGE)
    more = machine.receive(part(body, asked_range(machine.send), len(body)), NOW)
    assert isinstance(more, Send)
    assert asked_range(more) == f"bytes=0-{STEPS[1] - 1}"
    assert more.request.body_limit == STEPS[1]
    observation = observed(machine.receive(part(body, asked_range(more), len(body)), NOW))
    assert (observation.metadata.width, observation.metadata.height) == (1240, 697)
    assert (observation.attempts, len(observation.hops)) == (2, 1)


def test_a_picture_that_never_says_its_size_ends_at_a_megabyte() -> None:
    body = jpeg(1240, 697, before=1_500_000)
    machine = visit(PICTURE, Role.IMAGE)
    action: Action = machine.send
    steps = []
    while isinstance(action, Send):
        steps.append(asked_range(action))
        action = machine.receive(part(body, asked_range(action), len(body)), NOW)
    assert steps == [f"bytes=0-{step - 1}" for step in STEPS]
    metadata = observed(action).metadata
    assert (metadata.is_image, metadata.width) == (True, None)


def test_a_server_that_knows_no_ranges_is_not_asked_twice_for_the_same() -> None:
    machine = visit(PICTURE, Role.IMAGE)
    short = Response(200, Fields([("content-type", "image/jpeg")]), jpeg(9, 9, before=70_000)[:65_536], complete=False)
    more = machine.receive(short, NOW)
    assert isinstance(more, Send)
    assert more.request.body_limit == STEPS[1]


def test_of_a_file_that_is_linked_to_only_the_beginning_is_asked_for() -> None:
    machine = visit("https://www.example.org/report.pdf")
    assert asked_range(machine.send) == f"bytes=0-{ENOUGH - 1}"
    fields = Fields([("content-type", "application/pdf"), ("content-range", f"bytes 0-{ENOUGH - 1}/9000000")])
    observation = observed(machine.receive(Response(206, fields, bytes(ENOUGH)), NOW))
    assert (observation.status, observation.attempts) == (206, 1)


def test_a_page_whose_url_ends_like_a_file_s_is_read_as_any_other() -> None:
    machine = visit("https://www.example.org/wiki/File:Bridge.jpg")
    page = html("File: Bridge")
    again = machine.receive(Response(206, page.fields, page.body), NOW)
    assert isinstance(again, Send)
    assert "Range" not in dict(again.request.fields)
    assert observed(machine.receive(page, NOW)).metadata.title == "File: Bridge"


def test_a_range_is_asked_for_where_the_url_looks_like_a_file_s_at_every_hop() -> None:
    machine = visit("https://www.example.org/bridge.jpg")
    page = machine.receive(Response(302, Fields([("location", "/news/bridge")])), NOW)
    assert isinstance(page, Send)
    assert "Range" not in dict(page.request.fields)
    film = machine.receive(Response(302, Fields([("location", "/bridge.mp4")])), NOW)
    assert isinstance(film, Send)
    assert asked_range(film) == f"bytes=0-{ENOUGH - 1}"


def test_a_range_that_cannot_be_satisfied_is_left_out() -> None:
    machine = visit(PICTURE, Role.IMAGE)
    again = machine.receive(Response(416, Fields()), NOW)
    assert isinstance(again, Send)
    assert "Range" not in dict(again.request.fields)
    assert observed(machine.receive(Response(200, Fields(), jpeg(3, 2)), NOW)).metadata.width == 3


@pytest.mark.parametrize(
    ("body", "content_type", "what"),
    [
        (b"<!doctype html><title>Gone</title>", "image/jpeg", "html"),
        (b"", "image/jpeg", "empty"),
        (b'{"error": 404}', "application/json", "json"),
    ],
)
def test_what_is_no_picture_is_named(body: bytes, content_type: str, what: str) -> None:
    answer = Response(200, Fields([("content-type", content_type)]), body)
    metadata = observed(visit(PICTURE, Role.IMAGE).receive(answer, NOW)).metadata
    assert (metadata.is_image, metadata.format) == (False, what)


@pytest.mark.parametrize(("seconds", "follows"), [("0", True), ("5", True), ("6", False), ("300", False)])
def test_a_refresh_within_five_seconds_is_a_hop(seconds: str, follows: bool) -> None:
    refresh = f'<meta http-equiv="refresh" content="{seconds}; url=/elsewhere">'
    machine = visit()
    action = machine.receive(html("One moment", head=refresh), NOW)
    if follows:
        assert isinstance(action, Send)
        assert action.request.url == "https://www.example.org/elsewhere"
        assert observed(machine.receive(html("There"), NOW)).hops[0] == Hop(PAGE, 200)
    else:
        assert isinstance(action, Done)


def test_a_page_that_refreshes_itself_is_no_hop_and_no_loop() -> None:
    refresh = f'<meta http-equiv="refresh" content="1; url={PAGE}">'
    assert observed(visit().receive(html("Live ticker", head=refresh), NOW)).failure is None


CHALLENGE = Response(
    503, Fields([HTML, ("cf-mitigated", "challenge")]), b"<html><head><title>Just a moment...</title></head></html>"
)


def test_a_wall_is_not_asked_again() -> None:
    observation = observed(visit().receive(CHALLENGE, NOW))
    assert observation.evidence is not None
    assert observation.evidence.reason == "bot-wall"
    assert observation.attempts == 1


def test_a_server_error_without_a_wall_is() -> None:
    assert isinstance(visit().receive(html("Service unavailable", status=503), NOW), Wait)


SOFT = html("Page not found", "<p>Sorry, we could not find that page.</p>")


def test_a_doubtful_page_is_settled_by_a_sibling_that_cannot_exist() -> None:
    machine = visit()
    probe = machine.receive(SOFT, NOW)
    assert isinstance(probe, Send)
    assert probe.host == "www.example.org"
    assert probe.request.url.startswith("https://www.example.org/news/")
    assert probe.request.url != PAGE
    observation = observed(machine.receive(SOFT, NOW))
    assert observation.evidence is not None
    assert observation.evidence.reason == "soft-404"
    assert observation.hops == (Hop(PAGE, 200),)
    assert observation.attempts == 2


def test_a_site_that_tells_pages_apart_is_believed() -> None:
    machine = visit()
    machine.receive(SOFT, NOW)
    observation = observed(machine.receive(Response(404, Fields([HTML]), b"nothing"), NOW))
    assert observation.evidence is None or observation.evidence.reason is None


@pytest.mark.parametrize("answer", [Failure("timeout", "", connected=False), Response(503, Fields())])
def test_a_sibling_that_cannot_be_had_leaves_the_best_guess(answer: Response | Failure) -> None:
    machine = visit()
    machine.receive(SOFT, NOW)
    assert observed(machine.receive(answer, NOW)).failure is None


def test_refused_while_probing_the_page_keeps_what_it_gave() -> None:
    machine = visit()
    machine.receive(SOFT, NOW)
    observation = machine.refuse(Failure("robots-disallowed", ""), NOW).observation
    assert (observation.status, observation.failure) == (200, None)
    assert observation.metadata.title == "Page not found"


def test_one_sibling_answers_for_its_folder() -> None:
    suspicions = Suspicions("seed")
    first = visit(suspicions=suspicions)
    first.receive(SOFT, NOW)
    first.receive(SOFT, NOW)
    second = visit("https://www.example.org/news/another-story", suspicions=suspicions)
    observation = observed(second.receive(SOFT, NOW))
    assert observation.evidence is not None
    assert observation.evidence.reason == "soft-404"
    assert observation.attempts == 1


def test_redirects_of_a_sibling_are_followed() -> None:
    machine = visit()
    machine.receive(SOFT, NOW)
    there = machine.receive(Response(302, Fields([("location", "/not-found")])), NOW)
    assert isinstance(there, Send)
    assert there.request.url == "https://www.example.org/not-found"
    assert machine.url.href == "https://www.example.org/not-found"
    assert isinstance(machine.receive(SOFT, NOW), Done)


def test_fragments_are_looked_for_in_whole_pages() -> None:
    machine = visit(fragments=("part-2", "part-9"))
    assert machine.send.request.body_limit == STEPS[-1]
    observation = observed(machine.receive(html("Parts", '<h2 id="part-2">Two</h2>'), NOW))
    assert observation.metadata.missing_fragments == ("part-9",)
