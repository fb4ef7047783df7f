"""`speechcast.toml`: what is wished for the speeches of a folder and of those below it.

    voice = "report"
    subtitles = "srt,vtt"
    lexicon = "names.toml"
    [cast]
    主持人 = "xiaoxiao"

For a speech the nearest one holds, alone: in its own folder, else in the next one upward, to the
batch's folder and no further. A path in it starts from where it lies. What an option of the command
or the speech's front matter says holds before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from ..config_files import ConfigTable
from ..documents.front_matter import FrontMatter
from ..request import Preferences, preferences_in
from ..subtitles.formats import registry as formats

NAME = "speechcast.toml"
_TEXTS = ("voice", "style", "rate", "lexicon")


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """What a folder's file wishes; `formats` are of the subtitles, None where it names none."""

    preferences: Preferences = Preferences()
    formats: tuple[str, ...] | None = None


def nearest(root: Path, folder: PurePosixPath) -> Path | None:
    """The file that holds for the speeches in `folder`, a path from `root`."""
    for near in (folder, *folder.parents):
        path = root / near / NAME
        if path.is_file():
            return path
    return None


def settings(root: Path, folder: PurePosixPath) -> FolderSettings:
    """The settings of the speeches in `folder`. Raises PresetError for a file that is broken."""
    path = nearest(root, folder)
    return _read(path, path.stat().st_mtime_ns) if path else FolderSettings()


@lru_cache(maxsize=256)
def _read(path: Path, _: int) -> FolderSettings:
    table = ConfigTable.read(path)
    table.require_only((*_TEXTS, "subtitles", "cast"))
    texts = {key: table.get_text(key) for key in _TEXTS if key in table.values}
    cast = table.get_table("cast")
    matter = FrontMatter(**texts, cast={who: cast.get_text(who) for who in cast.values})
    listed = (
        tuple(formats.parse_subtitle_formats(table.get_text("subtitles")))
        if "subtitles" in table.values
        else None
    )
    return FolderSettings(preferences_in(matter, path.parent), listed)
