"""What several kinds of document have in common: white space, table rows, what is not installed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

from ..errors import SourceError
from ..model import BlockKind
from ..text.han import HAN_CLASS, is_east_asian
from .block import Block

LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Seen by no reader: controls, zero-width characters, marks of direction, soft hyphens, places of
# pictures, halves of characters.
DEBRIS = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_SET_APART = re.compile(rf"{HAN_CLASS}(?:[ \u3000]{{1,2}}{HAN_CLASS}){{1,24}}$")
_GAP_OF_TITLE = re.compile("[ \u3000]+")
_GAP = re.compile(r"(?<=\S) +(?=\S)")
_SPACES = re.compile(r"[ \t\u00a0]+")
_LINE_FEED = re.compile(r"[\n\r\f]")
_AROUND = 16  # characters
_OF_FIGURES = "0123456789%*"  # what stands next to Chinese characters without a space
_WRAP = re.compile(r"[ \t\n\r\f]+")


def lines(text: str) -> list[str]:
    """The lines of `text` that hold something, their white space as a reader sees it."""
    found = (unspaced(line.strip()) for line in LINE_END.split(DEBRIS.sub("", text)))
    return [_SPACES.sub(" ", line) for line in found if line]


def unspaced(line: str, *, everywhere: bool = False) -> str:
    """A line without the spaces that only set its characters apart, as in 序 言 or 李　强.

    `everywhere` they do, though the line is long: 人 人 生 而 自 由 。
    """
    if everywhere:
        return _GAP.sub(_gap, line)
    return _GAP_OF_TITLE.sub("", line) if _SET_APART.match(line) else line


def _gap(match: re.Match[str]) -> str:
    """A gap between two characters that are not Latin is nothing, a wider one a space."""
    before, after = match.string[match.start() - 1], match.string[match.end()]
    return "" if len(match[0]) == 1 and (is_wide(before) or is_wide(after)) else " "


def one_line(text: str) -> str:
    """The lines of `text` as one, as a heading set over several is read."""
    said = ""
    for line in lines(text):
        said = joined(said, line) if said else line
    return said


def joined(a: str, b: str) -> str:
    """Two lines as one: a space between them where either side is written with spaces."""
    return a + between(a, b) + b


def between(a: str, b: str) -> str:
    """What stands between two lines that become one: a space, or nothing."""
    ends = a[-1] + b[0]
    if not all(map(is_wide, ends)):
        in_chinese = any(map(_is_east_asian, ends)) and any(c in _OF_FIGURES for c in ends)
        return "" if in_chinese else " "
    # Quotes and dashes are either: what is around them tells.
    return "" if any(map(_is_east_asian, a[-_AROUND:] + b[:_AROUND])) else " "


def is_wide(char: str) -> bool:
    """Whether a character is set to the width of two Latin ones (quotes and dashes can be)."""
    kind = unicodedata.east_asian_width(char)
    return kind in "WF" or (kind == "A" and not char.isalpha())


def _is_east_asian(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def columns(text: str) -> int:
    """The width of `text` in half-width characters."""
    if not any(map(_is_east_asian, text)):
        return len(text)
    return len(text) + sum(map(is_wide, text))


def flowed(text: str) -> str:
    """Text in which a line end means no more than a space (or nothing, between characters)."""

    def space(match: re.Match[str]) -> str:
        start, end = match.span()
        if not _LINE_FEED.search(match[0]):
            return " "
        before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
        return between(before, after) if before and after else " "

    return _WRAP.sub(space, text)


def row_of_cells(cells: Sequence[str]) -> str:
    """A table's row as one paragraph: what its cells say, a comma where nothing else ends one."""
    said = [cell.strip() for cell in cells if cell.strip()]
    comma = "，" if any(map(is_east_asian, "".join(said))) else ", "
    text = ""
    for cell in said:
        text += _between_cells(text, comma) + cell if text else cell
    return text


def _between_cells(before: str, comma: str) -> str:
    if before[-1] in "，。、；：！？,.;:!?":
        return "" if is_wide(before[-1]) else " "
    return comma


def row_of_blocks(cells: Iterable[Sequence[Block]]) -> list[Block]:
    """A table's row: one paragraph, or the paragraphs of the one cell that holds any."""
    full = [cell for cell in cells if cell]
    if len(full) <= 1:
        return [block for cell in full for block in cell]
    said = [block.text for cell in full for block in cell]
    first = full[0][0]
    return [replace(first, text=row_of_cells(said), kind=BlockKind.BODY, breaks=(), level=0)]


def optional(module: str, path: Path) -> ModuleType:
    """The module of a package that not everyone has; SourceError tells how to get it."""
    try:
        return import_module(module)
    except ImportError as exc:
        raise SourceError(
            f"{path} cannot be read without {module.partition('.')[0]}, which is not installed; "
            f"pip install 'speechcast[documents]'",
            path,
        ) from exc
