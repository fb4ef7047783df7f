"""The tags of an audio file, the same for every format.

`id3.py` writes them for mp3 and wav, `mp4.py` for m4b, `vorbis.py` for opus and flac, all with
mutagen. What a format has no room for is left out.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ...errors import UsageError, explain_os_error
from ...messages import _
from ...units import Milliseconds

GENRE = "Speech"

_IMAGE_SIGNATURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_ISO_639_2 = {  # ISO 639-1 to ISO 639-2, for the languages of the voices
    "zh": "zho", "en": "eng", "es": "spa", "fr": "fra", "hi": "hin", "it": "ita", "ja": "jpn",
    "pt": "por", "de": "deu", "ko": "kor", "ru": "rus",
}  # fmt: skip
TAGGED_LANGUAGES = {code: language for language, code in _ISO_639_2.items()}  # and back


class TimedText(NamedTuple):
    """A text with its times: a chapter's title or a lyrics line."""

    text: str
    start: Milliseconds
    end: Milliseconds


class TimedRange(NamedTuple):
    """The characters from `start` to `end` (not included) of a text, heard from `time` on."""

    start: int
    end: int
    time: Milliseconds


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover picture.

    Attributes:
        mime: its media type.
        encoded: its bytes in base64, so that a request is plain text throughout.
    """

    mime: str
    encoded: str

    @property
    def data(self) -> bytes:
        """Return the bytes of the picture."""
        return base64.b64decode(self.encoded)

    @classmethod
    def read(cls, path: Path) -> Cover:
        """Read the picture in a file.

        Raises:
            UsageError: the file cannot be read, or is neither JPEG nor PNG.
        """
        try:
            data = path.read_bytes()
        except OSError as exc:
            raise UsageError(
                _("the cover {path} cannot be read ({reason}); check the path").format(
                    path=path, reason=explain_os_error(exc)
                )
            ) from exc
        for signature, mime in _IMAGE_SIGNATURES.items():
            if data.startswith(signature):
                return cls(mime, base64.b64encode(data).decode("ascii"))
        raise UsageError(
            _("the cover {path} is neither JPEG nor PNG; players show only these").format(path=path)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """The tags of an audio file; empty ones are not written.

    Attributes:
        title: of the speech.
        speaker: the artist, to a player.
        date: as ISO 8601, or a part of it.
        album: a series of speeches.
        track: the number in the album.
        tracks: how many there are in the album.
        voice: the names of the voices.
        language: a tag such as zh-CN.
        text: the whole speech.
        lyrics: its lines with their times.
        words: the words of the text with their times, for `speechcast page`.
        chapters: their titles with their times.
        cover: the picture that players show.
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
    words: tuple[TimedRange, ...] = ()
    chapters: tuple[TimedText, ...] = ()
    cover: Cover | None = None

    @property
    def language_code(self) -> str:
        """Return the language's ISO 639-2 code, `und` if unknown."""
        primary = self.language.split("-")[0].lower()
        return _ISO_639_2.get(primary, primary if len(primary) == 3 else "und")
