"""What a Word paragraph says: its runs without what was deleted, hidden or worked out by Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .docx_styles import UNSEEN, Styles
from .ooxml import W, chosen, control, found, name, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements with text in them that nobody sees on the page.
_LEFT_OUT = frozenset(
    "pPr rPr sdtPr sdtEndPr customXmlPr smartTagPr rt rubyPr tblPr m:oMathParaPr ?".split()
)
_DELETED = frozenset(("del", "moveFrom"))
_LINE_FEED = re.compile(r"\s*\n\s*")  # of the XML, and no more than a space
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = frozenset(("drawing", "pict", "object", "mc:AlternateContent"))
# Fields whose result is for the eye: a table of contents, an index, a page's number.
_FOR_THE_EYE = re.compile(r"\s*(?:TOC|INDEX|TOA|PAGE|PAGEREF|NUMPAGES|SECTIONPAGES)\b")


@dataclass(slots=True)
class _Field:
    """A field we are in: first its code, then its result."""

    code: str = ""
    result: bool = False

    @property
    def unseen(self) -> bool:
        return not self.result or _FOR_THE_EYE.match(self.code) is not None


class Text:
    """A paragraph at a time; fields that go over several are followed."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        self._boxes: list[_Element] = []

    def of(self, paragraph: _Element, unseen: bool) -> tuple[str, list[_Element]]:
        """What the paragraph says, a line end where it has one, and the text boxes it holds.

        `unseen` is whether its style hides what is in it.
        """
        self._boxes = []
        text = "".join(self._said(paragraph, unseen))
        self._fields = [f for f in self._fields if f.result]  # a code ends with its paragraph
        return text, self._boxes

    def _said(self, element: _Element, unseen: bool) -> Iterator[str]:
        for child in element:
            kind = name(child)
            if kind in _LEFT_OUT:
                continue
            if kind == "r":
                hidden = self._hidden(child)
                yield from self._run(child, unseen if hidden is None else hidden)
            elif kind == "mc:AlternateContent":
                yield from self._said(chosen(child), unseen)
            elif kind == "sdt":
                if (content := control(child)) is not None:
                    yield from self._said(content, unseen)
            elif kind == "m:t":
                yield child.text or ""
            else:
                yield from self._said(child, unseen or kind in _DELETED)

    def _hidden(self, run: _Element) -> bool | None:
        """Whether a run is hidden or struck through; None where it says nothing of it."""
        properties = found(run, "rPr")
        own = switch(properties, *UNSEEN)
        if own is None and (style := value(properties, "rStyle")) is not None:
            own = self._styles.named(style).unseen or None
        return own

    def _run(self, run: _Element, unseen: bool) -> Iterator[str]:
        for piece in run:
            kind = name(piece)
            if kind == "fldChar":
                self._field(piece.get(W + "fldCharType"))
            elif kind in {"instrText", "delInstrText"} and self._fields:
                self._fields[-1].code += piece.text or ""
            elif unseen or any(f.unseen for f in self._fields):
                continue
            elif kind == "t":
                yield _LINE_FEED.sub(" ", piece.text or "")
            elif kind == "ruby":
                yield from self._said(piece, unseen)
            elif kind in _PICTURES:
                self._boxes.extend(_boxes(piece))
            else:
                yield _SIGNS.get(kind, "")

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(_Field())
        elif step == "separate" and self._fields:
            self._fields[-1].result = True
        elif step == "end" and self._fields:
            self._fields.pop()


def _boxes(element: _Element) -> Iterator[_Element]:
    """The text boxes in a drawing; those inside a box are found when that box is read."""
    if name(element) == "mc:AlternateContent":
        element = chosen(element)
    for child in element:
        if name(child) == "txbxContent":
            yield child
        else:
            yield from _boxes(child)
