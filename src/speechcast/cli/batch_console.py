"""What a person sees while a batch runs: bars on a terminal, and the log's lines in any case."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..batch.discovery import SpeechJob
from ..batch.pool import Deferred, Ended, Event, Progressed, Started, Stopping
from ..batch.worker import State
from ..progress import Step
from . import log

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_WIDEST = 32  # characters of a speech's path beside its bar
_SHARES = {"speaking": (0.0, 0.9), "encoding": (0.9, 0.1)}  # of a speech's work: from, and how much


@contextlib.contextmanager
def shown(jobs: Sequence[SpeechJob], *, quiet: bool, verbose: bool) -> Iterator[Show]:
    """A display of the batch over `jobs` on standard error, and what the log says of it."""
    terminal = sys.stderr.isatty() and not quiet
    show = Bars(jobs) if terminal else Show()
    usual = logging.WARNING if terminal else logging.INFO
    level = logging.DEBUG if verbose else logging.ERROR if quiet else usual
    with log.on(show, level), contextlib.closing(show):
        yield show


class Show:
    """Lines on standard error, and nothing else."""

    def __call__(self, event: Event) -> None:
        """Show what happened."""

    def say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def close(self) -> None:
        sys.stderr.flush()


class Bars(Show):
    """The whole batch with the time it will take yet, and the speeches in work with theirs."""

    def __init__(self, jobs: Sequence[SpeechJob]) -> None:
        self._progress = _progress()
        self._weights = {job.key: _weight(job) for job in jobs}
        self._tasks: dict[str, TaskID] = {}
        self._text = dict.fromkeys(State, 0)
        self._done = 0.0
        self._parts: dict[str, float] = {}
        self._doing: dict[str, str] = {}
        self._whole = self._progress.add_task(
            "all", total=sum(self._weights.values()) or None, text=f"0 of {len(jobs)}"
        )
        self._progress.start()

    def __call__(self, event: Event) -> None:
        if isinstance(event, Stopping):
            return
        key = event.job.key
        match event:
            case Started(job):
                label = (
                    job.display_path
                    if len(job.display_path) <= _WIDEST
                    else f"…{job.display_path[1 - _WIDEST :]}"
                )
                self._tasks[key] = self._progress.add_task(label, total=None, text="")
            case Progressed(_, step):
                self._moved(key, step)
            case Deferred() | Ended():
                self._progress.remove_task(self._tasks.pop(key))
                self._parts.pop(key, None)
                self._doing.pop(key, None)
                if isinstance(event, Ended):
                    self._ended(event)

    def say(self, text: str) -> None:
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        self._progress.stop()

    def _moved(self, key: str, step: Step) -> None:
        """Its own bar begins anew with every kind of work, the whole batch's never goes back."""
        task, text = self._tasks[key], f"{step.stage}: {step.text}"
        if self._doing.get(key) != step.stage:
            self._doing[key] = step.stage
            self._progress.reset(task)
        self._progress.update(task, completed=step.done, total=step.total, text=text)
        start, share = _SHARES.get(step.stage, (0.0, 0.0))
        self._parts[key] = self._weights[key] * (start + share * step.done / max(1, step.total))
        self._update()

    def _ended(self, event: Ended) -> None:
        """What was up to date took no time, so it counts for none."""
        weight = self._weights[event.job.key]
        self._text[event.result.state] += 1
        if event.result.state == State.SKIPPED:
            self._weights[event.job.key] = 0
        else:
            self._done += weight
        self._update()

    def _update(self) -> None:
        ended = sum(self._text.values())
        failed = self._text[State.FAILED]
        text = f"{ended} of {len(self._weights)}" + (f", {failed} failed" if failed else "")
        self._progress.update(
            self._whole,
            completed=self._done + sum(self._parts.values()),
            total=sum(self._weights.values()) or None,
            text=text,
        )


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
    """About how much there is to say; a .docx of any length begins with so much of its own."""
    plain = job.path.suffix.lower() in {".txt", ".md", ".markdown"}
    return job.size / 3 if plain else job.size / 20
