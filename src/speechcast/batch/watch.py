"""Speeches made as they arrive: what has changed in a folder, once it has come to rest."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import watchfiles

from ..documents import READABLE_SUFFIXES
from .discovery import Discovery, SpeechJob
from .plan import Plan, plan
from .worker import BatchOptions, StopSignal

QUIET = 2.0  # seconds nobody may have written to a file before it is read
_TICK = 250  # milliseconds between two looks


def arrivals(  # noqa: PLR0913 each by its name
    root: Path,
    output: Path,
    options: BatchOptions,
    *,
    recursive: bool = False,
    stop: StopSignal,
    quiet: float = QUIET,
) -> Iterator[Plan]:
    """A plan of all there is, then one of what is new or changed whenever there is any.

    It ends when the stop is asked for. A changed setting, style or lexicon (any .toml) makes a plan
    of everything anew; what is up to date is then skipped.
    """
    changes = watchfiles.watch(
        root.absolute(),
        watch_filter=None,
        recursive=recursive,
        step=50,
        debounce=_TICK,
        rust_timeout=_TICK,
        yield_on_timeout=True,
        stop_event=_Asked(stop),
        raise_interrupt=False,
    )
    next(changes, None)  # from here on nothing is missed
    watched = _Watched(root.absolute(), output.absolute(), quiet)
    whole = plan(root, output, options, recursive=recursive)
    watched.due(whole.discovery)
    yield whole
    for changed in changes:
        watched.heard(Path(path) for _, path in changed)
        if watched.at_rest():
            whole = plan(root, output, options, recursive=recursive)
            if jobs := watched.due(whole.discovery):
                yield replace(whole, discovery=replace(whole.discovery, jobs=jobs))


@dataclass
class _Watched:
    """What was written when, and what each speech was when it was last planned."""

    root: Path
    output: Path
    quiet: float
    _written: dict[Path, float] = field(default_factory=dict)
    _known: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def heard(self, paths: Iterable[Path]) -> None:
        now = time.monotonic()
        self._written |= {path: now for path in paths if self._matters(path)}

    def at_rest(self) -> bool:
        """Whether anything written has been left alone since."""
        return any(not self._noisy(path) for path in self._written)

    def due(self, found: Discovery) -> tuple[SpeechJob, ...]:
        """The speeches that are not what they were, but for those still being written."""
        rested = {path for path in self._written if not self._noisy(path)}
        self._written = {p: at for p, at in self._written.items() if p not in rested}
        if any(path.suffix == ".toml" for path in rested):
            self._known.clear()
        jobs = []
        for job in found.jobs:
            state = _state(job.source)
            path = job.source.absolute()
            if self._known.get(path) != state and path not in self._written:
                self._known[path] = state
                jobs.append(job)
        return tuple(jobs)

    def _noisy(self, path: Path) -> bool:
        return time.monotonic() - self._written[path] < self.quiet

    def _matters(self, path: Path) -> bool:
        """Not what a batch writes itself; a folder may have come with speeches in it."""
        inside = self.output != self.root and path.is_relative_to(self.output)
        hidden = any(part.startswith(".") for part in path.relative_to(self.root).parts)
        known = path.suffix.lower() in {*READABLE_SUFFIXES, ".toml"} or path.is_dir()
        return known and not inside and not hidden


class _Asked:
    """The stop, as watchfiles asks for it."""

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop

    def is_set(self) -> bool:
        return self._stop.starting


def _state(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (-1, -1)
    return status.st_size, status.st_mtime_ns
