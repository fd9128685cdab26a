"""The exceptions of this program. A bad site is a value; only a bad program, machine or input is an exception.

CrawlerError
 ├── UsageError      what was asked for makes no sense: arguments, configuration, inputs   exit code 2
 │    └── ConfigError   each problem of a configuration, with its file, line and key
 └── RunError        the run could not finish: store unusable, disk full                    exit code 3
"""


class CrawlerError(Exception):
    """Anything that ends a run; the message is written for the person who sees it."""

    exit_code = 3


class UsageError(CrawlerError):
    """Arguments, configuration or inputs that can't be used; nothing was checked."""

    exit_code = 2


class ConfigError(UsageError):
    """All problems of a configuration at once, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class RunError(CrawlerError):
    """The run could not finish for a reason outside the links: the store, the disk, the machine."""
