"""List what of the pages of a PDF is not read, each at the paragraph with which its page begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby
from typing import Any

from ..block import HEADERS, HIDDEN_TEXT, NOTES, SAMPLE_LENGTH, LeftOut
from .layout import body_size, without_notes
from .lines import Page, TextLine
from .running_lines import PAGE_NUMBER, find_running_lines, running_key


def list_left_out(pages: Sequence[Page], paragraphs: Sequence[str]) -> Iterator[LeftOut]:
    """Yield what is left out of pages: their own list, and headers, footers and notes.

    Args:
        pages: The pages.
        paragraphs: The paragraphs that their lines were joined to.
    """
    size = body_size(pages)
    headers: set[str] = set()
    row = 0
    for page, running in zip(pages, find_running_lines(pages), strict=True):
        text = without_notes(page.lines, size)
        row = _find_row(paragraphs, [line for line in text if line not in running], row)
        notes = [line.text for line in page.lines if line not in {*text, *running}]
        pieces = [*page.left_out, *(LeftOut(NOTES, note[:SAMPLE_LENGTH]) for note in notes[:1])]
        for line in (line for line in page.lines if line in running):
            if (key := running_key(line)[0]) not in headers and not PAGE_NUMBER.match(line.text):
                headers.add(key)
                pieces.append(LeftOut(HEADERS, line.text[:SAMPLE_LENGTH]))
        yield from (replace(piece, row=row + 1) for piece in pieces)


def describe_unseen(pdfium: Any, textpage: Any, unseen: Set[int]) -> Iterator[LeftOut]:
    """Yield each run of the characters that nobody sees, by their indices."""
    get_code = pdfium.raw.FPDFText_GetUnicode
    for _distance, run in groupby(enumerate(sorted(unseen)), key=lambda pair: pair[1] - pair[0]):
        text = "".join(chr(get_code(textpage, index)) for _number, index in run)
        yield LeftOut(HIDDEN_TEXT, " ".join(text.split())[:SAMPLE_LENGTH])


def _find_row(paragraphs: Sequence[str], lines: Sequence[TextLine], start: int) -> int:
    """Return the index of the first paragraph, from `start` on, that has one of a page's lines."""
    for line in lines:
        beginning = "".join(line.text.split())[:SAMPLE_LENGTH].rstrip("-")
        for index in range(start, len(paragraphs)):
            if beginning in "".join(paragraphs[index].split()):
                return index
    return start
