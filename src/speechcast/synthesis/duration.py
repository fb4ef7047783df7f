"""An estimate of how long a speech lasts, before it is recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from ..model import Token, Utterance, Voice
from ..text.han import HAN
from ..timeline import gaps
from ..units import Seconds

# Seconds that a Chinese utterance takes in addition to its syllables, as measured; by engine.
_EDGES = {"kokoro": 0.18}
_TYPICAL = 28  # syllables of the utterances on which the presets' paces were measured
_VOWELS = re.compile(r"[aeiouyà-ö]+", re.IGNORECASE)


def estimate_seconds(utterances: Sequence[Utterance], cast: Mapping[str, Voice]) -> Seconds:
    """Estimate the length of the whole production, lead-in and tail included.

    Speech is estimated by its syllables and the pace of each voice; the pauses are known.

    Args:
        utterances: What is spoken.
        cast: The voice of each speaker, by the speaker's label.
    """
    if not utterances:
        return 0.0
    speech = estimate_spoken(utterances, cast)
    silence = sum(gaps(utterances, {speaker: voice.pauses for speaker, voice in cast.items()}))
    tail = cast[utterances[-1].speaker].pauses.tail + utterances[-1].pause_after
    return speech + silence + tail


def estimate_spoken(utterances: Sequence[Utterance], cast: Mapping[str, Voice]) -> Seconds:
    """Estimate how long utterances sound, without the pauses around and between them."""
    return sum(_estimate_speech(utterance, cast[utterance.speaker]) for utterance in utterances)


def count_syllables(token: Token) -> int:
    """Return how many syllables a token is spoken in.

    That is its pinyin if it has any; otherwise each Chinese character, each digit and each group of
    vowels of a word counts as one.

    >>> count_syllables(Token("5%", "百分之五", ("bai3", "fen1", "zhi1", "wu3")))
    4
    >>> count_syllables(Token("Hello，世界", "Hello，世界"))
    4
    """
    return len(token.pinyin) or _count_in_text(token.spoken)


@lru_cache(maxsize=10_000)  # most tokens without pinyin are marks, or the words of one language
def _count_in_text(spoken: str) -> int:
    chinese = len(HAN.findall(spoken))
    words = re.findall(r"[^\W\d_]+|\d", HAN.sub(" ", spoken))
    return chinese + sum(max(1, len(_VOWELS.findall(word))) for word in words)


def _estimate_speech(utterance: Utterance, voice: Voice) -> Seconds:
    """Estimate an utterance from its first sound to its last.

    Each syllable of a short utterance takes longer.
    """
    count = sum(map(count_syllables, utterance.tokens))
    chinese = HAN.search(utterance.spoken) is not None
    edges = _EDGES.get(voice.engine, 0.0) * (1 - count / _TYPICAL) if chinese else 0.0
    return max(0.0, count / _syllables_per_second(voice) + edges)


def _syllables_per_second(voice: Voice) -> float:
    return voice.pace * (1 + voice.rate / 100)
