"""The cues compared with each other, and with a style."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from speechcast.audio.file_activity import AudioActivity
from speechcast.check.rules import check_order, check_style, measure_cues
from speechcast.subtitles import style
from speechcast.subtitles.caption import Caption

SOUND = AudioActivity(1000, 10_000, np.zeros(1), ())
VIDEO, NETFLIX = style.load("video"), style.load("netflix-zh")


def captions(*times: tuple[int, int]) -> list[Caption]:
    return [Caption(start, end, "字") for start, end in times]


@pytest.mark.parametrize(
    ("times", "findings"),
    [
        ([(0, 1000), (1000, 2000)], []),
        ([(0, 10_000)], []),
        ([(0, 10_010)], []),  # by rounding
        ([(0, 10_011)], ["order: cue 1, 00:00:10.011: it ends after the sound does"]),
        ([(500, 400)], ["order: cue 1, 00:00:00.500: it ends before it begins"]),
        ([(0, 1000), (999, 2000)], ["overlap: cue 2, 00:00:00.999: 1 ms with the previous cue"]),
        (
            [(0, 100), (200, 900), (100, 150)],
            ["order: cue 3, 00:00:00.100: it begins before the previous cue"],
        ),
        ([(0, 100), (0, 100)], ["overlap: cue 2, 00:00:00.000: 100 ms with the previous cue"]),
    ],
)
def test_order(times: list[tuple[int, int]], findings: list[str]) -> None:
    assert [str(finding) for finding in check_order(captions(*times), SOUND)] == findings


def test_a_cue_of_no_length() -> None:
    (finding,) = check_order(captions((500, 500)), SOUND)
    assert (finding.kind, finding.position, finding.cue) == ("order", 500, 1)
    assert not list(check_order(captions((500, 501)), SOUND))


def test_a_cue_that_shows_nothing() -> None:
    (finding,) = check_order([Caption(100, 200, " \n ")], SOUND)
    assert (finding.kind, finding.position, finding.cue) == ("empty", 100, 1)


def test_the_length_of_sound_at_another_rate() -> None:
    sound = replace(SOUND, rate=24_000, length=24_047)  # 1,001.96 ms
    assert not list(check_order(captions((0, 1011)), sound))
    assert list(check_order(captions((0, 1012)), sound))


def kinds(caption: Caption, rules: style.Style = NETFLIX) -> list[str]:
    return [finding.kind for finding in check_style([caption], rules, required=True)]


@pytest.mark.parametrize(
    ("text", "milliseconds", "broken"),
    [
        ("字" * 16, 2000, []),
        ("字" * 17, 2000, ["width"]),
        ("字" * 16 + "\n" + "字" * 2, 2000, []),
        ("字\n字\n字", 2000, ["lines"]),
        ("字" * 16 + "\n字字", 2000, []),  # nine a second
        ("字" * 16 + "\n字字字", 2000, ["reading speed"]),
        ("字 " * 9, 1000, []),  # a space is not read
        ("字", 833, []),
        ("字", 823, []),  # by rounding
        ("字", 822, ["duration"]),
        ("字", 7010, []),
        ("字", 7011, ["duration"]),
        ("字", 0, ["duration"]),
    ],
)
def test_what_a_style_allows(text: str, milliseconds: int, broken: list[str]) -> None:
    assert kinds(Caption(1000, 1000 + milliseconds, text)) == broken


def test_a_style_without_a_speed_allows_any() -> None:
    assert kinds(Caption(0, 1000, "字" * 20), VIDEO) == []


@pytest.mark.parametrize(
    ("gap", "broken"),
    [(-1, []), (0, ["gap"]), (72, ["gap"]), (73, []), (83, []), (500, [])],
)
def test_the_gap_of_two_frames(gap: int, broken: list[str]) -> None:
    both = captions((0, 1000), (1000 + gap, 2500))
    findings = list(check_style(both, NETFLIX, required=False))
    assert [finding.kind for finding in findings] == broken
    if broken:
        assert findings[0].note
        assert findings[0].cue == 2
        assert findings[0].position == 1000 + gap
        assert findings[0].message == (f"{gap} ms after the previous cue, netflix-zh requires 83")
    assert not list(check_style(both, VIDEO, required=True))


def test_the_gap_that_a_style_requires_is_stated() -> None:
    (finding,) = check_style(
        captions((0, 1000), (1100, 2500)), replace(NETFLIX, gap=0.5), required=True
    )
    assert finding.message == "100 ms after the previous cue, netflix-zh requires 500"
    assert not finding.note


def test_only_form_can_be_a_fault() -> None:
    hasty = Caption(0, 500, "字" * 17)
    for required in (True, False):
        findings = list(check_style([hasty], NETFLIX, required=required))
        assert [(f.kind, f.note) for f in findings] == [
            ("width", not required),
            ("reading speed", True),
            ("duration", True),
        ]
    assert [f.message for f in findings] == [
        "17 characters on a line, netflix-zh allows 16",
        "34.0 characters a second, netflix-zh allows 9",
        "shown for 0.50 s, netflix-zh allows 0.833 to 7",
    ]


def test_the_extremes_of_all_cues() -> None:
    cues = [
        Caption(0, 1000, "字字字字"),
        Caption(1200, 3100, "字字\n字字字字字字"),
        Caption(3000, 3000, "字"),
    ]
    assert dict(measure_cues(cues, VIDEO)) == {
        "smallest gap, ms": -100,
        "shortest cue, ms": 0,
        "longest cue, ms": 1900,
        "widest line, characters": 6,
        "fastest, characters a second": 4.2,
    }
    assert set(dict(measure_cues([], VIDEO)).values()) == {None}
