"""Read two figures with a colon between: a time of day, a ratio, a score, a duration, a verse.

What they are is decided in one list, `_DECISIONS`, of which the first line that holds counts:

 1. a word for how long something took stands next to them (用时3:42): minutes and seconds;
 2. no clock shows them (1:8, 3:75): a ratio;
 3. no ratio is written so (9:05, 08:30): a time;
 4. something is earlier or later than they are (比9:30早): a time;
 5. the name of a ratio stands right before (师生比为1:15): a ratio;
 6. the half of a day, a day or 时间 stands right before (下午1:20): a time;
 7. what is done to a ratio or belongs to a score stands next to them (按1:15配备): a ratio;
 8. a word of time stands next to them (在1:15前, 1:30开始): a time;
 9. 以 stands before, the name of a ratio is near and the minutes are not round, or all begin with
    1 and neither a time is near nor a span (1:15-1:40): a ratio, since one o'clock is 下午1:20 or
    13:20;
10. otherwise they are a time.

Pairs that are joined (从1:20提高到1:15) are one thing; the words around all of them decide. The
words are in `colon_words_zh`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from ...text.han import HAN_CLASS, simplified
from ..mandarin.jieba_dictionary import load_jieba_for
from ..mandarin.parts_of_speech import part_of_speech
from ..rules import Match, find_joined
from ..rules import make_rule as _rule
from .clock_words_zh import read_duration, read_time
from .colon_words_zh import (
    ACHIEVED_AFTER,
    ACTOR_BEFORE,
    BOOKS,
    BY_BEFORE,
    COMPARED_BEFORE,
    DAY_BEFORE,
    DONE_BY_RATIO_AFTER,
    DONE_TO_RATIO_AFTER,
    DURATION_AFTER,
    DURATION_BEFORE,
    ENDS_AFTER,
    HELD_BEFORE,
    LABEL_BEFORE,
    LATER_THAN_AFTER,
    MIXED_AFTER,
    NAME_BEFORE,
    RACE_NEAR,
    RATIO_AFTER,
    RATIO_BEFORE,
    RATIO_NEAR,
    RISES,
    SCALED_AFTER,
    SCORE_AFTER,
    SCORE_BEFORE,
    SHARED_BEFORE,
    STILL_BEFORE,
    THREE_BY_BEFORE,
    TIME_AFTER,
    TIME_BEFORE,
    TIME_JOINTS,
    TIME_NEAR,
    USED_BEFORE,
    WINS_AFTER,
)
from .measures_zh import begins_measure
from .numbers_zh import NUMBER, TO, read_number, read_ratio

_WINDOW = 40  # characters around a pair that decide what it is
_NEAR = 24  # ... and those in which the name of a ratio, or a time, is near
_HOUR = r"(?:[01]?\d|2[0-4])"
_TIME = rf"{_HOUR}[:：][0-5]\d(?:[:：][0-5]\d)?"
# Three figures of a clock end at a comma: 00:00:02,200 in a subtitle.
_PAIR = rf"(?:{_HOUR}(?:[:：][0-5]\d){{2}}(?!\d|\.\d)|{NUMBER}[:：]{NUMBER}(?:[:：]{NUMBER})?)"
_SHORT_PAIR = r"\d{1,4}[:：]\d{1,4}(?:[:：]\d{1,2})?"
_CLOCK = re.compile(_TIME)
# A leading zero, as in 08:30 and 9:05; ratios are written without.
_PADDED = re.compile(r"0\d|\d+[:：]0\d")
_LENGTH = re.compile(r"\d{1,3}[:：][0-5]\d(?:[:：][0-5]\d)?(?:\.\d{1,3})?")
_HUNDREDTHS = re.compile(r"[:：]\d\d\.\d{1,3}$")  # of a second
_JOINT = rf"(?:(?:(?!的){HAN_CLASS}){{0,4}}[到至为成]|[和与及或、~～—–-]{{1,2}})\s?"
_EARLIER = re.compile(rf"(?<![\d:：.])(?:{_SHORT_PAIR}{_JOINT}){{1,3}}$")
_LATER = re.compile(rf"(?:{_JOINT}{_SHORT_PAIR}){{1,3}}")
_FIGURES = re.compile(_PAIR)
_TAGS_OF_AN_EVENT = frozenset(("v", "d", "ad", "p", "r"))  # with which a predicate begins
_END_OF_SENTENCE = re.compile("[。！？；;\n]")


class _Sense(Enum):
    """What two figures with a colon between are."""

    TIME = "a time of day"
    RATIO = "a ratio or a score"
    DURATION = "how long something took"


@dataclass(frozen=True)
class _Group:
    """Pairs that are joined, what joins them, and the text of the sentence around them."""

    pairs: tuple[str, ...]
    joints: str
    before: str
    after: str

    def follows(self, pattern: re.Pattern[str]) -> bool:
        """Return whether what a pattern matches stands right before the group."""
        return pattern.search(self.before) is not None

    def precedes(self, pattern: re.Pattern[str]) -> bool:
        """Return whether what a pattern matches stands right after the group."""
        return pattern.match(self.after) is not None

    def is_near(self, pattern: re.Pattern[str]) -> bool:
        """Return whether what a pattern matches stands in the same sentence, not far away."""
        return bool(pattern.search(self.before[-_NEAR:]) or pattern.search(self.after[:_NEAR]))


def _find_group(m: Match) -> _Group:
    """Return the pairs of a match with those that are joined to them, and their context."""
    text = m.string
    first, last = find_joined(m, _EARLIER, _LATER, _WINDOW)
    before, after = (
        simplified(part)
        for part in (text[max(0, first - _WINDOW) : first], text[last : last + _WINDOW])
    )
    return _Group(
        pairs=tuple(_FIGURES.findall(text[first:last])),
        joints=simplified(_FIGURES.sub(" ", text[first:last])),
        before=_END_OF_SENTENCE.split(before)[-1],
        after=_END_OF_SENTENCE.split(after)[0],
    )


def _lasts(group: _Group) -> bool:
    """Return whether a word for how long something took stands next to a group."""
    if not all(map(_LENGTH.fullmatch, group.pairs)):
        return False
    is_long = _has_three(group) or any(map(_PADDED.match, group.pairs))
    wins = is_long and group.before.endswith("以") and group.precedes(WINS_AFTER)
    achieves = group.follows(USED_BEFORE) and group.precedes(ACHIEVED_AFTER)
    ends = group.follows(STILL_BEFORE) and group.precedes(ENDS_AFTER)
    is_raced = all(map(_HUNDREDTHS.search, group.pairs)) and group.is_near(RACE_NEAR)
    return (
        wins
        or achieves
        or ends
        or is_raced
        or group.follows(DURATION_BEFORE)
        or group.precedes(DURATION_AFTER)
    )


def _has_three(group: _Group) -> bool:
    return any(len(re.findall("[:：]", pair)) == 2 for pair in group.pairs)


def _is_compared(group: _Group) -> bool:
    """Return whether 比 stands before that is no ratio's name: 比9:30早, 比原来的8:00晚."""
    return group.follows(COMPARED_BEFORE) and not group.follows(NAME_BEFORE)


def _is_called_a_ratio(group: _Group) -> bool:
    """Return whether the name of a ratio stands right before; 比9:30的航班 compares times."""
    is_time = group.after.startswith("的") or group.precedes(TIME_AFTER)
    return group.follows(RATIO_BEFORE) and not (_is_compared(group) and is_time)


def _is_used_as_a_ratio(group: _Group) -> bool:
    """Return whether it is a score, or is done to a group what is done to ratios."""
    return (
        group.follows(SCORE_BEFORE)
        or group.precedes(SCORE_AFTER)
        or group.precedes(RATIO_AFTER)
        or re.search(f"(?:{RISES})[到至为成]", group.joints) is not None
        or (group.follows(BY_BEFORE) and group.precedes(DONE_BY_RATIO_AFTER))
        or (_has_three(group) and group.follows(THREE_BY_BEFORE))
        or (
            _begins_with_one(group) and (group.precedes(SCALED_AFTER) or group.follows(HELD_BEFORE))
        )
    )


def _is_next_to_time(group: _Group) -> bool:
    begins_line = not group.before and re.match(r"\s+\S|[:：]", group.after)
    return bool(begins_line) or group.follows(TIME_BEFORE) or group.precedes(TIME_AFTER)


def _is_rather_a_ratio(group: _Group) -> bool:
    """Return whether, without a word next to a group, a ratio is more likely."""
    is_round = all(re.search(r"[05]$", pair) for pair in group.pairs)
    if group.before.endswith("以") or (group.is_near(RATIO_NEAR) and not is_round):
        return True
    if not _begins_with_one(group) or not (group.before or group.after):
        return False
    is_time = (
        TIME_JOINTS.search(group.joints) or group.is_near(TIME_NEAR) or _something_happens(group)
    )
    return group.is_near(RATIO_NEAR) or not is_time


def _something_happens(group: _Group) -> bool:
    """Return whether what follows is done at a time, and not by a ratio: 产妇1:26顺利分娩."""
    if group.follows(SHARED_BEFORE) or group.precedes(DONE_TO_RATIO_AFTER):
        return False
    run = re.match(f"{HAN_CLASS}+", group.after)
    first = load_jieba_for(run[0]).lcut(run[0], HMM=False)[0] if run else ""
    if group.follows(ACTOR_BEFORE):
        return bool(first) and not ACTOR_BEFORE.search(first)
    return part_of_speech(first) in _TAGS_OF_AN_EVENT and not group.precedes(MIXED_AFTER)


def _begins_with_one(group: _Group) -> bool:
    return all(re.fullmatch(r"1[:：]\d+", pair) for pair in group.pairs)


# In this order; the sense of the first that holds.
_DECISIONS: tuple[tuple[Callable[[_Group], bool], _Sense], ...] = (
    (_lasts, _Sense.DURATION),
    (lambda group: not all(map(_CLOCK.fullmatch, group.pairs)), _Sense.RATIO),
    (lambda group: any(map(_PADDED.match, group.pairs)), _Sense.TIME),
    (lambda group: _is_compared(group) and group.precedes(LATER_THAN_AFTER), _Sense.TIME),
    (_is_called_a_ratio, _Sense.RATIO),
    (lambda group: group.follows(DAY_BEFORE), _Sense.TIME),
    (_is_used_as_a_ratio, _Sense.RATIO),
    (_is_next_to_time, _Sense.TIME),
    (_is_rather_a_ratio, _Sense.RATIO),
)


def _find_sense(group: _Group) -> _Sense:
    """Return what the pairs of a group are."""
    return next((sense for holds, sense in _DECISIONS if holds(group)), _Sense.TIME)


def _read_colons(m: Match) -> str | None:
    """Return the words of a pair or of a span of two; None if the first figure is a label's."""
    if _is_label(m):
        return None
    read = _READERS[_find_sense(_find_group(m))]
    words = "到".join(read(pair) for pair in m.groups() if pair)
    return _without_unit(words, m.string[m.end() : m.end() + 2])


def _is_label(m: Match) -> bool:
    """Return whether a pair is a label and what belongs to it: 小组1：15人."""
    before = simplified(m.string[max(0, m.start() - 4) : m.start()])
    is_ordinal = before.endswith("第") and "：" in m[1]  # 第1：15人, but 第1:35
    is_numbered = m[2] is None and (is_ordinal or LABEL_BEFORE.search(before))
    is_time = re.match("分|[时時點点多余餘左以]", m.string[m.end() : m.end() + 1])
    return bool(is_numbered) and not is_time and begins_measure(m.string, m.end())


def _without_unit(words: str, following: str) -> str:
    """Return the words of a time without the unit that is written after it: 19:20分, 9:00点."""
    unit = re.match("分(?![钟鐘之组組别散])|点(?![半])|點(?!半)", following)
    return words.removesuffix("分" if unit and unit[0] == "分" else "点") if unit else words


def _read_half_day(m: Match) -> str:
    return ("上午" if m[2] in "aA" else "下午") + read_time(m[1] if ":" in m[1] else f"{m[1]}:00")


def _read_verse(m: Match) -> str:
    """Return chapter and verses: 3:16-18 is 三章十六到十八节."""
    part = "篇" if m.string[m.start() - 1] == "篇" else "章"
    last = f"到{read_number(m[3])}" if m[3] else ""
    return f"{read_number(m[1])}{part}{read_number(m[2])}{last}节"


_READERS: dict[_Sense, Callable[[str], str]] = {
    _Sense.TIME: read_time,
    _Sense.RATIO: read_ratio,
    _Sense.DURATION: read_duration,
}
RULES = (
    _rule(rf"(\d{{1,3}})[:：](\d{{1,3}})(?:{TO}(\d{{1,3}})(?![:：\d]))?(?!\d|[:：]\d)", _read_verse,
          before=rf"(?:{BOOKS})[》〉]?\s?"),
    _rule(rf"({_TIME}|1?\d)\s?([apAP])\.?[mM]\b\.?", _read_half_day),
    _rule(rf"({_PAIR})(?:{TO}({_PAIR}))?(?!\d|[:：]\d)", _read_colons),
)  # fmt: skip
"""The rules, which apply after those for dates and before those for codes."""
