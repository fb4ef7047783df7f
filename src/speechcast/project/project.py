"""A speech, its settings, its readings and what is set by hand, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePath

from .. import documents
from ..adjustments import Adjustment, SentenceKey
from ..documents import FRONT_MATTER_SUFFIXES, Document
from ..text import encodings
from ..units import Seconds

SPEECH_FILE = "speech.txt"  # of a text that was pasted


@dataclass(frozen=True, slots=True)
class SpeechFile:
    """The file of a speech.

    Attributes:
        name: Its name, whose suffix decides how it is read.
        data: Its content; that of a text is UTF-8.
    """

    name: str
    data: bytes

    @property
    def is_text(self) -> bool:
        """Whether it is plain text or Markdown."""
        return PurePath(self.name).suffix.lower() not in _BINARY

    @property
    def text(self) -> str:
        """The text of a text file."""
        return self.data.decode()

    def read(self) -> Document:
        """Return the document.

        Raises:
            SourceError: It cannot be read.
        """
        return _read(self)


_BINARY = tuple(s for s in documents.READABLE_SUFFIXES if s not in FRONT_MATTER_SUFFIXES)


def open_speech(name: str, data: bytes) -> SpeechFile:
    """Return the file of a speech, called `speech`; a text in any encoding becomes UTF-8.

    Args:
        name: The name of the document, whose suffix decides how it is read.
        data: Its content.

    Raises:
        SourceError: It is no document.
    """
    documents.parse_file(data, Path(name))
    suffix = documents.find_suffix(data, Path(name))
    file = SpeechFile(
        f"speech{suffix}" if suffix in documents.READABLE_SUFFIXES else SPEECH_FILE, data
    )
    if file.is_text:
        file = SpeechFile(file.name, encodings.decode_text(data, name).encode())
    return file


@lru_cache(maxsize=16)
def _read(file: SpeechFile) -> Document:
    return documents.parse_file(file.data, Path(file.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a project is to be made; "" and None leave it to the speech or the voice.

    Attributes:
        voice: The name of a preset.
        rate: In per cent above (or below) the engine's own.
        style: The name of a subtitle style.
        loudness: The name of a loudness target, or LUFS.
        formats: The names of the formats of the sound.
        subtitles: The names of the formats of the subtitles.
        fit: How long the whole is to last.
        pauses: How long the pauses are, times the voice's own.
        sentence_pauses: How long those between sentences are, times what they would be.
        paragraph_pauses: How long those between paragraphs are, times what they would be.
        cast: The preset of each speaker, by the speaker's label.
    """

    voice: str = ""
    rate: int | None = None
    style: str = ""
    loudness: str = ""
    formats: tuple[str, ...] = ("mp3",)
    subtitles: tuple[str, ...] = ("srt",)
    fit: Seconds | None = None
    pauses: float = 1.0
    sentence_pauses: float = 1.0
    paragraph_pauses: float = 1.0
    cast: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project.

    Attributes:
        name: What its files are called, without a suffix.
        speech: The file of the speech.
        settings: How it is to be made.
        readings: What is said for a word, by the word: text or pinyin, as in a lexicon.
        adjustments: What is set for single sentences.
    """

    name: str
    speech: SpeechFile
    settings: Settings = Settings()
    readings: Mapping[str, str] = field(default_factory=dict, hash=False)
    adjustments: Mapping[SentenceKey, Adjustment] = field(default_factory=dict, hash=False)

    def adjusted(self, key: SentenceKey, adjustment: Adjustment) -> Project:
        """Return the project with another adjustment of a sentence; an empty one is removed."""
        others = {k: a for k, a in self.adjustments.items() if k != key}
        changed = others if adjustment.empty else {**others, key: adjustment}
        return replace(self, adjustments=changed)
