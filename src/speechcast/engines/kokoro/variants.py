"""Choose between the two variants of the model: compact, as it is downloaded, or full.

The full one is written at installation, from the compact one (see `rewriting/`): it is faster and
sounds better, and takes more memory. What was decided then is noted beside the model, with the
full one's digest, and holds until the next installation, so that a voice never changes by itself.
A preset's `model = "compact"` in `[options]` decides for its voice alone.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ...downloads.bundle import Piece, models_folder
from ...downloads.verified import is_undamaged
from ...files import atomic_write
from ...messages import _, mark, translate_filled
from ...model import Voice
from .files import MODEL
from .shortage import SHORT_OF_DISK, SHORT_OF_MEMORY, find_shortage

log = logging.getLogger("speechcast.engines")

FULL, COMPACT = "full", "compact"
CHOSEN = mark("it was chosen at its installation")
WANTED = mark("the preset asks for it")
FAILED = mark("it could not be rewritten ({reason})")
ENDED = mark("it could not be rewritten (its process ended with {code})")
_REASONS = (CHOSEN, WANTED, ENDED, FAILED, SHORT_OF_MEMORY, SHORT_OF_DISK)
REWRITING = 2  # raise it whenever the rewritten model would sound otherwise


@dataclass(frozen=True, slots=True)
class Note:
    """What the last installation decided.

    Attributes:
        rewriting: The number of the rewriting.
        variant: `FULL` or `COMPACT`.
        reason: Why it is compact, in English; "" for full.
        size: The full model's size in bytes; 0 for compact.
        sha256: The full model's digest, in hexadecimal; "" for compact.
    """

    rewriting: int
    variant: str
    reason: str = ""
    size: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The variant that a voice is spoken by, and in English why it is not the full one."""

    variant: str
    reason: str = ""

    @property
    def path(self) -> Path:
        """The model's file."""
        return full_path() if self.variant == FULL else MODEL.files[0].path

    def __str__(self) -> str:
        if not self.reason:
            return self.variant
        return _("{variant}: {reason}").format(variant=self.variant, reason=explain(self.reason))


def explain(reason: str) -> str:
    """Return a noted reason in the language in use."""
    return translate_filled(reason, _REASONS)


def choose_variant(voice: Voice) -> Choice:
    """Return the variant for a voice, as the next production will use it.

    That is what the installation decided. Before there was one, it is what it would decide.
    """
    if voice.options.get("model") == COMPACT:
        return Choice(COMPACT, WANTED)
    note = read_note()
    if note is None:
        shortage = find_shortage()
        return Choice(COMPACT, shortage) if shortage else Choice(FULL)
    return Choice(note.variant, note.reason)


def sound_key(voice: Voice) -> str:
    """Return what a clip's key says of the variant; nothing for the compact one.

    So the clips from before there were two stay valid.
    """
    return f" rewriting {REWRITING}" if choose_variant(voice).variant == FULL else ""


def read_note() -> Note | None:
    """Return what the last installation decided; None if there is to be another.

    That is so if there was none, if the full model is missing or damaged, and if it was written by
    another version of the rewriting.
    """
    try:
        note = _parse_note(json.loads(_note_path().read_text("utf-8")))
    except (OSError, ValueError):
        return None
    if note is None or note.rewriting != REWRITING:
        return None
    if note.variant == FULL and not is_undamaged(full_path(), _pieces(note), b""):
        return None
    return note


def write_note(note: Note) -> None:
    """Note what an installation decided.

    Raises:
        OSError: The note cannot be written.
    """
    atomic_write(_note_path(), json.dumps(asdict(note), indent=1).encode())


def full_path() -> Path:
    """Return the path of the full model."""
    return models_folder() / "kokoro-82m-v1.0-full.onnx"


def _note_path() -> Path:
    return full_path().with_suffix(".json")


def _pieces(note: Note) -> tuple[Piece]:
    return (Piece(note.size, note.sha256),)


def _parse_note(content: object) -> Note | None:
    """Return the note that a JSON document holds; None if it holds another thing."""
    if not isinstance(content, Mapping):
        return None
    try:
        note = Note(**content)
    except TypeError:
        return None
    return note if note.variant in {FULL, COMPACT} else None
