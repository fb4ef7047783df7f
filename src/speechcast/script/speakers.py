"""Find how a line of a cue begins that names its speaker.

A dash, `>>` or a name in capitals stands before who speaks, as subtitles for the deaf and hard of
hearing have them. What could as well be speech is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from ..text.han import HAN_CLASS
from .markup import find_label
from .unspoken import SOUND_ZH, SQUARE

_DASH = re.compile(r"\s*(?:[-–—‐](?![-–—‐])(?:\s+|(?=[^\W\d_]))|[>＞]{2,3}\s*)")
# A note on how a name is heard may stand behind it: JOHN (on phone): Hello?
_NAME_NOTE = r"(?:\s*[(\[（［][^()\[\]（）［］:：\n]{1,30}[)\]）］])?"
_CAPITALS = re.compile(
    rf"^\s*([A-Z][A-Z0-9 .'’#&-]{{0,28}}[A-Z0-9.'’#&-]){_NAME_NOTE}\s*[:：](?!\d)\s*"
)
# What stands before a colon in capitals and is nobody; collected by hand for this project.
_HEADING = re.compile(
    r"(?:(?:IMPORTANT |PLEASE )?(?:NOTES?|NOTICE)|N\.?B\.?|P\.?S\.?|FYI|WARNING|CAUTION|DANGER"
    r"|ATTENTION|IMPORTANT|REMINDER|ALERT|TIPS?|HINT|UPDATE|BREAKING(?: NEWS)?|SPOILER(?: ALERT)?"
    r"|FACT|MYTH|TRUE|FALSE|RESULTS?|CONCLUSION|SUMMARY|EXAMPLE|QUESTION|ANSWER|PROBLEM|SOLUTION"
    r"|TODO|GOAL|RULE|STEP|PART|CHAPTER|LESSON|SECTION|EPISODE|SCENE|ACT|DAY|WEEK|LEVEL|ROUND"
    r"|DATE|TIME|PLACE|LOCATION|TITLE|SOURCE|CREDITS?)(?: (?:\d+|[IVX]+|ONE|TWO|THREE))?"
)
# Parts that a Chinese cue may have for its speaker; collected by hand for this project.
_PART = (
    r"(?:[男女](?:主持人?|主播|[声聲生孩童])?|主持人?|[记記]者|旁白|解[说說][员員词詞]?|[画畫]外音?|字幕"
    r"|[问問答甲乙丙丁]|[众眾]人?|[齐齊][声聲]|童[声聲]|主播|播音[员員]|配音|[领領][诵誦]|朗[诵誦]|[独獨]白"
    r"|[内內]心(?:[独獨]白)?)[0-9一二三甲乙丙丁A-Z]?"
)
_ROLE = re.compile(rf"\s*(?:[【［\[（(]{_PART}[】］\]）)]|{_PART}){_NAME_NOTE}[:：]\s*")
# People, whom a letter may address as well (老师：您好！), or a list give (校长：王芳); a surname
# may stand before them, a number behind. Collected by hand for this project.
_PERSON = re.compile(
    rf"\s*(?:[齐齊合]|(?!各){HAN_CLASS}?(?:老[师師板]|[学學同]生|同[学學]|[医醫]生|大夫|[护護]士|警察|警[官員员]|司[机機]|店[员員]"
    r"|服[务務][员員]|售[货貨][员員]|[顾顧]客|客人|[经經]理|[秘祕][书書]|校[长長]|院[长長]|[市县縣镇鎮村局部队隊班][长長]"
    r"|[书書][记記]|主席|主任|教授|[专專]家|法官|律[师師]|[记記]者|嘉[宾賓]|[观觀][众眾]|演[员員]|采[访訪]者|受[访訪]者"
    r"|翻[译譯]|工人|[农農]民|村民|市民|居民|士兵|[将將][军軍]|[国國]王|公主|王子|父[亲親]|母[亲親]|[妈媽]{1,2}|爸爸?"
    r"|[爷爺][爷爺]|奶奶|哥哥|姐姐|弟弟|妹妹|[儿兒]子|女[儿兒]|孩子|病人|患者|[乘旅]客|丈夫|妻子|老人|青年|少年|全[体體]|大家)"
    rf"[0-9一二三甲乙丙丁A-Z]?{_NAME_NOTE})[:：](?!\s*{HAN_CLASS}{{2,4}}\s*$)\s*"
)
# A voice that is not seen, in brackets without a colon: （画外音）很久以前。
_OFFSTAGE = re.compile(
    r"\s*[【［\[（(](?:旁白|[画畫]外音?|解[说說][员員词詞]?|[内內]心[独獨]白|[独獨]白|[男女][声聲])[】］\]）)]\s*"
)
# A name with a note that only speakers have: 小明（旁白）：那天下着雨。
_NOTED_NAME = re.compile(
    r"\s*[^\s，。！？；：:、（）()]{1,8}[（(](?:旁白|[画畫]外音?|[内內]心(?:[独獨]白)?|[独獨]白|心想"
    r"|[电電][话話](?:中|里|裡)?|[对對][讲講][机機]"
    rf"|{SOUND_ZH}|OS|VO|O\.S\.|V\.O\.)[）)][:：]\s*"
)
_BRACKETED_NAME = re.compile(r"\s*[【［][^】］\n]{1,15}[】］]\s*[:：]\s*")
_UPPERCASE_SHARE = 0.7  # of the letters of a file that is all in capitals, as captions of old


def is_uppercase(text: str) -> bool:
    """Return whether a text is written in capitals.

    A name in capitals is none by being so then. Names and sounds themselves do not count.
    """
    speech = SQUARE.sub("", re.sub(_CAPITALS.pattern, "", text, flags=re.MULTILINE))
    letters = [c for c in speech if c.isalpha() and c.lower() != c.upper()]
    return sum(map(str.isupper, letters)) > _UPPERCASE_SHARE * len(letters)


def names_people(lines: Iterable[str]) -> bool:
    """Return whether more than one line begins with who speaks, such as 老师：, as no letter does.

    >>> names_people(["老师：请坐。", "学生：谢谢。"]), names_people(["老师：", "您好！"])
    (True, False)
    """
    bare = (_DASH.sub("", line, count=1) if _DASH.match(line) else line for line in lines)
    return sum(bool(_PERSON.match(line)) for line in bare) > 1


def find_turn(
    line: str, cast: Collection[str], *, capitals: bool, people: bool = False
) -> tuple[int, int, str] | None:
    """Return how a line begins that names its speaker, or begins with a dash.

    Args:
        line: A line of a cue.
        cast: The names of the speakers who have a voice.
        capitals: Whether a name in capitals is a speaker's.
        people: Whether a word for a person is, such as 老师.

    Returns:
        Where what is said begins, where the name ends (0 without a name), and the name if it is in
        the cast; None for a line like any other.

    >>> find_turn("- ANNA: Hello.", {"ANNA"}, capitals=True)
    (8, 8, 'ANNA')
    >>> find_turn("-5 degrees", (), capitals=True)
    """
    dash = _DASH.match(line)
    start = dash.end() if dash else 0
    rest = line[start:]
    if labelled := find_label(rest, cast):
        name, length = labelled
        return start + length, start + length, name
    label = _ROLE.match(rest) or _BRACKETED_NAME.match(rest) or _NOTED_NAME.match(rest)
    label = label or _OFFSTAGE.match(rest)
    if label is None and people:
        label = _PERSON.match(rest)
    if label is None and capitals and (match := _CAPITALS.match(rest)):
        named = sum(map(str.isalpha, match[1])) > 1 and not _HEADING.fullmatch(match[1])
        label = match if named else None
    if label:
        return start + label.end(), start + label.end(), ""
    return (start, 0, "") if dash else None
