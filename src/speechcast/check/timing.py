"""Cue starts compared with onsets, and sound compared with cues.

A cue that follows a pause should begin with the sound. Which onset belongs to it is found in two
steps: how far the subtitles around it are off as a whole, so that a shift or a drift is followed;
then the nearest onset to where the cue should be.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..audio.file_activity import AudioActivity
from ..messages import _, mark
from ..script.unspoken import is_heard
from ..subtitles.caption import Caption
from ..units import Milliseconds
from .report import Finding
from .shifts import MAX_DEVIATION, NEIGHBORS, estimate_shifts

# The limits are in milliseconds and were chosen by hand for this project, unless noted.
MIN_PAUSE = 200  # the shortest silence before an onset that a reader notices
EQUAL_FIT = 10  # a difference between two fits that does not count
ALLOWED_MEDIAN = ALLOWED_DRIFT = 40  # a frame at 25 frames a second
ALLOWED_P99 = 120
MIN_JUMP = 300  # between the offsets of neighbors, too much for a drift
EDGE_TOLERANCE = 80  # of sound before or after a cue that is not a fault
MIN_UNCOVERED = 250  # of sound without a cue that is a fault


class OnsetOffset(NamedTuple):
    """How far the start of a cue is off its onset.

    Attributes:
        cue: The number of the cue, from 1.
        start: The start of the cue, in milliseconds.
        error: The start less the onset, in milliseconds; positive if the cue is late.
    """

    cue: int
    start: Milliseconds
    error: Milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingFigures:
    """Statistics of the cue starts, in milliseconds; positive values are late.

    Attributes:
        median: The median of the errors.
        median_size: The median of their absolute values.
        percentile_95: The 95th percentile of the absolute values.
        percentile_99: The 99th percentile of the absolute values.
        worst: The greatest absolute value.
        drift: The median of the last quarter of the cues less that of the first quarter.
    """

    median: float
    median_size: float
    percentile_95: float
    percentile_99: float
    worst: float
    drift: float


# The labels of the report, which users of `check --json` rely on.
_LABELS = {
    "median": mark("cue start against onset, median"),
    "median_size": mark("cue start against onset, median size"),
    "percentile_95": mark("cue start against onset, 95th percentile"),
    "percentile_99": mark("cue start against onset, 99th percentile"),
    "worst": mark("cue start against onset, worst"),
    "drift": mark("cue start against onset, drift"),
}


def measure_offsets(captions: Sequence[Caption], activity: AudioActivity) -> list[OnsetOffset]:
    """Return the offset of every cue that follows a pause."""
    ranges = _ranges_in_ms(activity)
    onsets = [b for (_, a), (b, _) in pairwise([(0, -MIN_PAUSE), *ranges]) if b - a >= MIN_PAUSE]
    starts = [c.start for c in captions]
    shifts = estimate_shifts(starts, onsets)
    offsets = []
    for i, start in enumerate(starts):
        if not is_heard(captions[i].text):
            continue
        nearby = (i, max(0, i - NEIGHBORS), min(len(starts) - 1, i + NEIGHBORS))
        previous_end = captions[i - 1].end if i else 0
        candidates = dict.fromkeys(shifts[n] for n in nearby)
        error = _onset_error(captions[i], previous_end, candidates, onsets, ranges)
        if error is not None:
            offsets.append(OnsetOffset(i + 1, start, error))
    return offsets


def judge_offsets(offsets: Sequence[OnsetOffset], captions: Sequence[Caption]) -> Iterator[Finding]:
    """Yield the faults of the cue starts as a whole."""
    figures = measure_timing(offsets)
    if figures is None:
        if captions:
            message = _("no cue begins with a sound after a pause")
            yield Finding(mark("timing"), message, position=captions[0].start)
        return
    if abs(figures.median) > ALLOWED_MEDIAN:
        message = _("the subtitles come {offset}").format(offset=_format_offset(figures.median))
        yield Finding(mark("timing"), message)
    yield from _judge_spread(offsets, figures.median)
    if abs(figures.drift) > ALLOWED_DRIFT:
        message = _("in the last quarter they come {change} than in the first")
        yield Finding(mark("drift"), message.format(change=_format_change(figures.drift)))
    for before, after in pairwise(offsets):
        change = after.error - before.error
        if abs(change) > MIN_JUMP:
            message = _("from here on the subtitles come {change}")
            message = message.format(change=_format_change(change))
            yield Finding(mark("jump"), message, position=after.start, cue=after.cue)


def _judge_spread(offsets: Sequence[OnsetOffset], median: float) -> Iterator[Finding]:
    spread = float(np.percentile([abs(o.error - median) for o in offsets], 99))
    if spread > ALLOWED_P99:
        worst = max(offsets, key=lambda o: abs(o.error - median))
        message = _(
            "1 % are {spread:.0f} ms or more off the others; this cue comes {offset}"
        ).format(spread=spread, offset=_format_offset(worst.error))
        yield Finding(mark("timing"), message, position=worst.start, cue=worst.cue)


def find_astray(offsets: Sequence[OnsetOffset]) -> frozenset[int]:
    """Return the numbers of the cues too far from their onsets."""
    return frozenset(o.cue for o in offsets if abs(o.error) > ALLOWED_P99)


def measure_timing(offsets: Sequence[OnsetOffset]) -> TimingFigures | None:
    """Return the statistics of the offsets; None without offsets.

    They are rounded to 0.1 ms.
    """
    if not offsets:
        return None
    errors = np.array([o.error for o in offsets], float)
    sizes = np.abs(errors)
    quarter = max(1, len(errors) // 4)
    drift = np.median(errors[-quarter:]) - np.median(errors[:quarter])
    middle, percentile_95, percentile_99 = np.percentile(sizes, (50, 95, 99))
    return TimingFigures(
        median=round(float(np.median(errors)), 1),
        median_size=round(float(middle), 1),
        percentile_95=round(float(percentile_95), 1),
        percentile_99=round(float(percentile_99), 1),
        worst=round(float(sizes.max()), 1),
        drift=round(float(drift), 1),
    )


def label_figures(figures: TimingFigures | None) -> Iterator[tuple[str, float | None]]:
    """Yield every figure with its label; None for each without figures."""
    for name, label in _LABELS.items():
        value = None if figures is None else float(getattr(figures, name))
        yield label, value


def find_uncovered(captions: Sequence[Caption], activity: AudioActivity) -> Iterator[Finding]:
    """Yield sound that no cue shows, and cues during which nothing sounds."""
    ranges = _ranges_in_ms(activity)
    shown = _merged([(c.start - EDGE_TOLERANCE, c.end + EDGE_TOLERANCE) for c in captions])
    for start, end in ranges:
        for a, b in _uncovered_parts(start, end, shown):
            if b - a >= MIN_UNCOVERED:
                message = _("{seconds:.1f} s are not shown").format(seconds=(b - a) / 1000)
                yield Finding(mark("sound without a cue"), message, position=a)
    starts, ends = [start for start, _end in ranges], [end for _start, end in ranges]
    for number, c in enumerate(captions, 1):
        overlapping = range(bisect_right(ends, c.start), bisect_left(starts, c.end))
        if not is_heard(c.text):
            continue
        sound = sum(min(ends[i], c.end) - max(starts[i], c.start) for i in overlapping)
        if sound < min(100, 0.2 * (c.end - c.start)):
            message = _("“{text}” is not heard").format(text=c.text[:20])
            yield Finding(mark("cue without sound"), message, position=c.start, cue=number)


def _onset_error(
    cue: Caption,
    previous_end: Milliseconds,
    shifts: Iterable[int],
    onsets: Sequence[int],
    ranges: Sequence[tuple[int, int]],
) -> Milliseconds | None:
    """Return the cue's start less its onset.

    It is None if the cue follows no pause.

    Args:
        cue: The cue.
        previous_end: The end of the previous cue, to which an onset that it covers belongs.
        shifts: How far the cues around it are off, and those before and after. If they differ, the
            one that fits best holds; of two that fit equally, the first.
        onsets: The onsets after a pause, in milliseconds.
        ranges: The ranges that sound, in milliseconds.
    """
    start, matches = cue.start, []
    for index, shift in enumerate(shifts):
        onset = _nearest_onset(start - shift, onsets)
        if onset is None:
            continue
        deviation = start - shift - onset
        covered = deviation > ALLOWED_MEDIAN and previous_end - shift > onset + ALLOWED_MEDIAN
        if abs(deviation) <= MAX_DEVIATION and not covered:
            matches.append((abs(deviation) // EQUAL_FIT, index, onset))
    if matches:
        return start - min(matches)[-1]
    n = bisect_right(ranges, (start, 1 << 60))  # the first range that begins after the start
    in_silence = n == 0 or ranges[n - 1][1] < start - EDGE_TOLERANCE
    if in_silence and n < len(ranges) and _nearest_onset(ranges[n][0], onsets) == ranges[n][0]:
        return start - ranges[n][0]
    return None


def _nearest_onset(time: int, onsets: Sequence[int]) -> int | None:
    i = bisect_left(onsets, time)
    return min(onsets[max(0, i - 1) : i + 1], key=lambda o: abs(time - o), default=None)


def _ranges_in_ms(activity: AudioActivity) -> list[tuple[int, int]]:
    """Return the ranges that sound, in milliseconds."""
    return [
        (s.start * 1000 // activity.rate, s.end * 1000 // activity.rate) for s in activity.ranges
    ]


def _merged(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the union of ranges, in order and without overlaps."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _uncovered_parts(
    start: int, end: int, covered: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range that are not covered."""
    first = max(0, bisect_left(covered, (start, start)) - 1)
    for index in range(first, len(covered)):
        a, b = covered[index]
        if a >= end:
            break
        if a > start:
            yield start, a
        start = max(start, b)
    if start < end:
        yield start, end


def _format_offset(ms: float) -> str:
    offset = _("{ms:.0f} ms late") if ms > 0 else _("{ms:.0f} ms early")
    return offset.format(ms=abs(ms))


def _format_change(ms: float) -> str:
    change = _("{ms:.0f} ms later") if ms > 0 else _("{ms:.0f} ms earlier")
    return change.format(ms=abs(ms))
