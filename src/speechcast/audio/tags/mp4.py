"""iTunes tags in an MP4.

`encode.py` writes its chapters together with the sound.
"""

from __future__ import annotations

from pathlib import Path

from mutagen.mp4 import MP4, MP4Cover

from .model import GENRE, Tags

_AUDIOBOOK = 2  # the media kind for which players remember the position
_CUSTOM_PREFIX = "----:com.apple.iTunes:"
_COVER_FORMATS = {"image/jpeg": MP4Cover.FORMAT_JPEG, "image/png": MP4Cover.FORMAT_PNG}


def write_m4b(path: Path, tags: Tags) -> None:
    """Write the tags into an M4B."""
    file = MP4(path)
    if file.tags is None:
        file.add_tags()
    texts = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.speaker,
        "\xa9alb": tags.album,
        "\xa9day": tags.date,
        "\xa9gen": GENRE,
        "\xa9lyr": tags.text,
    }
    for atom, text in texts.items():
        if text:
            file[atom] = [text]
    for name, text in {"LANGUAGE": tags.language_code, "VOICE": tags.voice}.items():
        if text:
            file[_CUSTOM_PREFIX + name] = [text.encode()]
    file["stik"] = [_AUDIOBOOK]
    if tags.track:
        file["trkn"] = [(tags.track, tags.tracks)]
    if tags.cover:
        file["covr"] = [MP4Cover(tags.cover.data, _COVER_FORMATS[tags.cover.mime])]
    file.save()
