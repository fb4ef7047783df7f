"""How the work tells the outside how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` units of one piece of work, `what`; `text` says it to a person."""

    stage: str
    done: int
    total: int
    text: str


ProgressCallback = Callable[[Step], None]


def ignore_progress(_: Step) -> None:
    """The report nobody hears."""


def format_clock(seconds: float) -> str:
    """`0:07`, `12:34` or `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
