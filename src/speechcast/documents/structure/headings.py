"""Which paragraphs are headings, by their number or by how they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...model import BlockKind
from ...text.han import is_east_asian
from ..block import Block
from ..plain import HALF_SAID, ITEM

STOPS = "。！!；;：:，,、….．｡"  # no title, byline or heading ends with one
CLOSED = "？?”’」』\"'"  # a title may; a heading does not
_WIDEST = 32  # full-width characters of a heading
_WIDEST_BARE = 16  # of one without a number
NUMBERED = re.compile(
    r"[一二三四五六七八九十百]{1,4}、|[（(][一二三四五六七八九十]{1,3}[）)]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节節部编編篇条條讲講课課](?:[　 ：:分]|$|(?=\S{0,20}$))"
    r"|(?:Chapter|Part|Section|Article)\s+(?:\d+|[IVX]+|[A-Z][a-z]+)\b"
    r"|[IVX]{1,4}\.\s+[A-Z]"
)
_LEVELS = (  # how deep each kind of number usually stands
    (re.compile(r"第.{1,4}[章编編篇部]|Chapter|Part"), 1),
    (re.compile(r"[一二三四五六七八九十百]{1,4}、|第.{1,4}[节節讲講课課]|Section"), 2),
    (re.compile(r"."), 3),
)
SALUTATION = re.compile(
    r"尊敬的|各位|亲爱的|親愛的|同志们|同志們|女士们|女士們|先生们|老师们|老師們|同学们|同學們|朋友们|朋友們|大家好"
    r"|(?:Dear|Ladies|My fellow|Friends|Good (?:morning|afternoon|evening|day)|Hello"
    r"|Excellencies|Distinguished|Honou?rable)\b"
)
_HALF_A_PHRASE = re.compile(r"[的是了和与與及在]$")  # ends no heading


def with_headings(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with those that are headings as such."""
    return [
        replace(block, kind=BlockKind.HEADING, level=_level(block.text))
        if _is_heading(blocks, i)
        else block
        for i, block in enumerate(blocks)
    ]


def width(text: str) -> float:
    """In full-width characters."""
    return sum(1.0 if is_east_asian(c) else 0.5 for c in text)


def _is_heading(blocks: Sequence[Block], place: int) -> bool:
    block = blocks[place]
    following = blocks[place + 1].text if place + 1 < len(blocks) else ""
    if block.kind is not BlockKind.BODY or not following:
        return False
    if not any(c.isalnum() for c in block.text) or SALUTATION.match(block.text):
        return False
    if NUMBERED.match(block.text):
        return _heads(block.text, following) and not _is_item(blocks, place)
    return not (place and _goes_on(blocks[place - 1])) and _stands_bare(block.text, following)


def _goes_on(block: Block) -> bool:
    """Whether a paragraph stops in mid-sentence, as where each phrase has a line."""
    listed = NUMBERED.match(block.text) or ITEM.match(block.text)
    return block.kind is BlockKind.BODY and not listed and block.text[-1] not in STOPS + CLOSED


def _heads(text: str, following: str) -> bool:
    """Whether what has a number has the form of a heading."""
    if width(text) > _WIDEST:
        return False
    return text[-1] not in STOPS + CLOSED or _is_lone_sentence(text, following)


def _is_item(blocks: Sequence[Block], place: int) -> bool:
    """Whether a numbered line is one of a list: beside it stands another of its level."""
    level = _level(blocks[place].text)
    beside = [*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 2]]
    return any(NUMBERED.match(b.text) and _level(b.text) == level for b in beside)


def _stands_bare(text: str, following: str) -> bool:
    """Whether a short line that is no sentence stands over a longer one that is."""
    if text[-1] in STOPS + CLOSED or _HALF_A_PHRASE.search(text) or HALF_SAID.match(text):
        return False
    if width(text) > _WIDEST_BARE or re.search(r"[，、,：:；;（(\[{]", text):
        return False
    return len(following) > 2 * len(text) and following[-1] in "。！？.!?”：:；;，,"


def _is_lone_sentence(text: str, following: str) -> bool:
    """Whether a numbered sentence stands above what it sums up: （一）采取有力措施。"""
    alone = text[-1] == "。" and not re.search(r"[。！？；]", text[:-1])
    return alone and len(following) > 2 * len(text) and not NUMBERED.match(following)


def _level(text: str) -> int:
    return next(level for pattern, level in _LEVELS if pattern.match(text))
