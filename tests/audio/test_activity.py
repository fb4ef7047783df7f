"""Ranges of sound and silence, on computed samples."""

from __future__ import annotations

import wave
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from speechcast.audio.activity import (
    detect_active_ranges,
    find_active_ranges,
    hop_length,
    measure_frame_powers,
    snap_to_sound,
)
from speechcast.audio.file_activity import measure_activity
from speechcast.errors import SourceError
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


def ranges_at(*parts: tuple[int, float], rate: int = 400) -> list[Span]:
    """Return what sounds of frames, each so many of one power; a frame is a sample long here."""
    power = np.concatenate([np.full(count, level) for count, level in parts])
    return detect_active_ranges(power, rate)


LOUD = 0.01  # -20 dBFS


@pytest.mark.parametrize(
    ("parts", "spans"),
    [
        # A level is the average of two frames, so that a sound is heard a frame early.
        ([(20, 0.0), (20, LOUD), (20, 0.0)], [Span(20, 41)]),
        ([(20, 0.0), (2, LOUD), (20, 0.0)], []),  # 7.5 ms: a click
        ([(20, 0.0), (3, LOUD), (20, 0.0)], [Span(20, 24)]),  # 10 ms
        ([(30, LOUD), (16, 0.0), (30, LOUD)], [Span(1, 76)]),  # 37.5 ms: a closure
        ([(30, LOUD), (17, 0.0), (30, LOUD)], [Span(1, 31), Span(47, 77)]),  # 40 ms: a pause
        ([(1, LOUD)], []),
        ([], []),
    ],
)
def test_how_long_a_sound_and_a_pause_are(
    parts: list[tuple[int, float]], spans: list[Span]
) -> None:
    assert (ranges_at(*parts) if parts else detect_active_ranges(np.zeros(0), 400)) == spans


@pytest.mark.parametrize(
    ("noise", "soft", "loud", "heard"),
    [
        (-120, -54, -40, True),  # above the floor
        (-120, -56, -40, False),
        (-120, -47, -10, True),  # 38 dB under the loud passages
        (-120, -49, -10, False),
        (-50, -39, -15, True),  # 10 dB above the noise
        (-50, -41, -15, False),
        (-30, -34, -15, True),  # but never less than 20 dB under the loud passages
    ],
)
def test_how_loud_a_sound_is(noise: float, soft: float, loud: float, heard: bool) -> None:
    frames = [(50, loud), (20, noise), (20, soft), (30, noise)]
    spans = ranges_at(*((count, 10 ** (level / 10)) for count, level in frames))
    assert any(span.start <= 80 < span.end for span in spans) == heard


def test_the_power_of_a_frame_is_its_mean_square() -> None:
    samples = np.array([32767, -32768, 16384, 0, 5], np.int16)
    assert measure_frame_powers(samples, 800).tolist() == pytest.approx([1.0, 0.125], abs=1e-4)
    assert [hop_length(rate) for rate in (24_000, 44_100, 48_000)] == [60, 110, 120]


def snapped(seconds: list[tuple[float, float] | None], *shown: str) -> list[tuple[float, float]]:
    """Return where words are heard, in seconds of the clip before it is cut.

    It sounds from 0.5 s to 1.0 s and from 1.5 s to 2.0 s.
    """
    samples = clip_of(("_", 0.5), ("~", 0.5), ("_", 0.5), ("~", 0.5), ("_", 0.5))
    spans = tuple(s and Span(round(s[0] * RATE), round(s[1] * RATE)) for s in seconds)
    clip = snap_to_sound(Clip(samples, RATE, spans), line(*shown).tokens)
    assert len(clip.samples) == pytest.approx((0.010 + 1.5 + 0.060) * RATE, abs=2 * WITHIN)
    first = 0.5 - 0.010
    return [(s.start / RATE + first, s.end / RATE + first) for s in clip.spans if s]


@pytest.mark.parametrize(
    ("seconds", "shown", "heard"),
    [
        # The words beside a mark end and begin where its silence does.
        ([(0.4, 1.1), None, (1.4, 2.2)], "你，好", [(0.5, 1.0), (1.5, 2.0)]),
        # A space is no pause, and the engine is believed.
        ([(0.5, 1.2), None, (1.2, 2.0)], "你 好", [(0.5, 1.2), (1.2, 2.0)]),
        # Both times may be off by 0.2 s, and no more.
        ([(0.4, 0.81), None, (0.81, 2.2)], "你，好", [(0.5, 1.0), (1.5, 2.0)]),
        ([(0.4, 0.7), None, (0.7, 2.2)], "你，好", [(0.5, 0.7), (0.7, 2.0)]),
        ([(0.4, 1.69), None, (1.69, 2.2)], "你，好", [(0.5, 1.0), (1.5, 2.0)]),
        ([(0.4, 1.8), None, (1.8, 2.2)], "你，好", [(0.5, 1.8), (1.8, 2.0)]),
        # A word that lies in the silence stays what it was.
        (
            [(0.5, 0.9), (1.05, 1.1), None, (1.15, 2.0)],
            "你们，好",
            [(0.5, 0.9), (1.05, 1.1), (1.15, 2.0)],
        ),
    ],
)
def test_words_beside_a_pause_are_moved_to_its_silence(
    seconds: list[tuple[float, float] | None], shown: str, heard: list[tuple[float, float]]
) -> None:
    spans = snapped(seconds, *shown)
    assert spans == [pytest.approx(span, abs=0.006) for span in heard]


def test_a_word_never_ends_before_it_starts() -> None:
    """An engine may put both words before the sound, or behind it."""
    before, behind = snapped([(0.1, 0.2), (2.3, 2.4)], "你", "好")
    assert before[1] - before[0] == pytest.approx(1 / RATE)
    assert behind[1] - behind[0] == pytest.approx(1 / RATE)


def test_a_clip_that_sounds_from_its_first_sample_to_its_last_is_left_whole() -> None:
    samples = clip_of(("~", 0.5))
    clip = snap_to_sound(Clip(samples, RATE, (Span(0, len(samples)),)), line("你").tokens)
    assert len(clip.samples) == len(samples)
    (span,) = clip.spans
    assert span
    assert span.start <= WITHIN
    assert len(samples) - span.end <= WITHIN


@pytest.mark.parametrize(
    ("rate", "plausible"), [(3_999, False), (4_000, True), (384_000, True), (384_001, False)]
)
def test_the_rates_that_sound_may_have(tmp_path: Path, rate: int, plausible: bool) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes(clip_of(("~", 0.5)).tobytes())
    with nullcontext() if plausible else pytest.raises(SourceError, match=f"{rate} Hz"):
        assert measure_activity(path).rate == rate
