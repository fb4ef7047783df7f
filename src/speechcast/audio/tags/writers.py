"""Write tags into a file of any format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name

from .model import Tags

_WRITERS = {  # by the name of the format: the function that writes its tags
    "mp3": "speechcast.audio.tags.id3:write_mp3",
    "wav": "speechcast.audio.tags.id3:write_wav",
    "m4b": "speechcast.audio.tags.mp4:write_m4b",
    "opus": "speechcast.audio.tags.vorbis:write_opus",
    "flac": "speechcast.audio.tags.vorbis:write_flac",
}


def write_tags(path: Path, format_name: str, tags: Tags) -> None:
    """Write the tags into a file; `format_name` is a key of `AUDIO_FORMATS`."""
    write: Callable[[Path, Tags], None] = resolve_name(_WRITERS[format_name])
    write(path, tags)
