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

from ...cores import count_cores
from ...errors import SpeechcastError
from ...files import file_state
from ...messages import _, mark
from ...progress import ProgressCallback, Step
from ...units import Decibels, Seconds
from ..model_errors import shorten_error
from ..refusals import PhonemeGroup
from .devices import ACCELERATORS, PROCESSOR, Trial, list_accelerators, write_trial
from .families import ModelFamily
from .rewriting.quality import Sound, measure_spectral_distance
from .session import open_session

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

# 各位来宾，大家好，今天是个好日子。
_SENTENCE = "ge4 wei4 lai2 bin1 , da4 jia1 hao3 , jin1 tian1 shi4 ge4 hao3 ri4 zi5 ."
_RUNS = 3  # after a first one, which prepares; the fastest counts
# The greatest mean difference of the symbols' spectra, as measured with a model of 2026: two voices
# differ by 8 dB, noise at -60 dB makes 1.5, at -80 dB 0.3, rounding to 16 bits 0.01.
MAX_DISTANCE: Decibels = 1.5


@dataclass(frozen=True, slots=True)
class Take:
    """What a device made of the sentence.

    Attributes:
        sound: The sentence as it was spoken.
        seconds: How long a run took, when nothing else ran.
    """

    sound: Sound
    seconds: Seconds


def try_devices(
    model: Path, family: ModelFamily, voice: str, report: ProgressCallback
) -> Trial | None:
    """Try a model on each device, and note the result beside it; None if there is no choice.

    Args:
        model: The model's file.
        family: What the model takes.
        voice: A voice of it, whose file is stored.
        report: Called with the progress.

    Raises:
        OSError: The note cannot be written.
        SpeechcastError: The model does not run on the processor.
    """
    import onnxruntime

    accelerators = list_accelerators(onnxruntime.get_available_providers())
    if not accelerators:
        return None
    names = _(" and ").join(ACCELERATORS[provider] for provider in accelerators)
    report(Step(mark("trying the graphics processor"), 0, 1, names))
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
    expected, actual = reference.sound, take.sound
    if len(expected.samples) != len(actual.samples) or not np.isfinite(actual.samples).all():
        return False
    same = np.array_equal(expected.frames, actual.frames)
    return same and measure_spectral_distance(expected, actual) <= MAX_DISTANCE


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
        raise SpeechcastError(
            _("{model} does not run ({exc}); {reinstall}").format(
                model=model, exc=shorten_error(exc), reinstall=family.reinstall
            )
        ) from exc


def _speak(session: InferenceSession, family: ModelFamily, voice: str) -> Take:
    ids = [0, *_encode(family), 0]
    style = family.load_style(voice)[len(ids) - 2][None]
    inputs = (np.array([ids], np.int64), style, np.ones(1, np.float32))
    feed = dict(zip((put.name for put in session.get_inputs()), inputs, strict=True))
    samples, frames = session.run(None, feed)
    times = [_time_run(session, feed) for _ in range(_RUNS)]
    sound = Sound(samples.ravel(), np.rint(frames.ravel()).astype(np.int64))
    return Take(sound, min(times))


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
