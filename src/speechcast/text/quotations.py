"""Find the marks inside titles and quotations that end no sentence.

A title, 《你好！李焕英》, is one name, whatever marks it has. A quotation is part of a clause where
the clause goes on after it: 回答好“怎么看？怎么办？”两个问题. One that stands by itself, or after a
colon, is speech, and is divided as any other text. The lists of words were written by hand for this
project.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from .han import is_east_asian
from .whitespace import is_double_width

_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_TITLES = frozenset("《〈")
# Half-width columns of a quotation that is read in one breath: 50 Chinese characters or a hundred
# letters take about ten seconds. A longer one is divided.
_LONGEST = 100
_MARKS = frozenset("。！？!?.．｡…")
_LONGEST_MARKS = 8  # at the end of a quotation
# What precedes a quotation inside a clause: a character, or the end of a title or bracket.
_INSIDE_CLAUSE = re.compile(r"[^\W_]|[》〉）)%％]")
# An apostrophe: don’t, ‘90s.
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])|‘(?=\d)")
# What a quotation is called after it: “怎么办？”这个问题.
_NOUN = "(?:字|词|句|话|问|声|口号|题|标语|主题|号召|呼声)"
_NUMBER = r"[一二两三四五六七八九十几数\d]{1,3}[个大句声种类项道连]?"
# With these words a clause goes on after any quotation, but not with 的确, 是的, 为什么, 等他.
_GOES_ON = re.compile(
    r"的(?![确士])|之|是(?![的啊呀吗！。，,])|为(?![什了何])|等(?![他她我你到了着待]|一[下会])"
    r"|与|和|及|或|以及|不仅|既|就是|也是|成为|作为|已成|已经成|声|响彻|响起"
    r"|令人|让人|引人|发人|引发|引起|激励|道出|传遍|在.{1,12}?(?:响起|响彻|回荡|回响)"
    rf"|{_NUMBER}{_NOUN}"
)
# With these, too, unless a colon stands before it: 有人问：“为什么？”这个问题很好.
_NAMES_QUOTATION = re.compile(rf"这{_NUMBER}{_NOUN}|[这那][一些个样种句].{{0,4}}?{_NOUN}")
# With these words a new clause begins even after a quotation that is part of one.
_BEGINS_CLAUSE = re.compile(
    "[我你您他她它咱]|大家|人们|众人|同学们|同志们|然后|接着|于是|随后|但|可是"
)
# English words with which the speaker of a quotation is named: “Stop! Now!” she cried.
_REPORTS = re.compile(
    r"(?:\w{1,20}+ ){0,3}?(?:said|says|asked|asks|cried|shouted|called|replied|answered|added|"
    r"whispered|exclaimed|wrote|thought)\b"
)
_LONGEST_WORDS = 60  # characters after a quotation that say whether its clause goes on
# Traditional characters of these words, and the simplified ones.
_TRADITIONAL = str.maketrans(
    "確嗎為後會與為僅響盪這兩幾數個聲種類項連詞話問號題標語們眾隨於",
    "确吗为后会与为仅响荡这两几数个声种类项连词话问号题标语们众随于",
)


class _Pair(NamedTuple):
    """The indices of an opening mark and of the mark that closes it."""

    start: int
    end: int


def find_held_marks(text: str) -> bytes:
    """Return 1 for each character where a mark ends no sentence, else 0.

    >>> held = find_held_marks("电影《你好！》的主角说：“你好！”")
    >>> held[5], held[15]
    (1, 0)
    """
    held = bytearray(len(text))
    pairs = sorted(_find_pairs(text))
    widths = list(accumulate((1 + is_double_width(c) for c in text), initial=0)) if pairs else []
    titles = [pair for pair in pairs if text[pair.start] in _TITLES]
    quotations = [pair for pair in pairs if text[pair.start] not in _TITLES]
    for start, end in titles:
        if widths[end] - widths[start] <= _LONGEST:
            _hold(held, start, end)
    for start, end in _join_neighbours(quotations):
        last = _find_last_mark(text, end)
        is_short = widths[end] - widths[start] <= _LONGEST
        goes_on = _goes_on(text, start, last, end)
        if is_short and (goes_on or _is_inside_clause(text, start, last)):
            _hold(held, start, last)
        if goes_on:
            _hold(held, last, end)
    return bytes(held)


def _find_pairs(text: str) -> Iterator[_Pair]:
    """Yield the pairs of marks; one that is not closed, or not opened, is passed over."""
    straight = [index for index, char in enumerate(text) if char == '"']
    if len(straight) % 2 == 0:
        yield from map(_Pair, straight[::2], straight[1::2])
    opened: list[int] = []
    waiting: Counter[str] = Counter()
    for index, char in enumerate(text):
        if char in "‘’" and _APOSTROPHE.match(text, index):
            continue
        if char in _CLOSING:
            opened.append(index)
            waiting[char] += 1
        elif waiting[mark := _OPENING.get(char, "")]:
            while text[start := opened.pop()] != mark:
                waiting[text[start]] -= 1
            waiting[mark] -= 1
            yield _Pair(start, index)


def _join_neighbours(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """Yield the quotations; those that nothing parts are one: “好！”“好！”."""
    ends = dict(pairs)
    for start, _ in pairs:
        if start in ends:
            end = ends.pop(start)
            while end + 1 in ends:
                end = ends.pop(end + 1)
            yield _Pair(start, end)


def _hold(held: bytearray, start: int, end: int) -> None:
    held[start:end] = b"\1" * (end - start)


def _find_last_mark(text: str, end: int) -> int:
    """Return the index where the marks before the closing one at `end` begin."""
    start = end
    while start > end - _LONGEST_MARKS and text[start - 1] in _MARKS:
        start -= 1
    return start


def _is_inside_clause(text: str, start: int, last: int) -> bool:
    """Return whether a clause runs into the quotation that begins at `start`.

    One that ends, at `last`, with a Chinese full stop is speech: 他说“我来了。”
    """
    before = start - 2 if text[start - 1 : start].isspace() else start - 1
    return before >= 0 and bool(_INSIDE_CLAUSE.match(text, before)) and text[last] != "。"


def _goes_on(text: str, start: int, last: int, end: int) -> bool:
    """Return whether a clause goes on after the quotation from `start` to `end`."""
    after = end + 1
    while after < len(text) and text[after].isspace():
        after += 1
    ahead = text[after : after + _LONGEST_WORDS].translate(_TRADITIONAL)
    if _GOES_ON.match(ahead):
        return True
    after_colon = start > 0 and text[start - 1] in "：:"
    if not after_colon and _NAMES_QUOTATION.match(ahead):
        return True
    if ahead[:1].islower() and not is_east_asian(ahead[0]):
        return _REPORTS.match(ahead) is None
    if not ahead or not _is_inside_clause(text, start, last):
        return False
    if ahead[0].isupper():  # She shouted “Stop!” They left.
        return is_east_asian(text[start - 1])
    is_clause = ahead[0].isalnum() or ahead[0] in "（("
    return is_clause and _BEGINS_CLAUSE.match(ahead) is None
