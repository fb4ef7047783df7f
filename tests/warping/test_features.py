"""Mel powers and what is computed from them."""

from __future__ import annotations

import numpy as np
import pytest

from speechcast.warping.features import (
    BANDS,
    FRAMES_A_SECOND,
    measure_mel_powers,
    pooled,
    with_changes,
)

NOISE = np.random.default_rng(1).normal(0, 3000, 44_100).astype(np.int16)


@pytest.mark.parametrize("pieces", [2, 7, 300])
def test_it_does_not_matter_in_which_blocks_a_sound_comes(pieces: int) -> None:
    whole = measure_mel_powers([NOISE], 44_100, 7000)
    parts = measure_mel_powers(np.array_split(NOISE, pieces), 44_100, 7000)
    np.testing.assert_allclose(parts, whole, rtol=1e-5)


@pytest.mark.parametrize("rate", [8_000, 11_025, 24_000, 48_000])
def test_a_frame_is_centered_at_its_time(rate: int) -> None:
    click = np.zeros(rate, np.int16)
    click[rate // 2] = 30_000
    powers = measure_mel_powers([click], rate, 3400)
    assert powers.shape == (FRAMES_A_SECOND + 1, BANDS)
    assert powers.sum(axis=1).argmax() == FRAMES_A_SECOND // 2


def test_pooling_takes_the_mean_of_parts_of_frames() -> None:
    frames = np.arange(6, dtype=np.float32)[:, None]
    np.testing.assert_allclose(pooled(frames, 1.5)[:, 0], [1 / 3, 5 / 3, 10 / 3, 14 / 3])


def test_the_changes_are_half_the_difference_of_the_neighbors() -> None:
    frames = np.array([[0], [2], [8]], np.float32)
    np.testing.assert_allclose(with_changes(frames), [[0, 1], [2, 4], [8, 3]])
