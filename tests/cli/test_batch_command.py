"""`speechcast batch` as a process: what it prints, how it ends, what is left when it is ended."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from speechcast import batch
from speechcast.batch.storage import LocalStorage
from tests.cli.test_command_line import run
from tests.support.batches import (
    SPEECH,
    TONE,
    list_files,
    list_leftovers,
    produce_folder,
    read_files,
    states,
    write_files,
)
from tests.support.systems import mortal
from tests.support.terminals import read_terminal

posix = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
COMMAND = [sys.executable, "-m", "speechcast", "batch", "speeches", "-o", "out", "-v", "tone"]


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    return write_files(tmp_path / "speeches", "a.txt", "b.md", "sub/c.txt")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.call(mount, stderr=subprocess.DEVNULL):
        pytest.skip("no file system can be mounted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.slow
def test_a_batch_says_what_it_made(speeches: Path, tmp_path: Path) -> None:
    (speeches / "empty.txt").touch()
    options = "-r -o out -v tone --subtitles srt,lrc --rate +10%".split()
    done = run("batch", "speeches", *options, folder=tmp_path)
    assert done.returncode == 0
    assert list_files(tmp_path / "out") == [
        name + suffix for name in ("a", "b", "sub/c") for suffix in (".lrc", ".mp3", ".srt")
    ]
    messages = sorted(line.split(",")[0] for line in done.stderr.splitlines())
    assert messages == [f"made: {source} (tone)" for source in ("a.txt", "b.md", "sub/c.txt")]
    rows = [line.split() for line in done.stdout.splitlines()]
    assert rows[0] == ["FILES", "AUDIO"]
    assert ["left", "out", "1"] in rows
    assert rows[-2] == ["report", "out/batch-report.json"]
    assert done.stdout.splitlines()[-1].strip() == "left out: empty.txt: empty"
    again = run("batch", "speeches", *options, folder=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    assert ["up", "to", "date", "3"] in [line.split()[:4] for line in again.stdout.splitlines()]


@pytest.mark.slow
def test_what_failed_is_reported_and_the_exit_code_is_3(speeches: Path, tmp_path: Path) -> None:
    (speeches / "bad.txt").write_text("……\n", encoding="utf-8")
    (speeches / "gone.txt").symlink_to("nowhere")
    done = run(*COMMAND[3:], "--log-file", "log", "--quiet", folder=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert [line.partition(",")[0] for line in done.stderr.splitlines()] == [
        "failed: gone.txt: is a link to nothing",
        "failed: bad.txt: has no words",
    ]
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert "INFO speechcast.batch: made: a.txt (tone)" in log
    assert "ERROR speechcast.batch: failed: bad.txt" in log
    loud = run(*COMMAND[3:], "--verbose", folder=tmp_path)
    assert loud.returncode == 3
    assert "up to date: a.txt" in loud.stderr
    assert "left out: sub: a folder" in loud.stderr
    assert "failed: gone.txt: is a link to nothing" in loud.stdout


REFUSED = [
    ("none -o out", 1, "none does not exist"),
    ("speeches/a.txt -o out", 1, "speeches/a.txt is a file; make it with: speechcast make"),
    ("speeches -o out -v nobody", 1, "no preset 'nobody'"),
    ("speeches -o out --style nobody", 1, "no style 'nobody'"),
    ("speeches -o out --lexicon nobody", 1, "there is no lexicon file nobody"),
    ("speeches -o out --rate fast", 2, "--rate: rate is 'fast'"),
    ("speeches -o out --subtitles sub", 2, "no subtitle format 'sub'"),
    ("speeches -o speeches/a.txt/out", 1, "speeches/a.txt/out cannot be written"),
    ("speeches -o out --log-file none/log", 1, "none/log cannot be written"),
    ("speeches -o out --jobs 0", 2, "--jobs"),
    ("none -o out --watch", 1, "none does not exist"),
    ("speeches/a.txt -o out --watch", 1, "speeches/a.txt is a file"),
    ("speeches -o out --watch --dry-run", 2, "choose one"),
    ("speeches -o out --quiet --verbose", 2, "choose one"),
]


@pytest.mark.parametrize(("arguments", "code", "complaint"), REFUSED)
def test_what_is_wrong_before_it_begins(
    speeches: Path, tmp_path: Path, arguments: str, code: int, complaint: str
) -> None:
    done = run("batch", *arguments.split(), folder=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert complaint in done.stderr
    assert not (tmp_path / "out").exists()
    assert list_files(speeches) == ["a.txt", "b.md", "sub/c.txt"]


def test_a_folder_without_speeches_is_named(tmp_path: Path) -> None:
    write_files(tmp_path / "speeches", "a.jpg", "sub/b.txt")
    for options in ([], ["--dry-run"]):
        done = run(*COMMAND[3:], *options, folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "no speech in speeches; a speech is a file that ends in .txt," in done.stdout
        assert len(done.stdout.splitlines()) == 1


@pytest.mark.slow
def test_links_out_of_the_folder_need_an_option(speeches: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "elsewhere", "secret.txt")
    (speeches / "c.txt").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    done = run(*COMMAND[3:], folder=tmp_path)
    assert done.returncode == 3
    assert "failed: c.txt: is a link that leads out of the folder; --follow-links" in done.stderr
    assert list_files(tmp_path / "out") == ["a.mp3", "a.srt", "b.mp3", "b.srt"]
    assert run(*COMMAND[3:], "--follow-links", folder=tmp_path).returncode == 0
    assert "c.mp3" in list_files(tmp_path / "out")


@pytest.mark.slow
def test_a_dry_run(speeches: Path, tmp_path: Path) -> None:
    (speeches / "gone.txt").symlink_to("nowhere")
    done = run(*COMMAND[3:], "-r", "--dry-run", folder=tmp_path)
    assert done.returncode == 3
    assert "→ sub/c" in done.stdout
    assert "would fail  gone.txt: is a link to nothing" in done.stdout
    assert "3 to make, 0 up to date, 1 would fail" in done.stdout.splitlines()[-1]
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
@posix
def test_on_a_terminal_there_are_bars_that_never_go_back(speeches: Path, tmp_path: Path) -> None:
    (speeches / "bad.txt").write_text("……\n", encoding="utf-8")
    screen, terminal = os.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    process = subprocess.Popen(
        [*COMMAND, "-r"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
    )
    os.close(terminal)
    shown = read_terminal(screen)
    assert process.wait() == 3
    text = re.sub(r"\x1b\[[0-9;?]*\w", "", shown.decode())
    assert "failed: bad.txt: has no words" in text
    done = [int(percent) for percent in re.findall(r"all +━*[╸╺━]* +(\d+)%", text)]
    assert done[-1] == 100
    assert done == sorted(done)
    assert "4 of 4, 1 failed" in text


# What ends it


def start_batch(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A batch that has started its first speech."""
    command = [*COMMAND, "--verbose", "--jobs", "1", *options]
    process = subprocess.Popen(
        command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert process.stderr
    while not process.stderr.readline().startswith(b"started: "):
        assert process.poll() is None
    return process


@pytest.mark.slow
@posix
def test_interrupted_once_it_finishes_what_it_began(speeches: Path, tmp_path: Path) -> None:
    write_files(write_files(speeches, "b.txt"), "a.txt", text=SPEECH * 20)
    process = start_batch(tmp_path)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"interrupted: finishing what is in work" in errors
    report = json.loads((tmp_path / "out" / "batch-report.json").read_bytes())
    assert [s["state"] for s in report["speeches"]] == ["made", "interrupted", "interrupted"]
    assert list_files(tmp_path / "out") == ["a.mp3", "a.srt"]
    assert list_leftovers(tmp_path / "out") == []


@pytest.mark.slow
@posix
@pytest.mark.parametrize("signals", [["SIGINT", "SIGINT"], ["SIGTERM"], ["SIGHUP"]])
def test_interrupted_at_once_it_leaves_nothing(
    speeches: Path, tmp_path: Path, signals: list[str]
) -> None:
    write_files(speeches, "a.txt", text=SPEECH * 2000)
    process = start_batch(tmp_path)
    assert process.stderr
    for name in signals:
        process.send_signal(signal.Signals[name])
        while not process.stderr.readline().startswith(b"interrupted: "):
            assert process.poll() is None
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert list_files(tmp_path / "out") == []
    report = json.loads((tmp_path / "out" / "batch-report.json").read_bytes())
    assert report["exit_code"] == 130


@pytest.mark.slow
@posix
def test_interrupted_while_it_reports_it_does_not_say_that_nothing_was_written(
    tmp_path: Path,
) -> None:
    names = [f"{number:03}{'x' * 200}.txt" for number in range(400)]  # more than a pipe holds
    write_files(tmp_path / "speeches", *names, text="……\n")
    process = subprocess.Popen(
        COMMAND,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    errors = [process.stderr.readline() for _ in names]
    assert all(line.startswith(b"failed: ") for line in errors)
    select.select([process.stdout], [], [])
    process.send_signal(signal.SIGINT)
    output, rest = process.communicate(timeout=60)
    assert (process.returncode, rest) == (3, b"")
    assert output.count(b"failed: ") == len(names)


@pytest.mark.slow
@posix
def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path, times=5, seed=1, count=8)


def kill_again_and_again(folder: Path, times: int, seed: int, count: int = 20) -> None:
    """A batch, killed so often at random moments, makes what an undisturbed one makes."""
    chance = random.Random(seed)
    speeches = folder / "speeches"
    for i in range(count):
        write_files(speeches, f"{i:02}.txt", text=f"第{i}篇。{SPEECH * (1 + i % 4)}")
    started = time.monotonic()
    assert produce_folder(speeches, folder / "whole").exit_code == 0
    whole, longest = read_files(folder / "whole"), time.monotonic() - started + 1.0
    for _ in range(times):
        if chance.random() < 0.3:
            shutil.rmtree(folder / "out", ignore_errors=True)
        process = subprocess.Popen(
            COMMAND, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.2, longest))
        process.kill()
        process.wait()
        delivered = read_files(folder / "out") if (folder / "out").exists() else {}
        assert {n for n in delivered if delivered[n] != whole.get(n)} == set()
        report = produce_folder(speeches, folder / "out")
        assert report.exit_code == 0
        assert read_files(folder / "out") == whole
        assert list_leftovers(folder / "out") == []


@pytest.mark.slow
@posix
def test_two_batches_over_one_folder_share_the_work(tmp_path: Path) -> None:
    for i in range(6):
        write_files(tmp_path / "speeches", f"{i}.txt", text=SPEECH * 3)
    processes = [
        subprocess.Popen(
            [*COMMAND, "--log-file", f"log{i}"], cwd=tmp_path, stdout=subprocess.DEVNULL
        )
        for i in range(2)
    ]
    assert [p.wait(timeout=120) for p in processes] == [0, 0]
    logs = [(tmp_path / f"log{i}").read_text(encoding="utf-8") for i in range(2)]
    assert sum(log.count(" made: ") for log in logs) == 6
    assert [log.count(" made: ") + log.count(" up to date: ") for log in logs] == [6, 6]
    assert len(list_files(tmp_path / "out")) == 12


def test_a_speech_another_is_making_is_waited_for(speeches: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan = batch.plan_batch(speeches, out, TONE)
    other = LocalStorage(out)
    other.open()
    held = contextlib.ExitStack()
    held.enter_context(other.lock(plan.discovery.jobs[0].key))
    events: list[batch.Event] = []

    def listen(event: batch.Event) -> None:
        events.append(event)
        if isinstance(event, batch.Deferred):
            held.close()

    report = batch.run_batch(plan, listener=listen)
    assert states(report) == {"a.txt": "made", "b.md": "made"}
    assert any(isinstance(event, batch.Deferred) for event in events)


# Where it cannot write


@pytest.mark.slow
def test_a_full_disk_is_reported_and_what_fits_is_made(
    speeches: Path, small_disk: Path, tmp_path: Path
) -> None:
    write_files(speeches, "a.txt", text=SPEECH * 30)
    report = produce_folder(speeches, small_disk / "out", recursive=False)
    assert report.exit_code == 3
    assert states(report) == {"a.txt": "failed", "b.md": "made"}
    assert (
        report.results[0].reason == f"{small_disk}/out cannot be written (No space left on device)"
    )
    assert list_files(small_disk / "out") == ["b.mp3", "b.srt"]
    assert list_leftovers(small_disk / "out") == []
    write_files(speeches, "a.txt")  # shorter, but still the first track
    produce_folder(speeches, tmp_path / "roomy", recursive=False)
    assert read_files(small_disk / "out").items() <= read_files(tmp_path / "roomy").items()


@pytest.mark.slow
@posix
def test_a_folder_that_turns_read_only(tmp_path: Path) -> None:
    for i in range(5):
        write_files(tmp_path / "speeches", f"{i}.txt", text=SPEECH * 10)
    out = tmp_path / "out"
    process = subprocess.Popen(
        [*mortal(), *COMMAND, "--jobs", "1"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr
    first = process.stderr.readline()
    folders = [out, *(p for p in (out / ".speechcast").glob("**") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    _, errors = process.communicate(timeout=60)
    for folder in folders:
        folder.chmod(0o755)
    assert process.returncode == 3
    assert first.startswith("made: 0.txt")
    lines = errors.splitlines()
    assert sum("cannot be written (Permission denied)" in line for line in lines) >= 3
    assert lines[-1].startswith("error: the report cannot be written")


@pytest.mark.slow
@posix
def test_what_may_not_be_read_is_reported(speeches: Path, tmp_path: Path) -> None:
    write_files(speeches, "listed/d.txt", "listed/e.jpg", "listed/deep/f.txt")
    (speeches / "link.txt").symlink_to("sub/c.txt")
    (speeches / "a.txt").chmod(0)
    (speeches / "sub").chmod(0)
    (speeches / "listed").chmod(0o444)
    command = [*mortal(), *COMMAND, "-r"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    (speeches / "sub").chmod(0o755)
    (speeches / "listed").chmod(0o755)
    assert done.returncode == 3
    output = done.stdout.decode()
    assert "failed: a.txt: cannot be read: Permission denied" in output
    assert "failed: sub: cannot be opened: Permission denied" in output
    for unknown in ("link.txt", "listed/d.txt", "listed/deep"):
        assert f"failed: {unknown}: cannot be read: Permission denied" in output
    assert "failed: listed/e.jpg" not in output
    assert list_files(tmp_path / "out") == ["b.mp3", "b.srt"]
