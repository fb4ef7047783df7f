"""The files of a production appear together, or not at all, whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from speechcast import delivery
from speechcast.delivery import deliver, sweep
from speechcast.errors import OutputError
from tests.cli.test_batch_command import posix
from tests.support.systems import makes_links

NAMES = ("a.mp3", "a.srt")


def contents(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.iterdir()}


def test_both_files_appear(tmp_path: Path) -> None:
    with deliver(tmp_path / "deep" / "out", NAMES) as folder:
        for name in NAMES:
            (folder / name).write_text(f"new {name}")
    assert contents(tmp_path / "deep" / "out") == {"a.mp3": "new a.mp3", "a.srt": "new a.srt"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_nothing_appears_when_the_work_fails(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "a.mp3").write_text("old")
    with pytest.raises(error), deliver(tmp_path, NAMES) as folder:
        (folder / "a.mp3").write_text("half")
        raise error
    assert contents(tmp_path) == {"a.mp3": "old"}


def test_a_folder_created_for_nothing_is_removed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), deliver(tmp_path / "deep" / "out", NAMES):
        raise ValueError("no")
    assert list(tmp_path.iterdir()) == []


def test_if_one_file_cannot_take_its_place_the_other_gives_it_back(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_text("old")
    with pytest.raises(OutputError), deliver(tmp_path, NAMES) as folder:
        (folder / "a.mp3").write_text("new")  # and no a.srt
    assert contents(tmp_path) == {"a.mp3": "old"}


def test_a_folder_that_cannot_be_made_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="cannot be written.*choose another folder"),
        deliver(tmp_path / "file" / "out", NAMES),
    ):
        pytest.fail("the work began")


def test_a_folder_in_the_place_of_a_file_is_refused_and_stays(tmp_path: Path) -> None:
    (tmp_path / "a.srt").mkdir()
    (tmp_path / "a.srt" / "notes").write_text("mine")
    (tmp_path / "a.mp3").write_text("old")
    with (
        pytest.raises(OutputError, match=r"a\.srt is a folder there"),
        deliver(tmp_path, NAMES) as folder,
    ):
        for name in NAMES:
            (folder / name).write_text("new")
    assert (tmp_path / "a.mp3").read_text() == "old"
    assert (tmp_path / "a.srt" / "notes").read_text() == "mine"


def replace_in(folder: Path, text: str) -> None:
    """Deliver both files with this content."""
    with deliver(folder, NAMES) as temporary:
        for name in NAMES:
            (temporary / name).write_text(text)


# What is not replaced


def make_folder(path: Path) -> None:
    (path / "notes").mkdir(parents=True)


def make_read_only(path: Path) -> None:
    path.write_text("mine")
    path.chmod(0o444)


def link_to_folder(path: Path) -> None:
    (path.parent / "elsewhere").mkdir()
    path.symlink_to("elsewhere")


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


OBSTACLES: list[tuple[Callable[[Path], None], str]] = [
    (make_folder, "a.mp3 is a folder there"),
    (link_to_folder, "a.mp3 is a folder there"),
    (make_pipe, "a.mp3 is a pipe, a socket or a device there"),
    (make_read_only, "a.mp3 is a read-only file there"),
]


@posix
@pytest.mark.parametrize(("create", "problem"), OBSTACLES)
def test_what_is_no_file_to_be_replaced_is_refused_before_the_work(
    tmp_path: Path, create: Callable[[Path], None], problem: str
) -> None:
    create(tmp_path / "a.mp3")
    before = {path: path.lstat().st_ino for path in tmp_path.rglob("*")}
    with pytest.raises(OutputError, match=problem), deliver(tmp_path, NAMES):
        pytest.fail("the work began")
    assert {path: path.lstat().st_ino for path in tmp_path.rglob("*")} == before


@posix
@pytest.mark.parametrize(("create", "problem"), OBSTACLES)
def test_what_came_there_during_the_work_is_not_replaced(
    tmp_path: Path, create: Callable[[Path], None], problem: str
) -> None:
    (tmp_path / "a.srt").write_text("old")
    with pytest.raises(OutputError, match=problem), deliver(tmp_path, NAMES) as folder:
        for name in NAMES:
            (folder / name).write_text("new")
        create(tmp_path / "a.mp3")
    assert (tmp_path / "a.srt").read_text() == "old"
    assert list(tmp_path.glob(".speechcast-*")) == []


@posix
def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "a.mp3").symlink_to("mine")
    (tmp_path / "a.srt").symlink_to("nowhere")
    replace_in(tmp_path, "new")
    assert contents(tmp_path) == {"mine": "mine", "a.mp3": "new", "a.srt": "new"}
    assert not any((tmp_path / name).is_symlink() for name in NAMES)


# Runs that were killed, and runs at once


def killed_run(folder: Path, **files: str) -> Path:
    """A run that was killed while it moved its files: those in `files` are still there."""
    run = folder / ".speechcast-abcd_123"
    (run / "before").mkdir(parents=True)
    (run / "owner").touch()
    (run / "journal").write_text(json.dumps(NAMES))
    for name, text in files.items():
        (run / name.replace("_", ".")).write_text(text)
    return run


STAGES: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"a.mp3": "old", "a.srt": "old"}, {"a_mp3": "new", "a_srt": "new"}),
    ({"a.srt": "old"}, {"a_mp3": "new", "a_srt": "new"}),
    ({}, {"a_mp3": "new", "a_srt": "new"}),
    ({"a.mp3": "new"}, {"a_srt": "new"}),
    ({"a.mp3": "new", "a.srt": "new"}, {}),
]


@pytest.mark.parametrize(("delivered", "in_work"), STAGES)
def test_killed_between_two_renames_the_next_run_completes_the_delivery(
    tmp_path: Path, delivered: dict[str, str], in_work: dict[str, str]
) -> None:
    for name, text in delivered.items():
        (tmp_path / name).write_text(text)
    killed_run(tmp_path, **in_work)
    with deliver(tmp_path, ["other.mp3"]) as folder:
        (folder / "other.mp3").write_text("other")
    assert contents(tmp_path) == {"a.mp3": "new", "a.srt": "new", "other.mp3": "other"}


def test_a_newer_production_is_not_replaced_by_that_of_a_killed_run(tmp_path: Path) -> None:
    with deliver(tmp_path, NAMES) as folder:
        killed_run(tmp_path, a_mp3="killed", a_srt="killed")
        for name in NAMES:
            (folder / name).write_text("newer")
    sweep(tmp_path)
    assert contents(tmp_path) == {"a.mp3": "newer", "a.srt": "newer"}


def test_a_journal_that_names_other_folders_moves_nothing_there(tmp_path: Path) -> None:
    run = killed_run(tmp_path / "out", a_mp3="new")
    (tmp_path / "precious").write_text("mine")
    (run / "journal").write_text(json.dumps(["../precious", "/etc/passwd", 7, "a.mp3"]))
    sweep(tmp_path / "out")
    assert contents(tmp_path / "out") == {"a.mp3": "new"}
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_folder_in_the_place_of_a_killed_delivery_stays(tmp_path: Path) -> None:
    killed_run(tmp_path, a_mp3="new", a_srt="new")
    (tmp_path / "a.mp3").mkdir()
    (tmp_path / "a.mp3" / "notes").write_text("mine")
    sweep(tmp_path)
    assert (tmp_path / "a.mp3" / "notes").read_text() == "mine"


@pytest.mark.parametrize("journal", ["[", "7", "null", "{}", '["elsewhere/a.mp3"]'])
def test_a_journal_that_says_nothing_moves_nothing(tmp_path: Path, journal: str) -> None:
    (tmp_path / "a.mp3").write_text("old")
    run = killed_run(tmp_path, a_mp3="new", a_srt="new")
    (run / "journal").write_text(journal)
    sweep(tmp_path)
    assert contents(tmp_path) == {"a.mp3": "old"}


def test_a_killed_delivery_waits_until_its_place_is_free(tmp_path: Path) -> None:
    run = killed_run(tmp_path, a_mp3="new", a_srt="new")
    (tmp_path / "a.srt").mkdir()
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [run.name, "a.srt"]
    (tmp_path / "a.srt").rmdir()
    sweep(tmp_path)
    assert contents(tmp_path) == {"a.mp3": "new", "a.srt": "new"}


def test_a_run_that_was_killed_before_its_delivery_is_removed_with_all_it_holds(
    tmp_path: Path,
) -> None:
    run = killed_run(tmp_path, a_mp3="half")
    (run / "journal").unlink()
    (run / "before" / "a.mp3").write_text("old")
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_may_end_in_another_thread_than_it_began_in(tmp_path: Path) -> None:
    stack = contextlib.ExitStack()
    folders: list[Path] = []
    begin = threading.Thread(
        target=lambda: folders.append(stack.enter_context(deliver(tmp_path, NAMES)))
    )
    begin.start()
    begin.join()
    for name in NAMES:
        (folders[0] / name).write_text("new")
    stack.close()
    assert contents(tmp_path) == {"a.mp3": "new", "a.srt": "new"}


@pytest.mark.parametrize(
    ("error", "reason"),
    [(OSError("the disk is gone"), "the disk is gone"), (OSError(28, "full"), "full")],
)
def test_an_error_of_the_system_is_told_with_its_reason(
    tmp_path: Path, error: OSError, reason: str
) -> None:
    with pytest.raises(OutputError) as failed, deliver(tmp_path, NAMES):
        raise error
    assert str(failed.value) == f"{tmp_path} cannot be written ({reason})"
    assert failed.value.path == tmp_path


@pytest.mark.parametrize("old", [{}, {"a.mp3": "old"}, {"a.mp3": "old", "a.srt": "old"}])
def test_if_the_disk_fails_after_the_renames_all_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: dict[str, str]
) -> None:
    def fail(_: Path) -> None:
        raise OSError(5, "the disk is gone")

    for name, text in old.items():
        (tmp_path / name).write_text(text)
    with monkeypatch.context() as patch, pytest.raises(OutputError, match="the disk is gone"):
        patch.setattr(delivery, "flush_names", fail)
        replace_in(tmp_path, "new")
    assert contents(tmp_path) == old
    replace_in(tmp_path, "new")
    assert contents(tmp_path) == {"a.mp3": "new", "a.srt": "new"}


def test_a_run_that_cannot_begin_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> NoReturn:
        raise OSError(28, "no room")

    monkeypatch.setattr(delivery, "_Run", fail)
    with pytest.raises(OutputError, match="no room"), deliver(tmp_path / "out", NAMES):
        pytest.fail("the work began")
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_link_to_a_dead_run_is_not_followed(tmp_path: Path) -> None:
    run = killed_run(tmp_path / "elsewhere", a_mp3="new")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / run.name).symlink_to(run)
    sweep(tmp_path / "out")
    assert (run / "a.mp3").read_text() == "new"
    assert [path.name for path in (tmp_path / "out").iterdir()] == [run.name]


@makes_links
def test_only_dead_runs_of_this_program_are_swept(tmp_path: Path) -> None:
    mine = tmp_path / ".speechcast-my_notes"
    mine.mkdir()
    (mine / "notes").write_text("mine")
    (tmp_path / ".speechcast-elsewher").symlink_to(mine)
    (tmp_path / ".speechcast-emptyone").mkdir()
    with deliver(tmp_path, NAMES) as folder:
        sweep(tmp_path)
        (folder / "a.mp3").write_text("new")
        (folder / "a.srt").write_text("new")
        living = folder
    assert not living.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".speechcast-elsewher",
        ".speechcast-my_notes",
        *NAMES,
    ]
    assert (mine / "notes").read_text() == "mine"


def test_two_runs_at_once_never_mix_their_files(tmp_path: Path) -> None:
    def produce(text: str) -> None:
        for _ in range(20):
            replace_in(tmp_path, text)

    threads = [threading.Thread(target=produce, args=[text]) for text in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = contents(tmp_path)
    assert set(left) == set(NAMES)
    assert left["a.mp3"] == left["a.srt"]
