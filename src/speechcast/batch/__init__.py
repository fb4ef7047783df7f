"""A folder of speeches: found, made where they are not up to date, reported."""

from __future__ import annotations

from .discovery import Aside, Found, Job
from .plan import Plan, plan
from .pool import Ended, Event, Listener, Moved, PutOff, Started, Stopping
from .report import BatchReport
from .runner import JOBS, reported, run
from .storage import LocalPlace, Place
from .worker import Options, Result, State, Stop

__all__ = [
    "JOBS",
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
    "reported",
    "run",
]
