"""Which part each exchange has in a visit."""

import pytest

from crawler.cli.inspecting.tap import Exchange, Tapped, steps
from crawler.model.exchange import Failure, Fields, Request, Response
from crawler.model.observation import Hop, Observation

A, B, SIBLING, HOME = (f"https://news.example/{name}" for name in ("a", "b", "xqzkrt", ""))
RESET = "connection-reset"
FORBIDDEN = "address-forbidden"


def exchange(url: str, came: int | str) -> Exchange:
    return Exchange(Request(url), Failure(came, "") if isinstance(came, str) else Response(came, Fields()))


CASES = {
    "one answer": ([(A, 200)], [(A, 200)], None, "1"),
    "a redirect": ([(A, 301), (B, 200)], [(A, 301), (B, 200)], None, "1 2"),
    "back to itself with a cookie": ([(A, 302), (A, 200)], [(A, 302), (A, 200)], None, "1 2"),
    "tried again": ([(A, 503), (A, RESET), (A, 200)], [(A, 200)], None, "1 1+ 1+"),
    "tried again in vain": ([(A, RESET), (A, RESET)], [(A, None)], RESET, "1 1+"),
    "tried again, then back to itself": ([(A, 503), (A, 302), (A, 200)], [(A, 302), (A, 200)], None, "1 1+ 2"),
    "more of an image": ([(A, 301), (B, 206), (B, 206)], [(A, 301), (B, 206)], None, "1 2 2+"),
    "a redirect after another try": ([(A, 500), (A, 301), (B, 200)], [(A, 301), (B, 200)], None, "1 1+ 2"),
    "stopped by the guard": ([(A, FORBIDDEN)], [], FORBIDDEN, "1"),
    "stopped by the guard after a redirect": ([(A, 302), (B, FORBIDDEN)], [(A, 302)], FORBIDDEN, "1 2"),
    "a sibling": ([(A, 200), (SIBLING, 404)], [(A, 200)], None, "1 -"),
    "a sibling that can't be reached": ([(A, 200), (SIBLING, RESET)], [(A, 200)], None, "1 -"),
    "a sibling sent where the page was": (
        [(A, 302), (HOME, 200), (SIBLING, 302), (HOME, 200)],
        [(A, 302), (HOME, 200)],
        None,
        "1 2 - -",
    ),
    "a sibling sent back to itself": ([(A, 200), (SIBLING, 302), (SIBLING, 200)], [(A, 200)], None, "1 - -+"),
    "nothing asked": ([], [], "url-malformed", ""),
}


@pytest.mark.parametrize(("asked", "hops", "failure", "parts"), CASES.values(), ids=CASES)
def test_each_exchange_has_its_part(
    asked: list[tuple[str, int | str]], hops: list[tuple[str, int | None]], failure: str | None, parts: str
) -> None:
    seen = Observation(A, tuple(Hop(*hop) for hop in hops), Failure(failure, "") if failure else None)
    exchanges = [exchange(url, came) for url, came in asked]
    found = list(steps(exchanges, seen))
    assert [step.exchange for step in found] == exchanges
    assert " ".join(f"{step.hop or '-'}{'+' if step.again else ''}" for step in found) == parts


class OneAnswer:
    """A transport that has one answer for everything."""

    closed = False

    async def fetch(self, request: Request) -> Response | Failure:
        return Response(200, Fields(), request.url.encode())

    async def aclose(self) -> None:
        self.closed = True


async def test_a_tap_passes_everything_on() -> None:
    below = OneAnswer()
    tapped = Tapped(below)
    answers = [await tapped.fetch(Request(url)) for url in (A, B)]
    assert [Exchange(Request(url), answer) for url, answer in zip((A, B), answers, strict=True)] == tapped.exchanges
    await tapped.aclose()
    assert below.closed
