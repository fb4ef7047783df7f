"""Read the text of Word paragraphs.

Deleted and hidden runs are left out, and so are the results of fields such as page numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .docx_styles import HIDING_PROPERTIES, WordStyles
from .ooxml import (
    W,
    control_content,
    find_child,
    first_alternative,
    read_switch,
    read_value,
    word_tag,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements whose text is not part of the paragraph: properties, and the reading of a ruby.
_SKIPPED = frozenset(
    "pPr rPr sdtPr sdtEndPr customXmlPr smartTagPr rt rubyPr tblPr m:oMathParaPr ?".split()
)
_DELETED = frozenset(("del", "moveFrom"))
_LINE_FEED = re.compile(r"\s*\n\s*")  # in the XML source; means one space
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = frozenset(("drawing", "pict", "object", "mc:AlternateContent"))
# Fields whose result is not read aloud: tables of contents, indexes, page numbers.
_UNREAD_FIELD = re.compile(r"\s*(?:TOC|INDEX|TOA|PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b")


@dataclass(slots=True)
class _Field:
    """An open field: its code comes first, then its result."""

    code: str = ""
    in_result: bool = False

    @property
    def hidden(self) -> bool:
        """Whether the current content is not read aloud."""
        return not self.in_result or _UNREAD_FIELD.match(self.code) is not None


class ParagraphReader:
    """Reads paragraphs in order, and follows fields that extend over several."""

    def __init__(self, styles: WordStyles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._boxes: list[_Element] = []

    def read(self, paragraph: _Element, hidden: bool) -> tuple[str, list[_Element]]:
        r"""Return a paragraph's text, and the text boxes anchored in it.

        Args:
            paragraph: The element `w:p`.
            hidden: Whether its style hides its text.

        Returns:
            The text, with "\n" for a manual line break, and the content of each text box.
        """
        self._boxes = []
        text = "".join(self._read_element(paragraph, hidden))
        self._fields = [f for f in self._fields if f.in_result]  # a code ends with its paragraph
        return text, self._boxes

    def _read_element(self, element: _Element, hidden: bool) -> Iterator[str]:
        for child in element:
            kind = word_tag(child)
            if kind in _SKIPPED:
                continue
            if kind == "r":
                run_hidden = self._is_hidden(child)
                yield from self._read_run(child, hidden if run_hidden is None else run_hidden)
            elif kind == "mc:AlternateContent":
                yield from self._read_element(first_alternative(child), hidden)
            elif kind == "sdt":
                if (content := control_content(child)) is not None:
                    yield from self._read_element(content, hidden)
            elif kind == "m:t":
                yield child.text or ""
            else:
                yield from self._read_element(child, hidden or kind in _DELETED)

    def _is_hidden(self, run: _Element) -> bool | None:
        """Return whether a run is hidden or struck; None if it inherits."""
        properties = find_child(run, "rPr")
        hidden = read_switch(properties, *HIDING_PROPERTIES)
        if hidden is None and (style := read_value(properties, "rStyle")) is not None:
            hidden = self._styles.by_id(style).hidden or None
        return hidden

    def _read_run(self, run: _Element, hidden: bool) -> Iterator[str]:
        for piece in run:
            kind = word_tag(piece)
            if kind == "fldChar":
                self._follow_field(piece.get(W + "fldCharType"))
            elif kind in {"instrText", "delInstrText"} and self._fields:
                self._fields[-1].code += piece.text or ""
            elif hidden or any(f.hidden for f in self._fields):
                continue
            elif kind == "t":
                yield _LINE_FEED.sub(" ", piece.text or "")
            elif kind == "ruby":
                yield from self._read_element(piece, hidden)
            elif kind in _PICTURES:
                self._boxes.extend(_find_boxes(piece))
            else:
                yield _CHARACTERS.get(kind, "")

    def _follow_field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(_Field())
        elif step == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif step == "end" and self._fields:
            self._fields.pop()


def _find_boxes(element: _Element) -> Iterator[_Element]:
    """Yield the text boxes in a drawing, except nested ones."""
    if word_tag(element) == "mc:AlternateContent":
        element = first_alternative(element)
    for child in element:
        if word_tag(child) == "txbxContent":
            yield child
        else:
            yield from _find_boxes(child)
