"""Settle how the words of an English sentence are read that espeak-ng gets wrong.

They are words with several readings, Chinese names in pinyin, and acronyms. What espeak-ng reads
right stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from ...frontend.english import acronyms, heteronyms_en, pinyin_to_english
from ...frontend.english.acronyms import ACRONYMS
from ...frontend.english.english_phonemes import look_up_acronym, to_british
from ...frontend.english.heteronyms_en import WordReading
from ...model import Utterance
from .phoneme_alignment import measure_distance

Phonemizer = Callable[[str], str]

_MARKS = re.compile("[,.!?;:—…]")
# Words after which espeak-ng reads a verb, a noun, a verb in -s.
_CARRIERS = ("to", "the", "it")
_LONGEST_ACRONYM = 3  # letters of an acronym that may look like a Chinese name: GAO
_STRESS = re.compile("[ˈˌ ]")


def read_words(
    utterance: Utterance, words: Mapping[int, Sequence[str]], *, british: bool
) -> dict[int, WordReading]:
    """Return the readings that differ by context, and of Chinese names, by index of the token.

    Args:
        utterance: The sentence.
        words: The words of each of its voiced tokens.
        british: The accent of the voice.
    """
    pieces = list(_list_pieces(utterance, words))
    texts = [text for _, text in pieces]
    readings = heteronyms_en.choose_readings(texts, british=british)
    for position, phonemes in (_phonemize_acronyms(texts) | _phonemize_names(texts)).items():
        readings[position] = WordReading(to_british(phonemes) if british else phonemes, ())
    return {
        pieces[i][0]: reading
        for i, reading in readings.items()
        if len(words.get(pieces[i][0], ())) == 1
    }


def _phonemize_acronyms(texts: Sequence[str]) -> dict[int, str]:
    """Return the phonemes of the acronyms that are said as words: UNESCO."""
    readings = ((i, look_up_acronym(text)) for i, text in enumerate(texts) if text in ACRONYMS)
    return {i: phonemes for i, phonemes in readings if phonemes}


def _phonemize_names(texts: Sequence[str]) -> dict[int, str]:
    """Return the phonemes of Chinese names, with family names in capitals: ZHANG Wei."""
    capitals = [len(text) > 1 and text.isupper() for text in texts]
    written = [t.capitalize() if c else t for t, c in zip(texts, capitals, strict=True)]
    names = pinyin_to_english.phonemize_names(written)
    return {
        i: phonemes
        for i, phonemes in names.items()
        if not capitals[i] or len(texts[i]) > _LONGEST_ACRONYM or i + 1 in names
    }


def _list_pieces(
    utterance: Utterance, words: Mapping[int, Sequence[str]]
) -> Iterator[tuple[int, str]]:
    """Yield the words and marks of a sentence, each with the index of its token."""
    for index, token in enumerate(utterance.tokens):
        if index in words:
            yield from ((index, word) for word in words[index])
        elif mark := _MARKS.search(token.spoken):
            yield index, mark[0]


def write_headline(word: str) -> str:
    """Return a word of a text in capitals as it is written elsewhere.

    >>> write_headline("BANK"), write_headline("IMF"), write_headline("QINGDAO")
    ('bank', 'IMF', 'Qingdao')
    """
    name = word.capitalize()
    if pinyin_to_english.is_name(name):
        return name
    return word if acronyms.is_unmistakable(word) else word.lower()


def spell(word: str, phonemize: Phonemizer) -> str:
    """Return an acronym with the full stops that make espeak-ng spell it, where it would not."""
    spelled = acronyms.spell_acronym(word)
    if not spelled or _STRESS.sub("", phonemize(word)) == _STRESS.sub("", phonemize(spelled)):
        return word
    return spelled


def settle(symbols: str, word: str, reading: WordReading, phonemize: Phonemizer) -> str:
    """Return the phonemes of a word in its reading.

    They are espeak-ng's, those it has here or in another context, if they are of this reading;
    else those of the reading.

    Args:
        symbols: What espeak-ng reads here.
        word: The word.
        reading: How it is to be read.
        phonemize: espeak-ng.
    """
    if _is_of(symbols, reading):
        return symbols
    pairs = [phonemize(f"{carrier} {word}").split(" ") for carrier in _CARRIERS]
    elsewhere = [pair[1] for pair in pairs if len(pair) == 2]
    return next((other for other in elsewhere if _is_of(other, reading)), reading.phonemes)


def _is_of(symbols: str, reading: WordReading) -> bool:
    """Return whether phonemes are nearer to a reading than to the word's others."""
    if not reading.others:
        return _STRESS.sub("", symbols) == _STRESS.sub("", reading.phonemes)
    distance = measure_distance(symbols, reading.phonemes)
    return all(distance < measure_distance(symbols, other) for other in reading.others)
