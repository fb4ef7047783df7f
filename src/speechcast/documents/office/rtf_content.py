"""Collect what rich text (RTF) holds: its paragraphs, fields and formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...messages import mark
from ..block import CONTENTS, DELETIONS, EMPTY_FIELDS, HEADERS, HIDDEN_TEXT, SAMPLE_LENGTH, LeftOut
from ..colors import UNKNOWN
from .docx_fields import Field, FieldNumbers, show_in_fields
from .docx_numbering import WordLists
from .docx_styles import ParagraphStyle
from .math_text import needs_page, read_formula
from .ooxml import M, W
from .rtf_flow import Flow
from .rtf_state import MOVING, GroupState
from .rtf_tables import TABLES, Tables, make_style
from .symbol_fonts import is_symbol_font, read_symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_NAME = 200  # characters of a property's value, or of the number of an item
_MAX_NESTED = 60  # text boxes, fields or elements of a formula
_CIRCLE = "o"  # Word's second bullet
_DAMAGED = mark("characters that are damaged")
_STRUCTURES = mark("structures of formulas")
_FONT_SIGNS = mark("signs of the font {detail}")


class Content:
    """What has been read of a document.

    Attributes:
        body: The document itself.
        headers: Each text of its headers and footers.
        tables: Its fonts, colours and styles.
        name: The text of a property, or of its value.
    """

    def __init__(self) -> None:
        self.body = Flow()
        self.headers: dict[str, LeftOut] = {}
        self.tables = Tables()
        self.name = ""
        self._flows = [self.body]
        self._fields: list[Field] = []
        self._numbers = FieldNumbers(WordLists(None))
        self._formula: list[_Element] = []

    @property
    def flow(self) -> Flow:
        """The innermost text box, note or the like that is open; the body if there is none."""
        return self._flows[-1]

    def find_style(self, state: GroupState) -> ParagraphStyle:
        """Return the style of a paragraph."""
        return self.tables.find_style(state.style)

    def end_document(self, state: GroupState) -> None:
        """End the document itself."""
        self.body.end(state, self.find_style(state))

    def open_flow(self, kind: str) -> None:
        """Begin a text box, or what is left out; its paragraphs are its own."""
        flow = Flow(kind, self.flow.row + 1)
        flow.background = "" if kind else UNKNOWN
        self._flows.append(flow)
        _check_depth(self._flows)

    def end_flow(self, state: GroupState) -> None:
        """End what `open_flow` began."""
        flow = self._flows.pop()
        flow.end(state, self.find_style(state))
        texts = [block.text for block in flow.blocks]
        if flow.kind == HEADERS:
            for text in texts:
                self.headers.setdefault(text, LeftOut(HEADERS, text[:SAMPLE_LENGTH]))
        elif flow.kind:
            self.flow.leave_out(flow.kind, " ".join(texts))
        else:
            self.flow.add_box(flow)

    def add_box(self, text: str) -> None:
        """Add a text box that holds one line."""
        self.open_flow("")
        self.flow.add(text)
        self.end_flow(GroupState())

    def add_choice(self, entries: Sequence[str], chosen: int) -> None:
        """Give a field the entries of its drop-down list, and which of them is chosen."""
        from lxml import etree

        if not self._fields:
            return
        form = etree.Element(W + "ffData")
        choices = etree.SubElement(form, W + "ddList")
        etree.SubElement(choices, W + "result").set(W + "val", str(chosen))
        for entry in entries:
            etree.SubElement(choices, W + "listEntry").set(W + "val", entry)
        self._fields[-1].form = form

    def open_field(self, state: GroupState) -> None:
        """Begin a field: its code comes first, then its result."""
        self._fields.append(Field(in_result=True, hidden=bool(state.hidden)))
        _check_depth(self._fields)

    def follow_field(self, *, in_result: bool) -> None:
        """Begin the code or the result of the innermost field."""
        if self._fields:
            self._fields[-1].in_result = in_result

    def end_field(self, state: GroupState) -> None:
        """End a field, and add what it shows beside its stored result."""
        ended = self._fields.pop()
        ended.in_result = True
        if ended.hidden:
            return
        level = make_style(self.find_style(state), state.outline).level
        if text := self._numbers.evaluate(ended, level):
            self.add(text, state)
        if ended.is_contents and ended.unread.strip():
            self.flow.leave_out(CONTENTS, ended.unread)
        if ended.is_empty and not any(f.hides_result or not f.in_result for f in self._fields):
            self.flow.leave_out(EMPTY_FIELDS, ended.code)

    def open_formula(self) -> None:
        """Begin a formula."""
        from lxml import etree

        self._formula = [etree.Element(M + "oMath")]

    def open_element(self, name: str) -> None:
        """Begin an element of a formula, by its name in OMML."""
        from lxml import etree

        _check_depth(self._formula)
        self._formula.append(etree.SubElement(self._formula[-1], M + name))

    def end_element(self, _state: GroupState) -> None:
        """End what `open_element` began."""
        self._formula.pop()

    def end_formula(self, state: GroupState) -> None:
        """End a formula, and add it to the text.

        Args:
            state: The state around it.
        """
        formula, self._formula = self._formula[0], []
        text = read_formula(formula)
        if needs_page(formula) and not state.hidden:
            self.flow.leave_out(_STRUCTURES, text)
        self.add(text, state)

    def _add_to_formula(self, text: str) -> None:
        from lxml import etree

        element = self._formula[-1]
        if element.tag == M + "r":
            etree.SubElement(element, M + "t").text = text
        elif element.tag != M + "oMath":
            element.set(M + "val", (element.get(M + "val") or "") + text)

    def add(self, text: str, state: GroupState) -> None:
        """Add a text to what it is part of."""
        if is_symbol_font(font := self.tables.find_font(state.font).name):
            text = "".join(self._read_sign(c, font, state) for c in text)
        if state.destination in {"body", "code"}:
            self._add_to_body(text, state)
        elif state.destination == "label" and len(self.flow.label) < _MAX_NAME:
            self.flow.label += "" if text == _CIRCLE else text
        elif state.destination == "name" and len(self.name) < _MAX_NAME:
            self.name += text
        elif state.destination == "formula":
            self._add_to_formula(text)
        elif state.destination in TABLES.values():
            self.tables.read_text(state.destination, text, state.style, state.outline)

    def _add_to_body(self, text: str, state: GroupState) -> None:
        flow = self.flow
        if "\ufffd" in text:
            flow.leave_out(_DAMAGED)
            text = text.replace("\ufffd", "")
        is_shaded = flow.background or (flow.shades_cells and state.depth)
        around = UNKNOWN if is_shaded else state.fill
        kind = HIDDEN_TEXT if state.hidden or state.appearance.is_unseen(around) else ""
        if kind and state.destination == "body":
            if not any(f.hides_result for f in self._fields):
                flow.add_unread(DELETIONS if state.hidden & MOVING else kind, text)
        elif show_in_fields(text, self._fields):
            flow.add(text, state.height)

    def _read_sign(self, character: str, font: str, state: GroupState) -> str:
        code = ord(character)
        if code >= 0x100 and not 0xF000 <= code <= 0xF0FF:
            return character
        sign = read_symbol(code, font)
        if sign is None and state.destination == "body":
            left_out = LeftOut(_FONT_SIGNS, f"{code:04X}", detail=font, row=self.flow.row)
            self.flow.left_out.append(left_out)
        return sign or ""

    def end_part(self, word: str, state: GroupState) -> None:
        r"""End a paragraph, a cell or a row.

        Args:
            word: The control word that ends it: `par`, `cell`.
            state: The state at its end.
        """
        flow, style = self.flow, self.find_style(state)
        if word in {"par", "sect"}:
            joins_next = state.joins_next or "deleted" in state.hidden
            flow.end_paragraph(replace(state, joins_next=joins_next), style)
            return
        depth = max(2, state.depth) if word.startswith("nest") else 1
        if flow.is_open or word.endswith("cell"):
            flow.end_paragraph(replace(state, depth=depth, joins_next=False), style)
        (flow.end_cell if word.endswith("cell") else flow.end_row)(depth)


def _check_depth(nested: Sequence[object]) -> None:
    """Raise the error of a document that nests deeper than any that a program writes."""
    if len(nested) > _MAX_NESTED:
        raise RecursionError
