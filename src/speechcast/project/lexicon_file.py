"""`lexicon.toml` of a project: what is said for words of its speech."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..config_files import ConfigTable
from ..frontend import lexicon
from .toml import format_table

_NOTE = "# Readings of this speech: pinyin with its tones, or what is to be said.\n"


def format_readings(readings: Mapping[str, str]) -> str:
    """Return the text of the file."""
    return _NOTE + format_table(dict(readings))


def parse_readings(path: Path) -> dict[str, str]:
    """Return the readings in the file at `path`; none if there is no such file.

    Raises:
        PresetError: The file is broken.
    """
    return readings_from_table(ConfigTable.read(path)) if path.exists() else {}


def readings_from_table(table: ConfigTable) -> dict[str, str]:
    """Return the readings in the table of a file; see `parse_readings`."""
    lexicon.from_table(table)
    return {word: table.get_text(word) for word in table.values}
