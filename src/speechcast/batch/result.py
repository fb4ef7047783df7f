"""The result of one speech of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..messages import mark
from ..units import Seconds


class State(StrEnum):
    """The state of a speech, with its English name, which programs read."""

    PRODUCED = mark("made")
    SKIPPED = mark("up to date")
    FAILED = mark("failed")
    INTERRUPTED = mark("interrupted")  # or never started


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A speech and the result of its production.

    Attributes:
        source: The display path of the document.
        state: The state it ended in.
        outputs: The display paths of its files, from the output folder.
        voice: The name of its main voice.
        duration: How long it sounds, in seconds.
        took: How long the work on it took, in seconds.
        reason: Why it failed or was interrupted.
        warning: What the user should attend to although the production is whole.
        remarks: What of the document is not read, and what seems not to be meant.
    """

    source: str
    state: State
    outputs: tuple[str, ...] = ()
    voice: str = ""
    duration: Seconds = 0.0
    took: Seconds = 0.0
    reason: str = ""
    warning: str = ""
    remarks: tuple[str, ...] = ()
