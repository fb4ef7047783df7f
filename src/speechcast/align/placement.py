"""Place the words of a text in a recording: what is heard and where, and what is not.

The lengths below were chosen for this project, on trials with sentences dropped, doubled and
swapped (`python -m benchmarks.align_trials`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..model import Span
from ..units import Hertz, Samples, Seconds
from ..warping.features import FRAMES_A_SECOND
from .refining import Passage
from .snapping import snap
from .tracks import Recording, Reference, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

BRIDGED = 1.0  # seconds of words that are laid on unlike sound between two passages
BRIDGE_PACE = 0.35  # of the words' length that must sound there
ADDED = 1.0  # seconds of sound that is not in the text, to be worth naming


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word of the reference that is in the recording.

    Attributes:
        word: Its place in the text.
        span: Where it is heard, in samples of the recording.
        lead: How much more its sound is like the reference's than like other speech.
    """

    word: Word
    span: Span
    lead: float


@dataclass(frozen=True, slots=True)
class Unspoken:
    """Words that follow each other in the text and are not in the recording.

    Attributes:
        words: The words.
        position: Where they would be, in samples of the recording.
        seconds: How long the embedded voice speaks them.
    """

    words: tuple[Word, ...]
    position: Samples
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the words of a text are heard in a recording.

    Attributes:
        heard: The words that are heard, in order.
        unspoken: Those that are not.
        added: Where there is sound that is not in the text.
    """

    heard: tuple[HeardWord, ...]
    unspoken: tuple[Unspoken, ...]
    added: tuple[Span, ...]


def place_words(
    recording: Recording, reference: Reference, passages: Sequence[Passage]
) -> Placement:
    """Return where each word is heard, snapped to the silences of the recording."""
    heard = [word for passage in passages for word in _read_passage(recording, reference, passage)]
    heard = _bridge(recording, reference, heard)
    utterances = [word.word.utterance for word in heard]
    spans = snap([word.span for word in heard], utterances, recording)
    snapped = [replace(word, span=span) for word, span in zip(heard, spans, strict=True)]
    return Placement(
        tuple(snapped),
        tuple(_find_unspoken(reference, snapped)),
        tuple(_find_added(recording, snapped)),
    )


def _read_passage(
    recording: Recording, reference: Reference, passage: Passage
) -> Iterator[HeardWord]:
    """Yield the words whose middle is in a passage."""
    frames, rows = _flattened(passage)
    for word in reference.words:
        if not frames[0] - 1 <= (word.start + word.end) / 2 <= frames[-1] + 1:
            continue
        start, end = np.interp((word.start, word.end), frames, rows)
        inside = slice(
            *np.searchsorted(passage.frames, (word.start, max(word.end, word.start + 1)))
        )
        leads = passage.leads[inside]
        span = Span(recording.position(float(start)), recording.position(float(end)))
        yield HeardWord(word, span, float(leads.mean()) if len(leads) else 0.0)


def _flattened(passage: Passage) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each frame of a passage once, with the mean of the rows it is heard in."""
    frames, first, counts = np.unique(passage.frames, return_index=True, return_counts=True)
    return frames, np.add.reduceat(passage.rows, first) / counts


def _bridge(
    recording: Recording, reference: Reference, heard: Sequence[HeardWord]
) -> list[HeardWord]:
    """Lay the few words between two passages on the sound between them, if there is enough."""
    order = {word: number for number, word in enumerate(reference.words)}
    bridged: list[HeardWord] = []
    for before, after in pairwise([None, *heard]):
        assert after is not None
        if before is not None:
            words = reference.words[order[before.word] + 1 : order[after.word]]
            gap = Span(before.span.end, after.span.start)
            if words and _fits(words, _sounding(recording, gap) / recording.rate):
                bridged += _spread(words, gap, before.word, after.word, recording.rate)
        bridged.append(after)
    return bridged


def _fits(words: Sequence[Word], sounding: Seconds) -> bool:
    length = _length(words)
    return length <= BRIDGED and BRIDGE_PACE * length <= sounding <= length / BRIDGE_PACE


def _length(words: Sequence[Word]) -> Seconds:
    return sum(word.end - word.start for word in words) / FRAMES_A_SECOND


def _spread(
    words: Sequence[Word], gap: Span, before: Word, after: Word, rate: Hertz
) -> Iterator[HeardWord]:
    """Yield the words, spread over a gap in proportion to their lengths.

    Between two sentences the words are not stretched: those of the first follow it, those of the
    second end where it goes on.
    """
    first, last = words[0].start, words[-1].end
    scale = (gap.end - gap.start) / max(1.0, last - first)
    if before.utterance != after.utterance:
        scale = min(scale, rate / FRAMES_A_SECOND)
    for word in words:
        edges = (round((edge - first) * scale) for edge in (word.start, word.end))
        rest = gap.end - gap.start - round((last - first) * scale)
        moved = gap.start if word.utterance == before.utterance else gap.start + rest
        yield HeardWord(word, Span(*edges).shifted(moved), 0.0)


def _sounding(recording: Recording, gap: Span) -> Samples:
    """Return how many samples of a gap sound."""
    return sum(span.end - span.start for span in _sounds_in(recording, gap))


def _sounds_in(recording: Recording, gap: Span) -> Iterator[Span]:
    ranges = recording.sounds
    for span in ranges[bisect_left(ranges, gap.start, key=lambda r: r.end) :]:
        if span.start >= gap.end:
            break
        if (start := max(span.start, gap.start)) < (end := min(span.end, gap.end)):
            yield Span(start, end)


def _find_unspoken(reference: Reference, heard: Sequence[HeardWord]) -> Iterator[Unspoken]:
    """Yield the words that are not heard, as long as no heard word stands between them."""
    places = {word.word: word.span for word in heard}
    missing: list[Word] = []
    position = 0
    for word in reference.words:
        span = places.get(word)
        if span is None:
            missing.append(word)
            continue
        if missing:
            yield Unspoken(tuple(missing), position, _length(missing))
            missing = []
        position = span.end
    if missing:
        yield Unspoken(tuple(missing), position, _length(missing))


def _find_added(recording: Recording, heard: Sequence[HeardWord]) -> Iterator[Span]:
    """Yield where the recording sounds for long and no word is."""
    edges = [0, *(edge for word in heard for edge in word.span), recording.activity.length]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        sounds = list(_sounds_in(recording, Span(start, end)))
        if sum(s.end - s.start for s in sounds) >= ADDED * recording.rate:
            yield Span(sounds[0].start, sounds[-1].end)
