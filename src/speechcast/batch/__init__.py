"""The batch: a folder of speeches, discovered, produced and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .defaults import JOBS

if TYPE_CHECKING:
    from .discovery import Discovery, SkippedFile, SpeechJob
    from .options import BatchOptions
    from .plan import Plan, plan_batch
    from .pool import Deferred, Ended, Event, Listener, Progressed, Started, Stopping
    from .report import BatchReport
    from .result import Result, State
    from .runner import run_batch, save_report
    from .stop_signal import StopSignal
    from .storage import LocalStorage, OutputStorage

__all__ = [
    "JOBS",
    "BatchOptions",
    "BatchReport",
    "Deferred",
    "Discovery",
    "Ended",
    "Event",
    "Listener",
    "LocalStorage",
    "OutputStorage",
    "Plan",
    "Progressed",
    "Result",
    "SkippedFile",
    "SpeechJob",
    "Started",
    "State",
    "StopSignal",
    "Stopping",
    "plan_batch",
    "run_batch",
    "save_report",
]
_LAZY = {
    "BatchOptions": "speechcast.batch.options:BatchOptions",
    "BatchReport": "speechcast.batch.report:BatchReport",
    "Deferred": "speechcast.batch.pool:Deferred",
    "Discovery": "speechcast.batch.discovery:Discovery",
    "Ended": "speechcast.batch.pool:Ended",
    "Event": "speechcast.batch.pool:Event",
    "Listener": "speechcast.batch.pool:Listener",
    "LocalStorage": "speechcast.batch.storage:LocalStorage",
    "OutputStorage": "speechcast.batch.storage:OutputStorage",
    "Plan": "speechcast.batch.plan:Plan",
    "Progressed": "speechcast.batch.pool:Progressed",
    "Result": "speechcast.batch.result:Result",
    "SkippedFile": "speechcast.batch.discovery:SkippedFile",
    "SpeechJob": "speechcast.batch.discovery:SpeechJob",
    "Started": "speechcast.batch.pool:Started",
    "State": "speechcast.batch.result:State",
    "StopSignal": "speechcast.batch.stop_signal:StopSignal",
    "Stopping": "speechcast.batch.pool:Stopping",
    "plan_batch": "speechcast.batch.plan:plan_batch",
    "run_batch": "speechcast.batch.runner:run_batch",
    "save_report": "speechcast.batch.runner:save_report",
}


def __getattr__(name: str) -> Any:
    """Import what needs numpy and the engines only when it is used."""
    from pkgutil import resolve_name

    if name not in _LAZY:
        raise AttributeError(f"module 'speechcast.batch' has no attribute '{name}'")
    return resolve_name(_LAZY[name])
