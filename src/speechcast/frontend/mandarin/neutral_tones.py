"""Find syllables in the neutral tone, which dictionaries differ about.

A word on the list of neutral-tone words ends in it, also in a compound: 两岸关系; and so
does one with 子 as a suffix. 地方, 买卖 and 东西 have it in one of their meanings, which the words
around them tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..tables import read_rows
from .jieba_dictionary import is_word, load_jieba_for
from .phrase_dictionary import is_phrase, read_phrase

# All lists here were compiled by hand for this project.
# Words before which 地方 is a place (dìfang), not the local government (dìfāng).
_BEFORE_PLACE = frozenset(
    "的 个 块 些 什么 有些 好 这 那 哪 一个 这个 那个 有 任何 其他 其它 别的 这些 那些 哪些 "
    "许多 很多 不少 某些 某个 所有 一些 每个 几个 两个 另 另一个 同一个 多个".split()
)
# What stands after 地方 where it is the local government, whatever is before it.
_AFTER_LOCAL = tuple(
    "政府 财政 党委 党政 部门 人大 政协 法院 立法 法规 国企 企业 经济 金融 债务 债 国有 干部 领导 "
    "官员 银行 税 标准 组织 当局 武装 高校 媒体 教育 各级 农民 和部门 和企业 和单位 、".split()
)
# What stands after 东西 where it is east and west.
_AFTER_EAST_WEST = tuple("协作 部 两 走向 方向 向 南北 贯通 贯穿 横贯 差距 合作 对口 互济".split())
# Words before which 买卖 is a trade (mǎimai), not buying and selling (mǎimài).
_BEFORE_TRADE = frozenset("的 个 笔 桩 门 宗 做 小 大 好 这 那 谈 搞".split())
_EPITHETS = frozenset("大小老好新旧")  # before a neutral-tone word: 老师傅, 小姑娘
_FULL_AFTER_ONE = frozenset({"学生", "字号", "栅栏"})  # 大学生, 大栅栏, but 高校学生
_LEAST_COMPOUND = 4  # characters from which a word may be made of two: 两岸关系
# Neutral-tone words whose syllables are full in compounds, as another word; listed by hand.
_FULL_IN_COMPOUNDS = frozenset("东西 便宜 动静 大夫 结实 运气 厉害 丈夫 对付 上头".split())


def find_neutral(words: Sequence[str], index: int) -> Iterator[int]:
    """Yield the positions in a word of the syllables in the neutral tone.

    >>> list(find_neutral(["两岸关系"], 0)), list(find_neutral(["东西", "协作"], 0))
    ([3], [])

    Args:
        words: The words of a clause, in simplified characters.
        index: The index of the word.
    """
    word = words[index]
    if word == "东西" and "".join(words[index + 1 : index + 2]).startswith(_AFTER_EAST_WEST):
        return
    suffix = len(word) > 2 and word[-1] == "子" and _has_suffix(word)
    if _ends_in_neutral_word(word) or suffix or _is_place(words, index) or _is_trade(words, index):
        yield len(word) - 1
    elif len(word) >= _LEAST_COMPOUND and not is_phrase(word):
        if is_word(word[2:]) and _is_neutral_in_compounds(word[:2]):
            yield 1
        if is_word(word[:-2]) and _is_neutral_in_compounds(word[-2:]):
            yield len(word) - 1


def _ends_in_neutral_word(word: str) -> bool:
    """Return whether a word is on the list of neutral-tone words, or one with a syllable before it.

    >>> [_ends_in_neutral_word(word) for word in ("朋友", "老朋友", "工作坊")]
    [True, True, False]
    """
    neutral = _load_neutral_words()
    if word in neutral or len(word) != 3 or word[1:] in _FULL_AFTER_ONE:
        return word in neutral
    return _is_neutral_in_compounds(word[1:]) and (word[0] in _EPITHETS or _is_cut_early(word))


def _is_cut_early(word: str) -> bool:
    """Return whether three characters are likelier one and two than two and one: 没|关系."""
    counts = load_jieba_for(word).dt.FREQ
    early, late = (counts.get(word[:i], 0) * counts.get(word[i:], 0) for i in (1, 2))
    return bool(early > late)


def _is_neutral_in_compounds(word: str) -> bool:
    """Return whether a word keeps its neutral tone inside a longer one: not 说说 in 说说笑笑."""
    neutral = word in _load_neutral_words() and word not in _FULL_IN_COMPOUNDS
    return neutral and word[0] != word[1]


def _has_suffix(word: str) -> bool:
    """Return whether 子 at a word's end is a suffix: 菜篮子, 一下子, but not 电子."""
    last = word[-2:]
    by_dictionary = not is_phrase(word) and is_phrase(last) and read_phrase(last)[-1] == "zi5"
    return by_dictionary or last in _load_neutral_words()


def _is_place(words: Sequence[str], index: int) -> bool:
    """Return whether the word at `index` is 地方 and means a place."""
    if words[index] != "地方" or not index or words[index - 1] not in _BEFORE_PLACE:
        return False
    return not "".join(words[index + 1 : index + 3]).startswith(_AFTER_LOCAL)


def _is_trade(words: Sequence[str], index: int) -> bool:
    """Return whether the word at `index` is 买卖 and means a trade."""
    return words[index] == "买卖" and index > 0 and words[index - 1] in _BEFORE_TRADE


@cache
def _load_neutral_words() -> frozenset[str]:
    rows = read_rows(__package__, "neutral_tone_words.txt")
    return frozenset(word for row in rows for word in row.split())
