"""Install the full model: have the compact one rewritten, once, by a process of its own."""

from __future__ import annotations

import contextlib
import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from ...downloads.bundle import DATA_VARIABLE, models_folder
from ...errors import ModelError, explain_os_error
from ...files import flush, replace, require_writable, sha256_of
from ...messages import _, mark
from ...progress import ProgressCallback, Step
from .files import MODEL
from .shortage import find_shortage
from .stored_graph import remove_graphs
from .variants import (
    CHOSEN,
    COMPACT,
    ENDED,
    FAILED,
    FULL,
    REWRITING,
    Note,
    full_path,
    read_note,
    write_note,
)

log = logging.getLogger("speechcast.downloads")

_SCRATCH = ".rewrite-"  # what the names of the folders of a rewriting begin with
_STAGE = mark("rewriting the model of the embedded voices")


def install_variant(styles: Path, report: ProgressCallback, *, compact: bool | None = None) -> Note:
    """Decide on the variant, and write the full model if it is to be used.

    Nothing happens if that is done already, except at a user's own word: the folder of the models
    may then be another user's, which cannot be written. Whatever fails, the compact model stays and
    is used: the note says why.

    Args:
        styles: The file of a voice, to check the full model with.
        report: Called with the progress.
        compact: Whether a user chose the compact variant, or the full one; None for neither.

    Raises:
        ModelError: The folder of the models cannot be written, and nothing is decided yet.
    """
    if compact is None and (note := read_note()):
        return note
    with _lock_models():
        _remove_remains()
        note = read_note()
        if compact:
            note = _note_compact(CHOSEN)
        elif note is None or (compact is False and note.variant == COMPACT):
            note = _install_full(styles, report)
    return note


@contextlib.contextmanager
def _lock_models() -> Iterator[None]:
    """Let no other process rewrite the model during the block."""
    lock = FileLock(models_folder() / ".rewriting.lock")
    try:
        require_writable(models_folder())
        lock.acquire()
    except OSError as exc:
        raise ModelError(
            _(
                "{folder} cannot be written ({strerror}); let its owner run "
                "speechcast voices install narrator, or set {variable} to another folder"
            ).format(folder=models_folder(), strerror=explain_os_error(exc), variable=DATA_VARIABLE)
        ) from exc
    try:
        yield
    finally:
        lock.release()


def _remove_remains() -> None:
    """Remove what a rewriting left that was killed."""
    for folder in models_folder().glob(f"{_SCRATCH}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _install_full(styles: Path, report: ProgressCallback) -> Note:
    """Write the full model; where that fails, decide for the compact one."""
    shortage = find_shortage()
    if shortage:
        return _note_compact(shortage)
    report(Step(_STAGE, 0, 1, _("once, for speed and sound")))
    try:
        with tempfile.TemporaryDirectory(
            prefix=_SCRATCH, dir=models_folder(), ignore_cleanup_errors=True
        ) as scratch:
            return _rewrite(Path(scratch) / "full.onnx", styles)
    except (OSError, subprocess.SubprocessError) as exc:
        return _note_compact(FAILED.format(reason=exc))


def _rewrite(target: Path, styles: Path) -> Note:
    """Have the model rewritten, and give the result its name and its note."""
    module = f"{__package__}.rewriting"
    command: list[str | Path] = [sys.executable, "-m", module, MODEL.files[0].path, styles, target]
    run = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if not target.exists():
        return _note_compact(_read_reason(run))
    note = Note(REWRITING, FULL, "", target.stat().st_size, sha256_of(target))
    flush(target)
    replace(target, full_path())
    write_note(note)
    return note


def _read_reason(run: subprocess.CompletedProcess[str]) -> str:
    """Return what a process that failed says last, as the reason for the compact model."""
    lines = run.stderr.strip().splitlines()
    return FAILED.format(reason=lines[-1]) if lines else ENDED.format(code=run.returncode)


def _note_compact(reason: str) -> Note:
    """Decide for the compact model, and free the disk of the full one."""
    note = Note(REWRITING, COMPACT, reason)
    try:
        write_note(note)
        full_path().unlink(missing_ok=True)
        remove_graphs()
    except OSError as exc:
        log.warning(mark("%s cannot be written (%s)"), models_folder(), explain_os_error(exc))
    return note
