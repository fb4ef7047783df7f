"""Try a model on every graphics processor of this machine, and on the processor, for comparison.

Where speechcast is made there is none: what is tried there is the choice, not a graphics processor.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ...errors import SpeechcastError
from ...files import file_state
from ...progress import ProgressCallback, Step
from ...units import Seconds
from ..refusals import PhonemeGroup
from .devices import ACCELERATORS, PROCESSOR, Trial, list_accelerators, write_trial
from .families import ModelFamily
from .session import count_cores, open_session

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

# 各位来宾，大家好，今天是个好日子。
_SENTENCE = "ge4 wei4 lai2 bin1 , da4 jia1 hao3 , jin1 tian1 shi4 ge4 hao3 ri4 zi5 ."
_RUNS = 3  # after a first one, which prepares; the fastest counts
# Of the magnitudes of the spectrum, in all: the most by which two devices may differ. By hand for
# this project: two voices differ by 0.97, noise at -60 dB makes 0.006, 16-bit rounding 0.0002.
MAX_DIFFERENCE = 0.1
_WINDOW = 1024  # samples


@dataclass(frozen=True, slots=True)
class Take:
    """What a device made of the sentence.

    Attributes:
        samples: The sound, float32.
        frames: The frames of each symbol.
        seconds: How long a run took, when nothing else ran.
    """

    samples: NDArray[np.float32]
    frames: NDArray[np.int64]
    seconds: Seconds


def try_devices(
    model: Path, family: ModelFamily, voice: str, report: ProgressCallback
) -> Trial | None:
    """Try a model on each device and trial the result beside it; None if there is no choice.

    Args:
        model: The model's file.
        family: What the model takes.
        voice: A voice of it, whose file is stored.
        report: Called with the progress.

    Raises:
        OSError: The trial cannot be written.
        SpeechcastError: The model does not run on the processor.
    """
    import onnxruntime

    accelerators = list_accelerators(onnxruntime.get_available_providers())
    if not accelerators:
        return None
    names = " and ".join(ACCELERATORS[provider] for provider in accelerators)
    report(Step("trying the graphics processor", 0, 1, names))
    takes = {p: try_provider(model, family, voice, p) for p in accelerators}
    reference = try_provider(model, family, voice, PROCESSOR)
    assert reference  # it raises instead
    provider = choose_fastest(reference, takes, count_cores())
    seconds = {p: take.seconds for p, take in {PROCESSOR: reference, **takes}.items() if take}
    trial = Trial(provider, file_state(model), onnxruntime.__version__, seconds)
    write_trial(model, trial)
    return trial


def choose_fastest(reference: Take, takes: Mapping[str, Take | None], cores: int) -> str:
    """Return the best provider: the processor, or a faster one that gives the same.

    The processor speaks as many sentences at once as it has cores, a graphics processor one.

    Args:
        reference: What the processor made.
        takes: Provider → what it made; None if it failed.
        cores: How many the processor has.
    """
    best, shortest = PROCESSOR, reference.seconds / cores
    for provider, take in takes.items():
        if take and take.seconds < shortest and is_alike(reference, take):
            best, shortest = provider, take.seconds
    return best


def is_alike(reference: Take, take: Take) -> bool:
    """Return whether two takes have the same durations, and spectra close to each other."""
    if len(reference.samples) != len(take.samples) or not np.isfinite(take.samples).all():
        return False
    same = np.array_equal(reference.frames, take.frames)
    return same and measure_difference(reference.samples, take.samples) <= MAX_DIFFERENCE


def measure_difference(reference: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return how far the magnitudes of two spectra are apart, relative to the first's."""
    expected, actual = _compute_magnitudes(reference), _compute_magnitudes(other)
    return float(np.linalg.norm(expected - actual)) / max(float(np.linalg.norm(expected)), 1e-9)


def _compute_magnitudes(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    padded = np.pad(samples, (0, _WINDOW))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[:: _WINDOW // 4]
    magnitudes: NDArray[np.float64] = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW)))
    return magnitudes


def try_provider(model: Path, family: ModelFamily, voice: str, provider: str) -> Take | None:
    """Return what a provider makes of the sentence; None if it is of no use.

    Raises:
        SpeechcastError: The processor itself fails.
    """
    try:
        session = open_session(model, family.model.preset, provider)
        return _speak(session, family, voice)
    except Exception as exc:
        if provider != PROCESSOR:  # drivers fail in every way there is
            return None
        if isinstance(exc, SpeechcastError):
            raise
        raise SpeechcastError(f"{model} does not run ({exc}); {family.reinstall}") from exc


def _speak(session: InferenceSession, family: ModelFamily, voice: str) -> Take:
    ids = [0, *_encode(family), 0]
    style = family.load_style(voice)[len(ids) - 2][None]
    inputs = (np.array([ids], np.int64), style, np.ones(1, np.float32))
    feed = dict(zip((put.name for put in session.get_inputs()), inputs, strict=True))
    samples, frames = session.run(None, feed)
    times = [_time_run(session, feed) for _ in range(_RUNS)]
    return Take(samples.ravel(), np.rint(frames.ravel()).astype(np.int64), min(times))


def _time_run(session: InferenceSession, feed: Mapping[str, NDArray[np.generic]]) -> Seconds:
    since = time.perf_counter()
    session.run(None, feed)
    return time.perf_counter() - since


def _encode(family: ModelFamily) -> Sequence[int]:
    """Return the sentence in the numbers of a model's symbols."""
    spell = family.alphabet.spell
    pieces = [piece if len(piece) == 1 else spell(piece) for piece in _SENTENCE.split()]
    groups = [PhonemeGroup(index, symbols) for index, symbols in enumerate(pieces)]
    return [symbol.id for symbol in family.alphabet.write(groups)]
