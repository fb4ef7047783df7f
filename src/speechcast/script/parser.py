"""A document to a speech as it is to be given: paragraphs, sentences, marks, who speaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import replace

from ..documents.block import Block
from ..model import BlockKind, Mark, MarkKind, Paragraph, Sentence, Speech
from ..text.han import HAN
from ..text.sentences import is_voiced, split_sentences
from .markup import MarkedText, find_label, select_marks, parse_marks


def parse(blocks: Collection[Block], cast: Collection[str] = ()) -> Speech:
    """The speech in `blocks`, labels of the `cast` naming who speaks.

    What the sentences show, joined, is the blocks' text without its marks, white space at their
    ends aside; a block with nothing to say goes unread, one with nothing but a direction
    （掌声） follows the sentence before it. Raises TextError for a mark that means nothing.
    """
    paragraphs: list[Paragraph] = []
    speaker = ""
    pending = ""  # directions before the first sentence
    for block in blocks:
        text, speaker = _strip_markup(block, cast, speaker)
        if is_voiced(text.masked):
            text, pending = _prepend_directions(pending, text), ""
            sentences = tuple(_split(text, block))
            paragraphs.append(Paragraph(sentences, block.kind, block.level, speaker))
        elif text.marks and paragraphs:
            paragraphs[-1] = _append_direction(paragraphs[-1], text)
        elif text.marks:
            pending += text.text
    return Speech(tuple(paragraphs))


def language(text: str) -> str | None:
    """`zh` or `en`, whichever most of the text is written in; None without a letter of either."""
    han = len(HAN.findall(text))
    words = len(re.findall(r"[A-Za-z]+", text))
    if not han and not words:
        return None
    return "zh" if han >= words else "en"


def _strip_markup(block: Block, cast: Collection[str], speaker: str) -> tuple[MarkedText, str]:
    """The block without its marks, and who speaks it: its label, or still the one before."""
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
    start = 0
    for piece in split_sentences(text.masked):
        end = start + len(piece)
        first = next((i for i in range(start, end) if not text.text[i].isspace()), start)
        row = block.row + bisect_right(block.breaks, text.origin[first])
        yield Sentence(text.text[start:end], row, tuple(select_marks(text.marks, start, end)))
        start = end


def _prepend_directions(directions: str, text: MarkedText) -> MarkedText:
    """The text with directions before it."""
    if not directions:
        return text
    shift = len(directions)
    marks = (Mark(MarkKind.DIRECTION, 0, shift), *(m.shifted(shift) for m in text.marks))
    return MarkedText(directions + text.text, marks, (0,) * shift + text.origin)


def _append_direction(paragraph: Paragraph, text: MarkedText) -> Paragraph:
    """The paragraph, its last sentence followed by a direction that stands alone."""
    *sentences, last = paragraph.sentences
    shift = len(last.text)
    marks = (*last.marks, *(m.shifted(shift) for m in text.marks))
    return replace(
        paragraph, sentences=(*sentences, replace(last, text=last.text + text.text, marks=marks))
    )
