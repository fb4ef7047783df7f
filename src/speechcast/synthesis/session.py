"""One recording of a speech: its threads, and how it ends.

Work runs in a `ThreadPoolExecutor` for each service, and a slot is waited for on a condition
(`concurrency.py`). The two other ways of running work in this package do not fit here. The batch
(`batch/pool.py`) has its own daemon threads and a queue of events, since its threads must not keep
the process alive and each speech reports while it is at work; a recording waits for all its
threads anyway, and needs futures: results by job, the first error, and `cancel_futures` for what
has not begun. The online engines have an event loop (`engines/online/event_loop.py`), which serves
many connections in one thread; but local engines compute, and the cache reads and writes files,
both of which would block a loop.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from queue import Empty, SimpleQueue

from ..engines.base import Engine, RemoteEngine
from ..errors import AccessDenied, EngineError, RateLimited, ServiceUnreachable, TransientError
from ..messages import _, mark
from ..model import Clip
from ..progress import ProgressCallback, Step
from ..units import Seconds
from .clip_checks import find_flaw, require_speech
from .concurrency import ConcurrencyLimiter, Limiters
from .jobs import SynthesisJob, order_jobs
from .resources import Resources
from .retry import Retrier, RetryPolicy
from .stall import StallReporter

POLL: Seconds = 1.0  # between two looks at what is being waited for
GRACE = 3.0  # seconds in which what is in flight may arrive and be cached, when one job fails

log = logging.getLogger("speechcast.synthesis")


class SynthesisSession:
    """Records jobs, in the threads it owns. Use it with `contextlib.closing`.

    Attributes:
        cache: The clip cache, or None.
    """

    def __init__(
        self,
        engines: Mapping[str, Engine],
        resources: Resources,
        policy: RetryPolicy,
        limiters: Limiters,
    ) -> None:
        """Store what recording needs; nothing begins yet.

        Args:
            engines: The engines of the jobs; closed by `abort`.
            resources: The cache, the concurrency, and where clips are held.
            policy: When an utterance is given up.
            limiters: The limiters of the services.
        """
        self.cache = resources.cache
        self._engines = engines
        self._resources = resources
        self._policy = policy
        self._limiters = limiters
        self._stopping = threading.Event()
        self._executors: dict[str, ThreadPoolExecutor] = {}
        self._running: set[Future[Clip]] = set()

    def synthesize(
        self,
        jobs: Sequence[SynthesisJob],
        progress: JobProgress,
        *,
        on_clip: Callable[[SynthesisJob, Clip], None] | None = None,
        use_cache: bool = True,
    ) -> dict[str, Clip]:
        """Return the clip of each job, by its key.

        They are begun in the order of the document if the resources ask for it, else in that of
        `order_jobs`.

        Args:
            jobs: What to record.
            progress: Is informed, in this thread, of each job that is done, and of long waits.
            on_clip: Is called, in this thread, with each job that is done and its clip.
            use_cache: Whether to take clips from the cache and to store them there.

        Raises:
            EngineError: The first job that failed; it names the sentence.
            TextError: An utterance has a character that its voice cannot speak.
        """
        ordered = jobs if self._resources.in_order else order_jobs(jobs)
        # A copy of the context tells the batch which speech a log line belongs to.
        futures = {
            self._executor(job).submit(copy_context().run, self._work, job, use_cache): job
            for job in ordered
        }
        self._running = set(futures)
        self._await(futures, progress, on_clip)
        return {job.key: future.result() for future, job in futures.items()}

    def _await(
        self,
        futures: Mapping[Future[Clip], SynthesisJob],
        progress: JobProgress,
        on_clip: Callable[[SynthesisJob, Clip], None] | None,
    ) -> None:
        """Wait until all jobs are done, or one has failed; report long waits."""
        stall = StallReporter(self._limiter, self._policy, progress.note)
        unfinished = dict(futures)
        finished = SimpleQueue[Future[Clip]]()
        for future in futures:
            future.add_done_callback(finished.put)
        while unfinished:
            with contextlib.suppress(Empty):
                future = finished.get(timeout=POLL)
                clip, job = future.result(), unfinished.pop(future)
                stall.on_done()
                progress(job)
                if on_clip:
                    on_clip(job, clip)
            stall.check(unfinished.values())
            if self._resources.check:
                self._resources.check()

    def abort(self, error: BaseException) -> None:
        """End the work because of an error, and close the engines.

        Nothing more is begun. If clips are cached, those in flight may still arrive for a moment,
        unless the user interrupted.
        """
        self._stopping.set()
        for executor in self._executors.values():
            executor.shutdown(wait=False, cancel_futures=True)
        self._limiters.wake()
        grace: Seconds = GRACE if self.cache and isinstance(error, Exception) else 0
        wait(self._running, grace)
        for engine in self._engines.values():
            engine.close()

    def close(self) -> None:
        """Wait for the threads, and log if clips could not be cached."""
        for executor in self._executors.values():
            executor.shutdown(wait=True)
        if self.cache and self.cache.write_error:
            log.warning(self.cache.write_error)

    def _work(self, job: SynthesisJob, use_cache: bool) -> Clip:
        clip = self._cached_or_recorded(job, use_cache)
        return self._resources.hold(clip) if self._resources.hold else clip

    def _cached_or_recorded(self, job: SynthesisJob, use_cache: bool) -> Clip:
        cache = self.cache if job.engine.cacheable and use_cache else None
        if cache and (cached := cache.get(job.key, len(job.utterance.tokens))):
            if not find_flaw(job.utterance, cached, job.engine):
                return cached
            cache.discard(job.key)
        limiter = self._limiter(job)
        retrier = Retrier(
            name=job.name, limiter=limiter, policy=self._policy, stopping=self._stopping
        )
        try:
            clip = retrier.run(lambda: self._record(job, limiter))
        except EngineError as exc:
            raise locate_error(exc, job, cached=cache is not None) from exc.__cause__
        if cache:
            cache.put(job.key, clip)
        return clip

    def _record(self, job: SynthesisJob, limiter: ConcurrencyLimiter) -> Clip:
        """Record one take; release the slot once the response is complete."""
        with limiter.slot(self._stopping, self._policy.rate_limited_seconds) as slot:
            if isinstance(job.engine, RemoteEngine):
                response = job.engine.request(job.utterance, slot.on_response_start)
                slot.release()
                clip = job.engine.to_clip(job.utterance, response)
            else:
                clip = job.engine.synthesize(job.utterance)
            require_speech(job.utterance, clip, job.engine)
            return clip

    def _limiter(self, job: SynthesisJob) -> ConcurrencyLimiter:
        limit = self._resources.jobs or job.engine.workers
        return self._limiters.get(job.service, limit, adaptive=job.engine.online)

    def _executor(self, job: SynthesisJob) -> ThreadPoolExecutor:
        """Return the threads of the job's service.

        An online service has more of them than slots: some wait, and some compute clips from
        responses.
        """
        if job.service not in self._executors:
            limit = self._resources.jobs or job.engine.workers
            threads = limit * (2 if job.engine.online else 1)
            self._executors[job.service] = ThreadPoolExecutor(threads, job.service)
        return self._executors[job.service]


class JobProgress:
    """Reports finished jobs as sentences finished and characters spoken."""

    def __init__(self, jobs: Sequence[SynthesisJob], progress: ProgressCallback) -> None:
        """Report that none of the jobs is done yet."""
        utterances = [utterance for job in jobs for utterance in job.utterances]
        self._progress = progress
        self._unfinished = Counter(utterance.sentence for utterance in utterances)
        self._sentences, self._characters = 0, 0
        self._total = sum(len(utterance.spoken) for utterance in utterances)
        self.note("")

    def __call__(self, job: SynthesisJob) -> None:
        """Report that a job is done."""
        for utterance in job.utterances:
            self._unfinished[utterance.sentence] -= 1
            self._sentences += not self._unfinished[utterance.sentence]
            self._characters += len(utterance.spoken)
        self.note("")

    def note(self, text: str) -> None:
        """Report the same progress again, with a note."""
        done = _("{done} of {total} sentences").format(
            done=self._sentences, total=len(self._unfinished)
        )
        text = _("{done}; {note}").format(done=done, note=text) if text else done
        self._progress(Step(mark("speaking"), self._characters, self._total, text))


def locate_error(error: EngineError, job: SynthesisJob, *, cached: bool) -> EngineError:
    """Return the error with its sentence and what to do next.

    The message leaves the sentence out if the whole service failed.
    """
    whole_service = isinstance(error, ServiceUnreachable | AccessDenied | RateLimited)
    message = str(error)
    if not whole_service:
        message = _("{sentence}: {problem}").format(sentence=job.name, problem=message)
    if isinstance(error, TransientError):
        message += (
            _("; run the same command again: what was recorded is kept")
            if cached
            else _("; run the same command again")
        )
    error.args = (message,)
    error.sentence, error.row = job.utterance.sentence, job.utterance.row
    return error
