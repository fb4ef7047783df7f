"""Watch a folder, and plan its new and changed speeches."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

import watchfiles

from ..documents import READABLE_SUFFIXES
from ..errors import SourceError, explain_os_error
from ..messages import _
from ..units import Seconds
from .discovery import Discovery, SkippedFile, SpeechJob, require_root
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

    Raises:
        SourceError: `root` is not a folder, or cannot be watched.
    """
    require_root(root)
    changes = watchfiles.watch(
        root.resolve(),
        watch_filter=None,
        recursive=recursive,
        step=50,
        debounce=_POLL_MILLISECONDS,
        rust_timeout=_POLL_MILLISECONDS,
        yield_on_timeout=True,
        stop_event=_StopEvent(stop),
        raise_interrupt=False,
    )
    try:
        next(changes, None)  # starts the watching, so that no change from here on is missed
    except OSError as exc:
        reason = explain_os_error(exc)
        message = _("{folder} cannot be watched: {reason}")
        raise SourceError(message.format(folder=root, reason=reason), root) from exc
    pending = FolderChanges(root, output, quiet_period)
    plan = plan_batch(root, output, options, recursive=recursive)
    pending.take_due(plan.discovery)
    yield plan
    for changed in changes:
        pending.note_changes(Path(path) for _change, path in changed)
        if pending.has_settled():
            plan = plan_batch(root, output, options, recursive=recursive)
            due = pending.take_due(plan.discovery)
            if due.jobs or due.unreadable:
                yield replace(plan, discovery=due)


class FolderChanges:
    """When files of a folder were written, and what was last planned.

    The folder is taken by its own path, links followed, as macOS reports no other.

    Args:
        root: The folder.
        output: The output folder.
        quiet_period: How many seconds a file must be left unchanged before it is planned.
    """

    def __init__(self, root: Path, output: Path, quiet_period: Seconds) -> None:
        self._root = root.resolve()
        self._output = output.resolve()
        self._quiet_period = quiet_period
        self._written: dict[Path, Seconds] = {}
        self._planned: dict[PurePosixPath, tuple[int, int]] = {}
        self._unreadable: frozenset[SkippedFile] = frozenset()

    def note_changes(self, paths: Iterable[Path]) -> None:
        """Note that these files were written just now."""
        now = time.monotonic()
        self._written |= {path: now for path in paths if self._is_relevant(path)}

    def has_settled(self) -> bool:
        """Return whether a written file is unchanged for the quiet period."""
        return any(not self._is_recent(path) for path in self._written)

    def take_due(self, discovery: Discovery) -> Discovery:
        """Return the speeches that changed since they were planned and have settled.

        What cannot be read is returned when it is new.
        """
        settled = {path for path in self._written if not self._is_recent(path)}
        self._written = {p: moment for p, moment in self._written.items() if p not in settled}
        if any(path.suffix == ".toml" for path in settled):
            self._planned.clear()
        jobs = tuple(job for job in discovery.jobs if self._take_if_due(job))
        unreadable = tuple(f for f in discovery.unreadable if f not in self._unreadable)
        self._unreadable = frozenset(discovery.unreadable)
        return replace(discovery, jobs=jobs, unreadable=unreadable)

    def _take_if_due(self, job: SpeechJob) -> bool:
        state = read_stamp(job.source)
        if self._planned.get(job.path) == state or self._root / job.path in self._written:
            return False
        self._planned[job.path] = state
        return True

    def _is_recent(self, path: Path) -> bool:
        return time.monotonic() - self._written[path] < self._quiet_period

    def _is_relevant(self, path: Path) -> bool:
        """Return whether a change may concern a speech.

        It does if its path is a speech, a setting, or a new folder. What a batch writes itself is
        not relevant.
        """
        inside = self._output != self._root and path.resolve().is_relative_to(self._output)
        # A system may know the folder by another name, such as one of other letter case.
        below = path.relative_to(self._root) if path.is_relative_to(self._root) else Path(path.name)
        hidden = any(part.startswith(".") for part in below.parts)
        readable = path.suffix.lower() in {*READABLE_SUFFIXES, ".toml"} or path.is_dir()
        return readable and not inside and not hidden


class _StopEvent:
    """A stop signal with the interface of `threading.Event` that watchfiles expects."""

    def __init__(self, stop: StopSignal) -> None:
        self._stop = stop

    def is_set(self) -> bool:
        """Return whether the watching must end."""
        return self._stop.draining
