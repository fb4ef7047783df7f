"""Stitching, exact to the sample."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from speechcast.audio.encode import encode
from speechcast.audio.prefetch import prefetch
from speechcast.audio.stitch import BLOCK, FADE, stitch, stitch_speakers
from speechcast.engines.tone import Tone
from speechcast.model import Clip, Pauses, PlacedClip, Span, Timeline, Voice
from speechcast.timeline import place
from tests.support.speeches import heard, line


def spoken(voice: Voice, *texts: str) -> Timeline:
    lines = [replace(line(*text), sentence=n) for n, text in enumerate(texts, 1)]
    engine = Tone(voice)
    return place(lines, [engine.synthesize(one) for one in lines], {"": Pauses()})


def samples(blocks: Iterable[NDArray[np.int16]]) -> NDArray[np.int16]:
    return np.concatenate(list(blocks))


def test_every_clip_is_where_the_timeline_says(tone: Voice) -> None:
    timeline = spoken(tone, "你好", "再见", "走")
    whole = samples(stitch(timeline, {}))
    assert len(whole) == timeline.length
    fade = round(FADE * timeline.rate)
    silent = np.ones(len(whole), bool)
    for placed in timeline.clips:
        end = placed.start + len(placed.clip.samples)
        inside = slice(placed.start + fade, end - fade)
        assert (whole[inside] == placed.clip.samples[fade:-fade]).all()
        silent[placed.start : end] = False
    assert not whole[silent].any()


def test_a_length_of_no_whole_milliseconds_does_not_drift(tone: Voice) -> None:
    odd = [Clip(c.clip.samples[:4001], c.clip.rate, c.clip.spans) for c in spoken(tone, "好").clips]
    timeline = place([line("好")] * 500, odd * 500, {"": Pauses(sentence=0.10001)})
    assert len(samples(stitch(timeline, {}))) == timeline.length


def test_a_gain_is_in_decibels(tone: Voice) -> None:
    timeline = spoken(tone, "你好")
    plain, louder = samples(stitch(timeline, {})), samples(stitch(timeline, {"": 6}))
    assert louder.max() == pytest.approx(1.995 * plain.max(), rel=0.001)


def test_a_long_silence_comes_in_pieces(tone: Voice) -> None:
    timeline = replace(spoken(tone, "走"), length=10 * BLOCK)
    blocks = list(stitch(timeline, {}))
    assert max(len(block) for block in blocks) == BLOCK
    assert len(samples(blocks)) == timeline.length


def test_no_join_clicks(tone: Voice) -> None:
    """Clips cut out of a loud tone start and end in the middle of it."""
    loud = spoken(tone, "你好").clips[0].clip
    cut = Clip(loud.samples[1000:6000], loud.rate, (Span(0, 5000),))
    timeline = place([line("你")] * 5, [cut] * 5, {"": Pauses(sentence=0.1)})
    whole = samples(stitch(timeline, {})).astype(int)
    inside = np.abs(np.diff(cut.samples.astype(int))).max()
    assert np.abs(np.diff(whole)).max() <= inside


def test_a_decoded_mp3_has_the_samples_that_went_in(tone: Voice, tmp_path: Path) -> None:
    timeline = spoken(tone, "你好", "再见")
    path = tmp_path / "a.mp3"
    encode(stitch(timeline, {}), timeline.rate, path)
    decoded, rate = heard(path)
    assert (len(decoded), rate) == (2 * timeline.length, 48_000)
    original = samples(stitch(timeline, {})) / 32768
    assert np.corrcoef(decoded[::2], original)[0, 1] > 0.99
    assert decoded.std() == pytest.approx(original.std(), rel=0.01)  # LAME's own 5 % made up for


def flat(length: int, level: int = 1000) -> Clip:
    return Clip(np.full(length, level, np.int16), 1000, (Span(0, length),))


def timeline_at(*placed: tuple[int, Clip, str], length: int) -> Timeline:
    clips = [
        PlacedClip(replace(line("好"), speaker=who), clip, start) for start, clip, who in placed
    ]
    return Timeline(tuple(clips), 1000, length)


def test_a_clip_fades_in_and_out_over_four_milliseconds() -> None:
    whole = samples(stitch(timeline_at((2, flat(10), ""), length=15), {}))
    assert whole.tolist() == [0, 0, 0, 250, 500, 750, 1000, 1000, 750, 500, 250, 0, 0, 0, 0]


def test_a_clip_shorter_than_its_fade() -> None:
    whole = samples(stitch(timeline_at((0, flat(2), ""), (2, flat(1), ""), length=3), {}))
    assert whole.tolist() == [0, 0, 0]


def test_every_speaker_has_a_gain_and_who_has_none_is_left_alone() -> None:
    timeline = timeline_at((0, flat(20), ""), (20, flat(20), "市长"), length=40)
    whole = samples(stitch(timeline, {"市长": 20.0}))
    assert (whole[10], whole[30]) == (1000, 10_000)


def test_what_is_too_loud_is_cut_at_full_scale_unless_it_is_limited() -> None:
    timeline = timeline_at((0, flat(20), ""), (20, flat(20, -1000), ""), length=40)
    whole = samples(stitch(timeline, {"": 40.0}))
    assert (whole[10], whole[30]) == (32767, -32768)
    limited = samples(stitch(timeline, {"": 40.0}, ceiling=-6.0))
    assert np.abs(limited).max() <= 16_423


def test_the_clips_of_some_speakers_without_pauses() -> None:
    timeline = timeline_at(
        (5, flat(20), ""), (50, flat(30, 7), "市长"), (90, flat(20), ""), length=200
    )
    assert len(samples(stitch_speakers(timeline, {""}))) == 40
    assert samples(stitch_speakers(timeline, {"市长"})).max() == 7


@given(st.lists(st.tuples(st.integers(0, 150_000), st.integers(1, 70_000)), max_size=4))
@settings(max_examples=20)
def test_blocks_are_of_one_size_wherever_clips_begin(parts: list[tuple[int, int]]) -> None:
    placed, position = [], 0
    for pause, length in parts:
        placed.append((position + pause, flat(length), ""))
        position += pause + length
    blocks = list(stitch(timeline_at(*placed, length=position + 1), {}))
    assert [len(block) for block in blocks[:-1]] == [65_536] * (len(blocks) - 1)
    assert sum(len(block) for block in blocks) == position + 1


def test_a_prefetched_stream_is_the_same_stream() -> None:
    assert list(prefetch(iter(range(1000)))) == list(range(1000))


def test_an_error_in_prefetching_is_raised_at_its_item() -> None:
    def breaking() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    stream = prefetch(breaking())
    assert next(stream) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(stream)
