"""How long a speech will sound, before a word of it is recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..model import Token, Utterance, Voice
from ..text.han import HAN
from ..timeline import gaps

# Seconds that a line of Chinese takes beyond so much a syllable, by engine, as they were measured.
_EDGES = {"kokoro": 0.18}
_TYPICAL = 28  # syllables of the lines on which the presets' paces were measured
_VOWELS = re.compile(r"[aeiouyà-ö]+", re.IGNORECASE)


def estimate_seconds(utterances: Sequence[Utterance], cast: Mapping[str, Voice]) -> float:
    """The whole production, lead-in and tail included.

    What is spoken goes by syllables at each voice's pace; the pauses are known.
    """
    if not utterances:
        return 0.0
    spoken = sum(_spoken(line, cast[line.speaker]) for line in utterances)
    silent = sum(gaps(utterances, {who: voice.pauses for who, voice in cast.items()}))
    tail = cast[utterances[-1].speaker].pauses.tail + utterances[-1].pause_after
    return spoken + silent + tail


def _spoken(line: Utterance, voice: Voice) -> float:
    """The seconds from its first sound to its last; a short line is slower than a long one."""
    count = sum(map(count_syllables, line.tokens))
    chinese = HAN.search(line.spoken) is not None
    edges = _EDGES.get(voice.engine, 0.0) * (1 - count / _TYPICAL) if chinese else 0.0
    return max(0.0, count / _pace(voice) + edges)


def count_syllables(token: Token) -> int:
    """What a token is spoken in: its pinyin, or a syllable a character, a group of vowels."""
    if token.pinyin:
        return len(token.pinyin)
    han = len(HAN.findall(token.spoken))
    words = re.findall(r"[^\W\d_]+|\d", HAN.sub(" ", token.spoken))
    return han + sum(max(1, len(_VOWELS.findall(word))) for word in words)


def _pace(voice: Voice) -> float:
    """Syllables a second."""
    return voice.pace * (1 + voice.rate / 100)
