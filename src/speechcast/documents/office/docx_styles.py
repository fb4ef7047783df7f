"""What a Word document's styles say of the paragraphs and runs that have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...model import BlockKind
from .numerals import number
from .ooxml import W, found, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMED = {
    "title": BlockKind.TITLE,
    "标题": BlockKind.TITLE,
    "標題": BlockKind.TITLE,
    "subtitle": BlockKind.BYLINE,
    "副标题": BlockKind.BYLINE,
    "副標題": BlockKind.BYLINE,
}
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$")
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*[1-9]$|table of figures$|index [1-9]$")
UNSEEN = ("vanish", "strike", "dstrike")  # hidden, or struck through by whoever wrote it


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it has from those it is based on."""

    kind: BlockKind = BlockKind.BODY
    level: int = 0
    list_id: str | None = None
    list_level: int | None = None
    unseen: bool = False
    contents: bool = False  # a line of a table of contents


class Styles:
    """The styles of one document, by their ids."""

    def __init__(self, root: _Element | None) -> None:
        elements = [] if root is None else root.findall(W + "style")
        self._elements = {e.get(W + "styleId"): e for e in elements}
        self._default = next(
            (e.get(W + "styleId") for e in elements if _is_default(e)),
            None,
        )
        self._made: dict[str | None, Style] = {}

    def of(self, paragraph: _Element) -> Style:
        """The style of a paragraph, with what it says against its style."""
        properties = found(paragraph, "pPr")
        style = self.named(value(properties, "pStyle") or self._default)
        return _overruled(style, properties)

    def named(self, style_id: str | None) -> Style:
        """The style with this id; a plain one where there is none."""
        if style_id not in self._made:
            self._made[style_id] = self._make(style_id)
        return self._made[style_id]

    def _make(self, style_id: str | None) -> Style:
        style = Style()
        for element in reversed(list(self._bases(style_id))):
            style = _overruled(style, found(element, "pPr"))
            style = _by_name(style, (value(element, "name") or "").strip().lower())
            unseen = switch(found(element, "rPr"), *UNSEEN)
            if unseen is not None:
                style = replace(style, unseen=unseen)
        return style

    def _bases(self, style_id: str | None) -> Iterator[_Element]:
        """The style, what it is based on, and so on."""
        seen: set[str | None] = set()
        while style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            yield self._elements[style_id]
            style_id = value(self._elements[style_id], "basedOn")


def _is_default(element: _Element) -> bool:
    return element.get(W + "type") == "paragraph" and element.get(W + "default") in {"1", "true"}


def _by_name(style: Style, called: str) -> Style:
    if kind := _NAMED.get(called):
        return replace(style, kind=kind, level=0)
    if match := _HEADING.match(called):
        return replace(style, kind=BlockKind.HEADING, level=int(match[1]))
    return replace(style, contents=True) if _CONTENTS.match(called) else style


def _overruled(style: Style, properties: _Element | None) -> Style:
    """The style with what a paragraph's own properties, or a style's, say against it."""
    if properties is None:
        return style
    if (outline := value(properties, "outlineLvl")) is not None:
        level = number(outline, 9) + 1
        if style.kind not in {BlockKind.TITLE, BlockKind.BYLINE}:
            heads = 1 <= level <= 9
            style = replace(
                style,
                kind=BlockKind.HEADING if heads else BlockKind.BODY,
                level=level if heads else 0,
            )
    if (listed := found(properties, "numPr")) is not None:
        list_id = value(listed, "numId")
        level_text = value(listed, "ilvl")
        style = replace(
            style,
            list_id=style.list_id if list_id is None else list_id,
            list_level=style.list_level if level_text is None else number(level_text),
        )
    return style
