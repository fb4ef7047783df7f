"""Define what every document reader returns: paragraphs, and what is left out between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass

from ..messages import _, mark
from ..model import BlockKind

PICTURES = mark("pictures and media")
"""The kind of what is left out since it is only looked at."""

# Further kinds of what is left out, of several formats.
ADDRESSES = mark("addresses")
CHARTS = mark("charts")
CODE = mark("code")
COMMENTS = mark("comments")
CONTENTS = mark("lists of contents")
CONTROLS = mark("controls of a form")
DELETIONS = mark("deletions that are tracked")
EMBEDDED_OBJECTS = mark("embedded objects")
EMPTY_FIELDS = mark("fields that nobody filled in")
HEADERS = mark("headers and footers")
HIDDEN_TEXT = mark("hidden text")
NAVIGATION = mark("navigation")
LINKED_DOCUMENTS = mark("linked documents")
NOTES = mark("notes")
RUBY = mark("ruby annotations")
STRUCK_TEXT = mark("struck text")

SAMPLE_LENGTH = 24  # characters of what is left out, by which a user recognises it


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
        kind: What it is, in English and in the plural: "notes", "hidden text", "charts"; it may
            hold `{detail}`.
        text: The beginning of its text, or its name; may be empty.
        detail: What is put into the kind, such as the name of a font.
        row: Where it stands, as the row of a block; 1 where its reader does not say.
    """

    kind: str
    text: str = ""
    _: KW_ONLY
    detail: str = ""
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
    rows: dict[int, dict[tuple[str, str], list[str]]] = {}
    for piece in pieces:
        kinds = rows.setdefault(piece.row, {})
        kinds.setdefault((piece.kind, piece.detail), []).append(piece.text)
    for row, kinds in rows.items():
        described = (_describe(kind, detail, texts) for (kind, detail), texts in kinds.items())
        yield row, _("left out: {kinds}").format(kinds=_(", ").join(described))


def _describe(kind: str, detail: str, texts: Sequence[str]) -> str:
    name = _(kind).format(detail=detail)
    if len(texts) > 1 and kind.partition(" ")[0].endswith("s"):
        name = _("{count} {kind}").format(count=len(texts), kind=name)
    sample = next(filter(None, texts), "")
    if not sample:
        return name
    more = " …" if len(texts) > 1 else ""
    return _("{kind} ({sample})").format(kind=name, sample=f"{sample}{more}")
