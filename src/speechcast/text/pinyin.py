"""Pinyin as people write it: chóng, chong2, lǜ, lv4; to a syllable and the digit of its tone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_SYLLABLE = re.compile(r"[a-zêü\u0300-\u030c]+[1-5]?")


def parse_pinyin(text: str) -> tuple[str, ...]:
    """The toned syllables written in `text` (`chong2`, `lv4`, `de5`); none if it is no pinyin.

    Syllables are divided by spaces, apostrophes or their digits. One without a tone is neutral.
    """
    decomposed = unicodedata.normalize("NFD", text.strip().lower().replace("v", "ü"))
    pieces = [p for word in re.split(r"[\s'’·-]+", decomposed) for p in _split_word(word)]
    syllables = tuple(_normalize_syllable(piece) for piece in pieces)
    return syllables if all(s[:-1] in _load_syllables() for s in syllables) else ()


def has_tones(text: str) -> bool:
    """Whether every syllable in `text` is pinyin that says its tone."""
    marks = unicodedata.normalize("NFD", text)
    tones = len(re.findall(r"[1-5\u0301\u0304\u030c]|\u0300", marks))
    return tones > 0 and tones == len(parse_pinyin(text))


def _split_word(word: str) -> list[str]:
    word = word.replace("u\u0308", "ü")
    pieces = _SYLLABLE.findall(word)
    return pieces if "".join(pieces) == word else [word]


def _normalize_syllable(piece: str) -> str:
    digit = piece[-1] if piece[-1:].isdigit() else ""
    mark = next((_TONES[c] for c in piece if c in _TONES), "5")
    letters = "".join(c for c in piece if c.isalpha())
    return letters.replace("ü", "v") + (digit or mark)


@cache
def _load_syllables() -> frozenset[str]:
    """Every syllable of Mandarin, without its tone."""
    from pypinyin.contrib.tone_convert import to_normal
    from pypinyin.pinyin_dict import pinyin_dict

    spelled = {s for all_of_it in pinyin_dict.values() for s in all_of_it.split(",")}
    return frozenset(to_normal(s, v_to_u=False) for s in spelled)
