"""`speechcast.toml`: preferences for a folder's speeches and its subfolders'.

    voice = "report"
    subtitles = "srt,vtt"
    lexicon = "names.toml"
    [cast]
    "主持人" = "local-xiaoyi"

A speech has the settings of the nearest file alone: the one in its own folder, else in the next
folder upward, as far as the batch's folder. A path in the file starts from the file's folder.
Options of the command and the front matter of a speech take precedence over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from ..config_files import ConfigTable
from ..documents.front_matter import FrontMatter, clean_label
from ..errors import PresetError
from ..files import is_inside
from ..messages import _
from ..preferences import Preferences, preferences_in
from ..printable import quote
from ..subtitles.formats import registry as formats

SETTINGS_FILE = "speechcast.toml"
_TEXT_KEYS = ("voice", "style", "rate", "lexicon")


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """The settings of a folder.

    Attributes:
        preferences: Voice, style, rate, lexicon and cast.
        formats: The subtitle formats; None if the file does not name any.
    """

    preferences: Preferences = Preferences()
    formats: tuple[str, ...] | None = None


def find_settings_file(root: Path, folder: PurePosixPath) -> Path | None:
    """Return the settings file that applies to a folder, or None.

    Args:
        root: The batch's folder, where the search upward ends.
        folder: The path of the folder from `root`.
    """
    for candidate in (folder, *folder.parents):
        path = root / candidate / SETTINGS_FILE
        if path.is_file():
            return path
    return None


def load_settings(
    root: Path, folder: PurePosixPath, *, follow_links: bool = False
) -> FolderSettings:
    """Return the settings of the speeches in a folder; see `find_settings_file`.

    Raises:
        PresetError: The settings file is broken, or a link that leads out of `root`.
        SourceError: A label of the cast is empty.
    """
    path = find_settings_file(root, folder)
    if path is None:
        return FolderSettings()
    if not (follow_links or is_inside(path, root)):
        raise PresetError(
            _("{path} is a link that leads out of the folder; put a file there").format(path=path)
        )
    return _read(path, path.stat().st_mtime_ns, None if follow_links else root)


@lru_cache(maxsize=256)
def _read(path: Path, _modified: int, root: Path | None) -> FolderSettings:
    """Read a settings file; the time of change keys the cache."""
    table = ConfigTable.read(path)
    if "project" in table.values:
        raise PresetError(
            _(
                "{path} is that of a studio's project, which a batch does not take; make it "
                "with: speechcast make {parent}"
            ).format(path=path, parent=quote(str(path.parent)))
        )
    table.require_only((*_TEXT_KEYS, "subtitles", "cast"))
    texts = {key: table.get_text(key) for key in _TEXT_KEYS if key in table.values}
    cast = table.get_table("cast")
    voices = {clean_label(label, str(path)): cast.get_text(label) for label in cast.values}
    front_matter = FrontMatter(**texts, cast=voices)
    subtitles = (
        tuple(formats.parse_subtitle_formats(table.get_text("subtitles")))
        if "subtitles" in table.values
        else None
    )
    return FolderSettings(preferences_in(front_matter, path.parent, root), subtitles)
