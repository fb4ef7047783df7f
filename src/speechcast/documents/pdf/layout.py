"""Join the lines of pages to paragraphs.

Indents, distances and the ends of lines decide where a paragraph ends.

Page headers, page numbers and footnotes are left out. All lengths are in points unless a comment
says characters, which is multiples of a line's height. The thresholds were set by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from ...text.whitespace import is_double_width, joined
from ..plain import LIST_ITEM, SENTENCE_END
from .lines import BULLET, Page, TextLine
from .running_lines import find_running_lines

# First parts of compounds, which keep their hyphen at a line's end; collected by hand.
_COMPOUND_FIRST_PARTS = frozenset(
    "all anti co cross deep eighty ever ex far fifty first five forty four full half hard high ill "
    "late long low much multi near new nine ninety non old one part post pre pro quasi second self "
    "semi seventy short single six sixty so strong ten thirty three twenty two ultra vice well "
    "wide world year".split()
)
_EDGE_CONTEXT = 8  # lines above and below from which the edges of the column are taken
_PARAGRAPH_GAP = 1.35  # times the usual distance between lines; more separates paragraphs
_INDENT = 0.8  # characters; a line this much farther right is indented
_MAX_INDENT = 5.0  # characters; no paragraph's first line is indented more
_MIN_COLUMN_WIDTH = 10.0  # characters; in narrower columns no line is joined to the next
_SIZE_TOLERANCE = 0.1  # of the larger of two font sizes that count as the same
_NOTE_SIZE = 0.92  # times the size of the body; a smaller line is a footnote's
_NOTE_MARK = re.compile(r"[\[（(]?\d{1,3}[\])）]?|[*†‡①-⑳]")
_TITLE_SIZE = 1.15  # times the size of the body; a larger line is a title's
_HYPHEN_AT_END = re.compile(r"[^\W\d_]-$")
_DASH_AT_END = re.compile(r"[^\W_][-\u2013]$")  # before a capital or a figure: COVID-19, 1914–1918


def join_paragraphs(pages: Sequence[Page]) -> list[str]:
    """Return the text of each paragraph, joined across columns and pages."""
    body = _body_lines(pages)
    if not body:
        return []
    typesetting = _Typesetting(body)
    groups = [[body[0]]]
    for i, (previous, line) in enumerate(pairwise(body), 1):
        if typesetting.continues(groups[-1][0], previous, line, i):
            groups[-1].append(line)
        else:
            groups.append([line])
    compounds = {w.lower() for line in body for w in re.findall(r"\w+-\w+", line.text)}
    return [_join_group(group, compounds) for group in groups]


def _body_lines(pages: Sequence[Page]) -> list[TextLine]:
    """Return the lines of all pages, without headers, footers and notes."""
    running = find_running_lines(pages)
    body: list[TextLine] = []
    column = 0
    size = body_size(pages)
    for page, left_out in zip(pages, running, strict=True):
        column += 1
        lowest = page.height
        for line in without_notes(page.lines, size):
            if line in left_out:
                continue
            column += line.bottom > lowest + line.size
            lowest = line.bottom
            body.append(replace(line, column=column))
    return body


def body_size(pages: Sequence[Page]) -> float:
    """Return the usual size of the characters of pages, in points."""
    return _usual_size([line for page in pages for line in page.lines])


def _usual_size(lines: Sequence[TextLine]) -> float:
    """Return the median size of the characters; 1.0 if there are none."""
    return median(line.size for line in lines for _ in line.text) if lines else 1.0


def without_notes(lines: Sequence[TextLine], size: float) -> list[TextLine]:
    """Return a page's lines without its footnotes.

    These are the small lines below the text, from the first that begins with a note mark.

    Args:
        lines: The lines of the page.
        size: The usual size of the document's characters, in points.
    """
    floor = min((line.bottom for line in lines if line.size >= _NOTE_SIZE * size), default=0.0)
    body_lines: list[TextLine] = []
    in_notes = False
    for line in lines:
        beneath = line.size < _NOTE_SIZE * size and line.bottom < floor
        in_notes = beneath and (in_notes or _NOTE_MARK.match(line.text) is not None)
        if not in_notes:
            body_lines.append(line)
    return body_lines


class _Typesetting:
    """The font size, line distance and column edges of a document."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._lines = lines
        self._size = _usual_size(lines)
        steps = [
            a.bottom - b.bottom
            for a, b in pairwise(lines)
            if a.column == b.column and _is_same_size(a, b)
        ]
        usual = [s for s in steps if s < 3 * self._size]
        self._step = median(usual) if usual else 1.5 * self._size

    def continues(self, first: TextLine, previous: TextLine, line: TextLine, index: int) -> bool:
        """Return whether `line`, which has this index, continues the paragraph before it.

        Args:
            first: The first line of that paragraph.
            previous: Its last line.
            line: The line.
            index: Its index.
        """
        if previous.is_row or line.is_row or not _is_same_size(previous, line):
            return False
        if self._is_apart(previous, line):
            return False
        if previous.size > _TITLE_SIZE * self._size and _is_centred(previous, line):
            return not SENTENCE_END.search(previous.text)
        left, right = self._edges(index)
        if previous.column != line.column:  # as if the columns stood one beneath the other
            above, right = self._edges(index - 1)
            offset = left - above
            right += offset
            previous = replace(previous, left=previous.left + offset, right=previous.right + offset)
        if right - left < _MIN_COLUMN_WIDTH * line.size:
            return False
        is_indented = line.left > left + _INDENT * line.size
        if (
            is_indented
            and not self._is_in_indented_run(index)
            and not _hangs(first, previous, line)
        ):
            return False
        return not _starts_paragraph(previous, line) and _is_full(previous, line, right)

    def _is_apart(self, previous: TextLine, line: TextLine) -> bool:
        if previous.column != line.column:
            return False  # the distance is no evidence
        usual = self._step * max(1.0, previous.size / self._size)
        return previous.bottom - line.bottom > _PARAGRAPH_GAP * usual

    def _is_in_indented_run(self, index: int) -> bool:
        """Return whether a line is in a run of equally indented lines."""
        aligned = [
            abs(line.left - self._lines[index].left) < 0.5 * line.size
            for line in self._lines[max(0, index - 2) : index + 2]
        ]
        return sum(aligned) > 2

    def _edges(self, index: int) -> tuple[float, float]:
        """Return the left and right edge of a line's column."""
        reference = self._lines[index]
        neighbours = [
            line
            for line in self._lines[max(0, index - _EDGE_CONTEXT) : index + _EDGE_CONTEXT]
            if line.column == reference.column
            and line.left < reference.right
            and line.right > reference.left
            and _is_same_size(line, reference)  # a title may stand over two columns
        ]
        return min(line.left for line in neighbours), max(line.right for line in neighbours)


def _is_same_size(a: TextLine, b: TextLine) -> bool:
    return abs(a.size - b.size) <= _SIZE_TOLERANCE * max(a.size, b.size)


def _is_centred(a: TextLine, b: TextLine) -> bool:
    return abs((a.left + a.right) - (b.left + b.right)) < 2 * a.size


def _hangs(first: TextLine, previous: TextLine, line: TextLine) -> bool:
    """Return whether a line is indented since it belongs to the item of a list above it."""
    is_aligned = previous is first or abs(line.left - previous.left) < 0.5 * line.size
    return is_aligned and line.left > first.left and LIST_ITEM.match(first.text) is not None


def _starts_paragraph(previous: TextLine, line: TextLine) -> bool:
    """Return whether a line begins a paragraph by its indent or bullet."""
    if line.left > previous.left + _INDENT * line.size and not LIST_ITEM.match(previous.text):
        return True
    if previous.left - line.left > _MAX_INDENT * line.size:
        return True
    return bool(SENTENCE_END.search(previous.text) and LIST_ITEM.match(line.text))


def _is_full(previous: TextLine, line: TextLine, edge: float) -> bool:
    """Return whether the previous line had no room for its first word.

    Args:
        previous: The line before it.
        line: The line.
        edge: The right edge of the column.
    """
    if _HYPHEN_AT_END.search(previous.text) and line.text[0].islower():
        return True
    # A Chinese character needs room for a mark that may not begin a line, too; where no sentence
    # ended, a line that is nearly full is taken for full.
    needed = (
        2 * line.size if is_double_width(line.text[0]) else line.first_word_width + 0.5 * line.size
    )
    spare = 0.0 if SENTENCE_END.search(previous.text) else 4 * line.size
    return previous.right + needed + spare > edge


def _join_group(group: Sequence[TextLine], compounds: set[str]) -> str:
    text = group[0].text
    for line in group[1:]:
        text = _joined_at_hyphen(text, line.text, compounds)
    return text[match.end() :] if (match := BULLET.match(text)) else text


def _joined_at_hyphen(text: str, line: str, compounds: set[str]) -> str:
    """Return a text and its next line, a divided word made whole.

    Args:
        text: The paragraph so far.
        line: Its next line.
        compounds: The hyphenated words of the document, in lower case.
    """
    if not line[0].islower() and line[0].isalnum() and _DASH_AT_END.search(text):
        return text + line
    if not _HYPHEN_AT_END.search(text) or not line[0].islower():
        return joined(text, line)
    first_part = re.split(r"[\s“”\"‘(—]", text)[-1].lower()
    word = first_part + re.split(r"\W", line, maxsplit=1)[0]
    is_compound = first_part[:-1] in _COMPOUND_FIRST_PARTS or word in compounds
    return text + line if is_compound else text[:-1] + line
