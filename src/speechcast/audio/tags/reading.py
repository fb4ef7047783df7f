"""Read the tags that `writers` writes, from any file that FFmpeg opens."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from ...errors import SourceError, explain_os_error
from ...messages import _
from .model import TAGGED_LANGUAGES, Tags, TimedText
from .word_times import OWNER, decode_words

_WORDS = f"id3v2_priv.{OWNER}"  # as FFmpeg names the frame


def read_tags(path: Path) -> Tags:
    """Return the title, the language, the text, its words and the chapters of an audio file.

    What it does not have is empty. The language is a tag such as `zh`.

    Raises:
        SourceError: The file cannot be opened.
    """
    import av

    try:
        with av.open(str(path), metadata_errors="replace") as container:
            streams = (stream.metadata for stream in container.streams.audio)
            fields = _fields(*streams, container.metadata)
            chapters = tuple(sorted(map(_chapter, container.chapters()), key=lambda c: c.start))
    except av.FFmpegError as exc:
        raise SourceError(
            _("{path} is not an audio file that PyAV can play ({reason})").format(
                path=path, reason=explain_os_error(exc)
            ),
            path,
        ) from exc
    return Tags(
        title=fields.get("title", ""),
        language=TAGGED_LANGUAGES.get(fields.get("language", ""), ""),
        text=fields.get("lyrics", ""),
        words=decode_words(fields.get(_WORDS, "")),
        chapters=chapters,
    )


def _fields(*dictionaries: dict[str, str]) -> dict[str, str]:
    """Return all fields by their names in lower case; the later ones hold.

    FFmpeg adds the language to the name of an ID3 lyrics field: `lyrics-zho`.
    """
    return {
        key.lower().split("-")[0]: value for fields in dictionaries for key, value in fields.items()
    }


def _chapter(chapter: Any) -> TimedText:
    base: Fraction = chapter["time_base"]
    start, end = (round(chapter[edge] * base * 1000) for edge in ("start", "end"))
    return TimedText(chapter["metadata"].get("title", ""), start, end)
