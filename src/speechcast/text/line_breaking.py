"""Where a sentence may be parted, and how much it hurts: the rules of the two languages.

Costs, as `divide` weighs them: nothing after a clause's end, more between phrases, more still
inside one; `TOGETHER` inside what a reader takes in at a glance (a quantity, a name, a title, a
short quotation), and infinite where no piece may end at all.

The rules follow the Netflix timed text guides for Simplified Chinese and English (line treatment)
and what Chinese subtitlers do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..model import Token

OPENERS = frozenset("“‘「『（(【《〈［[")
CLOSERS = frozenset("”’」』）)】》〉］]\"'")
TOGETHER_COST = 30.0
SHORT_QUOTATION = 10  # characters; a quotation up to this long is one term

_MARK_COSTS = ((0.0, "；;。．！？!?"), (0.05, "：:，,"), (0.15, "—–-…"), (0.3, "、"))
CLAUSE_COST = 0.3  # up to here it is a clause's end, or a part's of a list of such
_PHRASE_COST, _ATTRIBUTE_COST, _WORD_COST, _LEADING_COST, _TRAILING_COST = 0.9, 1.2, 1.5, 1.9, 3.0
_SHORT_ITEM_COST = 1.0  # after the mark between two short members of a list: 党委、政府
_QUOTED_COST = 0.2

# Words that lean on the one before them; no piece begins with one.
_ENCLITICS = frozenset("的 了 着 们 地 得 吗 呢 吧 啊 呀".split())
# Words that belong to the one before them: places, times, what came of a deed.
_TRAILING = frozenset(
    "上 下 中 里 内 外 前 后 时 间 处 等 好 成 完 出 到 住 起来 出来 下来 上来 下去".split()
)
# Words that open a phrase, and words that lean on the one after them.
_OPENING = frozenset(
    "在 把 对 和 与 及 以 为 从 向 使 让 被 将 但 而 并 也 就 都 更 要 是 以及 并且 而且 但是 因为 "
    "所以 如果 通过 按照 为了 由于 根据 关于 同时 不断 还 又 才 却 则 或 或者 由 给 跟 同 比 到 "
    "and but or so because that which who when where while if to in of for with on at by from as "
    "than into through".split()
)
_LEADING = frozenset(
    "在 把 对 和 与 及 以 为 从 向 使 让 被 将 并 也 就 都 更 要 是 不 很 最 这 那 各 每 有 个 项 "
    "位 a an the of to in on at by for with from and or but my your his her our their its this "
    "that not no mr mrs ms dr".split()
)
# Those words in traditional characters are the same words.
_TRADITIONAL = str.maketrans(
    "們嗎個項對與為從讓將並還卻則給這時後間處來萬億兩幾數總過當應",
    "们吗个项对与为从让将并还却则给这时后间处来万亿两几数总过当应",
)
_NUMERAL = re.compile(r"第?[〇零一二三四五六七八九十百千万亿两几数多]+|\d[\d,.]*")
_CLOSING_MARK = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "（": "）", "(": ")"}
_TITLE_MARKS = "《〈"


def break_costs(tokens: Sequence[Token]) -> list[float]:
    """The cost of ending a piece after each token; nothing after the last.

    Wherever the breaks are, every piece holds something heard (if the tokens do).
    """
    voiced = [i for i, t in enumerate(tokens) if t.voiced]
    opening = _find_opening_marks(tokens)
    nesting = _nesting_costs(tokens)
    costs = [math.inf] * len(tokens)
    last_break = -1
    for i in range(voiced[0], voiced[-1]) if voiced else ():
        if _may_break(tokens, i, opening) and any(t.voiced for t in tokens[last_break + 1 : i + 1]):
            last_break = i
            costs[i] = nesting[i] + _cost_of_break(tokens[: i + 1], _find_next_voiced(tokens, i))
    costs[-1] = 0.0
    return costs


def ends_clause(tokens: Sequence[Token]) -> bool:
    """Whether the tokens end on a mark at which a reader draws breath."""
    return any(_find_last_mark(tokens) in marks for _, marks in _MARK_COSTS)


def attaches_to_next(word: str) -> bool:
    """Whether the word opens a phrase or leans on the one after it."""
    return word in _LEADING or word in _OPENING


def _may_break(tokens: Sequence[Token], i: int, opening: set[int]) -> bool:
    """Whether a piece may end after token i: not before a mark, nor after an opening one."""
    here, after = tokens[i], tokens[i + 1]
    if i in opening or (here.voiced and _normalize(after) in _ENCLITICS):
        return False
    return after.voiced or i + 1 in opening


def _cost_of_break(before: Sequence[Token], after: Token) -> float:
    mark = _find_last_mark(before)
    word, following = _normalize(next(t for t in reversed(before) if t.voiced)), _normalize(after)
    if mark == "、" and before[-1].shown == mark and max(len(word), len(following)) <= 2:
        return _SHORT_ITEM_COST
    for cost, marks in _MARK_COSTS:
        if mark in marks:
            return cost
    if _NUMERAL.fullmatch(word) or mark == "·":
        return TOGETHER_COST
    return _cost_between_words(word, following)


def _cost_between_words(word: str, following: str) -> float:
    """The cost of parting two words with no mark between them."""
    if following in _TRAILING:
        return _TRAILING_COST
    if word in _LEADING:
        return _LEADING_COST
    if following in _OPENING:
        return _PHRASE_COST
    return _ATTRIBUTE_COST if word == "的" else _WORD_COST


def _normalize(token: Token) -> str:
    """The word as the lists above have it."""
    return token.shown.lower().translate(_TRADITIONAL)


def _find_next_voiced(tokens: Sequence[Token], i: int) -> Token:
    return next(t for t in tokens[i + 1 :] if t.voiced)


def _find_last_mark(tokens: Sequence[Token]) -> str:
    """The last character, seen through closing quotes, brackets and spaces."""
    for token in reversed(tokens):
        if not token.shown.isspace() and token.shown[-1] not in CLOSERS:
            return token.shown[-1]
    return " "


def _find_opening_marks(tokens: Sequence[Token]) -> set[int]:
    """The places of opening marks; of straight quotes, every other one opens."""
    straight = [i for i, t in enumerate(tokens) if t.shown == '"'][::2]
    return {i for i, t in enumerate(tokens) if t.shown[-1] in OPENERS} | set(straight)


def _nesting_costs(tokens: Sequence[Token]) -> list[float]:
    """What it costs more to part after each token for the quotes and titles it stands inside."""
    costs = [0.0] * len(tokens)
    for start, end in _find_pairs(tokens):
        length = sum(len(t.shown) for t in tokens[start + 1 : end])
        whole = length <= SHORT_QUOTATION or tokens[start].shown in _TITLE_MARKS
        for i in range(start, end):
            costs[i] += TOGETHER_COST if whole else _QUOTED_COST
    return costs


def _find_pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of each opening mark and the mark that closes it."""
    straight = [i for i, t in enumerate(tokens) if t.shown == '"']
    yield from list(pairwise(straight))[::2]
    opened: list[int] = []
    for i, token in enumerate(tokens):
        if token.shown in _CLOSING_MARK:
            opened.append(i)
        elif opened and token.shown == _CLOSING_MARK[tokens[opened[-1]].shown]:
            yield opened.pop(), i
