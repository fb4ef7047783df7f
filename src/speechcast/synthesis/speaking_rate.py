"""The speaking rate: whether a clip lasts as long as it should.

Answers that looked complete have lacked words. The speaking rate reveals this: the sound of an
utterance divided by the syllables of its text, compared with the other utterances of the voice.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Clip, Utterance
from .duration import count_syllables

MIN_CLIPS = 8  # clips of a voice before one of them can be compared with the rest
EXTRA_SYLLABLES = 1.0  # added to the syllables of a clip, for its edges
# How far a rate may be from the others', as a natural logarithm. Measured: the sentences of the
# online service have a standard deviation of 0.02 to 0.05, those of the local voices 0.07; the
# farthest off was 0.23.
MIN_TOLERANCE = 0.25
DEVIATIONS = 4.0  # standard deviations
SHORT_TOLERANCE = 1.5  # divided by the syllables, and added: short utterances vary more
_NORMAL = 1.4826  # standard deviations to a median deviation, of normally distributed values


@dataclass(frozen=True, slots=True)
class SpeakingRate:
    """How long a voice takes for a syllable, over several clips.

    Attributes:
        median: The natural logarithm of the seconds a syllable takes.
        deviation: The standard deviation of that logarithm, estimated robustly.
    """

    median: float
    deviation: float

    def implausible_ratio(self, utterance: Utterance, clip: Clip) -> float:
        """Return the clip's length relative to the usual; 0 if plausible."""
        difference = _log_rate(utterance, clip) - self.median
        tolerance = max(MIN_TOLERANCE, DEVIATIONS * self.deviation)
        tolerance += SHORT_TOLERANCE / _count_syllables(utterance)
        return math.exp(difference) if abs(difference) > tolerance else 0.0

    def distance(self, utterance: Utterance, clip: Clip) -> float:
        """Return how far the clip's rate is from the median.

        The distance is a natural logarithm.
        """
        return abs(_log_rate(utterance, clip) - self.median)


def measure_rate(clips: Sequence[tuple[Utterance, Clip]]) -> SpeakingRate | None:
    """Return the usual rate of a voice; None for too few clips.

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
    """Return the natural logarithm of the clip's seconds per syllable."""
    sound = sum(span.end - span.start for span in clip.spans if span)
    syllables = _count_syllables(utterance) + EXTRA_SYLLABLES
    return math.log(max(1, sound) / clip.rate / syllables)
