"""Write files safely: each is complete under its final name, or absent.

The final step is always a rename inside one file system, which is atomic. Data that must survive a
power cut is flushed to the disk before it gets its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator
from errno import EACCES, EBADF, EEXIST, EINVAL, ENOTDIR, ENOTSUP
from pathlib import Path
from typing import IO

from . import windows
from .errors import OutputError, SourceError
from .messages import _
from .units import Seconds

MAX_NAME_BYTES = 255  # the limit of ext4, APFS and others; of NTFS in units of UTF-16
_CHUNK = 1 << 20  # bytes read at once
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # of which a path keeps one slash
_NO_FOLDER_FLUSH = {EBADF, EINVAL, ENOTSUP}  # what file systems answer that flush no folders
_READABLE, _PRIVATE = 0o666, 0o600  # modes of new files, before the system's mask is applied
# Between two attempts to rename what another program holds. A virus scanner looks at a new file for
# some tenths of a second; a player holds one for as long as it is open.
_PAUSES: tuple[Seconds, ...] = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
_WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def atomic_write(
    path: Path,
    data: bytes,
    *,
    temporary: Path | None = None,
    durable: bool = True,
    private: bool = False,
) -> None:
    """Write a whole file, or leave the previous one unchanged.

    See `atomic_open` for the arguments.
    """
    with atomic_open(path, temporary=temporary, durable=durable, private=private) as out:
        out.write(data)


@contextlib.contextmanager
def atomic_open(
    path: Path, *, temporary: Path | None = None, durable: bool = True, private: bool = False
) -> Iterator[IO[bytes]]:
    """Open a file that gets its name once it is complete.

    It is renamed when the block ends without an error.

    Args:
        path: The final name; a file there is replaced.
        temporary: Where to write until then, in the same file system; None for a new file beside
            `path` called `STEM.RANDOM.part`.
        durable: Whether to flush the data to the disk first, so that a power cut cannot leave a
            damaged file under the final name.
        private: Whether only this user may read the new file; else the system's mask decides.

    Raises:
        OSError: The file cannot be written. The temporary file was removed.
    """
    part = temporary or path.with_name(f"{path.stem}.{secrets.token_hex(4)}.part")
    mode = _PRIVATE if private else _READABLE
    stream = open(  # noqa: SIM115 it is closed below, before the file is renamed
        part,
        "wb" if temporary else "xb",
        opener=lambda name, flags: os.open(name, flags, mode),
    )
    try:
        with stream as out:
            yield out
            if durable:
                out.flush()
                os.fsync(out.fileno())
        replace(part, path)
    except BaseException:
        discard(part)
        raise


def replace(source: Path, target: Path) -> None:
    """Give a file or a folder another name, that of another file if need be.

    On Windows nobody can rename or replace a file that a player or a virus scanner has open, so it
    is tried again for a moment.

    Raises:
        OSError: It cannot be done; `strerror` says what to do if another program is the cause.
    """
    for pause in (*_PAUSES, None):
        try:
            os.replace(source, target)  # noqa: PTH105 what tests make fail
        except PermissionError as exc:
            if not windows.is_held(exc):
                raise
            if pause is None:
                message = _(
                    "{name} cannot be replaced; if it is open in another program, close it there"
                ).format(name=target.name)
                raise PermissionError(EACCES, message, str(target)) from exc
            time.sleep(pause)
        else:
            return


def discard(path: Path) -> None:
    """Remove a file that is no longer needed, if it can be removed.

    On Windows it cannot as long as anything has it open.
    """
    with contextlib.suppress(OSError):
        path.unlink()


def is_file(path: Path) -> bool:
    """Return whether the path is a file's; a name that no file can have is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_inside(path: Path, folder: Path) -> bool:
    """Return whether a path leads into a folder, all links followed; one that leads nowhere not."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead to each other
        return False


def require_file(path: Path) -> None:
    """Raise SourceError unless there is a file of this name."""
    if path.is_file():
        return
    if path.is_dir():
        problem = _("{path} is a folder; name a file in it")
    elif path.exists():
        problem = _("{path} is a pipe, a socket or a device; name a file")
    else:
        raise SourceError(describe_missing(path), path)
    raise SourceError(problem.format(path=path), path)


def describe_missing(path: Path) -> str:
    """Return that there is no such file; an address is none."""
    address = path.as_posix()
    if _ADDRESS.match(address):
        return _("{address} is an address; download the file, and name that").format(
            address=address.replace(":/", "://", 1)
        )
    return _("{path} does not exist; check the name and the folder").format(path=path)


def is_folder(path: Path) -> bool:
    """Return whether the path is a folder's; a name that no folder can have is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def sha256_of(source: Path | IO[bytes], copy_to: IO[bytes] | None = None) -> str:
    """Return the SHA-256 of a file or stream, in hexadecimal digits.

    Args:
        source: A file, or a stream that is read from where it stands to its end.
        copy_to: A stream that gets a copy of everything that is read.
    """
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return sha256_of(stream, copy_to)
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        if copy_to is not None:
            copy_to.write(chunk)
    return digest.hexdigest()


def file_state(path: Path) -> str:
    """Return what changes whenever a file's content does: its size, its times, its inode.

    Raises:
        OSError: There is no such file.
    """
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def flush(path: Path) -> None:
    """Flush a file that was written earlier to the disk.

    It is opened for writing, as Windows flushes no other ones.
    """
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def flush_names(folder: Path) -> None:
    """Flush the names in a folder to the disk, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders; elsewhere this one may not be read
        return
    try:
        os.fsync(handle)
    except OSError as exc:
        if exc.errno not in _NO_FOLDER_FLUSH:
            raise
    finally:
        os.close(handle)


def measure_name(name: str) -> int:
    """Return the length of a file's name, of which `MAX_NAME_BYTES` are allowed.

    File systems count bytes of UTF-8, those of Windows units of UTF-16: for Chinese, a third.
    """
    if windows.HERE:
        return windows.count_units(name)
    return len(name.encode("utf-8", "surrogatepass"))


def create_folder(folder: Path) -> None:
    """Create a folder and its parents, as far as they are missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as exc:  # a file has its name, or a link that leads nowhere
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder)) from exc


def require_writable(folder: Path) -> None:
    """Raise OSError unless files can be written into a folder.

    It writes one that goes when it is closed, or when the process is killed. Where that is not
    allowed, Windows lets `tempfile` and locks try on and on, as if the name were taken.
    """
    if not windows.HERE:
        with tempfile.TemporaryFile(dir=folder):
            return
    probe = folder / f".speechcast-{secrets.token_hex(8)}.part"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0)
    os.close(os.open(probe, flags, _PRIVATE))
    discard(probe)  # where a stand-in for Windows leaves it


def is_writable(folder: Path) -> bool:
    """Return whether files can be written into a folder; Windows knows only by trying."""
    if not windows.HERE:
        return os.access(folder, os.W_OK)
    try:
        require_writable(folder)
    except OSError:
        return False
    return True


def require_distinct(outputs: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Raise OutputError if a file to be written is one that is read."""
    inputs = list(inputs)
    for output in outputs:
        for read in inputs:
            with contextlib.suppress(OSError):
                if output.samefile(read):
                    raise OutputError(
                        _(
                            "{output} would replace {read}, which is read; choose another "
                            "name or folder for it"
                        ).format(output=output, read=read),
                        output,
                    )


def require_replaceable(path: Path) -> None:
    """Raise FileExistsError unless a file may get this name.

    A regular file that may be written is replaced, and so is a link to one: what it leads to
    stays. A folder, a link to a folder, a pipe, a device and a read-only file stay.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if path.is_dir():
        problem = _("{name} is a folder there")
    elif not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        problem = _("{name} is a pipe, a socket or a device there")
    elif not mode & _WRITE_BITS:
        problem = _("{name} is a read-only file there")
    else:
        _require_released(path)
        return
    raise FileExistsError(EEXIST, problem.format(name=path.name))


def _require_released(path: Path) -> None:
    """Raise OSError if another program has a file open, so that it cannot be replaced.

    Windows says so if the file is given the name that it has.
    """
    if windows.HERE:
        replace(path, path)
