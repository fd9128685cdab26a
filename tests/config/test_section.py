"""A section is to its users what a frozen dataclass is."""

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from crawler.config import Config, Pool
from crawler.config.section import Section, section


@section(frozen=True)
class Ours(Section):
    name: str
    size: int = 3
    more: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Theirs:
    name: str
    size: int = 3
    more: tuple[str, ...] = field(default_factory=tuple)


@pytest.mark.parametrize("kind", [Ours, Theirs])
class TestBoth:
    def test_is_made_by_place_or_by_name(self, kind: type[Ours]) -> None:
        made = kind("a", 4)
        assert (made.name, made.size, made.more) == ("a", 4, ())
        assert made == kind(size=4, name="a") == replace(kind("b"), name="a", size=4)
        assert made != kind("a")
        assert repr(made) == f"{kind.__name__}(name='a', size=4, more=())"

    @pytest.mark.parametrize(
        ("values", "named"), [((), {}), (("a",), {"name": "a"}), (("a", 1, (), 2), {}), (("a",), {"sizes": 1})]
    )
    def test_takes_each_field_once_and_no_other(
        self, kind: type[Ours], values: tuple[str, ...], named: dict[str, str]
    ) -> None:
        with pytest.raises(TypeError):
            kind(*values, **named)  # type: ignore[arg-type]

    def test_stays_as_it_is(self, kind: type[Ours]) -> None:
        made = kind("a")
        with pytest.raises(FrozenInstanceError, match="cannot assign to field 'size'"):
            made.size = 4  # type: ignore[misc]
        with pytest.raises(FrozenInstanceError, match="cannot delete field 'size'"):
            del made.size
        assert hash(made) == hash(kind("a"))


def test_is_equal_to_its_own_kind_only() -> None:
    assert Ours("a") != Theirs("a")


def test_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Config(pool=Pool(7)))) == Config(pool=Pool(7))
