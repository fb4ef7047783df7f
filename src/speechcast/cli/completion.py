"""What a shell completes for the values of options; nothing here imports an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ..errors import PresetError
from ..messages import _

Completer = Callable[[str], list[str]]

_ENCODINGS = ("utf-8", "gb18030", "gbk", "big5", "utf-16")  # of the texts that users have


def complete_from(*values: str) -> Completer:
    """Return what completes one of the values."""

    def complete_value(incomplete: str) -> list[str]:
        return [value for value in values if value.startswith(incomplete)]

    return complete_value


complete_encodings = complete_from(*_ENCODINGS)


def complete_audio_formats(incomplete: str) -> list[str]:
    """Return the lists of audio formats that begin so."""
    from ..audio.formats import AUDIO_FORMATS

    return _complete_list(incomplete, AUDIO_FORMATS)


def complete_subtitle_formats(incomplete: str) -> list[str]:
    """Return the lists of subtitle formats that begin so."""
    from ..subtitles.formats.registry import SUBTITLE_SUFFIXES

    return _complete_list(incomplete, SUBTITLE_SUFFIXES)


def complete_loudness(incomplete: str) -> list[str]:
    """Return the loudness targets that begin so."""
    from ..audio.targets import TARGETS

    return complete_from(*TARGETS)(incomplete)


def complete_voices(incomplete: str) -> list[tuple[str, str]]:
    """Return the presets that begin so, each with its description."""
    from ..voices.presets import AUTO, PRESETS

    return _complete_files(incomplete, PRESETS.list_files() | {AUTO: None})


def complete_styles(incomplete: str) -> list[tuple[str, str]]:
    """Return the styles of subtitles that begin so, each with its description."""
    from ..subtitles.style import STYLES

    return _complete_files(incomplete, STYLES.list_files())


def complete_languages(incomplete: str) -> list[str]:
    """Return the languages of presets that begin so."""
    from ..voices.presets import PRESETS

    tags = {_read_text(path, "language") for path in PRESETS.list_files().values()}
    codes = {tag.partition("-")[0] for tag in tags}
    return sorted(t for t in tags | codes if t and t.lower().startswith(incomplete.lower()))


def _complete_list(incomplete: str, values: Iterable[str]) -> list[str]:
    """Return the list with its last value completed by one that is not in it yet.

    >>> _complete_list("mp3,m", ["mp3", "m4b", "wav"])
    ['mp3,m4b']
    """
    before, comma, last = incomplete.rpartition(",")
    left = (v for v in values if v not in before.split(",") and v.startswith(last))
    return [f"{before}{comma}{value}" for value in left]


def _complete_files(incomplete: str, files: Mapping[str, Path | None]) -> list[tuple[str, str]]:
    return [
        (name, _(_read_text(path, "description")) if path else "")
        for name, path in sorted(files.items())
        if name.startswith(incomplete)
    ]


def _read_text(path: Path, key: str) -> str:
    """Return a text of a configuration file, "" if the file is broken."""
    from ..config_files import ConfigTable

    try:
        return ConfigTable.read(path).get_text(key)
    except PresetError:
        return ""
