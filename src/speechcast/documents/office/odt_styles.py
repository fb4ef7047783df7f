"""Resolve the styles of an OpenDocument text: headings, hidden text, list numbers.

The format is OASIS OpenDocument 1.3, part 3, chapter 16 (styles), and LibreOffice's extension
`loext:num-list-format`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...model import BlockKind
from ...text.whitespace import is_double_width
from ..colors import PAPER, UNKNOWN, are_alike
from .numerals import format_number, parse_int

if TYPE_CHECKING:
    from lxml.etree import _Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    f"{_URN}{long}:1.0}}": f"{long}:" for long in ("office", "style", "text", "table")
} | {f"{_URN}drawing:1.0}}": "draw:"}
STYLE, TEXT, TABLE = (f"{_URN}{space}:1.0}}" for space in ("style", "text", "table"))
_FO = f"{_URN}xsl-fo-compatible:1.0}}"
_POINTS = re.compile(r"(\d+(?:\.\d+)?)pt")
_MAX_TINY = 2.0  # points
_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
_PLACEHOLDER = re.compile(r"%(\d+)%")
_KIND_BY_NAME = {"Title": BlockKind.TITLE, "Subtitle": BlockKind.BYLINE}
_CONTENTS_NAME = re.compile(r"Contents_20_(?:\d+|Heading)$")
# The styles of `numerals`, by the first character of `style:num-format`: "一, 二, 三, ...".
_NUMBER_STYLES = {
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


def odf_tag(element: _Element) -> str:
    """Return an element's tag with its usual prefix ("text:p"), or "?"."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"
    space, _, local = tag.rpartition("}")
    prefix = _NAMESPACES.get(space + "}")
    return prefix + local if prefix else "?"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """The numbering of one level of a list.

    Attributes:
        start: The first number.
        style: A style of `numerals.format_number`; "none" for a level without numbers.
        text: What is printed, where %1% stands for the number of the first level.
    """

    start: int
    style: str
    text: str


@dataclass(slots=True)
class ListCounter:
    """The counters of a list, by level from 1."""

    levels: Mapping[int, ListLevel]
    counts: dict[int, int] = field(default_factory=dict)

    def next_label(self, depth: int, start: int | None = None) -> str:
        """Count one item, and return its label.

        Args:
            depth: Its level, from 1.
            start: The number it restarts at; None to continue.

        Returns:
            The number with its punctuation and a space; "" for bullets and unknown levels.
        """
        level = self.levels.get(depth)
        if level is None:
            return ""
        continues = depth in self.counts and start is None
        first = level.start if start is None else start
        self.counts[depth] = self.counts[depth] + 1 if continues else first
        self.counts = {k: v for k, v in self.counts.items() if k <= depth}
        if level.style == "none":
            return ""
        label = _PLACEHOLDER.sub(self._format_placeholder, level.text).strip()
        if not any(c.isalnum() for c in label):
            return ""
        return label + ("" if is_double_width(label[-1]) and not label[-1].isalnum() else " ")

    def _format_placeholder(self, match: re.Match[str]) -> str:
        depth = int(match[1][:2])
        level = self.levels.get(depth)
        return format_number(self.counts.get(depth, level.start), level.style) if level else ""


class OdtStyles:
    """The styles of one document, by family and name.

    Args:
        roots: The roots of the parts that define styles; of equal definitions the last counts.
    """

    def __init__(self, *roots: _Element) -> None:
        self._styles = {
            (e.get(STYLE + "family"), e.get(STYLE + "name")): e
            for root in roots
            for e in root.iter(STYLE + "style")
        }
        self._lists = {
            e.get(STYLE + "name"): dict(_read_levels(e))
            for root in roots
            for e in root.iter(TEXT + "list-style")
        }
        outlines = [
            dict(_read_levels(e)) for root in roots for e in root.iter(TEXT + "outline-style")
        ]
        self.outline = outlines[0] if outlines else {}
        self._has_coloured_pages = any(map(_has_background, roots))

    def classify(self, paragraph: _Element) -> tuple[BlockKind, int]:
        """Return a paragraph's kind, and its heading level.

        The level is 0 for all kinds but headings.
        """
        names = [paragraph.get(TEXT + "style-name") or ""]
        for style in self._inheritance_chain("paragraph", paragraph):
            names.append(style.get(STYLE + "parent-style-name") or "")
        if kind := next((_KIND_BY_NAME[n] for n in names if n in _KIND_BY_NAME), None):
            return kind, 0
        level = parse_int(paragraph.get(TEXT + "outline-level"))
        for style in self._inheritance_chain("paragraph", paragraph):
            level = level or parse_int(style.get(STYLE + "default-outline-level"))
        is_heading = odf_tag(paragraph) == "text:h" or level > 0
        return (BlockKind.HEADING, max(1, level)) if is_heading else (BlockKind.BODY, 0)

    def is_contents_line(self, paragraph: _Element) -> bool:
        """Return whether a paragraph is a line of a table of contents."""
        return _CONTENTS_NAME.match(paragraph.get(TEXT + "style-name") or "") is not None

    def is_hidden(self, element: _Element, family: str) -> bool:
        """Return whether a style hides its text, or strikes it through.

        Args:
            element: A paragraph or a span.
            family: The family of its style: "paragraph" or "text".
        """
        for style in self._inheritance_chain(family, element):
            properties = style.find(STYLE + "text-properties")
            if properties is None:
                continue
            line = properties.get(STYLE + "text-line-through-style")
            display = properties.get(TEXT + "display")
            if line is not None or display is not None:
                return line not in {None, "none"} or display == "none"
        return False

    def is_unseen(self, spans: Sequence[_Element], paragraph: _Element, around: str) -> bool:
        """Return whether nobody can see a text, by its colour, its background and its size.

        Args:
            spans: The spans around it, the innermost first.
            paragraph: Its paragraph.
            around: The colour behind the paragraph; `UNKNOWN` for one that cannot be told.
        """
        styles = [s for span in spans for s in self._inheritance_chain("text", span)]
        styles += self._inheritance_chain("paragraph", paragraph)
        size = _first(styles, "text", "font-size")
        if size is not None and (match := _POINTS.fullmatch(size)) and float(match[1]) <= _MAX_TINY:
            return True
        color = (_first(styles, "text", "color") or "").upper().removeprefix("#")
        behind = _first_color(styles, "text") or _first_color(styles, "paragraph") or around
        return color != "" and are_alike(color, behind or PAPER)

    def background(self, element: _Element, family: str) -> str:
        """Return the colour that the style of a cell, a table or a section gives; "" for none."""
        return _first_color([*self._inheritance_chain(family, element)], family)

    def page_background(self) -> str:
        """Return the colour of the pages; "" for that of paper."""
        return UNKNOWN if self._has_coloured_pages else ""

    def shift(self, element: _Element) -> int:
        """Return whether a span is raised (1), lowered (-1) or neither (0)."""
        for style in self._inheritance_chain("text", element):
            properties = style.find(STYLE + "text-properties")
            position = None if properties is None else properties.get(STYLE + "text-position")
            if position is not None:
                height = position.split()[0] if position.split() else "0%"
                percent = parse_int(height.rstrip("%"))
                return {"super": 1, "sub": -1}.get(height, (percent > 0) - (percent < 0))
        return 0

    def list_levels(self, list_style: str | None) -> Mapping[int, ListLevel]:
        """Return the levels of a list style, by depth from 1."""
        return self._lists.get(list_style, {})

    def _inheritance_chain(self, family: str, element: _Element) -> Iterator[_Element]:
        """Yield an element's style, its parent, and so on."""
        space = TABLE if family.startswith("table") else TEXT
        name = element.get(space + "style-name")
        visited: set[str | None] = set()
        while (family, name) in self._styles and name not in visited:
            visited.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get(STYLE + "parent-style-name")


def _first(styles: Iterable[_Element], family: str, name: str) -> str | None:
    """Return the first value of a property (fo:…) in styles."""
    for style in styles:
        properties = style.find(f"{STYLE}{family}-properties")
        if properties is not None and (value := properties.get(_FO + name)) is not None:
            return value
    return None


def _has_background(root: _Element) -> bool:
    """Return whether pages have a colour or a picture, or drawings stand behind the text."""
    pages = root.iter(STYLE + "page-layout-properties")
    behind = (e.get(STYLE + "run-through") for e in root.iter(STYLE + "graphic-properties"))
    return "background" in behind or any(
        (page.get(_FO + "background-color") or "transparent").lower()
        not in {"transparent", "#ffffff"}
        or page.find(STYLE + "background-image") is not None
        for page in pages
    )


def _first_color(styles: Iterable[_Element], family: str) -> str:
    value = _first(styles, family, "background-color") or ""
    return "" if value == "transparent" else value.upper().removeprefix("#")


def _read_levels(parent: _Element) -> Iterator[tuple[int, ListLevel]]:
    for element in parent:
        kind = odf_tag(element)
        if kind in {"text:list-level-style-number", "text:outline-level-style"}:
            depth = parse_int(element.get(TEXT + "level"), 1)
            yield depth, _read_level(element, depth)


def _read_level(element: _Element, depth: int) -> ListLevel:
    num_format = element.get(STYLE + "num-format") or ""
    text = element.get(_FORMAT)
    if text is None:
        level_count = max(1, min(depth, parse_int(element.get(TEXT + "display-levels"), 1)))
        placeholders = ".".join(f"%{n}%" for n in range(depth - level_count + 1, depth + 1))
        prefix, suffix = (element.get(STYLE + f"num-{end}") or "" for end in ("prefix", "suffix"))
        text = prefix + placeholders + suffix
    return ListLevel(
        parse_int(element.get(TEXT + "start-value"), 1), _number_style(num_format), text
    )


def _number_style(num_format: str) -> str:
    if num_format[:1] == "壹":
        return "chineseLegalSimplified" if "贰" in num_format else "ideographLegalTraditional"
    return _NUMBER_STYLES.get(num_format[:1], "decimal") if num_format else "none"
