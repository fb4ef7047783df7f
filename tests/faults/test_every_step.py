"""The n-th step on the disk fails, or the process is killed there, for every n.

Whatever happens, there is the previous pair, the new pair or nothing. A killed run may leave less
than a pair, but never a mixed one; what the next run into the folder does first mends it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from errno import EIO, ENOSPC
from pathlib import Path, PurePosixPath

import pytest

if os.name == "nt":
    pytest.skip("limits the size of files as POSIX does", allow_module_level=True)

from speechcast.batch.storage import LocalStorage
from speechcast.delivery import sweep
from tests.support.batches import list_files, list_leftovers, read_files, write_files
from tests.support.faults import (
    KILLED,
    Outcome,
    copy_tree,
    every_fault,
    run_with_size_limit,
    warm_up,
)

pytestmark = pytest.mark.slow
OLD, NEW = "各位同学早上好。", "今天开会，请坐。"

Files = Mapping[str, bytes]


@pytest.fixture
def old(tmp_path: Path) -> Files:
    """A production of another text that the command replaces."""
    return produce(tmp_path, OLD, "old")


@pytest.fixture
def new(tmp_path: Path) -> Files:
    return produce(tmp_path, NEW, "new")


def make(folder: Path, output: str = "out") -> list[str]:
    source, target = folder / "speeches" / "a.txt", folder / output
    return ["make", str(source), "-o", str(target), "-v", "tone", "--subtitles", "srt,vtt"]


def batch(folder: Path) -> list[str]:
    return ["batch", str(folder / "speeches"), "-o", str(folder / "out"), "-v", "tone", "-j", "1"]


def produce(folder: Path, text: str, output: str) -> Files:
    write_files(folder / "speeches", "a.txt", text=text)
    warm_up(make(folder, output))
    files = read_files(folder / output)
    assert sorted(files) == ["a.mp3", "a.srt", "a.vtt"]
    return files


def require_one_clear_error(outcome: Outcome, codes: set[int]) -> None:
    """Check the exit code, and that a failed command names one cause in one line."""
    assert outcome.code in codes, outcome
    assert "Traceback" not in outcome.errors
    errors = [line for line in outcome.errors.splitlines() if line.startswith("error: ")]
    assert len(errors) == (outcome.code == 1), outcome


def run_folders(output: Path) -> list[Path]:
    return list(output.glob(".speechcast-*"))


@pytest.mark.parametrize(
    ("error", "replaces"), [(None, True), (None, False), (ENOSPC, True), (EIO, False)]
)
def test_a_production_is_the_old_one_the_new_one_or_nothing(
    tmp_path: Path, old: Files, new: Files, error: int | None, replaces: bool
) -> None:
    out, before = tmp_path / "out", old if replaces else {}
    seen = set()
    for outcome in every_fault(
        make(tmp_path),
        tmp_path,
        error,
        lambda: copy_tree(tmp_path / ("old" if replaces else "none"), out),
    ):
        left = read_files(out) if out.exists() else {}
        if outcome.code == KILLED:
            assert left.items() <= before.items() or left.items() <= new.items(), outcome
        else:
            require_one_clear_error(outcome, {0, 1})
            assert left == (new if outcome.code == 0 else before), outcome
        sweep(out)
        left = read_files(out) if out.exists() else {}
        assert left in (before, new)
        assert run_folders(out) == []
        seen.add((outcome.code, left == new))
    assert {(KILLED if error is None else 1, False), (0, True)} <= seen
    assert error is not None or (KILLED, True) in seen


@pytest.mark.parametrize("error", [None, EIO])
def test_after_any_fault_the_next_batch_makes_what_is_missing(
    tmp_path: Path, error: int | None
) -> None:
    speeches, out = write_files(tmp_path / "speeches", "a.txt", text=OLD), tmp_path / "out"
    warm_up(batch(tmp_path))
    old = read_files(out)
    copy_tree(out, tmp_path / "before")
    write_files(speeches, "a.txt", text=NEW)
    warm_up(batch(tmp_path))
    new = read_files(out)
    for outcome in every_fault(
        batch(tmp_path), tmp_path, error, lambda: copy_tree(tmp_path / "before", out)
    ):
        left = read_files(out)
        if outcome.code == KILLED:
            assert left.items() <= old.items() or left.items() <= new.items(), outcome
        else:
            assert outcome.code in {0, 1, 3}, outcome
            assert "Traceback" not in outcome.errors
            assert left in (old, new), outcome
            assert outcome.code != 0 or left == new
        LocalStorage(out).open()
        LocalStorage(out).sweep({PurePosixPath()})
        assert read_files(out) in (old, new)
        assert run_folders(out) == list_leftovers(out) == []
    warm_up(batch(tmp_path))
    assert read_files(out) == new


@pytest.mark.parametrize("command", [make, batch], ids=["make", "batch"])
@pytest.mark.parametrize("limit", [0, 500, 20_000])
def test_files_that_cannot_grow_are_not_delivered(
    tmp_path: Path, new: Files, limit: int, command: object
) -> None:
    arguments = make(tmp_path) if command is make else batch(tmp_path)
    outcome = run_with_size_limit(arguments, limit)
    assert outcome.code in {1, 3}, outcome
    assert "Traceback" not in outcome.errors
    assert "cannot be written (File too large)" in outcome.errors
    assert not (tmp_path / "out").exists() or list_files(tmp_path / "out") == []
    assert run_folders(tmp_path / "out") == []
    del new
