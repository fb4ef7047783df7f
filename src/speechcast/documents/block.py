"""Define the paragraph that every document reader returns."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass

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
