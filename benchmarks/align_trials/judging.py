"""Hold what `align` finds in a recording against the truth."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from benchmarks.align_trials.drawing import Trial, length, overlap
from speechcast.align.aligner import find_passages
from speechcast.align.alignment import DOUBTFUL, build_timeline, measure_confidence
from speechcast.align.placement import Placement, Unspoken, place_words
from speechcast.align.tracks import Reference, Word, build_reference, load_recording
from speechcast.model import Span
from speechcast.playback.sinks import to_wav
from speechcast.subtitles import style
from speechcast.subtitles.segment import segment
from speechcast.units import Hertz

WORTH_NAMING = 2.0  # seconds of a sentence that must be named
HALF = 0.5  # of what is named, or to be named


@dataclass(frozen=True)
class Result:
    """What came of a trial, as a line of the file of results.

    Attributes:
        number: The trial's.
        pair: The voices.
        condition: What the recording is like.
        changes: What was done to the text.
        seconds: The length of the recording.
        errors: How far each sentence that is heard starts from its true start, in ms.
        due: How much should be named: sentences left out or put in, of two seconds and more.
        missed: What of it is not.
        invented: What is named and is not so.
        cues: How many there are.
        doubtful: How many of them are listed as doubtful.
        cpu: The processor time of aligning, in seconds.
    """

    number: int
    pair: str
    condition: str
    changes: tuple[str, ...]
    seconds: float
    errors: tuple[int, ...]
    due: int
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    cues: int
    doubtful: int
    cpu: float


@dataclass(frozen=True)
class _Truth:
    """One way of hearing a recording in the order of its text.

    Attributes:
        heard: Where each sentence is.
        silent: The sentences that are not there, and how long they are, in seconds.
        foreign: The sound that is not in the text.
    """

    heard: Mapping[int, Span]
    silent: Mapping[int, float]
    foreign: Sequence[Span]


def try_align(trial: Trial) -> Result:
    """Align a recording, and judge the result."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trial.wav"
        write_recording(trial, path)
        started = time.process_time()
        recording = load_recording(path)
        reference = build_reference(trial.utterances, trial.clips, recording.highest)
        placement = place_words(recording, reference, find_passages(recording, reference))
        took = time.process_time() - started
    cues = segment(build_timeline(recording, reference, placement), style.load("video"))
    confidence = measure_confidence(cues, placement)
    missed, invented, truth = _judge(trial, reference, placement)
    return Result(
        trial.number,
        str(trial.pair),
        trial.condition,
        trial.changes,
        round(recording.activity.length / recording.rate, 1),
        tuple(_measure_errors(placement, truth, trial.rate)),
        _count_due(trial, truth),
        missed,
        invented,
        len(cues),
        sum(value < DOUBTFUL for value in confidence),
        round(took, 2),
    )


def write_recording(trial: Trial, path: Path) -> None:
    """Write the recording as WAV."""
    path.write_bytes(to_wav(trial.samples, trial.rate))


def _measure_errors(placement: Placement, truth: _Truth, rate: Hertz) -> Iterator[int]:
    """Yield how far each sentence's start is off, in milliseconds."""
    starts: dict[int, int] = {}
    for word in placement.heard:
        starts.setdefault(word.word.utterance, word.span.start)
    for number, start in starts.items():
        if number in truth.heard:
            yield round(1000 / rate * abs(start - truth.heard[number].start))


def _judge(
    trial: Trial, reference: Reference, placement: Placement
) -> tuple[tuple[str, ...], tuple[str, ...], _Truth]:
    """Return what is missed and what is invented, by the truth that fits best."""
    verdicts = [
        (
            tuple(_list_missed(trial, truth, reference, placement)),
            tuple(_list_invented(trial, truth, placement)),
            truth,
        )
        for truth in _list_truths(trial)
    ]

    def fit(verdict: tuple[tuple[str, ...], tuple[str, ...], _Truth]) -> tuple[int, int]:
        missed, invented, truth = verdict
        errors = _measure_errors(placement, truth, trial.rate)
        return len(missed) + len(invented), sum(errors)

    return min(verdicts, key=fit)


def _list_truths(trial: Trial) -> Iterator[_Truth]:
    """Yield the ways of hearing a recording: of what is said twice, or swapped, one is heard."""
    numbers = range(len(trial.utterances))
    takes: list[Sequence[Span | None]] = [trial.heard.get(n) or (None,) for n in numbers]
    for chosen, unheard in product(product(*takes), product(*trial.swapped)):
        heard = {n: span for n, span in zip(numbers, chosen, strict=True) if span}
        silent = [*(n for n in numbers if n not in heard), *unheard]
        foreign = [*trial.foreign]
        foreign += [span for n, spans in trial.heard.items() for span in spans if span != heard[n]]
        foreign += [heard.pop(number) for number in unheard]
        clips = {number: trial.clips[number] for number in silent}
        seconds = {number: length(clip.speech_span, clip.rate) for number, clip in clips.items()}
        yield _Truth(heard, seconds, foreign)


def _list_missed(
    trial: Trial, truth: _Truth, reference: Reference, placement: Placement
) -> Iterator[str]:
    unspoken = {word for part in placement.unspoken for word in part.words}
    for number, seconds in truth.silent.items():
        words = [word for word in reference.words if word.utterance == number]
        share = _weigh(w for w in words if w in unspoken) / _weigh(words)
        if seconds >= WORTH_NAMING and share < HALF:
            yield f"sentence {number}, {seconds:.1f} s, was left out: {share:.0%} is named"
    for span in truth.foreign:
        seconds = length(span, trial.rate)
        share = overlap(span, placement.added) / (span.end - span.start)
        if seconds >= WORTH_NAMING and share < HALF:
            yield f"{seconds:.1f} s at {span.start / trial.rate:.1f} are foreign: {share:.0%} named"


def _list_invented(trial: Trial, truth: _Truth, placement: Placement) -> Iterator[str]:
    for part in placement.unspoken:
        if _true_share(part, truth) < HALF:
            words = "".join(trial.utterances[w.utterance].tokens[w.token].shown for w in part.words)
            yield f"“{words}”, {part.seconds:.1f} s, is named as not spoken"
    for span in placement.added:
        if not _is_foreign(span, truth.foreign):
            start, end = (edge / trial.rate for edge in span)
            yield f"{start:.1f} to {end:.1f} is named as not in the text"


def _is_foreign(span: Span, foreign: Sequence[Span]) -> bool:
    """Return whether half of what is named, or half of a sound within it, is not in the text.

    What is named reaches from word to word, and in a hall or with music its pauses sound as well.
    """
    lengths = [span.end - span.start, *(each.end - each.start for each in foreign)]
    shared = [overlap(span, foreign), *(overlap(span, [each]) for each in foreign)]
    return any(part >= HALF * whole for part, whole in zip(shared, lengths, strict=True))


def _count_due(trial: Trial, truth: _Truth) -> int:
    foreign = [length(span, trial.rate) for span in truth.foreign]
    return sum(seconds >= WORTH_NAMING for seconds in (*truth.silent.values(), *foreign))


def _true_share(part: Unspoken, truth: _Truth) -> float:
    return _weigh(w for w in part.words if w.utterance in truth.silent) / _weigh(part.words)


def _weigh(words: Iterable[Word]) -> float:
    return max(1e-9, sum(word.end - word.start for word in words))
