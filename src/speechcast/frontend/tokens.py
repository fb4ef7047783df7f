"""A sentence and its marks to tokens: what is said where something else is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from ..model import Mark, MarkKind, Sentence, Token, Voice
from . import g2p_zh, homophones, tokenizer, tone_sandhi
from .lexicon import Lexicon

if TYPE_CHECKING:
    from .g2p_zh import Doubt


def tokenize_sentence(
    sentence: Sentence, voice: Voice, lexicon: Lexicon, *, phonetic: bool
) -> tuple[Token, ...]:
    """The sentence's tokens; `shown` joined is the sentence.

    A `phonetic` voice is given every character's pinyin, in the tones in which it is spoken; any
    other says a reading that was asked for through characters of that sound.
    """
    found = tuple(_tokens(sentence, voice.language, lexicon))
    given = _given(found, sentence)
    if phonetic and voice.language.startswith("zh"):
        return tone_sandhi.apply_tone_sandhi(g2p_zh.annotate(found, given), _fixed(found, given))
    return tuple(_respell(found, given))


def find_doubts(
    sentence: Sentence, voice: Voice, lexicon: Lexicon
) -> tuple[tuple[Token, ...], tuple[Doubt, ...]]:
    """The tokens with their pinyin, and the readings that may be others."""
    found = tuple(_tokens(sentence, voice.language, lexicon))
    given = _given(found, sentence)
    return g2p_zh.annotate(found, given), g2p_zh.find_doubtful_readings(found, given)


def _tokens(sentence: Sentence, language: str, lexicon: Lexicon) -> Iterator[Token]:
    """The words between the marks, and one token for each mark that is more than a reading."""
    at = 0
    for mark in sentence.marks:
        if mark.kind is MarkKind.READING or mark.start < at:
            continue
        yield from tokenizer.tokenize(sentence.text[at : mark.start], language, lexicon)
        if mark.kind is not MarkKind.PAUSE:
            yield _marked(mark, sentence.text)
        at = mark.end
    yield from tokenizer.tokenize(sentence.text[at:], language, lexicon)


def _marked(mark: Mark, text: str) -> Token:
    return Token(text[mark.start : mark.end], mark.spoken)  # of a direction, a label: nothing


def _given(found: tuple[Token, ...], sentence: Sentence) -> Mapping[int, str]:
    """The syllables the writer gave, by the offset of their character in what is spoken."""
    given: dict[int, str] = {}
    shown = list(accumulate((len(t.shown) for t in found), initial=0))
    spoken = list(accumulate((len(t.spoken) for t in found), initial=0))
    for mark in sentence.marks:
        if mark.kind is not MarkKind.READING:
            continue
        for offset, syllable in enumerate(mark.pinyin, mark.start):
            place = next(i for i in range(len(found)) if shown[i] <= offset < shown[i + 1])
            if len(found[place].shown) == len(found[place].spoken):
                given[spoken[place] + offset - shown[place]] = syllable
    return given


def _fixed(found: tuple[Token, ...], given: Mapping[int, str]) -> frozenset[int]:
    """The places of all that the writer's marks and lexicon say, in what is spoken."""
    starts = accumulate((len(t.spoken) for t in found), initial=0)
    entries = (range(s, s + len(t.spoken)) for s, t in zip(starts, found, strict=False) if t.pinyin)
    return frozenset(given).union(*entries)


def _respell(found: tuple[Token, ...], given: Mapping[int, str]) -> Iterator[Token]:
    """The tokens, each syllable asked for said by a character that has only that reading."""
    at = 0
    for token in found:
        spoken = homophones.respell(token.spoken, token.pinyin) if token.pinyin else token.spoken
        asked = {i - at: s for i, s in given.items() if at <= i < at + len(token.spoken)}
        for place, syllable in asked.items():
            character = homophones.respell(token.spoken[place], (syllable,))
            spoken = spoken[:place] + character + spoken[place + 1 :]
        yield replace(token, spoken=spoken, pinyin=())
        at += len(token.spoken)
