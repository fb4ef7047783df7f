"""Find the surnames that are read otherwise than their characters are elsewhere: 曾书记, 任国强.

A character of `surnames.txt` is a surname if a title, a form of address or a given name stands
with it, and if that explains the text better than the words of jieba's dictionary do. Both are
held against each other by their probability, whatever words the text was cut into; what stands
before and after the name counts as well. The weights are logarithms of odds, chosen by hand on
sentences written for this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from ...text.han import HAN_CLASS
from .given_names import given_name_log, is_like_given_name
from .jieba_dictionary import cut_best, is_word
from .name_context import weigh_after_name, weigh_after_title, weigh_before_name, weigh_before_title
from .parts_of_speech import part_of_speech
from .surname_table import Entry, load_surnames
from .titles import is_activity, is_address, is_short_title, measure_title

_HAN_BEFORE = re.compile(rf"{HAN_CLASS}*+\Z")
_HAN_AFTER = re.compile(f"{HAN_CLASS}*+")
_BEFORE, _AFTER = 6, 8  # characters around a name that are cut into words
_UNLIKELY = -2.2  # the weight under which a surname is not considered
# By what else the character is: the weight of a surname before a title, and before a given name.
_TITLE = {
    "plain": 4.0, "noun": 3.0, "rare": 3.0, "area": 2.5, "office": 1.5, "verb": 1.5, "adverb": 4.0,
    "particle": 2.0, "pronoun": -2.5,
}  # fmt: skip
_NAME = {
    "plain": 1.0, "noun": 0.0, "rare": -6.0, "area": -0.5, "office": 0.0, "verb": 0.0,
    "adverb": 0.0, "particle": -6.0, "pronoun": -5.0,
}  # fmt: skip
_SURNAME_LOG = -9.0  # of a surname among all words: one word in 8,000
_CERTAIN = 6.0
_MOST = 3.0, 1.0  # of what words weigh against usual and unusual given names
_TELLING = 2.0  # of a context in which any character may be a given name
# Against given names of unusual characters or of one character, and in such a context.
_UNUSUAL, _LESS_UNUSUAL = -4.0, -1.0
_FREQUENT = -12.5  # the logarithm of the probability of a frequent word
_BEGINS_WORD = -3.5  # if a frequent word begins with the surname: 任教, 应用
_ENDS_WORD = -2.0
_BEFORE_PERSONS = frozenset("与和请对由向同跟及让给找为被老小阿")
_ADDRESSED = 1.5
_ALONE = 1.0  # between two marks
_ACTIVE = -6.0  # if the title is a verb with an object: 曾代表学校
_SHORT_OFFICE, _LONG_OFFICE = 3, -2.0  # 任党委书记
_ALIAS = re.compile("某(?![些种个一次年月日时地处方天国市省县校公])")
_FAMILY = re.compile("家(?=[人兄三四五两几父母祖世代老的和与大庄村院湾寨沟坪店堡坡屯窑])")
_HAMLET = re.compile("家[村庄湾寨沟屯坪窑堡坡](?![园户])")  # 任家村
_NICKNAMES = "老小阿"
# 曾、任两位书记
_LISTED = re.compile(f"(?:{HAN_CLASS}[、和与]){{1,6}}{HAN_CLASS}(?=[两二三四五几]位)")


class Surname(NamedTuple):
    """The reading of a surname's character.

    Attributes:
        syllable: The toned pinyin.
        probability: How probable it is that the character is a surname there, from 0 to 1.
    """

    syllable: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """What may be a surname, and the Chinese characters around it.

    Attributes:
        before: The character before `left`, if that is not Chinese; "" at the beginning.
        after: The character after `right`, likewise.
    """

    kind: str
    name: str
    left: str
    right: str
    before: str
    after: str


def find_surnames(text: str) -> dict[int, Surname]:
    """Return the characters that are or may be surnames, by their position.

    >>> find_surnames("请曾书记讲话，我曾经来过。").keys()
    dict_keys([1])

    Args:
        text: In simplified characters.
    """
    listed = {i for m in _LISTED.finditer(text) for i in range(*m.span())}
    surnames: dict[int, Surname] = {}
    done = 0
    for position, char in enumerate(text):
        if position < done or char not in load_surnames():
            continue
        for entry in load_surnames()[char]:
            if text.startswith(entry.name, position):
                weight, length = _weigh(_to_candidate(text, position, entry))
                weight = max(weight, _CERTAIN if position in listed else _UNLIKELY)
                if weight > _UNLIKELY:
                    surnames |= _to_surnames(entry, position, weight)
                if weight > 0:
                    done = position + len(entry.name) + length
                    break
    return surnames


def _to_surnames(entry: Entry, position: int, weight: float) -> Iterator[tuple[int, Surname]]:
    """Yield the characters of a surname by their position."""
    probability = 1 / (1 + exp(-weight))
    for index, syllable in enumerate(entry.syllables):
        yield position + index, Surname(syllable, probability)


def _to_candidate(text: str, position: int, entry: Entry) -> _Candidate:
    """Return what may be a surname with the Chinese characters around it."""
    end = position + len(entry.name)
    left = _HAN_BEFORE.search(text[max(0, position - _BEFORE) : position])
    right = _HAN_AFTER.match(text[end : end + _AFTER])
    assert left
    assert right
    first, last = position - len(left[0]), end + len(right[0])
    return _Candidate(
        kind=entry.kind,
        name=entry.name,
        left=left[0],
        right=right[0],
        before=text[max(0, first - 1) : first],
        after=text[last : last + 1],
    )


def _weigh(candidate: _Candidate) -> tuple[float, int]:
    """Return the weight of the best evidence, and how many characters after the name it takes."""
    return max(_find_evidence(candidate), default=(_UNLIKELY, 0))


def _find_evidence(candidate: _Candidate) -> Iterator[tuple[float, int]]:
    """Yield the weight of each reason to take a candidate for a surname.

    With it comes how many characters after the surname belong to the name.
    """
    left, right = candidate.left, candidate.right
    if left.endswith("姓") and not left.endswith("百姓"):
        yield _CERTAIN, 0
    if length := measure_title(right):
        yield _weigh_title(candidate, length), length
    elif is_short_title(right):
        after = weigh_after_name(candidate.name, right[1:], candidate.after)
        yield _weigh_title(candidate, 1) - 1.0 + min(0.0, after), 1
    if _HAMLET.match(right) and candidate.kind not in {"particle", "pronoun"}:
        yield _CERTAIN, 2
    for pattern in (_ALIAS, _FAMILY):
        if match := pattern.match(right):
            yield _weigh_title(candidate, match.end()) - 0.5, match.end()
    if left[-1:] and left[-1] in _NICKNAMES and candidate.kind != "area":
        yield _weigh_nickname(candidate), 0
    if len(candidate.name) > 1 and candidate.kind == "plain":
        yield 2.0 + _compare_words(candidate, 0, _SURNAME_LOG), 0
    yield from ((_weigh_given_name(candidate, n), n) for n in (1, 2) if n <= len(right))


def _weigh_title(candidate: _Candidate, length: int) -> float:
    """Return the weight of a surname before a title of so many characters."""
    kind, left, right = candidate.kind, candidate.left, candidate.right
    title_log = cut_best(candidate.name)[0] + cut_best(right[:length])[0]
    if left[-1:] and left[-1] in _NICKNAMES and kind != "area":
        left = left[:-1]  # 老任书记
    return (
        _TITLE[kind]
        + _judge_title(candidate, length)
        + (_ENDS_WORD if _ends_word(candidate) else 0.0)
        + min(0.0, _compare_words(candidate, length, title_log))
        + weigh_before_title(kind, left, candidate.before)
        + weigh_after_title(kind, candidate.name, right[length:])
    )


def _judge_title(candidate: _Candidate, length: int) -> float:
    """Return the weight of a title after a surname that may be a verb: 任老师, 任党委书记."""
    kind, title, rest = candidate.kind, candidate.right[:length], candidate.right[length:]
    if kind != "plain" and is_activity(title):
        has_object = weigh_after_name(candidate.name, rest, candidate.after) < 0
        return _ACTIVE if has_object else 0.0
    if kind not in {"office", "verb"}:
        return 0.0
    if is_address(title):
        return _ADDRESSED
    return _LONG_OFFICE if kind == "office" and len(title) > _SHORT_OFFICE else 0.0


def _ends_word(candidate: _Candidate) -> bool:
    """Return whether a surname is the end of a word: 新区, but not 小单 or 和解."""
    start = 0
    for word in cut_best(candidate.left + candidate.name + candidate.right)[1]:
        if start < len(candidate.left) < start + len(word):
            return candidate.left[start:] not in _BEFORE_PERSONS
        start += len(word)
    return False


def _weigh_nickname(candidate: _Candidate) -> float:
    """Return the weight of a surname after 老, 小 or 阿: 老任说."""
    after = weigh_after_name(candidate.name, candidate.right, candidate.after)
    words = _compare_words(candidate, 0, cut_best(candidate.name)[0])
    return min(1.0, _TITLE[candidate.kind] - 2.0) + 1.5 * after + min(0.0, words)


def _weigh_given_name(candidate: _Candidate, length: int) -> float:
    """Return the weight of a surname before a given name of so many characters."""
    forename, rest = candidate.right[:length], candidate.right[length:]
    before = weigh_before_name(candidate.kind, candidate.left, candidate.before)
    after = weigh_after_name(candidate.name, rest, candidate.after)
    telling = max(before, after) >= _TELLING
    listed = _is_person(candidate.name + forename)
    name_log = _SURNAME_LOG + given_name_log(forename)
    if listed:
        name_log = max(name_log, cut_best(candidate.name + forename)[0])
    words = _compare_words(candidate, length, name_log)
    most = _MOST[not is_like_given_name(forename)]
    alone = not candidate.left and not rest and candidate.after != "、"
    return (
        _NAME[candidate.kind]
        + max(-10.0, min(most, words))
        + before
        + after
        + _judge_given_name(candidate.kind, forename, listed, telling)
        + (_ALONE if alone else 0.0)
        + (_BEGINS_WORD if _is_frequent(candidate.name + forename[:1]) else 0.0)
    )


def _judge_given_name(kind: str, forename: str, listed: bool, telling: bool) -> float:
    """Return the weight of a given name's characters.

    Args:
        kind: What else the surname's character is.
        forename: One or two characters.
        listed: Whether a dictionary has the whole name.
        telling: Whether the context makes any characters likely to be a given name.
    """
    if is_like_given_name(forename) and (listed or len(forename) > 1):
        return _LESS_UNUSUAL * 2 if len(forename) < 2 else 1.0 if listed else 0.0
    if telling:
        return _LESS_UNUSUAL if len(forename) > 1 else _LESS_UNUSUAL * 2
    half = kind == "plain" and len(forename) > 1 and is_like_given_name(forename[0])
    return _UNUSUAL / 2 if half else _UNUSUAL


def _is_person(name: str) -> bool:
    return part_of_speech(name).startswith("nr") and not (len(name) < 3 and _is_frequent(name))


def _is_frequent(word: str) -> bool:
    return is_word(word) and cut_best(word)[0] > _FREQUENT


def _compare_words(candidate: _Candidate, length: int, name_log: float) -> float:
    """Return how much more probable the text is with a name in it than as words.

    Args:
        length: How many characters after the surname belong to the name.
        name_log: The logarithm of the name's probability.
    """
    left, right = candidate.left, candidate.right
    whole = cut_best(left + candidate.name + right)[0]
    return cut_best(left)[0] + name_log + cut_best(right[length:])[0] - whole
