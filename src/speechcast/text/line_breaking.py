"""Find where a sentence may be broken, and at what cost.

The costs are for breaks between tokens, in Chinese and English.

`segmentation.divide` weighs the costs. A break after a clause costs nothing or little, between
phrases more, inside a phrase more still. `TOGETHER_COST` is the cost inside what a reader takes in
at a glance: a quantity, a name, a title, a short quotation. It is infinite where no piece may end.

The rules follow the line treatment of the Netflix timed text style guides for Simplified Chinese
and English. The costs and the lists of words were written by hand for this project.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from ..model import Token
from .sentences import CLOSERS

OPENERS = frozenset("“‘「『（(【《〈［[")
TOGETHER_COST = 30.0  # inside a quantity, a name, a title or a short quotation
SHORT_QUOTATION = 10  # characters; a quotation up to this long is kept together

_MARK_COSTS = ((0.0, "；;。．！？!?"), (0.05, "：:，,"), (0.15, "—–-…"), (0.3, "、"))
CLAUSE_COST = 0.3  # the greatest cost after a mark that ends a clause or a member of a list
_SHORT_ITEM_COST = 1.0  # after the mark between two short members of a list: 党委、政府
_PHRASE_COST = 0.9  # before a word that begins a phrase
_ATTRIBUTE_COST = 1.2  # after 的
_WORD_COST = 1.5  # between any two other words
_LEADING_COST = 1.9  # after a word that attaches to the next
_TRAILING_COST = 3.0  # before a word that belongs to the one before it
_QUOTED_COST = 0.2  # added inside a longer quotation or bracket

# Words that attach to the word before them; no piece begins with one.
_ENCLITICS = frozenset("的 了 着 们 地 得 吗 呢 吧 啊 呀".split())
# Words that belong to the word before them: places, times, results of an action.
_TRAILING = frozenset(
    "上 下 中 里 内 外 前 后 时 间 处 等 好 成 完 出 到 住 起来 出来 下来 上来 下去".split()
)
# Words that begin a phrase.
_OPENING = frozenset(
    "在 把 对 和 与 及 以 为 从 向 使 让 被 将 但 而 并 也 就 都 更 要 是 以及 并且 而且 但是 因为 "
    "所以 如果 通过 按照 为了 由于 根据 关于 同时 不断 还 又 才 却 则 或 或者 由 给 跟 同 比 到 "
    "and but or so because that which who when where while if to in of for with on at by from as "
    "than into through".split()
)
# Words that attach to the word after them.
_LEADING = frozenset(
    "在 把 对 和 与 及 以 为 从 向 使 让 被 将 并 也 就 都 更 要 是 不 很 最 这 那 各 每 有 个 项 "
    "位 a an the of to in on at by for with from and or but my your his her our their its this "
    "that not no mr mrs ms dr".split()
)
# Traditional characters of the words above and of the numerals below, and the simplified ones.
_TRADITIONAL = str.maketrans(
    "們嗎個項對與為從讓將並還卻則給這時後間處來萬億兩幾數總過當應",
    "们吗个项对与为从让将并还却则给这时后间处来万亿两几数总过当应",
)
_NUMERAL = re.compile(r"第?[〇零一二三四五六七八九十百千万亿两几数多]+|\d[\d,.]*")
_CLOSING_MARK = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "(": ")",
}
_TITLE_MARKS = "《〈"


def break_costs(tokens: Sequence[Token]) -> list[float]:
    """Return the cost of ending a piece after each token.

    It is 0 after the last. If any token is voiced, each piece between allowed breaks holds a voiced
    token. `tokens` must not be empty.

    >>> break_costs([Token(word, word) for word in ("今天", "开会", "，", "你", "来", "。")])
    [1.5, inf, 0.05, 1.5, inf, 0.0]
    """
    opening = _find_opening_marks(tokens)
    nesting = _find_nesting_costs(tokens)
    marks = _find_last_marks(tokens)
    costs = [math.inf] * len(tokens)
    for voiced, following in pairwise([i for i, t in enumerate(tokens) if t.voiced]):
        inside = (i for i in range(voiced, following) if _may_break(tokens, i, opening))
        if (end := next(inside, None)) is not None:
            word, after = _normalize(tokens[voiced]), _normalize(tokens[following])
            after_mark = tokens[end].shown == marks[end]
            costs[end] = nesting[end] + _cost_of_break(word, marks[end], after, after_mark)
    costs[-1] = 0.0
    return costs


def ends_clause(tokens: Sequence[Token]) -> bool:
    """Return whether the tokens end with a clause or list mark."""
    return any(mark in marks for mark in _find_last_marks(tokens)[-1:] for _, marks in _MARK_COSTS)


def attaches_to_next(word: str) -> bool:
    """Return whether a word begins a phrase or attaches to the next.

    >>> attaches_to_next("因为"), attaches_to_next("努力")
    (True, False)
    """
    return word in _LEADING or word in _OPENING


def _may_break(tokens: Sequence[Token], i: int, opening: set[int]) -> bool:
    """Return whether a piece may end after token i.

    It may not end before a mark, except an opening one, nor after an opening mark.
    """
    here, after = tokens[i], tokens[i + 1]
    if i in opening or (here.voiced and _normalize(after) in _ENCLITICS):
        return False
    return after.voiced or i + 1 in opening


def _cost_of_break(word: str, mark: str, following: str, ends_with_mark: bool) -> float:
    """Return the cost of a break between two voiced tokens.

    Args:
        word: The voiced token before the break.
        mark: The last character before the break, closing quotes and brackets aside.
        following: The voiced token after it.
        ends_with_mark: Whether the mark stands right before the break.
    """
    if mark == "、" and ends_with_mark and max(len(word), len(following)) <= 2:
        return _SHORT_ITEM_COST
    for cost, marks in _MARK_COSTS:
        if mark in marks:
            return cost
    if _NUMERAL.fullmatch(word) or mark == "·":
        return TOGETHER_COST
    return _cost_between_words(word, following)


def _cost_between_words(word: str, following: str) -> float:
    """Return the cost of a break between two words without a mark."""
    if following in _TRAILING:
        return _TRAILING_COST
    if word in _LEADING:
        return _LEADING_COST
    if following in _OPENING:
        return _PHRASE_COST
    return _ATTRIBUTE_COST if word == "的" else _WORD_COST


def _normalize(token: Token) -> str:
    """Return the word in lower case and simplified characters.

    The lists above are in this form.
    """
    return token.shown.lower().translate(_TRADITIONAL)


def _find_last_marks(tokens: Sequence[Token]) -> list[str]:
    """Return the last character up to each token.

    Closing quotes, brackets and spaces are skipped.
    """
    marks, mark = [], " "
    for token in tokens:
        if not token.shown.isspace() and token.shown[-1] not in CLOSERS:
            mark = token.shown[-1]
        marks.append(mark)
    return marks


def _find_opening_marks(tokens: Sequence[Token]) -> set[int]:
    """Return the indices of opening marks.

    Of straight quotes, every other one opens.
    """
    straight = [i for i, t in enumerate(tokens) if t.shown == '"'][::2]
    return {i for i, t in enumerate(tokens) if t.shown[-1] in OPENERS} | set(straight)


def _find_nesting_costs(tokens: Sequence[Token]) -> list[float]:
    """Return what quotes, brackets and titles add to each break's cost."""
    lengths = list(accumulate((len(t.shown) for t in tokens), initial=0))
    # How many more pairs are open from each token on: those kept whole, and the others.
    wholes, others = [0] * (len(tokens) + 1), [0] * (len(tokens) + 1)
    for start, end in _find_pairs(tokens):
        length = lengths[end] - lengths[start + 1]
        is_whole = length <= SHORT_QUOTATION or tokens[start].shown in _TITLE_MARKS
        changes = wholes if is_whole else others
        changes[start] += 1
        changes[end] -= 1
    depths = zip(accumulate(wholes), accumulate(others), strict=True)
    return [TOGETHER_COST * whole + _QUOTED_COST * other for whole, other in depths]


def _find_pairs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the indices of each pair of opening and closing marks."""
    straight = [i for i, t in enumerate(tokens) if t.shown == '"']
    yield from list(pairwise(straight))[::2]
    opened: list[int] = []
    for i, token in enumerate(tokens):
        if token.shown in _CLOSING_MARK:
            opened.append(i)
        elif opened and token.shown == _CLOSING_MARK[tokens[opened[-1]].shown]:
            yield opened.pop(), i
