"""How the process keeps its memory during a run. Measured with 20,000 pages of up to 64 KB on loopback."""

import gc
import sys

COLLECT = (100_000, 20, 1_000)
"""When Python looks for cycles (gc.set_threshold). A run holds millions of immutable values, which have none: looking
at all of them every now and then took a quarter of the engine's CPU time.
"""

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
"""Parameters of glibc's mallopt(3). With its defaults the heap shrinks and grows with every page that is let go and the
next one that is read, and the kernel clears its memory each time: 25 microseconds a page.
"""
KEPT = 64 << 20
"""Bytes of free memory that are not given back while the run goes on."""
LARGE = 32 << 20
"""Bytes from which an allocation is a mapping of its own: the most that glibc takes."""


def settle() -> None:
    """Set the process up for a run; what was imported by now stays for good."""
    gc.freeze()
    gc.set_threshold(*COLLECT)
    if sys.platform == "linux":
        import ctypes

        try:
            mallopt = ctypes.CDLL(None).mallopt
        except AttributeError:  # another C library, with another allocator
            return
        for parameter, value in ((TRIM_THRESHOLD, KEPT), (TOP_PAD, 1 << 20), (MMAP_THRESHOLD, LARGE)):
            mallopt(parameter, value)


def leave() -> None:
    """Before the process ends: spare it the search for cycles in all that it holds, which Python makes on the way out.
    After 20,000 links that took 30 milliseconds. What has to be closed or written is by then.
    """
    gc.freeze()
