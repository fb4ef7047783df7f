"""A file appears whole, or not at all, whatever happens."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from speechcast.audio.file_activity import measure_activity
from speechcast.dub.original import read_original
from speechcast.errors import SourceError
from speechcast.files import (
    atomic_open,
    atomic_write,
    flush_names,
    require_replaceable,
    sha256_of,
)
from speechcast.subtitles.read import read_captions
from tests.support.systems import uses_modes


def contents(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.iterdir()}


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_is_written_over_another(tmp_path: Path, durable: bool) -> None:
    (tmp_path / "file").write_text("old")
    atomic_write(tmp_path / "file", b"new", durable=durable)
    assert contents(tmp_path) == {"file": "new"}


@pytest.mark.skipif(os.name == "nt", reason="the modes of POSIX")
@pytest.mark.parametrize(
    ("private", "mask", "mode"),
    [(False, 0o022, 0o644), (False, 0o007, 0o660), (True, 0o022, 0o600)],
)
def test_a_file_is_for_whom_the_system_allows_unless_it_is_private(
    tmp_path: Path, private: bool, mask: int, mode: int
) -> None:
    before = os.umask(mask)
    try:
        atomic_write(tmp_path / "file", b"new", private=private)
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == mode


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


@uses_modes
@pytest.mark.parametrize("mode", [0o200, 0o020, 0o002, 0o644])
def test_a_file_that_somebody_may_write_is_replaced(mode: int, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "file").chmod(mode)
    require_replaceable(tmp_path / "file")


@pytest.mark.skipif(sys.platform != "linux", reason="Linux flushes nothing in /proc")
def test_a_file_system_that_flushes_no_names_is_passed_over() -> None:
    flush_names(Path("/proc"))


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("none.srt", "none.srt does not exist; check the name and the folder"),
        ("/https://a.b/c.srt", "https://a.b/c.srt is an address; download the file, and name that"),
        ("folder.srt", "folder.srt is a folder; name a file in it"),
        ("pipe.srt", "pipe.srt is a pipe, a socket or a device; name a file"),
    ],
)
def test_what_is_no_file_is_called_by_what_it_is(name: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "folder.srt").mkdir()
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe.srt")
    elif name == "pipe.srt":
        pytest.skip("makes a pipe of POSIX")
    for read in (read_captions, measure_activity, read_original):
        with pytest.raises(SourceError) as refused:
            read(Path(name[1:]) if name.startswith("/") else tmp_path / name)
        assert str(refused.value).endswith(problem)
