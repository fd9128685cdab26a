"""Compiles the modules that a run spends its time in, when a wheel is built on a machine that has a C compiler.

mypyc (https://mypyc.readthedocs.io) makes C of typed Python. Both forms come from the same source and say the same; the
compiled one takes three quarters of the time. Where there is no compiler, or it fails, the modules are installed as
they are. An editable installation is never compiled, so that an edit counts at once.

`COMPILE_CRAWLER=no` in the environment leaves it out, and with `COMPILE_CRAWLER=yes` a failure ends the build.
"""

import os
import shutil
import sys
import sysconfig
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

REQUIRES = ["mypy>=2.4,<3", "setuptools>=77"]
"""What it takes to compile, next to a C compiler."""

LIBRARY = "crawler"
"""All of it is one library, `crawler__mypyc`, so that calls between modules are direct; each module is a door to it."""

OPTIONS = ["--config-file=", "--ignore-missing-imports", "--follow-imports=silent"]
"""For mypy. What the project depends on is not there while it is built."""


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatchling calls. `modules` in `pyproject.toml` says what is compiled: names, by their folders."""

    PLUGIN_NAME = "custom"
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """What hatchling is to have installed before the build."""
        return REQUIRES if _is_wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the result put into the wheel."""
        if version == "editable" or not _is_wanted():
            return
        self._folder = tempfile.TemporaryDirectory(prefix="crawler-")
        folder = Path(self._folder.name)
        try:
            with chdir(self.root):
                _compile(self._modules(), folder)
        except (Exception, SystemExit) as error:  # mypyc exits where it finds fault with the source
            if os.environ.get("COMPILE_CRAWLER") == "yes":
                raise
            self.app.display_warning(f"crawler is installed without compiled modules, and is slower: {error}")
            return
        built = folder / "built"
        build_data["force_include"] |= {
            str(file): str(file.relative_to(built)) for file in built.rglob("*") if file.is_file()
        }
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what lies in the wheel by now."""
        if self._folder is not None:
            self._folder.cleanup()

    def _modules(self) -> list[str]:
        folders = self.config["modules"].items()
        return [f"{folder}/{name}.py" for folder, names in folders for name in names.split()]


def _is_wanted() -> bool:
    wish = os.environ.get("COMPILE_CRAWLER", "")
    if wish not in ("", "no", "yes"):
        raise ValueError(f"COMPILE_CRAWLER is {wish!r}; it may be yes or no")
    return wish == "yes" or (wish != "no" and sys.implementation.name == "cpython" and _has_compiler())


def _has_compiler() -> bool:
    """Whether there are a C compiler and the headers of this Python."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    return shutil.which(compiler) is not None and Path(sysconfig.get_path("include"), "Python.h").is_file()


def _compile(modules: list[str], folder: Path) -> None:
    """Make a library of the modules, below `folder / "built"`. Raises whatever goes wrong, SystemExit as well."""
    from mypyc.build import mypycify
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    class Build(build_ext):
        """Compiles as many files at once as there are processors."""

        def build_extension(self, ext: Extension) -> None:
            def compiled(source: str) -> str:
                [path] = self.compiler.compile(
                    [source],
                    output_dir=self.build_temp,
                    include_dirs=ext.include_dirs,
                    extra_postargs=ext.extra_compile_args,
                    depends=ext.depends,
                )
                return str(path)

            with ThreadPoolExecutor(os.cpu_count()) as pool:
                objects = [*pool.map(compiled, ext.sources)]
            self.compiler.link_shared_object(
                objects, self.get_ext_fullpath(ext.name), extra_postargs=ext.extra_link_args, build_temp=self.build_temp
            )

    extensions = mypycify(
        [*OPTIONS, f"--cache-dir={folder / 'cache'}", *modules],
        opt_level="2",
        debug_level="0",
        multi_file=True,
        group_name=LIBRARY,
        target_dir=str(folder / "c"),
    )
    build = Build(Distribution({"name": LIBRARY, "ext_modules": extensions}))
    build.build_lib, build.build_temp = str(folder / "built"), str(folder / "objects")
    build.ensure_finalized()
    build.run()
