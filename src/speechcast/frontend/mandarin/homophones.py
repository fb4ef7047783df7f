"""Write toned pinyin as characters, for voices that read only characters.

An online voice reads characters, so a reading the writer gave is sent as characters that have
only that reading: 重 read chóng becomes 崇.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ...text.han import simplified
from .jieba_dictionary import count_characters


def respell(written: str, syllables: Sequence[str]) -> str:
    """Return characters that sound like the syllables.

    Those of `written` that already do are kept.

    A syllable that no character has is replaced by the same syllable in another tone.

    >>> respell("银行", ["yin2", "hang2"])
    '银航'

    Args:
        written: The characters as written; ignored if there is not one for each syllable.
        syllables: Toned pinyin, such as `chong2`.
    """
    chars = written if len(written) == len(syllables) else "\0" * len(syllables)
    return "".join(_find_character(c, s) for c, s in zip(chars, syllables, strict=True))


def _find_character(char: str, syllable: str) -> str:
    if _find_only_reading(char) == syllable:
        return char
    characters = _find_characters()
    tones = (syllable, *(syllable[:-1] + tone for tone in "12345"))
    return next((characters[s] for s in tones if s in characters), char.strip("\0"))


@cache
def _find_only_reading(char: str) -> str | None:
    """Return a character's only reading as toned pinyin.

    The result is None if it has none or several.
    """
    from pypinyin import Style, pinyin

    (readings,) = pinyin(
        simplified(char), style=Style.TONE3, heteronym=True, neutral_tone_with_five=True
    )[:1] or [[]]
    return readings[0] if len(readings) == 1 else None


@cache
def _find_characters() -> Mapping[str, str]:
    """Return each syllable's most frequent character with no other reading.

    The readings are pypinyin's; the frequencies are jieba's counts of single characters.
    """
    best: dict[str, str] = {}
    counts = count_characters()
    for char in sorted(counts, key=lambda c: -counts[c]):
        reading = _find_only_reading(char)
        if reading:
            best.setdefault(reading, char)
    return best
