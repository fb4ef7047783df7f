"""The tags of a file, written in the way of its format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name

from .model import Tags

_WRITERS = {  # by format: the function that writes its tags
    "mp3": "speechcast.audio.tags.id3:mp3",
    "wav": "speechcast.audio.tags.id3:wav",
    "m4b": "speechcast.audio.tags.mp4:m4b",
    "opus": "speechcast.audio.tags.vorbis:opus",
    "flac": "speechcast.audio.tags.vorbis:flac",
}


def write_tags(path: Path, name: str, tags: Tags) -> None:
    """Write `tags` into the file at `path`, which is of the format called `name`."""
    write: Callable[[Path, Tags], None] = resolve_name(_WRITERS[name])
    write(path, tags)
