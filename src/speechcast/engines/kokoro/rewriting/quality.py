"""Compare the rewritten model with the one it comes from, on a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..files import MAX_SYMBOLS, STYLE_SIZE
from ..session import open_session

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ....units import Decibels

# 各位来宾，大家好，今天是个好日子。 in the model's symbols, as `Kokoro.encode` gives them.
_SYMBOLS = (
    "53 140 173 65 47 51 173 16 54 43 51 172 58 51 171 56 3 16 62 43 173 21 52 43 171 16 66 43 "
    "63 169 3 16 21 51 171 56 62 162 52 86 171 56 16 130 101 173 16 53 140 173 16 66 43 63 169 "
    "126 101 173 20 101 4"
)
SENTENCE = tuple(int(symbol) for symbol in _SYMBOLS.split())
SAMPLES_PER_FRAME = 600
MAX_SHIFT = 3  # frames that a symbol may become longer or shorter
MAX_DRIFT = 0.03  # of the sentence's length
# The greatest mean difference of the symbols' spectra. The steps give 1 to 3 dB: what differs is
# the noise of the quantised activations. Two voices differ by 8 dB.
MAX_DISTANCE: Decibels = 4.5
_FLOOR = 1e-3  # of a spectrum's magnitudes: what is fainter does not count
_BINS = 512


class Sound(NamedTuple):
    """What a model says: float32 samples, and the frames of each symbol."""

    samples: NDArray[np.float32]
    frames: NDArray[np.int64]


def require_alike(source: Path, rewritten: Path, styles: Path) -> None:
    """Have both models say a sentence, and compare.

    Args:
        source: The model as it was downloaded.
        rewritten: The model that was made of it.
        styles: The file of a voice.

    Raises:
        ValueError: The rewritten model says something else.
    """
    vectors = np.fromfile(styles, np.float32).reshape(MAX_SYMBOLS, STYLE_SIZE)
    style = vectors[len(SENTENCE)][None]
    compare(_speak(source, style), _speak(rewritten, style))


def compare(expected: Sound, actual: Sound) -> None:
    """Raise ValueError unless two models say the same in the same time, but for noise."""
    if not np.isfinite(actual.samples).all():
        raise ValueError("its sound is not finite")
    if len(actual.samples) != actual.frames.sum() * SAMPLES_PER_FRAME:
        raise ValueError("its durations do not match its sound")
    shift = np.abs(actual.frames - expected.frames).max()
    drift = abs(actual.frames.sum() / expected.frames.sum() - 1)
    if shift > MAX_SHIFT or drift > MAX_DRIFT:
        raise ValueError(f"a sound differs by {shift} frames, the sentence by {drift:.1%}")
    distance = measure_spectral_distance(expected, actual)
    if distance > MAX_DISTANCE:
        raise ValueError(f"its spectrum differs by {distance:.1f} dB")


def measure_spectral_distance(expected: Sound, actual: Sound) -> Decibels:
    """Return the mean difference between the symbols' spectra."""
    spectra = zip(_list_spectra(expected), _list_spectra(actual), strict=True)
    return float(np.mean([np.abs(one - other).mean() for one, other in spectra]))


def _list_spectra(sound: Sound) -> list[NDArray[np.float64]]:
    """Return the mean spectrum of each symbol, in decibels."""
    ends = np.cumsum(sound.frames) * SAMPLES_PER_FRAME
    return [_compute_spectrum(part) for part in np.split(sound.samples, ends[:-1])]


def _compute_spectrum(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    padded = np.pad(samples, (_BINS, _BINS))
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _BINS)[:: _BINS // 2]
    magnitudes = np.abs(np.fft.rfft(windows * np.hanning(2 * _BINS)))
    level: NDArray[np.float64] = 20 * np.log10(np.sqrt((magnitudes**2).mean(axis=0)) + _FLOOR)
    return level


def _speak(model: Path, style: NDArray[np.float32]) -> Sound:
    """Return the sentence as a model says it."""
    inputs = {
        "tokens": np.array([[0, *SENTENCE, 0]], np.int64),
        "style": style,
        "speed": np.ones(1, np.float32),
    }
    samples, frames = open_session(model).run(None, inputs)
    return Sound(samples, np.rint(frames.ravel()).astype(np.int64))
