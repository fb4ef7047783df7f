"""Lines on pages to paragraphs, by where they stand: indented, set apart, or short of the edge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ..plain import ENDED, ITEM
from ..tables import is_wide, joined, row_of_cells

_OUTER = 0.13  # of a page's height, at its top and bottom, where it may have a running line
_REPEATED = 0.2  # of the pages that have the same line there
_PAGE_NUMBER = re.compile(
    r"(?:第|Page\s|P\.)?[\s\-–—―─·]*(?:\d{1,3}|[ivxl]{1,6})[\s\-–—―─·]*[页頁]?"
    r"(?:\s*(?:/|of|[，,]?\s*共)\s*\d{1,3}\s*[页頁]?)?$"
)
_FIRST_PARTS = frozenset(  # of words that keep their hyphen
    "all anti co cross deep eighty ever ex far fifty first five forty four full half hard high ill "
    "late long low much multi near new nine ninety non old one part post pre pro quasi second self "
    "semi seventy short single six sixty so strong ten thirty three twenty two ultra vice well "
    "wide world year".split()
)
BETWEEN_CELLS = 3.0  # characters
_NEAR = 8  # lines above and below that show where the column's edges are
_APART = 1.35  # times the usual distance between lines: a paragraph set apart
_INDENT = 0.8  # characters
_CENTRED = 5.0  # characters of indent that no first line of a paragraph has
_NARROWEST = 10.0  # characters of a column whose lines go on
_SAME_SIZE = 0.1
_BULLET = re.compile(r"[•·●○▪■◆‣]\s*")
_SMALL = 0.92  # times the size of the body, below which a line is a note's
_NOTE = re.compile(r"[\[（(]?\d{1,3}[\])）]?|[*†‡①-⑳]")
_LARGE = 1.15  # times the size of the body, from which on a line is a title's
_SYLLABLE = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and the box around it, in points from the bottom left."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    word: float = 0.0  # the width of its first word
    is_row: bool = False  # are its parts so far from one another that they are a table's cells?
    column: int = 0  # counted through the document; a page has one or more

    @property
    def size(self) -> float:
        """Its height, which is the size of its font."""
        return max(1.0, self.top - self.bottom)

    def is_beside(self, other: Line) -> bool:
        """Whether the other goes on where this one ends."""
        shared = min(self.top, other.top) - max(self.bottom, other.bottom)
        least = min(self.size, other.size)
        return shared > 0.5 * least and other.left > self.right - 0.5 * least

    def extended(self, other: Line) -> Line:
        """This line and the one beside it."""
        gap = (other.left - self.right) / self.size
        if _BULLET.fullmatch(self.text):
            return replace(other, left=self.left)
        if gap > BETWEEN_CELLS:
            text = row_of_cells([self.text, other.text])
        else:
            text = self.text + other.text if gap < 0.2 else joined(self.text, other.text)
        return replace(
            self,
            text=text,
            is_row=self.is_row or other.is_row or gap > BETWEEN_CELLS,
            right=max(self.right, other.right),
            bottom=min(self.bottom, other.bottom),
            top=max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """A page's height and its lines, in the order they are read."""

    height: float
    lines: Sequence[Line]


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """What the pages say, a text for each paragraph, also where it goes over two pages."""
    body = _body(pages)
    if not body:
        return []
    setting = _Setting(body)
    found = [[body[0]]]
    for i, (before, line) in enumerate(pairwise(body), 1):
        if setting.goes_on(before, line, i):
            found[-1].append(line)
        else:
            found.append([line])
    compounds = {w.lower() for line in body for w in re.findall(r"\w+-\w+", line.text)}
    return [_text(group, compounds) for group in found]


def _body(pages: Sequence[Page]) -> list[Line]:
    """The lines of all pages without those that run along with them."""
    running = Counter(mark for page in pages for mark in {*map(_mark, _outer(page))})
    enough = max(2, _REPEATED * len(pages))
    found: list[Line] = []
    column = 0
    size = _usual_size([line for page in pages for line in page.lines])
    for page in pages:
        column += 1
        outer = set(_outer(page))
        lowest = page.height
        for line in _without_notes(page.lines, size):
            if line in outer and (running[_mark(line)] >= enough or _PAGE_NUMBER.match(line.text)):
                continue
            column += line.bottom > lowest + line.size
            lowest = line.bottom
            found.append(replace(line, column=column))
    return found


def _usual_size(lines: Sequence[Line]) -> float:
    """The size most characters have."""
    return median(line.size for line in lines for _ in line.text) if lines else 1.0


def _without_notes(lines: Sequence[Line], size: float) -> list[Line]:
    """A page's lines without its footnotes: the small ones beneath, from their first mark on."""
    floor = min((line.bottom for line in lines if line.size >= _SMALL * size), default=0.0)
    found: list[Line] = []
    in_notes = False
    for line in lines:
        beneath = line.size < _SMALL * size and line.bottom < floor
        in_notes = beneath and (in_notes or _NOTE.match(line.text) is not None)
        if not in_notes:
            found.append(line)
    return found


def _outer(page: Page) -> list[Line]:
    margin = _OUTER * page.height
    return [li for li in page.lines if li.bottom < margin or li.top > page.height - margin]


def _mark(line: Line) -> tuple[str, int]:
    """What a running line has in common on every page: its words and its height."""
    return re.sub(r"\d+|\s+", "", line.text), round(line.bottom / 4)


class _Setting:
    """How a document is set: its size, its lines' distance, the edges of its columns."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._size = _usual_size(lines)
        steps = [
            a.bottom - b.bottom
            for a, b in pairwise(lines)
            if a.column == b.column and _same_size(a, b)
        ]
        usual = [s for s in steps if s < 3 * self._size]
        self._step = median(usual) if usual else 1.5 * self._size

    def goes_on(self, before: Line, line: Line, place: int) -> bool:
        """Whether a paragraph goes on from one line to the next, which stands at `place`."""
        if before.is_row or line.is_row or not _same_size(before, line):
            return False
        if self._is_apart(before, line):
            return False
        if before.size > _LARGE * self._size and _is_centred(before, line):
            return not ENDED.search(before.text)
        left, right = self._edges(place)
        if before.column != line.column:  # as if the columns stood one beneath the other
            above, right = self._edges(place - 1)
            aside = left - above
            right += aside
            before = replace(before, left=before.left + aside, right=before.right + aside)
        if right - left < _NARROWEST * line.size:
            return False
        if line.left > left + _INDENT * line.size and not self._is_block(place):
            return False
        return not _begins(before, line) and _is_full(before, line, right)

    def _is_apart(self, before: Line, line: Line) -> bool:
        if before.column != line.column:
            return False  # nothing can be told from the distance
        usual = self._step * max(1.0, before.size / self._size)
        return before.bottom - line.bottom > _APART * usual

    def _is_block(self, place: int) -> bool:
        """Whether a line stands in a run of them that is indented as a whole."""
        near = [
            abs(line.left - self._lines[place].left) < 0.5 * line.size
            for line in self._lines[max(0, place - 2) : place + 2]
        ]
        return sum(near) > 2

    def _edges(self, place: int) -> tuple[float, float]:
        """The left and right edge of the column that a line stands in."""
        this = self._lines[place]
        near = [
            line
            for line in self._lines[max(0, place - _NEAR) : place + _NEAR]
            if line.column == this.column and line.left < this.right and line.right > this.left
        ]
        return min(line.left for line in near), max(line.right for line in near)


def _same_size(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= _SAME_SIZE * max(a.size, b.size)


def _is_centred(a: Line, b: Line) -> bool:
    return abs((a.left + a.right) - (b.left + b.right)) < 2 * a.size


def _begins(before: Line, line: Line) -> bool:
    """Whether a line begins a paragraph by how it differs from the one before."""
    if line.left > before.left + _INDENT * line.size and not ITEM.match(before.text):
        return True
    if before.left - line.left > _CENTRED * line.size:
        return True
    return bool(ENDED.search(before.text) and ITEM.match(line.text))


def _is_full(before: Line, line: Line, edge: float) -> bool:
    """Whether what begins a line would not have had room at the end of the one before."""
    if _SYLLABLE.search(before.text) and line.text[0].islower():
        return True
    # With the mark that may not begin a line, and, where no sentence ended, room to spare.
    needed = 2 * line.size if is_wide(line.text[0]) else line.word + 0.5 * line.size
    spare = 0.0 if ENDED.search(before.text) else 4 * line.size
    return before.right + needed + spare > edge


def _text(group: Sequence[Line], compounds: set[str]) -> str:
    text = group[0].text
    for line in group[1:]:
        text = _hyphenated(text, line.text, compounds)
    return text[match.end() :] if (match := _BULLET.match(text)) else text


def _hyphenated(text: str, line: str, compounds: set[str]) -> str:
    """Two lines as one; a word that was divided between them is whole again."""
    if not _SYLLABLE.search(text) or not line[0].islower():
        return joined(text, line)
    first = re.split(r"[\s“”\"‘(—]", text)[-1].lower()
    word = first + re.split(r"\W", line, maxsplit=1)[0]
    is_compound = first[:-1] in _FIRST_PARTS or word in compounds
    return text + line if is_compound else text[:-1] + line
