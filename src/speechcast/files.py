"""Write files safely: each is complete under its final name, or absent.

The final step is always a rename inside one file system, which is atomic. Data that must survive a
power cut is flushed to the disk before it gets its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from errno import EISDIR
from pathlib import Path
from typing import IO

from .errors import OutputError

_CHUNK = 1 << 20  # bytes read at once


def atomic_write(
    path: Path, data: bytes, *, temporary: Path | None = None, durable: bool = True
) -> None:
    """Write a whole file, or leave the previous one unchanged.

    See `atomic_open` for the arguments.
    """
    with atomic_open(path, temporary=temporary, durable=durable) as out:
        out.write(data)


@contextlib.contextmanager
def atomic_open(
    path: Path, *, temporary: Path | None = None, durable: bool = True
) -> Iterator[IO[bytes]]:
    """Open a file that gets its name once it is complete.

    It is renamed when the block ends without an error.

    Args:
        path: The final name; a file there is replaced.
        temporary: Where to write until then, in the same file system; None for a new file beside
            `path` called `STEM.RANDOM.part`, which only this user can read.
        durable: Whether to flush the data to the disk first, so that a power cut cannot leave a
            damaged file under the final name.

    Raises:
        OSError: The file cannot be written. The temporary file was removed.
    """
    if temporary is None:
        handle, name = tempfile.mkstemp(".part", f"{path.stem}.", path.parent)
        part, stream = Path(name), os.fdopen(handle, "wb")
    else:
        part, stream = temporary, temporary.open("wb")
    try:
        with stream as out:
            yield out
            if durable:
                out.flush()
                os.fsync(out.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def replace_all(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Rename several files together, or none of them.

    If one cannot be renamed, the previous files are restored.

    Args:
        pairs: Each finished file and its final name. The finished files lie in a temporary folder
            in the same file system, which also takes what they replace.

    Raises:
        OSError: A file cannot be renamed, or its final name is that of a folder.
    """
    for _, final in pairs:
        if final.is_dir():
            raise IsADirectoryError(EISDIR, f"{final.name} is a folder there")
    undo: list[tuple[Path, Path | None]] = []
    try:
        for finished, final in pairs:
            previous = finished.parent / f"{len(undo)}.before"
            exists = os.path.lexists(final)
            if exists:
                final.replace(previous)
            undo.append((final, previous if exists else None))
            finished.replace(final)
    except BaseException:
        for final, replaced in reversed(undo):
            final.unlink(missing_ok=True)
            if replaced is not None:
                replaced.replace(final)
        raise


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


@contextlib.contextmanager
def deliver(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield a temporary folder, and deliver its files at the end.

    The files called `names` are moved from it into `folder`.

    The temporary folder is hidden inside `folder`, so that the final step is a rename. If the block
    raises, all files and folders are restored.

    Args:
        folder: Where the files go; it is created if need be.
        names: The files that the block writes into the temporary folder.

    Raises:
        OutputError: `folder` cannot be written, which is found before the block begins, or one of
            the files cannot be moved.
    """
    created = _missing_folders(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch = tempfile.TemporaryDirectory(prefix=".speechcast-", dir=folder)
    except OSError as exc:
        _remove_empty(created)
        raise OutputError(
            f"{folder} cannot be written ({exc.strerror}); choose another folder with --output",
            folder,
        ) from exc
    try:
        with scratch as name:
            temporary = Path(name)
            yield temporary
            for file in names:
                _flush(temporary / file)
            replace_all([(temporary / file, folder / file) for file in names])
    except OSError as exc:
        raise OutputError(f"{folder} cannot be written ({exc.strerror or exc})", folder) from exc
    finally:
        _remove_empty(created)


def _flush(path: Path) -> None:
    """Flush a file that was written earlier to the disk."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _missing_folders(folder: Path) -> list[Path]:
    """Return the missing ones of a folder and its parents, deepest first."""
    return [path for path in (folder, *folder.parents) if not path.exists()]


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove those of the folders that exist and are empty."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
