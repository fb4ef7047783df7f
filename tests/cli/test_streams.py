"""Standard input, output and error that are closed, full, gone or of another encoding."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from speechcast.cli.common import handle_signals, report_errors
from speechcast.cli.log import log_to_file
from speechcast.cli.streams import _guard, _Messages, _Results, to_json
from speechcast.errors import OutputError
from tests.cli.test_command_line import names, run
from tests.support.batches import write_files

pytestmark = pytest.mark.skipif(os.name == "nt", reason="uses a POSIX shell")
RARE = "𠮷野家的字。好—！\n"
FILES = ["output/speech.mp3", "output/speech.srt", "speech.txt"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_files(tmp_path, "speech.txt", text=RARE)


@pytest.fixture
def broken_pipe() -> Iterator[io.TextIOWrapper]:
    """A stream whose reader is gone."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        yield stream


@pytest.fixture
def full_disk() -> Iterator[io.TextIOWrapper]:
    with open("/dev/full", "w", encoding="utf-8") as stream:  # noqa: PTH123 a device
        yield stream


def in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell line in which `speechcast` is the program."""
    line = command.replace("speechcast", f"{sys.executable} -m speechcast")
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def test_messages_that_cannot_be_written_are_dropped(
    broken_pipe: io.TextIOWrapper, full_disk: io.TextIOWrapper
) -> None:
    for stream in (broken_pipe, full_disk):
        guarded = _guard(stream, _Messages, 2)
        for _ in range(3):
            print("speaking: 10%", file=guarded, flush=True)
        guarded.close()


def test_results_that_nobody_reads_are_dropped(broken_pipe: io.TextIOWrapper) -> None:
    guarded = _guard(broken_pipe, _Results, 1)
    print("x" * 100_000, file=guarded, flush=True)
    print("more", file=guarded, flush=True)
    guarded.close()


def test_results_that_cannot_be_written_are_an_error_once(full_disk: io.TextIOWrapper) -> None:
    guarded = _guard(full_disk, _Results, 1)
    with pytest.raises(OutputError, match="standard output cannot be written .No space left"):
        print("x" * 100_000, file=guarded, flush=True)
    print("more", file=guarded, flush=True)
    guarded.close()


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252", "utf-8"])
def test_what_an_encoding_does_not_have_is_escaped(
    encoding: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    document = {"text": RARE, "name": "caf\udce9"}
    raw = io.TextIOWrapper(io.BufferedWriter(io.FileIO(tmp_path / "output", "w")), encoding)
    with raw, _guard(raw, _Results, 1) as guarded:
        monkeypatch.setattr(sys, "stdout", guarded)
        print(to_json(document), flush=True)
        print("caf\udce9 —", flush=True)
    text = (tmp_path / "output").read_bytes().decode(encoding)
    head, _, tail = text.rpartition("}\n")
    assert json.loads(head + "}") == document
    assert tail == f"caf\\udce9 {'—' if encoding != 'ascii' else chr(92) + 'u2014'}\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "streams", ["2>&-", "2>/dev/full", ">&-", ">/dev/full", "<&-", "<&- >&- 2>&-", "2>&1 | true"]
)
def test_progress_that_cannot_be_written_does_not_end_the_work(folder: Path, streams: str) -> None:
    done = in_shell(
        f"speechcast make speech.txt -v tone {streams}; exit ${{PIPESTATUS[0]}}", folder
    )
    assert done.returncode == 0, done
    assert "Traceback" not in done.stderr
    assert names(folder) == FILES


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "code", "error"),
    [
        ("script speech.txt -v tone | true", 0, ""),
        ("script speech.txt -v tone --json >/dev/full", 1, "No space left on device"),
        ("script speech.txt -v tone >&-", 1, "Bad file descriptor"),
        ("voices >/dev/full", 1, "No space left on device"),
        ("--help >/dev/full", 1, "No space left on device"),
        ("make - -v tone <&-", 1, "the text from the pipe is empty"),
    ],
)
def test_results_that_cannot_be_printed_are_one_error(
    folder: Path, command: str, code: int, error: str
) -> None:
    done = in_shell(f"speechcast {command}; exit ${{PIPESTATUS[0]}}", folder)
    assert (done.returncode, done.stderr.count("\n")) == (code, bool(error))
    assert error in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_every_command_prints_in_any_encoding(folder: Path, encoding: str) -> None:
    for command in (
        "make speech.txt -v tone -o 输出",
        "script speech.txt -v tone",
        "batch . -v tone -o 输出",
        "batch . -v tone --dry-run",
        "voices",
    ):
        done = subprocess.run(
            [sys.executable, "-m", "speechcast", *command.split()],
            cwd=folder,
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, (command, done.stderr)


@pytest.mark.slow
def test_a_terminal_that_is_gone_does_not_end_the_work(folder: Path) -> None:
    screen, terminal = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "speechcast", "make", "speech.txt", "-v", "tone"],
        cwd=folder,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    os.close(screen)
    assert process.wait(timeout=60) == 0
    assert names(folder) == FILES


# What ends a command


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_hang_up_ends_a_command_as_sigterm_does(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from typer import Exit

    with pytest.raises(Exit) as exit_, report_errors():
        os.kill(os.getpid(), signal.Signals[name])
    assert exit_.value.exit_code == 130
    assert capsys.readouterr().err == "interrupted; whatever was written is complete\n"


def test_a_signal_that_is_ignored_stays_so() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
    try:
        with handle_signals(lambda *_: pytest.fail("was handled"), signal.SIGHUP):
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_an_error_that_nobody_foresaw_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    from typer import Exit

    with pytest.raises(Exit) as exit_, report_errors():
        raise ZeroDivisionError("two\nlines")
    assert exit_.value.exit_code == 1
    error = capsys.readouterr().err
    assert error.startswith("error: this is a bug of speechcast, please report it: ZeroDivision")
    assert error.count("\n") == 1


# What a log file may be


def test_a_file_that_is_no_log_is_not_written_to(folder: Path) -> None:
    with (
        pytest.raises(OutputError, match="is there and is no log"),
        log_to_file(folder / "speech.txt"),
    ):
        pytest.fail("it was taken")
    assert (folder / "speech.txt").read_text(encoding="utf-8") == RARE


@pytest.mark.slow
def test_a_log_that_cannot_be_written_does_not_end_the_batch(folder: Path) -> None:
    done = run("batch", ".", "-v", "tone", "-o", "output", "--log-file", "/dev/full", folder=folder)
    assert done.returncode == 0
    assert done.stderr.count("note: /dev/full cannot be written") == 1
    assert "Traceback" not in done.stderr
