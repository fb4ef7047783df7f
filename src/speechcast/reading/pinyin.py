"""Chinese words to toned pinyin, a syllable a character.

A word of two characters or more that pypinyin's dictionary of phrases has is read as it stands
there; every other character as g2pM, a small model that looks at the whole sentence, reads it.
Then the particles 得 and 地, which neither tells from their other readings well.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from ..model import Token
from . import letters
from .characters import HAN
from .simplified import simplified

_SYLLABLE = re.compile("[a-z]+[1-5]")
# After these, 得 by itself is děi: one has to.
_HAVE_TO = frozenset("必须 必須 还 還 就 总 總 都 也 又 非 可 只".split())


def annotated(tokens: Sequence[Token], given: Mapping[int, str] = {}) -> tuple[Token, ...]:
    """The tokens, each with the pinyin of its Chinese characters, a Latin word with its letters'.

    A character without a reading is left without one: `pinyin` is then shorter than the token's
    count of characters, and it is for the engine to say so.
    """
    in_context = _in_context("".join(t.spoken for t in tokens))
    read: list[Token] = []
    at = 0
    for token in tokens:
        end = at + len(token.spoken)
        said = (
            token.pinyin or _particle(token, read) or _syllables(token.spoken, in_context[at:end])
        )
        asked = (given.get(i, s) for i, s in enumerate(said, at)) if given else said
        read.append(replace(token, pinyin=tuple(asked)))
        at = end
    return tuple(_before_verbs(read))


def _syllables(word: str, in_context: Sequence[str]) -> tuple[str, ...]:
    """The word's reading; `in_context` is the model's, one entry a character."""
    if not HAN.search(word):
        return letters.syllables(word)
    plain = simplified(word).replace("〇", "零")
    found: list[str] = []
    at = 0
    for phrase in _phrases(plain):
        found += _phrase(phrase, in_context[at : at + len(phrase)])
        at += len(phrase)
    if len(plain) == 3 and plain[1] == "得" and len(found) == 3:
        found[1] = "de5"  # 说得对, 看得见
    return tuple(found)


def _phrases(word: str) -> list[str]:
    """The word in the longest phrases pypinyin's dictionary has: 银行|行长."""
    from pypinyin.seg.mmseg import seg

    return list(seg.cut(word))


def _phrase(phrase: str, in_context: Sequence[str]) -> list[str]:
    from pypinyin import Style, lazy_pinyin
    from pypinyin.phrases_dict import phrases_dict

    read = [s for c, s in zip(phrase, in_context, strict=True) if HAN.match(c)]
    if phrase not in phrases_dict and all(_SYLLABLE.fullmatch(s) for s in read):
        return read
    return lazy_pinyin(phrase, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")


def _particle(token: Token, before: Sequence[Token]) -> tuple[str, ...] | None:
    """How 得 by itself is read after these words."""
    if token.spoken != "得" or not before or not before[-1].voiced:
        return None
    return ("dei3",) if before[-1].spoken in _HAVE_TO else ("de5",)


def _before_verbs(tokens: Sequence[Token]) -> list[Token]:
    """The tokens; 地 by itself after a word of several characters, with more to come, is de."""
    read = list(tokens)
    for i in range(1, len(read) - 1):
        adverb = len(read[i - 1].spoken) > 1 and read[i - 1].voiced
        if read[i].spoken == "地" and adverb and read[i + 1].voiced:
            read[i] = replace(read[i], pinyin=("de5",))
    return read


def _in_context(spoken: str) -> list[str]:
    """The model's reading of each character; the character itself where it has none."""
    plain = simplified(spoken).replace("〇", "零")
    if not HAN.search(plain):
        return list(plain)
    read: list[str] = _model()(plain, tone=True, char_split=True)
    return [s.replace("u:", "v") for s in read] if len(read) == len(plain) else list(plain)


@cache
def _model() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the files it leaves for Python to close
        from g2pM import G2pM

        return G2pM()
