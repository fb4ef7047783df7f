"""What an OpenDocument text's styles say: headings, hidden text, the numbers of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model import BlockKind
from ..tables import is_wide
from .numerals import number, numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {f"{_URN}{long}:1.0}}": f"{long}:" for long in ("office", "style", "text", "table")} | {
    f"{_URN}drawing:1.0}}": "draw:"
}
STYLE, TEXT, TABLE = (f"{_URN}{space}:1.0}}" for space in ("style", "text", "table"))
_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_PLACE = re.compile(r"%(\d+)%")
_NAMED = {"Title": BlockKind.TITLE, "Subtitle": BlockKind.BYLINE}
_CONTENTS = re.compile(r"Contents_20_(?:\d+|Heading)$")
_NUMERALS = {  # by the first sign of what a style is called: "一, 二, 三, ..."
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "⑴": "decimalEnclosedParen",
    "１": "decimalFullWidth",
}


def name(element: _Element) -> str:
    """An element's name with its usual prefix; `?` for one of no interest."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"
    space, _, local = tag.rpartition("}")
    prefix = SPACES.get(space + "}")
    return prefix + local if prefix else "?"


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of one depth are numbered."""

    start: int
    style: str  # none of a bullet
    text: str  # %1% stands for the number of the first level


@dataclass(slots=True)
class Count:
    """How far a list has been counted, by level from 1."""

    levels: Mapping[int, Level]
    reached: dict[int, int] = field(default_factory=dict)

    def label(self, at: int, start: int | None = None) -> str:
        """Count an item, anew from `start` where it says so; what stands before its text."""
        level = self.levels.get(at)
        if level is None:
            return ""
        goes_on = at in self.reached and start is None
        first = level.start if start is None else start
        self.reached[at] = self.reached[at] + 1 if goes_on else first
        self.reached = {k: v for k, v in self.reached.items() if k <= at}
        if level.style == "none":
            return ""
        label = _PLACE.sub(self._printed, level.text).strip()
        if not any(c.isalnum() for c in label):
            return ""
        return label + ("" if is_wide(label[-1]) and not label[-1].isalnum() else " ")

    def _printed(self, match: re.Match[str]) -> str:
        at = int(match[1][:2])
        level = self.levels.get(at)
        return numeral(self.reached.get(at, level.start), level.style) if level else ""


class Styles:
    """The styles of one document, by family and name."""

    def __init__(self, *roots: _Element) -> None:
        self._styles = {
            (e.get(STYLE + "family"), e.get(STYLE + "name")): e
            for root in roots
            for e in root.iter(STYLE + "style")
        }
        self._lists = {
            e.get(STYLE + "name"): dict(_levels(e))
            for root in roots
            for e in root.iter(TEXT + "list-style")
        }
        outlines = [dict(_levels(e)) for root in roots for e in root.iter(TEXT + "outline-style")]
        self.outline = outlines[0] if outlines else {}

    def kind(self, paragraph: _Element) -> tuple[BlockKind, int]:
        """What a paragraph is, and a heading's level."""
        named = [paragraph.get(TEXT + "style-name") or ""]
        for style in self._chain("paragraph", paragraph):
            named.append(style.get(STYLE + "parent-style-name") or "")
        if kind := next((_NAMED[n] for n in named if n in _NAMED), None):
            return kind, 0
        level = number(paragraph.get(TEXT + "outline-level"))
        for style in self._chain("paragraph", paragraph):
            level = level or number(style.get(STYLE + "default-outline-level"))
        is_heading = name(paragraph) == "text:h" or level > 0
        return (BlockKind.HEADING, max(1, level)) if is_heading else (BlockKind.BODY, 0)

    def in_contents(self, paragraph: _Element) -> bool:
        """Whether it is a line of a table of contents."""
        return _CONTENTS.match(paragraph.get(TEXT + "style-name") or "") is not None

    def unseen(self, element: _Element, family: str) -> bool:
        """Whether the style of a paragraph or span hides it, or strikes it through."""
        for style in self._chain(family, element):
            properties = style.find(STYLE + "text-properties")
            if properties is None:
                continue
            line = properties.get(STYLE + "text-line-through-style")
            display = properties.get(TEXT + "display")
            if line is not None or display is not None:
                return line not in {None, "none"} or display == "none"
        return False

    def levels(self, list_style: str | None) -> Mapping[int, Level]:
        """The levels of a list style."""
        return self._lists.get(list_style, {})

    def _chain(self, family: str, element: _Element) -> Iterator[_Element]:
        """The style of an element, its parent, and so on."""
        called = element.get(TEXT + "style-name")
        seen: set[str | None] = set()
        while (family, called) in self._styles and called not in seen:
            seen.add(called)
            style = self._styles[family, called]
            yield style
            called = style.get(STYLE + "parent-style-name")


def _levels(parent: _Element) -> Iterator[tuple[int, Level]]:
    for element in parent:
        kind = name(element)
        if kind in {"text:list-level-style-number", "text:outline-level-style"}:
            at = number(element.get(TEXT + "level"), 1)
            yield at, _level(element, at)


def _level(element: _Element, at: int) -> Level:
    written = element.get(STYLE + "num-format") or ""
    text = element.get(_FORMAT)
    if text is None:
        shown = max(1, min(at, number(element.get(TEXT + "display-levels"), 1)))
        numbers = ".".join(f"%{n}%" for n in range(at - shown + 1, at + 1))
        before, after = (element.get(STYLE + f"num-{end}") or "" for end in ("prefix", "suffix"))
        text = before + numbers + after
    return Level(number(element.get(TEXT + "start-value"), 1), _numerals(written), text)


def _numerals(written: str) -> str:
    if written[:1] == "壹":
        return "chineseLegalSimplified" if "贰" in written else "ideographLegalTraditional"
    return _NUMERALS.get(written[:1], "decimal") if written else "none"
