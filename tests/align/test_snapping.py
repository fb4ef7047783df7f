"""Edges of words, moved to those of the silences beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from speechcast.align.snapping import snap
from speechcast.align.tracks import Recording
from speechcast.audio.file_activity import AudioActivity
from speechcast.model import Span
from speechcast.warping.features import BANDS
from speechcast.warping.tracks import Track

RATE = 1000  # so that a sample is a millisecond
Spans = list[tuple[int, int]]


def snapped(sounds: Spans, words: Spans, utterances: Sequence[int] = ()) -> Spans:
    """Return where words are heard that the search found there, in a recording with sounds."""
    length = sounds[-1][1] + 100
    track = Track(np.ones((1, BANDS), np.float32), np.zeros(1, np.bool_), np.arange(1))
    ranges = tuple(Span(*span) for span in sounds)
    recording = Recording(AudioActivity(RATE, length, np.ones(1), ranges), ranges, track, 7000)
    placed = snap([Span(*word) for word in words], utterances or [0] * len(words), recording)
    return [(span.start, span.end) for span in placed]


@pytest.mark.parametrize(
    ("sounds", "words", "placed"),
    [
        # Both edges are near a pause.
        ([(0, 500), (1000, 1500)], [(0, 480), (1040, 1500)], [(0, 500), (1000, 1500)]),
        # The next word was found to begin before the pause, and the word before to end after it.
        ([(0, 500), (1000, 1500)], [(0, 440), (440, 1500)], [(0, 500), (1000, 1500)]),
        ([(0, 500), (1000, 1500)], [(0, 1050), (1050, 1500)], [(0, 500), (1000, 1500)]),
        # So it was, but a closure is no pause: it may be inside the word.
        ([(0, 500), (620, 1500)], [(0, 440), (440, 1500)], [(0, 500), (500, 1500)]),
        # Two words of different passages were found at the same time.
        ([(0, 500), (1000, 1500)], [(0, 1240), (1010, 1500)], [(0, 500), (1000, 1500)]),
        # The word is found to begin long after the pause, as music that goes on hides its end.
        ([(0, 500), (1000, 1500)], [(0, 480), (1100, 1500)], [(0, 500), (1100, 1500)]),
        # What sounds and is over before a word begins is not the word's.
        (
            [(0, 500), (1000, 1080), (1140, 1500)],
            [(0, 480), (1060, 1500)],
            [(0, 500), (1000, 1500)],
        ),
        ([(0, 500), (900, 960), (970, 1500)], [(0, 480), (965, 1500)], [(0, 500), (970, 1500)]),
        # A click in the pause is neither word.
        (
            [(0, 500), (800, 830), (1000, 1500)],
            [(0, 510), (810, 1500)],
            [(0, 500), (1000, 1500)],
        ),
        # Nor is it if the pause before it is short, as noise leaves it.
        ([(0, 500), (580, 610), (1000, 1500)], [(0, 500), (590, 1500)], [(0, 500), (1000, 1500)]),
    ],
)
def test_words_begin_and_end_at_pauses(sounds: Spans, words: Spans, placed: Spans) -> None:
    assert snapped(sounds, words) == placed


@pytest.mark.parametrize(
    ("words", "utterances", "placed"),
    [
        pytest.param(
            [(0, 500), (510, 980), (1010, 1500)],
            [0, 1, 1],
            [(0, 500), (1000, 1010), (1010, 1500)],
            id="the first one of a sentence",
        ),
        pytest.param(
            [(0, 490), (510, 980), (990, 1500)],
            [0, 0, 1],
            [(0, 490), (500, 510), (1000, 1500)],
            id="the last one of a sentence",
        ),
    ],
)
def test_a_word_that_was_found_in_a_silence(
    words: Spans, utterances: list[int], placed: Spans
) -> None:
    assert snapped([(0, 500), (1000, 1500)], words, utterances) == placed
