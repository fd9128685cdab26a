"""Name resolution in threads, with a lookup that is ours: nothing here asks the system, but for `localhost`."""

import threading

import anyio
import pytest

from crawler.fetch.resolve import SystemResolver, addresses, possible


async def test_gives_what_the_lookup_gives() -> None:
    assert await SystemResolver(lambda host: [host, "9.9.9.9"])("a.example") == ["a.example", "9.9.9.9"]


async def test_raises_what_the_lookup_raises() -> None:
    def fails(_: str) -> list[str]:
        raise OSError("its words")

    with pytest.raises(OSError, match="its words"):
        await SystemResolver(fails)("a.example")


async def test_lookups_run_at_once_up_to_the_limit() -> None:
    together, running, most = threading.Barrier(3), [0], [0]
    lock = threading.Lock()

    def lookup(host: str) -> list[str]:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        together.wait(30)
        with lock:
            running[0] -= 1
        return [host]

    resolver = SystemResolver(lookup, lookups=3)
    found: list[str] = []

    async def resolve(host: str) -> None:
        found.extend(await resolver(host))

    async with anyio.create_task_group() as tasks:
        for n in range(9):
            tasks.start_soon(resolve, f"h{n}.example")
    assert sorted(found) == [f"h{n}.example" for n in range(9)]
    assert most == [3]


async def test_who_is_cancelled_leaves_at_once_and_the_place_is_free_when_the_lookup_ends() -> None:
    answer = threading.Event()

    def lookup(host: str) -> list[str]:
        if host == "slow.example":
            answer.wait(30)
        return [host]

    resolver = SystemResolver(lookup, lookups=1)
    with anyio.move_on_after(0.05) as scope:
        await resolver("slow.example")
    assert scope.cancelled_caught
    with anyio.move_on_after(0.05) as scope:
        await resolver("next.example")
    assert scope.cancelled_caught
    answer.set()
    with anyio.fail_after(30):
        assert await resolver("next.example") == ["next.example"]


def test_a_lookup_that_never_ends_does_not_keep_the_program() -> None:
    never = threading.Event()

    async def main() -> None:
        with anyio.move_on_after(0.05):
            await SystemResolver(lambda _: [str(never.wait(30))])("slow.example")

    anyio.run(main)
    never.set()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("a.example", True),
        ("a.example.", True),
        ("_dmarc.xn--mller-kva.example", True),
        ("a" * 63 + ".example", True),
        ("a" * 64 + ".example", False),
        (".".join(["a" * 49] * 5) + ".abc", True),
        (".".join(["a" * 49] * 5) + ".abcd", False),
        ("", False),
        (".", False),
        ("a..example", False),
        ("müller.example", False),
        ("a\0.example", False),
    ],
)
def test_names_that_the_dns_could_hold(host: str, expected: bool) -> None:
    assert possible(host) is expected


def test_the_system_knows_this_machine() -> None:
    assert "127.0.0.1" in addresses("localhost")
