"""A batch before it is run: what would be made, in which voice, how long it sounds and takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from ..errors import SpeechcastError
from ..frontend import utterances
from ..produce import parsed, readers
from ..synthesis import duration
from ..synthesis.synthesizer import Resources
from . import naming
from .discovery import SpeechJob
from .plan import Plan
from .records import fingerprint
from .worker import SpeechWorker, State, StopSignal, local_producer, request_for

# Seconds of work for a second of sound, where the output folder knows of none.
_PACES = {"kokoro": 0.25, "edge": 0.08, "tone": 0.015}
_PACE = 0.25
_ENOUGH = 200  # productions to learn a pace from


@dataclass(frozen=True, slots=True)
class Forecast:
    """What would become of a speech; `seconds` and `takes` are about."""

    source: str
    output: str  # the files' name, without a suffix
    state: State  # MADE: it would be
    voice: str = ""
    seconds: float = 0.0
    takes: float = 0.0
    why: str = ""


def forecast(plan: Plan) -> Iterator[Forecast]:
    """One for every speech the plan holds, in turn. Nothing is written."""
    desk = SpeechWorker(
        plan.root,
        plan.storage,
        plan.options,
        local_producer(plan.storage, Resources()),
        StopSignal(),
    )
    paces = _learned(plan)
    for job in plan.discovery.jobs:
        try:
            yield _forecast(desk, job, paces)
        except SpeechcastError as exc:
            yield Forecast(job.shown, _output(job), State.FAILED, why=desk.told(exc, job))
    for aside in plan.discovery.unreadable:
        yield Forecast(aside.path, "", State.FAILED, why=aside.why)


def _forecast(desk: SpeechWorker, job: SpeechJob, paces: Mapping[str, float]) -> Forecast:
    asked = request_for(desk.root, job, desk.options)
    if kept := desk.current(job, fingerprint(asked)):
        return Forecast(job.shown, _output(job), State.SKIPPED, kept.voice, kept.seconds)
    lines = utterances.to_utterances(parsed(asked), readers(asked))
    seconds = duration.estimate_seconds(lines, asked.cast)
    takes = seconds * paces.get(asked.voice.engine, _PACE)
    return Forecast(job.shown, _output(job), State.MADE, asked.voice.name, seconds, takes)


def _learned(plan: Plan) -> Mapping[str, float]:
    """Each engine's pace, as far as earlier productions of this output folder tell it."""
    took: dict[str, float] = defaultdict(float)
    sounds: dict[str, float] = defaultdict(float)
    for job in islice(plan.discovery.jobs, _ENOUGH):
        if record := plan.storage.record(job.key):
            took[record.engine] += record.took
            sounds[record.engine] += record.seconds
    return _PACES | {engine: took[engine] / sounds[engine] for engine in sounds}


def _output(job: SpeechJob) -> str:
    return naming.shown(str(job.folder / job.name))
