"""Look up the readings of words and places that the phrase dictionary has wrong.

`phrase_corrections.txt` has words, and `places.txt` names of places. In other names of places some
characters are read as they usually are there: 都 du1, 乐 le4, 曲 qu1.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise

from ...text.han import HAN_CLASS
from ..tables import read_rows
from .jieba_dictionary import cut_parts, is_word
from .parts_of_speech import part_of_speech
from .phrase_dictionary import is_phrase, read_phrase

_WORDS = "phrase_corrections.txt"
_PLACES = "places.txt"
_NEEDS_CONTEXT = "*"
_UNMISTAKABLE = 4  # characters from which a listed word stands for itself wherever it is
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
# The name of a town of up to three characters, where one may begin: 巨野县|独山|镇, 到|尉都|乡.
_TOWN = re.compile(
    f"(?:^|(?<=[，。、；：“《（省市县区旗州盟在到去从赴往回])){HAN_CLASS}{{1,3}}"
    "(?<!曲家)(?=镇(?![定静压守痛])|乡(?![下村里亲镇愁])|街道(?!上))"
)
_IN_TOWNS = {"都": "du1", "乐": "le4", "曲": "qu1", "地": "di4", "得": "de2"}
_BEFORE_ALL = frozenset("人们民家员众")  # after them 都 means all


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


@dataclass(frozen=True, slots=True)
class _Words:
    """A sentence in words.

    Attributes:
        text: The sentence.
        edges: The positions at which its words begin and end, in order.
        borders: The positions at which a listed word may begin and end: the edges, and every
            position inside a word that jieba only guesses (从朝阳).
    """

    text: str
    edges: Sequence[int]
    borders: frozenset[int]

    def is_whole(self, start: int, end: int) -> bool:
        """Return whether a range begins and ends where words do."""
        return start in self.borders and end in self.borders

    def is_loose(self, position: int) -> bool:
        """Return whether a character is a word by itself, or inside a guessed word or a place."""
        start = self.edges[bisect_right(self.edges, position) - 1]
        word = self.text[start : self.edges[bisect_right(self.edges, position)]]
        return len(word) == 1 or not is_word(word) or part_of_speech(word) == _PLACE

    def is_inside_unlisted(self, start: int, end: int) -> bool:
        """Return whether a range is part of one word, which pypinyin does not have.

        It is none in 团结出版社, where 结出 would be the end of a word and the beginning of one.
        """
        first, last = bisect_right(self.edges, start) - 1, bisect_left(self.edges, end)
        begin = self.edges[first]
        word = self.text[begin : self.edges[last]]
        if last - first != 1 or is_phrase(word):
            return False
        borders = pairwise(accumulate(map(len, cut_parts(word)), initial=begin))
        return not any(a < start < b < end or start < a < end < b for a, b in borders)


def find_phrase_readings(text: str, edges: Sequence[int]) -> dict[int, str]:
    """Return the toned syllables of listed words and places by their character's position.

    >>> find_phrase_readings("他的照片", [0, 1, 2, 4])
    {2: 'zhao4', 3: 'pian4'}

    Args:
        text: In simplified characters.
        edges: The positions at which the text's words begin and end, in order.
    """
    words = _Words(text, edges, frozenset(_find_borders(text, edges)))
    names = dict(_read_names(words)) | dict(_read_towns(words))
    return names | _match_table(_WORDS, words, _is_word) | _match_table(_PLACES, words, _is_place)


def find_doubtful_places(text: str, edges: Sequence[int]) -> dict[int, str]:
    """Return the other syllable of characters in words that may be the name of a place.

    Such a word stands without a context, or only after a word of motion.

    >>> find_doubtful_places("朝阳真美", [0, 2, 3, 4]), find_doubtful_places("朝阳市", [0, 2, 3])
    ({0: 'chao2'}, {})

    Args:
        text: In simplified characters.
        edges: The positions at which the text's words begin and end, in order.
    """
    table = _load_table(_PLACES)
    others: dict[int, str] = {}
    for start, end in pairwise(edges):
        word = text[start:end]
        if word in table.in_context and not _has_division(text, start, end):
            name, usual = table.readings[word], read_phrase(word)
            is_place = _is_in_context(text, start, end)
            pairs = zip(name, usual, usual if is_place else name, strict=True)
            others |= {i: other for i, (a, b, other) in enumerate(pairs, start) if a != b}
    return others


def is_undecided(phrase: str) -> bool:
    """Return whether the dictionary's reading of a phrase holds in some sentences only.

    >>> is_undecided("一场"), is_undecided("银行")
    (True, False)
    """
    return phrase in _load_table(_WORDS).undecided


def _find_borders(text: str, edges: Sequence[int]) -> Iterator[int]:
    """Yield the edges, and the positions inside words that jieba guesses."""
    yield from edges
    for start, end in pairwise(edges):
        if end - start > 1 and not is_word(text[start:end]):
            yield from range(start + 1, end)


def _match_table(
    name: str, words: _Words, applies: Callable[[_Words, int, int], bool]
) -> dict[int, str]:
    """Return the syllables of a table's words where they apply; of two the longer first one."""
    table, text = _load_table(name), words.text
    readings: dict[int, str] = {}
    position = 0
    while position < len(text):
        end = position + 1
        for length in table.lengths.get(text[position], ()):
            last = position + length
            syllables = table.readings.get(text[position:last]) if last <= len(text) else None
            if syllables and applies(words, position, last):
                end = last
                readings.update(zip(range(position, end), syllables, strict=True))
                break
        position = end
    return readings


def _is_word(words: _Words, start: int, end: int) -> bool:
    """Return whether a range is a word of its own."""
    if end - start >= _UNMISTAKABLE:
        return True
    return words.is_whole(start, end) or words.is_inside_unlisted(start, end)


def _is_place(words: _Words, start: int, end: int) -> bool:
    """Return whether a range is the name of a place."""
    text = words.text
    if _DIVISION.match(text, end) or end - start >= _UNMISTAKABLE:
        return True
    certain = text[start:end] not in _load_table(_PLACES).in_context
    return _is_word(words, start, end) and (certain or _is_in_context(text, start, end))


def _is_in_context(text: str, start: int, end: int) -> bool:
    """Return whether what stands around a range shows that it is the name of a place."""
    if _has_division(text, start, end):
        return True
    before = max(0, start - _LONGEST_LARGER)
    return bool(_MOTION.search(text, before, start)) and not _NO_PLACE.match(text, end)


def _has_division(text: str, start: int, end: int) -> bool:
    """Return whether a range stands before a kind of division, or after a larger one."""
    before = max(0, start - _LONGEST_LARGER)
    return bool(_DIVISION.match(text, end) or _LARGER.search(text, before, start))


def _read_towns(words: _Words) -> Iterator[tuple[int, str]]:
    """Yield the positions and syllables of characters inside the names of towns."""
    for town in _TOWN.finditer(words.text):
        for position, char in enumerate(town[0], town.start()):
            follows = "" if position == town.start() else words.text[position - 1]
            is_all = char == "都" and (not follows or follows in _BEFORE_ALL)
            if char in _IN_TOWNS and not is_all and words.is_loose(position):
                yield position, _IN_TOWNS[char]


def _is_name(words: _Words, start: int, end: int) -> bool:
    """Return whether a word that ends in 都 is a name: not 大都, nor 花都 in 花都开了."""
    if words.text[end - 1] != "都":
        return True
    return end - start > 2 or _is_in_context(words.text, start, end)


def _read_names(words: _Words) -> Iterator[tuple[int, str]]:
    """Yield the positions and syllables of characters inside names of places that are a word."""
    for start, end in pairwise(words.edges):
        word = words.text[start:end]
        chars = _IN_PLACES.keys() & set(word) if len(word) > 1 else set()
        if not chars or part_of_speech(word) != _PLACE or not _is_name(words, start, end):
            continue
        of_place = len(word) > 2 and word[-1] in _DIVISIONS  # 长海县, but not 长孙
        for position, char in enumerate(word, start):
            if char in chars and (char == "都" or of_place):
                yield position, _IN_PLACES[char]


@cache
def _load_table(name: str) -> _Table:
    """Return a table beside this module."""
    table = _Table()
    for row in read_rows(__package__, name):
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
