"""Apply tone sandhi to dictionary pinyin.

A dictionary gives 一 its first tone and 不 its fourth, and does not say how a tone changes next to
another. The rules are the usual ones of Standard Mandarin; they apply between two marks of
punctuation:

- a word on the list of neutral-tone words ends in the neutral tone, also inside a longer one:
  朋友 péngyou, 看看 kànkan, 小朋友 xiǎopéngyou;
- 儿 joins the syllable before it where it is a suffix: 一会儿, but 女儿;
- 一 is yí before a fourth tone and yì before any other, but yī in a number, in a rank and at a
  word's end;
- 不 is bú before a fourth tone, and neutral inside 差不多, 对不起 and between a verb and itself;
- of third tones said together, all but the last become second tones: 领导 ling2 dao3.

Which words and characters each rule applies to was listed by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ...model import Token
from ...text.han import HAN, simplified
from ...text.line_breaking import attaches_to_next
from . import tones_of_yi
from .jieba_dictionary import is_word
from .neutral_tones import find_neutral

_TRANSPARENT = re.compile("[“”‘’「」『』《》〈〉\"'\\s]+")  # marks without a pause
_DIGITS = frozenset("零〇一二三四五六七八九十点幺两")
_ORDINAL = frozenset("第初周期拜十")  # 第一, 初一, 周一, 星期一
_UNITS = frozenset("百千万亿")
_ONE_AND_ONLY = frozenset("统唯专单")  # 统一, also inside a longer word
_ACHIEVED = frozenset("好起满紧准稳远倒走懂")  # results of the verb before them: 打好
_OPEN_ONE = frozenset("这那哪每某另同任有下上前后新又头近")  # 每一, 同一: the next syllable decides
_ROLLED = frozenset("这那哪点会事玩劲活块边面份样味根圈片伴歌词门盖口眼话馅丝尖法准慢坎弯花头")
_ADVERBS = frozenset("一绝决从并毫亦永要再也都又就本若岂莫皆既向尚仍均概素")  # 决不是, 亦不得


@dataclass(slots=True)
class _Syllable:
    """A syllable of a run, whose tone may still change.

    Attributes:
        char: The simplified character.
        pinyin: Toned pinyin, such as `ling2`.
        word: The index of its token in the run.
        fixed: Whether the writer gave the reading, so that no rule changes it.
    """

    char: str
    pinyin: str
    word: int
    fixed: bool

    @property
    def tone(self) -> str:
        return self.pinyin[-1]

    def change_tone(self, tone: str) -> None:
        """Replace the tone, unless the writer gave it."""
        if not self.fixed:
            self.pinyin = self.pinyin[:-1] + tone


def apply_tone_sandhi(tokens: Sequence[Token], fixed: Container[int]) -> tuple[Token, ...]:
    """Return the tokens with their pinyin after tone sandhi.

    Only tokens with a syllable for each Chinese character take part; any other ends a run.

    >>> (token,) = apply_tone_sandhi([Token("领导", "领导", ("ling3", "dao3"))], ())
    >>> token.pinyin
    ('ling2', 'dao3')

    Args:
        tokens: The tokens of a sentence.
        fixed: The positions of readings the writer gave, in characters of the spoken text.
    """
    changed = list(tokens)
    starts = list(accumulate((len(t.spoken) for t in tokens), initial=0))
    for run in _find_runs(tokens):
        fixed_in_run = [[n in fixed for n in range(starts[i], starts[i + 1])] for i in run]
        later = simplified("".join(t.spoken for t in tokens[run[-1] + 1 :]))
        pinyin = _change_run([tokens[i] for i in run], fixed_in_run, later)
        for i, syllables in zip(run, pinyin, strict=True):
            changed[i] = replace(tokens[i], pinyin=syllables)
    return tuple(changed)


def _find_runs(tokens: Sequence[Token]) -> Iterator[list[int]]:
    """Yield the indices of the tokens that are said in one breath."""
    run: list[int] = []
    for i, token in enumerate(tokens):
        count = len(HAN.findall(token.spoken))
        if token.pinyin and len(token.pinyin) == len(token.spoken) == count:
            run.append(i)
        elif run and not _TRANSPARENT.fullmatch(token.spoken):
            yield run
            run = []
    if run:
        yield run


def _change_run(
    tokens: Sequence[Token], fixed: Sequence[Sequence[bool]], later: str
) -> list[tuple[str, ...]]:
    """Return the pinyin of each token of a run after every rule.

    `later` is the text of the sentence after the run.
    """
    run = [
        _Syllable(char, syllable, word, is_fixed)
        for word, token in enumerate(tokens)
        for char, syllable, is_fixed in zip(
            simplified(token.spoken), token.pinyin, fixed[word], strict=True
        )
    ]
    figures = {i for i, t in enumerate(tokens) if any(c.isdigit() for c in t.shown)}
    words = [simplified(t.spoken) for t in tokens]
    _neutralize(run, words)
    for index, syllable in enumerate(run):
        if syllable.char == "一":
            ordered = _counts_in_order(run, index, syllable.word in figures, later)
            syllable.change_tone("1" if ordered else _choose_tone_of_yi(run, index, words))
        elif syllable.char == "不":
            syllable.change_tone(_choose_tone_of_bu(run, index, words))
    _change_third_tones(run, words, figures)
    return [tuple(s.pinyin for s in word) for word in _split_into_words(run, words)]


def _split_into_words(
    run: Sequence[_Syllable], words: Sequence[str]
) -> Iterator[Sequence[_Syllable]]:
    """Yield the syllables of each word."""
    edges = accumulate(map(len, words), initial=0)
    yield from (run[start:end] for start, end in pairwise(edges))


def _neutralize(run: list[_Syllable], words: Sequence[str]) -> None:
    """Give syllables their neutral tone, and join 儿 as a suffix.

    The neutral syllables are the last ones of words.
    """
    start = 0
    for index, word in enumerate(words):
        end = start + len(word)
        rolled = word[-1] == "儿" and end > 1 and run[end - 2].char in _ROLLED
        if rolled and not run[end - 1].fixed:
            run[end - 1].pinyin = "r5"
        elif not rolled:
            for offset in find_neutral(words, index):
                run[start + offset].change_tone("5")
        start = end


def _choose_tone_of_yi(run: Sequence[_Syllable], index: int, words: Sequence[str]) -> str:
    """Return the tone of 一."""
    before = run[index - 1].char if index else ""
    after = run[index + 1] if index + 1 < len(run) else None
    inside = bool(before and run[index - 1].word == run[index].word)
    if after is None or _is_figure(before, after.char):
        return "1"
    if inside and after.char == before and len(words[run[index].word]) == 3:
        return "5"  # 看一看
    if before in _UNITS and after.char not in _UNITS and inside:
        return "1"
    ends = after.word != run[index].word
    at_end = ends and before not in _OPEN_ONE and before != after.char  # but 系一|系鞋带
    if inside and (before in _ONE_AND_ONLY or at_end):
        return "1"  # 统一, 进退如一
    return "2" if after.tone == "4" or after.pinyin == "ge5" else "4"


def _counts_in_order(
    run: Sequence[_Syllable], index: int, written_as_figure: bool, later: str
) -> bool:
    """Return whether 一 at `index` is part of a figure, an order or a rank."""
    before = "".join(s.char for s in run[max(0, index - 4) : index])
    after = "".join(s.char for s in run[index + 1 : index + 6])
    if written_as_figure and tones_of_yi.numbers_a_figure(after):
        return True
    if index == 0 and tones_of_yi.begins_points(after, later):
        return True
    return tones_of_yi.counts_in_order(before, after)


def _is_figure(before: str, after: str) -> bool:
    """Return whether 一 is a digit between these neighbours.

    It is one of several digits, part of an ordinal or of a date.
    """
    if before == "点" and after in "点滴":  # 一点一滴
        return False
    digits = before in _DIGITS | _ORDINAL or after in _DIGITS - {"点"}
    return digits or (before == "月" and after in "日号")


def _choose_tone_of_bu(run: Sequence[_Syllable], index: int, words: Sequence[str]) -> str:
    """Return the tone of 不."""
    word = words[run[index].word]
    if len(word) == 3 and word[1] == "不" and word[0] not in _ADVERBS and is_word(word):
        return "5"  # 对不起, 差不多
    after = run[index + 1] if index + 1 < len(run) else None
    if after and index and run[index - 1].char == after.char:
        return "5"  # 会不会, 愿不愿意
    return "2" if after and after.tone == "4" else "4"


def _change_third_tones(
    run: list[_Syllable], words: Sequence[str], figures: Container[int]
) -> None:
    """Make third tones before third tones second ones.

    The feet are changed from the last to the first.
    """
    start = len(run)
    for foot in reversed(list(_split_into_feet(run, words, figures))):
        start -= len(foot)
        third = [s.tone == "3" for s in foot]
        for i in range(len(foot) - 1):
            if third[i] and third[i + 1]:
                foot[i].change_tone("2")
        end = start + len(foot)
        if end < len(run) and third[-1] and run[end].tone == "3" and _joins(run, end, words):
            foot[-1].change_tone("2")


def _split_into_feet(
    run: Sequence[_Syllable], words: Sequence[str], figures: Container[int]
) -> Iterator[Sequence[_Syllable]]:
    """Yield the groups (feet) in which syllables are said.

    A figure is one foot.
    """
    for index, (word, syllables) in enumerate(
        zip(words, _split_into_words(run, words), strict=True)
    ):
        edges = [0, len(word)] if index in figures else [0, *_find_cuts(word), len(word)]
        yield from (syllables[start:end] for start, end in pairwise(edges))


def _find_cuts(word: str) -> list[int]:
    """Return where a word is cut into feet.

    小老虎 is cut after its first syllable, 展览馆 is whole, a longer word is cut two by two.
    """
    if len(word) == 3:
        return [1] if is_word(word[1:]) and not is_word(word[:2]) else []
    return list(range(2, len(word) - 1, 2))


def _joins(run: Sequence[_Syllable], index: int, words: Sequence[str]) -> bool:
    """Return whether the syllables on both sides of `index` are said together."""
    before, after = run[index - 1].word, run[index].word
    if before == after:
        return len(words[before]) == 3  # 小|老虎
    if len(words[before]) == 1:  # 很|好, 我|理解, but 打好|打赢
        is_result = before and len(words[before - 1]) == 1 and words[before] in _ACHIEVED
        return not is_result
    return len(words[after]) == 1 and not attaches_to_next(words[after])
