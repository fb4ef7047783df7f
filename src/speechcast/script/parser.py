"""Parse a document's blocks into a speech.

A speech has paragraphs, sentences, marks and speakers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from ..documents.block import Block
from ..model import BlockKind, Mark, MarkKind, Paragraph, Sentence, Speech
from ..text.sentences import is_voiced, split_sentences
from .markup import MarkedText, find_label, parse_marks, select_marks


def parse(blocks: Collection[Block], cast: Collection[str] = ()) -> Speech:
    """Return the speech that a document's blocks hold.

    The sentences, joined, show the text of the blocks without its marks and without white space
    at the ends. A block with nothing to speak is left out, but one that holds only a direction
    （掌声） is appended to the sentence before it.

    Args:
        blocks: The document's blocks in order.
        cast: The names of the speakers; a label with one of them sets the speaker of its
            paragraph and of those after it, up to the next label or heading.

    Raises:
        TextError: For a mark that is not allowed.
    """
    paragraphs: list[Paragraph] = []
    speaker = ""
    pending = ""  # directions before the first sentence
    following: list[MarkedText] = []  # directions after the last paragraph
    for block in blocks:
        text, speaker = _parse_block(block, cast, speaker)
        if is_voiced(text.masked):
            text, pending = _prepend_directions(pending, text), ""
            _append_directions(paragraphs, following)
            sentences = tuple(_split(text, block))
            paragraphs.append(Paragraph(sentences, block.kind, block.level, speaker))
        elif text.marks and paragraphs:
            following.append(text)
        elif text.marks:
            pending += text.text
    _append_directions(paragraphs, following)
    return Speech(tuple(paragraphs))


def _parse_block(block: Block, cast: Collection[str], speaker: str) -> tuple[MarkedText, str]:
    """Return the block's marked text and speaker.

    The speaker is `speaker` if no label names one.
    """
    text = parse_marks(block.text, block.row)
    if block.kind is not BlockKind.BODY:
        return text, ""
    labelled = find_label(text.text, cast)
    if labelled is None:
        return text, speaker
    name, length = labelled
    label = Mark(MarkKind.LABEL, 0, length)
    return replace(text, marks=(label, *(m for m in text.marks if m.end > length))), name


def _split(text: MarkedText, block: Block) -> Iterator[Sentence]:
    """Yield the sentences of a block's text, with their lines and marks."""
    start = 0
    for piece in _list_pieces(text.masked):
        end = start + len(piece)
        first = next((i for i in range(start, end) if not text.text[i].isspace()), start)
        row = block.row + bisect_right(block.breaks, text.origin[first])
        yield Sentence(text.text[start:end], row, tuple(select_marks(text.marks, start, end)))
        start = end


def _list_pieces(paragraph: str) -> Sequence[str]:
    return _divide(paragraph) if len(paragraph) <= _REMEMBERED else split_sentences(paragraph)


# A text that is edited is parsed again at every change, and nearly all of it is as it was.
_REMEMBERED = 2_000  # characters of a paragraph
_divide = lru_cache(maxsize=8_192)(split_sentences)


def _prepend_directions(directions: str, text: MarkedText) -> MarkedText:
    """Return the text with directions before it."""
    if not directions:
        return text
    shift = len(directions)
    marks = (Mark(MarkKind.DIRECTION, 0, shift), *(m.shifted(shift) for m in text.marks))
    return MarkedText(directions + text.text, marks, (0,) * shift + text.origin)


def _append_directions(paragraphs: list[Paragraph], directions: list[MarkedText]) -> None:
    """Append directions to the last sentence, and empty their list."""
    if not directions:
        return
    *sentences, last = paragraphs[-1].sentences
    shifts = accumulate((len(text.text) for text in directions), initial=len(last.text))
    added = (
        mark.shifted(shift)
        for text, shift in zip(directions, shifts, strict=False)
        for mark in text.marks
    )
    text = last.text + "".join(text.text for text in directions)
    whole = replace(last, text=text, marks=(*last.marks, *added))
    paragraphs[-1] = replace(paragraphs[-1], sentences=(*sentences, whole))
    directions.clear()
