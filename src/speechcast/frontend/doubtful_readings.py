"""Describe doubtful readings to the user, with what of a lexicon would change them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ..model import Sentence, Token
from ..text.han import HAN
from .mandarin.g2p_zh import Doubt
from .tokens import SentenceReading

_CONTEXT = 6  # characters on either side of what is doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulReading:
    """A character whose reading is uncertain.

    Attributes:
        sentence: number of the sentence, from 1.
        row: line of the document, from 1.
        confidence: how likely the reading is right, from 0 to 1.
        context: the text around the character.
        character: the character itself.
        reading: the reading that was chosen, as pinyin with a tone number.
        alternatives: the other possible readings, likeliest first.
        lexicon: the line of a lexicon that would select the first alternative.
        form: the word of a lexicon that would settle the reading.
        entries: the pinyin of that word, with the chosen reading and with each alternative.
    """

    sentence: int
    row: int
    confidence: float
    context: str
    character: str
    reading: str
    alternatives: tuple[str, ...]
    lexicon: str
    form: str = ""
    entries: tuple[str, ...] = ()


def describe_doubts(
    sentence: Sentence, number: int, reading: SentenceReading
) -> Iterator[DoubtfulReading]:
    """Yield the doubtful readings of a sentence.

    Args:
        sentence: The sentence.
        number: Its number in the speech, from 1.
        reading: How it is read.
    """
    tokens = reading.citation
    for doubt in reading.doubts:
        form, syllables, index = _form(tokens, doubt)
        entries = [
            " ".join((*syllables[:index], reading, *syllables[index + 1 :]))
            for reading in (doubt.chosen, *doubt.others)
        ]
        yield DoubtfulReading(
            sentence=number,
            row=sentence.row,
            confidence=round(doubt.probability, 3),
            context=_around(tokens, doubt),
            character=doubt.char,
            reading=doubt.chosen,
            alternatives=doubt.others,
            lexicon=f'"{form}" = "{entries[1]}"',
            form=form,
            entries=tuple(entries),
        )


def _around(tokens: Sequence[Token], doubt: Doubt) -> str:
    """Return the text shown at a position, with some context.

    Only the tokens near it are looked at: a sentence may have as many doubts as a book.
    """
    index = doubt.token_index
    before = (char for i in range(index - 1, -1, -1) for char in reversed(tokens[i].shown))
    after = (char for i in range(index + 1, len(tokens)) for char in tokens[i].shown)
    context = [*islice(before, _CONTEXT)][::-1], tokens[index].shown, islice(after, _CONTEXT)
    return "".join(chain.from_iterable(context)).strip()


def _form(tokens: Sequence[Token], doubt: Doubt) -> tuple[str, list[str], int]:
    """Return a form for a lexicon, its syllables, and the index of the doubtful one.

    The form is long enough to be an entry.
    """
    token = tokens[doubt.token_index]
    syllables = [*token.pinyin]
    if len(token.spoken) > 1:
        return token.spoken, syllables, doubt.char_index
    after = tokens[doubt.token_index + 1] if doubt.token_index + 1 < len(tokens) else None
    before = tokens[doubt.token_index - 1] if doubt.token_index else None
    if after and _all_han(after):
        return token.spoken + after.spoken, [*syllables, *after.pinyin], doubt.char_index
    if before and _all_han(before):
        index = len(before.pinyin) + doubt.char_index
        return before.spoken + token.spoken, [*before.pinyin, *syllables], index
    return token.spoken, syllables, doubt.char_index


def _all_han(token: Token) -> bool:
    return len(token.pinyin) == len(token.spoken) and all(HAN.match(c) for c in token.spoken)
