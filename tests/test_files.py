"""Files appear whole and together, or not at all, whatever happens."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest

from speechcast.errors import OutputError
from speechcast.files import atomic_open, atomic_write, deliver, replace_all, sha256_of

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


# Several files together.


def test_files_replaced_together_are_all_put_back(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (work / "new").write_text("new")
    (tmp_path / "file").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    pairs = [(work / "new", tmp_path / "file"), (work / "missing", tmp_path / "link")]
    with pytest.raises(FileNotFoundError):
        replace_all(pairs)
    assert (tmp_path / "file").read_text() == "old"
    assert (tmp_path / "link").readlink() == tmp_path / "nowhere"


# One file.


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_written_over_another(tmp_path: Path, durable: bool) -> None:
    (tmp_path / "file").write_text("old")
    atomic_write(tmp_path / "file", b"new", durable=durable)
    assert contents(tmp_path) == {"file": "new"}


def test_what_must_survive_a_power_cut_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, flushed = os.fsync, []

    def count(handle: int) -> None:
        flushed.append(handle)
        flush(handle)

    monkeypatch.setattr(os, "fsync", count)
    atomic_write(tmp_path / "file", b"new", durable=False)
    assert len(flushed) == 0
    atomic_write(tmp_path / "file", b"newer")
    with atomic_open(tmp_path / "other") as out:
        out.write(b"new")
    assert len(flushed) >= 2


def test_a_file_may_be_written_elsewhere_first(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    temporary = tmp_path / "work" / "part"
    with atomic_open(tmp_path / "file", temporary=temporary) as out:
        out.write(b"new")
        assert temporary.exists()
        assert not (tmp_path / "file").exists()
    assert (tmp_path / "file").read_text() == "new"
    assert not temporary.exists()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("temporary", [None, "part"])
def test_what_was_there_stays_when_writing_fails(
    tmp_path: Path, error: type[BaseException], temporary: str | None
) -> None:
    (tmp_path / "file").write_text("old")
    elsewhere = tmp_path / temporary if temporary else None
    with pytest.raises(error), atomic_open(tmp_path / "file", temporary=elsewhere) as out:
        out.write(b"half")
        raise error
    assert contents(tmp_path) == {"file": "old"}


def test_a_stream_is_copied_while_its_digest_is_computed(tmp_path: Path) -> None:
    data = bytes(range(256)) * 10_000
    copy = io.BytesIO()
    assert sha256_of(io.BytesIO(data), copy_to=copy) == hashlib.sha256(data).hexdigest()
    assert copy.getvalue() == data
    (tmp_path / "file").write_bytes(data)
    assert sha256_of(tmp_path / "file") == hashlib.sha256(data).hexdigest()
