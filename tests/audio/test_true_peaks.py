"""True peaks: measured only where one can be high, and as exactly as by FFmpeg."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from speechcast.audio.filters import AudioFilter
from speechcast.audio.loudness import measure_level
from speechcast.audio.true_peaks import TOLERANCE, TruePeakMeter, measure_true_peaks

RATES = [16_000, 22_050, 24_000, 44_100, 48_000]


@st.composite
def sounds(draw: st.DrawFn) -> NDArray[np.float64]:
    """Return noise that swells and fades, of any length, some of it without its high tones."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    length = draw(st.integers(1, 30_000))
    loud = np.interp(np.arange(length), np.linspace(0, length, 9), rng.random(9) ** 3)
    smooth = np.hanning(draw(st.integers(3, 40)))
    noise = np.convolve(rng.standard_normal(length + 40), smooth / smooth.sum(), "same")
    return noise[:length] * loud * 9000


@given(sounds(), st.floats(0, 30_000), st.sampled_from(RATES))
def test_what_is_surely_below_a_level_changes_nothing(
    samples: NDArray[np.float64], above: float, rate: int
) -> None:
    exact = measure_true_peaks(samples, rate)
    enough = measure_true_peaks(samples, rate, above=above)
    assert np.allclose(np.maximum(exact, above), np.maximum(enough, above), rtol=1e-6)


@given(sounds(), st.lists(st.integers(0, 30_000), max_size=5), st.sampled_from([1, 2]))
def test_a_stream_has_the_peak_of_the_whole(
    samples: NDArray[np.float64], cuts: list[int], channels: int
) -> None:
    whole = np.rint(samples).astype(np.int16)
    meter = TruePeakMeter(24_000, channels)
    for start, end in itertools.pairwise([0, *sorted(cuts), len(whole)]):
        meter.add(np.repeat(whole[start:end], channels))
    meter.finish()
    exact = measure_true_peaks(whole.astype(np.float64), 24_000).max()
    assert exact / TOLERANCE <= meter.highest * (1 + 1e-6)
    assert meter.highest <= exact * (1 + 1e-6)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("hertz", [110, 997, 3_500, 6_900])
@pytest.mark.parametrize("channels", [1, 2])
def test_the_true_peak_is_that_of_ffmpeg(rate: int, hertz: int, channels: int) -> None:
    time = np.arange(rate) / rate
    swelling = np.sin(np.pi * time) ** 2 * 20_000
    tone = np.rint(swelling * np.sin(2 * np.pi * hertz * time + 0.3)).astype(np.int16)
    sound = np.repeat(tone, channels)
    measured = measure_level([sound], rate, channels)
    assert measured.true_peak == pytest.approx(by_ffmpeg(sound, rate, channels), abs=0.1)


def by_ffmpeg(sound: NDArray[np.int16], rate: int, channels: int) -> float:
    peaks = AudioFilter("ebur128", "peak=true:metadata=1", rate, channels)
    frames = [*peaks.filter(sound), *peaks.flush()]
    names = [f"lavfi.r128.true_peaks_ch{n}" for n in range(channels)]
    return max(20 * math.log10(float(frames[-1].metadata[name])) for name in names)


def test_without_the_true_peak_all_else_is_the_same() -> None:
    noise = np.random.default_rng(1).standard_normal(48_000) * 6000
    samples = np.rint(noise).astype(np.int16)
    whole = measure_level([samples], 24_000)
    rest = measure_level([samples], 24_000, true_peak=False)
    assert rest.loudness == whole.loudness
    assert rest.true_peak == rest.peak == whole.peak < whole.true_peak
