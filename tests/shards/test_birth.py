"""Children that are forked, from a program that does nothing else: one under test has threads."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawler.shards.birth import start

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")

BEGIN = """
import os, signal, sys, threading
from crawler.shards.birth import can_fork, fork, forked

def told(child):
    text = b""
    while more := child.channel.recv(4096):
        text += more
    return text.decode()
"""


def said(program: str, cwd: Path) -> str:
    """What a program writes, after `BEGIN`."""
    ran = subprocess.run([sys.executable, "-c", BEGIN + program], capture_output=True, cwd=cwd, timeout=20)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.decode()


def test_a_child_has_its_channel_and_standard_error_and_nothing_else(tmp_path: Path) -> None:
    program = """
def main(number):
    open_ones = [n for n in range(100) if n != number and os.path.exists(f"/proc/self/fd/{n}")]
    os.write(number, repr([(n, os.readlink(f"/proc/self/fd/{n}")) for n in open_ones[:2]]).encode())
    os.write(number, repr(open_ones).encode())
    os.write(number, repr(sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ()))).encode())
file, other = open("held.txt", "w"), fork(main)
child = fork(main)
print(told(child), child.process.wait(), child.process.poll(), sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())))
"""
    nothing = "[(0, '/dev/null'), (1, '/dev/null')]"
    masked = "[<Signals.SIGINT: 2>, <Signals.SIGTERM: 15>]"
    assert said(program, tmp_path) == f"{nothing}[0, 1, 2]{masked} 0 0 []\n"


def test_what_a_child_does_not_catch_is_its_end_and_not_that_of_what_the_parent_was_about(tmp_path: Path) -> None:
    program = """
def main(number):
    raise KeyError("gone")
sys.stderr = sys.stdout  # of which the child has none
try:
    child = fork(main)
    print(child.process.wait())
finally:
    print("once")
"""
    assert said(program, tmp_path) == "1\nonce\n"


def test_a_child_is_waited_for_by_several_and_killed_once(tmp_path: Path) -> None:
    program = """
def main(number):
    signal.pause()
child = fork(main)
codes = []
waiting = [threading.Thread(target=lambda: codes.append(child.process.wait())) for _ in range(3)]
for thread in waiting:
    thread.start()
print(child.process.poll(), can_fork())
child.process.kill()
for thread in waiting:
    thread.join()
child.process.kill()
print(codes, child.process.wait())
"""
    assert said(program, tmp_path) == "None False\n[-9, -9, -9] -9\n"


def test_children_that_nobody_needed_are_gone_in_the_end(tmp_path: Path) -> None:
    program = """
with forked(3) as born:
    print([child.process.poll() for child in born])
print([child.process.poll() for child in born], can_fork())
"""
    assert said(program, tmp_path) == "[None, None, None]\n[0, 0, 0] True\n"


def test_one_that_is_started_ends_with_its_channel() -> None:
    child = start()
    child.channel.close()
    assert child.process.wait() == 0


def test_where_there_are_threads_nothing_is_forked(tmp_path: Path) -> None:
    program = """
over = threading.Event()
thread = threading.Thread(target=over.wait)
thread.start()
with forked(3) as born:
    print(can_fork(), born)
over.set()
"""
    assert said(program, tmp_path) == "False []\n"
