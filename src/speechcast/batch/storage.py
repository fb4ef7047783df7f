"""Where productions go: the output folder and the batch's own folder.

The batch's own folder is `.speechcast` in the output folder:

    records/KEY.json   what was produced, and from what (see records.py)
    locks/KEY.lock     locked by the process that produces it; the system unlocks it if that dies
    work/KEY-…/        where it is produced; abandoned if its lock is free

The files of a production appear together (see delivery.py), and its record after them. What a
killed process leaves behind therefore has no effect or is produced again.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from filelock import FileLock, Timeout

from .. import delivery
from ..errors import OutputError, explain_os_error
from ..files import (
    atomic_write,
    create_folder,
    is_inside,
    replace,
    require_writable,
    sha256_of,
)
from ..messages import _
from .discovery import STATE_FOLDER, WORK_FOLDER
from .records import DeliveredFile, Record

_REPORT_KEY = "report"  # the key of the report's lock and temporary file


class SpeechLocked(Exception):
    """Another process is producing this speech."""


class OutputStorage(Protocol):
    """An output folder, on this machine or elsewhere.

    `key` is the key of a `SpeechJob`. `str()` of it may be shown: it holds no password.
    """

    @property
    def address(self) -> str:
        """The address for `resolve_storage`, which may hold a password."""

    def open(self) -> None:
        """Create the folder if necessary, and check that it is writable.

        Raises:
            OutputError: It cannot.
        """

    def load_record(self, key: str) -> Record | None:
        """Return the record of a production; None without a valid one."""

    def save_record(self, key: str, record: Record) -> None:
        """Save the record of a production; the caller holds its lock.

        Raises:
            OutputError: It cannot be written.
        """

    def is_intact(self, folder: PurePosixPath, files: Sequence[DeliveredFile]) -> bool:
        """Return whether the files are there, as they were delivered."""

    def lock(self, key: str) -> contextlib.AbstractContextManager[None]:
        """Hold the lock of a production while the block lasts.

        Raises:
            SpeechLocked: Another process holds it.
        """

    def work_folder(self, key: str) -> contextlib.AbstractContextManager[Path]:
        """Yield an empty local folder to produce in; remove it afterwards.

        Raises:
            OutputError: It cannot be created.
        """

    def require_deliverable(self, folder: PurePosixPath, names: Sequence[str]) -> None:
        """Check that files of these names can be put into `folder`, as far as that can be seen.

        Raises:
            OutputError: They cannot.
        """

    def deliver(
        self, folder: PurePosixPath, files: Mapping[str, Path]
    ) -> tuple[DeliveredFile, ...]:
        """Put finished files into `folder`, all of them or none.

        Raises:
            OutputError: They cannot be written.
        """

    def write_file(self, name: str, data: bytes) -> None:
        """Write a whole file into the output folder itself.

        Raises:
            OutputError: It cannot be written.
        """

    def sweep(self, folders: Iterable[PurePosixPath]) -> None:
        """Remove what killed processes left, and complete what they were delivering.

        Args:
            folders: The folders of productions, from the output folder.
        """


class LocalStorage:
    """An output folder on this machine or a shared file system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = str(folder)
        self._state = folder / STATE_FOLDER

    def __str__(self) -> str:
        return self.address

    def open(self) -> None:
        """Create the folders, and check that a file can be written."""
        with _report_write_errors(self.folder):
            for name in ("records", "locks", WORK_FOLDER):
                create_folder(self._state / name)
            require_writable(self._state)

    def load_record(self, key: str) -> Record | None:
        """Return the record of a production; None without a valid one."""
        try:
            return Record.from_json(self._record_path(key).read_bytes())
        except OSError:
            return None

    def save_record(self, key: str, record: Record) -> None:
        """Save the record of a production; the caller holds its lock."""
        with _report_write_errors(self.folder):
            self._write(self._record_path(key), record.to_json())

    def is_intact(self, folder: PurePosixPath, files: Sequence[DeliveredFile]) -> bool:
        """Return whether the files are there, as they were delivered."""
        return all(_is_unchanged(self.folder / folder / file.name, file) for file in files)

    @contextlib.contextmanager
    def lock(self, key: str, *, wait: bool = False) -> Iterator[None]:
        """Hold the lock of a production while the block lasts.

        With `wait`, wait until it is free.
        """
        lock = FileLock(self._state / "locks" / f"{key}.lock", thread_local=False)
        try:
            with _report_write_errors(self.folder):
                lock.acquire(blocking=wait)
        except Timeout:
            raise SpeechLocked from None
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def work_folder(self, key: str) -> Iterator[Path]:
        """Yield an empty folder on the file system of the output folder."""
        with _report_write_errors(self.folder):
            work = Path(tempfile.mkdtemp(prefix=f"{key}-", dir=self._state / WORK_FOLDER))
        try:
            yield work
        except OutputError as exc:
            message = str(exc).replace(str(work), str(self.folder))
            raise OutputError(message, self.folder) from exc
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def require_deliverable(self, folder: PurePosixPath, names: Sequence[str]) -> None:
        """Check that files of these names can be put into `folder`."""
        target = self.folder / folder
        self._require_inside(target)
        delivery.require_deliverable(target, names)

    def deliver(
        self, folder: PurePosixPath, files: Mapping[str, Path]
    ) -> tuple[DeliveredFile, ...]:
        """Rename finished files into `folder`, all of them or none."""
        target = self.folder / folder
        self._require_inside(target)
        with delivery.deliver(target, tuple(files)) as temporary:
            for name, path in files.items():
                replace(path, temporary / name)
        with _report_write_errors(target):
            return tuple(describe_file(target / name) for name in files)

    def write_file(self, name: str, data: bytes) -> None:
        """Write a whole file into the output folder.

        Wait for any other process that is writing a file there.
        """
        with self.lock(_REPORT_KEY, wait=True), _report_write_errors(self.folder):
            self._write(self.folder / name, data)

    def sweep(self, folders: Iterable[PurePosixPath]) -> None:
        """Remove the work folders whose locks are free, and complete dead deliveries."""
        for folder in folders:
            with contextlib.suppress(OutputError):
                self._require_inside(self.folder / folder)
                delivery.sweep(self.folder / folder)
        for work in list((self._state / WORK_FOLDER).glob("*")):
            key = work.name.partition("-")[0]
            with contextlib.suppress(OSError, OutputError, SpeechLocked), self.lock(key):
                shutil.rmtree(work) if work.is_dir() else work.unlink()

    def _record_path(self, key: str) -> Path:
        return self._state / "records" / f"{key}.json"

    def _write(self, path: Path, data: bytes) -> None:
        """Write the whole file or nothing; the caller holds its lock."""
        key = _REPORT_KEY if path.parent == self.folder else path.stem
        part = self._state / WORK_FOLDER / f"{key}-{path.suffix[1:]}"
        atomic_write(path, data, temporary=part)

    def _require_inside(self, target: Path) -> None:
        """Raise OutputError if a link leads out of the output folder."""
        if not is_inside(target, self.folder):
            raise OutputError(
                _("{target} is a link that leads out of the output folder; remove the link").format(
                    target=target
                ),
                target,
            )


def describe_file(path: Path) -> DeliveredFile:
    """Return the name, size, time of change and digest of a file.

    Raises:
        OSError: It cannot be read.
    """
    status = path.stat()
    return DeliveredFile(path.name, status.st_size, str(status.st_mtime_ns), sha256_of(path))


def _is_unchanged(path: Path, file: DeliveredFile) -> bool:
    """Return whether a file is as it was delivered.

    Its size and time of change decide; if only the time differs, its content does.
    """
    try:
        status = path.stat()
        if status.st_size != file.size:
            return False
        return str(status.st_mtime_ns) == file.stamp or sha256_of(path) == file.sha256
    except OSError:
        return False


@contextlib.contextmanager
def _report_write_errors(folder: Path) -> Iterator[None]:
    """Raise the errors of the system inside the block as OutputError."""
    try:
        yield
    except OSError as exc:
        if isinstance(exc, Timeout):
            raise
        reason = explain_os_error(exc)
        raise OutputError(
            _("{path} cannot be written ({reason})").format(path=folder, reason=reason), folder
        ) from exc
