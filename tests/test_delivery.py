"""The files of a production appear together, or not at all, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.delivery import deliver
from speechcast.errors import OutputError

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
