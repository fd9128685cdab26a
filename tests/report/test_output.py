import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.errors import RunError, UsageError
from crawler.report.json import JsonReporter
from crawler.report.output import FileOutput, StandardOutput
from tests.report.writing import report


def test_a_whole_file_appears_at_the_end_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    with FileOutput(str(path), whole=True) as output:
        output.write(b"one")
        output.flush()
        assert not path.exists()
        output.write(b" two")
    assert path.read_bytes() == b"one two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_as_it_was_when_the_report_fails(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"before")

    def interrupted() -> None:
        with FileOutput(str(path), whole=True) as output:
            output.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_opening_touches_nothing(tmp_path: Path) -> None:
    FileOutput(str(tmp_path / "report.json"), whole=True)
    FileOutput(str(tmp_path / "report.jsonl"), whole=False)
    assert list(tmp_path.iterdir()) == []


def test_a_replaced_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "real.json", tmp_path / "link.json"
    path.write_bytes(b"before")
    path.chmod(0o640)
    link.symlink_to(path)
    with FileOutput(str(link), whole=True) as output:
        output.write(b"after")
    assert link.is_symlink()
    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_streams_is_written_under_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "report.jsonl"
    with FileOutput(str(path), whole=False) as output:
        output.write(b"one\n")
        output.flush()
        assert path.read_bytes() == b"one\n"


@pytest.mark.parametrize("whole", [True, False])
def test_a_device_is_written_to_and_never_replaced(whole: bool) -> None:
    with FileOutput(os.devnull, whole=whole) as output:
        output.write(b"gone")
    assert not Path(os.devnull).is_file()


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd here")
def test_a_pipe_that_has_a_name_is_written_to() -> None:
    reading, writing = os.pipe()
    with FileOutput(f"/dev/fd/{writing}", whole=True) as output:
        output.write(b"through")
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"through"


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("path", "why"),
    [("missing/report.json", "there is no folder"), ("folder", "it is a folder"), ("", "it is a folder")],
)
def test_a_path_that_cannot_be_written_is_known_before_the_run(
    tmp_path: Path, path: str, why: str, whole: bool
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match=why):
        FileOutput(str(tmp_path / path), whole=whole)


@pytest.mark.parametrize("path", ["", ".", "/"])
def test_a_folder_without_a_name_is_no_file_either(path: str) -> None:
    with pytest.raises(UsageError, match=r"report to [./]: it is a folder"):
        FileOutput(path, whole=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("whole", [True, False])
def test_a_full_disk_ends_the_run(whole: bool) -> None:
    with pytest.raises(RunError, match="can't write the report to /dev/full: No space left"):
        report(JsonReporter(FileOutput("/dev/full", whole=whole)))


def test_a_folder_that_went_away_ends_the_run(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    output = FileOutput(str(tmp_path / "folder" / "report.json"), whole=True)
    (tmp_path / "folder").rmdir()
    with pytest.raises(RunError, match="No such file"):
        report(JsonReporter(output))


def test_a_reader_that_goes_away_ends_the_output_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stream, StandardOutput(stream) as output:
        for _ in range(100):
            output.write(b"x" * 10_000)
            output.flush()


def test_a_process_whose_reader_goes_away_says_nothing_of_it() -> None:
    program = """
import sys
from crawler.report.json import JsonReporter
from crawler.report.output import StandardOutput
from tests.report.sample import OUTCOMES
from tests.report.writing import report
sys.stdin.readline()
report(JsonReporter(StandardOutput(sys.stdout)), OUTCOMES * 100)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    process.stdout.close()
    process.stdout = None
    _, complaints = process.communicate(b"now\n")
    assert (process.returncode, complaints) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_as_standard_output_ends_the_run() -> None:
    raw = io.FileIO("/dev/full", "w")
    stream = io.TextIOWrapper(io.BufferedWriter(raw, 1))
    with pytest.raises(RunError, match="can't write the report to standard output: No space left"):
        report(JsonReporter(StandardOutput(stream)))
    raw.close()


def test_a_stream_of_text_without_bytes_beneath_will_do() -> None:
    stream = io.StringIO()
    report(JsonReporter(StandardOutput(stream)))
    assert json.loads(stream.getvalue())["schema_version"] == 1
