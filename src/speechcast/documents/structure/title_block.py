"""Read the title block of a text.

It has the title, and below it the speaker, date and place.

The patterns and thresholds were written by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from ...model import BlockKind
from ...text.han import HAN_RANGES
from ...text.whitespace import joined_lines
from ..block import Block
from ..front_matter import FrontMatter
from ..plain import LIST_ITEM
from ..ruby import without_readings
from .headings import CLOSING_MARKS, NUMBERED_HEADING, SALUTATION, STOP_MARKS, full_width_length

_MAX_TITLE_WIDTH = 48  # full-width characters: two lines of a printed page
_MAX_BYLINE_WIDTH = 40  # full-width characters
_MAX_BYLINES = 8  # between the title and the first words of the speech
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    r"(?P<y>[12]\d{3})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})"
    r"|(?:[〇○零一二三四五六七八九]{4}|(?:中華|中华)?民[國国]\S{1,4})年"
    r"[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}"
)
_SPEECH_WORD = re.compile(  # a title ends with one: speech, report, address
    r"(?:讲话|講話|报告|報告|致辞|致辭|致词|發言|发言|演讲|演講|答辞|献词|贺词|祝词|开幕词|闭幕词|讲稿)(?:[（(].{1,8}[）)])?$"
)
_SPEAKER_LABEL = re.compile(
    r"(?:讲话人|演讲人|演讲者|主讲人|报告人|发言人|致辞人|作者|讲者|講者|Speaker|Author)\s*[:：]\s*(?P<speaker>\S.*)"
)
_DETAIL_LABEL = re.compile(r"(?:时间|時間|地点|地點|日期|场合|場合|Date|Place|Venue)\s*[:：]")
_ENGLISH_SPEAKER = re.compile(r"[Bb]y\s+(?P<speaker>[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,4}\s?)$")
# The hundred surnames that nine in ten Chinese have, in both scripts; the common double ones are in
# `_NAME`. Written by hand for this project.
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武"
    "乔贺赖龚文習习張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸龍萬錢湯喬賀賴龔"
)
_NAME = rf"(?:[{SURNAMES}]|欧阳|司马|上官|诸葛|歐陽|司馬|諸葛)\S{{1,2}}"
_NAME_AFTER_OFFICE = re.compile(rf"(?:\S{{2,24}}[ 　]+)?(?P<speaker>{_NAME})$")
_OFFICE_AND_NAME = re.compile(
    r"\S{0,20}(?:长|長|总理|總理|主席|书记|書記|主任|总统|總統|教授|院士|代表|委员|委員|会员)"
    rf"[ \u3000]+(?P<speaker>[{HAN_RANGES}·]{{2,8}})$"
)
_ABBREVIATION_IN_NAME = re.compile(r"\b(?:Jr|Sr|Dr|Esq)\.$")
_TITLE_LABEL = re.compile(r"(?:标题|標題|题目|題目|Title)\s*[:：]\s*")


def is_title(block: Block, others: Sequence[Block]) -> bool:
    """Return whether the first paragraph of a text is its title."""
    text = block.text
    return (
        block.kind is BlockKind.BODY
        and full_width_length(text) <= _MAX_TITLE_WIDTH
        and text[-1] not in STOP_MARKS
        and any(c.isalnum() for c in text)
        and not any(opening.match(text) for opening in (NUMBERED_HEADING, LIST_ITEM, SALUTATION))
        and any(other.text[-1] in STOP_MARKS + CLOSING_MARKS for other in others)
    )


def mark_title_continuation(blocks: list[Block]) -> None:
    """Mark the second line of a title, in place: 在第二十次大会上 / 的报告."""
    if len(blocks) < 3 or _SPEECH_WORD.search(blocks[0].text):
        return
    second = blocks[1]
    short = second.kind is BlockKind.BODY and full_width_length(second.text) <= _MAX_TITLE_WIDTH
    if short and _SPEECH_WORD.search(second.text):
        blocks[1] = replace(second, kind=BlockKind.TITLE)


def mark_bylines(blocks: list[Block]) -> None:
    """Mark the bylines below a title, in place."""
    candidates: list[int] = []
    certain_count = 0
    for i, block in enumerate(blocks[: 1 + _MAX_BYLINES]):
        if block.kind in {BlockKind.TITLE, BlockKind.BYLINE}:
            continue
        if block.kind is not BlockKind.BODY or not _may_be_byline(block.text):
            break
        candidates.append(i)
        following = blocks[i + 1].text if i + 1 < len(blocks) else ""
        if _is_byline(block.text) or SALUTATION.match(following):
            certain_count = len(candidates)
    for i in candidates[:certain_count]:
        blocks[i] = replace(blocks[i], kind=BlockKind.BYLINE)


def _may_be_byline(text: str) -> bool:
    if (
        full_width_length(text) > _MAX_BYLINE_WIDTH
        or SALUTATION.match(text)
        or NUMBERED_HEADING.match(text)
    ):
        return False
    return text[-1] not in STOP_MARKS or bool(_ABBREVIATION_IN_NAME.search(text))


def _is_byline(text: str) -> bool:
    if text.startswith("—") or _DETAIL_LABEL.match(text) or _find_speaker(text):
        return True
    return bool(_DATE.search(text))


def complete_front_matter(blocks: Sequence[Block], front_matter: FrontMatter) -> FrontMatter:
    """Return the front matter, completed from the title and the bylines.

    Args:
        blocks: The document, with title and bylines marked.
        front_matter: The front matter as written; it takes precedence.
    """
    bylines = [without_readings(b.text) for b in blocks if b.kind is BlockKind.BYLINE]
    from_title = dropwhile(lambda b: b.kind is not BlockKind.TITLE, blocks)
    titles = takewhile(lambda b: b.kind is BlockKind.TITLE, from_title)
    title = without_readings(joined_lines("\n".join(b.text for b in titles)))
    speaker = next(filter(None, map(_find_speaker, bylines)), None)
    date = next((_format_date(m) for text in bylines if (m := _DATE.search(text))), None)
    return replace(
        front_matter,
        title=front_matter.title or _TITLE_LABEL.sub("", title, count=1) or None,
        speaker=front_matter.speaker or speaker,
        date=front_matter.date or date,
    )


def _find_speaker(text: str) -> str | None:
    for pattern in (_SPEAKER_LABEL, _ENGLISH_SPEAKER, _NAME_AFTER_OFFICE, _OFFICE_AND_NAME):
        if match := pattern.match(text):
            return match["speaker"].strip()
    spaced = re.fullmatch(r"(\S)[ 　]+(\S)", text)  # 李　强, set to the width of three
    return _find_speaker(spaced[1] + spaced[2]) if spaced else None


def _format_date(match: re.Match[str]) -> str:
    """Return a date as YYYY-MM-DD.

    If its digits are not ASCII, it is returned as written.
    """
    if match["y"]:
        return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    return match[0]
