"""The limiter measures true peaks only where one can reach its ceiling."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from speechcast.audio.limiter import measure_true_peaks
from speechcast.audio.loudness import measure_level


@given(st.integers(0, 2**32 - 1), st.integers(1, 60_000))
def test_what_is_surely_below_the_ceiling_changes_nothing(seed: int, length: int) -> None:
    rng = np.random.default_rng(seed)
    loud = np.interp(np.arange(length), np.linspace(0, length, 9), rng.random(9) ** 3)
    samples = rng.standard_normal(length) * loud * 9000
    exact, enough = measure_true_peaks(samples), measure_true_peaks(samples, above=20_000.0)
    assert np.array_equal(np.maximum(exact, 20_000.0), np.maximum(enough, 20_000.0))


def test_without_the_true_peak_all_else_is_the_same() -> None:
    noise = np.random.default_rng(1).standard_normal(48_000) * 6000
    samples = np.rint(noise).astype(np.int16)
    whole = measure_level([samples], 24_000)
    rest = measure_level([samples], 24_000, true_peak=False)
    assert rest.loudness == whole.loudness
    assert rest.true_peak == rest.peak == whole.peak < whole.true_peak
