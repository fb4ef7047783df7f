"""Weigh what stands before and after what may be the name of a person.

A weight is a logarithm of odds: positive where a name is likely. They were chosen by hand on
sentences written for this project.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from .given_names import is_like_given_name
from .jieba_dictionary import cut_best
from .parts_of_speech import part_of_speech
from .titles import is_apposed, measure_title

# Words before a person that are neither prepositions nor conjunctions in the dictionary.
_INTRODUCING = frozenset(
    "请 由 向 让 给 找 邀请 有请 感谢 谢谢 多谢 欢迎 特邀 祝贺 祝 位 名 还有 以及 包括 分别是 "
    "陪同 随 至于 如 任命 聘请 表彰 采访".split()
)
_MODAL = frozenset(
    "能 会 可 可以 要 想 敢 肯 应 应该 必须 须 需 来 去 能够 需要 帮 帮忙 用 没 没有".split()
)
_NOUN_TAGS = "njlibag"
_GROUPS = {"r": "pronoun", "m": "number", "q": "number", "d": "adverb", "v": "verb"}
_TIME_LEFT = re.compile("[年月日时后前里上下中内外间]$")
_DATE = re.compile("[年月日岁届]$")
_TENURE = re.compile(
    "(?:期间|时期?|之?后|之?前|以[来后前]|之[时际]|起|至今|一职|职务|满|也?已经?(?:有|满|逾|近|达)?(?=[一二三四五六七八九十两几多数半百])|"
    "(?:长达|近|达|共|了|这)?[一二三四五六七八九十两几多数半百]{1,4}(?:多|余|来)?(?:年|个月|届|载|任|天))"
)
_INVITATION = re.compile(
    "的?(?:盛情|热情|诚挚)?(?:之[邀约请托命]|号召|邀约|约请|嘱托|委托|(?:邀请|要求|请求|建议|倡议)\\Z)"
)
_CLASS = re.compile("[一二三四五六七八九十][班组队连排]")  # 七年级三班任静怡
# What makes a verb of 任: 自任, 升任.
_OFFICE_TAKING = frozenset("自兼出担挂升转调改历现新前原先后首连接聘续留就离卸主委专充复曾")
_INSIDE_NAMES = "·-"  # in foreign names: 托马斯·哈代
_MARKS = (
    {"、": "list", "，": "comma", ",": "comma", "：": "colon", ":": "colon"}
    | dict.fromkeys(")）》”’", "bracket")
    | dict.fromkeys("“‘《『「", "quote")
    | dict.fromkeys(_INSIDE_NAMES, "inside")
)
_JOINTS = frozenset("和与及同跟等")

# By what else the character is: the weight of what stands before it, if a title follows it.
_BEFORE_TITLE: Mapping[str, Mapping[str, float]] = {
    "plain": {"number": -1, "noun": -0.5},
    "noun": {"noun": -3, "pronoun": -1.5, "number": -4, "time": -0.5, "adverb": -2, "verb": -0.5},
    "area": {"noun": -7, "pronoun": -5, "number": -5, "time": -4, "adverb": -3, "verb": -1},
    "rare": {"noun": -4, "pronoun": -3, "number": -4, "adverb": -3, "verb": -2, "person": -1},
    "office": {
        "noun": -5, "pronoun": -5, "number": -5, "time": -1, "adverb": -5, "modal": -5,
        "verb": -0.5, "person": -2, "other": -1,
    },
    "verb": {
        "noun": -3, "pronoun": -4, "number": -2, "time": -1, "adverb": -4, "modal": -5,
        "verb": -0.5, "person": 0, "other": -1,
    },
    "adverb": {"noun": -0.5, "pronoun": -5, "number": -1, "adverb": -1},
    "particle": {
        "noun": -5, "pronoun": -5, "number": -5, "time": -3, "adverb": -5, "modal": -5, "verb": -4,
        "other": -3, "person": -2,
    },
    "pronoun": {
        "noun": -5, "pronoun": -5, "number": -5, "time": -3, "adverb": -3, "modal": -5, "verb": -2,
        "other": -3,
    },
}  # fmt: skip
_BEFORE_ANY_TITLE = {
    "start": 1.0,
    "colon": 1.0,
    "comma": 0.5,
    "list": 1.0,
    "bracket": -1.0,
    "quote": 0.5,
    "intro": 1.5,
    "person": 0.5,
}
_BEFORE_TITLE_VERB = 0.5
# The weight of what stands before a surname, if a given name follows it.
_BEFORE_NAME = {
    "start": 1.0, "colon": 2.0, "comma": 0.5, "list": 2.0, "bracket": -0.5, "quote": -1.0,
    "inside": -6.0, "intro": 1.0, "person": 3.5, "noun": -1.5, "pronoun": -2.5,
    "number": -2.0, "time": -0.5, "adverb": -3.0, "modal": -4.0,
}  # fmt: skip
_BEFORE_NAME_OF_VERB = {"noun": -3.0, "pronoun": -4.0, "number": -4.0, "time": -2.5, "adverb": -5.0}
_AFTER_TITLE = {"predicate": 1.5, "joint": 1.0}
_AFTER_NAME = {
    "title": 4.0, "end": 0.5, "list": 1.5, "joint": 0.5, "predicate": 1.0, "other": -1.5,
    "inside": -6.0,
}  # fmt: skip


def weigh_before_title(kind: str, left: str, mark: str) -> float:
    """Return the weight of what stands before a surname and its title.

    Args:
        kind: What else the surname's character is, as `surnames.txt` has it.
        left: The Chinese characters right before it.
        mark: The character before those; "" at the beginning.
    """
    group = _classify_before(left, mark)
    if kind == "office" and _DATE.search(left):
        return -5.0  # 一九九八年任校长
    default = _BEFORE_ANY_TITLE.get(group, _BEFORE_TITLE_VERB if group == "verb" else 0.0)
    return _BEFORE_TITLE[kind].get(group, default)


def weigh_before_name(kind: str, left: str, mark: str) -> float:
    """Return the weight of what stands before a surname and a given name."""
    group = _classify_before(left, mark)
    weight = _BEFORE_NAME.get(group, 0.0)
    return _BEFORE_NAME_OF_VERB.get(group, weight) if kind in {"verb", "office"} else weight


def weigh_after_title(kind: str, surname: str, right: str) -> float:
    """Return the weight of what stands after a surname and its title."""
    if kind == "office" and _TENURE.match(right):
        return -5.0  # 任校长三年
    if surname == "应" and _INVITATION.match(right):
        return -6.0  # 应校长邀请
    if kind in {"verb", "office"} and right.startswith("的"):
        return -1.0
    return _AFTER_TITLE.get(_classify_after(right, ""), 0.0)


def weigh_after_name(surname: str, right: str, mark: str) -> float:
    """Return the weight of what stands after a given name."""
    if surname == "应" and _INVITATION.match(right):
        return -6.0
    group = "title" if measure_title(right) else _classify_after(right, mark)
    return _AFTER_NAME.get(group, 0.0)


def _classify_before(left: str, mark: str) -> str:
    """Return what kind of text ends before a name."""
    if not left:
        return _MARKS.get(mark, "start")
    words = cut_best(left)[1]
    is_single = [*map(len, words[-2:])] == [1, 1] and words[-1] not in _JOINTS
    if is_single and is_like_given_name("".join(words[-2:])):
        return "noun"  # the end of a name
    return _classify_word(words[-1])


def _classify_word(word: str) -> str:
    """Return what a word right before a name does there."""
    tag = part_of_speech(word)[:1] or "n"
    is_time = tag in "tfs" or _TIME_LEFT.search(word)
    checks = (
        ("adverb", word in _OFFICE_TAKING),
        ("intro", word in _INTRODUCING or tag in {"p", "c"} or _CLASS.search(word)),
        ("modal", word in _MODAL),
        ("person", is_apposed(word)),
        ("time", is_time),
    )
    by_tag = "noun" if tag in _NOUN_TAGS else _GROUPS.get(tag, "other")
    return next((group for group, applies in checks if applies), by_tag)


def _classify_after(right: str, mark: str) -> str:
    """Return what kind of text begins after a name."""
    if not right:
        group = _MARKS.get(mark, "end")
        return group if group in _AFTER_NAME else "end"
    word = cut_best(right)[1][0]
    if word in _JOINTS:
        return "joint"
    if word == "的":
        return "de"
    return "predicate" if part_of_speech(word)[:1] in set("vdp") else "other"
