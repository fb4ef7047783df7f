"""A model file that was damaged on the disk is never used, whatever its size and its times."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from speechcast.errors import ModelError
from speechcast.progress import ignore_progress
from tests.downloads.test_bundle import FIRST, SECOND, Script, bringing, bundle

WHOLE = FIRST + SECOND + b"!"
# How a file of the same size gets damaged.
DAMAGE = {
    "zeros": bytes(len(WHOLE)),
    "a flipped bit": bytes([WHOLE[0] ^ 1]) + WHOLE[1:],
    "its last byte": WHOLE[:-1] + b"?",
    "a byte more": WHOLE + b"?",
    "the parts exchanged": SECOND + FIRST + b"!",
}


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def install() -> Path:
    whole = bundle(bringing(FIRST, SECOND))
    whole.ensure(ignore_progress)
    assert whole.ready
    return whole.files[0].path


@pytest.mark.parametrize("content", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_model_of_the_right_size_is_fetched_again(
    content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = install()
    path.write_bytes(content)
    assert not bundle().ready
    bundle(bringing(FIRST, SECOND)).ensure(ignore_progress)
    assert path.read_bytes() == WHOLE
    assert [r.getMessage() for r in caplog.records] == [f"{path} is damaged; it is fetched again"]


def test_a_damaged_model_that_cannot_be_fetched_is_named() -> None:
    path = install()
    path.write_bytes(bytes(len(WHOLE)))
    with pytest.raises(ModelError, match="the little model .* is damaged and could not be fetched"):
        bundle(Script("raise SystemExit('no network')")).ensure(ignore_progress)
    assert path.read_bytes() == bytes(len(WHOLE))


def test_damage_is_noticed_though_size_and_date_stay() -> None:
    path = install()
    stat = path.stat()
    path.write_bytes(DAMAGE["a flipped bit"])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert not bundle().ready


def test_a_model_is_hashed_once_for_each_change(tmp_path: Path) -> None:
    """A note of its state stands for its content, until the state is another."""
    path = install()
    (note,) = (tmp_path / "cache" / "speechcast" / "verified").iterdir()
    before = note.read_text(), note.stat().st_mtime_ns
    assert bundle().ready
    assert (note.read_text(), note.stat().st_mtime_ns) == before
    os.utime(path, (0, 0))
    assert bundle().ready
    assert note.read_text() != before[0]


def test_a_cache_folder_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file stands where the folder goes")
    path = install()
    path.write_bytes(DAMAGE["zeros"])
    assert not bundle().ready
