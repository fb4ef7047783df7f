"""Tags as ID3v2.4: in front of an MP3, in a chunk of its own in a WAV.

Chapters are as "ID3v2 Chapter Frame Addendum, C. Newell" has them, lyrics both whole (USLT) and
line by line (SYLT).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mutagen import id3
from mutagen.mp3 import MP3
from mutagen.wave import WAVE

from .model import GENRE, Tags, TimedText

_NO_OFFSET = 0xFFFFFFFF  # a chapter's place in bytes, which its times make needless
_MILLISECONDS, _LYRICS = 2, 1  # SYLT's unit and kind


def write_mp3(path: Path, tags: Tags) -> None:
    """Label an MP3."""
    file = MP3(path)
    if file.tags is None:
        file.add_tags()
    _add_frames(file.tags, tags)
    file.save(v1=0)


def write_wav(path: Path, tags: Tags) -> None:
    """Label a WAV; one of more than 4 GB, an RF64, has no place for it."""
    with path.open("rb") as file:
        if file.read(4) != b"RIFF":
            return
    sound = WAVE(path)
    if sound.tags is None:
        sound.add_tags()
    _add_frames(sound.tags, tags)
    sound.save()


def _add_frames(frames: Any, tags: Tags) -> None:
    for frame in (*_text_frames(tags), *_lyrics_frames(tags), *_chapter_frames(tags)):
        frames.add(frame)
    if tags.cover:
        mime, data = tags.cover.mime, tags.cover.data
        front = id3.PictureType.COVER_FRONT
        frames.add(id3.APIC(encoding=3, mime=mime, type=front, desc="", data=data))


def _text_frames(tags: Tags) -> Iterator[Any]:
    said: dict[Any, str] = {
        id3.TIT2: tags.title,
        id3.TPE1: tags.speaker,
        id3.TALB: tags.album,
        id3.TDRC: tags.date,
        id3.TRCK: _format_track(tags),
        id3.TLAN: tags.language_code,
        id3.TCON: GENRE,
    }
    for frame, text in said.items():
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


def _chapter_frames(tags: Tags) -> Iterator[Any]:
    names = _chapter_ids(tags.chapters)
    for name, chapter in zip(names, tags.chapters, strict=True):
        yield id3.CHAP(
            element_id=name,
            start_time=chapter.start,
            end_time=chapter.end,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=3, text=[chapter.text])],
        )
    if names:
        flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
        yield id3.CTOC(element_id="toc", flags=flags, child_element_ids=names, sub_frames=[])


def _chapter_ids(chapters: Sequence[TimedText]) -> list[str]:
    """What the frames are called, which nobody sees.

    mutagen writes short frames first, then goes by their names. Some players show chapters as they
    stand in the file, so the names make all frames equally long.
    """
    sizes = [len(chapter.text.encode()) for chapter in chapters]
    return [f"ch{number:05}" + "-" * (max(sizes) - size) for number, size in enumerate(sizes)]
