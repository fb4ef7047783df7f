"""Parse pinyin into syllables with tone digits.

It reads the usual spellings: chóng, chong2, lǜ, lv4.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# The tone of each combining accent: macron, acute, caron, grave (ISO 7098).
_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_SYLLABLE = re.compile(r"[a-zêü\u0300-\u030c]+[1-5]?")


def parse_pinyin(text: str) -> tuple[str, ...]:
    """Return the syllables written in `text`, with tone digits.

    The letter ü becomes `v`. Syllables are separated by spaces, apostrophes, hyphens or their tone
    digits; one without a tone is neutral, 5.

    Returns:
        The syllables, such as `chong2`, `lv4` and `de5`; empty if `text` is not pinyin.

    >>> parse_pinyin("chóng qing4"), parse_pinyin("lǜ"), parse_pinyin("hello")
    (('chong2', 'qing4'), ('lv4',), ())
    """
    decomposed = unicodedata.normalize("NFD", text.strip().lower().replace("v", "ü"))
    pieces = [p for word in re.split(r"[\s'’·-]+", decomposed) for p in _split_word(word)]
    if not all(map(_SYLLABLE.fullmatch, pieces)):
        return ()
    syllables = tuple(_normalize_syllable(piece) for piece in pieces)
    return syllables if all(_is_syllable(s) for s in syllables) else ()


def has_tones(text: str) -> bool:
    """Return whether `text` is pinyin and every syllable has its tone written.

    >>> has_tones("chong2 qing4"), has_tones("chong qing4"), has_tones("景德镇市")
    (True, False, False)
    """
    marks = unicodedata.normalize("NFD", text)
    tones = len(re.findall(r"[1-5\u0301\u0304\u030c]|\u0300", marks))
    return tones > 0 and tones == len(parse_pinyin(text))


def has_neutral_reading(char: str, syllable: str) -> bool:
    """Return whether a dictionary has a character's reading without a tone.

    >>> has_neutral_reading("的", "de5"), has_neutral_reading("号", "an5")
    (True, False)
    """
    from pypinyin.pinyin_dict import pinyin_dict

    return syllable.removesuffix("5") in pinyin_dict.get(ord(char), "").split(",")


def _split_word(word: str) -> list[str]:
    """Return the word's syllables, or the word if it is not pinyin."""
    word = word.replace("u\u0308", "ü")
    pieces = _SYLLABLE.findall(word)
    return pieces if "".join(pieces) == word else [word]


def _normalize_syllable(piece: str) -> str:
    """Return the syllable in plain letters followed by its tone digit."""
    digit = piece[-1] if piece[-1:].isdigit() else ""
    mark = next((_TONES[c] for c in piece if c in _TONES), "5")
    letters = "".join(c for c in piece if c.isalpha())
    return letters.replace("ü", "v") + (digit or mark)


def _is_syllable(text: str) -> bool:
    """Return whether `text` is a syllable of Chinese and a tone: chong2, but not chong6."""
    return text[-1] in "12345" and text[:-1] in list_syllables()


@cache
def list_syllables() -> frozenset[str]:
    """Return every syllable of pypinyin's dictionary of characters, without its tone."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    toned = {s for readings in pinyin_dict.values() for s in readings.split(",")}
    return frozenset(to_normal(s, v_to_u=False) for s in toned)
