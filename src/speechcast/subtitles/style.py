"""How cues are to be read: style files to styles. Ours are in `styles/`; see settings.py."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from pathlib import Path

from ..config_files import ConfigKind, Table

STYLES = ConfigKind(
    "style",
    "styles",
    Path(__file__).parents[1] / "styles",
    "there are video, vertical, netflix-zh, netflix-en, verbatim",
)
_BY_LANGUAGE = {"zh": "video", "en": "netflix-en"}
_COUNTS = {"full-width": 1, "half-width": 2}
_NUMBERS = {
    "width": (4, 200, "characters"),
    "lines": (1, 2, "lines"),
    "speed": (0, 100, "characters a second"),
    "shortest": (0, 5, "seconds"),
    "longest": (1, 60, "seconds"),
    "gap": (0, 1, "seconds"),
    "linger": (0, 0.5, "seconds"),
    "close": (0, 0.5, "seconds"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """The rules a cue is held to; lengths of time in seconds, see the comments in a style file."""

    name: str
    description: str
    count: str
    width: float
    lines: int
    speed: float
    shortest: float
    longest: float
    gap: float
    linger: float
    close: float
    punctuation: str

    def count_characters(self, text: str) -> float:
        """How many characters the text counts, as the style counts them."""
        return count_full_widths(text) * _COUNTS[self.count]

    def reading_speed(self, text: str, seconds: float) -> float:
        """The characters a second a reader must take in; spaces are not read."""
        return self.count_characters("".join(text.split())) / seconds


def load(name: str) -> Style:
    """The style called `name`, or of the style file at that path. Raises PresetError."""
    path = STYLES.path_of(name)
    table = Table.read(path)
    table.only([f.name for f in fields(Style) if f.name != "name"])
    numbers = {key: table.number(key, *allowed) for key, allowed in _NUMBERS.items()}
    return Style(
        name=path.stem,
        description=table.text("description"),
        count=table.choice("count", _COUNTS),
        width=numbers["width"],
        lines=int(numbers["lines"]),
        speed=numbers["speed"],
        shortest=numbers["shortest"],
        longest=numbers["longest"],
        gap=numbers["gap"],
        linger=numbers["linger"],
        close=numbers["close"],
        punctuation=table.choice("punctuation", ("keep", "spaces")),
    )


def load_for_language(language: str) -> Style:
    """The style a text in this language (`zh-CN`) has by default."""
    return load(_BY_LANGUAGE.get(language.split("-", maxsplit=1)[0], "video"))


def count_full_widths(text: str) -> float:
    """How many full-width characters the text is wide (Unicode's East Asian Width)."""
    return sum(0.5 if unicodedata.east_asian_width(c) in {"H", "Na", "N"} else 1.0 for c in text)
