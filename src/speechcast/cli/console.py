"""Progress on standard error: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from ..messages import _
from ..progress import Step, format_clock

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_INTERVAL = 10  # per cent between two plain lines


class Display:
    """Shows each step on standard error until it is closed."""

    def __init__(self) -> None:
        self._display: _Bar | _Lines = _Bar() if sys.stderr.isatty() else _Lines()

    def __call__(self, step: Step) -> None:
        """Show the step."""
        self._display.show(step)

    def say(self, text: str) -> None:
        """Print a line of text without disturbing the progress."""
        self._display.say(text)

    def close(self) -> None:
        """Stop showing; what is shown stays."""
        self._display.close()


class _Bar:
    """One progress bar for each stage."""

    def __init__(self) -> None:
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def show(self, step: Step) -> None:
        progress = self._progress or self._start()
        if step.stage not in self._tasks:
            self._tasks[step.stage] = progress.add_task(
                _(step.stage), total=step.total, text=step.text
            )
        progress.update(self._tasks[step.stage], completed=step.done, text=step.text)

    def say(self, text: str) -> None:
        if self._progress:
            self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr)

    def close(self) -> None:
        if self._progress:
            self._progress.stop()

    def _start(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[text]}", markup=False),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), speed_estimate_period=60)
        self._progress.start()
        return self._progress


class _Lines:
    """A line whenever another ten per cent of a stage are done."""

    def __init__(self) -> None:
        self._stage = ""
        self._next = self._started = 0.0

    def show(self, step: Step) -> None:
        if step.stage != self._stage:
            self._stage, self._next, self._started = step.stage, 0.0, time.monotonic()
        percent = 100 * step.done / max(1, step.total)
        if percent < self._next:
            return
        self._next = percent - percent % _INTERVAL + _INTERVAL
        line = _("{stage}: {percent:.0f}%, {text}").format(
            stage=_(step.stage), percent=percent, text=step.text
        )
        print(f"{line}{self._time_left(percent)}", file=sys.stderr)

    def say(self, text: str) -> None:
        print(text, file=sys.stderr)

    def close(self) -> None:
        sys.stderr.flush()

    def _time_left(self, percent: float) -> str:
        if not 0 < percent < 100:
            return ""
        left = (time.monotonic() - self._started) * (100 - percent) / percent
        return _(", {time} left").format(time=format_clock(left))
