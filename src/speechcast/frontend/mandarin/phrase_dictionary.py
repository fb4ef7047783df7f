"""Look up phrases in pypinyin's dictionary, which has a reading for each.

pypinyin itself loads all of it, in a third of a second. So its phrases and the readings of its
characters are kept in pieces (see `sharded_tables`), as pypinyin gives them, and it is only
imported when they are built.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import metadata
from itertools import groupby

from .sharded_tables import ShardedTable, load_table

_Readings = Mapping[str, tuple[str, ...]]


def is_phrase(text: str) -> bool:
    """Return whether the dictionary has a phrase.

    >>> is_phrase("银行"), is_phrase("行银")
    (True, False)
    """
    return len(text) > 1 and text in _load_readings(text[0])


def split_into_phrases(word: str) -> list[str]:
    """Return a word in the longest phrases that the dictionary has.

    They are those of pypinyin's `seg.cut`, which takes a rest apart that is the beginning of a
    phrase.

    >>> split_into_phrases("银行行长")
    ['银行', '行长']
    """
    pieces: list[str] = []
    while word:
        longest = min(len(word), _load_table().extra)
        end = next((end for end in range(longest, 1, -1) if is_phrase(word[:end])), 1)
        if end == 1 and _begins_longer_phrase(word):
            return [*pieces, *word]
        pieces.append(word[:end])
        word = word[end:]
    return pieces


def read_phrase(phrase: str) -> list[str]:
    """Return the toned syllables of a phrase, or of its characters if it is not listed.

    There is none for what is no Chinese character.

    >>> read_phrase("银行"), read_phrase("桌子")
    (['yin2', 'hang2'], ['zhuo1', 'zi5'])
    """
    runs = ("".join(run) for has_reading, run in groupby(phrase, _has_reading) if has_reading)
    pieces = (piece for run in runs for piece in split_into_phrases(run))
    return [syllable for piece in pieces for syllable in _load_readings(piece[0])[piece]]


def _has_reading(char: str) -> bool:
    return char in _load_readings(char)


def _begins_longer_phrase(text: str) -> bool:
    """Return whether a phrase begins with a text of two characters or more, and goes on."""
    if not 1 < len(text) < _load_table().extra:
        return False
    return any(phrase.startswith(text) for phrase in _load_readings(text[0]) if phrase != text)


@cache
def _load_readings(first: str) -> _Readings:
    """Return the readings of the phrases that begin with a character, and its own."""
    return _load_table().load(first)


@cache
def _load_table() -> ShardedTable:
    return load_table("pypinyin.phrases", metadata.version("pypinyin"), _list_readings)


def _list_readings() -> tuple[int, _Readings]:
    """Return the length of the longest phrase, and the first reading of everything listed."""
    from pypinyin.contrib.tone_convert import to_tone3
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.pinyin_dict import pinyin_dict

    @cache
    def convert(syllable: str) -> str:
        return to_tone3(syllable, v_to_u=False, neutral_tone_with_five=True)

    phrases = {p: tuple(convert(s[0]) for s in each) for p, each in phrases_dict.items()}
    characters = {chr(c): (convert(each.split(",")[0]),) for c, each in pinyin_dict.items()}
    return max(map(len, phrases)), phrases | characters
