"""Report the progress of the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .units import Seconds


@dataclass(frozen=True, slots=True)
class Step:
    """The progress of one stage of the work.

    Attributes:
        stage: The stage's name, such as `speaking`.
        done: How many units of it are done.
        total: How many units it has; what a unit is depends on the stage.
        text: The progress in words, such as `3 of 40 sentences`.
    """

    stage: str
    done: int
    total: int
    text: str


ProgressCallback = Callable[[Step], None]


def ignore_progress(_: Step) -> None:
    """Ignore a progress report."""


def format_clock(seconds: Seconds) -> str:
    """Return a length of time in minutes and seconds, or hours.

    >>> format_clock(7), format_clock(754), format_clock(3723)
    ('0:07', '12:34', '1:02:03')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
