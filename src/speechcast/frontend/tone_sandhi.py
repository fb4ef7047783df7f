"""Toned pinyin as a newsreader speaks it: the neutral tone, 儿, 一 and 不, third tones.

The readings that come in are a dictionary's; a dictionary has 一 in its first tone and 不 in its
fourth, and says nothing of what a tone becomes beside another. Between two marks of punctuation:

- a word that ends in the neutral tone ends in it: 朋友 péngyou, 看看 kànkan;
- 儿 joins the syllable before it where it is no word of its own: 一会儿, but 女儿;
- 一 is yí before a fourth tone and yì before any other, but yī in a number and at a word's end;
- 不 is bú before a fourth tone, and neutral inside of 差不多, 对不起;
- of third tones that belong together all but the last are second ones: 领导 lǐngdǎo as lingdao2-3.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from ..model import Token
from ..text.han import HAN, simplified
from ..text.line_breaking import attaches_to_next
from . import jieba_dictionary
from .neutral_tone_words import NEUTRAL

_TRANSPARENT = re.compile("[“”‘’「」『』《》〈〉\"'\\s]+")  # no breath is drawn at these
_DIGITS = frozenset("零〇一二三四五六七八九十点幺两")
_ORDINAL = frozenset("第初周期拜十")  # 第一, 初一, 周一, 星期一
_UNITS = frozenset("百千万亿")
_ONE_AND_ONLY = frozenset("统唯专单")  # 统一, also inside of a longer word
_ACHIEVED = frozenset("好起满紧准稳远倒走懂")  # what came of a deed belongs to it: 打好
# Before these 一 counts in order, or is a name: 一月, 一季度, 一中全会, 一号.
_IN_ORDER = re.compile("月(?!饼)|季度|年级|等奖|中全会|号|产业|楼|是")
_OPEN_ONE = frozenset("这那哪每某另同任有下上前后新又头近")  # 每一, 同一: what follows decides
_ROLLED = frozenset("这那哪点会事玩劲活块边面份样味根圈片伴歌词门盖口眼话馅丝尖法准慢坎弯花头")
_WHERE = frozenset("的 个 块 些 什么 有些 好 这 那 哪 一个 这个 那个 有".split())


@dataclass(slots=True)
class _Syllable:
    """One on its way to being said; `word` is the place of its token in the run."""

    char: str
    said: str
    word: int
    fixed: bool  # the writer gave it

    @property
    def tone(self) -> str:
        return self.said[-1]

    def toned(self, tone: str) -> None:
        if not self.fixed:
            self.said = self.said[:-1] + tone


def apply_tone_sandhi(tokens: Sequence[Token], fixed: Container[int]) -> tuple[Token, ...]:
    """The tokens, their pinyin as it is spoken; `fixed` are the places the writer gave.

    Places are counted in what is spoken, a character each. Only tokens with a syllable a Chinese
    character take part; any other ends a run.
    """
    found = list(tokens)
    for run in _runs(tokens):
        said = _said([tokens[i] for i in run], [_fixed(tokens, i, fixed) for i in run])
        for i, syllables in zip(run, said, strict=True):
            found[i] = replace(tokens[i], pinyin=syllables)
    return tuple(found)


def _fixed(tokens: Sequence[Token], place: int, fixed: Container[int]) -> list[bool]:
    start = sum(len(t.spoken) for t in tokens[:place])
    return [start + i in fixed for i in range(len(tokens[place].spoken))]


def _runs(tokens: Sequence[Token]) -> Iterator[list[int]]:
    """The places of tokens that are said in one breath."""
    run: list[int] = []
    for i, token in enumerate(tokens):
        if token.pinyin and len(token.pinyin) == len(token.spoken) == len(
            HAN.findall(token.spoken)
        ):
            run.append(i)
        elif run and not _TRANSPARENT.fullmatch(token.spoken):
            yield run
            run = []
    if run:
        yield run


def _said(tokens: Sequence[Token], fixed: Sequence[Sequence[bool]]) -> list[tuple[str, ...]]:
    run = [
        _Syllable(char, syllable, word, given)
        for word, token in enumerate(tokens)
        for char, syllable, given in zip(
            simplified(token.spoken), token.pinyin, fixed[word], strict=True
        )
    ]
    counted = {i for i, t in enumerate(tokens) if any(c.isdigit() for c in t.shown)}
    spoken = [simplified(t.spoken) for t in tokens]
    _neutral(run, spoken)
    for at, syllable in enumerate(run):
        if syllable.char == "一":
            syllable.toned(_one(run, at, spoken))
        elif syllable.char == "不":
            syllable.toned(_not(run, at, spoken))
    _third(run, spoken, counted)
    return [tuple(s.said for s in run if s.word == i) for i in range(len(tokens))]


def _neutral(run: list[_Syllable], spoken: Sequence[str]) -> None:
    for at, syllable in enumerate(run):
        word = spoken[syllable.word]
        ends = at + 1 == len(run) or run[at + 1].word != syllable.word
        if not ends:
            continue
        if syllable.char == "儿" and at and run[at - 1].char in _ROLLED and not syllable.fixed:
            syllable.said = "r5"
        elif word in NEUTRAL or (word == "地方" and _before(spoken, syllable.word) in _WHERE):
            syllable.toned("5")


def _before(spoken: Sequence[str], word: int) -> str:
    return spoken[word - 1] if word else ""


def _one(run: Sequence[_Syllable], at: int, spoken: Sequence[str]) -> str:
    """The tone of 一."""
    before = run[at - 1].char if at else ""
    after = run[at + 1] if at + 1 < len(run) else None
    inside = bool(before and run[at - 1].word == run[at].word)
    if after is None or _is_figure(before, after.char):
        return "1"
    if inside and after.char == before and len(spoken[run[at].word]) == 3:
        return "5"  # 看一看
    if before in _UNITS and after.char not in _UNITS and inside:
        return "1"
    ends = after.word != run[at].word
    if inside and (before in _ONE_AND_ONLY or (ends and before not in _OPEN_ONE)):
        return "1"  # 统一, 进退如一
    ahead = "".join(s.char for s in run[at + 1 : at + 4])
    if _IN_ORDER.match(ahead) and not (after.char == "是" and at):
        return "1"
    return "2" if after.tone == "4" or after.said == "ge5" else "4"


def _is_figure(before: str, after: str) -> bool:
    """Whether 一 between them is one of several digits, an ordinal or a date's."""
    digits = before in _DIGITS | _ORDINAL or after in _DIGITS - {"点"}
    return digits or (before == "月" and after in "日号")


def _not(run: Sequence[_Syllable], at: int, spoken: Sequence[str]) -> str:
    """The tone of 不."""
    word = spoken[run[at].word]
    if len(word) == 3 and word[1] == "不":
        return "5"  # 对不起, 差不多
    after = run[at + 1] if at + 1 < len(run) else None
    return "2" if after and after.tone == "4" else "4"


def _third(run: list[_Syllable], spoken: Sequence[str], counted: Container[int]) -> None:
    """Third tones before third tones to second ones, from the last foot to the first."""
    at = len(run)
    for foot in reversed(list(_feet(run, spoken, counted))):
        at -= len(foot)
        third = [s.tone == "3" for s in foot]
        for i in range(len(foot) - 1):
            if third[i] and third[i + 1]:
                foot[i].toned("2")
        end = at + len(foot)
        if end < len(run) and third[-1] and run[end].tone == "3" and _joins(run, end, spoken):
            foot[-1].toned("2")


def _feet(
    run: Sequence[_Syllable], spoken: Sequence[str], counted: Container[int]
) -> Iterator[list[_Syllable]]:
    """The syllables in the groups in which they are said together."""
    for word, text in enumerate(spoken):
        syllables = [s for s in run if s.word == word]
        if word in counted:
            yield syllables
            continue
        cuts = _cuts(text)
        yield from (syllables[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True))


def _cuts(word: str) -> list[int]:
    """Where a word is parted: 小|老虎, but 展览馆 whole; a longer one two by two."""
    if len(word) == 3:
        return (
            [1]
            if jieba_dictionary.is_word(word[1:]) and not jieba_dictionary.is_word(word[:2])
            else []
        )
    return list(range(2, len(word) - 1, 2))


def _joins(run: Sequence[_Syllable], at: int, spoken: Sequence[str]) -> bool:
    """Whether the syllables on both sides of `at` are said together."""
    before, after = run[at - 1].word, run[at].word
    if before == after:
        return len(spoken[before]) == 3  # 小|老虎
    if len(spoken[before]) == 1:  # 很|好, 我|理解, but 打好|打赢
        done = before and len(spoken[before - 1]) == 1 and spoken[before] in _ACHIEVED
        return not done
    return len(spoken[after]) == 1 and not attaches_to_next(spoken[after])
