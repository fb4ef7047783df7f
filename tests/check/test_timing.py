"""Cue starts against onsets, and sound against cues, on computed sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from speechcast.audio.file_activity import AudioActivity
from speechcast.check import shifts, timing
from speechcast.check.shifts import estimate_shifts
from speechcast.check.timing import (
    OnsetOffset,
    find_astray,
    find_uncovered,
    judge_offsets,
    label_figures,
    measure_offsets,
    measure_timing,
)
from speechcast.model import Span
from speechcast.subtitles.caption import Caption


def sound(*spans: tuple[int, int]) -> AudioActivity:
    """Return sound at these milliseconds, at 1,000 samples a second."""
    return AudioActivity(1000, 100_000, np.zeros(1), tuple(Span(a, b) for a, b in spans))


def captions(*times: tuple[int, int]) -> list[Caption]:
    return [Caption(start, end, "很长的一行字") for start, end in times]


def offsets(*errors: int) -> list[OnsetOffset]:
    return [OnsetOffset(n, 1000 * n, error) for n, error in enumerate(errors, 1)]


# Every start against its onset.


@pytest.mark.parametrize(
    ("cues", "spans", "errors"),
    [
        ([(1000, 1900), (3000, 3900)], [(1000, 1900), (3000, 3900)], [0, 0]),
        ([(1020, 1900), (2990, 3900)], [(1000, 1900), (3000, 3900)], [20, -10]),
        # A cue inside of continuous sound has no onset.
        ([(1000, 1900), (1900, 2900)], [(1000, 2900)], [0]),
        # An onset follows 200 ms of silence.
        ([(1000, 1900), (2100, 2900)], [(1000, 1900), (2100, 2900)], [0, 0]),
        ([(1000, 1900), (2099, 2900)], [(1000, 1900), (2099, 2900)], [0]),
        # The first sound always has one.
        ([(0, 900)], [(0, 900)], [0]),
        # A cue that begins in silence belongs to the sound after it.
        ([(1000, 1900), (5000, 6900)], [(1000, 1900), (6000, 6900)], [0, -1000]),
        # An onset that the cue before it covers belongs to that one.
        ([(1000, 2200), (2200, 3000)], [(1000, 1900), (2100, 3000)], [0]),
        ([(1000, 2120), (2200, 3000)], [(1000, 1900), (2100, 3000)], [0, 100]),
        ([(1000, 2200), (2130, 3000)], [(1000, 1900), (2100, 3000)], [0, 30]),
        # It may be off by 150 ms, and no more.
        ([(1000, 1900), (2250, 3000)], [(1000, 1900), (2100, 3000)], [0, 150]),
        ([(1000, 1900), (2251, 3000)], [(1000, 1900), (2100, 3000)], [0]),
        ([], [(1000, 1900)], []),
        ([(1000, 1900)], [], []),
    ],
)
def test_offsets(
    cues: list[tuple[int, int]], spans: list[tuple[int, int]], errors: list[int]
) -> None:
    measured = measure_offsets(captions(*cues), sound(*spans))
    assert [offset.error for offset in measured] == errors
    assert all(offset.start == cues[offset.cue - 1][0] for offset in measured)


@pytest.mark.parametrize("by", [-14_000, -900, -40, 0, 40, 900, 14_000])
def test_a_shift_of_all_is_followed(by: int) -> None:
    starts = [20_000 + 3_000 * n + 37 * (n * n % 23) for n in range(20)]
    cues = captions(*((start + by, start + by + 900) for start in starts))
    measured = measure_offsets(cues, sound(*((start, start + 800) for start in starts)))
    assert [offset.error for offset in measured] == [by] * 20
    assert [offset.cue for offset in measured] == list(range(1, 21))


def test_a_shift_of_more_than_fifteen_seconds_is_not_followed() -> None:
    starts = [100, 3_500, 9_000]
    assert estimate_shifts([s + 15_000 for s in starts], starts)[0] == 15_000
    assert estimate_shifts([s + 40_000 for s in starts], starts) == [0, 0, 0]


def test_where_a_shift_begins_it_is_followed_from_there() -> None:
    onsets = [3_000 * n + 37 * (n * n % 23) for n in range(40)]
    starts = [onset + (700 if n >= 20 else 0) for n, onset in enumerate(onsets)]
    estimated = estimate_shifts(starts, onsets)
    assert estimated[:12] == [0] * 12
    assert estimated[-12:] == [700] * 12


def test_of_the_shifts_before_only_the_last_one_is_likely() -> None:
    """One that held long ago fits two cues in three by chance."""
    starts = [50_000 + 3_000 * n + 37 * (n * n % 23) for n in range(60)]
    true = [700] * 20 + [4_900] * 20 + [-2_500] * 20
    onsets = {start - shift for start, shift in zip(starts, true, strict=True)}
    onsets |= {start - 700 for n, start in enumerate(starts) if n >= 40 and n % 3}
    estimated = estimate_shifts(starts, sorted(onsets))
    assert [estimated[n] for n in (5, 30, 59)] == [700, 4_900, -2_500]


def test_a_shift_is_the_median_of_what_is_near_it() -> None:
    onsets = [3_000 * n + 37 * (n * n % 23) for n in range(9)]
    jitter = [0, 10, -10, 20, -20, 5, -5, 15, -15]
    starts = [onset + 500 + j for onset, j in zip(onsets, jitter, strict=True)]
    assert estimate_shifts(starts, onsets)[4] == pytest.approx(500, abs=1)


def test_the_commonest_shift_counts_with_its_neighbors_of_forty_milliseconds() -> None:
    differences = np.array([40] * 2 + [80] * 3 + [120] * 2 + [1000] * 6)
    assert shifts._most_common_difference(differences) == (80, 7)
    assert shifts._most_common_difference(-differences) == (-80, 7)
    assert shifts._most_common_difference(np.append(differences, [1040] * 2)) == (1000, 8)


@pytest.mark.parametrize(("strays", "shift"), [(1, 0), (2, 14_000)])
def test_a_shift_holds_that_accounts_for_three_onsets_in_four(strays: int, shift: int) -> None:
    """Though another one, fourteen seconds away, fits all the cues."""
    starts = [20_000 + 1_000 * n + 37 * (n * n % 23) for n in range(8)]
    onsets = {*starts[:3], *(starts[5] + 400 + 350 * n for n in range(strays))}
    onsets |= {start - 14_000 for start in starts}
    assert estimate_shifts(starts, sorted(onsets)) == [shift] * 8


def test_sixty_milliseconds_from_a_shift_are_near_it() -> None:
    differences = np.array([439, 440, 500, 560, 561])
    assert shifts._near_shift(differences, 500).tolist() == [440, 500, 560]


@pytest.mark.parametrize(
    ("onsets", "count"),
    [([350, 1650], 2), ([349, 1651], 0), ([400, 500, 600], 3), ([], 0), ([400, 1651, 1700], 1)],
)
def test_the_onsets_that_cues_should_have_are_within_reach_of_them(
    onsets: list[int], count: int
) -> None:
    """Two cues at 1 s and 2 s that are half a second late, and 150 ms around."""
    assert shifts._count_onsets([1000, 2000], 500, onsets) == count


def test_a_shift_takes_in_eight_cues_on_either_side() -> None:
    """Three cues have an onset 2 s before them; two of them are felt eight cues away, not nine."""
    starts = [100_000 * n for n in range(30)]
    onsets = [100_000 * n - 2_000 for n in (14, 15, 16)]
    assert estimate_shifts(starts, onsets)[6:26] == [0, *[2_000] * 18, 0]


def test_a_single_onset_says_nothing_of_many_cues() -> None:
    """As in speech with music under it, which hardly ever pauses."""
    starts = [2_600 * n + 4_600 for n in range(12)]
    assert estimate_shifts(starts, [100]) == [0] * 12
    assert estimate_shifts(starts, [100, 26_900]) == [0] * 12


# The figures.


def test_the_figures() -> None:
    figures = measure_timing(offsets(10, -20, 30, 40, 50, -60, 70, 80))
    assert figures
    assert figures.median == 35.0
    assert figures.median_size == 45.0
    assert figures.percentile_95 == 76.5
    assert figures.percentile_99 == 79.3
    assert figures.worst == 80.0
    assert figures.drift == 80.0  # 75 in the last quarter, -5 in the first


def test_a_quarter_is_one_cue_at_least() -> None:
    figures = measure_timing(offsets(10, 20, 35))
    assert figures
    assert (figures.median, figures.drift) == (20.0, 25.0)
    only = measure_timing(offsets(7))
    assert only
    assert (only.median, only.worst, only.drift) == (7.0, 7.0, 0.0)


def test_the_labels() -> None:
    assert measure_timing([]) is None
    assert list(label_figures(None)) == [
        ("cue start against onset, median", None),
        ("cue start against onset, median size", None),
        ("cue start against onset, 95th percentile", None),
        ("cue start against onset, 99th percentile", None),
        ("cue start against onset, worst", None),
        ("cue start against onset, drift", None),
    ]
    figures = dict(label_figures(measure_timing(offsets(-10, -10))))
    assert list(figures.values()) == [-10.0, 10.0, 10.0, 10.0, 10.0, 0.0]


def judged(errors: Sequence[int]) -> list[str]:
    cues = captions(*((1000 * n, 1000 * n + 900) for n in range(1, len(errors) + 2)))
    return [str(finding) for finding in judge_offsets(offsets(*errors), cues)]


@pytest.mark.parametrize(
    ("errors", "findings"),
    [
        ([40] * 8, []),
        ([41] * 8, ["timing: the subtitles come 41 ms late"]),
        ([-41] * 8, ["timing: the subtitles come 41 ms early"]),
        ([0, 0, 0, 0, 0, 0, 40, 40], []),
        (
            [0, 0, 0, 0, 0, 0, 41, 41],
            ["drift: in the last quarter they come 41 ms later than in the first"],
        ),
        (
            [0, 0, 0, 0, 0, 0, -41, -41],
            ["drift: in the last quarter they come 41 ms earlier than in the first"],
        ),
        ([0, 0, 0, 120, 0, 0, 0, 0], []),
        (
            [0, 0, 0, -200, 0, 0, 0, 0],
            [
                "timing: cue 4, 00:00:04.000: 1 % are 186 ms or more off the others; "
                "this cue comes 200 ms early"
            ],
        ),
        ([0, 0, 0, 300, 0, 0, 0, 0], None),
        (
            [0, 0, 0, 301, 0, 0, 0, 0],
            [
                "timing: cue 4, 00:00:04.000: 1 % are 280 ms or more off the others; "
                "this cue comes 301 ms late",
                "jump: cue 4, 00:00:04.000: from here on the subtitles come 301 ms later",
                "jump: cue 5, 00:00:05.000: from here on the subtitles come 301 ms earlier",
            ],
        ),
    ],
)
def test_what_is_a_fault(errors: list[int], findings: list[str] | None) -> None:
    if findings is None:
        assert not any("jump" in finding for finding in judged(errors))
    else:
        assert judged(errors) == findings


def test_cues_that_fit_no_onset_at_all() -> None:
    (finding,) = judge_offsets([], captions((700, 900)))
    assert str(finding) == "timing: 00:00:00.700: no cue begins with a sound after a pause"
    assert list(judge_offsets([], [])) == []
    (finding,) = judge_offsets([], captions((700, 900), (2000, 2500)))
    assert finding.position == 700, "the first cue, not the last"


def test_which_cues_are_astray() -> None:
    assert find_astray(offsets(0, 120, 121, -120, -121)) == {3, 5}


# Sound without cues, cues without sound.


@pytest.mark.parametrize(
    ("cues", "spans", "findings"),
    [
        ([(1000, 2000)], [(1000, 2000)], []),
        # A quarter of a second beyond the 80 ms around a cue.
        ([(1000, 2000)], [(1000, 2329)], []),
        (
            [(1000, 2000)],
            [(1000, 2330)],
            ["sound without a cue: 00:00:02.080: 0.2 s are not shown"],
        ),
        ([(1000, 2000)], [(671, 2000)], []),
        ([(1000, 2000)], [(500, 2000)], ["sound without a cue: 00:00:00.500: 0.4 s are not shown"]),
        (
            [(1000, 2000), (3000, 4000)],
            [(1000, 4000)],
            ["sound without a cue: 00:00:02.080: 0.8 s are not shown"],
        ),
        ([(1000, 2000), (2300, 4000)], [(1000, 4000)], []),
        ([(2300, 4000), (1000, 2500)], [(1000, 4000)], []),
        ([(0, 200), (1000, 4000), (1500, 2000)], [(0, 200), (1000, 4000)], []),  # one in another
        (
            [],
            [(1000, 2000), (3000, 3500)],
            [
                "sound without a cue: 00:00:01.000: 1.0 s are not shown",
                "sound without a cue: 00:00:03.000: 0.5 s are not shown",
            ],
        ),
        # A cue is heard if a tenth of a second sounds, or a fifth of it.
        ([(1000, 2000)], [(1900, 2000)], []),
        (
            [(1000, 2000)],
            [(1901, 2000)],
            ["cue without sound: cue 1, 00:00:01.000: “很长的一行字” is not heard"],
        ),
        ([(1000, 1400)], [(1320, 1400)], []),
        (
            [(1000, 1400)],
            [(1321, 1400)],
            ["cue without sound: cue 1, 00:00:01.000: “很长的一行字” is not heard"],
        ),
        ([(1000, 2000)], [(1000, 1050), (1950, 2000)], []),
        (
            [(1000, 2000)],
            [(500, 1000), (2000, 2080)],
            [
                "sound without a cue: 00:00:00.500: 0.4 s are not shown",
                "cue without sound: cue 1, 00:00:01.000: “很长的一行字” is not heard",
            ],
        ),
    ],
)
def test_coverage(
    cues: list[tuple[int, int]], spans: list[tuple[int, int]], findings: list[str]
) -> None:
    uncovered = find_uncovered(captions(*cues), sound(*spans))
    assert [str(finding) for finding in uncovered] == findings


class CountedList(list[tuple[int, int]]):
    """A list that counts the items that are read from it."""

    read = 0

    def __getitem__(self, index: Any) -> Any:
        items = super().__getitem__(index)
        self.read += len(items) if isinstance(index, slice) else 1
        return items


def test_looking_for_uncovered_sound_takes_as_long_as_there_are_cues(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lists = []

    def merge(ranges: Sequence[tuple[int, int]]) -> CountedList:
        lists.append(CountedList(ranges))
        return lists[-1]

    monkeypatch.setattr(timing, "_merged", merge)
    for count in (100, 1000):
        times = [(1000 * n, 1000 * n + 700) for n in range(1, count + 1)]
        assert list(find_uncovered(captions(*times), sound(*times))) == []
    few, many = (counted.read for counted in lists)
    assert many < 15 * few  # 10 times the cues, and the logarithm of a search


def test_a_long_cue_is_named_by_its_first_twenty_characters() -> None:
    (finding,) = find_uncovered([Caption(0, 900, "一二三四五六七八九十" * 3)], sound())
    assert finding.message == "“一二三四五六七八九十一二三四五六七八九十” is not heard"
