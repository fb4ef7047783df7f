"""How long a speech will sound, before a word of it is recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .model import Line, Token, Voice
from .reading.characters import HAN
from .timeline import gaps

_VOWELS = re.compile(r"[aeiouyà-ö]+", re.IGNORECASE)


def seconds(lines: Sequence[Line], cast: Mapping[str, Voice]) -> float:
    """The whole production, lead-in and tail included.

    What is spoken goes by syllables at each voice's pace; the pauses are known.
    """
    if not lines:
        return 0.0
    spoken = sum(
        syllables(token) / _pace(cast[line.speaker]) for line in lines for token in line.tokens
    )
    silent = sum(gaps(lines, {who: voice.pauses for who, voice in cast.items()}))
    tail = cast[lines[-1].speaker].pauses.tail + lines[-1].wait_after
    return spoken + silent + tail


def syllables(token: Token) -> int:
    """What a token is spoken in: its pinyin, or a syllable a character, a group of vowels."""
    if token.pinyin:
        return len(token.pinyin)
    han = len(HAN.findall(token.spoken))
    words = re.findall(r"[^\W\d_]+|\d", HAN.sub(" ", token.spoken))
    return han + sum(max(1, len(_VOWELS.findall(word))) for word in words)


def _pace(voice: Voice) -> float:
    """Syllables a second."""
    return voice.pace * (1 + voice.rate / 100)
