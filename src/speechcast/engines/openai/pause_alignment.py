"""Where a line's tokens are heard, when nobody says so: by the pauses in its sound.

A mark in the text is, as a rule, a pause in the sound, and a pause a mark. Which is which is found
as two sequences are aligned: phrases of so many syllables against ranges of so many seconds,
with a price for a mark without a pause, for a pause without a mark, and for a phrase that would be
spoken faster or slower than the rest. Between two pauses the syllables share the sound evenly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import inf

from ...model import Span, Token
from ...text.han import is_east_asian

UNEVEN = (0.08, 0.12)  # seconds a phrase may be off without much ado, and per second of it
UNMARKED = 4.0  # price of a second of silence where the text has no mark
# Price of a mark without a pause.
UNHEARD = {
    **dict.fromkeys("、:：—–", 0.7),
    **dict.fromkeys("，,;；…", 1.5),
    **dict.fromkeys("。．.!！?？", 4.0),
}
LATIN = 0.3  # of a syllable is a Latin letter, in time: better than groups of vowels (measured)
SHORTEST = 0.5
MOST_PHRASES, MOST_SOUNDS = 8, 24  # that are looked at together: enough for any speech


@dataclass(frozen=True, slots=True)
class Phrase:
    """The voiced tokens between two marks, by their places; `price` is that of the mark after."""

    tokens: tuple[int, ...]
    price: float


def align_to_pauses(tokens: Sequence[Token], sounds: Sequence[Span], rate: int) -> list[Span | None]:
    """Each voiced token's span. `sounds` are the ranges that sound, at least one."""
    phrases = _phrases(tokens)
    weights = [_weight(token) for token in tokens]
    spans: list[Span | None] = [None] * len(tokens)
    sizes = [sum(weights[i] for i in phrase.tokens) for phrase in phrases]
    first = 0
    for last, span in _Alignment(phrases, sizes, sounds, rate).segments:
        inside = [i for phrase in phrases[first:last] for i in phrase.tokens]
        heard = [s for s in sounds if span.start <= s.start and s.end <= span.end]
        shares = _shared([weights[i] for i in inside], heard)
        for i, share in zip(inside, shares, strict=True):
            spans[i] = share
        first = last
    return spans


def _weight(token: Token) -> float:
    """About how many syllables' time it takes; a Latin word goes by its letters."""
    letters = [c for c in token.spoken if c.isalnum()]
    latin = sum(c.isalpha() and not is_east_asian(c) for c in letters)
    return max(SHORTEST, len(letters) - latin + LATIN * latin)


def _phrases(tokens: Sequence[Token]) -> list[Phrase]:
    phrases: list[Phrase] = []
    inside: list[int] = []
    for i, token in enumerate(tokens):
        if token.voiced:
            inside.append(i)
            continue
        price = max((UNHEARD.get(c, 0.0) for c in token.spoken), default=0.0)
        if price and inside:
            phrases.append(Phrase(tuple(inside), price))
            inside = []
    return [*phrases, Phrase(tuple(inside), 0.0)] if inside else phrases


@dataclass(frozen=True)
class _Alignment:
    """Phrases of these sizes (syllables) against ranges of sound."""

    phrases: Sequence[Phrase]
    sizes: Sequence[float]
    sounds: Sequence[Span]
    rate: int

    @property
    def segments(self) -> list[tuple[int, Span]]:
        """The cheapest way: up to which phrase (not included) each range of the sound goes."""
        best = {(0, 0): (0.0, (0, 0))}
        for i in range(1, len(self.phrases) + 1):
            for j in range(1, len(self.sounds) + 1):
                price, way = min(
                    (
                        (best[h, k][0] + self._price(h, i, k, j), (h, k))
                        for h in range(max(0, i - MOST_PHRASES), i)
                        for k in range(max(0, j - MOST_SOUNDS), j)
                        if (h, k) in best
                    ),
                    default=(inf, (0, 0)),
                )
                if price < inf:
                    best[i, j] = price, way
        return self._traced({at: way for at, (_, way) in best.items()})

    def _traced(self, ways: dict[tuple[int, int], tuple[int, int]]) -> list[tuple[int, Span]]:
        at = len(self.phrases), len(self.sounds)
        if at not in ways:  # nothing fits: all of the text somewhere in all of the sound
            return [(at[0], Span(self.sounds[0].start, self.sounds[-1].end))]
        segments: list[tuple[int, Span]] = []
        while at != (0, 0):
            before = ways[at]
            span = Span(self.sounds[before[1]].start, self.sounds[at[1] - 1].end)
            segments.append((at[0], span))
            at = before
        return segments[::-1]

    def _price(self, h: int, i: int, k: int, j: int) -> float:
        """Of phrases `h` to `i` in sounds `k` to `j`."""
        expected = (self._said[i] - self._said[h]) * self._pace
        off = (self._sound[j] - self._sound[k] - expected) / (UNEVEN[0] + UNEVEN[1] * expected)
        unheard = self._unheard[i - 1] - self._unheard[h]
        return off * off / 2 + unheard + UNMARKED * (self._silence[j - 1] - self._silence[k])

    @cached_property
    def _said(self) -> list[float]:
        return [0.0, *accumulate(self.sizes)]

    @cached_property
    def _sound(self) -> list[float]:
        return [0.0, *accumulate((s.end - s.start) / self.rate for s in self.sounds)]

    @cached_property
    def _pace(self) -> float:
        return self._sound[-1] / self._said[-1]

    @cached_property
    def _unheard(self) -> list[float]:
        return [0.0, *accumulate(phrase.price for phrase in self.phrases)]

    @cached_property
    def _silence(self) -> list[float]:
        """Seconds of silence before each sound but the first, added up."""
        gaps = (b.start - a.end for a, b in pairwise(self.sounds))
        return [0.0, *accumulate(gap / self.rate for gap in gaps)]


def _shared(weights: Sequence[float], sounds: Sequence[Span]) -> list[Span]:
    """The sounds shared out among so many, by their weights; silence is nobody's."""
    total = sum(s.end - s.start for s in sounds)
    edges = [round(total * part / sum(weights)) for part in accumulate(weights)]
    return [
        Span(_at(start, sounds, after=True), _at(end, sounds, after=False))
        for start, end in pairwise([0, *edges])
    ]


def _at(sounding: int, sounds: Sequence[Span], *, after: bool) -> int:
    """Where so many samples have sounded; at a silence, after or before it."""
    for sound in sounds:
        length = sound.end - sound.start
        if sounding < length or (sounding == length and not after):
            return sound.start + sounding
        sounding -= length
    return sounds[-1].end
