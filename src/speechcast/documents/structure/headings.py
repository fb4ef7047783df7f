"""Detect unmarked headings by their numbers or their surroundings.

The patterns and thresholds were written by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...model import BlockKind
from ...text.han import is_east_asian
from ..block import Block
from ..plain import LEAD_IN, LIST_ITEM

STOP_MARKS = "。！!；;：:，,、….．｡"  # no title, byline or heading ends with one
CLOSING_MARKS = "？?”’」』\"'"  # a title may end with one, a heading does not
_MAX_WIDTH = 32  # of a heading, in full-width characters
_MAX_UNNUMBERED_WIDTH = 16  # of a heading without a number
NUMBERED_HEADING = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节節部编編篇条條讲講课課](?:[　 ：:分]|$|(?=\S{0,20}$))"
    r"|(?:Chapter|Part|Section|Article)\s+(?:\d+|[IVX]+|[A-Z][a-z]+)\b"
    r"|[IVX]{1,4}\.\s+[A-Z]"
)
_LEVELS = (  # the usual level of each kind of number
    (re.compile(r"第.{1,4}[章编編篇部]|Chapter|Part"), 1),
    (re.compile(r"[一二三四五六七八九十百]{1,4}、|第.{1,4}[节節讲講课課]|Section"), 2),
    (re.compile(r"."), 3),
)
SALUTATION = re.compile(
    r"尊敬的|各位|亲爱的|親愛的|同志们|同志們|女士们|女士們|先生们|老师们|老師們|同学们|同學們|朋友们|朋友們|大家好"
    r"|(?:Dear|Ladies|My fellow|Friends|Good (?:morning|afternoon|evening|day)|Hello"
    r"|Excellencies|Distinguished|Honou?rable)\b"
)
_INCOMPLETE_PHRASE = re.compile(r"[的是了和与與及在]$")  # no heading ends so


def detect_headings(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, with those that are headings marked as such."""
    return [
        replace(block, kind=BlockKind.HEADING, level=_heading_level(block.text))
        if _is_heading(blocks, i)
        else block
        for i, block in enumerate(blocks)
    ]


def full_width_length(text: str) -> float:
    """Return the length of a text in full-width characters.

    A Latin character counts half.

    >>> full_width_length("第1章")
    2.5
    """
    return sum(1.0 if is_east_asian(c) else 0.5 for c in text)


def _is_heading(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    following = blocks[index + 1].text if index + 1 < len(blocks) else ""
    if block.kind is not BlockKind.BODY or not following:
        return False
    if not any(c.isalnum() for c in block.text) or SALUTATION.match(block.text):
        return False
    if NUMBERED_HEADING.match(block.text):
        return _has_heading_form(block.text, following) and not _is_list_item(blocks, index)
    return not (index and _stops_mid_sentence(blocks[index - 1])) and _is_unnumbered_heading(
        block.text, following
    )


def _stops_mid_sentence(block: Block) -> bool:
    """Return whether a paragraph stops in mid-sentence."""
    is_listed = NUMBERED_HEADING.match(block.text) or LIST_ITEM.match(block.text)
    return (
        block.kind is BlockKind.BODY
        and not is_listed
        and block.text[-1] not in STOP_MARKS + CLOSING_MARKS
    )


def _has_heading_form(text: str, following: str) -> bool:
    """Return whether a numbered line has the form of a heading."""
    if full_width_length(text) > _MAX_WIDTH:
        return False
    return text[-1] not in STOP_MARKS + CLOSING_MARKS or _is_lone_sentence(text, following)


def _is_list_item(blocks: Sequence[Block], index: int) -> bool:
    """Return whether a numbered line has a neighbour of the same level."""
    level = _heading_level(blocks[index].text)
    neighbours = [*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2]]
    return any(
        NUMBERED_HEADING.match(b.text) and _heading_level(b.text) == level for b in neighbours
    )


def _is_unnumbered_heading(text: str, following: str) -> bool:
    """Return whether a line without a number looks like a heading."""
    if (
        text[-1] in STOP_MARKS + CLOSING_MARKS
        or _INCOMPLETE_PHRASE.search(text)
        or LEAD_IN.match(text)
    ):
        return False
    if full_width_length(text) > _MAX_UNNUMBERED_WIDTH or re.search(r"[，、,：:；;（(\[{]", text):
        return False
    return len(following) > 2 * len(text) and following[-1] in "。！？.!?”：:；;，,"


def _is_lone_sentence(text: str, following: str) -> bool:
    """Return whether a numbered sentence sums up the next paragraph.

    As in （一）采取有力措施。
    """
    is_one_sentence = text[-1] == "。" and not re.search(r"[。！？；]", text[:-1])
    return (
        is_one_sentence and len(following) > 2 * len(text) and not NUMBERED_HEADING.match(following)
    )


def _heading_level(text: str) -> int:
    return next(level for pattern, level in _LEVELS if pattern.match(text))
