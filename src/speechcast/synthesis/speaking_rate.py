"""Does a clip last about as long as its text takes this voice to speak?

Words have been missing from answers that looked complete. What is left to notice them by is the
speaking rate: the sound of an utterance divided by the syllables of its text, compared with the
other utterances of the same voice.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Clip, Utterance
from .duration import count_syllables

MIN_CLIPS = 8  # clips of a voice before one of them can be compared with the rest
EXTRA_SYLLABLES = 1.0  # what a clip lasts beside its syllables, in syllables
# How far a rate may be from the others', as a natural logarithm. Measured: the sentences of the
# online service have a standard deviation of 0.02 to 0.05, those of the local voices 0.07; the
# farthest off was 0.23.
MIN_TOLERANCE = 0.25
DEVIATIONS = 4.0  # standard deviations
SHORT_TOLERANCE = 1.5  # divided by the syllables, and added: short utterances vary more
_NORMAL = 1.4826  # standard deviations to a median deviation, of normally distributed values


@dataclass(frozen=True, slots=True)
class SpeakingRate:
    """How long a voice speaks on a syllable, over several clips.

    Attributes:
        median: The natural logarithm of the seconds a syllable takes.
        deviation: The standard deviation of that logarithm, estimated robustly.
    """

    median: float
    deviation: float

    def implausible_ratio(self, utterance: Utterance, clip: Clip) -> float:
        """Return how many times as long as usual the clip lasts; 0 if that is plausible."""
        difference = _log_rate(utterance, clip) - self.median
        tolerance = max(MIN_TOLERANCE, DEVIATIONS * self.deviation)
        tolerance += SHORT_TOLERANCE / _count_syllables(utterance)
        return math.exp(difference) if abs(difference) > tolerance else 0.0

    def distance(self, utterance: Utterance, clip: Clip) -> float:
        """Return how far the rate of the clip is from the median, as a natural logarithm."""
        return abs(_log_rate(utterance, clip) - self.median)


def measure_rate(clips: Sequence[tuple[Utterance, Clip]]) -> SpeakingRate | None:
    """Measure the usual rate of one voice; None where there are too few clips to tell.

    It takes the median and the median deviation, which a few odd clips hardly move.

    Args:
        clips: Each utterance and its clip, all of one voice.
    """
    if len(clips) < MIN_CLIPS:
        return None
    rates = [_log_rate(utterance, clip) for utterance, clip in clips]
    median = statistics.median(rates)
    deviation = _NORMAL * statistics.median(abs(rate - median) for rate in rates)
    return SpeakingRate(median, deviation)


def _count_syllables(utterance: Utterance) -> int:
    return max(1, sum(count_syllables(token) for token in utterance.tokens))


def _log_rate(utterance: Utterance, clip: Clip) -> float:
    """Return the natural logarithm of the seconds that a syllable takes in the clip."""
    sound = sum(span.end - span.start for span in clip.spans if span)
    syllables = _count_syllables(utterance) + EXTRA_SYLLABLES
    return math.log(max(1, sound) / clip.rate / syllables)
