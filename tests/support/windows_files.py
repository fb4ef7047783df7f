"""What Windows does with files, on Linux: nobody moves, replaces or removes one that is open.

After Microsoft's "Creating and Opening Files" (share modes: Python opens without
FILE_SHARE_DELETE) and "FlushFileBuffers" (which needs a handle for writing). A stand-in: what is
open is read from `/proc`, and of this process alone. Files without a name, which Windows does not
have, are none.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import UnixFileLock as FileLock

from speechcast import delivery, files, windows

SHARING_VIOLATION, ACCESS_DENIED = 32, 5
LOCKS = (".lock", "-lock")  # files that filelock removes by itself, and leaves where it cannot
TEXTS = {SHARING_VIOLATION: "另一个程序正在使用此文件，进程无法访问。", ACCESS_DENIED: "拒绝访问。"}


def windows_error(number: int, path: object) -> PermissionError:
    """Return what Python raises on a Chinese Windows for one of its errors."""
    exc = PermissionError(errno.EACCES, TEXTS[number], str(path), number)
    if os.name != "nt":  # where a fourth argument is of no effect
        vars(exc)["winerror"] = number
    return exc


def list_open() -> Iterator[Path]:
    """Yield the files that this process has open."""
    for handle in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # it was that of the listing
            yield handle.readlink()


def is_mapped(path: Path) -> bool:
    """Return whether this process has a file mapped, or one in this folder."""
    maps = Path("/proc/self/maps").read_text("utf-8", "surrogateescape")
    return f" {path}\n" in maps or f" {path}/" in maps


def require_released(path: object, number: int) -> None:
    """Raise PermissionError if a file, or one in a folder, is open."""
    name = Path(os.path.realpath(str(path)))
    if is_mapped(name) or any(held == name or name in held.parents for held in list_open()):
        raise windows_error(number, path)


def hold_open_files(patch: pytest.MonkeyPatch) -> None:
    """Have this process meet Windows' rules for open files."""
    import fcntl  # which Windows does not have

    rename, unlink, rmdir, flush, open_ = os.replace, os.unlink, os.rmdir, os.fsync, os.open

    def replace(source: Any, target: Any, **options: Any) -> None:
        require_released(source, SHARING_VIOLATION)
        require_released(target, ACCESS_DENIED)
        if Path(source).is_dir() and os.path.lexists(target) and source != target:
            raise windows_error(ACCESS_DENIED, target)  # a folder replaces nothing
        rename(source, target, **options)

    def remove(path: Any, **options: Any) -> None:
        if not str(path).endswith(LOCKS):
            require_released(path, SHARING_VIOLATION)
        unlink(path, **options)

    def remove_folder(path: Any, **options: Any) -> None:
        require_released(path, SHARING_VIOLATION)
        rmdir(path, **options)

    def fsync(handle: Any) -> None:
        number = handle if isinstance(handle, int) else handle.fileno()
        if fcntl.fcntl(number, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        flush(handle)

    def open_file(path: Any, flags: int, *rest: Any, **options: Any) -> int:
        if Path(path).is_dir() and not flags & getattr(os, "O_TMPFILE", 0):
            raise windows_error(ACCESS_DENIED, path)
        return open_(path, flags, *rest, **options)

    patched: dict[str, Callable[..., Any]] = {
        "replace": replace,
        "rename": replace,
        "unlink": remove,
        "remove": remove,
        "rmdir": remove_folder,
        "fsync": fsync,
        "open": open_file,
    }
    for name, function in patched.items():
        patch.setattr(os, name, function)
    patch.setattr(shutil, "_use_fd_functions", False)  # as on Windows
    patch.setattr(windows, "HERE", True)
    patch.setattr(files, "_PAUSES", (0.0, 0.0))


class WindowsLock(FileLock):
    """filelock's lock of Windows in one respect: its file goes when it is released."""

    def release(self, force: bool = False) -> None:
        held = self.is_locked
        super().release(force)
        if held:
            with contextlib.suppress(OSError):
                Path(self.lock_file).unlink()


@pytest.fixture
def windows_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a test meet Windows' rules for open files, and its locks."""
    if os.name == "nt" or not Path("/proc/self/fd").is_dir():
        pytest.skip("which files are open is read from /proc")
    hold_open_files(monkeypatch)
    monkeypatch.setattr(delivery, "FileLock", WindowsLock)
