"""Read the text of Word paragraphs.

Deleted and hidden runs are left out, and so are the results of fields such as page numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ...messages import mark
from ..block import CONTENTS, DELETIONS, EMPTY_FIELDS, HIDDEN_TEXT, RUBY, SAMPLE_LENGTH, LeftOut
from ..pieces import Piece, join_pieces
from ..ruby import with_readings
from .docx_appearance import NO_APPEARANCE, is_hidden_drawing, read_appearance
from .docx_drawings import find_boxes, find_textless
from .docx_fields import Field, FieldNumbers, show_in_fields
from .docx_styles import HIDING_PROPERTIES, ParagraphStyle, WordStyles, read_shift
from .math_text import needs_page, read_formula
from .numerals import parse_int
from .ooxml import (
    W,
    control_content,
    find_child,
    first_alternative,
    is_placeholder,
    placeholder_text,
    read_flag,
    read_switch,
    read_value,
    word_tag,
)
from .symbol_fonts import is_symbol_font, read_symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

# Elements whose text is not part of the paragraph: properties, and the reading of a ruby.
_SKIPPED = frozenset(
    "pPr rPr sdtPr sdtEndPr customXmlPr smartTagPr rt rubyPr tblPr m:oMathParaPr ?".split()
)
_DELETED = frozenset(("del", "moveFrom"))
_LINE_FEED = re.compile(r"\s*\n\s*")  # in the XML source; means one space
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = frozenset(("drawing", "pict", "object"))
_EMOJI = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"


@dataclass(slots=True)
class ParagraphText:
    r"""What a paragraph shows.

    Attributes:
        text: Its text, with "\n" for a manual line break.
        boxes: The content of each text box and diagram anchored in it.
        unread: What it shows and nobody can read aloud.
    """

    text: str = ""
    boxes: list[_Element] = field(default_factory=list)
    unread: list[LeftOut] = field(default_factory=list)


class ParagraphReader:
    """Reads paragraphs in order, and follows fields that extend over several.

    Attributes:
        background: The colour behind the paragraphs that follow; see `TextAppearance.is_unseen`.
    """

    def __init__(
        self,
        styles: WordStyles,
        numbers: FieldNumbers,
        skipped: Set[_Element] = frozenset(),
        referred: Mapping[tuple[str, str], LeftOut] = MappingProxyType({}),
    ) -> None:
        self._styles = styles
        self._skipped = skipped  # links that only refer to notes
        self._referred = referred  # notes and comments, by the tag and the id of a reference
        self._numbers = numbers
        self._fields: list[Field] = []
        self._heading_level = 0
        self._appearance = NO_APPEARANCE  # of the paragraph's style
        self._paragraph = ParagraphText()
        self.background = ""

    def read(self, paragraph: _Element, style: ParagraphStyle) -> ParagraphText:
        """Return what a paragraph shows.

        Args:
            paragraph: The element `w:p`, or another that holds runs.
            style: Its style, which may hide its text.
        """
        self._paragraph = shown = ParagraphText()
        self._heading_level = style.level
        self._appearance = style.appearance
        hidden = style.hidden or style.is_flat
        if hidden:
            shown.unread += describe_hidden(paragraph)
        shown.text = join_pieces(self._read_element(paragraph, hidden), shown.unread)
        self._fields = [f for f in self._fields if f.in_result]  # a code ends with its paragraph
        return shown

    def _read_element(self, element: _Element, hidden: bool) -> Iterator[Piece]:
        for child in element:
            kind = word_tag(child)
            if kind in _SKIPPED or child in self._skipped:
                continue
            if kind == "r":
                run_hidden = self._is_hidden(child)
                if run_hidden and not hidden and not any(f.hides_result for f in self._fields):
                    self._paragraph.unread += describe_hidden(child)
                yield from self._read_run(child, hidden if run_hidden is None else run_hidden)
            elif kind == "mc:AlternateContent":
                yield from self._read_element(first_alternative(child), hidden)
            elif kind == "sdt":
                yield from self._read_control(child, hidden)
            elif kind == "fldSimple":
                yield from self._read_simple_field(child, hidden)
            elif kind == "m:oMath":
                yield from self._read_formula(child, hidden)
            else:
                if kind == "del" and not hidden:
                    deleted = "".join(t.text or "" for t in child.iter(W + "delText"))
                    self._leave_out(DELETIONS, deleted.strip())
                yield from self._read_element(child, hidden or kind in _DELETED)

    def _read_control(self, sdt: _Element, hidden: bool) -> Iterator[Piece]:
        """Yield the text of a content control; if there is none to read, say so."""
        if (content := control_content(sdt)) is not None:
            yield from self._read_element(content, hidden)
        elif not hidden:
            self._paragraph.unread += describe_unread_control(sdt)

    def _read_simple_field(self, element: _Element, hidden: bool) -> Iterator[Piece]:
        opened = Field(element.get(W + "instr") or "", in_result=True, hidden=hidden)
        opened.form = find_child(element, "fldData")
        self._fields.append(opened)
        yield from self._read_element(element, hidden)
        if opened in self._fields:  # a damaged field inside may have closed it
            yield from self._end_field()

    def _read_formula(self, formula: _Element, hidden: bool) -> Iterator[Piece]:
        text = read_formula(formula)
        if needs_page(formula) and not hidden:
            self._paragraph.unread.append(LeftOut(mark("structures of formulas"), text[:30]))
        yield from self._emit(text, 0, hidden)

    def _is_hidden(self, run: _Element) -> bool | None:
        """Return whether a run is hidden, struck or not to be seen; None if it inherits."""
        properties = find_child(run, "rPr")
        hidden = read_switch(properties, *HIDING_PROPERTIES)
        appearance = self._appearance
        if (style_id := read_value(properties, "rStyle")) is not None:
            style = self._styles.by_id(style_id)
            appearance = appearance.overridden(style.appearance)
            hidden = (style.hidden or None) if hidden is None else hidden
        appearance = appearance.overridden(read_appearance(properties))
        return hidden or appearance.is_unseen(self.background) or hidden

    def _shift(self, properties: _Element | None) -> int:
        """Return whether a run is raised (1), lowered (-1) or neither."""
        shift = read_shift(properties)
        if shift is None and (style := read_value(properties, "rStyle")) is not None:
            shift = self._styles.by_id(style).shift
        return shift or 0

    def _read_run(self, run: _Element, hidden: bool) -> Iterator[Piece]:
        properties = find_child(run, "rPr")
        shift, fonts = self._shift(properties), find_child(properties, "rFonts")
        font = None if fonts is None else (fonts.get(W + "ascii") or fonts.get(W + "hAnsi"))
        is_mark = False  # of a note, typed by the writer
        for piece in _run_content(run):
            kind = word_tag(piece)
            is_mark = is_mark or read_flag(piece, "customMarkFollows")
            if is_mark and kind in {"t", "sym"}:
                continue
            if kind == "fldChar":
                yield from self._follow_field(piece, hidden)
            elif kind in {"instrText", "delInstrText"} and self._fields:
                if not self._fields[-1].in_result:
                    self._fields[-1].code += piece.text or ""
            elif not hidden and (text := self._referred.get((kind, piece.get(W + "id") or ""))):
                self._paragraph.unread.append(text)
            elif kind == "ruby":
                yield from self._read_ruby(piece, hidden)
            elif kind in _PICTURES:
                if not (hidden or any(f.hides_result or not f.in_result for f in self._fields)):
                    self._read_drawing(piece)
            else:
                yield from self._emit(self._read_piece(piece, kind, font, hidden), shift, hidden)

    def _read_ruby(self, element: _Element, hidden: bool) -> Iterator[Piece]:
        """Yield the characters under a ruby, with their readings where it is pinyin."""
        base = list(self._read_element(element, hidden))
        over = "" if hidden else "".join(text_of(e) for e in element if word_tag(e) == "rt")
        if text := with_readings("".join(piece.text for piece in base), over):
            base = [Piece(text)]
        else:
            self._leave_out(RUBY, over)
        yield from base

    def _read_drawing(self, drawing: _Element) -> None:
        if is_hidden_drawing(drawing):
            self._paragraph.unread += describe_hidden(drawing)
            return
        self._paragraph.boxes.extend(find_boxes(drawing))
        self._paragraph.unread.extend(find_textless(drawing))

    def _read_piece(self, piece: _Element, kind: str, font: str | None, hidden: bool) -> str:
        if kind == "t":
            text = _LINE_FEED.sub(" ", piece.text or "")
            return self._read_signs(text, font or "", hidden) if is_symbol_font(font) else text
        if kind == "sym":
            code = parse_int(piece.get(W + "char"), 0, 16)
            return self._read_sign(code, piece.get(W + "font") or font or "", hidden)
        if piece.tag == _EMOJI + "symEx":
            return read_symbol(parse_int(piece.get(_EMOJI + "char"), 0, 16), "") or ""
        return _CHARACTERS.get(kind, "")

    def _read_signs(self, text: str, font: str, hidden: bool) -> str:
        """Return a text set in a symbol font; other characters are not in it."""
        signs = (ord(c) < 0x100 or 0xF000 <= ord(c) <= 0xF0FF for c in text)
        return "".join(
            self._read_sign(ord(c), font, hidden) if is_sign else c
            for c, is_sign in zip(text, signs, strict=True)
        )

    def _read_sign(self, code: int, font: str, hidden: bool) -> str:
        character = read_symbol(code, font)
        if character is None and not hidden:
            kind = mark("signs of the font {detail}") if font else mark("signs of the font unknown")
            self._paragraph.unread.append(LeftOut(kind, f"{code:04X}", detail=font))
        return character or ""

    def _emit(self, text: str, shift: int, hidden: bool) -> Iterator[Piece]:
        """Yield a text unless it is hidden; inside a field's code it is added to the code."""
        if text and not hidden and show_in_fields(text, self._fields):
            yield Piece(text, shift)

    def _follow_field(self, char: _Element, hidden: bool) -> Iterator[Piece]:
        step = char.get(W + "fldCharType")
        if step == "begin":
            self._fields.append(Field(form=find_child(char, "ffData"), hidden=hidden))
        elif step == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif step == "end" and self._fields:
            yield from self._end_field()

    def _end_field(self) -> Iterator[Piece]:
        ended = self._fields.pop()
        if not ended.hidden:
            text = self._numbers.evaluate(ended, self._heading_level)
            yield from self._emit(text, 0, ended.hidden)
            if ended.is_contents:
                self._leave_out(CONTENTS, " ".join(ended.unread.split()))
            if ended.is_empty and not any(f.hides_result or not f.in_result for f in self._fields):
                self._leave_out(EMPTY_FIELDS, " ".join(ended.code.split()))

    def _leave_out(self, kind: str, text: str) -> None:
        """Note what stands at this place of the paragraph and is not read."""
        if text:
            self._paragraph.unread.append(LeftOut(kind, text[:SAMPLE_LENGTH]))


def describe_hidden(element: _Element) -> list[LeftOut]:
    """Return what is said of an element whose text is hidden or struck; nothing if it has none."""
    text = text_of(element)
    return [LeftOut(HIDDEN_TEXT, text[:SAMPLE_LENGTH])] if text else []


def text_of(element: _Element) -> str:
    """Return the text of the runs in an element, deleted ones left out."""
    return "".join(t.text or "" for t in element.iter(W + "t")).strip()


def describe_unread_control(sdt: _Element) -> list[LeftOut]:
    """Return what is said of a content control whose content is not read.

    It is a list of contents, or nobody has filled it in.
    """
    if placeholder := placeholder_text(sdt):
        return [LeftOut(EMPTY_FIELDS, placeholder[:20])]
    text = text_of(sdt)
    return [LeftOut(CONTENTS, text[:SAMPLE_LENGTH])] if text and not is_placeholder(sdt) else []


def _run_content(run: _Element) -> Iterator[_Element]:
    """Yield the elements in a run, with one version of each alternative."""
    for piece in run:
        if word_tag(piece) == "mc:AlternateContent":
            yield from _run_content(first_alternative(piece))
        elif isinstance(piece.tag, str):
            yield piece
