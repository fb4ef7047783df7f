"""Look up the readings of words and places that the phrase dictionary has wrong.

`phrase_corrections.txt` has words, and `places.txt` names of places. 都 inside any other name, and
长, 乐 and 曲 inside that of a county or town, are read as they usually are there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise

from .parts_of_speech import part_of_speech

_WORDS = "phrase_corrections.txt"
_PLACES = "places.txt"
_NEEDS_CONTEXT = "*"
# What follows the name of a place. Listed by hand for this project.
_DIVISION = re.compile(
    "[省市县区州盟旗镇乡](?![场面长里下])|村|街道|新区|高新区|经开区|地区|自治|矿区|站|机场|门|路|籍"
)
# What stands before the name of a place inside it: a province, another division, or a city whose
# county is in `places.txt`. Listed by hand for this project.
_LARGER = re.compile(
    "(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    "|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|廊坊|佛山|肇庆|福州"
    "|苏州|台州|南京|张掖|濮阳|朔州|滁州|聊城|三明|吉安|淮北|长春|沈阳|汕头|[省市州盟])$"
)
_LONGEST_LARGER = 3
# Words of motion before the name of a place, and what shows that it is none: 到朝阳去, 在朝阳下.
# Listed by hand for this project.
_MOTION = re.compile("(?:在|到|去|从|赴|往|回|抵达|离开|来自|位于|途经)$")
_NO_PLACE = re.compile("[上下中里的]|[^，。；]{0,6}升")
_IN_PLACES = {"都": "du1", "长": "chang2", "乐": "le4", "曲": "qu1"}
_DIVISIONS = frozenset("市县区镇乡")
_PLACE = "ns"  # jieba's tag
_ADVERB = "大都"  # which jieba has as a name only


@dataclass(slots=True)
class _Table:
    """The words of a table, by their text.

    Attributes:
        readings: The syllables of each word.
        lengths: The lengths of the words by their first character, the longest first.
        in_context: The words that are something else without a context.
        undecided: The words that have no syllables.
    """

    readings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lengths: dict[str, list[int]] = field(default_factory=dict)
    in_context: set[str] = field(default_factory=set)
    undecided: set[str] = field(default_factory=set)


def find_phrase_readings(text: str, edges: Sequence[int]) -> dict[int, str]:
    """Return the toned syllables of listed words and places by their character's position.

    >>> find_phrase_readings("漯河的照片", [0, 2, 3, 5])
    {0: 'luo4', 1: 'he2', 3: 'zhao4', 4: 'pian4'}

    Args:
        text: In simplified characters.
        edges: The positions at which the text's words begin and end, in order.
    """
    at_edges = frozenset(edges)
    names = dict(_read_names(text, edges))
    words = _match_table(_WORDS, text, lambda s, e, _: _is_word(text, s, e, edges, at_edges))
    places = _match_table(_PLACES, text, lambda s, e, name: _is_place(text, s, e, name, at_edges))
    return names | words | places


def is_undecided(phrase: str) -> bool:
    """Return whether the dictionary's reading of a phrase holds in some sentences only.

    >>> is_undecided("一场"), is_undecided("银行")
    (True, False)
    """
    return phrase in _load_table(_WORDS).undecided


def _match_table(
    table_name: str, text: str, applies: Callable[[int, int, str], bool]
) -> dict[int, str]:
    """Return the syllables of a table's words where they apply; of two the longer first one."""
    table = _load_table(table_name)
    found: dict[int, str] = {}
    position = 0
    while position < len(text):
        end = position + 1
        for length in table.lengths.get(text[position], ()):
            word = text[position : position + length]
            if word in table.readings and applies(position, position + length, word):
                end = position + length
                found.update(zip(range(position, end), table.readings[word], strict=True))
                break
        position = end
    return found


def _is_word(
    text: str, start: int, end: int, edges: Sequence[int], at_edges: Collection[int]
) -> bool:
    """Return whether a range is whole words, or part of one that no dictionary has."""
    from pypinyin.phrases_dict import phrases_dict

    if start in at_edges and end in at_edges:
        return True
    if any(position in at_edges for position in range(start + 1, end)):
        return False
    first, last = bisect_right(edges, start) - 1, bisect_left(edges, end)
    return text[edges[first] : edges[last]] not in phrases_dict


def _is_place(text: str, start: int, end: int, name: str, at_edges: Collection[int]) -> bool:
    """Return whether a range is the name of a place."""
    if _DIVISION.match(text, end):
        return True
    whole = start in at_edges and end in at_edges
    if name not in _load_table(_PLACES).in_context:
        return whole
    before = max(0, start - _LONGEST_LARGER)
    if _LARGER.search(text, before, start):
        return whole
    moves = _MOTION.search(text, before, start) and not _NO_PLACE.match(text, end)
    return whole and bool(moves)


def _read_names(text: str, edges: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the positions and syllables of characters inside names of places that are a word."""
    for start, end in pairwise(edges):
        word = text[start:end]
        chars = [i for i in range(start, end) if text[i] in _IN_PLACES] if len(word) > 1 else []
        if not chars or word == _ADVERB or part_of_speech(word) != _PLACE:
            continue
        of_place = len(word) > 2 and word[-1] in _DIVISIONS  # 长海县, but not 长孙
        yield from ((i, _IN_PLACES[text[i]]) for i in chars if text[i] == "都" or of_place)


@cache
def _load_table(name: str) -> _Table:
    """Return a table beside this module."""
    table = _Table()
    for row in (files(__package__) / name).read_text("utf-8").splitlines():
        if row.startswith("#"):
            continue
        word, *syllables = row.split()
        plain = word.removesuffix(_NEEDS_CONTEXT)
        if plain != word:
            table.in_context.add(plain)
        if syllables:
            table.readings[plain] = tuple(syllables)
        else:
            table.undecided.add(plain)
    for word in table.readings:
        lengths = table.lengths.setdefault(word[0], [])
        if len(word) not in lengths:
            lengths.append(len(word))
            lengths.sort(reverse=True)
    return table
