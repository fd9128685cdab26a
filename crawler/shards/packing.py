"""Errands as bytes, so that a visit can go on in another process."""

import pickle
from collections.abc import Mapping, Sequence
from io import BytesIO

from crawler.visiting.action import Done
from crawler.visiting.errand import Errand
from crawler.visiting.visit import Policy


class Packer:
    """Packs errands, with their visits, for the other processes of a run, and unpacks theirs.

    What a visit has of the run rather than of itself, its policy, stays behind: it finds the same there.
    """

    def __init__(self, policy: Policy) -> None:
        self._parts = (policy, policy.fetch, policy.admit, policy.suspicions)
        self._numbers = {id(part): number for number, part in enumerate(self._parts) if part is not None}

    def pack(self, errand: Errand, done: Done | None) -> bytes:
        """An errand, and what it ended in if it has."""
        file = BytesIO()
        _Pickler(file, self._numbers).dump((errand, done))
        return file.getvalue()

    def unpack(self, packed: bytes) -> tuple[Errand, Done | None]:
        """What another process of this run has packed."""
        errand, done = _Unpickler(BytesIO(packed), self._parts).load()
        return errand, done


class _Pickler(pickle.Pickler):
    """Writes the number of a part of the policy in its place."""

    def __init__(self, file: BytesIO, numbers: Mapping[int, int]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._number = numbers.get

    def persistent_id(self, part: object) -> int | None:
        """As `pickle` wants it: None for what is to be pickled."""
        return self._number(id(part))


class _Unpickler(pickle.Unpickler):
    """Finds the part of each number."""

    def __init__(self, file: BytesIO, parts: Sequence[object]) -> None:
        super().__init__(file)
        self._parts = parts

    def persistent_load(self, number: int) -> object:
        """As `pickle` wants it."""
        return self._parts[number]
