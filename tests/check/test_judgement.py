"""What the check holds to be a fault, at the limits: one millisecond more, or less."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from speechcast.audio.file_activity import AudioActivity
from speechcast.check import rules, timing
from speechcast.check.report import CheckReport, Finding
from speechcast.check.text_match import compare_text
from speechcast.check.timing import OnsetOffset
from speechcast.documents import from_text
from speechcast.model import Span
from speechcast.subtitles import style
from speechcast.subtitles.caption import Caption

VIDEO = style.load("video")


def sound(*ranges: tuple[int, int], length: int = 100_000) -> AudioActivity:
    """A sound at 1000 Hz, so that its samples are milliseconds."""
    spans = tuple(Span(*each) for each in ranges)
    return AudioActivity(1000, length, np.zeros(1), spans)


def offsets(*errors: int) -> list[OnsetOffset]:
    """One cue a second, each off its onset by so much."""
    return [OnsetOffset(n, 1000 * n, error) for n, error in enumerate(errors, 1)]


def kinds_of(findings: Iterable[Finding], *, notes: bool = True) -> list[tuple[str, int | None]]:
    """The kinds of the findings, and their cues."""
    return [(f.kind, f.cue) for f in findings if notes or not f.note]


def cue(start: int, end: int, text: str = "你好") -> Caption:
    return Caption(start, end, text)


@pytest.mark.parametrize(
    ("errors", "kinds"),
    [
        ([40] * 8, []),
        ([41] * 8, [("timing", None)]),
        ([-40] * 8, []),
        ([-41] * 8, [("timing", None)]),
        ([0, 0, 0, 0, 0, 0, 40, 40], []),
        ([0, 0, 0, 0, 0, 0, 41, 41], [("drift", None)]),
        ([0, 0, 0, 0, 0, 0, -41, -41], [("drift", None)]),
        ([0, 41, 41, 41, 41, 41, 41, 0], [("timing", None)]),  # early and late alike: no drift
        ([0] * 300 + [300] + [0] * 300, []),  # one in 600 is less than one in a hundred
        ([0] * 300 + [301] + [0] * 300, [("jump", 301), ("jump", 302)]),
        ([0] * 4 + [121] + [0] * 4, []),
        ([0] * 4 + [131] + [0] * 4, [("timing", 5)]),
        ([0] * 4 + [-131] + [0] * 4, [("timing", 5)]),
    ],
)
def test_how_far_cues_may_be_off(errors: list[int], kinds: list[tuple[str, int | None]]) -> None:
    assert kinds_of(timing.judge_offsets(offsets(*errors), [cue(0, 1)])) == kinds


def test_a_fault_says_which_way() -> None:
    late, early = (
        [str(f) for f in timing.judge_offsets(offsets(*[ms] * 8), [cue(0, 1)])] for ms in (60, -60)
    )
    assert late == ["timing: the subtitles come 60 ms late"]
    assert early == ["timing: the subtitles come 60 ms early"]
    jumps = [str(f) for f in timing.judge_offsets(offsets(0, 0, 500, 500), [])]
    assert "jump: cue 3, 00:00:03.000: from here on the subtitles come 500 ms later" in jumps
    assert "drift: in the last quarter they come 500 ms later than in the first" in jumps
    single = [str(f) for f in timing.judge_offsets(offsets(*[0] * 9, -200), [])]
    assert single[0].endswith("ms or more off the others; this cue comes 200 ms early")


def test_the_figures_of_the_offsets() -> None:
    figures = timing.measure_timing(offsets(-10, 0, 10, 20, 30, 40, 50, 100))
    assert figures
    assert (figures.median, figures.median_size, figures.worst) == (25.0, 25.0, 100.0)
    assert figures.drift == 75.0 - -5.0  # of two at either end, the mean
    assert (figures.percentile_95, figures.percentile_99) == (82.5, 96.5)
    assert timing.measure_timing(offsets(-7, 3, 5)) == timing.TimingFigures(
        median=3.0, median_size=5.0, percentile_95=6.8, percentile_99=7.0, worst=7.0, drift=12.0
    )
    assert timing.measure_timing([]) is None
    assert list(dict(timing.label_figures(None)).values()) == [None] * 6


def test_no_cue_after_a_pause_is_a_fault_only_if_there_are_cues() -> None:
    assert kinds_of(timing.judge_offsets([], [cue(0, 1)])) == [("timing", None)]
    assert kinds_of(timing.judge_offsets([], [])) == []


def test_cues_astray_are_those_beyond_the_limit() -> None:
    assert timing.find_astray(offsets(120, 121, -120, -121, 0)) == {2, 4}


@pytest.mark.parametrize(
    ("captions", "faults"),
    [
        ([cue(1000, 2000)], []),
        ([cue(1329, 2000)], []),
        ([cue(1330, 2000)], [("sound without a cue", None)]),
        ([cue(1000, 1671)], []),
        ([cue(1000, 1670)], [("sound without a cue", None)]),
        ([cue(1000, 1300), cue(1709, 2000)], []),
        ([cue(1000, 1300), cue(1710, 2000)], [("sound without a cue", None)]),
        ([cue(1000, 2000), cue(2001, 2500)], [("cue without sound", 2)]),
        ([cue(1000, 1901), cue(1901, 2500)], [("cue without sound", 2)]),
        ([cue(1000, 1900), cue(1900, 2500)], []),
        ([cue(1000, 1960), cue(1960, 2160)], []),  # a fifth of a short cue is enough
        ([cue(1000, 1961), cue(1961, 2161)], [("cue without sound", 2)]),
        ([cue(500, 1000), cue(1000, 2000)], [("cue without sound", 1)]),
    ],
)
def test_sound_and_cues_cover_each_other(
    captions: list[Caption], faults: list[tuple[str, int | None]]
) -> None:
    """80 ms on either side do not count, nor less than 250 ms of sound."""
    assert kinds_of(timing.find_uncovered(captions, sound((1000, 2000)))) == faults


def test_sound_without_a_cue_is_named_by_its_length_and_place() -> None:
    (finding,) = timing.find_uncovered([cue(1000, 2000)], sound((1000, 2000), (3000, 4500)))
    assert str(finding) == "sound without a cue: 00:00:03.000: 1.5 s are not shown"


@pytest.mark.parametrize("pause", [199, 200])
def test_a_pause_that_a_reader_notices(pause: int) -> None:
    heard = sound((1000, 2000), (2000 + pause, 3000))
    captions = [cue(1000, 2000), cue(2000 + pause, 3000)]
    measured = timing.measure_offsets(captions, heard)
    assert [(o.cue, o.error) for o in measured] == [(1, 0), (2, 0)][: 1 + (pause >= 200)]


@pytest.mark.parametrize("off", [-140, -30, 0, 30, 140])
def test_a_cue_is_measured_against_the_onset_beside_it(off: int) -> None:
    heard = sound(*((n, n + 500) for n in range(1000, 20_000, 1000)))
    captions = [cue(n, n + 500) for n in range(1000, 20_000, 1000)]
    captions[9] = cue(10_000 + off, 10_500)
    measured = {o.cue: o.error for o in timing.measure_offsets(captions, heard)}
    assert measured.pop(10) == off
    assert set(measured.values()) == {0}


@pytest.mark.parametrize(("previous_end", "late"), [(10_040, 100), (10_041, None)])
def test_an_onset_that_the_previous_cue_shows_is_not_the_next_ones(
    previous_end: int, late: int | None
) -> None:
    heard = sound(*((n, n + 500) for n in range(1000, 20_000, 1000)))
    captions = [cue(n, n + 500) for n in range(1000, 20_000, 1000)]
    captions[8:10] = [cue(9000, previous_end), cue(10_100, 10_500)]
    measured = {o.cue: o.error for o in timing.measure_offsets(captions, heard)}
    assert measured.get(10) == late


@pytest.mark.parametrize(
    ("captions", "faults"),
    [
        ([cue(0, 1000), cue(1000, 2000)], []),
        ([cue(0, 1001), cue(1000, 2000)], [("overlap", 2)]),
        ([cue(1000, 2000), cue(999, 1000)], [("order", 2)]),
        ([cue(1000, 2000), cue(1000, 2000)], [("overlap", 2)]),
        ([cue(1000, 1000)], [("order", 1)]),
        ([cue(1000, 999)], [("order", 1)]),
        ([cue(4000, 5010)], []),
        ([cue(4000, 5011)], [("order", 1)]),
        ([cue(0, 1000, " \n")], [("empty", 1)]),
    ],
)
def test_the_order_of_cues(captions: list[Caption], faults: list[tuple[str, int | None]]) -> None:
    assert kinds_of(rules.check_order(captions, sound(length=5000))) == faults


def test_an_overlap_is_measured() -> None:
    (finding,) = rules.check_order([cue(0, 1250), cue(1000, 2000)], sound(length=5000))
    assert str(finding) == "overlap: cue 2, 00:00:01.000: 250 ms with the previous cue"


RULES = replace(VIDEO, width=4, lines=1, gap=0.083, speed=3.0, shortest=0.5, longest=2.0)


@pytest.mark.parametrize(
    ("captions", "broken"),
    [
        ([cue(0, 2000, "一二三四")], []),
        ([cue(0, 2000, "一二三四五")], [("width", 1)]),
        ([cue(0, 2000, "一\n二")], [("lines", 1)]),
        ([cue(0, 1000, "一二三")], []),
        ([cue(0, 999, "一二三")], [("reading speed", 1)]),
        ([cue(0, 490, "一")], []),
        ([cue(0, 489, "一")], [("duration", 1)]),
        ([cue(0, 2010, "一")], []),
        ([cue(0, 2011, "一")], [("duration", 1)]),
        ([cue(0, 1000), cue(1000, 2000)], [("gap", 2)]),
        ([cue(0, 1000), cue(1072, 2000)], [("gap", 2)]),
        ([cue(0, 1000), cue(1073, 2000)], []),
        ([cue(0, 1001), cue(1000, 2000)], []),  # an overlap is no gap
    ],
)
def test_the_rules_of_a_style(captions: list[Caption], broken: list[tuple[str, int]]) -> None:
    assert kinds_of(rules.check_style(captions, RULES, required=False)) == broken
    faults = [b for b in broken if b[0] in {"width", "lines", "gap"}]
    assert kinds_of(rules.check_style(captions, RULES, required=True), notes=False) == faults
    assert kinds_of(rules.check_style(captions, RULES, required=False), notes=False) == []


def test_the_figures_of_the_cues() -> None:
    captions = [cue(0, 1000, "一二"), cue(1100, 1600, "一二三"), cue(1650, 3000, "一\n四五六七")]
    assert dict(rules.measure_cues(captions, RULES)) == {
        "smallest gap, ms": 50,
        "shortest cue, ms": 500,
        "longest cue, ms": 1350,
        "widest line, characters": 4,
        "fastest, characters a second": 6.0,
    }
    assert set(dict(rules.measure_cues([], RULES)).values()) == {None}


def texts_differ(source: str, *shown: str) -> list[str]:
    captions = [cue(1000 * n, 1000 * n + 900, text) for n, text in enumerate(shown, 1)]
    return [str(finding) for finding in compare_text(captions, from_text(source))]


@pytest.mark.slow
def test_a_text_that_differs_is_named_with_its_cue() -> None:
    source = "今天我们开会。明天大家休息。"
    assert texts_differ(source, "今天我们开会", "明天大家休息") == []
    assert texts_differ(source, "今天我们开会", "明天休息") == [
        "text missing: cue 2, 00:00:02.000: “大家” is not shown"
    ]
    assert texts_differ(source, "今天我们还开会", "明天大家休息") == [
        "text added: cue 1, 00:00:01.000: “还” is not in the speech"
    ]
    assert texts_differ(source, "今天我们开", "会明天大家休息") == [
        "word cut: cue 2, 00:00:02.000: a word is cut: …天我们开 | 会明天大…"
    ]
    (end,) = texts_differ(source, "今天我们开会")
    assert end == "text missing: cue 1, 00:00:01.000: “明天大家休息” is not shown"


def test_a_long_difference_is_shortened() -> None:
    extra = "".join(chr(0x4E00 + n) for n in range(31))
    (added,) = texts_differ("今天开会。", "今天开会" + extra)
    assert f"“{extra[:14]}…{extra[-14:]}” is not in the speech" in added
    (added,) = texts_differ("今天开会。", "今天开会" + extra[:30])
    assert f"“{extra[:30]}” is not in the speech" in added


def test_the_report_prints_eight_of_a_kind_and_counts_the_others() -> None:
    faults = [Finding("gap", str(n), cue=n, position=1000) for n in range(1, 11)]
    report = CheckReport({"cues": 3, "median": None}, (*faults, Finding("width", "w", note=True)))
    lines = list(report.lines())
    assert lines[0].split() == ["cues", "3"]
    assert lines[1].split() == ["median", "-"]
    assert lines[2] == "gap: cue 1, 00:00:01.000: 1"
    assert lines[9:] == [
        "gap: cue 8, 00:00:01.000: 8",
        "gap: and 2 more",
        "note: width: w",
        "not fit to deliver: gap (10)",
    ]
    assert not report.as_dict()["ok"]
    only_notes = CheckReport({}, (Finding("width", "w", note=True),))
    assert only_notes.as_dict()["ok"]
    assert only_notes.verdict == "in sync and complete"
