"""What was made, so that it need not be made again.

A production is up to date while its fingerprint is the one it was made with, and its files are as
they were written. The fingerprint stands for all that decides its bytes: the document's content,
what it is called, the voices with the versions of what they speak with, style and formats, the
readings, and the program's version. No time stamp is part of it, nor is the track number, or one
more speech in a folder would make anew all that come after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from enum import Enum
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..frontend import lexicon
from ..frontend.lexicon import Lexicon
from ..request import Request
from ..subtitles import style
from ..synthesis.jobs import sound_version

FORMAT = 2  # to be raised when a fingerprint or a record changes its meaning


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file as it was delivered; `stamp` is what its storage says of its last change."""

    name: str
    size: int
    stamp: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """A production that was delivered; `seconds` is how long it sounds, `took` what making took."""

    fingerprint: str
    source: str
    voice: str
    engine: str
    seconds: float
    took: float
    files: tuple[DeliveredFile, ...]

    def dumped(self) -> bytes:
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False).encode()

    @classmethod
    def loaded(cls, data: bytes) -> Record | None:
        """The record in `data`; None for one of another format, or a damaged one."""
        try:
            said = json.loads(data)
            if said.pop("format") != FORMAT:
                return None
            return cls(**{**said, "files": tuple(DeliveredFile(**file) for file in said["files"])})
        except (ValueError, TypeError, LookupError, AttributeError):
            return None


def resolve_defaults(order: Request) -> Request:
    """The order with all in it that making it would else look up on this machine."""
    asked = order.subtitles
    look = asked.style or style.load_for_language(order.voice.language)
    own = lexicon.load_user_lexicon()
    cast = {
        who: replace(voice, lexicon=Lexicon(voice.lexicon).over(own).entries)
        for who, voice in order.cast.items()
    }
    return replace(order, subtitles=replace(asked, style=look), cast=cast)


def fingerprint(order: Request) -> str:
    """Of two settled orders with one fingerprint, the productions are the same but for a number."""
    makers = {who: sound_version(voice) for who, voice in order.cast.items()}
    sounding = replace(order.audio, track=0)
    whole = replace(order, output=Path(), force=False, audio=sounding)
    content = plain([FORMAT, version("speechcast"), makers, whole])
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def plain(value: Any) -> Any:
    """The value in lists, texts and numbers, the same for equal values."""
    if isinstance(value, Enum):
        return plain(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, Mapping):
        return sorted([str(key), plain(held)] for key, held in value.items())
    if isinstance(value, tuple | list):
        return [plain(held) for held in value]
    if isinstance(value, Path | Fraction):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"a fingerprint cannot be made of {type(value).__name__}")
