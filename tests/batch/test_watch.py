"""Speeches made as they arrive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from speechcast.batch.stop_signal import StopSignal
from speechcast.batch.watch import watch_folder
from speechcast.errors import SourceError
from tests.support.batches import (
    SPEECH,
    TONE,
    list_files,
    write_files,
)
from tests.support.waiting import wait_until


@contextmanager
def watching(root: Path, output: Path) -> Iterator[list[list[str]]]:
    """The sources of each plan there has been, while the block lasts."""
    stop, plans = StopSignal(), list[list[str]]()

    def listen() -> None:
        for plan in watch_folder(root, output, TONE, recursive=True, stop=stop, quiet_period=0.4):
            plans.append([job.display_path for job in plan.discovery.jobs])

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        wait_until(lambda: len(plans) == 1)
        yield plans
    finally:
        stop.drain()
        thread.join(30)
    assert not thread.is_alive()


def planned(plans: Sequence[Sequence[str]]) -> list[str]:
    """All that was planned after the first plan."""
    return [source for plan in plans[1:] for source in plan]


@pytest.mark.slow
def test_what_is_new_or_changed_is_planned_and_nothing_else(tmp_path: Path) -> None:
    root = write_files(tmp_path / "in", "a.txt", "b.txt")
    with watching(root, tmp_path / "out") as plans:
        assert plans[0] == ["a.txt", "b.txt"]
        write_files(root, "b.txt", text=SPEECH * 2)
        write_files(root, "new/c.txt", "cat.jpg", ".hidden.txt", "~$c.docx")
        wait_until(lambda: sorted(planned(plans)) == ["b.txt", "new/c.txt"])
        (root / "a.txt").unlink()
        write_files(root, "d.txt")
        wait_until(lambda: "d.txt" in planned(plans))
        assert sorted(planned(plans)) == ["b.txt", "d.txt", "new/c.txt"]


def test_a_changed_setting_asks_for_everything(tmp_path: Path) -> None:
    root = write_files(tmp_path / "in", "a.txt", "sub/b.txt")
    with watching(root, tmp_path / "out") as plans:
        write_files(root, "sub/speechcast.toml", text='rate = "+10%"\n')
        wait_until(lambda: len(plans) == 2)
        assert plans[1] == ["a.txt", "sub/b.txt"]


def test_a_folder_named_by_a_link_is_watched(tmp_path: Path) -> None:
    root = write_files(tmp_path / "real", "a.txt")
    (tmp_path / "link").symlink_to(root)
    with watching(tmp_path / "link", tmp_path / "link" / "out") as plans:
        write_files(root, "out/a.md", "b.txt")
        wait_until(lambda: planned(plans) == ["b.txt"])


def test_what_cannot_be_watched_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, "a.txt")
    for name, problem in (("none", "does not exist"), ("a.txt", "is a file")):
        plans = watch_folder(tmp_path / name, tmp_path / "out", TONE, stop=StopSignal())
        with pytest.raises(SourceError, match=f"{name} {problem}"):
            next(plans)


@pytest.mark.slow
def test_a_file_is_waited_for_while_it_is_copied(tmp_path: Path) -> None:
    root = write_files(tmp_path / "in", "a.txt")
    with watching(root, tmp_path / "out") as plans:
        with (root / "slow.txt").open("w", encoding="utf-8") as slow:
            for _ in range(12):
                slow.write(SPEECH)
                slow.flush()
                time.sleep(0.1)
            copied = len(plans)
        wait_until(lambda: planned(plans) == ["slow.txt"])
        assert copied == 1


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_watched_until_it_is_interrupted(tmp_path: Path) -> None:
    write_files(tmp_path / "speeches", "a.txt")
    command = "batch speeches -o speeches --watch -v tone --subtitles srt,txt".split()
    process = subprocess.Popen(
        [sys.executable, "-m", "speechcast", *command],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    assert process.stderr.readline().startswith("made: a.txt")
    wait_until((tmp_path / "speeches" / "batch-report.csv").exists)
    write_files(tmp_path / "speeches", "b.txt")
    assert process.stderr.readline().startswith("made: b.txt")
    process.send_signal(signal.SIGINT)
    output, rest = process.communicate(timeout=30)
    assert process.returncode == 0
    # The line about b.txt comes a moment before its batch is over.
    assert rest in {"", "interrupted: finishing what is in work; Ctrl-C again ends at once\n"}
    assert ["made", "2"] in [line.split()[:2] for line in output.splitlines()]
    assert len(list_files(tmp_path / "speeches")) == 8
