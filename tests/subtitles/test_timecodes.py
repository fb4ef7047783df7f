"""Times as every format writes them: at the turn of minutes and hours, rounded once, on frames."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.model import Span, Timeline
from speechcast.subtitles.captions import (
    Captions,
    format_timecode,
    shifted,
    snap_to_frames,
    to_milliseconds,
)
from speechcast.subtitles.cue import Cue, CueToken
from speechcast.subtitles.formats import registry
from speechcast.subtitles.read import read_captions

HOUR = 3_600_000  # milliseconds


def captions_at(spans: list[tuple[int, int]], rate: int = 1000) -> Captions:
    """Cues of one character each, at these samples."""
    cues = tuple(Cue(a, b, (CueToken("字", Span(a, b)),)) for a, b in spans)
    return Captions(cues, Timeline((), rate, spans[-1][1]), "致辞", "zh-CN")


@pytest.mark.parametrize(
    ("start", "end", "srt", "vtt", "ass", "lrc"),
    [
        (0, 999, "00:00:00,000 --> 00:00:00,999", "00:00:00.999", "0:00:01.00", "[00:00.00]"),
        (
            59_999,
            60_000,
            "00:00:59,999 --> 00:01:00,000",
            "00:01:00.000",
            "0:01:00.00",
            "[00:59.99]",
        ),
        (
            HOUR - 1,
            HOUR,
            "00:59:59,999 --> 01:00:00,000",
            "01:00:00.000",
            "1:00:00.00",
            "[59:59.99]",
        ),
        (
            HOUR,
            HOUR + 1000,
            "01:00:00,000 --> 01:00:01,000",
            "01:00:01.000",
            "1:00:01.00",
            "[60:00.00]",
        ),
        (
            99 * HOUR,
            100 * HOUR - 1,
            "99:00:00,000 --> 99:59:59,999",
            "99:59:59.999",
            "100:00:00.00",
            "[5940:00.00]",
        ),
    ],
)
def test_times_at_the_turn_of_an_hour(
    start: int, end: int, srt: str, vtt: str, ass: str, lrc: str
) -> None:
    """ASS rounds to the nearest hundredth, and goes on after ten hours."""
    captions = captions_at([(start, end)])
    assert registry.compose("srt", captions) == f"1\n{srt}\n字\n\n"
    assert f" --> {vtt}\n" in registry.compose("vtt", captions)
    assert f",{ass},Default" in registry.compose("ass", captions)
    assert f"\n{lrc}<" in registry.compose("lrc", captions)


@given(st.integers(0, 100 * HOUR - 1))
def test_a_timecode_counts_its_milliseconds(ms: int) -> None:
    hours, minutes, rest = format_timecode(ms, ",").split(":")
    seconds, fraction = rest.split(",")
    parts = [int(part) for part in (hours, minutes, seconds, fraction)]
    assert [len(part) for part in (hours, minutes, seconds, fraction)] == [2, 2, 2, 3]
    assert parts[1] < 60
    assert parts[2] < 60
    assert sum(n * unit for n, unit in zip(parts, (HOUR, 60_000, 1000, 1), strict=True)) == ms


@pytest.mark.parametrize(("form", "step"), [("srt", 1), ("vtt", 1), ("ass", 6), ("json", 1)])
@given(
    st.lists(st.integers(1, 2 * HOUR), min_size=2, max_size=9, unique=True),
    st.sampled_from([1000, 8000, 22_050, 44_100, 48_000]),
)
def test_every_time_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, form: str, step: int, times: list[int], rate: int
) -> None:
    """In samples of any rate: no cue comes later than its sound, but in ASS, nor much earlier."""
    edges = sorted(t * rate // 1000 + 7 for t in times)
    captions = captions_at(list(pairwise(edges)), rate)
    path = tmp_path_factory.getbasetemp() / f"times.{form}"
    path.write_text(registry.compose(form, captions), encoding="utf-8")
    for read, cue in zip(read_captions(path)[0], captions.cues, strict=True):
        for ms, samples in ((read.start, cue.start), (read.end, cue.end)):
            assert (-5 if form == "ass" else 0) <= Fraction(samples * 1000, rate) - ms < step


@given(
    st.integers(0, 10**9),
    st.sampled_from(
        ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60", "240"]
    ),
    st.sampled_from([22_050, 24_000, 44_100, 48_000]),
)
def test_a_cue_on_frames_is_shown_from_its_frame_in_every_player(
    start: int, fps_text: str, rate: int
) -> None:
    fps = Fraction(fps_text)
    (cue,) = snap_to_frames([Cue(start, start + 1, (CueToken("字", None),))], rate, fps)
    first, last = cue.start * fps / rate, cue.end * fps / rate
    assert int(first) == start * fps // rate
    assert first - int(first) < fps / rate  # the first sample in the frame
    assert int(last) == int(first) + 1  # a cue shorter than a frame lasts one


def test_cues_shifted_to_before_the_beginning_keep_a_sample() -> None:
    cues = [Cue(100, 200, (CueToken("字", Span(120, 150)),))]
    (cue,) = shifted(cues, -199)
    assert (cue.start, cue.end, cue.tokens[0].span) == (0, 1, Span(0, 1))
    (cue,) = shifted(cues, -50)
    assert (cue.start, cue.end, cue.tokens[0].span) == (50, 150, Span(70, 100))


@pytest.mark.parametrize(
    ("samples", "rate", "ms"),
    [(0, 48_000, 0), (47, 48_000, 0), (48, 48_000, 1), (44_099, 44_100, 999)],
)
def test_milliseconds_are_rounded_down(samples: int, rate: int, ms: int) -> None:
    assert to_milliseconds(samples, rate) == ms


def test_words_of_ass_and_lrc_have_their_own_times(tmp_path: Path) -> None:
    """A pause between words is empty karaoke, and times never run backwards."""
    tokens = (
        CueToken("一", Span(1000, 1290)),
        CueToken("，", None),
        CueToken("二", Span(1500, 1709)),
        CueToken("三", Span(1700, 1700)),
    )
    captions = Captions((Cue(1000, 2000, tokens),), Timeline((), 1000, 2500), "致辞", "zh-CN")
    ass = registry.compose("ass", captions).splitlines()[-1]
    assert ass.endswith(r"{\kf29}一，{\k21}{\kf20}二{\kf0}三")
    assert registry.compose("lrc", captions).splitlines()[1:] == [
        "[length:00:02.50]",
        "[00:01.00]<00:01.00>一，<00:01.50>二<00:01.70>三",
    ]
    path = tmp_path / "a.lrc"
    path.write_text(registry.compose("lrc", captions), encoding="utf-8")
    (read,) = read_captions(path)[0]
    assert (read.start, read.end, read.text) == (1000, 2500, "一，二三")
