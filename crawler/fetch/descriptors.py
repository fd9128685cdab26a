"""How many connections the process has room for: each is a descriptor, and systems allow few (256 on macOS)."""

WANTED = 4096
"""Descriptors that are asked for where the system allows more than are allowed now."""
RESERVED = 32
"""For everything else: the store, records, standard streams, the event loop, name servers."""
MOST = 1024
"""Connections at once at most, whatever the system allows."""


def connections() -> int:
    """How many connections may be open at once, after raising the limit as far as this process is allowed to."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_NOFILE, getrlimit, setrlimit
    except ImportError:  # no such limit on this system
        return MOST
    soft, hard = getrlimit(RLIMIT_NOFILE)
    wanted = WANTED if hard == RLIM_INFINITY else min(WANTED, hard)
    if soft != RLIM_INFINITY and soft < wanted:
        try:
            setrlimit(RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
        except (OSError, ValueError):
            pass  # not allowed: then with what there is
    return MOST if soft == RLIM_INFINITY else max(8, min(MOST, soft - RESERVED))
