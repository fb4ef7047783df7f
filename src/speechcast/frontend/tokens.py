"""Turn a sentence and the writer's marks into tokens.

A token has the text that is shown and the text that is spoken for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from ..model import Mark, MarkKind, Sentence, Token
from . import tokenizer
from .lexicon import Lexicon
from .long_sentences import divide_long
from .mandarin import g2p_zh, homophones, tone_sandhi
from .mandarin.g2p_zh import Doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceReading:
    """How a Chinese sentence is read.

    Attributes:
        tokens: Its tokens, with the pinyin in the tones in which it is spoken.
        citation: The same tokens, with the pinyin of a dictionary: before tone sandhi.
        doubts: The doubtful readings, in order; their pinyin is a dictionary's.
    """

    tokens: tuple[Token, ...]
    citation: tuple[Token, ...]
    doubts: tuple[Doubt, ...]


def tokenize_sentence(
    sentence: Sentence, language: str, lexicon: Lexicon, *, phonetic: bool
) -> tuple[Token, ...]:
    """Return a sentence's tokens, in order.

    Their `shown`, joined, equals the sentence's text.

    Args:
        sentence: The text, and the writer's marks in it.
        language: The voice's language, such as `zh-CN`.
        lexicon: The user's readings.
        phonetic: Whether the voice reads pinyin. If so, Chinese tokens carry the pinyin of every
            character, in the tones in which it is spoken; if not, a reading given by the writer
            or the lexicon is spoken as characters of that sound.
    """
    if len(pieces := divide_long(sentence)) > 1:
        read = (tokenize_sentence(piece, language, lexicon, phonetic=phonetic) for piece in pieces)
        return tuple(chain.from_iterable(read))
    tokens = tuple(_tokenize(sentence, language, lexicon))
    overrides = _find_overrides(tokens, sentence)
    if phonetic and language.startswith("zh"):
        annotated = g2p_zh.annotate(tokens, overrides)
        return tone_sandhi.apply_tone_sandhi(annotated, _find_fixed(tokens, overrides))
    return tuple(_respell(tokens, overrides))


def read_sentence(sentence: Sentence, language: str, lexicon: Lexicon) -> SentenceReading:
    """Return how a Chinese sentence is read, and what of it is doubtful."""
    if len(pieces := divide_long(sentence)) > 1:
        return join_readings([read_sentence(piece, language, lexicon) for piece in pieces])
    tokens = tuple(_tokenize(sentence, language, lexicon))
    overrides = _find_overrides(tokens, sentence)
    citation = g2p_zh.annotate(tokens, overrides)
    return SentenceReading(
        tokens=tone_sandhi.apply_tone_sandhi(citation, _find_fixed(tokens, overrides)),
        citation=citation,
        doubts=g2p_zh.find_doubtful_readings(tokens, overrides),
    )


def join_readings(readings: Sequence[SentenceReading]) -> SentenceReading:
    """Return the reading of a sentence whose pieces were read."""
    if len(readings) == 1:
        return readings[0]
    starts = accumulate((len(reading.tokens) for reading in readings), initial=0)
    return SentenceReading(
        tokens=tuple(chain.from_iterable(reading.tokens for reading in readings)),
        citation=tuple(chain.from_iterable(reading.citation for reading in readings)),
        doubts=tuple(
            replace(doubt, token_index=start + doubt.token_index)
            for start, reading in zip(starts, readings, strict=False)
            for doubt in reading.doubts
        ),
    )


def _tokenize(sentence: Sentence, language: str, lexicon: Lexicon) -> Iterator[Token]:
    """Yield the tokens of the words and of the marks.

    Each mark that is not a reading is one token.
    """
    position = 0
    for mark in sentence.marks:
        if mark.kind is MarkKind.READING or mark.start < position:
            continue
        yield from tokenizer.tokenize(sentence.text[position : mark.start], language, lexicon)
        if mark.kind is not MarkKind.PAUSE:
            yield _to_token(mark, sentence.text)
        position = mark.end
    yield from tokenizer.tokenize(sentence.text[position:], language, lexicon)


def _to_token(mark: Mark, text: str) -> Token:
    """Return the token of a mark.

    The spoken text of a direction or a label is empty.
    """
    return Token(text[mark.start : mark.end], mark.spoken)


def _find_overrides(tokens: tuple[Token, ...], sentence: Sentence) -> Mapping[int, str]:
    """Return the writer's syllables by position in the spoken text."""
    overrides: dict[int, str] = {}
    shown = list(accumulate((len(t.shown) for t in tokens), initial=0))
    spoken = list(accumulate((len(t.spoken) for t in tokens), initial=0))
    for mark in sentence.marks:
        if mark.kind is not MarkKind.READING:
            continue
        for offset, syllable in enumerate(mark.pinyin, mark.start):
            index = bisect_right(shown, offset) - 1
            if len(tokens[index].shown) == len(tokens[index].spoken):
                overrides[spoken[index] + offset - shown[index]] = syllable
    return overrides


def _find_fixed(tokens: tuple[Token, ...], overrides: Mapping[int, str]) -> frozenset[int]:
    """Return the positions in the spoken text whose reading is settled.

    The writer's marks and the lexicon settle readings.
    """
    starts = accumulate((len(t.spoken) for t in tokens), initial=0)
    entries = (
        range(start, start + len(token.spoken))
        for start, token in zip(starts, tokens, strict=False)
        if token.pinyin
    )
    return frozenset(overrides).union(*entries)


def _respell(tokens: tuple[Token, ...], overrides: Mapping[int, str]) -> Iterator[Token]:
    """Yield the tokens with settled readings respelled.

    Each such character becomes one that has no other reading.
    """
    start = 0
    for token in tokens:
        spoken = homophones.respell(token.spoken, token.pinyin) if token.pinyin else token.spoken
        chars = list(spoken)
        for index, char in enumerate(token.spoken[: len(chars)]):
            if start + index in overrides:
                chars[index] = homophones.respell(char, (overrides[start + index],))
        yield replace(token, spoken="".join(chars), pinyin=())
        start += len(token.spoken)
