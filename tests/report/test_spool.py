import random
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from crawler.report.spool import Spool

_KEYS = st.text(st.characters(exclude_characters="\0\n", exclude_categories=()), max_size=20)
_LINES = st.binary(max_size=20).map(lambda line: line.replace(b"\0", b"").replace(b"\n", b""))


@given(st.lists(st.tuples(_KEYS, _LINES)), st.integers(0, 200))
def test_lines_come_back_in_the_order_of_their_keys_however_often_they_went_to_disk(
    entries: list[tuple[str, bytes]], memory: int
) -> None:
    with Spool(memory) as spool:
        for key, line in entries:
            spool.add(key, line)
        assert list(spool) == [line for _, line in sorted(entries)]


def test_runs_of_many_blocks_are_merged() -> None:
    keys = [f"{number:06}" for number in range(30_000)]
    shuffled = random.Random(1).sample(keys, len(keys))
    with Spool(500_000) as spool:
        for key in shuffled:
            spool.add(key, key.encode() + b"x" * 40)
        assert [line[:6].decode() for line in spool] == keys


def test_a_line_feed_in_a_key_breaks_nothing() -> None:
    with Spool(0) as spool:
        spool.add("a\nb\0c", b"one")
        spool.add("a", b"two")
        assert sorted(spool) == [b"one", b"two"]


def test_a_full_disk_is_told_as_such() -> None:
    program = """
import resource
from crawler.errors import RunError
from crawler.report.spool import Spool
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
with Spool(50_000) as spool:
    try:
        for number in range(1_000):
            spool.add("key", b"x" * 100)
    except RunError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("can't keep the report in ")
