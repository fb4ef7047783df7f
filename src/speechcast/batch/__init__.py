"""A folder of speeches: found, made where they are not up to date, reported."""

from __future__ import annotations

from .discovery import Discovery, SkippedFile, SpeechJob
from .plan import Plan, plan
from .pool import Ended, Event, Listener, Moved, PutOff, Started, Stopping
from .report import BatchReport
from .runner import JOBS, reported, run
from .storage import LocalStorage, OutputStorage
from .worker import BatchOptions, Result, State, StopSignal

__all__ = [
    "JOBS",
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
    "reported",
    "run",
]
