"""Estimate tokens' times from the pauses in an utterance's sound.

A punctuation mark in the text is usually a pause in the sound, and a pause usually a mark. They are
matched by dynamic programming, as two sequences are aligned: phrases, measured in syllables, with
ranges of sound, in seconds. There is a cost for a mark without a pause, for a pause without a mark,
and for a phrase spoken faster or slower than the rest. Between two pauses the syllables share the
sound evenly.

The costs were chosen by hand for this project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import inf

from ...model import Span, Token
from ...text.han import is_east_asian
from ...units import Hertz, Samples, Seconds

TOLERANCE = 0.08  # seconds a phrase may be longer or shorter than expected, at little cost …
TOLERANCE_PER_SECOND = 0.12  # … and the seconds to add for each second of it
UNMARKED_COST = 4.0  # of a second of silence where the text has no mark
UNHEARD_COSTS = {
    **dict.fromkeys("、:：—–", 0.7),
    **dict.fromkeys("，,;；…", 1.5),
    **dict.fromkeys("。．.!！?？", 4.0),
}
"""Mark → the cost of finding no pause for it."""

LATIN_LETTER = 0.3  # syllables a Latin letter lasts; measured better than counting vowel groups
MIN_SYLLABLES = 0.5  # a token lasts
MAX_PHRASES = 8  # that one range of sound may hold; enough for any speech
MAX_SOUNDS = 24  # ranges that one group of phrases may be spread over


@dataclass(frozen=True, slots=True)
class Phrase:
    """The voiced tokens between two marks, by index.

    `cost` is the cost of the mark after them if it has no pause.
    """

    tokens: tuple[int, ...]
    cost: float


def align_to_pauses(
    tokens: Sequence[Token], sounds: Sequence[Span], rate: Hertz
) -> list[Span | None]:
    """Return an estimated span for each voiced token, None for the others.

    Args:
        tokens: The utterance's tokens.
        sounds: The ranges of the clip that are not silent, in order; at least one.
        rate: The clip's samples a second.
    """
    phrases = _split_phrases(tokens)
    syllables = [_estimate_syllables(token) for token in tokens]
    spans: list[Span | None] = [None] * len(tokens)
    sizes = [sum(syllables[i] for i in phrase.tokens) for phrase in phrases]
    first = 0
    for last, span in _Alignment(phrases, sizes, sounds, rate).find_segments():
        inside = [i for phrase in phrases[first:last] for i in phrase.tokens]
        audible = [s for s in sounds if span.start <= s.start and s.end <= span.end]
        shares = _divide([syllables[i] for i in inside], audible)
        for i, share in zip(inside, shares, strict=True):
            spans[i] = share
        first = last
    return spans


def _estimate_syllables(token: Token) -> float:
    """Return the token's estimated length in syllables.

    That of a Latin word is estimated by its letters.
    """
    letters = [c for c in token.spoken if c.isalnum()]
    latin = sum(c.isalpha() and not is_east_asian(c) for c in letters)
    return max(MIN_SYLLABLES, len(letters) - latin + LATIN_LETTER * latin)


def _split_phrases(tokens: Sequence[Token]) -> list[Phrase]:
    """Return the phrases between the marks that may be pauses."""
    phrases: list[Phrase] = []
    inside: list[int] = []
    for i, token in enumerate(tokens):
        if token.voiced:
            inside.append(i)
            continue
        cost = max((UNHEARD_COSTS.get(c, 0.0) for c in token.spoken), default=0.0)
        if cost and inside:
            phrases.append(Phrase(tuple(inside), cost))
            inside = []
    return [*phrases, Phrase(tuple(inside), 0.0)] if inside else phrases


@dataclass(frozen=True)
class _Alignment:
    """An alignment of phrases with ranges of sound.

    The sizes of the phrases are in syllables.
    """

    phrases: Sequence[Phrase]
    sizes: Sequence[float]
    sounds: Sequence[Span]
    rate: Hertz

    def find_segments(self) -> list[tuple[int, Span]]:
        """Return the cheapest alignment.

        Each entry is the index after a group's last phrase, and the range of the sound it takes.
        """
        best = {(0, 0): (0.0, (0, 0))}
        for i in range(1, len(self.phrases) + 1):
            for j in range(1, len(self.sounds) + 1):
                cost, before = min(
                    (
                        (best[h, k][0] + self._cost(h, i, k, j), (h, k))
                        for h in range(max(0, i - MAX_PHRASES), i)
                        for k in range(max(0, j - MAX_SOUNDS), j)
                        if (h, k) in best
                    ),
                    default=(inf, (0, 0)),
                )
                if cost < inf:
                    best[i, j] = cost, before
        return self._trace({state: before for state, (_, before) in best.items()})

    def _trace(self, previous: dict[tuple[int, int], tuple[int, int]]) -> list[tuple[int, Span]]:
        """Return the segments of the cheapest path.

        The path ends at the last phrase and the last sound.
        """
        state = len(self.phrases), len(self.sounds)
        if state not in previous:  # no alignment: the whole text takes the whole sound
            return [(state[0], Span(self.sounds[0].start, self.sounds[-1].end))]
        segments: list[tuple[int, Span]] = []
        while state != (0, 0):
            before = previous[state]
            span = Span(self.sounds[before[1]].start, self.sounds[state[1] - 1].end)
            segments.append((state[0], span))
            state = before
        return segments[::-1]

    def _cost(self, h: int, i: int, k: int, j: int) -> float:
        """Return the cost of phrases `h`–`i` in sounds `k`–`j`.

        The ends are not included.
        """
        expected = (self._syllables[i] - self._syllables[h]) * self._syllable_seconds
        excess = self._sound[j] - self._sound[k] - expected
        deviation = excess / (TOLERANCE + TOLERANCE_PER_SECOND * expected)
        unheard = self._unheard[i - 1] - self._unheard[h]
        unmarked = UNMARKED_COST * (self._silence[j - 1] - self._silence[k])
        return deviation * deviation / 2 + unheard + unmarked

    @cached_property
    def _syllables(self) -> list[float]:
        """The syllables before each phrase, and of all."""
        return [0.0, *accumulate(self.sizes)]

    @cached_property
    def _sound(self) -> list[Seconds]:
        """The seconds of sound before each range, and of all."""
        return [0.0, *accumulate((s.end - s.start) / self.rate for s in self.sounds)]

    @cached_property
    def _syllable_seconds(self) -> Seconds:
        return self._sound[-1] / self._syllables[-1]

    @cached_property
    def _unheard(self) -> list[float]:
        """The cumulative costs of the marks before each phrase.

        The last number is the cost of all marks.
        """
        return [0.0, *accumulate(phrase.cost for phrase in self.phrases)]

    @cached_property
    def _silence(self) -> list[Seconds]:
        """The seconds of silence before each range but the first, added up."""
        gaps = (b.start - a.end for a, b in pairwise(self.sounds))
        return [0.0, *accumulate(gap / self.rate for gap in gaps)]


def _divide(weights: Sequence[float], sounds: Sequence[Span]) -> list[Span]:
    """Return a span of the sound in proportion to each weight.

    Silence is not counted.
    """
    total = sum(s.end - s.start for s in sounds)
    edges = [round(total * part / sum(weights)) for part in accumulate(weights)]
    return [
        Span(_locate(start, sounds, after=True), _locate(end, sounds, after=False))
        for start, end in pairwise([0, *edges])
    ]


def _locate(sounding: Samples, sounds: Sequence[Span], *, after: bool) -> Samples:
    """Return the position after `sounding` samples of sound.

    In a silence, it is the end if `after`, else the start.
    """
    for sound in sounds:
        length = sound.end - sound.start
        if sounding < length or (sounding == length and not after):
            return sound.start + sounding
        sounding -= length
    return sounds[-1].end
