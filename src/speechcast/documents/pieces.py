"""Join the pieces of a paragraph, of which some are raised or lowered."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from .raised import write_lowered, write_raised

_CONTEXT = 4  # groups before a raised one that decide what it is


class Piece(NamedTuple):
    """A piece of text, raised (1), lowered (-1) or neither (0)."""

    text: str
    shift: int = 0


def join_pieces(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces, raised and lowered ones written as a line shows them.

    >>> join_pieces([Piece("10"), Piece("-", 1), Piece("3", 1), Piece("米"), Piece("[1]", 1)])
    '10⁻³米'
    """
    groups = [
        Piece("".join(piece.text for piece in group), shift)
        for shift, group in groupby(pieces, key=lambda piece: piece.shift)
    ]
    text: list[str] = []
    for index, (group, shift) in enumerate(groups):
        if not shift:
            text.append(group)
            continue
        before = "".join(text[-_CONTEXT:])
        after = groups[index + 1].text if index + 1 < len(groups) else ""
        text.append(
            write_raised(group, before, after) if shift > 0 else write_lowered(group, before)
        )
    return "".join(text)
