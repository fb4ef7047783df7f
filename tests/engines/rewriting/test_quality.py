"""When two models say the same: sounds of noise, a symbol louder or longer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from speechcast.engines.kokoro.rewriting.quality import (
    SAMPLES_PER_FRAME,
    Sound,
    compare,
    measure_spectral_distance,
)

FRAMES = [12, 5, 20, 8] * 4


def sound(frames: Sequence[int], louder: float = 0.0, seed: int = 1) -> Sound:
    """Return a sound of noise, louder by so many decibels."""
    noise = np.random.default_rng(seed).normal(0, 0.1, sum(frames) * SAMPLES_PER_FRAME)
    samples = np.asarray(noise * 10 ** (louder / 20), np.float32)
    return Sound(samples, np.array(frames, np.int64))


EXPECTED = sound(FRAMES)


@pytest.mark.parametrize(
    "actual",
    [
        EXPECTED,
        sound(FRAMES, seed=2),
        sound(FRAMES, louder=4.4),
        sound([15, 5, 20, 8, *FRAMES[4:]], seed=2),
    ],
    ids=["the same", "other noise", "a little louder", "a symbol three frames longer"],
)
def test_what_differs_by_noise_alone_is_alike(actual: Sound) -> None:
    compare(EXPECTED, actual)


@pytest.mark.parametrize(
    ("actual", "reason"),
    [
        (sound(FRAMES, louder=4.6), r"its spectrum differs by 4\.[56] dB"),
        (sound(FRAMES, louder=-4.7), r"its spectrum differs by 4\.[67] dB"),
        (sound([16, 5, 20, 8, *FRAMES[4:]]), r"a sound differs by 4 frames, the sentence by 2\.2%"),
        (sound([n + 1 for n in FRAMES]), r"a sound differs by 1 frames, the sentence by 8\.9%"),
        (Sound(EXPECTED.samples[:-1], EXPECTED.frames), "durations do not match"),
        (Sound(EXPECTED.samples + np.float32(np.inf), EXPECTED.frames), "is not finite"),
    ],
)
def test_what_says_something_else_is_named(actual: Sound, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compare(EXPECTED, actual)


def test_every_symbol_counts_alike() -> None:
    short, long = sound([2, 40]), sound([2, 40])
    short.samples[: 2 * SAMPLES_PER_FRAME] *= 2
    assert measure_spectral_distance(long, short) == pytest.approx(3.05, abs=0.15)
    silent = Sound(np.zeros(42 * SAMPLES_PER_FRAME, np.float32), long.frames)
    assert measure_spectral_distance(silent, silent) == 0
    assert measure_spectral_distance(silent, long) == pytest.approx(63, abs=2)
