"""Which paragraphs are title, byline and heading, where the document does not say so itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from ..model import Kind
from .blocks import Block
from .matter import Matter
from .pieces import one_line
from .plain import HALF_SAID, ITEM

_TITLE_WIDTH = 48  # in full-width characters; two lines of a printed page
_HEADING_WIDTH = 32
_BARE_HEADING_WIDTH = 16  # of a heading without a number
_BYLINES = 8  # lines that may stand between a title and the first words
_BYLINE_WIDTH = 40
_UNFINISHED = "。！!；;：:，,、….．｡"

_CLOSED = "？?”’」』\"'"

_NUMBERED = re.compile(
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
_DATE = re.compile(
    r"(?P<y>[12]\d{3})\s*[年./-]\s*(?P<m>\d{1,2})\s*[月./-]\s*(?P<d>\d{1,2})"
    r"|(?:[〇○零一二三四五六七八九]{4}|(?:中華|中华)?民[國国]\S{1,4})年"
    r"[\d一二三四五六七八九十]{1,2}月(?:[\d一二三四五六七八九十]{1,3}日)?"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+\d{4}"
)
_SPEECH = re.compile(  # the word a title ends with
    r"(?:讲话|講話|报告|報告|致辞|致辭|致词|發言|发言|演讲|演講|答辞|献词|贺词|祝词|开幕词|闭幕词|讲稿)(?:[（(].{1,8}[）)])?$"
)
_SPEAKER_LABEL = re.compile(
    r"(?:讲话人|演讲人|演讲者|主讲人|报告人|发言人|致辞人|作者|讲者|講者|Speaker|Author)\s*[:：]\s*(?P<who>\S.*)"
)
_SENTENCE_ENDS = _UNFINISHED + _CLOSED
_SALUTATION = re.compile(
    r"尊敬的|各位|亲爱的|親愛的|同志们|同志們|女士们|女士們|先生们|老师们|老師們|同学们|同學們|朋友们|朋友們|大家好"
    r"|(?:Dear|Ladies|My fellow|Friends|Good (?:morning|afternoon|evening|day)|Hello"
    r"|Excellencies|Distinguished|Honou?rable)\b"
)
_LABEL = re.compile(r"(?:时间|時間|地点|地點|日期|场合|場合|Date|Place|Venue)\s*[:：]")
_ENGLISH_SPEAKER = re.compile(r"[Bb]y\s+(?P<who>(?:[A-Z][\w.’'-]*\s?){1,5})$")
# The hundred surnames that nine Chinese in ten have, in both scripts, and the common double ones.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武"
    "乔贺赖龚文習习張劉陳楊趙黃吳孫馬羅鄭謝韓馮鄧許呂蘇盧蔣賈葉閻鍾譚鄒陸龍萬錢湯喬賀賴龔"
)
_NAME = rf"(?:[{_SURNAMES}]|欧阳|司马|上官|诸葛|歐陽|司馬|諸葛)\S{{1,2}}"
_SPEAKER = re.compile(rf"(?:\S{{2,24}}[ 　]+)?(?P<who>{_NAME})$")
_OFFICE_HOLDER = re.compile(
    r"\S{0,20}(?:长|長|总理|總理|主席|书记|書記|主任|总统|總統|教授|院士|代表|委员|委員|会员)"
    r"[ \u3000]+(?P<who>[\u3400-\u9fff·]{2,8})$"
)
_ENDS_A_NAME = re.compile(r"\b(?:Jr|Sr|Dr|Esq)\.$")
_CALLED = re.compile(r"(?:标题|標題|题目|題目|Title)\s*[:：]\s*")
_HALF_A_PHRASE = re.compile(r"[的是了和与與及在]$")  # ends no heading


def recognised(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with title, bylines and headings found by how they stand."""
    found = list(blocks)
    kinds = {b.kind for b in found}
    if kinds == {Kind.HEADING, Kind.BODY} and found[0].kind is Kind.HEADING and _alone(found):
        found[0] = replace(found[0], kind=Kind.TITLE, level=0)
    if Kind.TITLE not in kinds and _is_title(found[:1], found[1:]):
        found[0] = replace(found[0], kind=Kind.TITLE, level=0)
    if found and found[0].kind is Kind.TITLE:
        _mark_second_line(found)
        _mark_bylines(found)
    if Kind.HEADING not in kinds:
        found = [_as_heading(b, found[i + 1 : i + 2]) for i, b in enumerate(found)]
    return found


def told(blocks: Sequence[Block], matter: Matter) -> Matter:
    """The front matter, completed by what title and bylines tell."""
    head = [b.text for b in blocks if b.kind is Kind.BYLINE]
    titles = takewhile(lambda b: b.kind is Kind.TITLE, _from_title(blocks))
    title = one_line("\n".join(b.text for b in titles))
    speaker = next(filter(None, map(_speaker, head)), None)
    date = next((_as_date(m) for text in head if (m := _DATE.search(text))), None)
    return replace(
        matter,
        title=matter.title or _CALLED.sub("", title, count=1) or None,
        speaker=matter.speaker or speaker,
        date=matter.date or date,
    )


def _from_title(blocks: Sequence[Block]) -> Iterator[Block]:
    return dropwhile(lambda b: b.kind is not Kind.TITLE, blocks)


def _alone(blocks: Sequence[Block]) -> bool:
    """Whether the first heading is the only one of its level."""
    return sum(b.level == blocks[0].level for b in blocks if b.kind is Kind.HEADING) == 1


def _is_title(first: Sequence[Block], others: Sequence[Block]) -> bool:
    """Whether a text's first paragraph is its title: no sentence, where others are."""
    return any(
        block.kind is Kind.BODY
        and _width(block.text) <= _TITLE_WIDTH
        and block.text[-1] not in _UNFINISHED
        and any(c.isalnum() for c in block.text)
        and not _NUMBERED.match(block.text)
        and not ITEM.match(block.text)
        and not _SALUTATION.match(block.text)
        and any(other.text[-1] in _SENTENCE_ENDS for other in others)
        for block in first
    )


def _mark_second_line(blocks: list[Block]) -> None:
    """A title that its writer set on two lines: 在第二十次大会上 / 的报告."""
    if len(blocks) < 3 or _SPEECH.search(blocks[0].text):
        return
    second = blocks[1]
    short = second.kind is Kind.BODY and _width(second.text) <= _TITLE_WIDTH
    if short and _SPEECH.search(second.text):
        blocks[1] = replace(second, kind=Kind.TITLE)


def _mark_bylines(blocks: list[Block]) -> None:
    """The lines between a title and the last of which it is sure that it is no text yet."""
    found: list[int] = []
    sure = 0
    for i, block in enumerate(blocks[: 1 + _BYLINES]):
        if block.kind in {Kind.TITLE, Kind.BYLINE}:
            continue
        if block.kind is not Kind.BODY or not _may_be_byline(block.text):
            break
        found.append(i)
        following = blocks[i + 1].text if i + 1 < len(blocks) else ""
        if _is_byline(block.text) or _SALUTATION.match(following):
            sure = len(found)
    for i in found[:sure]:
        blocks[i] = replace(blocks[i], kind=Kind.BYLINE)


def _may_be_byline(text: str) -> bool:
    if _width(text) > _BYLINE_WIDTH or _SALUTATION.match(text) or _NUMBERED.match(text):
        return False
    return text[-1] not in _UNFINISHED or bool(_ENDS_A_NAME.search(text))


def _is_byline(text: str) -> bool:
    if text.startswith("—") or _LABEL.match(text) or _speaker(text):
        return True
    return bool(_DATE.search(text))


def _speaker(text: str) -> str | None:
    for pattern in (_SPEAKER_LABEL, _ENGLISH_SPEAKER, _SPEAKER, _OFFICE_HOLDER):
        if match := pattern.match(text):
            return match["who"].strip()
    spaced = re.fullmatch(r"(\S)[ 　]+(\S)", text)  # 李　强, set to the width of three
    return _speaker(spaced[1] + spaced[2]) if spaced else None


def _as_date(match: re.Match[str]) -> str:
    """2023-03-05 where the figures say so, else as it is written."""
    if match["y"]:
        return f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
    return match[0]


def _as_heading(block: Block, following: Sequence[Block]) -> Block:
    if block.kind is not Kind.BODY or not following or not _is_heading(block.text, following[0]):
        return block
    return replace(block, kind=Kind.HEADING, level=_level(block.text))


def _is_heading(text: str, following: Block) -> bool:
    if not any(c.isalnum() for c in text) or HALF_SAID.match(text) or _SALUTATION.match(text):
        return False
    if _NUMBERED.match(text) and _width(text) <= _HEADING_WIDTH:
        return text[-1] not in _UNFINISHED + _CLOSED or _is_lone_sentence(text, following.text)
    if text[-1] in _UNFINISHED + _CLOSED or _HALF_A_PHRASE.search(text):
        return False
    bare = _width(text) <= _BARE_HEADING_WIDTH and not re.search(r"[，、,：:；;（(\[{]", text)
    return (
        bare and len(following.text) > 2 * len(text) and following.text[-1] in "。！？.!?”：:；;，,"
    )


def _is_lone_sentence(text: str, following: str) -> bool:
    """Whether a numbered sentence stands above what it sums up: （一）采取有力措施。"""
    alone = text[-1] == "。" and not re.search(r"[。！？；]", text[:-1])
    return alone and len(following) > 2 * len(text) and not _NUMBERED.match(following)


def _level(text: str) -> int:
    return next(level for pattern, level in _LEVELS if pattern.match(text))


def _width(text: str) -> float:
    """In full-width characters."""
    return sum(1.0 if ord(c) >= 0x2E80 else 0.5 for c in text)
