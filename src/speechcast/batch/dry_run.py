"""A forecast of a batch: its productions, their length and the time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from ..engines.base import Destination
from ..errors import SpeechcastError
from ..prepare import prepare
from ..printable import printable
from ..sending import list_transfers, require_consent, sum_up
from ..synthesis import duration
from ..units import Seconds
from .discovery import SpeechJob
from .plan import Plan
from .records import compute_fingerprint
from .result import State
from .worker import build_request, describe_error, find_current_record, require_no_source

REALTIME_FACTORS = {
    "kokoro": 0.25,
    "draft": 0.04,
    "piper": 0.06,
    "edge": 0.08,
    "openai": 0.25,
    "tone": 0.015,
}
"""Seconds of work for a second of sound, by engine, where the output folder has no records yet.

Rough figures, written by hand for this project."""
_SAMPLE_SIZE = 200  # how many earlier productions to measure the real-time factor on


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a batch would do with a speech.

    Attributes:
        source: The path of the document from the batch's folder.
        output: The path of its files from the output folder, without a suffix.
        state: PRODUCED if it would be produced, SKIPPED or FAILED.
        voice: The name of its main voice.
        duration: About how long it sounds, in seconds.
        production_time: About how long producing it takes, in seconds.
        reason: Why it would fail.
        sending: How many characters would leave this machine, by their destination.
    """

    source: str
    output: str
    state: State
    voice: str = ""
    duration: Seconds = 0.0
    production_time: Seconds = 0.0
    reason: str = ""
    sending: Mapping[Destination, int] = field(default_factory=dict)


def forecast(plan: Plan) -> Iterator[Forecast]:
    """Yield a forecast for every speech of the plan, in order.

    Nothing is written.
    """
    factors = _measure_realtime_factors(plan)
    sources = {job.path for job in plan.discovery.jobs}
    for job in plan.discovery.jobs:
        try:
            yield _forecast(plan, job, factors, sources)
        except SpeechcastError as exc:
            yield Forecast(
                source=job.display_path,
                output=_output_name(job),
                state=State.FAILED,
                reason=describe_error(exc, job, plan.root),
            )
    for file in plan.discovery.unreadable:
        yield Forecast(source=file.path, output="", state=State.FAILED, reason=file.reason)


def _forecast(
    plan: Plan, job: SpeechJob, factors: Mapping[str, float], sources: Set[PurePosixPath]
) -> Forecast:
    request = build_request(plan.root, job, plan.options)
    require_no_source(plan.storage, plan.root, sources, job, request)
    record = find_current_record(plan.storage, job, compute_fingerprint(request), plan.options)
    if record:
        return Forecast(
            source=job.display_path,
            output=_output_name(job),
            state=State.SKIPPED,
            voice=record.voice,
            duration=record.duration,
        )
    plan.storage.require_deliverable(job.folder, request.outputs.names)
    prepared = prepare(request)
    transfers = list_transfers(prepared)
    require_consent(transfers)
    seconds = duration.estimate_seconds(prepared.utterances, request.cast)
    return Forecast(
        source=job.display_path,
        output=_output_name(job),
        state=State.PRODUCED,
        voice=request.voice.name,
        duration=seconds,
        production_time=seconds * factors[request.voice.engine],
        sending=sum_up(transfers),
    )


def _measure_realtime_factors(plan: Plan) -> Mapping[str, float]:
    """Return seconds of work for a second of sound, by engine.

    They come from the records in the output folder where it has some.
    """
    took: dict[str, float] = defaultdict(float)
    sounds: dict[str, float] = defaultdict(float)
    for job in islice(plan.discovery.jobs, _SAMPLE_SIZE):
        if record := plan.storage.load_record(job.key):
            took[record.engine] += record.took
            sounds[record.engine] += record.duration
    measured = {engine: took[engine] / length for engine, length in sounds.items() if length}
    return REALTIME_FACTORS | measured


def _output_name(job: SpeechJob) -> str:
    return printable(str(job.folder / job.name))
