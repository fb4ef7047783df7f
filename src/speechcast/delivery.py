"""Deliver the files of a production together: all of them, or none.

A run writes into a hidden folder of its own in the output folder, `.speechcast-XXXXXXXX`:

    owner       locked while the run lives; the system unlocks it if that dies
    NAME        the files of the production
    journal     their names; it is there while they are moved to their final names
    before/     what they replace

Every file is moved by a rename. First the previous files are moved away, then the new ones get
their names, so that no new file ever lies beside a previous one. If that fails, the previous ones
are put back. A run may also be killed in between: the next one into the same folder then completes
the delivery by the journal, and removes the folders of all runs that live no longer.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from . import windows
from .errors import OutputError, explain_os_error
from .files import (
    atomic_write,
    create_folder,
    flush,
    flush_names,
    replace,
    require_replaceable,
    require_writable,
)
from .messages import _, mark

_PREFIX = ".speechcast-"
_RUN_FOLDER = re.compile(re.escape(_PREFIX) + "[a-z0-9_]{8}")  # as `tempfile` names it
_OWNER, _JOURNAL, _BEFORE = "owner", "journal", "before"
_CANNOT_WRITE = mark("{path} cannot be written ({reason})")
_CANNOT_BEGIN = mark("{path} cannot be written ({reason}); choose another folder or name")


@contextlib.contextmanager
def deliver(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield a temporary folder, and deliver its files at the end.

    The files called `names` are moved from it into `folder`. If the block raises, all files and
    folders are as before. Two runs at once never mix their files: those of the later one stay.

    Args:
        folder: Where the files go; it is created if need be.
        names: The files that the block writes into the temporary folder.

    Raises:
        OutputError: `folder` cannot be written, or one of the names is that of a folder or of
            another thing that is not replaced. Both are found before the block begins, too.
    """
    with _report_write_errors(folder, _CANNOT_BEGIN):
        created = _missing_folders(folder)
    try:
        with _report_write_errors(folder, _CANNOT_BEGIN):
            create_folder(folder)
            require_writable(folder)
            run = _start_run(folder, names)
        try:
            with _report_write_errors(folder):
                yield run.folder
                run.deliver(names)
        finally:
            run.close()
    finally:
        _remove_empty(created)


def require_deliverable(folder: Path, names: Sequence[str]) -> None:
    """Raise OutputError if `deliver` would, before it began; no folder is created."""
    with _report_write_errors(folder, _CANNOT_BEGIN):
        missing = _missing_folders(folder)
        require_writable(missing[-1].parent if missing else folder)
        _require_replaceable(folder, names)


def sweep(folder: Path) -> None:
    """Complete the deliveries of dead runs into a folder, and remove them."""
    with contextlib.suppress(OSError), _lock_folder(folder):
        _sweep(folder)


class _Run:
    """The temporary folder of a living run, inside the output folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._owner = FileLock(folder / _OWNER, thread_local=False)
        self._owner.acquire(blocking=False)

    def deliver(self, names: Sequence[str]) -> None:
        """Move the files to their final names.

        Raises:
            OSError: They cannot be moved; the previous files are back in their places.
        """
        target = self.folder.parent
        for name in names:
            flush(self.folder / name)
        with _lock_folder(target):
            _sweep(target)
            _require_replaceable(target, names)
            atomic_write(self.folder / _JOURNAL, json.dumps(names).encode())
            try:
                _complete(self.folder)
                flush_names(target)
                (self.folder / _JOURNAL).unlink()
            except BaseException:
                _undo(self.folder, names)
                raise

    def close(self) -> None:
        """Remove the folder, unless the next run has to complete its delivery."""
        with _lock_folder(self.folder.parent):
            self._owner.release()
            _restore_owner(self.folder)
            if not (self.folder / _JOURNAL).exists():
                _remove(self.folder)


def _start_run(folder: Path, names: Sequence[str]) -> _Run:
    with _lock_folder(folder):
        _sweep(folder)
        _require_replaceable(folder, names)
        temporary = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        try:
            return _Run(temporary)
        except BaseException:
            _remove(temporary)
            raise


def _require_replaceable(folder: Path, names: Sequence[str]) -> None:
    for name in names:
        require_replaceable(folder / name)


@contextlib.contextmanager
def _lock_folder(folder: Path) -> Iterator[None]:
    """Keep other runs from beginning or delivering in a folder.

    This lasts as long as the block. Where nothing can be locked, the block is not protected.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            hold = _hold_lock_file if windows.HERE else _hold_folder
            stack.enter_context(hold(folder))
        yield


@contextlib.contextmanager
def _hold_folder(folder: Path) -> Iterator[None]:
    """Lock the folder itself, so that nothing remains."""
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _hold_lock_file(folder: Path) -> Iterator[None]:
    """Lock a file in the folder, as Windows opens no folders; it goes away with the lock."""
    require_writable(folder)
    with FileLock(folder / f"{_PREFIX}lock"):
        yield


def _sweep(folder: Path) -> None:
    """Do what `sweep` does; the caller holds the lock of the folder."""
    try:
        with os.scandir(folder) as listing:
            runs = [
                Path(entry.path)
                for entry in listing
                if _RUN_FOLDER.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)
            ]
    except PermissionError:
        return
    for run in runs:
        with contextlib.suppress(PermissionError):  # another user's
            _sweep_run(run)


def _sweep_run(run: Path) -> None:
    """Complete and remove a run, unless it lives or is none of ours.

    One that is empty was killed when it had just begun, or when it was nearly removed.
    """
    if not (run / _OWNER).is_file():
        with contextlib.suppress(OSError):
            run.rmdir()
        return
    try:
        with FileLock(run / _OWNER, blocking=False):
            pass  # under the lock of the output folder no other run takes it
    except Timeout:
        return
    _restore_owner(run)
    if (run / _JOURNAL).exists():
        try:
            _complete(run)
        except FileExistsError:  # something that is not replaced lies there now
            return
    _remove(run)


def _complete(run: Path) -> None:
    """Move the journal's files that are left to their final names.

    Raises:
        FileExistsError: A final name is that of a thing that is not replaced; nothing was moved.
    """
    pending = [name for name in _read_journal(run) if (run / name).exists()]
    _require_replaceable(run.parent, pending)
    (run / _BEFORE).mkdir(exist_ok=True)
    for name in pending:
        with contextlib.suppress(FileNotFoundError):
            replace(run.parent / name, run / _BEFORE / name)
    for name in pending:
        replace(run / name, run.parent / name)


def _undo(run: Path, names: Sequence[str]) -> None:
    """Put the previous files back; if that fails as well, the journal stays."""
    with contextlib.suppress(OSError):
        for name in names:
            if not (run / name).exists():
                replace(run.parent / name, run / name)
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                replace(run / _BEFORE / name, run.parent / name)
        (run / _JOURNAL).unlink()


def _read_journal(run: Path) -> list[str]:
    """Return the names in a journal; none that would lead out of the folder."""
    data = (run / _JOURNAL).read_bytes()
    try:
        return [name for name in map(str, json.loads(data)) if Path(name).name == name]
    except (ValueError, TypeError):
        return []


def _restore_owner(run: Path) -> None:
    """Write the owner's file again, which Windows' lock removes when it is released.

    A folder without it counts as none of ours, and what it holds would never be removed.
    """
    with contextlib.suppress(OSError):
        (run / _OWNER).touch()


def _remove(run: Path) -> None:
    """Remove a run's folder, its owner last, as far as possible."""
    with contextlib.suppress(OSError):
        for path in run.iterdir():
            if path.name != _OWNER:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        (run / _OWNER).unlink(missing_ok=True)
        run.rmdir()


@contextlib.contextmanager
def _report_write_errors(folder: Path, message: str = _CANNOT_WRITE) -> Iterator[None]:
    """Raise the errors of the system inside the block as OutputError with a message."""
    try:
        yield
    except OSError as exc:
        reason = explain_os_error(exc)
        raise OutputError(_(message).format(path=folder, reason=reason), folder) from exc


def _missing_folders(folder: Path) -> list[Path]:
    """Return the missing ones of a folder and its parents, deepest first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove those of the folders that exist and are empty."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
