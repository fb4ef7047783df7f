r"""Read rich text (.rtf) into paragraphs.

The text is what Word would print with all tracked changes accepted, without foot- and endnotes,
comments, headers and footers, which are listed as left out. A group that begins with a control word
is a destination: `{\footnote ...}`; one marked with `\*` is skipped if it is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ...errors import SourceError
from ...messages import _
from ..block import (
    COMMENTS,
    EMBEDDED_OBJECTS,
    HEADERS,
    HIDDEN_TEXT,
    NOTES,
    PICTURES,
    Block,
    LeftOut,
)
from ..colors import UNKNOWN
from ..file_types import misnamed_error
from .rtf_content import Content
from .rtf_state import GroupState
from .rtf_tables import SKIPPED, TABLES
from .rtf_tokens import CHARACTERS, CLOSE, OPEN, TEXT, UNICODE, Characters, split_tokens

_Ending = Callable[[], object]
_SIGNATURE = b"{\\rtf"
_MAX_TOKENS = 4_000_000  # control words and groups; a day of speech makes a tenth of them
_FLOWS = {
    **dict.fromkeys(("footnote", "endnote"), NOTES),
    "annotation": COMMENTS,
    **{f"{part}{page}": HEADERS for part in ("header", "footer") for page in ("", "l", "r", "f")},
}
_BOXES = frozenset(("shptxt", "dptxbxtext"))
_BEFORE_WORDS = frozenset((b"", b"*"))  # what some programs write before a group's first word
# Destinations without text of their own, which may hold others.
_HOLDERS = {"shpinst": "shape", "do": "shape", "picprop": "shape", "pict": "shape", "upr": "upr"}
_LABELS = frozenset(("listtext", "pntext"))
_BREAKS = frozenset(("par", "sect", "cell", "row", "nestcell", "nestrow"))
_CELL_SHADING = frozenset(("clcbpat", "clcfpat", "clshdng", "trcbpat", "trcfpat", "trshdng"))
# Destinations that are marked as ones to be skipped, and hold text of the page.
_TRANSPARENT = frozenset(("shppict", "moMathPara", "nesttableprops"))


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
                "{path} is damaged{detail}; download it again, or open it in the program "
                "that wrote it and save it again"
            ).format(path=path, detail=_(" ({reason})").format(reason=_("it ends in the middle"))),
            path,
        )
    content = reader.content
    return [*content.headers.values(), *content.body.left_out, *content.body.blocks]


class _Reader:
    """Walks through a file once, with a state for each open group.

    Attributes:
        content: What has been read.
    """

    def __init__(self, characters: Characters) -> None:
        self.content = Content()
        self._characters = characters
        self._state = GroupState()
        self._groups: list[tuple[GroupState, _Ending]] = []
        self._ending: _Ending = _do_nothing  # what the end of this group does
        self._begins = self._is_starred = False  # has the group just begun, with \*?
        self._properties: dict[str, str] = {}  # of a shape or a picture
        self._entries: list[str] = []  # of a drop-down list
        self._chosen = 0  # the one of them that is chosen

    def read(self, data: bytes) -> bool:
        """Read a file; return whether it is whole."""
        for token in split_tokens(data, is_double_byte=self._characters.is_double_byte):
            if token.word == TEXT:
                self._begins = self._begins and token.data.strip() in _BEFORE_WORDS
                self._characters.add(token.data)
            elif token.word == UNICODE and token.number is not None:
                self._begins = False
                self._flush()
                text = self._characters.read_number(token.number, self._state.unicode_skip)
                self._add(text)
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

    def _flush(self) -> None:
        """Add the characters that have been passed."""
        if text := self._characters.flush(self.content.tables.find_font(self._state.font)):
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
        self.content.body.end(self._state, self.content.find_style(self._state))

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
        elif text := CHARACTERS.get(word):
            if self._characters.skip:
                self._characters.skip -= 1
            else:
                self._add(text)
        elif sink in {"fonts", "colors"}:
            self.content.tables.read_word(word, number or 0)
        elif word in _BREAKS:
            if sink == "body":
                self._characters.skip = 0
                self.content.end_part(word, self._state)
        else:
            self._change_state(word, number)

    def _open_destination(self, word: str) -> bool:
        """Begin what the first control word of a group names; return whether it names any."""
        sink = self._state.sink
        if sink == "formula":
            self._open_element(word)
        elif word in SKIPPED:
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
            self._ending = lambda: self.content.flow.leave_out(
                PICTURES, self._properties.get("wzDescription", "")
            )

    def _open_name(self) -> None:
        """Begin the name of a property."""
        self.content.name = ""
        self._set_sink("name")

    def _open_value(self) -> None:
        """Begin the value of a property."""
        name = self.content.name.strip()
        self._open_name()

        def end() -> None:
            self._properties[name] = value = self.content.name.strip()
            if name == "gtextUNICODE" and value:  # WordArt
                self.content.add_box(value)

        self._ending = end

    def _open_object(self) -> None:
        """Begin an embedded object; a picture of it is not left out beside it."""
        flow, before = self.content.flow, len(self.content.flow.left_out)

        def end() -> None:
            pieces = flow.left_out[before:]
            if any(piece.kind == EMBEDDED_OBJECTS for piece in pieces):
                flow.left_out[before:] = [piece for piece in pieces if piece.kind != PICTURES]

        self._ending = end

    def _open_class(self) -> None:
        """Begin the name of the program that an embedded object belongs to."""
        self._open_name()
        self._ending = lambda: self.content.flow.leave_out(EMBEDDED_OBJECTS, self.content.name)

    def _open_form(self) -> None:
        """Begin the settings of a field in a form."""
        self._entries, self._chosen = [], 0
        self._set_sink("name")

        def end() -> None:
            if self._entries:
                self.content.add_choice(self._entries, self._chosen)

        self._ending = end

    def _open_entry(self) -> None:
        """Begin an entry of a drop-down list."""
        self._open_name()
        self._ending = lambda: self._entries.append(self.content.name)

    def _open_unicode(self) -> None:
        """Begin the version of a text in Unicode."""
        if self._state.sink == "upr":
            self._set_sink("body")

    def _open_background(self) -> None:
        """Note that the pages have a colour."""
        self.content.body.background = UNKNOWN
        self._set_sink("dropped")

    def _open_flow(self, kind: str) -> None:
        """Begin a text box, or what is left out; its paragraphs are its own."""
        if self._properties.pop("fHidden", "0") not in {"", "0"}:
            kind = HIDDEN_TEXT
        self.content.open_flow(kind)
        self._state = GroupState(
            font=self.content.tables.usual_font, unicode_skip=self._state.unicode_skip
        )
        self._ending = lambda: self.content.end_flow(self._state)

    def _open_field(self) -> None:
        """Begin a field: its code comes first, then its result."""
        self.content.open_field(self._state)
        self._ending = lambda: self.content.end_field(self._state)

    def _open_code(self) -> None:
        if self.content.follow_field(in_result=False):
            self._set_sink("code")

    def _open_result(self) -> None:
        self.content.follow_field(in_result=True)

    def _open_formula(self) -> None:
        around = self._state
        self._set_sink("formula")
        self.content.open_formula()
        self._ending = lambda: self.content.end_formula(around)

    def _open_element(self, word: str) -> None:
        r"""Begin an element of a formula: `\mf` is `m:f` of OMML."""
        if self._is_starred or not word.startswith("m"):
            self._set_sink("dropped")
        else:
            self.content.open_element(word[1:])
            self._ending = self.content.end_element

    def _add(self, text: str) -> None:
        self.content.add(text, self._state)

    def _change_state(self, word: str, number: int | None) -> None:
        """Change the state by a control word that formats what follows."""
        self._characters.skip = 0
        if word == "deff":
            self.content.tables.usual_font = number or 0
            self._state = replace(self._state, font=number or 0)
        elif word == "ffres":
            self._chosen = number or 0
        elif word in _CELL_SHADING:
            self.content.flow.shades_cells = True
        elif word == "shpfblwtxt" and number:
            self.content.body.background = UNKNOWN
        else:
            self._state = self._state.changed(word, number, self.content.tables)


def _do_nothing() -> None:
    pass


# What else may begin a group, and the method that begins it.
_OPENINGS: dict[str, Callable[[_Reader], None]] = {
    "field": _Reader._open_field,
    "fldinst": _Reader._open_code,
    "fldrslt": _Reader._open_result,
    "moMath": _Reader._open_formula,
    "formfield": _Reader._open_form,
    "ffl": _Reader._open_entry,
    "object": _Reader._open_object,
    "objclass": _Reader._open_class,
    "sn": _Reader._open_name,
    "sv": _Reader._open_value,
    "ud": _Reader._open_unicode,
    "background": _Reader._open_background,
}
