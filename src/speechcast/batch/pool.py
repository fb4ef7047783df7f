"""Several speeches at once: worker threads, and a queue of their events.

The threads are our own, with a queue of events, and not an executor of `concurrent.futures`,
for four reasons. The caller's thread must be free to react to signals and to show progress, so it
waits on one queue in which results and steps of progress arrive in order; futures report only
results. A speech that another process holds goes back to the end of the list; a future cannot be
returned. A batch that is stopped gently must not start what is still waiting, but finish what
runs. And a batch that is stopped at once must be able to leave a thread that hangs in a foreign
library; the interpreter waits for the threads of an executor at exit, but not for daemon threads.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from ..messages import _
from ..progress import ProgressCallback, Step
from .discovery import SpeechJob
from .result import Result, State
from .stop_signal import StopSignal
from .storage import SpeechLocked

DEFERRED_DELAY = 0.3  # seconds before a speech that another process holds is tried again
_POLL_INTERVAL = 0.2  # seconds to wait for an event where no signal interrupts the wait
GRACE_PERIOD = 5.0  # seconds for the threads to end when all work is to end

CURRENT_SPEECH = ContextVar("CURRENT_SPEECH", default="")
"""The display path of the speech that this thread is working on."""


@dataclass(frozen=True, slots=True)
class Started:
    """A thread has taken up a speech."""

    job: SpeechJob


@dataclass(frozen=True, slots=True)
class Progressed:
    """A speech in work has advanced by a step."""

    job: SpeechJob
    step: Step


@dataclass(frozen=True, slots=True)
class Deferred:
    """Another process is producing the speech; it will be tried again."""

    job: SpeechJob


@dataclass(frozen=True, slots=True)
class Ended:
    """A speech has its result."""

    job: SpeechJob
    result: Result


@dataclass(frozen=True, slots=True)
class Stopping:
    """The batch was stopped; unfinished work ends too if `at_once`."""

    at_once: bool


Event = Started | Progressed | Deferred | Ended | Stopping
Listener = Callable[[Event], None]
Work = Callable[[SpeechJob, ProgressCallback], Result]


def run_jobs(
    jobs: Sequence[SpeechJob], work: Work, workers: int, stop: StopSignal, listener: Listener
) -> list[Result]:
    """Return the result of every job, in the order of the jobs.

    Jobs that were never started come back as interrupted. An exception in `listener`, Ctrl-C
    included, ends all work and is raised again.

    Args:
        jobs: The speeches.
        work: Returns a speech's result; called in the threads.
        workers: How many threads.
        stop: How another thread or a signal handler ends the work early.
        listener: Called in this thread with every event.
    """
    threads = _WorkerThreads(jobs, work, stop)
    threads.start(max(1, min(workers, len(jobs))))
    try:
        for event in threads.events():
            listener(event)
    except BaseException:
        stop.abort()
        threads.join()
        raise
    return [threads.results.get(job.key) or _not_started(job) for job in jobs]


def _not_started(job: SpeechJob) -> Result:
    return Result(source=job.display_path, state=State.INTERRUPTED, reason=_("not started"))


class _WorkerThreads:
    def __init__(self, jobs: Sequence[SpeechJob], work: Work, stop: StopSignal) -> None:
        self.results: dict[str, Result] = {}
        self._work = work
        self._stop = stop
        self._waiting = deque(jobs)
        self._deferred: deque[SpeechJob] = deque()
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def start(self, workers: int) -> None:
        """Start `workers` threads."""
        for number in range(workers):
            thread = threading.Thread(target=self._run_thread, name=f"batch-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def events(self) -> Iterator[Event]:
        """Yield the events until every thread has ended.

        When the batch is aborted, the threads have `GRACE_PERIOD` to end.
        """
        running, grace = len(self._threads), GRACE_PERIOD
        announced = (False, False)
        while running and grace > 0:
            if (state := (self._stop.draining, self._stop.aborting)) != announced:
                announced = state
                yield Stopping(self._stop.aborting)
            try:
                event = self._events.get(timeout=_POLL_INTERVAL)
            except queue.Empty:
                grace -= _POLL_INTERVAL if self._stop.aborting else 0
                continue
            if event is None:
                running -= 1
                continue
            if isinstance(event, Ended):
                self.results[event.job.key] = event.result
            yield event

    def join(self) -> None:
        """Wait a few seconds for the threads to end."""
        deadline = time.monotonic() + GRACE_PERIOD
        for thread in self._threads:
            thread.join(deadline - time.monotonic())

    def _run_thread(self) -> None:
        try:
            while job := self._next_job():
                self._run_job(job)
        finally:
            self._events.put(None)

    def _next_job(self) -> SpeechJob | None:
        """Return the next job; deferred ones come last, after a delay."""
        with contextlib.suppress(IndexError):
            if not self._stop.draining:
                return self._waiting.popleft()
        with contextlib.suppress(IndexError):
            job = self._deferred.popleft()
            time.sleep(DEFERRED_DELAY)
            return None if self._stop.draining else job
        return None

    def _run_job(self, job: SpeechJob) -> None:
        CURRENT_SPEECH.set(job.display_path)
        self._events.put(Started(job))
        try:
            result = self._work(job, lambda step: self._events.put(Progressed(job, step)))
        except SpeechLocked:
            self._deferred.append(job)
            self._events.put(Deferred(job))
        else:
            self._events.put(Ended(job, result))
