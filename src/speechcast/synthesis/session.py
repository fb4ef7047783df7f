"""One recording: its threads, its way to the store and to the engines, its end."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed, wait
from contextvars import copy_context
from types import TracebackType
from typing import Self

from ..engines.base import Engine, RemoteEngine
from ..errors import AccessDenied, EngineError, RateLimited, ServiceUnreachable, TransientError
from ..model import Clip
from ..progress import ProgressCallback, Step
from .clip_cache import ClipCache
from .concurrency import ConcurrencyLimiter, Limiters
from .jobs import SynthesisJob
from .retry import Retrier, RetryPolicy

GRACE = 3.0  # seconds that what is in flight is given to arrive and be kept, when one line fails

log = logging.getLogger("speechcast.studio")


class SynthesisSession:
    """Records jobs while its `with` block lasts; an error in it closes the engines."""

    def __init__(  # noqa: PLR0913 all a recording has to work with
        self,
        engines: Mapping[str, Engine],
        store: ClipCache | None,
        limit: int | None,
        patience: RetryPolicy,
        gates: Limiters,
        hold: Callable[[Clip], Clip] | None = None,
    ) -> None:
        self.cache = store
        self._engines = engines
        self._limit = limit
        self._patience = patience
        self._gates = gates
        self._hold = hold
        self._stopping = threading.Event()
        self._executors: dict[str, ThreadPoolExecutor] = {}
        self._running: set[Future[Clip]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error:
            self._break_off(GRACE if self.cache and isinstance(error, Exception) else 0)
        for executor in self._executors.values():
            executor.shutdown(wait=True)
        if self.cache and self.cache.write_error:
            log.warning(self.cache.write_error)

    def synthesize(
        self,
        jobs: Sequence[SynthesisJob],
        on_done: Callable[[SynthesisJob], None],
        *,
        anew: bool = False,
    ) -> dict[str, Clip]:
        """Each job's clip, by its key. `anew`: not from the store, nor into it.

        The longest are begun first, so that at the end short ones fill the places that are left.
        Raises as `record` does, for the first job that fails.
        """
        begun = sorted(jobs, key=lambda job: -len(job.utterance.spoken))
        futures = {
            self._executor(job).submit(copy_context().run, self._held, job, anew): job
            for job in begun  # in our context, so that what they log can be told for our speech's
        }
        self._running = set(futures)
        for future in as_completed(futures):
            future.result()
            on_done(futures[future])
        return {job.key: future.result() for future, job in futures.items()}

    def _held(self, job: SynthesisJob, anew: bool) -> Clip:
        clip = self._clip(job, anew)
        return self._hold(clip) if self._hold else clip

    def _clip(self, job: SynthesisJob, anew: bool) -> Clip:
        store = self.cache if job.engine.cacheable and not anew else None
        if store and (kept := store.get(job.key, len(job.utterance.tokens))):
            return kept
        gate = self._gate(job)
        try:
            again = Retrier(job.name, gate, self._patience, self._stopping)
            clip = again.run(lambda: self._take(job, gate))
        except EngineError as exc:
            raise _named(exc, job, kept=store is not None) from exc.__cause__
        if store:
            store.put(job.key, clip)
        return clip

    def _take(self, job: SynthesisJob, gate: ConcurrencyLimiter) -> Clip:
        with gate.slot(self._stopping) as place:
            if not isinstance(job.engine, RemoteEngine):
                return job.engine.synthesize(job.utterance)
            answer = job.engine.request(job.utterance, place.on_response_start)
            place.release()
            return job.engine.to_clip(job.utterance, answer)

    def _gate(self, job: SynthesisJob) -> ConcurrencyLimiter:
        limit = self._limit or job.engine.workers
        return self._gates.get(job.service, limit, adaptive=job.engine.online)

    def _executor(self, job: SynthesisJob) -> ThreadPoolExecutor:
        """The threads of the job's service: some more than it has places, for those who wait."""
        if job.service not in self._executors:
            threads = (self._limit or job.engine.workers) * (2 if job.engine.online else 1)
            self._executors[job.service] = ThreadPoolExecutor(threads, job.service)
        return self._executors[job.service]

    def _break_off(self, grace: float) -> None:
        """Begin nothing more; what is in flight may arrive within `grace` seconds."""
        self._stopping.set()
        for executor in self._executors.values():
            executor.shutdown(wait=False, cancel_futures=True)
        self._gates.wake()
        wait(self._running, grace)
        for engine in self._engines.values():
            engine.close()


class JobProgress:
    """Reports the jobs it is called with, as sentences finished and characters spoken."""

    def __init__(self, jobs: Sequence[SynthesisJob], report: ProgressCallback) -> None:
        lines = [line for job in jobs for line in job.utterances]
        self._report = report
        self._left = Counter(line.sentence for line in lines)
        self._finished, self._done = 0, 0
        self._total = sum(len(line.spoken) for line in lines)
        self._tell()

    def __call__(self, job: SynthesisJob) -> None:
        for line in job.utterances:
            self._left[line.sentence] -= 1
            self._finished += not self._left[line.sentence]
            self._done += len(line.spoken)
        self._tell()

    def _tell(self) -> None:
        said = f"{self._finished} of {len(self._left)} sentences"
        self._report(Step("speaking", self._done, self._total, said))


def _named(error: EngineError, job: SynthesisJob, *, kept: bool) -> EngineError:
    """The error with the sentence it befell (unless the service is to blame) and how to go on."""
    whole_service = isinstance(error, ServiceUnreachable | AccessDenied | RateLimited)
    told = str(error) if whole_service else f"{job.name}: {error}"
    if isinstance(error, TransientError):
        told += "; run the same command again" + (": what was recorded is kept" if kept else "")
    error.args = (told,)
    error.sentence, error.row = job.utterance.sentence, job.utterance.row
    return error
