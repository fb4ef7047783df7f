"""What a sound file says of itself: the same in every format, as far as it has room for it.

id3.py does it for mp3 and wav, mp4.py for m4b, vorbis.py for opus and flac, all by mutagen.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ...errors import UsageError

GENRE = "Speech"

_IMAGE_SIGNATURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_ISO_639_2 = {  # ISO 639-1 to 639-2, of the languages there are voices for
    "zh": "zho", "en": "eng", "es": "spa", "fr": "fra", "hi": "hin", "it": "ita", "ja": "jpn",
    "pt": "por", "de": "deu", "ko": "kor", "ru": "rus",
}  # fmt: skip


class TimedText(NamedTuple):
    """A text from `start` to `end`, in milliseconds: a chapter's title, or a line of the lyrics."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture: its media type, and its bytes in base64 (plain text, as all of an order is)."""

    mime: str
    encoded: str

    @property
    def data(self) -> bytes:
        return base64.b64decode(self.encoded)

    @classmethod
    def read(cls, path: Path) -> Cover:
        """The picture in a file. Raises UsageError for what is no JPEG and no PNG."""
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise UsageError(f"the cover {path} cannot be read ({exc.strerror})") from exc
        for start, mime in _IMAGE_SIGNATURES.items():
            if data.startswith(start):
                return cls(mime, base64.b64encode(data).decode("ascii"))
        raise UsageError(f"the cover {path} is no JPEG and no PNG; players show only these")


@dataclass(frozen=True, slots=True)
class Tags:
    """What there is to say; what is empty or 0 is not said.

    `language` is a tag like zh-CN; `text` the whole speech; `lyrics` its lines as they are heard.
    """

    title: str = ""
    speaker: str = ""
    date: str = ""
    album: str = ""
    track: int = 0
    tracks: int = 0
    voice: str = ""
    language: str = ""
    text: str = ""
    lyrics: tuple[TimedText, ...] = ()
    chapters: tuple[TimedText, ...] = ()
    cover: Cover | None = None

    @property
    def language_code(self) -> str:
        """The language as three letters of ISO 639-2; `und` where it has none."""
        first = self.language.split("-")[0].lower()
        return _ISO_639_2.get(first, first if len(first) == 3 else "und")
