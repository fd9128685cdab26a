"""GitHub's command line: labels and issues live in a file, `GH_STATE`, and every call is written down in it.

It takes what README.md calls, in the form in which the real one takes it, and refuses everything else. Run as a program
of its own; imports nothing that is not Python's own.
"""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

LIMIT = 65_536
"""Characters of an issue's body."""

FIRST = "map(select(.pull_request | not)) | .[0].number // empty"
"""The one jq program that is known: the number of the first issue, pull requests passed over; nothing without any."""


def options(arguments: list[str], *names: str) -> dict[str, str]:
    """The values of `--name VALUE`, all of which have to be there."""
    parser = ArgumentParser(prog="gh", allow_abbrev=False)
    for name in names:
        parser.add_argument(f"--{name}", dest=name, required=True)
    return vars(parser.parse_args(arguments))


def body(path: str) -> str:
    """What an issue is to say."""
    text = Path(path).read_text(encoding="utf-8")
    if len(text) > LIMIT:
        sys.exit(f"body is too long (maximum is {LIMIT} characters)")
    return text


def found(issues: list[dict[str, Any]], number: str) -> dict[str, Any]:
    """The open issue of a number."""
    for issue in issues:
        if str(issue["number"]) == number and issue["state"] == "open":
            return issue
    sys.exit(f"there is no open issue {number}")


def act(arguments: list[str], state: dict[str, Any]) -> str:
    """Do what is asked for; returns what is printed."""
    issues: list[dict[str, Any]] = state["issues"]
    address = f"repos/{os.environ['GH_REPO']}/issues?state=open&labels="
    match arguments:
        case ["api", path, "--jq", program] if path.startswith(address) and program == FIRST:
            label = path.removeprefix(address)
            open_ones = [one for one in issues if one["state"] == "open" and label in one["labels"]]
            numbers = [str(one["number"]) for one in reversed(open_ones) if not one.get("pull_request")]
            return "\n".join(numbers[:1])
        case ["label", "create", name, "--force", *rest]:
            options(rest, "description")
            state["labels"].append(name)
        case ["issue", "create", *rest]:
            given = options(rest, "title", "label", "body-file")
            if given["label"] not in state["labels"]:
                sys.exit(f"could not add label: {given['label']!r} not found")
            issue = {"title": given["title"], "labels": [given["label"]], "body": body(given["body-file"])}
            issues.append({"number": len(issues) + 1, "state": "open", **issue})
        case ["issue", "edit", number, *rest]:
            found(issues, number)["body"] = body(options(rest, "body-file")["body-file"])
        case ["issue", "close", number, *rest]:
            issue = found(issues, number)
            issue["state"], issue["comment"] = "closed", options(rest, "comment")["comment"]
        case _:
            sys.exit(f"unknown: gh {' '.join(arguments)}")
    return ""


def main() -> None:
    """One call."""
    if not os.environ.get("GH_TOKEN"):
        sys.exit("gh: to use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable")
    file = Path(os.environ["GH_STATE"])
    state = json.loads(file.read_text(encoding="utf-8"))
    printed = act(sys.argv[1:], state)
    state["calls"].append(sys.argv[1:])
    file.write_text(json.dumps(state), encoding="utf-8")
    if printed:
        print(printed)


if __name__ == "__main__":
    main()
