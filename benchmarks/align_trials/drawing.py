"""Draw a random recording of a text: sentences left out, doubled, swapped, put in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.align_trials.conditions import CONDITIONS, PACES, clap
from benchmarks.align_trials.voices import Spoken, hurry, record, speak
from speechcast.model import Clip, Span, Utterance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from speechcast.units import Hertz, Mono16, Samples

CHANGES = ("left out", "doubled", "swapped", "put in")
SENTENCES = (9, 16)  # in a recording
APPLAUSE = (2.0, 6.0)  # seconds
PAUSES = (0.2, 0.9)  # seconds


@dataclass(frozen=True)
class Pair:
    """A text, the voice that is the reference, and the voice of the recording."""

    source: Path
    reference: str
    speaker: str

    def __str__(self) -> str:
        return f"{self.source.stem} {Path(self.reference).stem} ← {Path(self.speaker).stem}"


@dataclass
class Trial:
    """A recording with its truth; times in samples.

    Attributes:
        number: Its number, which is its seed.
        pair: The text and the voices.
        condition: What the recording is like.
        changes: What was done to the text.
        utterances: The sentences of the text.
        clips: Their sound by the reference.
        rate: The sample rate of the recording.
        samples: The recording.
        heard: Where the speech of each sentence is, for each time it is spoken.
        foreign: Where sound is that is in no sentence of the text.
        swapped: Pairs of sentences that changed places.
    """

    number: int
    pair: Pair
    condition: str
    changes: tuple[str, ...]
    utterances: Sequence[Utterance]
    clips: Sequence[Clip]
    rate: Hertz
    samples: Mono16 = field(default_factory=lambda: np.zeros(0, np.int16))
    heard: dict[int, list[Span]] = field(default_factory=dict)
    foreign: list[Span] = field(default_factory=list)
    swapped: list[tuple[int, int]] = field(default_factory=list)


def draw(number: int, pairs: Sequence[Pair]) -> Trial:
    """Return the trial of a number."""
    chance = np.random.default_rng(number)
    names = list(CONDITIONS)
    pair = pairs[number // len(names) % len(pairs)]
    utterances, clips = speak(pair.source, pair.reference)
    spoken = record(pair.source, pair.speaker, pair.reference)
    count = int(chance.integers(SENTENCES[0], SENTENCES[1] + 1))
    first = int(chance.integers(0, len(utterances) - count + 1))
    chosen = slice(first, first + count)
    trial = Trial(
        number,
        pair,
        names[number % len(names)],
        tuple(str(change) for change in chance.choice(CHANGES, chance.integers(0, 3))),
        utterances[chosen],
        clips[chosen],
        spoken[0].rate,
    )
    others = [s for i, s in enumerate(spoken) if not first <= i < first + count]
    _record(trial, _order(trial, chance), [*spoken[chosen]], others, chance)
    return trial


def _order(trial: Trial, chance: np.random.Generator) -> list[int]:
    """Return the sentences as they are spoken; -1 for one of another text."""
    order = list(range(len(trial.utterances)))
    # Every change has three sentences of its own, so that one does not undo another.
    homes = chance.choice(len(order) // 3, len(trial.changes), replace=False) * 3
    for change, home in sorted(zip(trial.changes, homes.tolist(), strict=True), key=_last_first):
        number = home + int(chance.integers(0, 2))
        if change == "left out":
            del order[number]
        elif change == "doubled":
            order.insert(number, order[number])
        elif change == "swapped":
            order[number : number + 2] = order[number : number + 2][::-1]
            trial.swapped.append((number, number + 1))
        else:
            order.insert(number, -1)
    return order


def _last_first(change: tuple[str, int]) -> int:
    return -change[1]


def _record(
    trial: Trial,
    order: Sequence[int],
    spoken: Sequence[Spoken],
    others: Sequence[Spoken],
    chance: np.random.Generator,
) -> None:
    """Put the recording together."""
    pieces = [np.zeros(trial.rate // 2, np.int16)]
    length = len(pieces[0])

    def add(samples: Mono16, speech: Span) -> Span:
        nonlocal length
        pause = np.zeros(round(chance.uniform(*PAUSES) * trial.rate), np.int16)
        pieces.extend((samples, pause))
        length += len(samples) + len(pause)
        return speech.shifted(length - len(samples) - len(pause))

    applauded = chance.integers(0, len(order), 2) if trial.condition == "applause" else ()
    for turn, index in enumerate(order):
        if turn in applauded:
            sound = clap(chance.uniform(*APPLAUSE), trial.rate, chance)
            trial.foreign.append(add(sound, Span(0, len(sound))))
        sentence = spoken[index] if index >= 0 else others[int(chance.integers(len(others)))]
        if trial.condition in PACES:
            sentence = hurry(sentence, PACES[trial.condition])
        where = add(sentence.samples, sentence.speech)
        if index < 0:
            trial.foreign.append(where)
        else:
            trial.heard.setdefault(index, []).append(where)
    trial.samples = _filter(np.concatenate(pieces), trial, chance)


def _filter(samples: Mono16, trial: Trial, chance: np.random.Generator) -> Mono16:
    change = CONDITIONS[trial.condition]
    if change is None:
        return samples
    heard = change(samples.astype(np.float64), trial.rate, chance)
    return np.clip(heard, -32768, 32767).astype(np.int16)


def length(span: Span, rate: Hertz) -> float:
    """Return the length of a span in seconds."""
    return (span.end - span.start) / rate


def overlap(span: Span, others: Sequence[Span]) -> Samples:
    """Return how many samples of a span are in others, which do not overlap each other."""
    return sum(max(0, min(span.end, o.end) - max(span.start, o.start)) for o in others)
