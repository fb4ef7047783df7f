"""`speechcast.toml` of a project: its settings.

    voice = "narrator"
    rate = "-5%"
    subtitles = "srt,vtt"
    lexicon = "lexicon.toml"

    [project]
    name = "closing-address"
    speech = "speech.txt"
    format = "mp3"
    loudness = "podcast"
    fit = "8:00"
    pauses = 1.2
    paragraph_pauses = 1.5

    [cast]
    "主持人" = "local-xiaoyi"

What stands above `[project]` is as in the `speechcast.toml` of a folder of speeches.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path, PurePath

from ..audio.formats import parse_audio_formats
from ..audio.targets import parse_target
from ..config_files import ConfigTable
from ..documents import READABLE_SUFFIXES
from ..documents.front_matter import clean_label
from ..errors import PresetError, UsageError
from ..messages import _, mark
from ..subtitles.formats.registry import parse_subtitle_formats
from ..synthesis.fit_duration import parse_duration
from ..units import Seconds
from .project import Settings
from .toml import Scalar, format_table

SETTINGS_FILE = "speechcast.toml"
LEXICON_FILE = "lexicon.toml"
_NOTE = (
    "# A project of speechcast: make it with speechcast make FOLDER, or open it in the studio.\n"
)
_KEYS = ("voice", "rate", "style", "subtitles", "lexicon", "project", "cast")
PAUSE_KEYS = ("pauses", "sentence_pauses", "paragraph_pauses")
_PROJECT_KEYS = ("name", "speech", "format", "loudness", "fit", *PAUSE_KEYS)
SHORTEST_PAUSES, LONGEST_PAUSES = 0.2, 3.0  # times a voice's own; chosen here


def format_settings(settings: Settings, name: str, speech: str) -> str:
    """Return the text of the file.

    Args:
        settings: The settings.
        name: The name of the project's files.
        speech: The name of the speech's file.
    """
    folder: dict[str, Scalar] = {
        "voice": settings.voice,
        "rate": "" if settings.rate is None else f"{settings.rate:+}%",
        "style": settings.style,
        "subtitles": ",".join(settings.subtitles),
        "lexicon": LEXICON_FILE,
    }
    project: dict[str, Scalar] = {
        "name": name,
        "speech": speech,
        "format": ",".join(settings.formats),
        "loudness": settings.loudness,
        "fit": "" if settings.fit is None else _format_seconds(settings.fit),
        **{key: factor for key in PAUSE_KEYS if (factor := getattr(settings, key)) != 1.0},
    }
    cast = f"\n[cast]\n{format_table(settings.cast)}" if settings.cast else ""
    return f"{_NOTE}{_table(folder)}\n[project]\n{_table(project)}{cast}"


def _format_seconds(seconds: Seconds) -> str:
    """Return a length to its last digit, and without an exponent, as `parse_duration` reads it.

    >>> _format_seconds(90.0), _format_seconds(1234.567), _format_seconds(0.00001)
    ('90', '1234.567', '0.00001')
    """
    return f"{Decimal(repr(seconds)):f}".removesuffix(".0")


def _table(values: dict[str, Scalar]) -> str:
    return format_table({key: value for key, value in values.items() if value != ""})


def parse_settings(path: Path) -> tuple[Settings, str, str]:
    """Return the settings in the file at `path`, the project's name and its speech's file.

    Raises:
        PresetError: The file is missing or broken, or that of no project.
        UsageError: A value is not allowed.
    """
    return settings_from_table(ConfigTable.read(path))


def settings_from_table(table: ConfigTable) -> tuple[Settings, str, str]:
    """Return the settings in the table of a file; see `parse_settings`."""
    path = table.path
    table.require_only(_KEYS)
    if "project" not in table.values:
        raise PresetError(
            _("{path} is that of a folder of speeches, not of a project").format(path=path)
        )
    project, cast = table.get_table("project"), table.get_table("cast")
    project.require_only(_PROJECT_KEYS)
    settings = Settings(
        voice=_text(table, "voice"),
        rate=_rate(table),
        style=_text(table, "style"),
        loudness=_loudness(project),
        formats=tuple(f.name for f in parse_audio_formats(_text(project, "format") or "mp3")),
        subtitles=tuple(parse_subtitle_formats(_text(table, "subtitles") or "srt")),
        fit=parse_duration(fit) if (fit := _text(project, "fit")) else None,
        **{key: _pause_factor(project, key) for key in PAUSE_KEYS},
        cast={clean_label(label, str(path)): cast.get_text(label) for label in cast.values},
    )
    return settings, project.get_text("name"), _speech_name(project)


def _text(table: ConfigTable, key: str) -> str:
    return table.get_text(key) if key in table.values else ""


def _pause_factor(table: ConfigTable, key: str) -> float:
    if key not in table.values:
        return 1.0
    limits = mark("times the voice's from {low:g} to {high:g}")
    return table.get_number(key, SHORTEST_PAUSES, LONGEST_PAUSES, limits)


def _rate(table: ConfigTable) -> int | None:
    text = _text(table, "rate")
    if not text:
        return None
    match = re.fullmatch(r"([+-]?[0-9]{1,3})%?", text)
    if not match:
        raise PresetError(
            _("{path}: rate is '{text}'; write it like +10%").format(path=table.path, text=text)
        )
    return int(match[1])


def _loudness(table: ConfigTable) -> str:
    loudness = _text(table, "loudness")
    if loudness:
        try:
            parse_target(loudness)
        except UsageError as exc:
            raise PresetError(_("{path}: {problem}").format(path=table.path, problem=exc)) from None
    return loudness


def _speech_name(table: ConfigTable) -> str:
    """Return the name of the speech's file, which lies in the project's folder itself."""
    name = table.get_text("speech")
    if PurePath(name).name != name or "\\" in name or not name.lower().endswith(READABLE_SUFFIXES):
        raise PresetError(
            _("{path}: speech is '{name}'; it must be the name of a document in its folder").format(
                path=table.path, name=name
            )
        )
    return name
