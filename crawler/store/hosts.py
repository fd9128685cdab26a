"""Hosts: which are to be left alone, and what each origin's robots.txt says."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, bindparam, select

from crawler.store.backend import Backend
from crawler.store.facts import FAILURE
from crawler.store.port import Rest, RobotsFile
from crawler.store.portions import portions
from crawler.store.tables import hosts, robots
from crawler.store.text import restored, storable


class Hosts:
    """Writes what is known of hosts into one database: the newest instead of what was there."""

    def __init__(self, backend: Backend) -> None:
        self._hosts = backend.insert(
            hosts,
            dict.fromkeys(("host", "until", "why")),
            "ON CONFLICT (host) DO UPDATE SET until = excluded.until, why = excluded.why",
        )
        self._robots = backend.insert(
            robots,
            dict.fromkeys(("origin", "fetched_at", "status", "body")),
            "ON CONFLICT (origin) DO UPDATE"
            " SET fetched_at = excluded.fetched_at, status = excluded.status, body = excluded.body",
        )

    def write(self, connection: Connection, rests: Sequence[Rest], files: Sequence[RobotsFile]) -> None:
        """Of several for one host or origin, the last. A statement may take each but once; in order, as links are."""
        resting = {storable(host): (until, FAILURE.pack(why)) for host, until, why in rests}
        self._hosts.run(connection, [(host, *resting[host]) for host in sorted(resting)])
        answers = {storable(file.origin): file[1:] for file in files}
        self._robots.run(connection, [(origin, *answers[origin]) for origin in sorted(answers)])


_RESTS = select(hosts.c.host, hosts.c.until, hosts.c.why).where(hosts.c.host.in_(bindparam("names", expanding=True)))
_ROBOTS = select(robots.c.origin, robots.c.fetched_at, robots.c.status, robots.c.body).where(
    robots.c.origin.in_(bindparam("names", expanding=True))
)


def rests(engine: Engine, names: Iterable[str]) -> dict[str, Rest]:
    """Until when each host is to be left alone, of those of which it is known."""
    found = {}
    for portion in portions(map(storable, names)):
        with engine.connect() as connection:
            for host, until, why in connection.execute(_RESTS, {"names": portion}):
                rest = Rest(restored(host), until, FAILURE.unpack(why))
                found[rest.host] = rest
    return found


def robots_files(engine: Engine, origins: Iterable[str]) -> dict[str, RobotsFile]:
    """The robots.txt of each origin, of those of which it is known."""
    found = {}
    for portion in portions(map(storable, origins)):
        with engine.connect() as connection:
            for origin, fetched_at, status, body in connection.execute(_ROBOTS, {"names": portion}):
                file = RobotsFile(restored(origin), fetched_at, status, body)
                found[file.origin] = file
    return found
