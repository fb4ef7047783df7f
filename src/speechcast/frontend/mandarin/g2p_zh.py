"""Turn Chinese words into toned pinyin, a syllable for each character.

A word of two or more characters in pypinyin's dictionary of phrases has the reading given there;
every other character has the reading that a small model predicts from the whole sentence, corrected
by the words around the character where it is a frequent one. Words that settle a reading
(`polyphones.txt`), grammar that does (`contexts.txt`), and surnames take precedence over both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from ...model import Token
from ...text.han import HAN, simplified
from .context_rules import find_context_readings
from .latin_to_pinyin import transcribe_word
from .phrase_dictionary import is_phrase, read_phrase, split_into_phrases
from .phrase_readings import find_doubtful_places, find_phrase_readings, is_undecided
from .polyphone_model import Guess, guess_readings
from .polyphone_rules import find_readings
from .reading_contexts import weigh_contexts
from .surnames import Surname, find_surnames

_SYLLABLE = re.compile("[a-z]+[1-5]")
_CERTAIN = 0.9  # a probability from which a reading is not doubted
_PLAUSIBLE = 0.02  # a probability from which another reading is named
_DICTIONARY_SHARE = 0.85  # how often the dictionary is right where a sure model differs
_SET_PHRASE = 4  # characters from which a phrase in the dictionary is an idiom, and not disputed
_EVEN = 0.5  # the probability over which a character is read as a surname
_CITATION_TONES = {"一": "yi1", "不": "bu4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A reading that may be wrong.

    Attributes:
        token_index: The index of the character's token.
        char_index: The index of the character in what its token speaks.
        char: The character.
        chosen: The reading that will be spoken, as toned pinyin.
        others: The other readings, the most probable first.
        probability: How probable the chosen reading is, from 0 to 1.
    """

    token_index: int
    char_index: int
    char: str
    chosen: str
    others: tuple[str, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """A token's syllables, and the model's guess for each.

    There are no guesses if nothing is doubtful.
    """

    syllables: tuple[str, ...]
    guesses: tuple[Guess, ...] = ()


def annotate(tokens: Sequence[Token], overrides: Mapping[int, str] = {}) -> tuple[Token, ...]:
    """Return the tokens with the pinyin of their Chinese or Latin text.

    A character without a reading gets none: `pinyin` is then shorter than the token's count of
    characters, and the engine reports it.

    >>> [token.pinyin for token in annotate([Token("银行", "银行")])]
    [('yin2', 'hang2')]

    Args:
        tokens: The tokens of a sentence.
        overrides: The writer's own syllables, by their character's position in the spoken text.
    """
    annotated = []
    start = 0
    for token, reading in zip(tokens, _read_tokens(tuple(tokens)), strict=True):
        pinyin = (overrides.get(i, s) for i, s in enumerate(reading.syllables, start))
        annotated.append(replace(token, pinyin=tuple(pinyin)))
        start += len(token.spoken)
    return tuple(annotated)


def find_doubtful_readings(
    tokens: Sequence[Token], overrides: Mapping[int, str] = {}
) -> tuple[Doubt, ...]:
    """Return the doubtful readings, in order.

    Readings that the writer gave are not among them.

    Args:
        tokens: The tokens of a sentence.
        overrides: The writer's own syllables, by their character's position in the spoken text.
    """
    doubts: list[Doubt] = []
    start = 0
    for token_index, (token, reading) in enumerate(
        zip(tokens, _read_tokens(tuple(tokens)), strict=True)
    ):
        for char_index, guess in enumerate(reading.guesses):
            chosen = reading.syllables[char_index]
            others = _find_alternatives(chosen, guess)
            if others and start + char_index not in overrides:
                doubt = Doubt(
                    token_index=token_index,
                    char_index=char_index,
                    char=token.spoken[char_index],
                    chosen=chosen,
                    others=others,
                    probability=dict(guess).get(chosen, 0.0),
                )
                doubts.append(doubt)
        start += len(token.spoken)
    return tuple(doubts)


def _find_alternatives(chosen: str, guess: Guess) -> tuple[str, ...]:
    """Return the other plausible readings; none if the chosen one is certain."""
    if dict(guess).get(chosen, 0.0) >= _CERTAIN:
        return ()
    return tuple(s for s, share in guess if s != chosen and share >= _PLAUSIBLE)


@lru_cache(maxsize=1)  # annotating a sentence and finding its doubts need the same readings
def _read_tokens(tokens: tuple[Token, ...]) -> tuple[_Reading, ...]:
    """Return the reading of each token."""
    spoken = "".join(t.spoken for t in tokens)
    guesses = weigh_contexts([t.spoken for t in tokens], guess_readings(spoken))
    edges = list(accumulate((len(t.spoken) for t in tokens), initial=0))
    plain = simplified(spoken)
    words = find_readings(plain, frozenset(edges))
    places = {i: s for i, s in find_doubtful_places(plain, edges).items() if i not in words}
    listed = words | find_phrase_readings(plain, edges)
    surnames = {i: name for i, name in find_surnames(plain).items() if i not in listed}
    named = {i: name.syllable for i, name in surnames.items() if name.probability > _EVEN}
    by_context = find_context_readings([plain[i:j] for i, j in pairwise(edges)])
    settled = by_context | listed | named
    readings = []
    for index, (start, end) in enumerate(pairwise(edges)):
        settled_here = {i - start: settled[i] for i in range(start, end) if i in settled}
        if tokens[index].pinyin:
            readings.append(_Reading(tokens[index].pinyin))
        else:
            reading = _read_word(plain[start:end], guesses[start:end])
            reading = _doubt_places(_settled(reading, settled_here), start, places)
            readings.append(_doubt_surnames(reading, start, surnames, guesses))
    return tuple(readings)


def _settled(reading: _Reading, settled: Mapping[int, str]) -> _Reading:
    """Return the reading with the settled syllables inserted.

    `settled` maps the index of a syllable to its replacement.
    """
    if not reading.guesses or not settled:
        return reading
    syllables = tuple(settled.get(i, s) for i, s in enumerate(reading.syllables))
    guesses = tuple(() if i in settled else guess for i, guess in enumerate(reading.guesses))
    return _Reading(syllables, guesses)


def _doubt_places(reading: _Reading, start: int, places: Mapping[int, str]) -> _Reading:
    """Return the reading with a guess for each character that may be in the name of a place.

    Args:
        reading: The reading of a token.
        start: The position of the token's first character.
        places: The other syllable of each such character, by its position.
    """
    guesses = tuple(
        ((syllable, _DICTIONARY_SHARE), (other, 1 - _DICTIONARY_SHARE))
        if (other := places.get(start + index)) and other != syllable
        else guess
        for index, (syllable, guess) in enumerate(
            zip(reading.syllables, reading.guesses, strict=False)
        )
    )
    return replace(reading, guesses=guesses)


def _doubt_surnames(
    reading: _Reading, start: int, surnames: Mapping[int, Surname], guesses: Sequence[Guess]
) -> _Reading:
    """Return the reading with a guess for each character that may or may not be a surname.

    Args:
        reading: The reading of a token.
        start: The position of the token's first character.
        surnames: The characters that may be surnames, by their position.
        guesses: The model's guess for every character.
    """
    doubted = list(reading.guesses)
    for index, syllable in enumerate(reading.syllables[: len(doubted)]):
        if name := surnames.get(start + index):
            usual = [s for s, _ in guesses[start + index] if s != name.syllable]
            other = syllable if syllable != name.syllable else usual[0] if usual else ""
            shares = ((name.syllable, name.probability), (other, 1 - name.probability))
            is_doubtful = other and 1 - _CERTAIN < name.probability < _CERTAIN
            doubted[index] = shares if is_doubtful else ()
    return replace(reading, guesses=tuple(doubted))


def _read_word(word: str, guesses: Sequence[Guess]) -> _Reading:
    """Return a word's reading, with guesses for its doubtful syllables.

    The word is in simplified characters. A syllable is doubtful if no dictionary settles it.
    """
    if not HAN.search(word):
        return _Reading(transcribe_word(word))
    plain = word.replace("〇", "零")
    syllables: list[str] = []
    doubtful: list[Guess] = []
    start = 0
    for phrase in split_into_phrases(plain):
        phrase_guesses = guesses[start : start + len(phrase)]
        if by_model := _read_by_model(phrase, phrase_guesses):
            syllables += by_model
            doubtful += phrase_guesses
        else:
            by_dictionary = _read_by_dictionary(phrase)
            syllables += by_dictionary
            is_set = len(phrase) >= _SET_PHRASE
            disputes = map(_find_dispute, by_dictionary, phrase_guesses)
            doubtful += ((),) * len(phrase) if is_set else disputes
        start += len(phrase)
    whole = len(syllables) == len(plain)
    return _Reading(tuple(syllables), tuple(doubtful) if whole else ())


def _read_by_model(phrase: str, guesses: Sequence[Guess]) -> list[str]:
    """Return the model's syllable for each character.

    The result is empty if pypinyin has the phrase.
    """
    syllables = [g[0][0] for c, g in zip(phrase, guesses, strict=True) if HAN.match(c) and g]
    complete = len(syllables) == len(HAN.findall(phrase))
    valid = complete and all(_SYLLABLE.fullmatch(s) for s in syllables)
    unlisted = not is_phrase(phrase) or is_undecided(phrase)
    return syllables if valid and unlisted else []


def _read_by_dictionary(phrase: str) -> list[str]:
    """Return pypinyin's syllables of a word.

    一 and 不 have their own tones instead of the spoken ones.
    """
    syllables = read_phrase(phrase)
    if len(syllables) != len(phrase):
        return syllables
    return [_CITATION_TONES.get(c, s) for c, s in zip(phrase, syllables, strict=True)]


def _find_dispute(syllable: str, guess: Guess) -> Guess:
    """Return the dictionary's reading and the model's if they differ.

    The result is empty if the model is not sure, or if either tone is neutral.
    """
    if not guess or guess[0][0] == syllable or guess[0][1] < _CERTAIN:
        return ()
    if "5" in syllable + guess[0][0]:
        return ()
    return ((syllable, _DICTIONARY_SHARE), (guess[0][0], 1 - _DICTIONARY_SHARE))
