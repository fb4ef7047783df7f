"""Files that appear under their final names complete and together, or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .errors import OutputError


@contextlib.contextmanager
def deliver(folder: Path, names: tuple[str, ...]) -> Iterator[dict[str, Path]]:
    """Temporary paths for the files called `names`, delivered into `folder` at the end.

    The temporary files lie in a hidden folder inside `folder`, so that the final step is a
    rename. If the block raises, everything is as it was before, folders included. Raises
    OutputError where nothing can be written, before any work is done.
    """
    made = _missing_parents(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch = tempfile.TemporaryDirectory(prefix=".speechcast-", dir=folder)
    except OSError as exc:
        _remove(made)
        raise OutputError(
            f"{folder} cannot be written ({exc.strerror}); choose another folder with --output",
            folder,
        ) from exc
    try:
        with scratch as temporary:
            paths = {name: Path(temporary) / name for name in names}
            yield paths
            _deliver(paths, folder, Path(temporary))
    except OSError as exc:
        raise OutputError(f"{folder} cannot be written ({exc.strerror or exc})", folder) from exc
    finally:
        _remove(made)


def _deliver(paths: dict[str, Path], folder: Path, scratch: Path) -> None:
    """Rename every file into place; if one cannot be, put back what stood there before."""
    for path in paths.values():
        with path.open("rb") as written:
            os.fsync(written.fileno())
    undo: list[tuple[Path, Path | None]] = []
    try:
        for name, path in paths.items():
            final, old = folder / name, scratch / f"{name}.old"
            if final.exists():
                final.replace(old)
                undo.append((final, old))
            else:
                undo.append((final, None))
            path.replace(final)
    except BaseException:
        for final, before in reversed(undo):
            final.unlink(missing_ok=True)
            if before is not None:
                before.replace(final)
        raise


def _missing_parents(folder: Path) -> list[Path]:
    """The folders that will have to be made, deepest first."""
    return [p for p in (folder, *folder.parents) if not p.exists()]


def _remove(folders: list[Path]) -> None:
    """Remove those of the folders that are there and empty."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()
