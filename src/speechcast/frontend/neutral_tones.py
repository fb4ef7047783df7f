"""Find the syllables of a word that have the neutral tone.

`neutral_tone_words.txt` lists words whose last syllable has it. They keep it inside longer words:
朋友 in 小朋友, 粮食 in 粮食产量.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from .jieba_dictionary import is_word, load_jieba

_SHORTEST, _LONGEST = 2, 3  # characters of a listed word
_SUFFIX = "子"
# Listed words that are something else in longer ones: 东西南北, 买卖双方, 便宜行事, 御史大夫,
# 开花结实, 爱人以德, 巧妇难为, 生意盎然, 打算盘. Listed by hand for this project.
_ALONE_ONLY = frozenset("东西 买卖 便宜 大夫 结实 爱人 难为 生意 打算".split())
_FULL_AFTER_ONE = "学生"  # 大学生, 留学生, but 高校学生


@lru_cache(maxsize=10_000)
def find_neutral_syllables(word: str) -> frozenset[int]:
    """Return the positions of a word's neutral syllables.

    >>> sorted(find_neutral_syllables("朋友")), sorted(find_neutral_syllables("粮食产量"))
    ([1], [1])
    >>> sorted(find_neutral_syllables("大学生"))
    []

    Args:
        word: In simplified characters.
    """
    if word in _load_words():
        return frozenset({len(word) - 1})
    return frozenset(_find_inside(word))


def _find_inside(word: str) -> Iterator[int]:
    """Yield the position of the last syllable of each listed word that begins or ends a word."""
    for length in range(_SHORTEST, min(_LONGEST + 1, len(word))):
        first, rest = word[:length], word[length:]
        if _is_listed(first) and _is_cut(word, length) and (len(rest) == 1 or is_word(rest)):
            yield length - 1
        rest, last = word[:-length], word[-length:]
        if not _is_listed(last) or (last == _FULL_AFTER_ONE and len(rest) == 1):
            continue
        if last.endswith(_SUFFIX) or (
            _is_cut(word, len(rest)) and (len(rest) == 1 or is_word(rest))
        ):
            yield len(word) - 1


def _is_listed(part: str) -> bool:
    """Return whether a part of a word is a listed word, and stays one: not 说说 in 说说笑笑."""
    return part in _load_words() and part not in _ALONE_ONLY and part[0] != part[1]


def _is_cut(word: str, position: int) -> bool:
    """Return whether a word of three characters is likelier divided here than at its other joint.

    大|部分 is, 登|记号 is not. Longer words are.
    """
    if len(word) != _SHORTEST + 1:
        return True
    counts = load_jieba().dt.FREQ
    here, other = (
        counts.get(word[:i], 0) * counts.get(word[i:], 0) for i in (position, 3 - position)
    )
    return bool(here > other)


@cache
def _load_words() -> frozenset[str]:
    table = (files(__package__) / "neutral_tone_words.txt").read_text("utf-8")
    rows = (row for row in table.splitlines() if not row.startswith("#"))
    return frozenset(word for row in rows for word in row.split())
