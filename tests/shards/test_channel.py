"""Messages arrive whole and in order, or not at all."""

import socket

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.shards.channel import Channel

pytestmark = pytest.mark.anyio


async def pair() -> tuple[Channel, Channel]:
    ours, theirs = socket.socketpair()
    return await Channel.over(ours), await Channel.over(theirs)


async def everything(channel: Channel) -> list[object]:
    received: list[object] = []
    while (message := await channel.receive()) is not None:
        received.append(message)
    return received


@given(st.lists(st.one_of(st.integers(), st.text(), st.binary(max_size=100_000), st.tuples(st.text())), max_size=10))
@settings(max_examples=25, deadline=None)
def test_messages_arrive_as_they_were_sent(messages: list[object]) -> None:
    async def run() -> list[object]:
        here, there = await pair()

        async def send() -> None:
            for message in messages:
                await here.send(message)
            await here.aclose()

        async with anyio.create_task_group() as group:
            group.start_soon(send)
            received = await everything(there)
        await there.aclose()
        return received

    assert anyio.run(run) == messages


async def test_several_senders_take_turns() -> None:
    here, there = await pair()

    async def send(number: int) -> None:
        await here.send((number, b"x" * 300_000))  # more than a socket takes at once

    async def send_all() -> None:
        async with anyio.create_task_group() as senders:
            for number in range(5):
                senders.start_soon(send, number)
        await here.send_end()

    async with anyio.create_task_group() as group:
        group.start_soon(send_all)
        received = await everything(there)
    assert received == [(number, b"x" * 300_000) for number in range(5)]
    await here.aclose()
    await there.aclose()


async def test_nothing_follows_a_message_that_broke_off() -> None:
    here, there = await pair()
    await here.send("whole")
    with anyio.move_on_after(0.05) as scope:
        await here.send(b"x" * 3_000_000)  # nobody reads, so that it can't be sent in full
    assert scope.cancelled_caught
    await here.send("late")
    await here.send_end()
    assert await everything(there) == ["whole"]
    await here.aclose()
    await there.aclose()


async def test_what_is_sent_to_nobody_is_lost() -> None:
    here, there = await pair()
    await there.aclose()
    await here.send("anyone?")
    await here.send_end()
    assert await here.receive() is None
    await here.aclose()
