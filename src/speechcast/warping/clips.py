"""Find when the words of a clip are spoken, by a clip of the same words whose times are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import Clip, Span
from . import likeness
from .features import FRAMES_A_SECOND, highest_frequency
from .likeness import extract, learn_from, match_room
from .tracks import Track, track_of
from .warp import RADIUS, warp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..units import Hertz, Mono16

    Indices = NDArray[np.int64]

COARSE = 4.0  # frames in one of the first warping
WIDE = 0.25  # of a clip: how far one voice may be ahead of the other
PACES = (0.4, 2.5)  # how much slower or faster the reference may be
# By how much a clip is more like the reference than like the same played backwards, on the average
# of its frames. Measured (`benchmarks.word_times`): 0.6 to 1.4 by Kokoro's voices, 0.5 to 0.7 by
# eSpeak NG, 0.28 to 1.4 by the draft voice; up to 0.17 for other words.
LEAST_LEAD = 0.3


def align_clip(samples: Mono16, rate: Hertz, reference: Clip) -> tuple[Span | None, ...] | None:
    """Return where each token of the reference is heard in other sound of the same words.

    Args:
        samples: The sound.
        rate: Its sample rate.
        reference: The same words by another voice, and the span of each token.

    Returns:
        Their spans; None if the sound is not like the reference.
    """
    highest = highest_frequency(min(rate, reference.rate))
    spoken = track_of(samples, rate, highest)
    timed = track_of(reference.samples, reference.rate, highest)
    if not _comparable(spoken, timed):
        return None
    path, score = _warp_whole(spoken, timed)
    if score - _warp_whole(spoken, timed.backwards())[1] < LEAST_LEAD:
        return None
    heard = np.flatnonzero(path >= 0)
    frames, first, counts = np.unique(path[heard], return_index=True, return_counts=True)
    rows = np.add.reduceat(heard.astype(np.float64), first) / counts
    times = np.interp(rows, np.arange(len(spoken.numbers)), spoken.numbers)
    return tuple(
        _map_span(span, reference.rate, rate, timed, (frames, times)) for span in reference.spans
    )


def _comparable(spoken: Track, reference: Track) -> bool:
    """Return whether both sound, one at most a few times as long as the other."""
    sounding, expected = (~spoken.silent).sum(), (~reference.silent).sum()
    slower, faster = PACES
    return bool(sounding and expected and slower <= expected / sounding <= faster)


def _warp_whole(spoken: Track, reference: Track) -> tuple[Indices, float]:
    """Return the frame of the reference that is heard in each of the sound, and their likeness."""
    timed, powers = match_room(reference.powers, spoken.powers)
    coarse = extract(powers, spoken.silent, COARSE), extract(timed, reference.silent, COARSE)
    rows, columns = (len(features.silent) for features in coarse)
    line = np.linspace(0, columns - 1, rows)
    alike = likeness.guess(likeness.ALIKE)
    wide = max(RADIUS, round(WIDE * columns))
    path, _ = warp(alike.score(*coarse), 0, line.astype(np.int64), slice(0, columns), wide)
    alike = learn_from(path, *coarse)
    path, _ = warp(alike.score(*coarse), 0, line.astype(np.int64), slice(0, columns), wide)
    fine = extract(powers, spoken.silent, 1.0), extract(timed, reference.silent, 1.0)
    centers = _refine_path(path, len(fine[0].silent), len(fine[1].silent))
    scorer = learn_from(centers, *fine).score(*fine)
    path, scores = warp(scorer, 0, centers, slice(0, len(fine[1].silent)))
    heard = (path >= 0) & ~fine[0].silent
    return path, float(scores[heard].mean()) if heard.any() else 0.0


def _refine_path(path: Indices, rows: int, columns: int) -> Indices:
    """Return a coarse path at the fine step, the ends drawn out."""
    heard = np.flatnonzero(path >= 0)
    if not len(heard):
        return np.linspace(0, columns - 1, rows).astype(np.int64)
    points = (heard + 0.5) * COARSE, (path[heard] + 0.5) * COARSE
    centers = np.interp(np.arange(rows) + 0.5, *points)
    return np.asarray(np.minimum(centers, columns - 1), np.int64)


def _map_span(
    span: Span | None,
    reference_rate: Hertz,
    rate: Hertz,
    reference: Track,
    path: tuple[Sequence[float] | NDArray[np.int64], NDArray[np.float64]],
) -> Span | None:
    """Return where a span of the reference is heard."""
    if span is None:
        return None
    numbers = np.array([span.start, span.end]) * FRAMES_A_SECOND / reference_rate
    frames = np.interp(numbers, reference.numbers, np.arange(len(reference.numbers)))
    start, end = np.interp(frames, *path) * rate / FRAMES_A_SECOND
    return Span(round(float(start)), max(round(float(start)) + 1, round(float(end))))
