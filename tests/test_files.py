"""Both files or neither, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.errors import OutputError
from speechcast.files import deliver

NAMES = ("a.mp3", "a.srt")


def contents(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.iterdir()}


def test_both_files_appear(tmp_path: Path) -> None:
    with deliver(tmp_path / "deep" / "out", NAMES) as files:
        for name, path in files.items():
            path.write_text(f"new {name}")
    assert contents(tmp_path / "deep" / "out") == {"a.mp3": "new a.mp3", "a.srt": "new a.srt"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_nothing_appears_when_the_work_fails(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "a.mp3").write_text("old")
    with pytest.raises(error), deliver(tmp_path, NAMES) as files:
        files["a.mp3"].write_text("half")
        raise error
    assert contents(tmp_path) == {"a.mp3": "old"}


def test_a_folder_made_for_nothing_is_removed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), deliver(tmp_path / "deep" / "out", NAMES):
        raise ValueError("no")
    assert list(tmp_path.iterdir()) == []


def test_if_one_file_cannot_take_its_place_the_other_gives_it_back(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_text("old")
    with pytest.raises(OutputError), deliver(tmp_path, NAMES) as files:
        files["a.mp3"].write_text("new")  # and no a.srt
    assert contents(tmp_path) == {"a.mp3": "old"}


def test_a_folder_that_cannot_be_made_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="cannot be written.*choose another folder"),
        deliver(tmp_path / "file" / "out", NAMES),
    ):
        pytest.fail("the work began")
