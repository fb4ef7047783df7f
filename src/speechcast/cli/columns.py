"""Text in the columns of a terminal, where a Chinese character takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..text.han import FIRST_EAST_ASIAN

_WIDE = rf"{FIRST_EAST_ASIAN}-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60"
_OPENERS = "“‘「『（《〈【(\\["
_CLOSERS = "”’」』）》〉】，。；：、！？…)\\],.;:!?"
# What no line breaks: a short note in brackets, a Chinese character, or a run of others, with the
# marks that belong to it.
_PIECE = re.compile(
    rf"\[[^\[\]]{{1,30}}\]|[{_OPENERS}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENERS}]+|[{_OPENERS}]+)[{_CLOSERS}]*"
)


def measure(text: str) -> int:
    """Return the columns of a terminal that a text takes.

    There “ is one column wide; in typesetting (`whitespace.display_width`) it is two.

    >>> measure("5%"), measure("银行")
    (2, 4)
    """
    return sum(map(_measure_character, text))


def pad(text: str, width: int) -> str:
    """Return the text with blanks after it, up to `width` columns."""
    return text + " " * (width - measure(text))


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a paragraph, none wider than `width` columns unless a word is.

    >>> wrap("每条字幕都与声音同时出现。", 16)
    ['每条字幕都与声音', '同时出现。']
    """
    lines = [""]
    for gap, piece in _split(text):
        if lines[-1] and measure(lines[-1] + gap + piece) > width:
            lines.append(piece)
        else:
            lines[-1] += (gap if lines[-1] else "") + piece
    return lines


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a text, each with the blank before it, or ""."""
    end = 0
    for match in _PIECE.finditer(text):
        yield " " if match.start() > end else "", match.group()
        end = match.end()


def _measure_character(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
