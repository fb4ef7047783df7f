"""Folders that are not on this machine, by fsspec's addresses: `s3://…`, `sftp://…`.

Speeches are short, so a folder of them is copied here before anything is made. Productions are made
here and put there whole: an object store shows an object when it is complete; elsewhere a file is
put under another name first, and renamed.

Nobody can lock anything there: two batches at once into one address are the user's to avoid.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ..documents import READABLE_SUFFIXES
from ..errors import OutputError, SourceError, UsageError
from ..files import sha256_of
from . import naming
from .discovery import STATE, WORK, SkippedFile
from .records import DeliveredFile, Record
from .storage import LocalStorage, OutputStorage

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

MISSING = "run: pip install 'speechcast[cluster]'"
_OBJECT_STORES = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"}
_LOCAL = {"file", "local"}
_STAMPS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "created")


def is_remote(address: str) -> bool:
    """Whether it names another place than a path of this machine's file system."""
    kind, colon, _ = address.partition("://")
    return bool(colon) and kind not in _LOCAL


def storage_for(address: str) -> OutputStorage:
    """The output folder at an address, or at a path. Raises UsageError."""
    if is_remote(address):
        return RemoteStorage(address)
    return LocalStorage(Path(_path(address)))


@contextlib.contextmanager
def fetch_folder(
    address: str, *, recursive: bool
) -> Iterator[tuple[Path, tuple[SkippedFile, ...]]]:
    """The folder at an address on this machine, by its own name, and what of it could not be had.

    Raises SourceError, UsageError.
    """
    if not is_remote(address):
        yield Path(_path(address)), ()
        return
    fs, root = _reached(address)
    with tempfile.TemporaryDirectory(prefix="speechcast-") as place:
        folder = Path(place, naming.fitting(PurePosixPath(root).name) or "speeches")
        folder.mkdir()
        yield folder, tuple(_fetched(fs, root, folder, address, recursive))


class RemoteStorage:
    """An output folder at an fsspec address."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._fs, self._root = _reached(self.address)
        self._direct = address.partition("://")[0].split("::")[-1] in _OBJECT_STORES

    def __str__(self) -> str:
        return self.address

    def open(self) -> None:
        probe = f"{STATE}/{WORK}/probe"
        self._put(b"", probe)
        with self._told():
            self._fs.rm(self._at(probe))

    def record(self, key: str) -> Record | None:
        with contextlib.suppress(Exception):
            return Record.loaded(self._fs.cat_file(self._at(f"{STATE}/records/{key}.json")))
        return None

    def keep(self, key: str, record: Record) -> None:
        self._put(record.dumped(), f"{STATE}/records/{key}.json")

    def whole(self, folder: PurePosixPath, files: Sequence[DeliveredFile]) -> bool:
        return all(self._unchanged(str(folder / file.name), file) for file in files)

    def lock(self, key: str) -> contextlib.AbstractContextManager[None]:  # noqa: ARG002
        return contextlib.nullcontext()

    @contextlib.contextmanager
    def workshop(self, key: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix=f"speechcast-{key}-") as work:
            yield Path(work)

    def deliver(
        self, folder: PurePosixPath, files: Mapping[str, Path]
    ) -> tuple[DeliveredFile, ...]:
        delivered = []
        try:
            for name, path in files.items():
                self._put(path, str(folder / name))
                delivered.append(str(folder / name))
        except BaseException:
            with contextlib.suppress(Exception):
                self._fs.rm([self._at(name) for name in delivered])
            raise
        return tuple(
            DeliveredFile(
                name, path.stat().st_size, self._stamp(str(folder / name)), sha256_of(path)
            )
            for name, path in files.items()
        )

    def write(self, name: str, data: bytes) -> None:
        self._put(data, name)

    def sweep(self) -> None:
        with contextlib.suppress(Exception):
            self._fs.rm(self._at(f"{STATE}/{WORK}"), recursive=True)

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _put(self, content: bytes | Path, name: str) -> None:
        """The content under its name, whole or not at all. Raises OutputError."""
        final = self._at(name)
        passing = hashlib.sha256(final.encode()).hexdigest()[:24]
        there = final if self._direct else self._at(f"{STATE}/{WORK}/{passing}")
        with self._told():
            if not self._direct:  # nor would it be well to make a bucket of a slip of the pen
                for path in (there, final):
                    self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            if isinstance(content, Path):
                self._fs.put_file(str(content), there)
            else:
                self._fs.pipe_file(there, content)
            if there != final:
                self._fs.mv(there, final)

    def _info(self, name: str) -> Mapping[str, Any]:
        self._fs.invalidate_cache()
        info: Mapping[str, Any] = self._fs.info(self._at(name))
        return info

    def _stamp(self, name: str) -> str:
        with self._told():
            return _stamp(self._info(name))

    def _unchanged(self, name: str, file: DeliveredFile) -> bool:
        with contextlib.suppress(Exception):
            info = self._info(name)
            if info["size"] != file.size:
                return False
            return bool(file.stamp and _stamp(info) == file.stamp) or (
                self._digest(name) == file.sha256
            )
        return False

    def _digest(self, name: str) -> str:
        with self._fs.open(self._at(name), "rb") as data:
            return sha256_of(data)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Whatever a file system of somebody else's raises, as an OutputError."""
        try:
            yield
        except Exception as exc:
            raise OutputError(f"{self.address} cannot be written ({_said(exc)})") from exc


def _reached(address: str) -> tuple[AbstractFileSystem, str]:
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise UsageError(f"{address} needs fsspec; {MISSING}") from None
    try:
        fs, root = url_to_fs(address)
    except ImportError as exc:
        raise UsageError(f"{address} cannot be reached: {exc}") from exc
    except Exception as exc:
        raise UsageError(f"{address} is no address that can be used: {_said(exc)}") from exc
    return fs, root.rstrip("/")


def _fetched(
    fs: AbstractFileSystem, root: str, folder: Path, address: str, recursive: bool
) -> Iterator[SkippedFile]:
    """Copy the speeches, and the settings beside them; of other files, their names.

    What could not be copied, and why.
    """
    try:
        listed = fs.find(root, maxdepth=None if recursive else 1, detail=True)
    except Exception as exc:
        raise SourceError(f"{address} cannot be looked into: {_said(exc)}") from exc
    if not listed and not fs.isdir(root):
        raise SourceError(f"{address} does not exist, or holds nothing")
    for path in sorted(listed):
        inside = PurePosixPath(path[len(root) :].lstrip("/"))
        copy = folder / inside
        if ".." in inside.parts:
            yield SkippedFile(naming.shown(str(inside)), "has a name that leads out of its folder")
            continue
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
            if copy.suffix.lower() in {*READABLE_SUFFIXES, ".toml"}:
                fs.get_file(path, str(copy))
        except Exception as exc:
            with contextlib.suppress(OSError):
                copy.unlink()
            yield SkippedFile(naming.shown(str(inside)), f"cannot be read: {_said(exc)}")


def _stamp(info: Mapping[str, Any]) -> str:
    return next((str(info[key]) for key in _STAMPS if info.get(key)), "")


def _path(address: str) -> str:
    kind, colon, path = address.partition("://")
    return path if colon and kind in _LOCAL else address


def _said(exc: Exception) -> str:
    return " ".join(str(exc).split()) or type(exc).__name__
