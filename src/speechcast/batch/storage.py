"""Where productions go: an output folder, and the batch's own folder `.speechcast` in it.

    records/KEY.json   what was made, and of what (see ledger.py)
    locks/KEY.lock     held by whoever is making it; the system takes it from a process that died
    work/KEY-…/        where it is made; what lies there is nobody's if its lock can be had

A production's files appear by renames, and its record after them; so whatever a process that was
killed leaves behind is either of no account or made again.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from filelock import FileLock, Timeout

from ..errors import OutputError
from ..files import atomic_write, replace_all, sha256_of
from .discovery import STATE, WORK
from .records import DeliveredFile, Record

_REPORT = "report"  # what stands for the report where else a key stands


class Busy(Exception):
    """Another process is making this production."""


class OutputStorage(Protocol):
    """An output folder, wherever it is."""

    def open(self) -> None:
        """Have it there and writable. Raises OutputError."""

    def record(self, key: str) -> Record | None:
        """What was kept under `key`."""

    def keep(self, key: str, record: Record) -> None:
        """Keep a record, its lock being held."""

    def whole(self, folder: PurePosixPath, files: Sequence[DeliveredFile]) -> bool:
        """Whether the files are there, as they were delivered."""

    def lock(self, key: str) -> contextlib.AbstractContextManager[None]:
        """Be the only one to make a production. Raises Busy."""

    def workshop(self, key: str) -> contextlib.AbstractContextManager[Path]:
        """An empty folder on this machine to make it in."""

    def deliver(
        self, folder: PurePosixPath, files: Mapping[str, Path]
    ) -> tuple[DeliveredFile, ...]:
        """Put finished files into `folder` under their names, all of them or none."""

    def write(self, name: str, data: bytes) -> None:
        """Put a whole file into the output folder itself."""

    def sweep(self) -> None:
        """Clear away what killed processes left."""


class LocalStorage:
    """A folder of this machine, or of one whose file system it shares."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = folder / STATE

    def __str__(self) -> str:
        return str(self.folder)

    def open(self) -> None:
        with _told(self.folder):
            for name in ("records", "locks", WORK):
                (self._state / name).mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._state):
                pass

    def record(self, key: str) -> Record | None:
        try:
            return Record.loaded(self._record(key).read_bytes())
        except OSError:
            return None

    def keep(self, key: str, record: Record) -> None:
        with _told(self.folder):
            self._write(self._record(key), record.dumped())

    def whole(self, folder: PurePosixPath, files: Sequence[DeliveredFile]) -> bool:
        return all(_unchanged(self.folder / folder / file.name, file) for file in files)

    @contextlib.contextmanager
    def lock(self, key: str, *, wait: bool = False) -> Iterator[None]:
        lock = FileLock(self._state / "locks" / f"{key}.lock", thread_local=False)
        try:
            with _told(self.folder):
                lock.acquire(blocking=wait)
        except Timeout:
            raise Busy from None
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def workshop(self, key: str) -> Iterator[Path]:
        with _told(self.folder):
            work = Path(tempfile.mkdtemp(prefix=f"{key}-", dir=self._state / WORK))
        try:
            yield work
        except OutputError as exc:
            said = str(exc).replace(str(work), str(self.folder))
            raise OutputError(said, self.folder) from exc
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def deliver(
        self, folder: PurePosixPath, files: Mapping[str, Path]
    ) -> tuple[DeliveredFile, ...]:
        target = self.folder / folder
        with _told(target):
            self._inside(target)
            target.mkdir(parents=True, exist_ok=True)
            replace_all([(path, target / name) for name, path in files.items()])
            return tuple(kept(target / name) for name in files)

    def write(self, name: str, data: bytes) -> None:
        with self.lock(_REPORT, wait=True), _told(self.folder):
            self._write(self.folder / name, data)

    def sweep(self) -> None:
        for work in list((self._state / WORK).glob("*")):
            key = work.name.partition("-")[0]
            with contextlib.suppress(OSError, OutputError, Busy), self.lock(key):
                shutil.rmtree(work) if work.is_dir() else work.unlink()

    def _record(self, key: str) -> Path:
        return self._state / "records" / f"{key}.json"

    def _write(self, path: Path, data: bytes) -> None:
        """The whole file under its name, or none; its lock being held."""
        key = _REPORT if path.parent == self.folder else path.stem
        part = self._state / WORK / f"{key}-{path.suffix[1:]}"
        atomic_write(path, data, temporary=part)

    def _inside(self, target: Path) -> None:
        if not target.resolve().is_relative_to(self.folder.resolve()):
            raise OutputError(
                f"{target} leads out of the output folder by a link; remove the link", target
            )


def kept(path: Path) -> DeliveredFile:
    """The file as it is now. Raises OSError."""
    status = path.stat()
    return DeliveredFile(path.name, status.st_size, str(status.st_mtime_ns), sha256_of(path))


def _unchanged(path: Path, file: DeliveredFile) -> bool:
    """By its size and time of change; where only the time differs, by its content."""
    try:
        status = path.stat()
        if status.st_size != file.size:
            return False
        return str(status.st_mtime_ns) == file.stamp or sha256_of(path) == file.sha256
    except OSError:
        return False


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the system refuses, as an OutputError."""
    try:
        yield
    except OSError as exc:
        if isinstance(exc, Timeout):
            raise
        why = exc.strerror or exc
        raise OutputError(f"{folder} cannot be written ({why})", folder) from exc
