"""The steps of an alignment by themselves."""

from __future__ import annotations

import numpy as np
import pytest

from speechcast.align import aligner, learning
from speechcast.align.aligner import find_pauses
from speechcast.align.matching import Boundaries, expand
from speechcast.align.refining import passages_of
from speechcast.align.tracks import Reference, Word, _find_lulls, _without_noise
from speechcast.model import Span
from speechcast.warping.likeness import Features, list_sounding
from speechcast.warping.tracks import Track
from tests.align.test_placement import track


def features(length: int, step: float = 1.0) -> Features:
    values = np.arange(length, dtype=np.float32)[:, None]
    return Features(values, np.arange(length) % 2 == 1, step)


# Paths.


@pytest.mark.parametrize(
    ("path", "passages"),
    [
        ([], []),
        ([-1, -1], []),
        ([0, 1, 2], [(0, 3)]),
        ([-1, 0, 1, -1, 2, 3, -1], [(1, 3), (4, 6)]),
        ([0, 2, 4], [(0, 3)]),  # every second frame: a faster speaker
        ([0, 3, 4], [(0, 1), (1, 3)]),  # two are passed over
        ([5, 5, 8, -1, 20], [(0, 2), (2, 3), (4, 5)]),
    ],
)
def test_the_stretches_in_which_a_path_is_in_the_text(
    path: list[int], passages: list[tuple[int, int]]
) -> None:
    assert passages_of(np.array(path, np.int64)) == passages


def test_a_path_at_a_finer_step() -> None:
    path = np.array([0, -1, 2], np.int64)
    fine = expand(path, 3, features(11), features(8))
    # The last frames of the recording go on beyond the path, and the text ends before it.
    assert fine.tolist() == [0, 1, 2, -1, -1, -1, 6, 7, 7, 6, 7]


def test_the_frames_that_sound_in_both() -> None:
    path = np.array([0, 2, 3, -1, 4, 6], np.int64)
    assert list_sounding(path, features(6), features(8)).tolist() == [0, 4]


def test_a_long_recording_is_sampled_in_four_stretches() -> None:
    assert learning.sample(features(6_000)).values[:, 0].tolist() == list(range(6_000))
    sample = learning.sample(features(10_000, 6.0))
    assert (len(sample.values), len(sample.silent), sample.step) == (6_000, 6_000, 6.0)
    starts = sample.values[::1_500, 0].tolist()
    assert starts == [0, 2_833, 5_666, 8_500]
    assert sample.values[1_499::1_500, 0].tolist() == [start + 1_499 for start in starts]


# Boundaries.


def test_the_words_at_a_coarser_step() -> None:
    words = [
        Word(0, 0, 0.0, 6.0),
        Word(0, 1, 6.0, 12.0),
        Word(0, 2, 15.9, 20.0),  # 3.9 frames after the one before: no pause
        Word(0, 3, 24.0, 30.0),  # 4 frames: a pause
        Word(0, 4, 30.4, 31.0),  # so short that it begins in the frame of the next
        Word(1, 0, 31.0, 60.0),  # another sentence
    ]
    reference = Reference((), track(60), tuple(words))
    found = aligner._boundaries(reference, features(20, 3.0))
    assert found.first.tolist() == [0, 2, 5, 8, 10]
    assert found.last.tolist() == [1, 3, 6, 9, 19]
    assert found.pauses.tolist() == [True, False, False, True, False]
    assert found.sentences.tolist() == [True, False, False, False, False]


def test_the_words_between_two_pauses_as_one() -> None:
    flags = np.array([True, False, True, True])
    sentences = np.array([True, False, False, True])
    first, last = np.array([0, 10, 20, 30]), np.array([9, 19, 29, 39])
    merged = Boundaries(first, last, flags, sentences).at_pauses()
    assert merged.first.tolist() == [0, 20, 30]
    assert merged.last.tolist() == [19, 29, 39]
    assert merged.sentences.tolist() == [True, False, True]


def test_it_costs_more_to_part_the_text_inside_a_sentence() -> None:
    flags, sentences = np.array([True, False, True]), np.array([True, False, False])
    costs = Boundaries(np.arange(3), np.arange(3), flags, sentences).costs()
    assert costs.tolist() == [0.0, 21.0, 15.0, 0.0]  # before each word, and after the last


def test_a_pause_is_where_silence_was_cut_and_at_both_ends() -> None:
    numbers = np.array([*range(10), *range(15, 35)])  # five frames are cut, as of a pause
    track = Track(np.zeros((30, 1), np.float32), np.zeros(30, np.bool_), numbers)
    paused = find_pauses(track, features(30))
    assert np.flatnonzero(~paused).tolist() == [*range(16, 25)]
    assert len(find_pauses(track, features(5, 6.0))) == 6
    closure = Track(track.powers, track.silent, np.array([*range(10), *range(13, 33)]))
    assert not find_pauses(closure, features(30))[10]


# Noise.


def noisy(*lengths: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Return frames of noise and of speech in turn, of so many frames each."""
    powers = [np.full((length, 3), (1.0, 1000.0)[n % 2]) for n, length in enumerate(lengths)]
    return np.concatenate(powers).astype(np.float32)


def test_noise_of_twelve_frames_parts_two_sounds() -> None:
    # The mean over five frames takes two from each end of the noise.
    assert _find_lulls(noisy(20, 50, 16, 50, 20)) == [(0, 18), (72, 84), (138, 156)]
    assert _find_lulls(noisy(20, 50, 15, 50, 20)) == [(0, 18), (137, 155)]


@pytest.mark.parametrize("length", [0, 4])
def test_a_recording_of_a_moment_has_no_noise(length: int) -> None:
    assert _find_lulls(noisy(length)) == []


def test_noise_is_taken_from_what_sounds() -> None:
    powers = noisy(20, 50, 16, 50, 20)
    ranges = [Span(100, 500), Span(600, 1000), Span(1300, 1500), Span(1520, 1560)]
    sounds = list(_without_noise(ranges, powers, 1000))
    assert sounds == [Span(180, 500), Span(600, 720), Span(840, 1000), Span(1300, 1380)]
