"""Every subtitle format, from the same captions."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pysubs2
import pytest
import srt
from hypothesis import given
from hypothesis import strategies as st

from speechcast.engines.tone import Tone
from speechcast.errors import UsageError
from speechcast.model import Clip, Pauses, PlacedClip, Span, Timeline
from speechcast.subtitles import style
from speechcast.subtitles.captions import (
    Captions,
    format_timecode,
    shifted,
    snap_to_frames,
    to_milliseconds,
)
from speechcast.subtitles.cue import Cue, CueToken
from speechcast.subtitles.formats import registry
from speechcast.subtitles.segment import segment
from speechcast.timeline import place
from speechcast.voices import presets
from tests.support.speeches import line, lines_of

RATE = 24_000
TEXT = "开幕词\n\n今天，我们<A&B>开会。\n明天休息！\n"


def captions(text: str = TEXT, style_name: str = "video") -> Captions:
    voice = presets.load("tone")
    utterances = lines_of(text, voice, 200)
    engine = Tone(voice)
    timeline = place(utterances, [engine.synthesize(one) for one in utterances], {"": Pauses()})
    return Captions(tuple(segment(timeline, style.load(style_name))), timeline, "开幕词", "zh-CN")


CAPTIONS = captions()


def test_srt() -> None:
    assert registry.compose("srt", CAPTIONS) == (
        "1\n00:00:00,300 --> 00:00:01,200\n开幕词\n\n"
        "2\n00:00:02,100 --> 00:00:04,650\n今天 我们<\u2060A&B>开会\n\n"
        "3\n00:00:05,250 --> 00:00:06,350\n明天休息！\n\n"
    )


def test_vtt_escapes_and_times_words() -> None:
    assert registry.compose("vtt", CAPTIONS) == (
        "WEBVTT\n\n"
        "1\n00:00:00.300 --> 00:00:01.200\n开幕词\n\n"
        "2\n00:00:02.100 --> 00:00:04.650\n"
        "今天 <00:00:02.650>我们&lt;<00:00:03.200>A<00:00:03.400>&amp;"
        "<00:00:03.600>B&gt;<00:00:03.950>开会\n\n"
        "3\n00:00:05.250 --> 00:00:06.350\n明天<00:00:05.650>休息！\n"
    )


def test_vtt_word_times_ascend_inside_their_cue() -> None:
    for block in registry.compose("vtt", captions("我们在这里开会。" * 9)).split("\n\n")[1:]:
        times = re.findall(r"\d\d:\d\d:\d\d\.\d{3}", block)
        start, end, *inner = times
        assert all(a < b for a, b in pairwise([start, *inner, end]))


def test_ass_is_karaoke_a_token_at_a_time() -> None:
    text = registry.compose("ass", CAPTIONS)
    assert "Title: 开幕词" in text
    assert "PlayResX: 1920\nPlayResY: 1080\n" in text
    read = pysubs2.SSAFile.from_string(text)
    assert (read.styles["Default"].fontname, read.styles["Default"].fontsize) == ("sans-serif", 64)
    assert [(e.start, e.end) for e in read.events] == [(300, 1200), (2100, 4650), (5250, 6350)]
    assert read.events[1].text == (
        r"{\kf40}今天 {\k15}{\kf40}我们<{\k15}{\kf20}A{\kf20}&{\kf20}B>{\k15}{\kf40}开会"
    )
    assert read.events[1].plaintext == "今天 我们<A&B>开会"


def test_lrc_has_a_time_a_word() -> None:
    assert registry.compose("lrc", CAPTIONS).splitlines()[:4] == [
        "[ti:开幕词]",
        "[length:00:06.55]",
        "[00:00.30]<00:00.30>开幕词",
        "[00:02.10]<00:02.10>今天 <00:02.65>我们＜\u2060"
        "<00:03.20>A<00:03.40>&<00:03.60>B＞\u2060<00:03.95>开会",
    ]


def test_json_has_everything() -> None:
    read = json.loads(registry.compose("json", CAPTIONS))
    assert (read["title"], read["language"], read["rate"]) == ("开幕词", "zh-CN", RATE)
    assert read["duration"]["samples"] == CAPTIONS.timeline.length
    assert "".join(t["shown"] for s in read["sentences"] for t in s["tokens"]) == re.sub(
        r"\s", "", TEXT
    )
    token = read["sentences"][1]["tokens"][0]
    assert token == {
        "shown": "今天",
        "spoken": "今天",
        "start": {"samples": 50_400, "seconds": 2.1},
        "end": {"samples": 60_000, "seconds": 2.5},
    }
    assert [cue["text"] for cue in read["cues"]] == [cue.text for cue in CAPTIONS.cues]


def test_json_to_the_letter() -> None:
    """Times in seconds have six decimals: 50,401 samples of 24,000 a second are 2.100042 s."""
    utterance = replace(line("今天", "，", "好"), sentence=1)
    clip = Clip(np.zeros(60, np.int16), 24_000, (Span(1, 20), None, Span(30, 50)))
    timeline = Timeline((PlacedClip(utterance, clip, 50_400),), 24_000, 50_500)
    cues = (Cue(50_401, 50_450, (CueToken("今天 ", Span(50_401, 50_420)),)),)
    composed = registry.compose("json", Captions(cues, timeline, "会", "zh-CN"))
    assert composed.startswith('{\n "title": "会",\n "language": "zh-CN",\n "rate": 24000,\n')
    assert composed.endswith("}\n")
    start, end = {"samples": 50_401, "seconds": 2.100042}, {"samples": 50_450, "seconds": 2.102083}
    assert json.loads(composed) == {
        "title": "会",
        "language": "zh-CN",
        "rate": 24_000,
        "duration": {"samples": 50_500, "seconds": 2.104167},
        "sentences": [
            {
                "text": "今天，好",
                "start": start,
                "end": end,
                "tokens": [
                    {
                        "shown": "今天",
                        "spoken": "今天",
                        "start": start,
                        "end": {"samples": 50_420, "seconds": 2.100833},
                    },
                    {"shown": "，", "spoken": "，"},
                    {
                        "shown": "好",
                        "spoken": "好",
                        "start": {"samples": 50_430, "seconds": 2.10125},
                        "end": end,
                    },
                ],
            }
        ],
        "cues": [{"number": 1, "text": "今天 ", "start": start, "end": end}],
    }


def test_the_transcript_is_the_text() -> None:
    text = "开幕词\n\n今天开会。明天休息。\n后天再来。\n\n一、明天\n\n休息。\n"
    assert registry.compose("txt", captions(text)) == (
        "开幕词\n\n今天开会。明天休息。\n\n后天再来。\n\n一、明天\n\n休息。\n"
    )


@pytest.mark.parametrize("name", registry.SUBTITLE_SUFFIXES)
def test_two_lines_and_every_format_reads_back(name: str) -> None:
    two_lines = captions("特别是他在开幕大会上的讲话，站位全局，立意高远。", "netflix-zh")
    assert two_lines.cues[0].text == "特别是他在开幕大会上的讲话\n站位全局 立意高远"
    text = registry.compose(name, two_lines)
    if name == "srt":
        assert next(iter(srt.parse(text))).content == two_lines.cues[0].text
    elif name in {"vtt", "ass"}:
        (event,) = pysubs2.SSAFile.from_string(text).events
        plain = re.sub("<[^>]*>", "", event.plaintext)
        assert plain == two_lines.cues[0].text
    else:
        assert "站位" in text


def test_bytes() -> None:
    assert registry.encode_text("一\n", bom=False, crlf=False) == "一\n".encode()
    assert registry.encode_text("一\n", bom=True, crlf=True) == b"\xef\xbb\xbf" + "一\r\n".encode()


@pytest.mark.parametrize(("listed", "names"), [("srt", ["srt"]), ("SRT, vtt,srt,", ["srt", "vtt"])])
def test_a_list_of_formats(listed: str, names: list[str]) -> None:
    assert registry.parse_subtitle_formats(listed) == names


@pytest.mark.parametrize("listed", ["sub", "srt,docx", ",", ""])
def test_an_unknown_format(listed: str) -> None:
    with pytest.raises(UsageError, match=r"no subtitle format '|names no format"):
        registry.parse_subtitle_formats(listed)


def cue(start: int, end: int) -> Cue:
    return Cue(start, end, (CueToken("一", Span(start, end)),))


def test_shifted() -> None:
    later, earlier = shifted([cue(100, 200)], 50), shifted([cue(100, 200)], -150)
    assert (later[0].start, later[0].end) == (150, 250)
    assert later[0].tokens[0].span == Span(150, 250)
    assert (earlier[0].start, earlier[0].end) == (0, 50)


@given(
    st.lists(st.integers(1, 50_000), min_size=2, max_size=30),
    st.sampled_from([Fraction(25), Fraction(24000, 1001), Fraction(30), Fraction(50)]),
)
def test_on_frames(lengths: list[int], fps: Fraction) -> None:
    """A cue starts on a frame, at the sound or less than a frame before it, and in order."""
    edges = [sum(lengths[:n]) for n in range(len(lengths) + 1)]
    cues = [cue(a, b) for a, b in pairwise(edges)]
    for before, after in zip(cues, snap_to_frames(cues, RATE, fps), strict=True):
        assert 0 <= before.start - after.start < RATE / fps
        assert after.end > after.start
        frame = after.start * fps / RATE
        assert 0 <= frame - int(frame) < fps / RATE


def test_a_time_is_rounded_once_and_never_to_after_its_sound() -> None:
    assert [to_milliseconds(n, RATE) for n in (23, 24, 60 * RATE - 1)] == [0, 1, 59_999]


@pytest.mark.parametrize(
    ("ms", "timecode"),
    [
        (0, "00:00:00.000"),
        (999, "00:00:00.999"),
        (1_000, "00:00:01.000"),
        (59_999, "00:00:59.999"),
        (60_000, "00:01:00.000"),
        (3_599_999, "00:59:59.999"),
        (3_600_000, "01:00:00.000"),
        (86_399_999, "23:59:59.999"),
        (360_000_000, "100:00:00.000"),
    ],
)
def test_a_timecode_rolls_over(ms: int, timecode: str) -> None:
    assert format_timecode(ms) == timecode
    assert format_timecode(ms, ",") == timecode.replace(".", ",")


def captions_of(*cues: Cue, length: int) -> Captions:
    return Captions(cues, Timeline((), 1000, length), "长会", "zh-CN")


def test_every_format_counts_hours() -> None:
    """At 1,000 samples a second a sample is a millisecond."""
    start, end = 3_661_230, 3_662_340
    tokens = (CueToken("一", Span(start, start + 500)), CueToken("二", Span(start + 600, end)))
    hour = captions_of(Cue(start, end, tokens), length=7_379_999)
    assert "01:01:01,230 --> 01:01:02,340" in registry.compose("srt", hour)
    assert "01:01:01.230 --> 01:01:02.340\n一<01:01:01.830>二" in registry.compose("vtt", hour)
    assert "1:01:01.23,1:01:02.34" in registry.compose("ass", hour)
    assert registry.compose("lrc", hour).splitlines() == [
        "[ti:长会]",
        "[length:122:59.99]",
        "[61:01.23]<61:01.23>一<61:01.83>二",
    ]
    read = json.loads(registry.compose("json", hour))
    assert read["duration"] == {"samples": 7_379_999, "seconds": 7379.999}
    assert read["cues"] == [
        {
            "number": 1,
            "text": "一二",
            "start": {"samples": start, "seconds": 3661.23},
            "end": {"samples": end, "seconds": 3662.34},
        }
    ]


def test_vtt_times_a_word_only_inside_its_cue_and_after_the_last() -> None:
    """A time may not repeat, nor stand at the edges of the cue."""
    starts = (100, 100, 250, 250, 200, 999, 1000)
    tokens = tuple(
        CueToken(text, Span(start, start + 50))
        for text, start in zip("甲乙丙丁戊己庚", starts, strict=True)
    )
    text = registry.compose("vtt", captions_of(Cue(100, 1000, tokens), length=2000))
    assert text.splitlines()[4] == "甲乙<00:00:00.250>丙丁戊<00:00:00.999>己庚"


def test_ass_waits_between_words_and_never_goes_back() -> None:
    tokens = (
        CueToken("甲", Span(1_100, 1_300)),
        CueToken("，", None),
        CueToken("乙", Span(1_300, 1_500)),
        CueToken("丙", Span(1_400, 1_600)),
        CueToken("己", Span(1_400, 1_450)),  # over before the one before it
        CueToken("丁", Span(1_700, 1_720)),
    )
    text = registry.compose("ass", captions_of(Cue(1_000, 2_000, tokens), length=2000))
    line = text.splitlines()[-1]
    assert line.endswith(r"{\k10}{\kf20}甲，{\kf20}乙{\kf10}丙{\kf0}己{\k10}{\kf2}丁")


@pytest.mark.parametrize(
    ("offset", "span"),
    [(50, (150, 250)), (-100, (0, 100)), (-199, (0, 1)), (-200, (0, 1)), (-500, (0, 1))],
)
def test_a_shift_leaves_no_cue_before_the_beginning(offset: int, span: tuple[int, int]) -> None:
    (after,) = shifted([cue(100, 200)], offset)
    assert (after.start, after.end) == span
    assert after.tokens[0].span == Span(*span)


@pytest.mark.parametrize(
    ("span", "on_frames"),
    [
        ((0, 40), (0, 40)),
        ((39, 81), (0, 80)),
        ((41, 79), (40, 80)),  # within one frame: it lasts that frame
        ((40, 120), (40, 120)),
        ((1_000, 1_999), (1_000, 1_960)),
    ],
)
def test_frames_of_a_twenty_fifth(span: tuple[int, int], on_frames: tuple[int, int]) -> None:
    (after,) = snap_to_frames([cue(*span)], 1000, Fraction(25))
    assert (after.start, after.end) == on_frames
    assert after.tokens == cue(*span).tokens  # a word stays where it is heard


def test_a_frame_begins_at_the_first_sample_in_it() -> None:
    """At 30 frames a second a frame has 33⅓ of 1,000 samples."""
    (after,) = snap_to_frames([cue(35, 70)], 1000, Fraction(30))
    assert (after.start, after.end) == (34, 67)
