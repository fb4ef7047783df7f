"""Trials of `speechcast align`: sentences left out, doubled and swapped, applause, music, noise.

    python -m benchmarks.align_trials SPEECH.txt [TRIALS] [REFERENCE] [SPEAKER]

One embedded voice reads the text as a speaker would, and another is the reference. The times of the
speaker's sentences are known to the sample. Each trial is drawn at random, from a seed that is its
number.
"""

from __future__ import annotations

import random
import sys
import tempfile
import wave
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from speechcast import documents
from speechcast.align.aligner import find_passages
from speechcast.align.placement import Placement, place_words
from speechcast.align.tracks import Reference, build_reference, load_recording
from speechcast.engines.cast import open_engines
from speechcast.model import Clip, Utterance
from speechcast.prepare import prepare
from speechcast.progress import ignore_progress
from speechcast.request import Preferences, resolve_request
from speechcast.synthesis.synthesizer import default_resources, synthesize

if TYPE_CHECKING:
    from speechcast.units import Mono16

KINDS = ("as it is", "left out", "doubled", "swapped", "applause", "music", "noise 10 dB")
HIGHEST = 7000.0


@dataclass
class Trial:
    """A recording with its truth: times in samples."""

    kind: str
    pieces: list[Mono16] = field(default_factory=list)
    starts: dict[int, list[int]] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    added: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, samples: Mono16) -> None:
        self.pieces.append(samples)
        self.length += len(samples)


def main() -> None:
    source = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    reference, speaker = (*sys.argv[3:5], "narrator", "orator")[:2]
    utterances, clips = speak(source, reference)
    _, spoken = speak(source, speaker)
    truth = build_reference(utterances, clips, HIGHEST)
    errors: dict[str, list[float]] = {}
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            trial = draw(spoken, number)
            placement = align(trial, truth, clips[0].rate, Path(folder) / "trial.wav")
            faults = judge(trial, placement)
            wrong += bool(faults)
            errors.setdefault(trial.kind, []).extend(measure(trial, placement, clips[0].rate))
            print(f"{number:4} {trial.kind:<12}", *(faults or ["as it should be"]), flush=True)
    for kind, values in errors.items():
        middle, most, worst = np.percentile(values, (50, 95, 100))
        print(f"{kind:<12} starts {len(values):4}  median {middle:4.0f} ms  95 % {most:4.0f}  "
              f"worst {worst:4.0f}")  # fmt: skip
    print(f"trials in which something was missed or invented: {wrong} of {count}")


def speak(source: Path, voice: str) -> tuple[tuple[Utterance, ...], list[Clip]]:
    request = resolve_request(
        documents.read(source), "trial", Path("output"), Preferences(voice=voice)
    )
    prepared = prepare(request)
    with open_engines(prepared.cast) as engines:
        clips = synthesize(
            prepared.utterances,
            engines,
            ignore_progress,
            voices=prepared.cast,
            resources=default_resources(),
        )
    return prepared.utterances, clips


def draw(clips: list[Clip], seed: int) -> Trial:
    """Return a random recording of the clips."""
    chance, rate = random.Random(seed), clips[0].rate
    trial = Trial(KINDS[seed % len(KINDS)])
    order = list(range(len(clips)))
    number = chance.randrange(len(clips) - 1)
    if trial.kind == "left out":
        trial.left_out = {order.pop(number)}
    elif trial.kind == "doubled":
        order.insert(number, order[number])
    elif trial.kind == "swapped":
        order[number : number + 2] = order[number : number + 2][::-1]
    trial.add(np.zeros(rate // 2, np.int16))
    for turn, index in enumerate(order):
        if turn == number and trial.kind in {"applause", "music"}:
            sound = (applause if trial.kind == "applause" else music)(rate, chance.uniform(2.5, 5))
            trial.added.append((trial.length, trial.length + len(sound)))
            trial.add(sound)
            trial.add(np.zeros(rate // 3, np.int16))
        trial.starts.setdefault(index, []).append(trial.length + clips[index].speech_span.start)
        trial.add(clips[index].samples)
        trial.add(np.zeros(round(chance.uniform(0.2, 0.9) * rate), np.int16))
    return trial


def applause(rate: int, seconds: float) -> Mono16:
    count = round(seconds * rate)
    swell = np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / (0.3 * rate))
    return np.asarray(np.random.default_rng(1).normal(0, 1500, count) * swell, np.int16)


def music(rate: int, seconds: float) -> Mono16:
    times = np.arange(round(seconds * rate)) / rate
    notes = ((262, 1.0), (330, 0.5), (392, 2.0), (523, 1.3))
    tones = [np.sin(2 * np.pi * f * times) * ((times * beat) % 1 < 0.6) for f, beat in notes]
    return np.asarray(1500 * np.sum(tones, axis=0), np.int16)


def align(trial: Trial, reference: Reference, rate: int, path: Path) -> Placement:
    samples = np.concatenate(trial.pieces).astype(np.float64)
    if trial.kind == "noise 10 dB":
        power = np.mean(samples[np.abs(samples) > 200] ** 2) / 10
        samples += np.random.default_rng(2).normal(0, np.sqrt(power), len(samples))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(np.clip(samples, -32768, 32767).astype(np.int16).tobytes())
    recording = load_recording(path)
    return place_words(recording, reference, find_passages(recording, reference))


def measure(trial: Trial, placement: Placement, rate: int) -> list[float]:
    """Return how far each sentence's start is off, in milliseconds."""
    starts: dict[int, int] = {}
    for heard in placement.heard:
        starts.setdefault(heard.word.utterance, heard.span.start)
    return [
        1000 / rate * min(abs(start - exact) for exact in trial.starts[index])
        for index, start in starts.items()
        if index in trial.starts
    ]


def judge(trial: Trial, placement: Placement) -> list[str]:
    """Return what was missed or invented."""
    heard = {word.word.utterance for word in placement.heard}
    whole = set(trial.starts) | trial.left_out
    faults = [f"{n} was left out and is shown" for n in trial.left_out & heard]
    missing = whole - trial.left_out - heard
    allowed = 1 if trial.kind == "swapped" else 0
    if len(missing) > allowed:
        faults.append(f"{sorted(missing)} was spoken and is not shown")
    expected = len(trial.added) + (trial.kind in {"doubled", "swapped"})
    if len(placement.added) != expected:
        faults.append(f"{len(placement.added)} added sounds are named, not {expected}")
    return faults


if __name__ == "__main__":
    main()
