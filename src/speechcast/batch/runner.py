"""A folder of speeches: found, made where they are not up to date, reported.

found  = finding.find(root)                # which files are speeches, what each is called
result = desk.result(job)                  # read, compare with the ledger, make, deliver
results = running.run(jobs, desk.result)   # several at once, until done or stopped
report = BatchReport(…)                    # what was made, what was not and why
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ..errors import OutputError
from ..synthesis.synthesizer import Resources, default_resources
from . import pool
from .discovery import Discovery, SkippedFile, SpeechJob
from .event_log import named, tell, told
from .plan import Plan, plan
from .pool import Ended, Event, Listener, Moved, PutOff, Started, Stopping
from .report import BatchReport
from .storage import LocalStorage, OutputStorage
from .worker import BatchOptions, Producer, Result, SpeechWorker, State, StopSignal, local_producer

__all__ = [
    "BatchOptions",
    "BatchReport",
    "Discovery",
    "Ended",
    "Event",
    "Listener",
    "LocalStorage",
    "Moved",
    "OutputStorage",
    "Plan",
    "PutOff",
    "Result",
    "SkippedFile",
    "SpeechJob",
    "Started",
    "State",
    "StopSignal",
    "Stopping",
    "plan",
    "run",
]
JOBS = 2  # speeches at once: while one is written to its files, the other is spoken


def run(  # noqa: PLR0913 each by its name
    plan: Plan,
    *,
    jobs: int = JOBS,
    stop: StopSignal | None = None,
    listener: Listener = lambda _: None,
    producer: Producer | None = None,
    resources: Resources | None = None,
    before: Sequence[Result] = (),
) -> BatchReport:
    """Make what the plan holds; `hear` is told of it as it happens.

    It is made with `means` in this process, unless `make` says otherwise. The report has the
    results from `before` too, of speeches that are not in this plan.

    Raises OutputError if the output folder cannot be written at all. The report is written into
    it, and returned.
    """
    started, clock = datetime.now().astimezone(), time.monotonic()
    stop = stop or StopSignal()
    producer = producer or local_producer(plan.storage, resources or default_resources())
    plan.storage.open()
    plan.storage.sweep()
    desk = SpeechWorker(plan.root, plan.storage, plan.options, producer, stop)
    refused = [Result(a.path, State.FAILED, why=a.why) for a in plan.discovery.unreadable]
    tell(refused)
    with named():
        results = pool.run(plan.discovery.jobs, desk.result, jobs, stop, told(listener))
    plan.storage.sweep()
    whole = sorted((*before, *refused, *results), key=lambda r: r.source)
    return reported(plan, tuple(whole), started, time.monotonic() - clock)


def reported(
    plan: Plan, results: tuple[Result, ...], started: datetime, took: float
) -> BatchReport:
    """The report of these results, written into the output folder if that can be."""
    report = BatchReport(
        plan.called, str(plan.storage), started, took, results, plan.discovery.left_out
    )
    try:
        report.save(plan.storage)
    except OutputError as exc:
        return replace(report, unsaved=f"the report cannot be kept: {exc}")
    return report
