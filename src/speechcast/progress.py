"""Progress reports: how far the work is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """How far one stage of the work is.

    Attributes:
        stage: The stage's name, such as `speaking`.
        done: How many units of it are done.
        total: How many units it has; what a unit is depends on the stage.
        text: The same for a person to read, such as `3 of 40 sentences`.
    """

    stage: str
    done: int
    total: int
    text: str


ProgressCallback = Callable[[Step], None]


def ignore_progress(_: Step) -> None:
    """Ignore a progress report."""
