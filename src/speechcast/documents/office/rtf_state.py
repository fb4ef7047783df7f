"""Follow what control words of rich text (RTF) say of the text after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from .docx_appearance import NO_APPEARANCE, TextAppearance
from .docx_styles import find_shift
from .rtf_tables import Tables

MOVING = frozenset(("deleted", "mvf"))
"""Control words for text that was deleted, or moved to another place."""

HIDING = MOVING | {"v", "strike", "striked"}
"""Control words for text that is not read: hidden, struck or deleted."""

_SHIFTS = {"super": 1, "sub": -1, "nosupersub": 0}
_OUTLINES = frozenset(("outl", "shad", "embo", "impr"))
_MAX_NARROW = 5  # percent of the usual width of letters
_MAX_DEPTH = 10  # of nested tables; a damaged file may name any number
_MAX_SKIP = 8  # characters that stand in for one


@dataclass(frozen=True, slots=True)
class GroupState:
    """What the control words of a group say of the text that follows in it.

    Attributes:
        destination: What the text is part of: "body" for what is read, "dropped" for nothing.
        unicode_skip: How many characters stand in for one that is given by its number.
        font: The number of the font.
        hidden: The control words that hide the text.
        shift: 1 for superscripts, -1 for subscripts.
        moved: How far the text is moved up, in half points.
        appearance: How the text looks.
        style: The number of the paragraph's style.
        outline: The level of the paragraph's heading from 0; None where nothing says it.
        depth: In how many tables the paragraph is.
        fill: The colour behind the paragraph; see `TextAppearance.is_unseen`.
        joins_next: Whether the paragraph and the next are one.
    """

    destination: str = "body"
    unicode_skip: int = 1
    font: int = 0
    hidden: frozenset[str] = frozenset()
    shift: int = 0
    moved: int = 0
    appearance: TextAppearance = NO_APPEARANCE
    style: int = 0
    outline: int | None = None
    depth: int = 0
    fill: str = ""
    joins_next: bool = False

    @property
    def height(self) -> int:
        """Whether the text is raised (1), lowered (-1) or neither (0)."""
        return self.shift or find_shift(self.moved, self.appearance.size or 0)

    def changed(self, word: str, number: int | None, tables: Tables) -> GroupState:
        """Return the state after a control word that formats what follows."""
        is_on = number != 0
        if word in HIDING:
            hidden = self.hidden | {word} if is_on else self.hidden - {word}
            return replace(self, hidden=hidden)
        if word in _SHIFTS:
            return replace(self, shift=_SHIFTS[word] if is_on else 0)
        if word == "plain":
            return replace(
                self,
                font=tables.usual_font,
                hidden=frozenset(),
                shift=0,
                moved=0,
                appearance=NO_APPEARANCE,
            )
        if appearance := _read_appearance(word, number, tables):
            return replace(self, appearance=self.appearance.overridden(appearance))
        if word == "cbpat":
            return replace(self, fill=tables.find_color(number or 0))
        change = _CHANGES.get(word)
        return change(self, number or 0) if change else self


def _read_appearance(word: str, number: int | None, tables: Tables) -> TextAppearance | None:
    """Return how a control word makes a text look; None if it says nothing of that."""
    if word == "fs":
        return TextAppearance(size=number or 0)
    if word == "cf":
        return TextAppearance(color=tables.find_color(number or 0))
    if word in {"cb", "chcbpat", "highlight"}:
        return TextAppearance(fill=tables.find_color(number or 0))
    if word in _OUTLINES:
        return TextAppearance(has_outline=number != 0)
    if word == "charscalex":
        return TextAppearance(is_empty=0 < (number or 0) <= _MAX_NARROW)
    return None


_CHANGES: dict[str, Callable[[GroupState, int], GroupState]] = {
    "f": lambda state, number: replace(state, font=number),
    "uc": lambda state, number: replace(state, unicode_skip=min(max(0, number), _MAX_SKIP)),
    "up": lambda state, number: replace(state, moved=number),
    "dn": lambda state, number: replace(state, moved=-number),
    "pard": lambda state, _: replace(
        state, style=0, outline=None, depth=0, fill="", joins_next=False
    ),
    "s": lambda state, number: replace(state, style=number),
    "outlinelevel": lambda state, number: replace(state, outline=number),
    "intbl": lambda state, _: replace(state, depth=max(1, state.depth)),
    "itap": lambda state, number: replace(state, depth=min(max(0, number), _MAX_DEPTH)),
    "dropcapli": lambda state, _: replace(state, joins_next=True),
}
