"""Progress of a batch: bars on a terminal, and log lines everywhere."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..batch.discovery import SpeechJob
from ..batch.pool import Deferred, Ended, Event, Progressed, Started, Stopping
from ..batch.result import State
from ..messages import _
from ..progress import Step
from . import log

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_MAX_LABEL = 32  # characters of a speech's path beside its bar
# where each stage starts in the work of a speech, and its share of it; estimated for this display
_SHARES = {"speaking": (0.0, 0.9), "encoding": (0.9, 0.1)}


@contextlib.contextmanager
def show_progress(
    jobs: Sequence[SpeechJob], *, quiet: bool, verbose: bool
) -> Iterator[BatchDisplay]:
    """Show the batch and its log while the block lasts.

    Both go to standard error.
    """
    terminal = sys.stderr.isatty() and not quiet
    display = BatchBars(jobs) if terminal else BatchDisplay()
    default = logging.WARNING if terminal else logging.INFO
    level = logging.DEBUG if verbose else logging.ERROR if quiet else default
    with log.log_to_display(display, level), contextlib.closing(display):
        yield display


class BatchDisplay:
    """Log lines on standard error; events are not shown."""

    def __call__(self, event: Event) -> None:
        """Show an event of the batch."""

    def say(self, text: str) -> None:
        """Print a line of text."""
        print(text, file=sys.stderr, flush=True)

    def close(self) -> None:
        """End the display."""
        sys.stderr.flush()


class BatchBars(BatchDisplay):
    """Progress bars of the batch and of each speech in progress.

    They show the time left.
    """

    def __init__(self, jobs: Sequence[SpeechJob]) -> None:
        self._progress = _progress()
        self._weights = {job.key: _weight(job) for job in jobs}
        self._tasks: dict[str, TaskID] = {}
        self._counts = dict.fromkeys(State, 0)
        self._done = 0.0
        self._partial: dict[str, float] = {}
        self._stages: dict[str, str] = {}
        self._total = self._progress.add_task(
            _("all"),
            total=sum(self._weights.values()) or None,
            text=_describe_count(0, len(jobs), 0),
        )
        self._progress.start()

    def __call__(self, event: Event) -> None:
        """Show an event of the batch."""
        if isinstance(event, Stopping):
            return
        key = event.job.key
        match event:
            case Started(job):
                label = (
                    job.display_path
                    if len(job.display_path) <= _MAX_LABEL
                    else f"…{job.display_path[1 - _MAX_LABEL :]}"
                )
                self._tasks[key] = self._progress.add_task(label, total=None, text="")
            case Progressed(_job, step) if key in self._tasks:  # a cluster's may come late
                self._moved(key, step)
            case Deferred() | Ended():
                self._progress.remove_task(self._tasks.pop(key))
                self._partial.pop(key, None)
                self._stages.pop(key, None)
                if isinstance(event, Ended):
                    self._ended(event)

    def say(self, text: str) -> None:
        """Print a line of text above the bars."""
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        """Stop the bars."""
        self._progress.stop()

    def _moved(self, key: str, step: Step) -> None:
        """Restart the speech's own bar at each stage.

        The bar of the batch never goes back.
        """
        task = self._tasks[key]
        text = _("{stage}: {text}").format(stage=_(step.stage), text=step.text)
        if self._stages.get(key) != step.stage:
            self._stages[key] = step.stage
            self._progress.reset(task)
        self._progress.update(task, completed=step.done, total=step.total, text=text)
        start, share = _SHARES.get(step.stage, (0.0, 0.0))
        self._partial[key] = self._weights[key] * (start + share * step.done / max(1, step.total))
        self._update()

    def _ended(self, event: Ended) -> None:
        """Count the speech; an up-to-date one weighs nothing."""
        weight = self._weights[event.job.key]
        self._counts[event.result.state] += 1
        if event.result.state == State.SKIPPED:
            self._weights[event.job.key] = 0
        else:
            self._done += weight
        self._update()

    def _update(self) -> None:
        ended = sum(self._counts.values())
        failed = self._counts[State.FAILED]
        text = _describe_count(ended, len(self._weights), failed)
        self._progress.update(
            self._total,
            completed=self._done + sum(self._partial.values()),
            total=sum(self._weights.values()) or None,
            text=text,
        )


def _describe_count(ended: int, jobs: int, failed: int) -> str:
    text = _("{ended} of {jobs}").format(ended=ended, jobs=jobs)
    return text + _(", {failed} failed").format(failed=failed) if failed else text


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f}%"),
        TextColumn("{task.fields[text]}", markup=False),
        TimeRemainingColumn(compact=True),
    )
    return Progress(*columns, console=Console(stderr=True), speed_estimate_period=120)


def _weight(job: SpeechJob) -> float:
    """Estimate a speech's amount of text from size and file type.

    Formats other than plain text carry much that is not text.
    """
    plain = job.path.suffix.lower() in {".txt", ".md", ".markdown"}
    return job.size / 3 if plain else job.size / 20
