"""Watch a folder, and plan its new and changed speeches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import watchfiles

from ..documents import READABLE_SUFFIXES
from ..units import Seconds
from .discovery import Discovery, SpeechJob
from .options import BatchOptions
from .plan import Plan, plan_batch
from .source_files import read_stamp
from .stop_signal import StopSignal

QUIET_PERIOD = 2.0  # seconds a file must be left unchanged before it is read
_POLL_MILLISECONDS = 250


def watch_folder(  # noqa: PLR0913 each by its name
    root: Path,
    output: Path,
    options: BatchOptions,
    *,
    recursive: bool = False,
    stop: StopSignal,
    quiet_period: Seconds = QUIET_PERIOD,
) -> Iterator[Plan]:
    """Yield a plan of the whole folder, then plans of changes.

    It ends when `stop` is drained or aborted. A change to a setting, style or lexicon (any .toml
    file) yields a plan of all speeches; those that are up to date are skipped when it is run.

    Args:
        root: The folder of the speeches.
        output: The output folder; changes in it are ignored.
        options: The options of the batch.
        recursive: Also watch the folders inside.
        stop: How another thread or a signal handler ends the watching.
        quiet_period: How many seconds a file must be left unchanged before it is planned.
    """
    changes = watchfiles.watch(
        root.absolute(),
        watch_filter=None,
        recursive=recursive,
        step=50,
        debounce=_POLL_MILLISECONDS,
        rust_timeout=_POLL_MILLISECONDS,
        yield_on_timeout=True,
        stop_event=_StopEvent(stop),
        raise_interrupt=False,
    )
    next(changes, None)  # starts the watching, so that no change from here on is missed
    pending = _FolderChanges(root.absolute(), output.absolute(), quiet_period)
    plan = plan_batch(root, output, options, recursive=recursive)
    pending.take_due(plan.discovery)
    yield plan
    for changed in changes:
        pending.note_changes(Path(path) for _, path in changed)
        if pending.has_settled():
            plan = plan_batch(root, output, options, recursive=recursive)
            if jobs := pending.take_due(plan.discovery):
                yield replace(plan, discovery=replace(plan.discovery, jobs=jobs))


@dataclass
class _FolderChanges:
    """When files were written, and what was last planned.

    It holds the time of each written file, and the state of each speech when it was last planned.
    """

    root: Path
    output: Path
    quiet_period: Seconds
    _written: dict[Path, Seconds] = field(default_factory=dict)
    _planned: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def note_changes(self, paths: Iterable[Path]) -> None:
        """Note that these files were written just now."""
        now = time.monotonic()
        self._written |= {path: now for path in paths if self._is_relevant(path)}

    def has_settled(self) -> bool:
        """Return whether a written file is unchanged for the quiet period."""
        return any(not self._is_recent(path) for path in self._written)

    def take_due(self, discovery: Discovery) -> tuple[SpeechJob, ...]:
        """Return the speeches that changed since they were planned and have settled."""
        settled = {path for path in self._written if not self._is_recent(path)}
        self._written = {p: moment for p, moment in self._written.items() if p not in settled}
        if any(path.suffix == ".toml" for path in settled):
            self._planned.clear()
        jobs = []
        for job in discovery.jobs:
            state = read_stamp(job.source)
            path = job.source.absolute()
            if self._planned.get(path) != state and path not in self._written:
                self._planned[path] = state
                jobs.append(job)
        return tuple(jobs)

    def _is_recent(self, path: Path) -> bool:
        return time.monotonic() - self._written[path] < self.quiet_period

    def _is_relevant(self, path: Path) -> bool:
        """Return whether a change may concern a speech.

        It does if its path is a speech, a setting, or a new folder. What a batch writes itself is
        not relevant.
        """
        inside = self.output != self.root and path.is_relative_to(self.output)
        hidden = any(part.startswith(".") for part in path.relative_to(self.root).parts)
        readable = path.suffix.lower() in {*READABLE_SUFFIXES, ".toml"} or path.is_dir()
        return readable and not inside and not hidden


class _StopEvent:
    """A stop signal with the interface of `threading.Event` that watchfiles expects."""

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop

    def is_set(self) -> bool:
        """Return whether the watching must end."""
        return self._stop.draining
