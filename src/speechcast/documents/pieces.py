"""Join the pieces of a paragraph, of which some are raised or lowered."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from ..messages import mark
from .block import LeftOut
from .note_marks import is_unclear
from .raised import lowered_context, write_lowered, write_raised

_CONTEXT = 40  # characters on each side of a raised or lowered run that may decide what it is
_MARKS = mark("raised figures taken for references of notes")


class Piece(NamedTuple):
    """A piece of text, raised (1), lowered (-1) or neither (0)."""

    text: str
    shift: int = 0


def join_pieces(pieces: Iterable[Piece], left_out: list[LeftOut] | None = None) -> str:
    """Return the text of pieces, raised and lowered ones written as a line shows them.

    Args:
        pieces: The pieces.
        left_out: Receives the raised figures that are taken for references of notes.

    >>> join_pieces([Piece("10"), Piece("-", 1), Piece("3", 1), Piece("米"), Piece("[1]", 1)])
    '10⁻³米'
    """
    groups = [
        Piece("".join(piece.text for piece in group), shift)
        for shift, group in groupby(pieces, key=lambda piece: piece.shift)
    ]
    text: list[str] = []
    before = ""  # with lowered text as lowered characters, that decide what is raised after them
    for index, (group, shift) in enumerate(groups):
        written = group
        if shift > 0:
            written = write_raised(group, before, _text_after(groups, index))
            if not written and left_out is not None:
                left_out += describe_reference(group)
        elif shift < 0:
            written = write_lowered(group, before)
        text.append(written)
        before += lowered_context(written) if shift < 0 else written
        before = before[-_CONTEXT:]
    return "".join(text)


def describe_reference(text: str) -> list[LeftOut]:
    """Return what is said of a raised run that was left out; nothing of a clear reference, [1]."""
    return [LeftOut(_MARKS, text.strip())] if is_unclear(text) else []


def _text_after(groups: list[Piece], index: int) -> str:
    """Return the text after a group, as far as it decides what the group is."""
    after = ""
    for following in range(index + 1, len(groups)):
        after += groups[following].text
        if len(after) >= _CONTEXT:
            break
    return after[:_CONTEXT]
