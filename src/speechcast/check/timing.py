"""Cue starts against onsets, and sound against cues.

A cue that follows a pause ought to come in with the sound. Which onset is its own is found in two
steps: how far the subtitles around it are off as a whole (so that a shift or a drift is followed),
then the nearest onset to where the cue should be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..audio.file_activity import AudioActivity
from ..subtitles.read import Caption
from .report import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAUSE = 200  # ms of silence before an onset that a reader notices
NEAR = 150  # ms a cue may be off its neighbours and still be matched
FAR = 15_000  # ms the subtitles may be off as a whole and still be followed
AROUND = 8  # cues on either side that are looked at together
BIN = 40  # ms
ALIKE = 10  # ms between two fits that make no difference
CLEARLY = 0.6  # a likely shift that fits so many as the best one, or
MOST = 0.75  # that accounts for so many of the onsets, holds
ALLOWED_MEDIAN, ALLOWED_P99, ALLOWED_DRIFT = 40, 120, 40  # ms; 40 is a frame at 25 a second
JUMP = 300  # ms between neighbours' offsets that is no drift any more
SLACK = 80  # ms of sound before or after a cue that is no fault
SHORTEST_LOSS = 250  # ms of sound without a cue that is


class Offset(NamedTuple):
    """How far one cue's start is off its onset: ms, positive where it is late."""

    cue: int
    start: int
    error: int


def offsets(captions: Sequence[Caption], heard: AudioActivity) -> list[Offset]:
    """One for every cue that follows a pause."""
    ranges = _milliseconds(heard)
    onsets = [b for (_, a), (b, _) in pairwise([(0, -PAUSE), *ranges]) if b - a >= PAUSE]
    starts = [c.start for c in captions]
    shifts = _shifts(starts, onsets)
    found = []
    for i, start in enumerate(starts):
        around = (i, max(0, i - AROUND), min(len(starts) - 1, i + AROUND))
        before = captions[i - 1].end if i else 0
        off_by = dict.fromkeys(shifts[n] for n in around)
        error = _error(captions[i], before, off_by, onsets, ranges)
        if error is not None:
            found.append(Offset(i + 1, start, error))
    return found


def judged(offsets: Sequence[Offset], captions: Sequence[Caption]) -> Iterator[Finding]:
    """What is wrong with the cue starts as a whole, and where."""
    if not offsets:
        if captions:
            yield Finding("timing", "no cue begins with a sound after a pause", captions[0].start)
        return
    measured = dict(figures(offsets))
    median, drift = (measured[f"cue start against onset, {k}"] or 0 for k in ("median", "drift"))
    if abs(median) > ALLOWED_MEDIAN:
        yield Finding("timing", f"the subtitles come {_late(median)}")
    spread = float(np.percentile([abs(o.error - median) for o in offsets], 99))
    if spread > ALLOWED_P99:
        worst = max(offsets, key=lambda o: abs(o.error - median))
        message = (
            f"1 % are {spread:.0f} ms or more off the others; this cue comes {_late(worst.error)}"
        )
        yield Finding("timing", message, worst.start, worst.cue)
    if abs(drift) > ALLOWED_DRIFT:
        yield Finding("drift", f"in the last quarter they come {_later(drift)} than in the first")
    for before, after in pairwise(offsets):
        if abs(after.error - before.error) > JUMP:
            change = after.error - before.error
            yield Finding(
                "jump",
                f"from here on the subtitles come {_later(change)}",
                after.start,
                after.cue,
            )


def astray(offsets: Sequence[Offset]) -> frozenset[int]:
    """The numbers of the cues that are off their onset by more than a reader forgives."""
    return frozenset(o.cue for o in offsets if abs(o.error) > ALLOWED_P99)


def figures(offsets: Sequence[Offset]) -> Iterator[tuple[str, float | None]]:
    """Median (signed), percentiles and worst (absolute), drift from first to last quarter; ms."""
    errors = np.array([o.error for o in offsets], float)
    names = ("median", "median size", "95th percentile", "99th percentile", "worst", "drift")
    if not len(errors):
        yield from ((f"cue start against onset, {name}", None) for name in names)
        return
    quarter = max(1, len(errors) // 4)
    sizes = np.abs(errors)
    drift = np.median(errors[-quarter:]) - np.median(errors[:quarter])
    values = (np.median(errors), *np.percentile(sizes, (50, 95, 99)), sizes.max(), drift)
    for name, value in zip(names, values, strict=True):
        yield f"cue start against onset, {name}", round(float(value), 1)


def uncovered(captions: Sequence[Caption], heard: AudioActivity) -> Iterator[Finding]:
    """Sound that no cue shows, and cues that show nothing heard."""
    ranges = _milliseconds(heard)
    shown = _union([(c.start - SLACK, c.end + SLACK) for c in captions])
    for start, end in ranges:
        for a, b in _without(start, end, shown):
            if b - a >= SHORTEST_LOSS:
                yield Finding("sound without a cue", f"{(b - a) / 1000:.1f} s are not shown", a)
    starts, ends = [a for a, _ in ranges], [b for _, b in ranges]
    for number, c in enumerate(captions, 1):
        near = range(bisect_right(ends, c.start), bisect_left(starts, c.end))
        sound = sum(min(ends[i], c.end) - max(starts[i], c.start) for i in near)
        if sound < min(100, 0.2 * (c.end - c.start)):
            yield Finding("cue without sound", f"“{c.text[:20]}” is not heard", c.start, number)


def _shifts(starts: Sequence[int], onsets: Sequence[int]) -> list[int]:
    """How far the cues around each one are off as a whole.

    Of all shifts the one that fits most onsets; but none at all, or the one the cues before had,
    unless it is clearly beaten and leaves onsets without a cue. Where speech is regular, a wrong
    shift may fit as many onsets as the right one does, but it does not account for all of them.
    """
    near = [_differences(start, onsets) for start in starts]
    shifts: list[int] = []
    for i in range(len(starts)):
        window = slice(max(0, i - AROUND), i + AROUND + 1)
        differences = np.array([d for ds in near[window] for d in ds])
        if not len(differences):
            shifts.append(0)
            continue
        best, fits = _commonest(differences)
        for likely in (0, *shifts[-1:]):
            fitting = len(_close(differences, likely))
            there = _onsets(starts[window], likely, onsets)
            if fitting >= CLEARLY * fits or fitting >= MOST * there:
                best = likely
                break
        close = _close(differences, best)
        shifts.append(int(np.median(close)) if len(close) else 0)
    return shifts


def _differences(start: int, onsets: Sequence[int]) -> list[int]:
    low, high = bisect_left(onsets, start - FAR), bisect_right(onsets, start + FAR)
    return [start - onset for onset in onsets[low:high]]


def _commonest(differences: NDArray[np.int_]) -> tuple[int, int]:
    """The difference most of them share, to some 20 ms, and how many that are."""
    bins = np.round(differences / BIN).astype(int)
    counts = np.bincount(bins - bins.min())
    smooth = counts + np.convolve(counts, [1, 0, 1], "same")
    return BIN * (int(smooth.argmax()) + int(bins.min())), int(smooth.max())


def _onsets(starts: Sequence[int], shift: int, onsets: Sequence[int]) -> int:
    """How many onsets there are where these cues should be, at least one."""
    low, high = starts[0] - shift - NEAR, starts[-1] - shift + NEAR
    return max(1, bisect_right(onsets, high) - bisect_left(onsets, low))


def _close(values: NDArray[np.int_], shift: int) -> NDArray[np.int_]:
    return values[np.abs(values - shift) <= 1.5 * BIN]


def _error(
    cue: Caption,
    before: int,
    shifts: Iterable[int],
    onsets: Sequence[int],
    ranges: Sequence[tuple[int, int]],
) -> int | None:
    """The cue's start less its onset; None if the cue follows no pause.

    `shifts` are how far the cues around it are off, and those before and after; where they change,
    the one that fits best holds, of two alike the first.
    `before` is the end of the cue before it, to which an onset that it covers belongs.
    """
    start, matched = cue.start, []
    for place, shift in enumerate(shifts):
        onset = _near(start - shift, onsets)
        if onset is None:
            continue
        off = start - shift - onset
        covered = off > ALLOWED_MEDIAN and before - shift > onset + ALLOWED_MEDIAN
        if abs(off) <= NEAR and not covered:
            matched.append((abs(off) // ALIKE, place, onset))
    if matched:
        return start - min(matched)[-1]
    n = bisect_right(ranges, (start, 1 << 60))  # the first range that begins after the start
    in_silence = n == 0 or ranges[n - 1][1] < start - SLACK
    if in_silence and n < len(ranges) and ranges[n][0] in onsets:
        return start - ranges[n][0]
    return None


def _near(time: int, onsets: Sequence[int]) -> int | None:
    i = bisect_left(onsets, time)
    return min(onsets[max(0, i - 1) : i + 1], key=lambda o: abs(time - o), default=None)


def _milliseconds(heard: AudioActivity) -> list[tuple[int, int]]:
    return [(s.start * 1000 // heard.rate, s.end * 1000 // heard.rate) for s in heard.ranges]


def _union(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _without(start: int, end: int, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of start to end that are not covered."""
    first = max(0, bisect_left(covered, (start, start)) - 1)
    for a, b in covered[first:]:
        if a >= end:
            break
        if a > start:
            yield start, a
        start = max(start, b)
    if start < end:
        yield start, end


def _late(ms: float) -> str:
    return f"{abs(ms):.0f} ms {'late' if ms > 0 else 'early'}"


def _later(ms: float) -> str:
    return f"{abs(ms):.0f} ms {'later' if ms > 0 else 'earlier'}"
