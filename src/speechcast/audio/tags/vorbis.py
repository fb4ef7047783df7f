"""Vorbis comments in Opus and FLAC.

Chapters follow https://wiki.xiph.org/Chapter_Extension; the timed lyrics are an LRC in
SYNCEDLYRICS.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from mutagen.flac import FLAC, Picture
from mutagen.id3 import PictureType
from mutagen.oggopus import OggOpus

from .model import GENRE, Cover, Tags, TimedText


def write_flac(path: Path, tags: Tags) -> None:
    """Write the tags into a FLAC."""
    file = FLAC(path)
    _add_comments(file, tags)
    if tags.cover:
        file.add_picture(_make_picture(tags.cover))
    file.save()


def write_opus(path: Path, tags: Tags) -> None:
    """Write the tags into an Opus file."""
    file = OggOpus(path)
    _add_comments(file, tags)
    if tags.cover:
        block = base64.b64encode(_make_picture(tags.cover).write())
        file["METADATA_BLOCK_PICTURE"] = [block.decode("ascii")]
    file.save()


def _add_comments(file: Any, tags: Tags) -> None:
    texts = {
        "TITLE": tags.title,
        "ARTIST": tags.speaker,
        "ALBUM": tags.album,
        "DATE": tags.date,
        "TRACKNUMBER": str(tags.track or ""),
        "TRACKTOTAL": str(tags.tracks or ""),
        "GENRE": GENRE,
        "LANGUAGE": tags.language_code,
        "VOICE": tags.voice,
        "LYRICS": tags.text,
        "SYNCEDLYRICS": "\n".join(
            f"[{_format_lrc_time(line.start)}]{line.text}" for line in tags.lyrics
        ),
    }
    for name, text in texts.items():
        if text:
            file[name] = [text]
    for number, chapter in enumerate(tags.chapters):
        for name, text in _chapter_comments(number, chapter).items():
            file[name] = [text]


def _chapter_comments(number: int, chapter: TimedText) -> dict[str, str]:
    minutes, ms = divmod(chapter.start, 60_000)
    time = f"{minutes // 60:02}:{minutes % 60:02}:{ms // 1000:02}.{ms % 1000:03}"
    return {f"CHAPTER{number:03}": time, f"CHAPTER{number:03}NAME": chapter.text}


def _format_lrc_time(ms: int) -> str:
    minutes, rest = divmod(round(ms / 10), 6000)
    return f"{minutes:02}:{rest // 100:02}.{rest % 100:02}"


def _make_picture(cover: Cover) -> Picture:
    picture = Picture()
    picture.type, picture.mime, picture.data = PictureType.COVER_FRONT, cover.mime, cover.data
    return picture
