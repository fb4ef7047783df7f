"""Define the paragraph that every document reader returns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass
from itertools import starmap

from ..model import BlockKind


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
        unread: What stands beside it in the document and cannot be read aloud: "a picture".
    """

    text: str
    kind: BlockKind = BlockKind.BODY
    _: KW_ONLY
    row: int = 1
    breaks: tuple[int, ...] = ()
    level: int = 0
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of a document that is left out on purpose, so that a user can be told.

    Attributes:
        kind: What it is, in the plural: "notes", "hidden text".
        text: The beginning of its text; may be empty.
    """

    kind: str
    text: str = ""


def describe_left_out(pieces: Iterable[LeftOut]) -> str:
    """Return a line that says what is left out of a document; "" for nothing.

    >>> describe_left_out([LeftOut("notes", "见卷二"), LeftOut("notes"), LeftOut("code", "x=1")])
    'left out: 2 notes (见卷二 …), code (x=1)'
    """
    kinds: dict[str, list[str]] = {}
    for piece in pieces:
        kinds.setdefault(piece.kind, []).append(piece.text)
    return f"left out: {', '.join(starmap(_describe_kind, kinds.items()))}" if kinds else ""


def _describe_kind(kind: str, texts: Sequence[str]) -> str:
    count = f"{len(texts)} " if len(texts) > 1 and kind.partition(" ")[0].endswith("s") else ""
    sample = next(filter(None, texts), "")
    more = " …" if sample and len(texts) > 1 else ""
    return f"{count}{kind} ({sample}{more})" if sample else f"{count}{kind}"
