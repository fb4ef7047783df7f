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
from ..synthesis.synthesizer import Means, usual
from . import pool
from .discovery import Aside, Found, Job
from .event_log import named, tell, told
from .plan import Plan, plan
from .pool import Ended, Event, Listener, Moved, PutOff, Started, Stopping
from .report import BatchReport
from .storage import LocalPlace, Place
from .worker import Desk, Make, Options, Result, State, Stop, here

__all__ = [
    "Aside",
    "BatchReport",
    "Ended",
    "Event",
    "Found",
    "Job",
    "Listener",
    "LocalPlace",
    "Moved",
    "Options",
    "Place",
    "Plan",
    "PutOff",
    "Result",
    "Started",
    "State",
    "Stop",
    "Stopping",
    "plan",
    "run",
]
JOBS = 2  # speeches at once: while one is written to its files, the other is spoken


def run(  # noqa: PLR0913 each by its name
    plan: Plan,
    *,
    jobs: int = JOBS,
    stop: Stop | None = None,
    hear: Listener = lambda _: None,
    make: Make | None = None,
    means: Means | None = None,
    before: Sequence[Result] = (),
) -> BatchReport:
    """Make what the plan holds; `hear` is told of it as it happens.

    It is made with `means` in this process, unless `make` says otherwise. The report has the
    results from `before` too, of speeches that are not in this plan.

    Raises OutputError if the output folder cannot be written at all. The report is written into
    it, and returned.
    """
    started, clock = datetime.now().astimezone(), time.monotonic()
    stop = stop or Stop()
    make = make or here(plan.place, means or usual())
    plan.place.open()
    plan.place.sweep()
    desk = Desk(plan.root, plan.place, plan.options, make, stop)
    refused = [Result(a.path, State.FAILED, why=a.why) for a in plan.found.unreadable]
    tell(refused)
    with named():
        results = pool.run(plan.found.jobs, desk.result, jobs, stop, told(hear))
    plan.place.sweep()
    whole = sorted((*before, *refused, *results), key=lambda r: r.source)
    return reported(plan, tuple(whole), started, time.monotonic() - clock)


def reported(
    plan: Plan, results: tuple[Result, ...], started: datetime, took: float
) -> BatchReport:
    """The report of these results, written into the output folder if that can be."""
    report = BatchReport(plan.called, str(plan.place), started, took, results, plan.found.left_out)
    try:
        report.save(plan.place)
    except OutputError as exc:
        return replace(report, unsaved=f"the report cannot be kept: {exc}")
    return report
