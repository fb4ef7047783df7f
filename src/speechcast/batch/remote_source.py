"""Folders of speeches at an address of fsspec.

Speeches are small, so a folder of them is copied to this machine before anything is produced.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from .. import windows
from ..documents import READABLE_SUFFIXES
from ..errors import SourceError
from ..messages import _
from ..printable import printable
from . import folder_settings, naming
from .addresses import format_error, is_remote, local_path, resolve_address
from .discovery import SkippedFile

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


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
        SourceError: The folder does not exist, cannot be listed, or has settings that cannot be
            read.
        UsageError: The address cannot be used.
    """
    if not is_remote(address):
        yield Path(local_path(address)), ()
        return
    fs, root = resolve_address(address)
    with tempfile.TemporaryDirectory(prefix="speechcast-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary, naming.to_file_name(PurePosixPath(root).name) or "speeches")
        folder.mkdir()
        yield folder, tuple(_download(fs, root, folder, address, recursive))


def _download(
    fs: AbstractFileSystem, root: str, folder: Path, address: str, recursive: bool
) -> Iterator[SkippedFile]:
    """Copy documents and settings into `folder`, and create the other files empty.

    Yields:
        What could not be copied, and why.

    Raises:
        SourceError: The folder cannot be listed, or its settings not be read.
    """
    try:
        listing = fs.find(root, maxdepth=None if recursive else 1, detail=True)
        exists = listing or fs.isdir(root)
    except Exception as exc:
        raise SourceError(
            _("{address} cannot be opened: {error}").format(
                address=address, error=format_error(exc)
            )
        ) from exc
    if not exists:
        raise SourceError(_("{address} does not exist, or is empty").format(address=address))
    for path in sorted(listing):
        relative = PurePosixPath(path[len(root) :].lstrip("/"))
        copy = folder / relative
        if reason := _find_refusal(relative):
            yield SkippedFile(printable(str(relative)), reason)
            continue
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()
            if copy.suffix.lower() in {*READABLE_SUFFIXES, ".toml"}:
                fs.get_file(path, str(copy))
        except Exception as exc:
            with contextlib.suppress(OSError):
                copy.unlink()
            reason = _("cannot be read: {reason}").format(reason=format_error(exc))
            if copy.name == folder_settings.SETTINGS_FILE:
                # Without them the speeches of the folder would have another voice.
                raise SourceError(
                    _("{source}: {reason}").format(source=printable(str(relative)), reason=reason)
                ) from exc
            yield SkippedFile(printable(str(relative)), reason)


def _find_refusal(path: PurePosixPath) -> str:
    r"""Return why a file cannot be copied to this machine under its path; "" if it can.

    On Windows a name like `C:\x` or `..\x` would lead out of the folder of the copies.
    """
    if ".." in path.parts:
        return _("has a path that leads out of the folder")
    if windows.HERE and not all(map(windows.allows_name, path.parts)):
        return _("has a name that Windows does not allow")
    return ""
