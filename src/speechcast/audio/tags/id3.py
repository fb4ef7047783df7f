"""ID3v2.4 tags of an MP3 or a WAV.

They are at the start of an MP3, and in a separate chunk of a WAV. Chapters follow the "ID3v2
Chapter Frame Addendum" by C. Newell. Lyrics are written whole (USLT) and line by line (SYLT);
the times of words are in a private frame (PRIV), which no player shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mutagen import id3
from mutagen.mp3 import MP3
from mutagen.wave import WAVE

from .model import GENRE, Tags, TimedText
from .word_times import OWNER, encode_words

_NO_OFFSET = 0xFFFFFFFF  # no byte offset of a chapter: its times count
# Of a table of contents, whose count is one byte (ID3v2 Chapter Frame Addendum).
_MAX_CHILDREN = 255
_MILLISECONDS, _LYRICS = 2, 1  # SYLT's unit and kind


def write_mp3(path: Path, tags: Tags) -> None:
    """Write the tags into an MP3."""
    file = MP3(path)
    if file.tags is None:
        file.add_tags()
    _add_frames(file.tags, tags)
    file.save(v1=0)


def write_wav(path: Path, tags: Tags) -> None:
    """Write the tags into a WAV.

    An RF64, a WAV of more than 4 GB, has no place for them and stays unchanged.
    """
    with path.open("rb") as stream:
        if stream.read(4) != b"RIFF":
            return
    file = WAVE(path)
    if file.tags is None:
        file.add_tags()
    _add_frames(file.tags, tags)
    file.save()


def _add_frames(frames: Any, tags: Tags) -> None:
    for frame in (*_text_frames(tags), *_lyrics_frames(tags), *_chapter_frames(tags)):
        frames.add(frame)
    if tags.cover:
        mime, data = tags.cover.mime, tags.cover.data
        front = id3.PictureType.COVER_FRONT
        frames.add(id3.APIC(encoding=3, mime=mime, type=front, desc="", data=data))


def _text_frames(tags: Tags) -> Iterator[Any]:
    texts: dict[Any, str] = {
        id3.TIT2: tags.title,
        id3.TPE1: tags.speaker,
        id3.TALB: tags.album,
        id3.TDRC: tags.date,
        id3.TRCK: _format_track(tags),
        id3.TLAN: tags.language_code,
        id3.TCON: GENRE,
    }
    for frame, text in texts.items():
        if text:
            yield frame(encoding=3, text=[text])
    if tags.voice:
        yield id3.TXXX(encoding=3, desc="VOICE", text=[tags.voice])


def _format_track(tags: Tags) -> str:
    number = str(tags.track or "")
    return f"{number}/{tags.tracks}" if number and tags.tracks else number


def _lyrics_frames(tags: Tags) -> Iterator[Any]:
    if tags.text:
        yield id3.USLT(encoding=3, lang=tags.language_code, desc="", text=tags.text)
    if tags.lyrics:
        lines = [(line.text, line.start) for line in tags.lyrics]
        yield id3.SYLT(
            encoding=3,
            lang=tags.language_code,
            format=_MILLISECONDS,
            type=_LYRICS,
            desc="",
            text=lines,
        )
    if tags.words:
        yield id3.PRIV(owner=OWNER, data=encode_words(tags.words).encode("ascii"))


def _chapter_frames(tags: Tags) -> Iterator[Any]:
    ids = _chapter_ids(tags.chapters)
    for element_id, chapter in zip(ids, tags.chapters, strict=True):
        yield id3.CHAP(
            element_id=element_id,
            start_time=chapter.start,
            end_time=chapter.end,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=3, text=[chapter.text])],
        )
    if ids:
        yield from _contents_frames("toc", ids, id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED)


def _contents_frames(element_id: str, children: Sequence[str], flags: int) -> Iterator[Any]:
    """Yield a table of contents, and those in it if it has more children than one can name."""
    if len(children) > _MAX_CHILDREN:
        share = -(-len(children) // _MAX_CHILDREN)
        parts = [children[i : i + share] for i in range(0, len(children), share)]
        children = [f"{element_id}-{number:03}" for number in range(len(parts))]
        for part_id, part in zip(children, parts, strict=True):
            yield from _contents_frames(part_id, part, id3.CTOCFlags.ORDERED)
    yield id3.CTOC(element_id=element_id, flags=flags, child_element_ids=children, sub_frames=[])


def _chapter_ids(chapters: Sequence[TimedText]) -> list[str]:
    """Return an ID for each chapter's frame, which no player shows.

    mutagen writes short frames first, then orders them by their IDs. Some players show chapters in
    the order of the file, so the IDs make all frames equally long.
    """
    sizes = [len(chapter.text.encode()) for chapter in chapters]
    return [f"ch{number:05}" + "-" * (max(sizes) - size) for number, size in enumerate(sizes)]
