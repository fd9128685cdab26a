"""GitHub's runner: does the steps of a workflow's job, in a fresh workspace each time, with caches that last.

It knows the actions and expressions that README.md uses; whatever else a workflow asks for fails the test.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.github import gh

ROOT = Path(__file__).parents[2]
EXPRESSION = re.compile(r"\$\{\{ ([\w.]+) \}\}")
SHELLS = {"bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], None: ["bash", "-e", "-c"]}
"""How the runner calls the shell of a step that names one, or none."""


class Runner:
    """Runs the job of a workflow night after night, for one repository."""

    def __init__(self, folder: Path, repository: Path) -> None:
        """`folder`, which is there and empty, is where all of it goes; `repository` is what a checkout brings."""
        self.folder = folder
        self._repository = repository
        self._bin = folder / "bin"
        self._nights = 0
        self._workspace = folder
        self._caches: dict[str, Path] = {}
        """What was saved, by its key, oldest first."""
        self.output = ""
        """What the steps of the last night printed."""
        self.gh_state = folder / "gh.json"
        self.gh_state.write_text(json.dumps({"labels": [], "issues": [], "calls": []}))
        self._bin.mkdir()
        self.put("gh", f'exec "{sys.executable}" "{gh.__file__}" "$@"')

    def put(self, name: str, script: str) -> None:
        """A program on the path of every step."""
        program = self._bin / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    @property
    def issues(self) -> list[dict[str, Any]]:
        """Every issue that there is, the oldest first."""
        issues: list[dict[str, Any]] = json.loads(self.gh_state.read_text())["issues"]
        return issues

    def calls(self) -> list[str]:
        """The changes that were asked of GitHub since this was last called: `issue create`."""
        state = json.loads(self.gh_state.read_text())
        made = [" ".join(call[:2]) for call in state["calls"] if call[0] != "api"]
        self.gh_state.write_text(json.dumps(state | {"calls": []}))
        return made

    def run(self, workflow: dict[Any, Any]) -> bool:
        """One night: every step of the only job. Whether all went well."""
        (job,) = workflow["jobs"].values()
        shell = workflow.get("defaults", {}).get("run", {}).get("shell")
        self._nights += 1
        self._workspace = self.folder / f"night-{self._nights}"
        self._workspace.mkdir()
        self.put("crawler", "echo 'it is not installed yet' >&2; exit 127")
        self.output, well = "", True
        for step in job["steps"]:
            assert step.get("if") in (None, "always()"), step
            if well or step.get("if"):
                well &= self.step(step, shell)
        return well

    def step(self, step: dict[str, Any], shell: str | None) -> bool:
        """Do one step; whether it went well."""
        given = {name: self._filled(str(value)) for name, value in step.get("with", {}).items()}
        match step.get("uses", "").partition("@")[0]:
            case "":
                return self._script(step, shell)
            case "actions/checkout" if "repository" in given:
                (self._workspace / given["path"]).symlink_to(ROOT)
            case "actions/checkout":
                shutil.copytree(self._repository, self._workspace, dirs_exist_ok=True)
            case "actions/setup-python":
                self._put_pip(given["python-version"])
            case "actions/cache/restore":
                kept = [key for key in self._caches if key.startswith((given["key"], given["restore-keys"]))]
                if kept:
                    shutil.copytree(self._caches[kept[-1]] / given["path"], self._workspace / given["path"])
            case "actions/cache/save":
                assert given["key"] not in self._caches, "what is saved under a key is never changed"
                self._caches[given["key"]] = self.folder / f"cache-{self._nights}"
                shutil.copytree(self._workspace / given["path"], self._caches[given["key"]] / given["path"])
            case action:
                raise AssertionError(f"unknown action: {action}")
        return True

    def _script(self, step: dict[str, Any], shell: str | None) -> bool:
        own = {name: self._filled(str(value)) for name, value in step.get("env", {}).items()}
        path = f"{self._bin}{os.pathsep}{os.defpath}"
        environ = {"PATH": path, "HOME": str(self.folder), "CI": "true", "GH_STATE": str(self.gh_state), **own}
        done = subprocess.run(
            [*SHELLS[step.get("shell", shell)], step["run"]],
            cwd=self._workspace,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output += done.stdout
        return done.returncode == 0

    def _put_pip(self, version: str) -> None:
        """A pip that knows one package: this tree, without asking anybody for what it needs."""
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        least = project["requires-python"].removeprefix(">=")
        assert tuple(map(int, version.split("."))) >= tuple(map(int, least.split(".")))
        program = f'#!/bin/sh\nexec "{sys.executable}" -P -m crawler "$@"\n'
        (self.folder / "crawler.sh").write_text(program)
        self.put(
            "pip",
            f'[ "$1" = install ] && for tree; do :; done && grep -q \'^name = "crawler"$\' "$tree/pyproject.toml"'
            f' && cp "{self.folder}/crawler.sh" "{self._bin}/crawler"',
        )

    def _filled(self, text: str) -> str:
        context = {
            "github.run_id": str(1000 + self._nights),
            "github.run_attempt": "1",
            "github.token": "secret",
            "github.repository": "example/records",
        }
        return EXPRESSION.sub(lambda expression: context[expression[1]], text)
