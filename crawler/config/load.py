"""The configuration in force: defaults, then the file, then the environment, then the command line; later ones win.

A key is set as a whole: a list, or a table of keys such as `records.roles`, in the file stands instead of the default.
The environment and the command line may also set one entry of such a table (`rules.levels.http-404`), and a list on the
command line, whose options may be repeated, adds to the list that is configured.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from crawler.config import Config
from crawler.config.environment import PREFIX, settings
from crawler.config.fit import fit
from crawler.config.keys import KeyPath, kinds
from crawler.config.layers import Layers
from crawler.config.place import DEFAULT, Fault, Place
from crawler.errors import ConfigError

FILE = "config.yaml"
"""What is read in the current folder where no file is named."""

OPTIONS = {"network.allow_addresses": "--allow-address", "rules.levels": "--level", "store.url": "--store"}
"""The options that are not named as their key is."""

SHOWN = 100
"""Problems listed at most: more come from a file that is no configuration at all."""

FOREIGN = "none of its keys is a setting of crawler; if it belongs to another program, name a file with --config"


class Loaded(NamedTuple):
    """A configuration, and who set what in it."""

    config: Config
    file: str | None
    """The file that was read, as it was named."""
    places: Mapping[KeyPath, Place]
    """By path, where each value that is not a default was set."""

    def place(self, path: KeyPath) -> Place:
        """Where the value at a path came from; an entry of a table comes from where its table does."""
        return self.places.get(path) or self.places.get(path[:-1], DEFAULT)


def load(path: str | None, *, environ: Mapping[str, str], overrides: Mapping[str, object] | None = None) -> Loaded:
    """The configuration in force.

    `path` names a YAML file; with None, `config.yaml` in the current folder is read if there is one. `overrides` are
    values by dotted key (`pool.concurrency`), each of its key's type. Raises ConfigError with every problem of every
    layer: unknown keys, wrong types, bad values, duplicate keys, what is no YAML, a file that can't be read.
    """
    layers = Layers()
    faults: list[Fault] = []
    name = path if path is not None else FILE if Path(FILE).is_file() else None
    if name is not None:
        faults += _read(name, layers)
    if any(variable.startswith(PREFIX) for variable in environ):
        found, wrong = settings(environ)
        faults += wrong
        for setting in found:
            layers.put(*setting)
    for key, value in (overrides or {}).items():
        layers.put(_option(key), tuple(key.split(".")), value, adding=True)
    config = None if faults else fit(layers.tree)
    if config is None:
        config = _checked(layers, faults)
    return Loaded(config, name, layers.values())


def _option(key: str) -> Place:
    """The option that sets a key, or an entry of a table of keys."""
    table, _, name = key.rpartition(".")
    return Place(OPTIONS.get(key) or OPTIONS.get(table) or "--" + name.replace("_", "-"))


def _read(name: str, layers: Layers) -> list[Fault]:
    """Lay the file down; returns what is wrong with it as a document."""
    from crawler.config.document import BYTES, read  # YAML only where there is something to read

    try:
        with Path(name).open("rb") as file:
            document = read(file.read(BYTES + 1), name)
    except OSError as error:
        return [Fault(Place(name), (), f"can't be read: {error.strerror}")]
    match document.value:
        case dict() as tree:
            layers.start(tree, document.places)
            if tree and tree.keys().isdisjoint(kinds(Config)):
                return [*document.faults, Fault(Place(name, 1), (), FOREIGN)]
        case None:
            pass
        case _:
            return [*document.faults, Fault(document.places[()], (), "should be sections: keys with values")]
    return document.faults


def _checked(layers: Layers, faults: list[Fault]) -> Config:
    from crawler.config.schema import check  # a tenth of a second, spent only where something is wrong

    config, misfits = check(layers.tree)
    faults += (Fault(layers.place_of(path), path, message) for path, message in misfits)
    if config is None or faults:
        problems = [str(fault) for fault in sorted(faults, key=_order)[:SHOWN]]
        raise ConfigError(problems if len(faults) <= SHOWN else [*problems, "… and more"])
    return config


def _order(fault: Fault) -> tuple[bool, bool, str, int]:
    """The file's faults by line, then the environment's, then the command line's."""
    name, line = fault.place
    return (not line, name.startswith("-"), name, line)
