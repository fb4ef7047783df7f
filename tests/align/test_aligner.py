"""What is learned of two voices before the text is looked for."""

from __future__ import annotations

import numpy as np
import pytest

from speechcast.align.learning import learn_likeness
from speechcast.align.matching import Boundaries, match
from speechcast.warping.features import CEPSTRA
from speechcast.warping.likeness import Features

FRAMES, WORD = 600, 6
SILENT = np.zeros(FRAMES, np.bool_)


@pytest.mark.parametrize("seed", [1, 3])
def test_a_voice_that_is_like_the_reference_in_hardly_any_number_is_found(seed: int) -> None:
    """Each number of a machine's voice may depend on all of the reference's, and little on its."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((FRAMES + 3, 2 * CEPSTRA))
    spoken = noise[1:-2] + noise[2:-1] + noise[3:]  # neighboring frames are alike
    spoken /= spoken.std(axis=0)
    turn = np.linalg.qr(rng.standard_normal((2 * CEPSTRA, 2 * CEPSTRA)))[0]
    heard = 0.15 * spoken + 0.85 * spoken @ turn + 0.3 * rng.standard_normal(spoken.shape)
    heard /= heard.std(axis=0)
    reference = Features(np.asarray(spoken, np.float32), SILENT, 1.0)
    recording = Features(np.asarray(heard, np.float32), SILENT, 1.0)
    first = np.arange(0, FRAMES, WORD)
    sentences = np.arange(len(first)) % 10 == 0
    boundaries = Boundaries(first, first + WORD - 1, sentences | True, sentences)

    alike, _lead = learn_likeness(recording, reference, boundaries)

    path = match(alike.score(recording, reference), boundaries)
    assert (path == np.arange(FRAMES)).mean() > 0.95
