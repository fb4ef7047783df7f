"""Find the running heads, footers and page numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from .lines import Page, TextLine

_MARGIN_SHARE = 0.13  # of a page's height: its top and bottom, with headers and footers
_RUNNING_SHARE = 0.2  # of the pages; a line shared by as many is a header or footer
PAGE_NUMBER = re.compile(
    r"(?:第|Page\s|P\.)?[\s\-–—―─·]*+(?:\d{1,3}|[ivxl]{1,6})[\s\-–—―─·]*+[页頁]?"
    r"(?:\s*+(?:/|of|[，,]?\s*+共)\s*+\d{1,3}\s*+[页頁]?)?$"
)
# A running head that changes, by chapter or page, stands at one height on most pages, apart from
# the text and no larger. Of its texts, at least a share stands on more than one page; so the titles
# of slides, one for each page, are none.
_MIN_PAGES = 3
_SLOT_SHARE = 0.5  # of the pages, on which a line stands at that height
_APART = 1.6  # times the usual distance between lines, to the line next to it
_REPEATED_SHARE = 0.4  # of the lines at that height
_MAX_SIZE = 1.08  # times the usual size of the text


def find_running_lines(pages: Sequence[Page]) -> list[set[TextLine]]:
    """Return, for each page, its running heads, footers and page numbers."""
    counts = Counter(key for page in pages for key in {*map(running_key, _outer_lines(page))})
    min_repeats = max(2, _RUNNING_SHARE * len(pages))
    outer = [_outer_lines(page) for page in pages]
    numbers = [{line for line in lines if PAGE_NUMBER.match(line.text)} for lines in outer]
    changing = [set(lines) for lines in numbers]
    for _ in range(2):  # a head of two lines is found from the outside
        for number, line in list(_find_changing(pages, changing)):
            changing[number].add(line)
    return [
        heads | {line for line in lines if counts[running_key(line)] >= min_repeats}
        for lines, heads in zip(outer, changing, strict=True)
    ]


def _find_changing(
    pages: Sequence[Page], running: Sequence[set[TextLine]]
) -> Iterator[tuple[int, TextLine]]:
    """Yield the number of a page, and a line of it that is a changing head or footer."""
    rest = [
        [line for line in p.lines if line not in r] for p, r in zip(pages, running, strict=True)
    ]
    step, size = _usual_step(rest), _usual_size(rest)
    for is_top in (True, False):
        slots: dict[int, list[tuple[int, TextLine]]] = {}
        for number, (page, lines) in enumerate(zip(pages, rest, strict=True)):
            line = _outermost(page, lines, is_top=is_top)
            if line and line.size <= _MAX_SIZE * size and _gap(line, lines) > _APART * step:
                slots.setdefault(round(line.bottom / 4), []).append((number, line))
        for slot in slots.values():
            if len(slot) >= max(_MIN_PAGES, _SLOT_SHARE * len(pages)) and _repeats(slot, size):
                yield from slot


def _outermost(page: Page, lines: Sequence[TextLine], *, is_top: bool) -> TextLine | None:
    """Return the highest or lowest line, if it is in the margin."""
    if len(lines) < 2:
        return None
    line = (max if is_top else min)(lines, key=lambda line: line.bottom)
    margin = _MARGIN_SHARE * page.height
    is_outer = line.top > page.height - margin if is_top else line.bottom < margin
    return line if is_outer else None


def _gap(line: TextLine, lines: Sequence[TextLine]) -> float:
    """Return the distance from a line to the next one above or below it."""
    distances = (abs(line.bottom - other.bottom) for other in lines if other is not line)
    return min(distances)


def _repeats(slot: Sequence[tuple[int, TextLine]], size: float) -> bool:
    """Return whether lines at one height are a head: they recur, or are smaller than the text."""
    counts = Counter(running_key(line)[0] for _, line in slot)
    recurring = sum(count for count in counts.values() if count > 1)
    is_small = all(line.size < size / _MAX_SIZE for _, line in slot)
    return is_small or recurring >= _REPEATED_SHARE * len(slot)


def _usual_step(pages: Sequence[Sequence[TextLine]]) -> float:
    """Return the median distance between the lines of pages, from one to the next."""
    steps = [a.bottom - b.bottom for lines in pages for a, b in pairwise(lines)]
    positive = [step for step in steps if step > 0]
    return median(positive) if positive else 0.0


def _usual_size(pages: Sequence[Sequence[TextLine]]) -> float:
    sizes = [line.size for lines in pages for line in lines for _ in line.text]
    return median(sizes) if sizes else 1.0


def _outer_lines(page: Page) -> list[TextLine]:
    margin = _MARGIN_SHARE * page.height
    return [li for li in page.lines if li.bottom < margin or li.top > page.height - margin]


def running_key(line: TextLine) -> tuple[str, int]:
    """Return what a header or footer has in common on every page."""
    return re.sub(r"\d+|\s+", "", line.text), round(line.bottom / 4)
