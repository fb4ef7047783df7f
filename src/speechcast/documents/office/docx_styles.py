"""Resolve the styles of a Word document: headings, list levels, hidden text.

A style inherits from the one it is based on, and a paragraph's own properties override its style
(ISO/IEC 29500-1, 17.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...model import BlockKind
from .docx_appearance import NO_APPEARANCE, TextAppearance, is_flat, read_appearance, read_fill
from .numerals import parse_int
from .ooxml import W, find_child, read_switch, read_value

if TYPE_CHECKING:
    from lxml.etree import _Element

_KIND_BY_NAME = {  # of built-in styles, in English and both Chinese scripts
    "title": BlockKind.TITLE,
    "标题": BlockKind.TITLE,
    "標題": BlockKind.TITLE,
    "subtitle": BlockKind.BYLINE,
    "副标题": BlockKind.BYLINE,
    "副標題": BlockKind.BYLINE,
}
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])$")
_CONTENTS_NAME = re.compile(r"(?:toc|目录|目錄)\s*[1-9]$|table of figures$|index [1-9]$")
# Of text raised by hand (`w:position`), in half points: how far at least, and its largest size.
_MIN_SHIFT, _SMALL_SIZE = 4, 18
HIDING_PROPERTIES = ("vanish", "strike", "dstrike")  # hidden text, and text struck through


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """A paragraph style, including what it inherits.

    Attributes:
        kind: What its paragraphs are.
        level: A heading's level, from 1.
        list_id: The list that its paragraphs are items of.
        list_level: Their level in it, from 0.
        hidden: Whether its text is not printed, or is struck through.
        shift: 1 where its text is raised, -1 where it is lowered.
        is_contents: Whether its paragraphs are lines of a table of contents.
        appearance: How its text looks.
        is_flat: Whether its lines are too low to be read.
    """

    kind: BlockKind = BlockKind.BODY
    level: int = 0
    list_id: str | None = None
    list_level: int | None = None
    hidden: bool = False
    shift: int = 0
    is_contents: bool = False
    appearance: TextAppearance = NO_APPEARANCE
    is_flat: bool = False


class WordStyles:
    """The styles of one document, by their ids.

    Args:
        root: The root of `styles.xml`; None for a document without styles.
    """

    def __init__(self, root: _Element | None) -> None:
        elements = [] if root is None else root.findall(W + "style")
        self._elements = {e.get(W + "styleId"): e for e in elements}
        self._default = next(
            (e.get(W + "styleId") for e in elements if _is_default(e)),
            None,
        )
        defaults = find_child(root, "docDefaults", "rPrDefault", "rPr")
        self._usual = read_appearance(defaults)
        self._resolved: dict[str | None, ParagraphStyle] = {}

    def for_paragraph(self, paragraph: _Element) -> ParagraphStyle:
        """Return a paragraph's style, with the paragraph's own properties applied."""
        properties = find_child(paragraph, "pPr")
        style = self.by_id(read_value(properties, "pStyle") or self._default)
        style = replace(style, appearance=self._usual.overridden(style.appearance))
        return _overridden(style, properties)

    def by_id(self, style_id: str | None) -> ParagraphStyle:
        """Return the style with this id, or a default style."""
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id)
        return self._resolved[style_id]

    def is_shaded(self, style_id: str | None) -> bool:
        """Return whether the style of a table may put a colour behind its text."""
        chain = self._inheritance_chain(style_id)
        return any(read_fill(e.getparent()) for style in chain for e in style.iter(W + "shd"))

    def _resolve(self, style_id: str | None) -> ParagraphStyle:
        style = ParagraphStyle()
        for element in reversed(list(self._inheritance_chain(style_id))):
            style = _overridden(style, find_child(element, "pPr"))
            style = apply_name(style, (read_value(element, "name") or "").strip().lower())
            hidden = read_switch(find_child(element, "rPr"), *HIDING_PROPERTIES)
            if hidden is not None:
                style = replace(style, hidden=hidden)
            if (shift := read_shift(find_child(element, "rPr"))) is not None:
                style = replace(style, shift=shift)
            style = replace(
                style,
                appearance=style.appearance.overridden(read_appearance(find_child(element, "rPr"))),
            )
        return style

    def _inheritance_chain(self, style_id: str | None) -> Iterator[_Element]:
        """Yield the style, the one it is based on, and so on."""
        visited: set[str | None] = set()
        while style_id in self._elements and style_id not in visited:
            visited.add(style_id)
            yield self._elements[style_id]
            style_id = read_value(self._elements[style_id], "basedOn")


def read_shift(properties: _Element | None) -> int | None:
    """Return whether run properties raise the text (1), lower it (-1) or neither (0).

    Text moved by at least a third of a usual line's height, and set smaller, counts as raised too.

    Returns:
        None where they do not say.
    """
    if (align := read_value(properties, "vertAlign")) is not None:
        return {"superscript": 1, "subscript": -1}.get(align, 0)
    moved = parse_int(read_value(properties, "position"))
    return find_shift(moved, parse_int(read_value(properties, "sz"))) or None


def find_shift(moved: int, size: int) -> int:
    """Return whether text is raised by hand (1), lowered (-1) or neither (0).

    Args:
        moved: How far it is moved up, in half points.
        size: Its size in half points; 0 where nothing says it.
    """
    if abs(moved) < _MIN_SHIFT or not 0 < size <= _SMALL_SIZE:
        return 0
    return 1 if moved > 0 else -1


def _is_default(element: _Element) -> bool:
    return element.get(W + "type") == "paragraph" and element.get(W + "default") in {"1", "true"}


def apply_name(style: ParagraphStyle, name: str) -> ParagraphStyle:
    """Return a style with what its name, in small letters, says of it."""
    if kind := _KIND_BY_NAME.get(name):
        return replace(style, kind=kind, level=0)
    if match := _HEADING_NAME.match(name):
        return replace(style, kind=BlockKind.HEADING, level=int(match[1]))
    return replace(style, is_contents=True) if _CONTENTS_NAME.match(name) else style


def _overridden(style: ParagraphStyle, properties: _Element | None) -> ParagraphStyle:
    """Return the style, overridden by the properties of a paragraph or style."""
    if properties is None:
        return style
    if (fill := read_fill(properties)) is not None:
        style = replace(style, appearance=style.appearance.overridden(TextAppearance(fill=fill)))
    spacing = find_child(properties, "spacing")
    if spacing is not None and spacing.get(W + "line") is not None:
        style = replace(style, is_flat=is_flat(spacing, "line", "lineRule"))
    if (outline := read_value(properties, "outlineLvl")) is not None:
        level = parse_int(outline, 9) + 1
        if style.kind not in {BlockKind.TITLE, BlockKind.BYLINE}:
            is_heading = 1 <= level <= 9
            style = replace(
                style,
                kind=BlockKind.HEADING if is_heading else BlockKind.BODY,
                level=level if is_heading else 0,
            )
    if (numbering := find_child(properties, "numPr")) is not None:
        list_id = read_value(numbering, "numId")
        level_text = read_value(numbering, "ilvl")
        style = replace(
            style,
            list_id=style.list_id if list_id is None else list_id,
            list_level=style.list_level if level_text is None else parse_int(level_text),
        )
    return style
