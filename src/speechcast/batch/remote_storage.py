"""Output folders on other machines, at addresses of fsspec: `s3://…`, `sftp://…`.

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
from typing import Any

from ..errors import OutputError
from ..files import sha256_of
from ..messages import _
from ..redaction import without_login
from .addresses import format_error, is_remote, local_path, resolve_address
from .discovery import STATE_FOLDER, WORK_FOLDER
from .records import DeliveredFile, Record
from .storage import LocalStorage, OutputStorage

# Protocols of fsspec whose files appear only when they are complete.
_OBJECT_STORES = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"}
# The keys of fsspec for a file's last change, most exact first.
_STAMP_KEYS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "created")
_CHUNK = 1 << 20


def resolve_storage(address: str) -> OutputStorage:
    """Return the output folder at an address or a path.

    Raises:
        UsageError: The address cannot be used.
    """
    if is_remote(address):
        return RemoteStorage(address)
    return LocalStorage(Path(local_path(address)))


class RemoteStorage:
    """An output folder at an address of fsspec.

    Raises:
        UsageError: The address cannot be used.
    """

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self._fs, self._root = resolve_address(self.address)
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
        with tempfile.TemporaryDirectory(
            prefix=f"speechcast-{key}-", ignore_cleanup_errors=True
        ) as work:
            yield Path(work)

    def require_deliverable(self, folder: PurePosixPath, names: Sequence[str]) -> None:
        """Do nothing: `open` wrote a file there, and a store replaces what has a name."""

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
        temporary_name = hashlib.sha256(final.encode()).hexdigest()
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
                _("{path} cannot be written ({reason})").format(path=self, reason=format_error(exc))
            ) from exc


def _stamp_of(info: Mapping[str, Any]) -> str:
    """Return a file system's stamp of a change, or ""."""
    return next((str(info[key]) for key in _STAMP_KEYS if info.get(key)), "")
