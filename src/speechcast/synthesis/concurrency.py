"""Limits on how many utterances a service is given at once, and when.

How many is found by `AdaptiveLimit`. A refusal also makes a pause, in which nothing is sent.

One service has one limiter in this process, which all productions share.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..errors import EngineError, RateLimited, TransientError
from ..messages import _, mark
from ..units import Seconds
from .adaptive_limit import INITIAL_WINDOW, AdaptiveLimit

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds, when refused twice running; doubles
# Seconds that a service may ask for at the most, so that one that asks for a year is tried again.
LONGEST_HEEDED_PAUSE = 3600.0

log = logging.getLogger("speechcast.concurrency")


@dataclass(slots=True)
class Slot:
    """The right of one utterance to be in flight.

    Attributes:
        limiter: The limiter that gave the slot.
        start: When it was taken, on the limiter's clock, in seconds.
        held: Whether it is not released yet.
    """

    limiter: ConcurrencyLimiter
    start: Seconds
    held: bool = True

    def on_response_start(self) -> None:
        """Tell the limiter that the response begins."""
        self.limiter.on_response_start()

    def release(self) -> None:
        """Let another utterance have the slot; may be called twice."""
        if self.held:
            self.held = False
            self.limiter.release()


class ConcurrencyLimiter:
    """Limits how many utterances one service works on at once.

    Any number of threads may use it.

    Attributes:
        adaptive_limit: How many may be in flight.
        in_flight: How many are.
        ever_succeeded: Whether this service ever answered well.
        trouble: What failed last; None once an utterance succeeds.
    """

    def __init__(
        self, limit: int, *, adaptive: bool = True, clock: Callable[[], Seconds] = time.monotonic
    ) -> None:
        """Begin with a few at once, or with `limit` if not `adaptive`.

        Args:
            limit: The most utterances at once.
            adaptive: Whether to find out how many the service bears; otherwise always `limit`.
            clock: Returns the time in seconds, from any origin.
        """
        self.adaptive_limit = AdaptiveLimit(
            limit=limit, window=INITIAL_WINDOW if adaptive else limit
        )
        self.in_flight = 0
        self.ever_succeeded = False
        self.trouble: TransientError | None = None
        self._refused_since: Seconds | None = None
        self._next_attempt = float("-inf")
        self._clock = clock
        self._changed = threading.Condition()
        self._queue: deque[object] = deque()  # of those that wait for a slot, as they came
        self._last_slowed = float("-inf")
        self._pause_end = float("-inf")
        self._next_pause = 0.0

    @contextlib.contextmanager
    def slot(
        self, stopping: threading.Event, longest_pause: Seconds = LONGEST_HEEDED_PAUSE
    ) -> Iterator[Slot]:
        """Wait for a slot and hold it while the block lasts.

        How the block ends decides how many more slots there are.

        Args:
            stopping: Ends the wait once it is set (see `wake`).
            longest_pause: How long the service may ask to be left alone.

        Raises:
            EngineError: `stopping` was set.
            RateLimited: The service asked to be left alone for longer.
        """
        slot = self._acquire(stopping, longest_pause)
        try:
            yield slot
        except TransientError as exc:
            slot.release()
            self._adapt(slot, exc)
            raise
        except BaseException:
            slot.release()
            raise
        slot.release()
        self._adapt(slot, None)

    def limit_to(self, limit: int, *, adaptive: bool) -> None:
        """Set another limit; use all of it unless `adaptive`."""
        with self._changed:
            self.adaptive_limit.limit_to(limit)
            if not adaptive:
                self.adaptive_limit.ceiling = self.adaptive_limit.limit
                self.adaptive_limit.window = self.adaptive_limit.limit
            self._changed.notify_all()

    def wake(self) -> None:
        """Make all that wait for a slot check whether to stop."""
        with self._changed:
            self._changed.notify_all()

    @property
    def remaining_pause(self) -> Seconds:
        """How long nothing more is sent to the service."""
        return max(0.0, self._pause_end - self._clock())

    @property
    def refused_for(self) -> Seconds:
        """How long the service has refused everything."""
        return 0.0 if self._refused_since is None else self._clock() - self._refused_since

    @property
    def until_next_attempt(self) -> Seconds:
        """How long until an utterance that failed is requested again."""
        return max(self.remaining_pause, self._next_attempt - self._clock(), 0.0)

    def note_trouble(self, error: TransientError, wait: Seconds) -> None:
        """Note that an attempt failed, and that the next one is in `wait` seconds."""
        with self._changed:
            self.trouble, self._next_attempt = error, self._clock() + wait

    def on_response_start(self) -> None:
        """Note that the response to one utterance begins."""
        with self._changed:
            self.adaptive_limit.on_response_start()
            self._changed.notify_all()

    def release(self) -> None:
        """Note that one utterance is no longer in flight."""
        with self._changed:
            self.in_flight -= 1
            self._changed.notify_all()

    def _acquire(self, stopping: threading.Event, longest_pause: Seconds) -> Slot:
        """Wait for a slot; whoever came first has the next one."""
        with self._changed:
            turn = object()
            self._queue.append(turn)
            try:
                self._await_turn(turn, stopping, longest_pause)
            finally:
                self._queue.remove(turn)
                self._changed.notify_all()
            self.in_flight += 1
            return Slot(self, self._clock())

    def _await_turn(self, turn: object, stopping: threading.Event, longest_pause: Seconds) -> None:
        while not stopping.is_set():
            if self.remaining_pause > longest_pause and isinstance(self.trouble, RateLimited):
                raise RateLimited(str(self.trouble), self.remaining_pause, self.trouble.status)
            is_free = self.in_flight < int(self.adaptive_limit.window)
            if is_free and not self.remaining_pause and self._queue[0] is turn:
                return
            self._changed.wait(self.remaining_pause or None)
        raise EngineError(_("the recording was ended"))

    def _adapt(self, slot: Slot, error: TransientError | None) -> None:
        """Take into account how the utterance of a slot ended."""
        with self._changed:
            if error is None:
                self.ever_succeeded, self._next_pause = True, 0.0
                self.trouble = self._refused_since = None
                self.adaptive_limit.on_success()
            elif isinstance(error, RateLimited):
                self.trouble = error
                self._slow_down(slot.start, error.retry_after)
            else:
                self.adaptive_limit.on_failure()
            self._changed.notify_all()

    def _slow_down(self, start: Seconds, retry_after: Seconds | None) -> None:
        """Slow down once for all utterances that were in flight together.

        Args:
            start: When the refused utterance took its slot.
            retry_after: How long the service wants to be left alone, if it said so.
        """
        now = self._clock()
        if self._refused_since is None:
            self._refused_since = now
        if retry_after is not None:
            pause = min(retry_after, LONGEST_HEEDED_PAUSE)
            self._pause_end = max(self._pause_end, now + pause)
        if start <= self._last_slowed:
            return
        if retry_after is None:
            self._pause_end = max(self._pause_end, now + self._next_pause)
            self._next_pause = min(LONGEST_PAUSE, 2 * self._next_pause or FIRST_PAUSE)
        self._last_slowed = now
        self.adaptive_limit.on_rate_limited()
        log.info(
            mark("the service asks for fewer requests: %d at once from now on, in %.0f s"),
            int(self.adaptive_limit.window),
            self.remaining_pause,
        )


class Limiters:
    """The limiters of this process, by the name of their service."""

    def __init__(self) -> None:
        """Start without limiters."""
        self._limiters: dict[str, ConcurrencyLimiter] = {}
        self._lock = threading.Lock()

    def get(self, service: str, limit: int, *, adaptive: bool) -> ConcurrencyLimiter:
        """Return the limiter of a service, after setting this limit."""
        with self._lock:
            limiter = self._limiters.setdefault(
                service, ConcurrencyLimiter(limit, adaptive=adaptive)
            )
        limiter.limit_to(limit, adaptive=adaptive)
        return limiter

    def wake(self) -> None:
        """Make all that wait at any limiter check whether to stop."""
        with self._lock:
            limiters = list(self._limiters.values())
        for limiter in limiters:
            limiter.wake()


LIMITERS = Limiters()
