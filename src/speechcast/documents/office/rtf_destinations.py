r"""Begin the groups of rich text (RTF) whose first control word says what they are.

Such a group is a destination: `{\footnote ...}`. One marked with `\*` is dropped if it is not
known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..block import COMMENTS, EMBEDDED_OBJECTS, HEADERS, HIDDEN_TEXT, NOTES, PICTURES
from ..colors import UNKNOWN
from .rtf_content import Content
from .rtf_state import GroupState
from .rtf_tables import SKIPPED, TABLES

Ending = Callable[[GroupState], object]
"""What the end of a group does, given the state there."""

_Opened = tuple[GroupState, Ending]  # the state in a group, and what its end does
_FLOWS = {
    **dict.fromkeys(("footnote", "endnote"), NOTES),
    "annotation": COMMENTS,
    **{f"{part}{page}": HEADERS for part in ("header", "footer") for page in ("", "l", "r", "f")},
}
_BOXES = frozenset(("shptxt", "dptxbxtext"))
_DESTINATIONS = {
    **dict.fromkeys(SKIPPED, "dropped"),
    **TABLES,
    **dict.fromkeys(("listtext", "pntext"), "label"),
}
# Destinations that are marked as ones to be skipped, and hold text of the page.
_TRANSPARENT = frozenset(("shppict", "moMathPara", "nesttableprops"))
_UNDEFINED = 25  # the result of a form's field that shows its default


def ends_nothing(_state: GroupState) -> None:
    """End a group that is no destination, or whose end does nothing."""


class Destinations:
    """Begins and ends the destinations of a document.

    Attributes:
        content: What has been read.
    """

    def __init__(self) -> None:
        self.content = Content()
        self._properties: dict[str, str] = {}  # of a shape or a picture
        self._entries: list[str] = []  # of a drop-down list
        self._chosen: int | None = None  # the one of them that is chosen
        self._default = 0

    def open(self, word: str, state: GroupState, *, is_starred: bool) -> _Opened | None:
        r"""Begin what the first control word of a group names.

        Args:
            word: The control word.
            state: The state before it.
            is_starred: Whether it is marked with `\*`.

        Returns:
            The state in the group, and what its end does; None if the word names no destination.
        """
        if state.destination == "formula":
            return self._open_element(word, state, is_starred=is_starred)
        if open_named := _OPENINGS.get(word):
            return open_named(self, state)
        if word in _BOXES or (word in _FLOWS and state.destination == "body"):
            return self._open_flow(_FLOWS.get(word, ""), state)
        if destination := _DESTINATIONS.get(word):
            return _entered(state, destination)
        is_unknown = is_starred and word not in _TRANSPARENT
        return _entered(state, "dropped") if is_unknown else None

    def read_form_word(self, word: str, number: int) -> None:
        """Read a control word of the settings of a form's field."""
        if word == "ffres" and number != _UNDEFINED:
            self._chosen = number
        elif word == "ffdefres":
            self._default = number

    def _open_flow(self, kind: str, state: GroupState) -> _Opened:
        """Begin a text box, or what is left out; its paragraphs are its own."""
        if self._properties.pop("fHidden", "0") not in {"", "0"}:
            kind = HIDDEN_TEXT
        self.content.open_flow(kind)
        font = self.content.tables.usual_font
        return GroupState(font=font, unicode_skip=state.unicode_skip), self.content.end_flow

    def _open_shape(self, state: GroupState) -> _Opened:
        """Begin a shape; its groups are read, not what stands between them."""
        self._properties = {}
        return _entered(state, "shape")

    def _open_picture(self, state: GroupState) -> _Opened:
        self._properties = {}
        return _entered(
            state,
            "shape",
            lambda _: self.content.flow.leave_out(
                PICTURES, self._properties.get("wzDescription", "")
            ),
        )

    def _open_picture_properties(self, state: GroupState) -> _Opened:
        return _entered(state, "shape")

    def _open_name(self, state: GroupState) -> _Opened:
        """Begin the name of a property, or another text that is not of the page."""
        self.content.name = ""
        return _entered(state, "name")

    def _open_value(self, state: GroupState) -> _Opened:
        """Begin the value of a property."""
        name, self.content.name = self.content.name.strip(), ""

        def end(_: GroupState) -> None:
            self._properties[name] = value = self.content.name.strip()
            if name == "gtextUNICODE" and value:  # WordArt
                self.content.add_box(value)

        return _entered(state, "name", end)

    def _open_object(self, state: GroupState) -> _Opened:
        """Begin an embedded object; a picture of it is not left out beside it."""
        flow, before = self.content.flow, len(self.content.flow.left_out)

        def end(_: GroupState) -> None:
            pieces = flow.left_out[before:]
            if any(piece.kind == EMBEDDED_OBJECTS for piece in pieces):
                flow.left_out[before:] = [piece for piece in pieces if piece.kind != PICTURES]

        return state, end

    def _open_class(self, state: GroupState) -> _Opened:
        """Begin the name of the program that an embedded object belongs to."""
        self.content.name = ""
        return _entered(
            state,
            "name",
            lambda _: self.content.flow.leave_out(EMBEDDED_OBJECTS, self.content.name),
        )

    def _open_form(self, state: GroupState) -> _Opened:
        """Begin the settings of a field in a form."""
        self._entries, self._chosen, self._default = [], None, 0

        def end(_: GroupState) -> None:
            if self._entries:
                chosen = self._default if self._chosen is None else self._chosen
                self.content.add_choice(self._entries, chosen)

        return _entered(state, "form", end)

    def _open_entry(self, state: GroupState) -> _Opened:
        """Begin an entry of a drop-down list."""
        self.content.name = ""
        return _entered(state, "name", lambda _: self._entries.append(self.content.name))

    def _open_versions(self, state: GroupState) -> _Opened:
        """Begin a text that is given twice; its version in ANSI is not read."""
        return _entered(state, "versions") if state.destination == "body" else (state, ends_nothing)

    def _open_unicode(self, state: GroupState) -> _Opened:
        """Begin the version of a text in Unicode."""
        is_other = state.destination != "versions"
        return (state, ends_nothing) if is_other else _entered(state, "body")

    def _open_background(self, state: GroupState) -> _Opened:
        """Note that the pages have a colour."""
        self.content.body.background = UNKNOWN
        return _entered(state, "dropped")

    def _open_field(self, state: GroupState) -> _Opened:
        """Begin a field: its code comes first, then its result."""
        self.content.open_field(state)
        return state, self.content.end_field

    def _open_code(self, state: GroupState) -> _Opened:
        self.content.follow_field(in_result=False)
        return _entered(state, "code")

    def _open_result(self, state: GroupState) -> _Opened:
        self.content.follow_field(in_result=True)
        return state, ends_nothing

    def _open_formula(self, state: GroupState) -> _Opened:
        self.content.open_formula()
        return _entered(state, "formula", lambda _: self.content.end_formula(state))

    def _open_element(self, word: str, state: GroupState, *, is_starred: bool) -> _Opened:
        r"""Begin an element of a formula: `\mf` is `m:f` of OMML."""
        if is_starred or not word.startswith("m"):
            return _entered(state, "dropped")
        self.content.open_element(word[1:])
        return state, self.content.end_element


def _entered(state: GroupState, destination: str, ending: Ending = ends_nothing) -> _Opened:
    """Return the state in a destination, and what its end does."""
    return replace(state, destination=destination), ending


# What else may begin a group, and the method that begins it.
_OPENINGS: dict[str, Callable[[Destinations, GroupState], _Opened]] = {
    "background": Destinations._open_background,
    "do": Destinations._open_shape,
    "ffl": Destinations._open_entry,
    "field": Destinations._open_field,
    "fldinst": Destinations._open_code,
    "fldrslt": Destinations._open_result,
    "formfield": Destinations._open_form,
    "moMath": Destinations._open_formula,
    "objclass": Destinations._open_class,
    "object": Destinations._open_object,
    "picprop": Destinations._open_picture_properties,
    "pict": Destinations._open_picture,
    "shpinst": Destinations._open_shape,
    "sn": Destinations._open_name,
    "sv": Destinations._open_value,
    "ud": Destinations._open_unicode,
    "upr": Destinations._open_versions,
}
