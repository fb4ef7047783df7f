"""Several speeches at once: threads that take the next one, and one that hears of it all."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass

from ..progress import Step
from .discovery import SpeechJob
from .storage import Busy
from .worker import Result, State, StopSignal

PUT_OFF = 0.3  # seconds until a speech that another process is making is asked for again
_LISTEN = 0.2  # seconds a wait may last where the system lets no signal interrupt it
LAST_WORDS = 5.0  # seconds that work has to end when all of it is to
SPEECH = ContextVar("SPEECH", default="")  # the speech a thread is at work on, as it may be printed


@dataclass(frozen=True, slots=True)
class Started:
    """A speech is taken in hand."""

    job: SpeechJob


@dataclass(frozen=True, slots=True)
class Moved:
    """A speech in work has come further."""

    job: SpeechJob
    step: Step


@dataclass(frozen=True, slots=True)
class PutOff:
    """Another process is making the speech; it will be asked for again."""

    job: SpeechJob


@dataclass(frozen=True, slots=True)
class Ended:
    """A speech became this."""

    job: SpeechJob
    result: Result


@dataclass(frozen=True, slots=True)
class Stopping:
    """The stop was asked for: what is in work is finished, or ended `at_once` too."""

    at_once: bool


Event = Started | Moved | PutOff | Ended | Stopping
Listener = Callable[[Event], None]
Work = Callable[[SpeechJob, Callable[[Step], None]], Result]


def run(
    jobs: Sequence[SpeechJob], work: Work, workers: int, stop: StopSignal, hear: Listener
) -> list[Result]:
    """Every job's result, in the jobs' order; those not come to are interrupted.

    `hear` is called in this thread. An interruption ends all work and is raised again.
    """
    crew = _Crew(jobs, work, stop)
    crew.start(max(1, min(workers, len(jobs))))
    try:
        for event in crew.events():
            hear(event)
    except BaseException:
        stop.now()
        crew.leave()
        raise
    return [crew.results.get(job.key) or _not_come_to(job) for job in jobs]


def _not_come_to(job: SpeechJob) -> Result:
    return Result(job.shown, State.INTERRUPTED, why="not come to")


class _Crew:
    def __init__(self, jobs: Sequence[SpeechJob], work: Work, stop: StopSignal) -> None:
        self.results: dict[str, Result] = {}
        self._work = work
        self._stop = stop
        self._waiting = deque(jobs)
        self._put_off: deque[SpeechJob] = deque()
        self._events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def start(self, workers: int) -> None:
        for number in range(workers):
            thread = threading.Thread(target=self._take_turns, name=f"batch-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def events(self) -> Iterator[Event]:
        """What happens, until every thread is done, or ought to be."""
        working, patience = len(self._threads), LAST_WORDS
        told = (False, False)
        while working and patience > 0:
            if (asked := (self._stop.starting, self._stop.working)) != told:
                told = asked
                yield Stopping(self._stop.working)
            try:
                event = self._events.get(timeout=_LISTEN)
            except queue.Empty:
                patience -= _LISTEN if self._stop.working else 0
                continue
            if event is None:
                working -= 1
                continue
            if isinstance(event, Ended):
                self.results[event.job.key] = event.result
            yield event

    def leave(self) -> None:
        """Give the threads a moment to end."""
        until = time.monotonic() + LAST_WORDS
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))

    def _take_turns(self) -> None:
        try:
            while job := self._next():
                self._do(job)
        finally:
            self._events.put(None)

    def _next(self) -> SpeechJob | None:
        """The next job; those put off come last, and not at once."""
        with contextlib.suppress(IndexError):
            if not self._stop.starting:
                return self._waiting.popleft()
        with contextlib.suppress(IndexError):
            job = self._put_off.popleft()
            time.sleep(PUT_OFF)
            return None if self._stop.starting else job
        return None

    def _do(self, job: SpeechJob) -> None:
        SPEECH.set(job.shown)
        self._events.put(Started(job))
        try:
            result = self._work(job, lambda step: self._events.put(Moved(job, step)))
        except Busy:
            self._put_off.append(job)
            self._events.put(PutOff(job))
        else:
            self._events.put(Ended(job, result))
