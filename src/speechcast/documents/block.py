"""What every kind of document becomes: paragraphs in order, each on one line."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import BlockKind


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its text without line ends, white space at neither end.

    `row` is the line of the file it begins on, counted from 1 (where a file has no lines, its
    place among the paragraphs); `breaks` are the offsets in `text` at which the file's next line
    begins, where lines were joined. `level` is a heading's, from 1.
    """

    text: str
    kind: BlockKind = BlockKind.BODY
    row: int = 1
    breaks: tuple[int, ...] = ()
    level: int = 0
