"""Tell a year of four figures from so many years: 1949年, but 距今约4600年.

What a figure before 年 is, or the two of a span, is decided in one list, `_DECISIONS`, of which the
first line that holds counts:

 1. the name of an era stands before (公元1000年): a year;
 2. it is no year of the past or of our children (4600年): so many years, unless a date is meant
    (到2500年, 3000年初);
 3. what belongs to a date follows (1500年3月, 2020年同期): a year;
 4. a word for how long something lasts stands before (半衰期为1600年), or 之久 behind: so many;
 5. what is said of a length stands before, and the figure is round or its history follows
    (走过1500年, 有1616年历史): so many;
 6. the figure is round, and what belongs to a length follows (1200年前, 1500年风雨): so many;
 7. otherwise it is a year.

The lists were written by hand for this project; they are simplified Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ...text.han import simplified
from ..rules import Match, find_joined
from .numbers_zh import TO

_WINDOW = 24  # characters around a figure that decide what it is
_LAST_YEAR = 2100  # that is named as a year without more
_LAST_FORECAST = 2300  # to which a span that begins in our time reaches: 2050—2150年
_FIRST_MODERN = 1800  # year from which a figure that ends in 50 is rather a date

_ERA_BEFORE = re.compile(
    r"(?:[公西]元前?|纪元前?|[佛伊回]历|民国|AD|BC|(?:^|[\W年到至于在自])前)\s?[约大]{0,2}约?\s?$"
)
_IN_YEAR_BEFORE = re.compile(
    r"(?:(?:^|[\W一二三四五六七八九十]|未来|预[计测]|推算|模拟|持续|一直|[延推]续|推迟|计划|时间|穿越|[回来])"
    r"(?:[到至]|从|自|在|于|截[至止])|[今明后去前]年[是为])\s?$"
)
_IN_YEAR_AFTER = re.compile(
    r"\s?(?:\d{1,2}月|[一二三四五六七八九十]{1,2}月|度(?!过)|[初末底](?!中级)|[上下]半年|[春夏秋冬]|元旦|全年|"
    "的?(?:[^，。；\\W]{0,2}同期|水平|[标基]准|价格)|出生|生人)"
)
_LINKS = (
    "(?:[了过已有约近为是达可长超逾只仅就在能也都又就上还共]|大约|大概|将近|接近|超过|不到|不足|到达|"
    "达到|至少|最[长短多少高低]|平均|一般|通常|有着|今|现在){0,6}"
)
_LASTS_BEFORE = re.compile(
    "(?:距今|距离今|长达|历时|为期|半衰期|寿命|[树年工]龄|每隔?|相[隔距差]|间隔|上下(?!级))(?:最[长短]|[长])?"
    rf"{_LINKS}$|(?:周期|跨度|时长)[约为是达长]{_LINKS}$"
)
_LASTS_AFTER = re.compile(r"\s?(?:之久|有余|多|余|如一日)")
_LENGTH_BEFORE = re.compile(
    "(?:[约近超逾有达需要用活隔过]|(?<![到来入为除别成不])了|(?<!最)[早晚]|大概|接近|不到|不足|有着|拥有|至少|整整|足足|"
    "花费|耗费|[走飞等]|历经|经历|走过|跨越|穿越|绵延|延续|存续|持续|传承|沉[睡寂]|休眠|尘封|埋藏|保存|存在|运行|使用|统治|"
    "增加|缩短|(?:延长|缩短|增加|提高)[到至]|相当于|等于|差不多|几乎|仅仅|又|再|只|仅|已|未来|今后|过去的?|"
    r"最近|此后|往后|流传|屹立|矗立|史前)(?:约|近|大约)?\s?$"
)
_CAPTION = re.compile(r"(?:^|[（(，])大?约\s?$")
_HISTORY = re.compile(
    r"\s?的?(?:[^，。；的]{0,3}历史(?!性|意义|转折)|[^，。；的]{0,3}史(?![料书诗记学称上实])|文明)"
)
_LENGTH_AFTER = re.compile(
    r"\s?(?:前(?![后夕])(?!出生|参加|毕业|取得|注册|购|入|建成的?[老旧])|[间里]|来|的?(?:悠久|漫长|光阴|时[光间]|岁月|"
    "沧桑|风[雨霜]|寿命|树龄|跨度|古[树城柏刹都墓镇道槐松杉建银寺村]|老树|王朝|帝制|封建|传统|传承|积淀|"
    "变迁|不[变腐朽灭衰倒]|不遇|一遇|一个轮回)|(?:才|方)能?)"
)
_GOAL = re.compile("前[^，。；]{0,8}(?:实现|完成|达[到峰]|建成|消失|升[高温]|翻)")
_EARLIER = re.compile(rf"(?<!\d)\d{{4}}(?:\s?年)?{TO}$")
_LATER = re.compile(rf"(?:\s?年)?{TO}\d{{4}}(?=\s?年)")
_FIGURES = re.compile(r"\d{4}")
_END_OF_SENTENCE = re.compile("[。！？；;\n]")


@dataclass(frozen=True)
class _Group:
    """A figure before 年, or the two of a span, with the text around."""

    years: tuple[int, ...]
    before: str
    after: str

    @property
    def is_round(self) -> bool:
        return all(y % (100 if y >= _FIRST_MODERN else 50) == 0 for y in self.years)


def counts_years(match: Match) -> bool:
    """Return whether a figure of four before 年, or a span of two, is how many years there are."""
    group = _find_group(match)
    return next((is_length for holds, is_length in _DECISIONS if holds(group)), False)


def _find_group(m: Match) -> _Group:
    first, last = find_joined(m, _EARLIER, _LATER, _WINDOW)
    before = simplified(m.string[max(0, first - _WINDOW) : first])
    after = simplified(m.string[last : last + _WINDOW]).lstrip().removeprefix("年")
    return _Group(
        years=tuple(map(int, _FIGURES.findall(m.string[first:last]))),
        before=_END_OF_SENTENCE.split(before)[-1],
        after=_END_OF_SENTENCE.split(after)[0],
    )


def _is_beyond(group: _Group) -> bool:
    """Return whether no year is meant, as none of those that are talked about has such a number."""
    first, last = group.years[0], group.years[-1]
    reaches = first < last <= _LAST_FORECAST and _FIRST_MODERN < first <= _LAST_YEAR
    return max(group.years) > _LAST_YEAR and not reaches


def _is_far_date(group: _Group) -> bool:
    is_date = _IN_YEAR_BEFORE.search(group.before) or _IN_YEAR_AFTER.match(group.after)
    has_length = _LENGTH_AFTER.match(group.after) or _HISTORY.match(group.after)
    return _is_beyond(group) and bool(is_date) and not has_length


def _is_length_of(group: _Group) -> bool:
    has_years = len(group.years) > 1 and not group.is_round and not _is_beyond(group)
    return bool(_LASTS_BEFORE.search(group.before)) and not has_years


def _is_said_of_length(group: _Group) -> bool:
    if not _LENGTH_BEFORE.search(group.before):
        return False
    if _CAPTION.search(group.before) and re.match("[，）)]", group.after):
        return False  # 《春》（约1500年）
    return group.is_round or _HISTORY.match(group.after) is not None


def _is_followed_as_length(group: _Group) -> bool:
    """Return whether a round figure is followed as a length is, and no goal is: 2100年前实现."""
    if re.search("[年到至自从于]$", group.before) or (
        group.years[-1] == _LAST_YEAR and _GOAL.match(group.after)
    ):
        return False
    is_old_history = group.years[-1] < _FIRST_MODERN and group.years[-1] % 10 == 0
    is_history = bool(_HISTORY.match(group.after)) and (group.is_round or is_old_history)
    return is_history or (group.is_round and bool(_LENGTH_AFTER.match(group.after)))


# In this order; whether it is a length where the first that holds.
_DECISIONS: tuple[tuple[Callable[[_Group], bool], bool], ...] = (
    (lambda group: _ERA_BEFORE.search(group.before) is not None, False),
    (_is_far_date, False),
    (_is_beyond, True),
    (lambda group: _IN_YEAR_AFTER.match(group.after) is not None, False),
    (lambda group: _LASTS_AFTER.match(group.after) is not None, True),
    (_is_length_of, True),
    (_is_said_of_length, True),
    (_is_followed_as_length, True),
    (lambda group: group.years == (1000,) and not _IN_YEAR_BEFORE.search(group.before), True),
)
