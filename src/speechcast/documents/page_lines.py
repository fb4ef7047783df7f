"""Find the lines of a plain text that only number its pages: - 1 -, 第 1 页 共 5 页, Page 1 of 5.

They are left by programs that save a document as text. A line counts only in a series that counts
up by one, with a page of text between its lines: sections are numbered with such lines, too. Those
stand before their text, and never in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .plain import LIST_ITEM, PASSED, SENTENCE_END

_RULE = r"[-\u2010-\u2015\u2500－·•~～_=|\s]*+"
_PAGE_LINE = re.compile(
    rf"{_RULE}(?P<word>第|Page|P\.)?\s*+(?P<number>\d{{1,4}})\s*+(?P<unit>[页頁])?"
    rf"(?P<total>\s*+(?:[，,/]?\s*+[共总總]|/|of)\s*+\d{{1,4}}\s*+[页頁]?)?{_RULE}",
    re.IGNORECASE,
)
_MIN_PAGE = 150  # characters of a page, where a line may number a section as well
_STARTS = ("#", ">", "|", "```", "~~~", "+")  # of blocks of Markdown that are no paragraph
_MIN_SHARE = 0.5  # of such lines stand in the middle of a sentence, or one ends the text


class _PageLine(NamedTuple):
    position: int  # among the lines
    number: int
    is_certain: bool  # can it be nothing but the number of a page?


def find_page_lines(lines: Sequence[str]) -> list[list[int]]:
    """Return the indices of the lines that number pages, those of each series together.

    >>> find_page_lines(["一" * 200, "第1页 共2页", "二" * 200, "第2页 共2页"])
    [[1, 3]]
    """
    forms: dict[str, list[_PageLine]] = {}
    for index, line in enumerate(lines):
        if (match := _PAGE_LINE.fullmatch(line)) and bool(match["unit"]) == (match["word"] == "第"):
            form = line[: match.start("number")] + "#" + line[match.end("number") :]
            is_certain = bool(match["total"] and match["word"])
            numbered = _PageLine(index, int(match["number"]), is_certain)
            forms.setdefault(re.sub(r"\s", "", form), []).append(numbered)
    series = (run for marks in forms.values() for run in _split_series(marks))
    return [[mark.position for mark in run] for run in series if _numbers_pages(run, lines)]


def pass_over(lines: Sequence[str], indices: Sequence[int]) -> list[str]:
    """Return lines with `PASSED` in place of some of them, and of the blank lines around those."""
    passed = list(lines)
    for index in indices:
        passed[index] = PASSED
        for step in (-1, 1):
            beside = index + step
            while 0 <= beside < len(passed) and not passed[beside].strip():
                passed[beside] = PASSED
                beside += step
    return passed


def replace_passed(lines: Sequence[str]) -> list[str]:
    """Return the lines of Markdown with a blank one for each `PASSED`.

    In the middle of a sentence, it stands at the end of the paragraph.

    >>> replace_passed(["同志", PASSED, "们。", "", "好。", PASSED, "啊"])
    ['同志', '们。', '', '', '好。', '', '啊']
    """
    replaced: list[str] = []
    moved = 0
    for index, line in enumerate(lines):
        if line == PASSED and _is_in_paragraph(index, lines):
            moved += 1
            continue
        written = "" if line == PASSED else line
        if not written.strip():
            replaced += [""] * moved
            moved = 0
        replaced.append(written)
    return [*replaced, *[""] * moved]


def _split_series(marks: Sequence[_PageLine]) -> Iterator[list[_PageLine]]:
    """Yield the runs of at least two lines that count up by one."""
    run: list[_PageLine] = []
    for mark in marks:
        if run and mark.number != run[-1].number + 1:
            yield from [run] if len(run) > 1 else []
            run = []
        run.append(mark)
    yield from [run] if len(run) > 1 else []


def _numbers_pages(run: Sequence[_PageLine], lines: Sequence[str]) -> bool:
    bounds = [-1, *(mark.position for mark in run)]
    pages = [lines[first + 1 : last] for first, last in pairwise(bounds)]
    lengths = [sum(len(line.strip()) for line in page) for page in pages]
    ends_text = not any(line.strip() for line in lines[bounds[-1] + 1 :])
    if run[0].is_certain or not all(lengths):
        return all(lengths)
    if min(lengths[:-1] if ends_text else lengths) < _MIN_PAGE:  # the last page may be short
        return False
    inside = sum(_is_in_sentence(mark.position, lines) for mark in run)
    return ends_text or inside >= _MIN_SHARE * len(run)


def _is_in_sentence(index: int, lines: Sequence[str]) -> bool:
    """Return whether a line stands between two lines of a sentence."""
    before, after = _next_text(lines, index, -1), _next_text(lines, index, 1)
    return bool(after) and not (SENTENCE_END.search(before) or LIST_ITEM.match(after))


def _is_in_paragraph(index: int, lines: Sequence[str]) -> bool:
    """Return whether a line of Markdown stands between two lines of a sentence."""
    return _is_in_sentence(index, lines) and not _next_text(lines, index, 1).startswith(_STARTS)


def _next_text(lines: Sequence[str], index: int, step: int) -> str:
    """Return the next line that is not blank, in one direction; "" if there is none."""
    index += step
    while 0 <= index < len(lines):
        if text := lines[index].strip(PASSED + " \t"):
            return text
        index += step
    return ""
