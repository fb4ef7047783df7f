"""Does a clip last about as long as what it says takes this voice to say?

Words have been lost from answers that looked well. What is left to notice them by is the rate: the
sound of a line against the syllables of its text, held against the other lines of the same voice.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Clip, Utterance
from .duration import count_syllables

FEWEST = 8  # clips of a voice before one of them can be told from the rest
ONSET = 1.0  # syllables' worth of time any clip takes beside its syllables
# How far a rate may be from the others', as a logarithm. Measured so: sentences of the service have
# a standard deviation of 0.02 to 0.05, of the embedded voices 0.07; the farthest off was 0.23.
CLOSEST = 0.25
SPREAD = 4.0  # standard deviations
SHORT = 1.5  # divided by the syllables, and added: short lines are spoken freely


@dataclass(frozen=True, slots=True)
class SpeakingRate:
    """Seconds of sound a syllable takes, in logarithms, over several clips."""

    median: float
    deviation: float

    def implausible_ratio(self, line: Utterance, clip: Clip) -> float:
        """How many times as long as it should be the clip is; 0 where that may well be."""
        off = _rate(line, clip) - self.median
        bound = max(CLOSEST, SPREAD * self.deviation) + SHORT / _syllables(line)
        return math.exp(off) if abs(off) > bound else 0.0

    def distance(self, line: Utterance, clip: Clip) -> float:
        """How far from the others' rate the clip is."""
        return abs(_rate(line, clip) - self.median)


def measure_rate(clips: Sequence[tuple[Utterance, Clip]]) -> SpeakingRate | None:
    """What is usual among these clips of one voice; None where there are too few to tell.

    Median and median deviation, which the odd ones among them hardly move.
    """
    if len(clips) < FEWEST:
        return None
    rates = [_rate(line, clip) for line, clip in clips]
    middle = statistics.median(rates)
    deviation = 1.4826 * statistics.median(abs(r - middle) for r in rates)  # of a normal spread
    return SpeakingRate(middle, deviation)


def _syllables(line: Utterance) -> int:
    return max(1, sum(count_syllables(token) for token in line.tokens))


def _rate(line: Utterance, clip: Clip) -> float:
    sound = sum(span.end - span.start for span in clip.spans if span)
    return math.log(max(1, sound) / clip.rate / (_syllables(line) + ONSET))
