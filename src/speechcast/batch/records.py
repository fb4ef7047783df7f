"""Records of what was produced, so that work is not repeated.

A production is up to date while its fingerprint is the one it was produced with, and its files are
as they were written. The fingerprint covers all that decides the bytes: the content and name of
the document, the voices with the versions of their engines and models, the style and formats, the
readings, and the version of the program. It does not cover times or the track number, because one
more speech in a folder would then change all that come after it.
"""

from __future__ import annotations

import hashlib
import json
import math
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
from ..units import Seconds

ESCAPED = "backslashreplace"  # a lone surrogate becomes its escape, which is valid in JSON
FORMAT = 2  # increase it when a fingerprint or a record changes its meaning


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file as it was delivered.

    Attributes:
        name: Its name, without the folder.
        size: Its size in bytes.
        stamp: What its storage says of its last change: a time or an ETag.
        sha256: The SHA-256 of its content, in hexadecimal.
    """

    name: str
    size: int
    stamp: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A production that was delivered.

    Attributes:
        fingerprint: What it was produced from; see `compute_fingerprint`.
        source: The display path of the document.
        voice: The name of the main voice.
        engine: The name of its engine.
        duration: How long it sounds, in seconds.
        took: How long it took to produce, in seconds.
        files: Its files.
        remarks: What of the document is not read, and what seems not to be meant.
        language: The language of the remarks.
    """

    fingerprint: str
    source: str
    voice: str
    engine: str
    duration: Seconds
    took: Seconds
    files: tuple[DeliveredFile, ...]
    remarks: tuple[str, ...] = ()
    language: str = "en"

    def to_json(self) -> bytes:
        """Return the record as a JSON document in UTF-8."""
        document = {
            "format": FORMAT,
            "fingerprint": self.fingerprint,
            "source": self.source,
            "voice": self.voice,
            "engine": self.engine,
            "seconds": self.duration,
            "took": self.took,
            "files": [asdict(file) for file in self.files],
            "remarks": self.remarks,
            "language": self.language,
        }
        return json.dumps(document, ensure_ascii=False).encode(errors=ESCAPED)

    @classmethod
    def from_json(cls, data: bytes) -> Record | None:
        """Return the record in `data`, or None if it is invalid.

        It is invalid if it is damaged or of another format.
        """
        try:
            document = json.loads(data)
            if document["format"] != FORMAT:
                return None
            return cls(
                fingerprint=str(document["fingerprint"]),
                source=str(document["source"]),
                voice=str(document["voice"]),
                engine=str(document["engine"]),
                duration=_parse_seconds(document["seconds"]),
                took=_parse_seconds(document["took"]),
                files=tuple(DeliveredFile(**file) for file in document["files"]),
                remarks=tuple(map(str, document.get("remarks", ()))),  # older records have none
                language=str(document.get("language", "en")),
            )
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError):
            return None


def _parse_seconds(value: Any) -> Seconds:
    """Return a length of time in a record.

    Raises:
        ValueError: It is none.
    """
    seconds = float(value)
    if not 0 <= seconds < math.inf:
        raise ValueError(value)
    return seconds


def resolve_defaults(request: Request) -> Request:
    """Return the request with this machine's style and lexicon added.

    Another machine then makes the same production from it.
    """
    options = request.subtitles
    default_style = options.style or style.load_for_language(request.voice.language)
    user_lexicon = lexicon.load_user_lexicon()
    cast = {
        speaker: replace(voice, lexicon=Lexicon(voice.lexicon).over(user_lexicon).entries)
        for speaker, voice in request.cast.items()
    }
    return replace(request, subtitles=replace(options, style=default_style), cast=cast)


def compute_fingerprint(request: Request) -> str:
    """Return a SHA-256 of all that decides a production's bytes.

    The track number is left out.

    Args:
        request: A request from `resolve_defaults`.
    """
    versions = {speaker: sound_version(voice) for speaker, voice in request.cast.items()}
    without_track = replace(request.audio, track=0)
    relevant = replace(request, output=Path(), force=False, audio=without_track)
    content = to_plain([FORMAT, version("speechcast"), versions, relevant])
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def to_plain(value: Any) -> Any:
    """Return the value as lists, strings and numbers.

    Equal values give equal results: fields that do not take part in a comparison are left out.

    Raises:
        TypeError: The value holds an object of another type.
    """
    if isinstance(value, Enum):
        return to_plain(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return [to_plain(getattr(value, f.name)) for f in fields(value) if f.compare]
    if isinstance(value, Mapping):
        return sorted([str(key), to_plain(item)] for key, item in value.items())
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Path | Fraction):
        return str(value)
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"a fingerprint cannot be made of {type(value).__name__}")
