"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, on no port at all."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
"""Where Debian's package puts each version's programs, out of everybody's path."""

START = 60
"""Seconds a server has to start."""


class NoServerError(Exception):
    """Why there can be no server here."""


def programs() -> Path:
    """The folder of the newest `initdb` and `pg_ctl`."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [folder for folder in DEBIAN.glob("*/bin") if (folder / "initdb").exists()]
    if not versions:
        raise NoServerError("no initdb: apt-get install postgresql")
    return max(versions, key=lambda folder: float(folder.parent.name))


def user() -> str | None:
    """Whom the server runs as: PostgreSQL refuses to run as root. None for whoever runs the tests."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServerError("the tests run as root, and there is no user postgres or nobody")


class Server:
    """A server that runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._places = 0

    def url(self, database: str = "postgres", user: str = "crawler", *, settings: str = "") -> str:
        """The URL of a database, with settings that hold for whoever uses it."""
        options = f"&options={quote(settings)}" if settings else ""
        return f"postgresql://{user}@/{database}?host={self.folder}{options}"

    def new_place(self) -> str:
        """The URL of a place where there is no table: a schema of its own, which is made faster than a database."""
        self._places += 1
        name = f"place{self._places}"
        self.execute(f"CREATE SCHEMA {name}")
        return self.url(settings=f"-c search_path={name}")

    def execute(self, statement: str, url: str | None = None) -> None:
        """Do something as the server's master."""
        with psycopg.connect(url or self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server() -> Iterator[Server]:
    """A server that ends with the block. Raises NoServerError where there can't be one."""
    bin_ = programs()
    runs_as = user()
    folder = Path(tempfile.mkdtemp(prefix="crawler-pg-"))  # a short path: that of a socket has 107 bytes at most
    data = folder / "data"

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [bin_ / program, "-D", data, *arguments],
            user=runs_as,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise NoServerError(f"{program} failed: {done.stderr.strip()[-300:]}")

    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    try:
        if runs_as:
            shutil.chown(folder, runs_as)
        run("initdb", "-A", "trust", "-U", "crawler", "-E", "UTF8", "--locale=C", "--no-sync")
        run("pg_ctl", "-w", "-t", str(START), "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
