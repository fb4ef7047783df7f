"""Subtitle styles, read from TOML files: rules of readable cues.

The styles that come with speechcast are in the folder `styles`. Those named netflix follow the
Netflix timed text style guides for Simplified Chinese and English: characters a line, lines,
reading speed, duration and gap. The others, and the limits below, were written by hand for this
project after common practice in Chinese video.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from pathlib import Path

from ..config_files import ConfigKind, ConfigTable
from ..messages import mark
from ..units import Seconds

STYLES = ConfigKind(
    mark("style"),
    "styles",
    Path(__file__).parents[1] / "styles",
    mark("there are video, vertical, netflix-zh, netflix-en, verbatim"),
)
_DEFAULT_STYLES = {"zh": "video", "en": "netflix-en"}
_COUNTS = {"full-width": 1, "half-width": 2}  # how many characters a full-width one counts
_CHARACTERS = mark("characters from {low:g} to {high:g}")
_LINES = mark("lines from {low:g} to {high:g}")
_SPEED = mark("characters a second from {low:g} to {high:g}")
_SECONDS = mark("seconds from {low:g} to {high:g}")
_LIMITS = {  # of each number in a style file: the lowest, the highest, the message for them
    "width": (4, 200, _CHARACTERS),
    "lines": (1, 2, _LINES),
    "speed": (0, 100, _SPEED),
    "shortest": (0, 5, _SECONDS),
    "longest": (1, 60, _SECONDS),
    "gap": (0, 1, _SECONDS),
    "linger": (0, 0.5, _SECONDS),
    "close": (0, 0.5, _SECONDS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The rules of a cue.

    Attributes:
        name: of the style file, without its suffix.
        description: in a few words.
        count: how characters are counted: `full-width` or `half-width` ones.
        width: characters a line at most.
        lines: lines a cue at most, 1 or 2.
        speed: characters a second at most; 0 for no limit.
        shortest: the shortest time that a cue should be shown.
        longest: the longest time that a cue may be shown.
        gap: the shortest time between two cues.
        linger: how long a cue stays after its last sound.
        close: a pause up to this long is bridged.
        punctuation: `keep`, or `spaces`: no mark at a line's end, a space for a comma inside.
    """

    name: str
    description: str
    count: str
    width: float
    lines: int
    speed: float
    shortest: Seconds
    longest: Seconds
    gap: Seconds
    linger: Seconds
    close: Seconds
    punctuation: str

    def count_characters(self, text: str) -> float:
        """Return the number of characters, as the style counts them."""
        return count_full_widths(text) * _COUNTS[self.count]

    def reading_speed(self, text: str, seconds: Seconds) -> float:
        """Return the characters to read per second; spaces do not count."""
        return self.count_characters("".join(text.split())) / seconds


def load(name: str) -> Style:
    """Load the style of this name or at this path.

    Raises:
        PresetError: there is none, or the file has a mistake.
    """
    path = STYLES.find_path(name)
    table = ConfigTable.read(path)
    table.require_only([f.name for f in fields(Style) if f.name != "name"])
    numbers = {key: table.get_number(key, *allowed) for key, allowed in _LIMITS.items()}
    return Style(
        name=path.stem,
        description=table.get_text("description"),
        count=table.get_choice("count", _COUNTS),
        width=numbers["width"],
        lines=int(numbers["lines"]),
        speed=numbers["speed"],
        shortest=numbers["shortest"],
        longest=numbers["longest"],
        gap=numbers["gap"],
        linger=numbers["linger"],
        close=numbers["close"],
        punctuation=table.get_choice("punctuation", ("keep", "spaces")),
    )


def load_for_language(language: str) -> Style:
    """Load the default style for a language, a tag such as zh-CN."""
    return load(_DEFAULT_STYLES.get(language.split("-", maxsplit=1)[0], "video"))


def count_full_widths(text: str) -> float:
    """Return the text's width in full-width characters.

    It follows Unicode's East Asian Width (UAX #11).

    >>> count_full_widths("增长5.2%")
    4.0
    """
    return sum(0.5 if unicodedata.east_asian_width(c) in {"H", "Na", "N"} else 1.0 for c in text)
