"""What a second run over unchanged content costs, by the server's own count."""

from collections.abc import AsyncIterator
from functools import partial
from typing import NamedTuple

import pytest

from crawler.config import Fetch, Network, Pool
from crawler.engine import Engine
from crawler.fetch.choose import open_transport
from crawler.fetch.connect_to import find, parse
from crawler.http.address import AddressGuard
from crawler.model.link import Link
from crawler.model.observation import Observation
from crawler.model.role import Role
from crawler.visiting.admission import Admission
from crawler.visiting.suspicion import Suspicions
from crawler.visiting.targets import Recalled, Target, Targets
from crawler.visiting.visit import Policy
from tests.web import Answer, Host, Web

pytestmark = pytest.mark.anyio

DATE = ("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x09\x00\x00\x00\x06\x08\x02\x00\x00\x00" + bytes(9_000)
PROSE = b"<p>Every word of it is as it was.</p>"


class Cost(NamedTuple):
    """What a run took."""

    observed: dict[str, Observation]
    requests: int
    sent: int
    """Bytes that the servers wrote."""


def page(number: int, title: str = "A story") -> bytes:
    return b"<!doctype html><title>%b %d</title><h1>%b</h1>" % (title.encode(), number, title.encode()) + 200 * PROSE


def serve(host: Host) -> list[tuple[str, Role]]:
    """As sites are: most pages have a tag, some a date, a few neither; pictures have ranges; one page is gone."""
    links = []
    for number in range(20):
        tag = f'"{number}"' if number % 4 else None
        links.append((host.on(f"/{number}", Answer(body=page(number), etag=tag)), Role.WEB))
        links.append((host.redirect(f"/old/{number}", f"/{number}"), Role.WEB))
        picture = Answer(body=PNG, etag=f'W/"{number}"', ranges=True, fields=(("Content-Type", "image/png"), DATE))
        links.append((host.on(f"/{number}.png", picture), Role.IMAGE))
    links.append((host.https("/gone"), Role.WEB))
    return links


async def run(web: Web, host: Host, links: list[tuple[str, Role]], known: dict[str, Observation], kind: str) -> Cost:
    network = Network(connect_to=tuple(web.connect_to), cacert=web.cacert)
    fetch = Fetch(transport=kind)  # type: ignore[arg-type]
    admission = Admission(AddressGuard(), partial(find, tuple(map(parse, network.connect_to))))
    policy = Policy(fetch, 300.0, admission.admit, Suspicions("seed"))
    observed: dict[str, Observation] = {}

    def recall(url: str, role: Role) -> Recalled | None:
        return Recalled(known[url], enough=False) if url in known else None

    def deliver(target: Target, observation: Observation) -> None:
        observed[target.url] = observation

    async def batches() -> AsyncIterator[list[Link]]:
        yield [Link(url, role, "a.md") for url, role in links]

    host.seen.clear()
    async with open_transport(fetch, network) as transport:
        assert await Engine(transport, Targets(admission.preflight, recall), Pool(), policy, deliver).run(batches())
    return Cost(observed, len(host.seen), sum(seen.sent for seen in host.seen))


@pytest.mark.parametrize("kind", ["curl", "stock"])
async def test_it_costs_at_most_a_third_of_the_bytes(web: Web, kind: str) -> None:
    host = web.host("news.example")
    links = serve(host)
    first = await run(web, host, links, {}, kind)
    second = await run(web, host, links, first.observed, kind)
    assert second.requests == first.requests
    assert second.sent <= first.sent / 3, (first.sent, second.sent)
    assert sum(seen.confirmed for seen in second.observed.values()) == 15 + 15 + 20
    for url, seen in second.observed.items():
        before = first.observed[url]
        assert (seen.hops, seen.failure, seen.evidence) == (before.hops, before.failure, before.evidence)
        assert seen.metadata == before.metadata._replace(bytes=0 if seen.confirmed else before.metadata.bytes)
    third = await run(web, host, links, second.observed, kind)
    assert (third.requests, third.sent) == (second.requests, second.sent)


async def test_what_has_changed_is_seen_all_the_same(web: Web) -> None:
    host = web.host("news.example")
    links = serve(host)
    first = await run(web, host, links, {}, "curl")
    host.on("/1", Answer(body=page(1, "Another story"), etag='"new"'))
    second = await run(web, host, links, first.observed, "curl")
    changed = [url for url, seen in second.observed.items() if seen.metadata.title == "Another story 1"]
    assert changed == [host.https("/1"), host.https("/old/1")]
