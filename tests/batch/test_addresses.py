"""Folders at addresses of fsspec: what is one, and what is written there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from errno import EPERM
from pathlib import Path, PurePosixPath
from socket import EAI_NONAME, gaierror
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from speechcast.batch.addresses import format_error, is_remote, local_path, resolve_address
from speechcast.batch.dask_worker import _request_share, _share_resources
from speechcast.batch.records import DeliveredFile
from speechcast.batch.remote_storage import RemoteStorage, resolve_storage
from speechcast.batch.storage import LocalStorage
from speechcast.documents import from_text
from speechcast.engines.registry import engine_class
from speechcast.errors import OutputError
from speechcast.preferences import Preferences
from speechcast.request import Request, resolve_request
from tests.batch.test_records import RECORD


@pytest.fixture
def storage() -> Iterator[RemoteStorage]:
    fs = fsspec.filesystem("memory")
    fs.store.clear()
    yield RemoteStorage("memory://out/")
    fs.store.clear()


@pytest.mark.parametrize(
    ("address", "remote", "local"),
    [
        ("talks", False, "talks"),
        ("/talks", False, "/talks"),
        ("file:///talks", False, "/talks"),
        ("local://talks", False, "talks"),
        ("s3://bucket/talks", True, "s3://bucket/talks"),
        ("C:/talks", False, "C:/talks"),
    ],
)
def test_an_address_is_of_this_machine_or_of_another(
    address: str, remote: bool, local: str
) -> None:
    assert is_remote(address) is remote
    assert local_path(address) == local
    storage = None if address.startswith("s3") else resolve_storage(address)
    if storage:
        assert isinstance(storage, LocalStorage)
        assert storage.folder == Path(local)


def test_the_path_at_an_address() -> None:
    fs, root = resolve_address("memory://talks/2026/")
    assert (fs.protocol, root) == ("memory", "/talks/2026")
    assert isinstance(resolve_storage("memory://talks"), RemoteStorage)


def test_an_error_is_one_line_or_its_name() -> None:
    assert format_error(OSError("the\n  line is   down")) == "the line is down"
    assert format_error(KeyError()) == "KeyError"
    assert format_error(OSError(EPERM, "a client's own words")) == "Operation not permitted"
    unknown = gaierror(EAI_NONAME, "Name or service not known")  # a number that is none of errno's
    assert format_error(unknown) == "Name or service not known"


def test_files_are_delivered_and_found_again(storage: RemoteStorage, tmp_path: Path) -> None:
    storage.open()
    (tmp_path / "a.mp3").write_bytes(b"sound")
    folder = PurePosixPath("sub")
    (file,) = storage.deliver(folder, {"a.mp3": tmp_path / "a.mp3"})
    assert (file.name, file.size) == ("a.mp3", 5)
    assert storage.is_intact(folder, [file])
    assert not storage.is_intact(folder, [replace(file, size=6)])
    assert storage.is_intact(folder, [replace(file, stamp="other")])  # its content is the same
    other = DeliveredFile("a.mp3", 5, "other", "00")
    assert not storage.is_intact(folder, [other])
    assert not storage.is_intact(folder, [replace(other, stamp="")])
    assert not storage.is_intact(folder, [file, replace(file, name="b.mp3")])
    storage.save_record("k", RECORD)
    assert storage.load_record("k") == RECORD
    assert storage.load_record("none") is None
    assert sorted(fsspec.filesystem("memory").store) == [
        "/out/.speechcast/records/k.json",
        "/out/sub/a.mp3",
    ]


def test_of_files_that_cannot_all_be_uploaded_none_stays(
    storage: RemoteStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.mp3", "a.srt"):
        (tmp_path / name).write_bytes(b"x")
    upload = MemoryFileSystem.put_file

    def upload_sound_alone(self: Any, path: str, target: str, **others: Any) -> None:
        if target.endswith(".srt"):
            raise OSError("the disk is full")
        upload(self, path, target, **others)

    monkeypatch.setattr(MemoryFileSystem, "put_file", upload_sound_alone)
    names = {name: tmp_path / name for name in ("a.mp3", "a.srt")}
    with pytest.raises(OutputError, match=r"^memory://out cannot be written \(the disk is full\)$"):
        storage.deliver(PurePosixPath(), names)
    assert fsspec.filesystem("memory").store == {}


def request_of(voice: str) -> Request:
    document = from_text("大家好。")
    return resolve_request(document, "a", Path(), Preferences(voice=voice), allow_online=("edge",))


def test_workers_of_one_machine_share_what_an_online_service_takes() -> None:
    online = request_of("xiaoxiao")
    engine = engine_class(online.voice.engine)
    assert engine.online
    most = engine(online.voice).workers
    assert most > 2
    assert _request_share(online, 1) is None
    assert _request_share(online, 2) == most // 2
    assert _request_share(online, 10 * most) == 1
    assert _request_share(request_of("tone"), 4) is None
    with_cache = _share_resources(online, 2, use_cache=True)
    assert (with_cache.jobs, with_cache.cache is None) == (most // 2, False)
    assert _share_resources(online, 2, use_cache=False) == replace(with_cache, cache=None)
