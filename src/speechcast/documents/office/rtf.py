r"""Read rich text (.rtf) into paragraphs.

The text is what Word would print with all tracked changes accepted, without foot- and endnotes,
comments, headers and footers, which are listed as left out. A group that begins with a control word
is a destination: `{\footnote ...}`; one marked with `\*` is skipped if it is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import SourceError
from ...messages import _, mark
from ..block import (
    COMMENTS,
    CONTENTS,
    DELETIONS,
    EMBEDDED_OBJECTS,
    EMPTY_FIELDS,
    HEADERS,
    HIDDEN_TEXT,
    NOTES,
    PICTURES,
    Block,
    LeftOut,
)
from ..colors import UNKNOWN
from ..file_types import misnamed_error
from .docx_fields import SAMPLE_LENGTH, Field, FieldNumbers, show_in_fields
from .docx_numbering import WordLists
from .docx_styles import ParagraphStyle
from .math_text import needs_page, read_formula
from .ooxml import M
from .page_numbers import PAGE_NUMBER_MARK
from .rtf_flow import Flow
from .rtf_state import MOVING, State
from .rtf_tables import TABLES, Tables, make_style
from .rtf_tokens import CLOSE, OPEN, TEXT, UNICODE, Characters, split_tokens
from .symbol_fonts import is_symbol_font, read_symbol

if TYPE_CHECKING:
    from lxml.etree import _Element

_Ending = Callable[[], object]
_SIGNATURE = b"{\\rtf"
_MAX_TOKENS = 4_000_000  # control words and groups; a day of speech makes a tenth of them
_MAX_NAME = 200  # characters of a property's value, or of the number of an item
_MAX_NESTED = 60  # text boxes, fields or elements of a formula
_CHARACTERS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "~": "\u00a0", "_": "-",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "chpgn": PAGE_NUMBER_MARK,
}  # fmt: skip
_FLOWS = {
    **dict.fromkeys(("footnote", "endnote"), NOTES),
    "annotation": COMMENTS,
    **{f"{part}{page}": HEADERS for part in ("header", "footer") for page in ("", "l", "r", "f")},
}
_BOXES = frozenset(("shptxt", "dptxbxtext"))
_SKIPPED = frozenset(  # destinations that hold no text of the page
    "info nonshppict shprslt filetbl template private tc tcn xe txe rxe mmathPict fldtype "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn userprops objalias sectdefaults comment "
    "keywords operator bkmkstart bkmkend generator nonesttables".split()
)
_BEFORE_WORDS = frozenset((b"", b"*"))  # what some programs write before a group's first word
# Destinations without text of their own, which may hold others.
_HOLDERS = {"shpinst": "shape", "do": "shape", "picprop": "shape", "pict": "shape", "upr": "upr"}
_CIRCLE = "o"  # Word's second bullet
_LABELS = frozenset(("listtext", "pntext"))
_BREAKS = frozenset(("par", "sect", "cell", "row", "nestcell", "nestrow"))
_CELL_SHADING = frozenset(("clcbpat", "clcfpat", "clshdng", "trcbpat", "trcfpat", "trshdng"))
# Destinations that are marked as ones to be skipped, and hold text of the page.
_TRANSPARENT = frozenset(("shppict", "moMathPara", "nesttableprops"))
_DAMAGED = mark("characters that are damaged")
_STRUCTURES = mark("structures of formulas")
_FONT_SIGNS = mark("signs of the font {detail}")


def blocks(data: bytes, path: Path) -> list[Block | LeftOut]:
    """Return the paragraphs of the rich text in `data`, and what is left out of it.

    Raises:
        SourceError: The file is no rich text, or is damaged or too large.
    """
    start = data.find(_SIGNATURE, 0, 1024)
    if start < 0:
        raise misnamed_error(data, path)
    data = data[start:]
    if (count := data.count(b"\\") + data.count(OPEN.encode())) > _MAX_TOKENS:
        raise SourceError(
            _(
                "{path} has {count:,} control words, more than a speech can have; the limit is "
                "{most:,}. Save it as .docx, or split it into smaller files"
            ).format(path=path, count=count, most=_MAX_TOKENS),
            path,
        )
    reader = _Reader(Characters(data))
    if not reader.read(data):
        raise SourceError(
            _(
                "{path} is damaged (it ends in the middle); download it again, or open it in "
                "the program that wrote it and save it again"
            ).format(path=path),
            path,
        )
    return [*reader.headers.values(), *reader.body.left_out, *reader.body.blocks]


class _Reader:
    """Walks through a file once, with a state for each open group.

    Attributes:
        body: What the document holds.
        headers: Each text of the headers and footers.
    """

    def __init__(self, characters: Characters) -> None:
        self.body = Flow()
        self.headers: dict[str, LeftOut] = {}
        self._characters = characters
        self._tables = Tables()
        self._state = State()
        self._groups: list[tuple[State, _Ending]] = []
        self._ending: _Ending = _do_nothing  # what the end of this group does
        self._begins = self._is_starred = False  # has the group just begun, with \*?
        self._flows = [self.body]
        self._fields: list[Field] = []
        self._numbers = FieldNumbers(WordLists(None))
        self._formula: list[_Element] = []
        self._name = ""  # of a property, or its value
        self._properties: dict[str, str] = {}  # of a shape or a picture

    def read(self, data: bytes) -> bool:
        """Read a file; return whether it is whole."""
        for token in split_tokens(data, is_double_byte=self._characters.is_double_byte):
            if token.word == TEXT:
                self._begins = self._begins and token.data.strip() in _BEFORE_WORDS
                self._characters.add(token.data)
            elif token.word == UNICODE and token.number is not None:
                self._begins = False
                self._flush()
                self._add(self._characters.read_number(token.number, self._state.unicode_skip))
            elif token.word in {OPEN, CLOSE}:
                self._flush()
                self._characters.skip = 0
                if token.word == OPEN:
                    self._open_group()
                elif self._close_group():
                    return True
            else:
                self._flush()
                self._read_word(token.word, token.number)
        return False

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def _flush(self) -> None:
        """Add the characters that have been passed."""
        if text := self._characters.flush(self._tables.find_font(self._state.font)):
            self._add(text)

    def _open_group(self) -> None:
        self._groups.append((self._state, self._ending))
        self._begins, self._is_starred = True, False
        self._ending = _do_nothing if len(self._groups) > 1 else self._end_document

    def _close_group(self) -> bool:
        """End a group; return whether it was the document."""
        self._ending()
        self._begins = False
        if self._groups:
            self._state, self._ending = self._groups.pop()
        return not self._groups

    def _end_document(self) -> None:
        self.body.end(self._state, self._style)

    def _set_sink(self, sink: str) -> None:
        self._state = replace(self._state, sink=sink)

    def _read_word(self, word: str, number: int | None) -> None:
        sink, begins = self._state.sink, self._begins
        if word == "*" and begins:
            self._is_starred = True
            return
        self._begins = False
        if sink == "dropped":
            return
        if begins and self._open_destination(word):
            return
        if begins and self._is_starred and word not in _TRANSPARENT:
            self._set_sink("dropped")
        elif text := _CHARACTERS.get(word):
            if self._characters.skip:
                self._characters.skip -= 1
            else:
                self._add(text)
        elif sink in {"fonts", "colors"}:
            self._tables.read_word(word, number or 0)
        elif word in _BREAKS:
            self._break(word)
        else:
            self._change_state(word, number)

    def _open_destination(self, word: str) -> bool:
        """Begin what the first control word of a group names; return whether it names any."""
        sink = self._state.sink
        if sink == "formula":
            self._open_element(word)
        elif word in _SKIPPED:
            self._set_sink("dropped")
        elif word in TABLES:
            self._set_sink(TABLES[word])
        elif word in _BOXES or (word in _FLOWS and sink == "body"):
            self._open_flow(_FLOWS.get(word, ""))
        elif word in _HOLDERS:
            self._open_holder(word)
        elif word in _LABELS and sink == "body":
            self._set_sink("label")
        elif open_named := _OPENINGS.get(word):
            open_named(self)
        else:
            return False
        return True

    def _open_holder(self, word: str) -> None:
        """Begin a group whose own text is not read: of a shape, a picture, or in ANSI."""
        if word == "upr":
            self._set_sink("upr" if self._state.sink == "body" else self._state.sink)
            return
        self._set_sink("shape")
        if word != "picprop":
            self._properties = {}
        if word == "pict":
            self._ending = lambda: self._flow.leave_out(
                PICTURES, self._properties.get("wzDescription", "")
            )

    def _open_name(self) -> None:
        """Begin the name of a property."""
        self._name = ""
        self._set_sink("name")

    def _open_value(self) -> None:
        """Begin the value of a property."""
        name = self._name.strip()
        self._open_name()

        def end() -> None:
            self._properties[name] = self._name.strip()

        self._ending = end

    def _open_object(self) -> None:
        """Begin an embedded object; a picture of it is not left out beside it."""
        flow, before = self._flow, len(self._flow.left_out)

        def end() -> None:
            pieces = flow.left_out[before:]
            if any(piece.kind == EMBEDDED_OBJECTS for piece in pieces):
                flow.left_out[before:] = [piece for piece in pieces if piece.kind != PICTURES]

        self._ending = end

    def _open_class(self) -> None:
        """Begin the name of the program that an embedded object belongs to."""
        self._open_name()
        self._ending = lambda: self._flow.leave_out(EMBEDDED_OBJECTS, self._name)

    def _open_unicode(self) -> None:
        """Begin the version of a text in Unicode."""
        if self._state.sink == "upr":
            self._set_sink("body")

    def _open_background(self) -> None:
        """Note that the pages have a colour."""
        self.body.background = UNKNOWN
        self._set_sink("dropped")

    def _open_flow(self, kind: str) -> None:
        """Begin a text box, or what is left out; its paragraphs are its own."""
        if self._properties.pop("fHidden", "0") not in {"", "0"}:
            kind = HIDDEN_TEXT
        flow = Flow(kind, self._flow.row + 1)
        flow.background = "" if kind else UNKNOWN
        self._flows.append(flow)
        _check_depth(self._flows)
        self._state = State(font=self._tables.usual_font, unicode_skip=self._state.unicode_skip)
        self._ending = self._end_flow

    def _end_flow(self) -> None:
        flow = self._flows.pop()
        flow.end(self._state, self._style)
        texts = [block.text for block in flow.blocks]
        if flow.kind == HEADERS:
            for text in texts:
                self.headers.setdefault(text, LeftOut(HEADERS, text[:SAMPLE_LENGTH]))
        elif flow.kind:
            self._flow.leave_out(flow.kind, " ".join(texts))
        else:
            self._flow.add_box(flow)

    @property
    def _style(self) -> ParagraphStyle:
        return self._tables.find_style(self._state.style)

    def _open_field(self) -> None:
        """Begin a field: its code comes first, then its result."""
        opened = Field(in_result=True, hidden=bool(self._state.hidden))
        self._fields.append(opened)
        _check_depth(self._fields)
        self._ending = self._end_field

    def _open_code(self) -> None:
        if self._fields:
            self._fields[-1].in_result = False
            self._set_sink("code")

    def _open_result(self) -> None:
        if self._fields:
            self._fields[-1].in_result = True

    def _end_field(self) -> None:
        ended = self._fields.pop()
        ended.in_result = True
        if ended.hidden:
            return
        level = make_style(self._style, self._state.outline).level
        if text := self._numbers.evaluate(ended, level):
            self._add(text)
        if ended.is_contents and ended.unread.strip():
            self._flow.leave_out(CONTENTS, ended.unread)
        if ended.is_empty and not any(f.hides_result or not f.in_result for f in self._fields):
            self._flow.leave_out(EMPTY_FIELDS, ended.code)

    def _open_formula(self) -> None:
        from lxml import etree

        self._set_sink("formula")
        self._formula = [etree.Element(M + "oMath")]
        self._ending = self._end_formula

    def _open_element(self, word: str) -> None:
        r"""Begin an element of a formula: `\mf` is `m:f` of OMML."""
        from lxml import etree

        if self._is_starred or not word.startswith("m"):
            self._set_sink("dropped")
            return
        _check_depth(self._formula)
        self._formula.append(etree.SubElement(self._formula[-1], M + word[1:]))
        self._ending = self._formula.pop

    def _end_formula(self) -> None:
        formula, self._formula = self._formula[0], []
        self._set_sink("body")
        text = read_formula(formula)
        if needs_page(formula) and not self._state.hidden:
            self._flow.leave_out(_STRUCTURES, text)
        self._add(text)

    def _add_to_formula(self, text: str) -> None:
        from lxml import etree

        element = self._formula[-1]
        if element.tag == M + "r":
            etree.SubElement(element, M + "t").text = text
        elif element.tag != M + "oMath":
            element.set(M + "val", (element.get(M + "val") or "") + text)

    def _add(self, text: str) -> None:
        """Add a text to what it is part of."""
        state = self._state
        if is_symbol_font(font := self._tables.find_font(state.font).name):
            text = "".join(self._read_sign(c, font) for c in text)
        if state.sink in {"body", "code"}:
            self._add_to_body(text)
        elif state.sink == "label" and len(self._flow.label) < _MAX_NAME:
            self._flow.label += "" if text == _CIRCLE else text
        elif state.sink == "name" and len(self._name) < _MAX_NAME:
            self._name += text
        elif state.sink == "formula":
            self._add_to_formula(text)
        elif state.sink in TABLES.values():
            self._tables.read_text(state.sink, text, state.style, state.outline)

    def _add_to_body(self, text: str) -> None:
        state, flow = self._state, self._flow
        if "\ufffd" in text:
            flow.leave_out(_DAMAGED)
            text = text.replace("\ufffd", "")
        if is_symbol_font(font := self._tables.find_font(state.font).name):
            text = "".join(self._read_sign(c, font) for c in text)
        is_shaded = flow.background or (flow.shades_cells and state.depth)
        around = UNKNOWN if is_shaded else state.fill
        kind = HIDDEN_TEXT if state.hidden or state.appearance.is_unseen(around) else ""
        if kind and state.sink == "body":
            if not any(f.hides_result for f in self._fields):
                flow.add_unread(DELETIONS if state.hidden & MOVING else kind, text)
        elif show_in_fields(text, self._fields):
            flow.add(text, state.shift)

    def _read_sign(self, character: str, font: str) -> str:
        code = ord(character)
        if code >= 0x100 and not 0xF000 <= code <= 0xF0FF:
            return character
        sign = read_symbol(code, font)
        if sign is None and self._state.sink == "body":
            left_out = LeftOut(_FONT_SIGNS, f"{code:04X}", detail=font, row=self._flow.row)
            self._flow.left_out.append(left_out)
        return sign or ""

    def _break(self, word: str) -> None:
        """End a paragraph, a cell or a row."""
        state, flow = self._state, self._flow
        if state.sink != "body":
            return
        self._characters.skip = 0
        if word in {"par", "sect"}:
            joins_next = state.joins_next or "deleted" in state.hidden
            flow.end_paragraph(replace(state, joins_next=joins_next), self._style)
            return
        depth = max(2, state.depth) if word.startswith("nest") else 1
        if flow.is_open or word.endswith("cell"):
            flow.end_paragraph(replace(state, depth=depth, joins_next=False), self._style)
        (flow.end_cell if word.endswith("cell") else flow.end_row)(depth)

    def _change_state(self, word: str, number: int | None) -> None:
        """Change the state by a control word that formats what follows."""
        self._characters.skip = 0
        if word == "deff":
            self._tables.usual_font = number or 0
            self._state = replace(self._state, font=number or 0)
        elif word in _CELL_SHADING:
            self._flow.shades_cells = True
        elif word == "shpfblwtxt" and number:
            self.body.background = UNKNOWN
        else:
            self._state = self._state.changed(word, number, self._tables)


def _do_nothing() -> None:
    pass


def _check_depth(nested: Sequence[object]) -> None:
    """Raise the error of a document that nests deeper than any that a program writes."""
    if len(nested) > _MAX_NESTED:
        raise RecursionError


# What else may begin a group, and the method that begins it.
_OPENINGS: dict[str, Callable[[_Reader], None]] = {
    "field": _Reader._open_field,
    "fldinst": _Reader._open_code,
    "fldrslt": _Reader._open_result,
    "moMath": _Reader._open_formula,
    "object": _Reader._open_object,
    "objclass": _Reader._open_class,
    "sn": _Reader._open_name,
    "sv": _Reader._open_value,
    "ud": _Reader._open_unicode,
    "background": _Reader._open_background,
}
