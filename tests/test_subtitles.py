"""Cues: what they show and when."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import line_of
from speechcast import voices
from speechcast.engines.tone import Tone
from speechcast.model import Clip, Cue, Line, Pauses, Span, Timeline
from speechcast.reading import lines
from speechcast.script import parse
from speechcast.subtitles.cut import LINGER, cut, full_widths
from speechcast.subtitles.srt import compose
from speechcast.timeline import place

TONE = voices.load("tone")


def spoken(text: str) -> Timeline:
    found = lines(parse(text), TONE, 200)
    engine = Tone(TONE)
    return place(found, [engine.record(one) for one in found], Pauses())


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("今天开会。", ["今天开会"]),
        ("好吗？好！", ["好吗？", "好！"]),
        ("他说：“我来了。”", ["他说：“我来了。”"]),
        (
            "特别是他在开幕大会上的讲话，站位全局，立意高远，振奋人心。",
            ["特别是他在开幕大会上的讲话", "站位全局，立意高远，振奋人心"],
        ),
        ("在中共*市委坚强领导下，前进！", ["在中共*市委坚强领导下，前进！"]),
        ("增长5.2%。", ["增长5.2%"]),
    ],
)
def test_cues(text: str, cues: list[str]) -> None:
    assert [cue.text for cue in cut(spoken(text))] == cues


def test_a_cue_has_the_times_of_its_tokens() -> None:
    timeline = spoken("今天开会。明天休息。")
    first, second = cut(timeline)
    (_, *_), (_, *_) = timeline.sentences()
    starts = [sentence[0].span for sentence in timeline.sentences()]
    assert [first.start, second.start] == [s.start for s in starts if s]
    last_sound = max(s.span.end for sentence in timeline.sentences() for s in sentence if s.span)
    assert second.end == last_sound + round(LINGER * timeline.rate)


def test_a_half_width_character_counts_half() -> None:
    assert [full_widths(t) for t in ("你好", "abcd", "“你”", "5.2%")] == [2, 2, 3, 2]


def test_srt() -> None:
    cues = [Cue(0, 24_000, "一"), Cue(24_000, 24_000 * 3661 + 12, "二")]
    assert compose(cues, 24_000) == (
        "1\n00:00:00,000 --> 00:00:01,000\n一\n\n2\n00:00:01,000 --> 01:01:01,001\n二\n\n"
    )


def test_a_time_just_under_a_second_rounds_up_to_it() -> None:
    assert "00:00:59,000 --> 00:01:00,000" in compose(
        [Cue(59 * 24_000, 60 * 24_000 - 1, "a")], 24_000
    )


WORDS = "我们 在 银行 长大 了 ， 。 ！ “ ” 、 * 5.2% …… —— hello 中国特色社会主义".split()


@given(st.lists(st.sampled_from(WORDS), max_size=60), st.randoms(use_true_random=False))
def test_any_text_any_timings(words: list[str], random: object) -> None:
    """Cues come in order, do not overlap, are not empty; the text is whole."""
    text = "".join(words)
    speech = parse(text)
    found = lines(speech, TONE, 60)
    if not found:
        return
    clips = [_clip(one, random) for one in found]
    timeline = place(found, clips, Pauses())
    cues = cut(timeline)
    assert all(a.end <= b.start for a, b in pairwise(cues))
    assert all(0 <= c.start < c.end <= timeline.length for c in cues)
    assert all(c.text.strip() == c.text != "" for c in cues)
    sentences = "".join(s.text for p in speech.paragraphs for s in p.sentences)
    assert _bare("".join(c.text for c in cues)) == _bare(sentences)


def _bare(text: str) -> str:
    return re.sub(r"[\s，。、；：,;]", "", text)


def _clip(one: Line, random: object) -> Clip:
    spans: list[Span | None] = []
    at = 0
    for token in one.tokens:
        start = at + random.randrange(0, 900)  # type: ignore[attr-defined]
        at = start + 1 + random.randrange(0, 9000)  # type: ignore[attr-defined]
        spans.append(Span(start, at) if token.voiced else None)
    return Clip(np.zeros(at, np.int16), 24_000, tuple(spans))


def test_a_sentence_recorded_in_two_lines_is_cut_as_one() -> None:
    one = line_of("今天，我们开会。", TONE)
    halves = [replace(one, tokens=one.tokens[:2]), replace(one, tokens=one.tokens[2:])]
    engine = Tone(TONE)
    timeline = place(halves, [engine.record(half) for half in halves], Pauses())
    assert [cue.text for cue in cut(timeline)] == ["今天，我们开会"]
