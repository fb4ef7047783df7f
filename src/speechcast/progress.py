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
