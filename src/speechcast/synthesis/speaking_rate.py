"""The speaking rate: whether a clip lasts as long as it should.

Answers that looked complete have lacked words, or held them twice. The speaking rate reveals this:
the sound of an utterance divided by the syllables of its text. It is compared with what is expected
of the voice before it was ever heard, and with its other utterances as soon as there are some.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from ..model import Clip, Token, Utterance, Voice
from ..text.han import HAN
from .duration import count_syllables

MIN_CLIPS = 3  # clips of a voice before one of them can be compared with the rest …
MIN_SYLLABLES = 4  # … each of as many syllables; shorter ones say little about the voice
EXTRA_SYLLABLES = 1.0  # added to the syllables of a clip, for its edges
# How far a rate may be from the others', as a natural logarithm. Measured: the sentences of the
# online service have a standard deviation of 0.02 to 0.05, those of the local voices 0.07; the
# farthest off was 0.23. Of fewer clips the median is less certain.
MIN_TOLERANCE = 0.25
FEW_CLIPS, FEW_TOLERANCE = 8, 0.35
DEVIATIONS = 4.0  # standard deviations
# How far a rate may be from what is expected of a voice that was not heard yet, if it is shorter or
# longer. Chosen here: voices from 3.1 to 8 syllables a second are plausible. Half a sentence of
# twenty syllables is off by 0.65, and one that is spoken twice by as much.
EXPECTED_SHORTER, EXPECTED_LONGER = 0.40, 0.55
# Of a service whose voices were measured (see `SOUNDING`): up to 7.3 syllables a second.
MEASURED_SHORTER = {"edge": 0.30}
SHORT_TOLERANCE = 1.0  # divided by the syllables, and added: short utterances vary more
# Syllables a second of sound, for one of a preset's pace, which counts the pauses between clauses.
# Measured on four recordings of two voices of the service: 5.30 to 5.55 a second of sound, where
# `DEFAULT_PACE` is 4.8; on the narrator 1.2.
SOUNDING = 1.12
_NORMAL = 1.4826  # standard deviations to a median deviation, of normally distributed values

_RUN = re.compile(r"[A-Za-zÀ-ɏ]+|\d|\w|[^\w\s]")
_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+", re.IGNORECASE)
# Syllables that a piece of text may have at the least and at the most, chosen here: an abbreviation
# may be spelled, and W has three; the scripts other than Latin and Chinese have up to one a letter;
# a symbol may be named or left out.
_PER_CAPITAL = 1.4
_PER_VOWEL_GROUP = (0.8, 1.3)
_PER_LETTER = (0.3, 1.2)
_PER_DIGIT = (0.0, 2.0)
_PER_SYMBOL = (0.0, 4.0)
_MARKS = frozenset("，。、；：！？,.;:!?…—–-~·•“”‘’\"'（）()《》〈〉【】「」『』[]{}|/\\_*^`～")


@dataclass(frozen=True, slots=True)
class SpeakingRate:
    """How long a voice takes for a syllable.

    Attributes:
        median: The natural logarithm of the seconds a syllable takes.
        shorter: How far below the logarithm of a long utterance may be.
        longer: How far above.
    """

    median: float
    shorter: float
    longer: float

    def implausible_ratio(self, utterance: Utterance, clip: Clip) -> float:
        """Return the clip's length relative to the usual; 0 if plausible.

        Where the text may be spoken in more syllables or in fewer, both are plausible.
        """
        slack = SHORT_TOLERANCE / _count_syllables(utterance)
        fewest, most = _count_range(utterance)
        from_fewest = _log_rate(clip, fewest) - self.median
        from_most = _log_rate(clip, most) - self.median
        if from_fewest < -self.shorter - slack:
            return math.exp(from_fewest)
        return math.exp(from_most) if from_most > self.longer + slack else 0.0

    def distance(self, utterance: Utterance, clip: Clip) -> float:
        """Return how far the clip's rate is from the median.

        The distance is a natural logarithm.
        """
        return abs(_log_rate(clip, _count_syllables(utterance)) - self.median)


def expected_rate(voice: Voice) -> SpeakingRate:
    """Return the rate to expect of a voice that was not heard yet.

    It follows from the preset's pace and rate.
    """
    pace = SOUNDING * voice.pace * (1 + voice.rate / 100)
    shorter = MEASURED_SHORTER.get(voice.engine, EXPECTED_SHORTER)
    return SpeakingRate(-math.log(pace), shorter, EXPECTED_LONGER)


def measure_rate(clips: Sequence[tuple[Utterance, Clip]]) -> SpeakingRate | None:
    """Return the usual rate of a voice; None for too few clips.

    It takes the median and the median deviation, which a few odd clips hardly move.

    Args:
        clips: Each utterance and its clip, all of one voice.
    """
    counted = [(_count_syllables(utterance), clip) for utterance, clip in clips]
    rates = [_log_rate(clip, count) for count, clip in counted if count >= MIN_SYLLABLES]
    if len(rates) < MIN_CLIPS:
        return None
    median = statistics.median(rates)
    deviation = _NORMAL * statistics.median(abs(rate - median) for rate in rates)
    least = MIN_TOLERANCE if len(rates) >= FEW_CLIPS else FEW_TOLERANCE
    tolerance = max(least, DEVIATIONS * deviation)
    return SpeakingRate(median, tolerance, tolerance)


def count_syllable_range(token: Token) -> tuple[float, float]:
    """Return how many syllables a token is spoken in, at the least and at the most.

    >>> count_syllable_range(Token("世界", "世界"))
    (2.0, 2.0)
    >>> low, high = count_syllable_range(Token("WTO", "WTO"))
    >>> round(low, 1), round(high, 1)
    (0.8, 4.2)
    """
    if token.pinyin:
        return float(len(token.pinyin)), float(len(token.pinyin))
    ranges = [_range_of(piece) for piece in _RUN.findall(token.spoken)]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _range_of(piece: str) -> tuple[float, float]:
    """Return the fewest and the most syllables of a word, a digit, or a single other character."""
    if HAN.match(piece) or "\uac00" <= piece <= "\ud7a3":  # Chinese, or Korean
        return 1.0, 1.0
    if piece.isdigit():
        return _PER_DIGIT
    if len(piece) > 1 or piece.isascii():
        return _range_of_word(piece) if piece.isalpha() else _range_of_symbol(piece)
    return _PER_LETTER if piece.isalnum() else _range_of_symbol(piece)


def _range_of_word(word: str) -> tuple[float, float]:
    """Return the range of a Latin word: its groups of vowels, or its letters if spelled."""
    groups = max(1, len(_VOWELS.findall(word)))
    low, high = (groups * factor for factor in _PER_VOWEL_GROUP)
    capitals = sum(map(str.isupper, word))
    spelled = capitals > 1 or not _VOWELS.search(word) or len(word) == 1
    return low, max(high, _PER_CAPITAL * len(word)) if spelled else high


def _range_of_symbol(symbol: str) -> tuple[float, float]:
    return (0.0, 0.0) if symbol in _MARKS else _PER_SYMBOL


def _count_range(utterance: Utterance) -> tuple[float, float]:
    ranges = [count_syllable_range(token) for token in utterance.tokens]
    return sum(low for low, _ in ranges), sum(high for _, high in ranges)


def _count_syllables(utterance: Utterance) -> int:
    return max(1, sum(count_syllables(token) for token in utterance.tokens))


def _log_rate(clip: Clip, syllables: float) -> float:
    """Return the natural logarithm of the clip's seconds per syllable."""
    sound = sum(span.end - span.start for span in clip.spans if span)
    return math.log(max(1, sound) / clip.rate / (syllables + EXTRA_SYLLABLES))
