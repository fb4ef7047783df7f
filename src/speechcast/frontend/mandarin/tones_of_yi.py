"""Decide whether 一 is a figure or a rank, in which it keeps its first tone.

It is a digit in 一点五 and 一比零, an order in 一审, 一线 and 一楼, and the first of several points
in "一要抓紧，二要抓实"; it is a count, whose tone changes, in 一线希望, 一级一级 and 一把手电筒.
Which nouns count in order was listed by hand for this project.
"""

from __future__ import annotations

import re

from .parts_of_speech import part_of_speech

_DIGITS = "零〇一二三四五六七八九十"
# What follows 一 where it is a digit: of a decimal, of a time of day, of a ratio or of a range.
_DIGIT_AHEAD = re.compile(
    f"点(?!一[点滴])[{_DIGITS}]|点[半整钟]|比(?!一比)[{_DIGITS}两]|[至到](?!一)[{_DIGITS}]"
)
# What follows 一 where it counts in order or ranks.
_RANK_AHEAD = re.compile(
    "月(?!饼)|季[度报]|年级|单元|中全会|产业|楼|环[路内外线]|本(?:线|院校|大学)|号(?!人(?!物))"
    "|等(?:奖|功|品|座|舱|席|公民|秘书|战功|残疾)"
    "|线(?!希望|生机|生路|曙光|阳光|亮光|光|天|之|牵|相|索)"
    "|把手(?!枪|锯|电|术|工|提|斧|雷|榴|里)"
)
# The same, but where the next or the last one of a row is meant: 上一级, 这一期工程.
_STEP_AHEAD = re.compile(
    "级(?!一级|级|台阶|阶梯|石阶)|审(?!再)"
    "|中(?![国午东心间华央外年期一标奖彩弹枪])"
    "|期(?:工程|项目|建设|改造|规划|投产|投资|竣工|完工|开工|验收|临床|试验|厂房|用地|签约)"
    "|类(?:疫苗|区|院校|保护|水|项目|城市|高校|大学|学科|口岸|传染病)"
)
_BEFORE_A_STEP = frozenset("这那哪每某另上下前后高低近逐升降差级")
_RANK_OF_A_FIGURE = re.compile("[日点路班]")  # 1日, 1点, 1路: dates, times and numbers
_YEARS_OF_SCHOOL = frozenset("高初大研")  # 高一, 大一
_OF_SCHOOL_AHEAD = re.compile(f"新生|学生|同学|年级|学期|[上下的]|[{_DIGITS}]?班")


def counts_in_order(before: str, after: str) -> bool:
    """Return whether 一 between these texts is a digit, an order or a rank.

    >>> counts_in_order("抗疫", "线"), counts_in_order("还有", "线希望")
    (True, False)
    """
    if _DIGIT_AHEAD.match(after) or (before and after[:2] == before[-1] + "二"):  # 数一数二
        return True
    if before[-1:] in _YEARS_OF_SCHOOL and _OF_SCHOOL_AHEAD.match(after):
        return True
    if _RANK_AHEAD.match(after):
        return True
    return before[-1:] not in _BEFORE_A_STEP and bool(_STEP_AHEAD.match(after))


def numbers_a_figure(after: str) -> bool:
    """Return whether a 一 that is written 1 is a number or a date before this text: 1日."""
    return bool(_RANK_OF_A_FIGURE.match(after))


def begins_points(after: str, later: str) -> bool:
    """Return whether a 一 that begins a clause is the first of several points.

    >>> begins_points("要抓紧", "，二要抓实"), begins_points("要抓紧", "，就会出错")
    (True, False)

    Args:
        after: The rest of the clause.
        later: The text after the clause.
    """
    if after[:1] == "是":
        return True
    acts = part_of_speech(after[:1])[:1] in {"v", "d"}
    return acts and f"二{after[0]}" in after + later
