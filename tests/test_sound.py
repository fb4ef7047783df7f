"""Stitching and encoding, to the sample."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from conftest import heard, line
from speechcast import sound
from speechcast.engines.tone import Tone
from speechcast.model import Clip, Pauses, Timeline, Voice
from speechcast.timeline import place


def spoken(voice: Voice, *texts: str) -> Timeline:
    lines = [replace(line(*text), sentence=n) for n, text in enumerate(texts, 1)]
    engine = Tone(voice)
    return place(lines, [engine.record(one) for one in lines], {"": Pauses()})


def test_every_clip_is_where_the_timeline_says(tone: Voice) -> None:
    timeline = spoken(tone, "你好", "再见", "走")
    whole = np.frombuffer(sound.stitch(timeline, {}).raw_data, np.int16)
    assert len(whole) == timeline.length
    fade = round(sound.FADE * timeline.rate)
    silent = np.ones(len(whole), bool)
    for placed in timeline.placed:
        end = placed.start + len(placed.clip.samples)
        inside = slice(placed.start + fade, end - fade)
        assert (whole[inside] == placed.clip.samples[fade:-fade]).all()
        silent[placed.start : end] = False
    assert not whole[silent].any()


def test_a_length_of_no_whole_milliseconds_does_not_drift(tone: Voice) -> None:
    odd = [
        Clip(c.clip.samples[:4001], c.clip.rate, c.clip.spans) for c in spoken(tone, "好").placed
    ]
    timeline = place([line("好")] * 500, odd * 500, {"": Pauses(sentence=0.10001)})
    assert sound.stitch(timeline, {}).frame_count() == timeline.length


def test_volume_is_per_cent(tone: Voice) -> None:
    timeline = spoken(tone, "你好")
    plain = np.frombuffer(sound.stitch(timeline, {}).raw_data, np.int16)
    louder = np.frombuffer(sound.stitch(timeline, {"": 50}).raw_data, np.int16)
    assert louder.max() == pytest.approx(1.5 * plain.max(), rel=0.001)


def test_a_decoded_mp3_has_the_samples_that_went_in(tone: Voice, tmp_path: Path) -> None:
    timeline = spoken(tone, "你好", "再见")
    path = tmp_path / "a.mp3"
    sound.encode(sound.stitch(timeline, {}), path)
    decoded, rate = heard(path)
    assert (len(decoded), rate) == (timeline.length, timeline.rate)
    original = np.frombuffer(sound.stitch(timeline, {}).raw_data, np.int16) / 32768
    assert np.corrcoef(decoded, original)[0, 1] > 0.99


def test_the_same_sound_gives_the_same_bytes(tone: Voice, tmp_path: Path) -> None:
    audio = sound.stitch(spoken(tone, "你好"), {})
    for name in ("a.mp3", "b.mp3"):
        sound.encode(audio, tmp_path / name)
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()
