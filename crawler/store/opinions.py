"""What archives have said: of each question the newest answer."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Engine, bindparam, delete, select

from crawler.http.archive import Remembered
from crawler.store.backend import Backend
from crawler.store.portions import portions
from crawler.store.tables import opinions
from crawler.store.text import key_of, restored, storable


class Opinions:
    """Writes answers into one database: the newest instead of what was there."""

    def __init__(self, backend: Backend) -> None:
        self._insert = backend.insert(
            opinions,
            dict.fromkeys(("key", "copy", "asked_at")),
            "ON CONFLICT (key) DO UPDATE SET copy = excluded.copy, asked_at = excluded.asked_at",
        )

    def write(self, connection: Connection, answers: Sequence[Remembered]) -> None:
        """Of several to one question, the last. A statement may take each but once; in order, as links are."""
        newest = {
            key_of(question): (None if copy is None else storable(copy), asked_at)
            for question, copy, asked_at in answers
        }
        self._insert.run(connection, [(key, *newest[key]) for key in sorted(newest)])


_OPINIONS = select(opinions.c.key, opinions.c.copy, opinions.c.asked_at).where(
    opinions.c.key.in_(bindparam("keys", expanding=True))
)


def read(engine: Engine, questions: Iterable[str]) -> dict[str, Remembered]:
    """The answer to each question, of those to which one is known."""
    found = {}
    for portion in portions(questions):
        asked = {key_of(question): question for question in portion}
        with engine.connect() as connection:
            for key, copy, asked_at in connection.execute(_OPINIONS, {"keys": list(asked)}):
                question = asked[bytes(key)]
                found[question] = Remembered(question, None if copy is None else restored(copy), asked_at)
    return found


def forget(before: float, connection: Connection) -> None:
    """Delete what nobody has asked for since then: a link that is broken still is asked for again and again."""
    connection.execute(delete(opinions).where(opinions.c.asked_at < before))
