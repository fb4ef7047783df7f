"""Folders on other machines, at addresses of fsspec: `s3://…`, `sftp://…`.

Speeches are small, so a folder of them is copied to this machine before anything is produced.
Productions are made here and uploaded whole: an object store shows an object only when it is
complete; elsewhere a file is uploaded under another name first, and then renamed.

Nothing can be locked there, so the user must not run two batches into one address at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ..documents import READABLE_SUFFIXES
from ..errors import OutputError, SourceError, UsageError
from ..files import sha256_of
from ..messages import _, mark
from ..printable import printable
from ..redaction import hide_login, redact, without_login
from . import naming
from .discovery import STATE_FOLDER, WORK_FOLDER, SkippedFile
from .records import DeliveredFile, Record
from .storage import LocalStorage, OutputStorage

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

INSTALL_HINT = mark("run: pip install 'speechcast[cluster]'")
# Protocols of fsspec whose files appear only when they are complete.
_OBJECT_STORES = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"}
_LOCAL = {"file", "local"}
# The keys of fsspec for a file's last change, most exact first.
_STAMP_KEYS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "created")
_CHUNK = 1 << 20


def is_remote(address: str) -> bool:
    """Return whether an address is not a path on this machine.

    >>> is_remote("s3://bucket/talks"), is_remote("file:///talks"), is_remote("talks")
    (True, False, False)
    """
    protocol, separator, _rest = address.partition("://")
    return bool(separator) and protocol not in _LOCAL


def resolve_storage(address: str) -> OutputStorage:
    """Return the output folder at an address or a path.

    Raises:
        UsageError: The address cannot be used.
    """
    if is_remote(address):
        return RemoteStorage(address)
    return LocalStorage(Path(_local_path(address)))


@contextlib.contextmanager
def fetch_folder(
    address: str, *, recursive: bool
) -> Iterator[tuple[Path, tuple[SkippedFile, ...]]]:
    """Yield a copy of the folder at an address, and failures.

    The failures are the files that could not be copied. The copy has the folder's own name, and is
    removed after the block. A path on this machine is yielded unchanged.

    Args:
        address: An address of fsspec, or a path.
        recursive: Also copy the folders inside.

    Raises:
        SourceError: The folder does not exist, or cannot be listed.
        UsageError: The address cannot be used.
    """
    if not is_remote(address):
        yield Path(_local_path(address)), ()
        return
    fs, root = _resolve_address(address)
    with tempfile.TemporaryDirectory(prefix="speechcast-") as temporary:
        folder = Path(temporary, naming.to_file_name(PurePosixPath(root).name) or "speeches")
        folder.mkdir()
        yield folder, tuple(_download(fs, root, folder, address, recursive))


class RemoteStorage:
    """An output folder at an address of fsspec.

    Raises:
        UsageError: The address cannot be used.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._fs, self._root = _resolve_address(self.address)
        self._direct = address.partition("://")[0].split("::")[-1] in _OBJECT_STORES

    def __str__(self) -> str:
        return without_login(self.address)

    def open(self) -> None:
        """Check that a file can be written, by writing one."""
        probe = f"{STATE_FOLDER}/{WORK_FOLDER}/probe"
        self._put(b"", probe)
        with self._report_write_errors():
            self._fs.rm(self._full_path(probe))

    def load_record(self, key: str) -> Record | None:
        """Return the record of a production; None without a valid one."""
        with contextlib.suppress(Exception):
            return Record.from_json(
                self._fs.cat_file(self._full_path(f"{STATE_FOLDER}/records/{key}.json"))
            )
        return None

    def save_record(self, key: str, record: Record) -> None:
        """Upload the record of a production."""
        self._put(record.to_json(), f"{STATE_FOLDER}/records/{key}.json")

    def is_intact(self, folder: PurePosixPath, files: Sequence[DeliveredFile]) -> bool:
        """Return whether the files are there, as they were delivered."""
        return all(self._is_unchanged(str(folder / file.name), file) for file in files)

    def lock(self, key: str) -> contextlib.AbstractContextManager[None]:  # noqa: ARG002
        """Do nothing: nothing can be locked at an address."""
        return contextlib.nullcontext()

    @contextlib.contextmanager
    def work_folder(self, key: str) -> Iterator[Path]:
        """Yield an empty temporary folder on this machine."""
        with tempfile.TemporaryDirectory(prefix=f"speechcast-{key}-") as work:
            yield Path(work)

    def deliver(
        self, folder: PurePosixPath, files: Mapping[str, Path]
    ) -> tuple[DeliveredFile, ...]:
        """Upload finished files into `folder`, all of them or none."""
        delivered = []
        try:
            for name, path in files.items():
                self._put(path, str(folder / name))
                delivered.append(str(folder / name))
        except BaseException:
            with contextlib.suppress(Exception):
                self._fs.rm([self._full_path(name) for name in delivered])
            raise
        return tuple(
            DeliveredFile(
                name, path.stat().st_size, self._stamp(str(folder / name)), sha256_of(path)
            )
            for name, path in files.items()
        )

    def write_file(self, name: str, data: bytes) -> None:
        """Upload a whole file into the output folder itself."""
        self._put(data, name)

    def sweep(self, folders: Iterable[PurePosixPath]) -> None:
        """Remove all files that were not completely uploaded."""
        del folders  # they are uploaded into a folder of their own first
        with contextlib.suppress(Exception):
            self._fs.rm(self._full_path(f"{STATE_FOLDER}/{WORK_FOLDER}"), recursive=True)

    def _full_path(self, name: str) -> str:
        """Return fsspec's full path of a path in the output folder."""
        return f"{self._root}/{name}"

    def _put(self, content: bytes | Path, name: str) -> None:
        """Upload the content under its name, whole or not at all.

        Raises:
            OutputError: It could not be uploaded.
        """
        final = self._full_path(name)
        temporary_name = hashlib.sha256(final.encode()).hexdigest()[:24]
        temporary = self._full_path(f"{STATE_FOLDER}/{WORK_FOLDER}/{temporary_name}")
        target = final if self._direct else temporary
        with self._report_write_errors():
            if not self._direct:  # makedirs would create a bucket from a mistyped address
                for path in (target, final):
                    self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            if isinstance(content, Path):
                self._fs.put_file(str(content), target)
            else:
                self._fs.pipe_file(target, content)
            if target != final:
                self._fs.mv(target, final)

    def _info(self, name: str) -> Mapping[str, Any]:
        self._fs.invalidate_cache()
        info: Mapping[str, Any] = self._fs.info(self._full_path(name))
        return info

    def _stamp(self, name: str) -> str:
        with self._report_write_errors():
            return _stamp_of(self._info(name))

    def _is_unchanged(self, name: str, file: DeliveredFile) -> bool:
        with contextlib.suppress(Exception):
            info = self._info(name)
            if info["size"] != file.size:
                return False
            return bool(file.stamp and _stamp_of(info) == file.stamp) or (
                self._digest(name) == file.sha256
            )
        return False

    def _digest(self, name: str) -> str:
        sha = hashlib.sha256()
        with self._fs.open(self._full_path(name), "rb") as data:
            while chunk := data.read(_CHUNK):
                sha.update(chunk)
        return sha.hexdigest()

    @contextlib.contextmanager
    def _report_write_errors(self) -> Iterator[None]:
        """Raise the exceptions of fsspec inside the block as OutputError."""
        try:
            yield
        except Exception as exc:
            raise OutputError(
                _("{path} cannot be written ({reason})").format(
                    path=self, reason=_format_error(exc)
                )
            ) from exc


def _resolve_address(address: str) -> tuple[AbstractFileSystem, str]:
    """Return the file system of an address and its path there.

    Raises:
        UsageError: The address cannot be used.
    """
    hide_login(address)
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise UsageError(
            _("{address} needs fsspec; {advice}").format(address=address, advice=_(INSTALL_HINT))
        ) from None
    try:
        fs, root = url_to_fs(address)
    except ImportError as exc:
        missing = exc.name or getattr(exc.__cause__, "name", None)
        needs = _("that needs {package}; run: pip install {package}")
        reason = needs.format(package=missing) if missing else str(exc)
        raise UsageError(
            _("{address} cannot be reached: {reason}").format(address=address, reason=reason)
        ) from exc
    except Exception as exc:
        raise UsageError(
            _("{address} is not a usable address: {error}").format(
                address=address, error=_format_error(exc)
            )
        ) from exc
    return fs, root.rstrip("/")


def _download(
    fs: AbstractFileSystem, root: str, folder: Path, address: str, recursive: bool
) -> Iterator[SkippedFile]:
    """Copy documents and settings into `folder`, and create the other files empty.

    Yields:
        What could not be copied, and why.

    Raises:
        SourceError: The folder cannot be listed.
    """
    try:
        listing = fs.find(root, maxdepth=None if recursive else 1, detail=True)
        exists = listing or fs.isdir(root)
    except Exception as exc:
        raise SourceError(
            _("{address} cannot be opened: {error}").format(
                address=address, error=_format_error(exc)
            )
        ) from exc
    if not exists:
        raise SourceError(_("{address} does not exist, or is empty").format(address=address))
    for path in sorted(listing):
        relative = PurePosixPath(path[len(root) :].lstrip("/"))
        copy = folder / relative
        if ".." in relative.parts:
            yield SkippedFile(
                printable(str(relative)), _("has a path that leads out of the folder")
            )
            continue
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
            if copy.suffix.lower() in {*READABLE_SUFFIXES, ".toml"}:
                fs.get_file(path, str(copy))
        except Exception as exc:
            with contextlib.suppress(OSError):
                copy.unlink()
            reason = _("cannot be read: {reason}").format(reason=_format_error(exc))
            yield SkippedFile(printable(str(relative)), reason)


def _stamp_of(info: Mapping[str, Any]) -> str:
    """Return a file system's stamp of a change, or ""."""
    return next((str(info[key]) for key in _STAMP_KEYS if info.get(key)), "")


def _local_path(address: str) -> str:
    """Return the local path of an address; a path is returned unchanged."""
    protocol, separator, path = address.partition("://")
    return path if separator and protocol in _LOCAL else address


def _format_error(exc: Exception) -> str:
    return redact(" ".join(str(exc).split())) or type(exc).__name__
