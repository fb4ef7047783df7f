"""The waveform of a page."""

from __future__ import annotations

import numpy as np

from speechcast.audio.file_activity import AudioActivity
from speechcast.page.waveform import Waveform, measure_waveform


def activity(levels: list[float], frames_each: int = 20) -> AudioActivity:
    """Return a sound whose frames of 2.5 ms have these levels."""
    power = np.repeat(np.square(levels), frames_each)
    return AudioActivity(24_000, len(power) * 60, power, ())


def measure(sound: AudioActivity) -> Waveform:
    return measure_waveform(sound, 50, 144_000)


def test_loud_is_high_and_silence_is_low() -> None:
    wave = measure(activity([0.0, 0.25, 0.5, 0.5]))
    assert (wave.levels, wave.step, wave.length) == (bytes([0, 32, 63, 63]), 50, 200)


def test_silence_is_drawn_as_silence() -> None:
    assert measure(activity([0.0] * 4)).levels == bytes(4)


def test_a_sound_shorter_than_a_step_has_one() -> None:
    assert len(measure(activity([0.5], frames_each=3)).levels) == 1
    assert len(measure(activity([], frames_each=3)).levels) == 1


def test_ten_hours_take_longer_steps() -> None:
    wave = measure(activity([0.5], frames_each=400 * 36_000))
    assert wave.step == 250
    assert len(wave.levels) == 144_000
