"""Chinese words to toned pinyin, a syllable a character.

A word of two characters or more that pypinyin's dictionary of phrases has is read as it stands
there; every other character as a small model that looks at the whole sentence reads it. Then the
particles 得 and 地, which neither tells from their other readings well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from ..model import Token
from ..text.han import HAN
from ..text.simplified import simplified
from . import latin_to_pinyin, polyphone_model, polyphone_rules
from .polyphone_model import Guess

_SYLLABLE = re.compile("[a-z]+[1-5]")
# After these, 得 by itself is děi: one has to.
_HAVE_TO = frozenset(
    "必须 必須 还 還 就 总 總 都 也 又 非 可 我 你 他 她 我们 我們 你们 你們 他们 他們 "
    "咱们 大家".split()
)
_DOUBTFUL = 0.9  # below it a reading is worth a question
_OTHERWISE = 0.02  # from it on another reading is worth naming
_DICTIONARY = 0.85  # how often it is right where the model is sure of another reading
_OWN_TONES = {"一": "yi1", "不": "bu4"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reading that may be another: of the syllable `at` of the token at place `token`."""

    token_index: int
    char_index: int
    char: str
    chosen: str
    others: tuple[str, ...]  # the likeliest first
    probability: float  # from 0, not at all, to 1


@dataclass(frozen=True, slots=True)
class _Read:
    """A token's syllables, and for each what the sentence alone would have it be."""

    syllables: tuple[str, ...]
    guesses: tuple[Guess, ...] = ()  # none where there is nothing to doubt


def annotate(tokens: Sequence[Token], overrides: Mapping[int, str] = {}) -> tuple[Token, ...]:
    """The tokens, each with the pinyin of its Chinese characters, a Latin word with its letters'.

    `given` are the writer's own syllables, by the place of their character in what is spoken.
    A character without a reading is left without one: `pinyin` is then shorter than the token's
    count of characters, and it is for the engine to say so.
    """
    found = []
    at = 0
    for token, read in zip(tokens, _read(tokens), strict=True):
        asked = (overrides.get(i, s) for i, s in enumerate(read.syllables, at))
        found.append(replace(token, pinyin=tuple(asked)))
        at += len(token.spoken)
    return tuple(found)


def find_doubtful_readings(
    tokens: Sequence[Token], overrides: Mapping[int, str] = {}
) -> tuple[Doubt, ...]:
    """The readings that may be others, in their order; none of what the writer gave."""
    found: list[Doubt] = []
    start = 0
    for place, (token, read) in enumerate(zip(tokens, _read(tokens), strict=True)):
        for at, guess in enumerate(read.guesses):
            if start + at not in overrides:
                found += _doubt(place, at, token, read.syllables[at], guess)
        start += len(token.spoken)
    return tuple(found)


def _doubt(place: int, at: int, token: Token, chosen: str, guess: Guess) -> Iterator[Doubt]:
    sure = dict(guess).get(chosen, 0.0)
    others = tuple(s for s, share in guess if s != chosen and share >= _OTHERWISE)
    if others and sure < _DOUBTFUL:
        yield Doubt(place, at, token.spoken[at], chosen, others, sure)


def _read(tokens: Sequence[Token]) -> list[_Read]:
    """What every token is read as."""
    spoken = "".join(t.spoken for t in tokens)
    guesses = polyphone_model.guess_readings(spoken)
    ends = list(accumulate((len(t.spoken) for t in tokens), initial=0))
    known = polyphone_rules.find_readings(simplified(spoken), frozenset(ends))
    found: list[_Read] = []
    for place, (start, end) in enumerate(pairwise(ends)):
        own = {i - start: known[i] for i in range(start, end) if i in known}
        certain = tokens[place].pinyin or (() if own else _particle(tokens, place))
        read = _word(tokens[place].spoken, guesses[start:end])
        found.append(_Read(certain) if certain else _settled(read, own))
    return found


def _settled(read: _Read, known: Mapping[int, str]) -> _Read:
    """What was read, but for the syllables that are known better."""
    if not read.guesses or not known:
        return read
    syllables = tuple(known.get(i, s) for i, s in enumerate(read.syllables))
    return _Read(syllables, tuple(() if i in known else g for i, g in enumerate(read.guesses)))


def _word(word: str, guesses: Sequence[Guess]) -> _Read:
    """The word's reading; a syllable's guess is kept where no dictionary settles it."""
    if not HAN.search(word):
        return _Read(latin_to_pinyin.transcribe_word(word))
    plain = simplified(word).replace("〇", "零")
    syllables: list[str] = []
    doubtful: list[Guess] = []
    at = 0
    for phrase in _phrases(plain):
        end = at + len(phrase)
        in_context = _in_context(phrase, guesses[at:end])
        read = in_context or _by_dictionary(phrase)
        syllables += read
        doubtful += guesses[at:end] if in_context else map(_disputed, read, guesses[at:end])
        at = end
    if len(plain) == 3 and plain[1] == "得" and len(syllables) == 3:
        syllables[1], doubtful[1] = "de5", ()  # 说得对, 看得见
    whole = len(syllables) == len(plain)
    return _Read(tuple(syllables), tuple(doubtful) if whole else ())


def _phrases(word: str) -> list[str]:
    """The word in the longest phrases pypinyin's dictionary has: 银行|行长."""
    from pypinyin.seg.mmseg import seg

    return list(seg.cut(word))


def _in_context(phrase: str, guesses: Sequence[Guess]) -> list[str]:
    """Each character as the sentence has it; nothing for a phrase a dictionary knows better."""
    from pypinyin.phrases_dict import phrases_dict

    read = [g[0][0] for c, g in zip(phrase, guesses, strict=True) if HAN.match(c) and g]
    known = len(read) == len(HAN.findall(phrase)) and all(_SYLLABLE.fullmatch(s) for s in read)
    return read if known and phrase not in phrases_dict else []


def _by_dictionary(phrase: str) -> list[str]:
    """Its syllables, 一 and 不 in their own tones, which the dictionary has as they are spoken."""
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(phrase, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    if len(read) != len(phrase):
        return read
    return [_OWN_TONES.get(c, s) for c, s in zip(phrase, read, strict=True)]


def _disputed(read: str, guess: Guess) -> Guess:
    """A guess for what a dictionary says; the second is the model's, where it is sure of another.

    Tones that only speech makes neutral are nothing to dispute.
    """
    if not guess or guess[0][0] == read or guess[0][1] < _DOUBTFUL or "5" in read + guess[0][0]:
        return ()
    return ((read, _DICTIONARY), (guess[0][0], 1 - _DICTIONARY))


def _particle(tokens: Sequence[Token], place: int) -> tuple[str, ...]:
    """How 得 or 地 by itself is read between these words; nothing where they do not tell."""
    word = tokens[place].spoken
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or not before.voiced:
        return ()
    if word == "得" and before.spoken in _HAVE_TO:
        got = after is None or not after.voiced or after.spoken[0] in "了过過到"
        return ("de2",) if got else ("dei3",)
    if word == "得":
        return ("de5",)
    adverb = len(before.spoken) > 1 and after is not None and after.voiced
    return ("de5",) if word == "地" and adverb else ()
