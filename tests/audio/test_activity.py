"""Ranges of sound and silence, on computed samples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from speechcast.audio.activity import find_active_ranges, snap_to_sound
from speechcast.model import Clip, Span
from tests.support.speeches import line

RATE = 24_000
WITHIN = round(0.005 * RATE)  # a measuring window


def clip_of(*parts: tuple[str, float]) -> NDArray[np.int16]:
    """Return tones (`~`) and silences (`_`), each of so many seconds."""
    pieces = [
        np.sin(np.arange(round(seconds * RATE)) * 0.1) * (9000 if kind == "~" else 0)
        for kind, seconds in parts
    ]
    return np.concatenate(pieces).astype(np.int16)


def near(spans: list[Span], expected: list[tuple[float, float]]) -> bool:
    return len(spans) == len(expected) and all(
        abs(s.start - a * RATE) <= WITHIN and abs(s.end - b * RATE) <= WITHIN
        for s, (a, b) in zip(spans, expected, strict=True)
    )


def test_sound_between_silences() -> None:
    samples = clip_of(("_", 0.18), ("~", 0.5), ("_", 0.25), ("~", 0.3), ("_", 0.6))
    assert near(find_active_ranges(samples, RATE), [(0.18, 0.68), (0.93, 1.23)])


def test_a_closure_inside_a_word_is_no_pause() -> None:
    samples = clip_of(("~", 0.2), ("_", 0.03), ("~", 0.2))
    assert near(find_active_ranges(samples, RATE), [(0.0, 0.43)])


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(50), np.zeros(24_000)])
def test_silence_has_no_sound(samples: NDArray[np.float64]) -> None:
    assert find_active_ranges(samples.astype(np.int16), RATE) == []


def test_a_clip_is_cut_to_its_sound_and_its_spans_follow() -> None:
    samples = clip_of(("_", 0.2), ("~", 0.4), ("_", 0.3), ("~", 0.4), ("_", 0.8))
    seconds = [(0.1, 0.55), None, (0.82, 1.6)]  # as an engine might believe
    spans = tuple(s and Span(round(s[0] * RATE), round(s[1] * RATE)) for s in seconds)
    clip = snap_to_sound(Clip(samples, RATE, spans), line("你好", "，", "再见").tokens)
    assert len(clip.samples) < 1.2 * RATE
    first, mark, last = clip.spans
    assert mark is None
    assert first
    assert last
    lead = 0.010
    assert near([first, last], [(lead, lead + 0.4), (lead + 0.7, lead + 1.1)])


def test_a_silent_clip_is_left_alone() -> None:
    clip = Clip(np.zeros(2400, np.int16), RATE, (Span(0, 2400),))
    assert snap_to_sound(clip, line("你").tokens) is clip


@given(st.lists(st.floats(min_value=0.06, max_value=0.4), min_size=1, max_size=9))
def test_sounds_are_in_order_and_inside(seconds: list[float]) -> None:
    parts = [("~_"[i % 2], s) for i, s in enumerate(seconds)]
    samples = clip_of(*parts)
    spans = find_active_ranges(samples, RATE)
    edges = [e for s in spans for e in s]
    assert edges == sorted(edges)
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(samples))
    assert len(spans) == (len(seconds) + 1) // 2
