"""Define what every document reader returns: paragraphs, and what is left out between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import starmap

from ..model import BlockKind

PICTURES = "pictures and media"
"""The kind of what is left out since it is only looked at."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a document.

    Attributes:
        text: Its text, without line ends and without white space at its ends; never empty.
        kind: Its kind: a title, a heading, body text.
        row: The line of the file on which it begins, from 1; in formats without lines, its
            number among the paragraphs.
        breaks: The offsets in `text` at which further lines of the file begin.
        level: A heading's level, from 1; 0 for all others.
    """

    text: str
    kind: BlockKind = BlockKind.BODY
    _: KW_ONLY
    row: int = 1
    breaks: tuple[int, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of a document that is not read aloud, so that a user can be told.

    Attributes:
        kind: What it is, in the plural: "notes", "hidden text", "charts".
        text: The beginning of its text, or its name; may be empty.
        row: Where it stands, as the row of a block; 1 where its reader does not say.
    """

    kind: str
    text: str = ""
    _: KW_ONLY
    row: int = 1


def separate(pieces: Iterable[Block | LeftOut]) -> tuple[list[Block], list[LeftOut]]:
    """Return the paragraphs of a document, and what is left out of it."""
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    for piece in pieces:
        if isinstance(piece, Block):
            blocks.append(piece)
        else:
            left_out.append(piece)
    return blocks, left_out


def describe_left_out(pieces: Iterable[LeftOut]) -> Iterator[tuple[int, str]]:
    """Yield a line for each row at which something is left out of a document.

    >>> note, code = LeftOut("notes", "见卷二"), LeftOut("code", "x=1")
    >>> list(describe_left_out([note, LeftOut("notes"), code, LeftOut("charts", row=7)]))
    [(1, 'left out: 2 notes (见卷二 …), code (x=1)'), (7, 'left out: charts')]
    """
    rows: dict[int, dict[str, list[str]]] = {}
    for piece in pieces:
        rows.setdefault(piece.row, {}).setdefault(piece.kind, []).append(piece.text)
    for row, kinds in rows.items():
        yield row, f"left out: {', '.join(starmap(_describe_kind, kinds.items()))}"


def _describe_kind(kind: str, texts: Sequence[str]) -> str:
    count = f"{len(texts)} " if len(texts) > 1 and kind.partition(" ")[0].endswith("s") else ""
    sample = next(filter(None, texts), "")
    more = " …" if sample and len(texts) > 1 else ""
    return f"{count}{kind} ({sample}{more})" if sample else f"{count}{kind}"
