"""Chinese words to toned pinyin, a syllable a character."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model import Token
from . import letters
from .simplified import simplified

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def annotated(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens, each with the pinyin of its Chinese characters, a Latin word with its letters'.

    A character without a reading is left without one: `pinyin` is then shorter than the token's
    count of characters, and it is for the engine to say so.
    """
    return tuple(replace(t, pinyin=_syllables(t.spoken)) for t in tokens)


def _syllables(word: str) -> tuple[str, ...]:
    if not HAN.search(word):
        return letters.syllables(word)
    from pypinyin import Style, lazy_pinyin

    return tuple(
        lazy_pinyin(
            simplified(word).replace("〇", "零"),
            style=Style.TONE3,
            neutral_tone_with_five=True,
            errors="ignore",
        )
    )
