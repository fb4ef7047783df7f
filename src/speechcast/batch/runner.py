"""Run a batch: produce the speeches of a plan, and report.

Speeches that are up to date are skipped.

discovery = discover(root)                    # which files are speeches, and their names
result    = worker.process(job, progress)     # read, compare with the record, produce, deliver
results   = run_jobs(jobs, worker.process, …) # several at once, until done or stopped
report    = BatchReport(…)                    # what was produced, what was not, and why
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from ..errors import OutputError
from ..messages import _
from ..synthesis.synthesizer import Resources, default_resources
from ..units import Seconds
from .defaults import JOBS
from .event_log import log_events, log_results, prefix_log_records
from .naming import REPORT_FILES
from .plan import Plan
from .pool import Listener, run_jobs
from .report import BatchReport
from .result import Result, State
from .stop_signal import StopSignal
from .worker import Producer, SpeechWorker, local_producer


def run_batch(  # noqa: PLR0913 each by its name
    plan: Plan,
    *,
    jobs: int = JOBS,
    stop: StopSignal | None = None,
    listener: Listener = lambda _event: None,
    producer: Producer | None = None,
    resources: Resources | None = None,
    earlier_results: Sequence[Result] = (),
) -> BatchReport:
    """Produce the speeches of a plan, and write the report.

    Args:
        plan: The speeches, and where and how to produce them.
        jobs: How many speeches to work on at once.
        stop: How another thread or a signal handler ends the batch early.
        listener: Called in this thread with every event.
        producer: What makes a production; None to produce in this process.
        resources: The clip cache and concurrency for producing in this process; None for the
            user's own cache.
        earlier_results: Results of speeches outside this plan, for the report.

    Raises:
        OutputError: Nothing can be written into the output folder.
    """
    started, clock = datetime.now().astimezone(), time.monotonic()
    stop = stop or StopSignal()
    producer = producer or local_producer(plan.storage, resources or default_resources())
    plan.storage.open()
    plan.storage.require_deliverable(PurePosixPath(), REPORT_FILES)
    folders = {job.folder for job in plan.discovery.jobs}
    plan.storage.sweep(folders)
    worker = SpeechWorker(
        root=plan.root,
        storage=plan.storage,
        options=plan.options,
        producer=producer,
        stop=stop,
        sources=frozenset(job.path for job in plan.discovery.jobs),
    )
    unreadable = [
        Result(source=file.path, state=State.FAILED, reason=file.reason)
        for file in plan.discovery.unreadable
    ]
    log_results(unreadable)
    with prefix_log_records():
        results = run_jobs(plan.discovery.jobs, worker.process, jobs, stop, log_events(listener))
    plan.storage.sweep(folders)
    ordered = sorted((*earlier_results, *unreadable, *results), key=lambda r: r.source)
    return save_report(plan, tuple(ordered), started, time.monotonic() - clock)


def save_report(
    plan: Plan, results: tuple[Result, ...], started: datetime, took: Seconds
) -> BatchReport:
    """Write the report into the output folder, and return it.

    If it cannot be written, the report says why in `unsaved`.
    """
    report = BatchReport(
        folder=plan.display_name,
        output=str(plan.storage),
        started=started,
        took=took,
        results=results,
        left_out=plan.discovery.left_out,
    )
    try:
        report.save(plan.storage)
    except OutputError as exc:
        return replace(report, unsaved=_("the report cannot be written: {error}").format(error=exc))
    return report
