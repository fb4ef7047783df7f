"""Mark raised and lowered runs in a paragraph, until the text around them is known.

The marks are control characters, which no text contains (see `text.whitespace.INVISIBLE`).
"""

from __future__ import annotations

import re

from .block import LeftOut
from .pieces import Piece, join_pieces

RAISED_START, RAISED_END, LOWERED_START, LOWERED_END = "\x0e", "\x0f", "\x10", "\x11"
LINE_BREAK = "\x12"  # where a further line of the file begins
_RUN = re.compile(r"\x0e([^\x0e-\x11]*)\x0f|\x10([^\x0e-\x11]*)\x11")
_SEAM = re.compile(r"\x0f\x0e|\x11\x10")  # between adjacent runs
_MARKS = re.compile(r"[\x0e-\x11]")
_RESERVED = re.compile(r"[\x0e-\x12]")


def without_marks(text: str) -> str:
    """Return a text of a file without the characters that mark runs."""
    return _RESERVED.sub("", text)


def write_runs(text: str, left_out: list[LeftOut] | None = None) -> str:
    r"""Return a paragraph with its marked runs in the characters of a plain line.

    Args:
        text: The paragraph.
        left_out: Receives the raised figures that are taken for references of notes.

    >>> write_runs("10\x0e3\x0f公顷\x0e[1]\x0f，H\x102\x11O")
    '10³公顷，H₂O'
    """
    if not _MARKS.search(text):
        return text
    text = _SEAM.sub("", text)
    pieces: list[Piece] = []
    position = 0
    for match in _RUN.finditer(text):
        raised, lowered = match.groups()
        pieces.append(Piece(_MARKS.sub("", text[position : match.start()])))
        pieces.append(Piece(lowered, -1) if raised is None else Piece(raised, 1))
        position = match.end()
    pieces.append(Piece(_MARKS.sub("", text[position:])))
    return join_pieces(pieces, left_out)
