"""Toned pinyin said through characters, for voices that take nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ..text.simplified import simplified
from .jieba_dictionary import count_characters


def respell(written: str, syllables: Sequence[str]) -> str:
    """Characters that sound like the syllables; those of `written` that can only do so stay.

    A syllable no character has stays out in the nearest tone.
    """
    chars = written if len(written) == len(syllables) else "\0" * len(syllables)
    return "".join(_character(c, s) for c, s in zip(chars, syllables, strict=True))


def _character(char: str, syllable: str) -> str:
    if _only_reading(char) == syllable:
        return char
    known = _characters()
    tones = (syllable, *(syllable[:-1] + tone for tone in "12345"))
    return next((known[s] for s in tones if s in known), char.strip("\0"))


@cache
def _only_reading(char: str) -> str | None:
    """The reading of a character that has one, as toned pinyin."""
    from pypinyin import Style, pinyin

    (read,) = pinyin(
        simplified(char), style=Style.TONE3, heteronym=True, neutral_tone_with_five=True
    )[:1] or [[]]
    return read[0] if len(read) == 1 else None


@cache
def _characters() -> Mapping[str, str]:
    """For each syllable the commonest character that is read in no other way.

    How common: by jieba's dictionary, a character's own count there.
    """
    best: dict[str, str] = {}
    for char in sorted(count_characters(), key=lambda c: -count_characters()[c]):
        read = _only_reading(char)
        if read:
            best.setdefault(read, char)
    return best
