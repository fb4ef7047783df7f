"""Whether a stored file is still what was stored: verified once for each file and change.

A model file of 90 MB takes a tenth of a second to hash, which is nothing the first time and a
nuisance every time. So the state that a file was verified in (its size, its times, its inode) is
noted in the user's cache folder, and the file is only hashed again in another state.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..files import atomic_write, file_state

if TYPE_CHECKING:
    from .bundle import Piece

_CHUNK = 1 << 20  # bytes read at once
_seen: dict[Path, str] = {}  # the notes of this process, for a cache folder that cannot be written
_lock = threading.Lock()  # several speeches may begin at once, and need not hash side by side


def is_undamaged(path: Path, pieces: Sequence[Piece], suffix: bytes) -> bool:
    """Return whether a file holds these pieces, joined in order, then the suffix.

    It is False for a file that is missing or cannot be read.
    """
    expected = " ".join((*(piece.sha256 for piece in pieces), suffix.hex()))
    note = _note_path(path, expected)
    try:
        state = file_state(path)
        with _lock:
            if _read_note(note) == state:
                return True
            if not _has_content(path, pieces, suffix):
                return False
            if file_state(path) == state:  # it did not change meanwhile
                _write_note(note, state)
    except OSError:
        return False
    return True


def _note_path(path: Path, expected: str) -> Path:
    from platformdirs import user_cache_path

    name = hashlib.sha256(f"{path.absolute()} {expected}".encode(errors="surrogateescape"))
    return user_cache_path("speechcast") / "verified" / name.hexdigest()


def _read_note(note: Path) -> str | None:
    try:
        return note.read_text(encoding="ascii")
    except (OSError, ValueError):
        return _seen.get(note)


def _write_note(note: Path, state: str) -> None:
    _seen[note] = state
    with contextlib.suppress(OSError):
        note.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(note, state.encode(), durable=False)


def _has_content(path: Path, pieces: Sequence[Piece], suffix: bytes) -> bool:
    with path.open("rb") as stream:
        for piece in pieces:
            digest, left = hashlib.sha256(), piece.size
            while left and (chunk := stream.read(min(left, _CHUNK))):
                digest.update(chunk)
                left -= len(chunk)
            if left or digest.hexdigest() != piece.sha256:
                return False
        return stream.read(len(suffix) + 1) == suffix
