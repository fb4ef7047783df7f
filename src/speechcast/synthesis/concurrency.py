"""Limits on how many utterances a service is given at once.

A service is given as many as it answers well. The number is found as TCP finds the rate of a
connection: additive increase, multiplicative decrease. It starts small and grows by one with every
success; until the first refusal, it grows as soon as a response begins, since a service refuses at
the start. A refusal halves it. It soon returns to just below where the refusal came. From there it
grows by one only after many successes, and after more of them if such growth was refused before.

One service has one limiter in this process, which all productions share.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ..errors import EngineError, RateLimited, TransientError
from ..units import Seconds

INITIAL_WINDOW = 8  # utterances in flight at first: a fifth of what users report trouble from
PROBE_INTERVAL = 20  # successes before one more is tried than the service last refused
LONGEST_PROBE_INTERVAL = 1280
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds, when refused twice running; doubles
NOTABLE_PAUSE = 10.0  # seconds of pause that the user is warned of

log = logging.getLogger("speechcast.concurrency")


@dataclass(slots=True, kw_only=True)
class AdaptiveLimit:
    """The adaptive number of utterances in flight; it uses no clock.

    Attributes:
        limit: What `window` never exceeds.
        window: How many may be in flight; its integer part counts.
        ceiling: Up to here `window` grows with every success.
        probe_interval: Successes at the ceiling before one more is tried.
        probing: Whether the ceiling was raised on trial.
        successes_at_ceiling: Successes since `window` reached the ceiling.
        failures: Failures in a row that were no refusals.
    """

    limit: int
    window: float = INITIAL_WINDOW
    ceiling: float = field(init=False)
    probe_interval: int = PROBE_INTERVAL
    probing: bool = False
    successes_at_ceiling: int = 0
    failures: int = 0

    def __post_init__(self) -> None:
        self.ceiling = self.limit
        self.limit_to(self.limit)

    def limit_to(self, limit: int) -> None:
        """Set another limit; keep a ceiling that a refusal has set."""
        if self.ceiling >= self.limit:
            self.ceiling = max(1, limit)
        self.limit = max(1, limit)
        self.window = min(self.window, self.limit)

    def on_response_start(self) -> None:
        """Grow as a response begins, if the service never refused anything."""
        if self.ceiling == self.limit:
            self.window = min(self.limit, self.window + 1)

    def on_success(self) -> None:
        """Grow to the ceiling, or count the success towards raising it."""
        self.failures = 0
        top = min(self.ceiling, self.limit)
        if self.window < top:
            self.window = min(top, self.window + 1)
        elif self.ceiling < self.limit:
            self._count_towards_probe()

    def on_rate_limited(self) -> None:
        """Halve after a refusal, and set the ceiling just below it."""
        if self.probing:
            self.probe_interval = min(LONGEST_PROBE_INTERVAL, 2 * self.probe_interval)
        else:
            self.probe_interval = PROBE_INTERVAL
        self.probing = False
        self.successes_at_ceiling = 0
        self.ceiling = max(1, int(self.window) - 1)
        self.window = max(1.0, self.window / 2)

    def on_failure(self) -> None:
        """Halve after many other failures in a row, as from overload."""
        self.failures += 1
        if self.failures > max(INITIAL_WINDOW, self.window):
            self.failures = 0
            self.window = max(1.0, self.window / 2)

    def _count_towards_probe(self) -> None:
        """Raise the ceiling on trial after enough successes.

        The next trial comes sooner if the last one held.
        """
        self.successes_at_ceiling += 1
        if self.successes_at_ceiling < self.probe_interval:
            return
        if self.probing:
            self.probe_interval = max(PROBE_INTERVAL, self.probe_interval // 2)
        self.probing, self.successes_at_ceiling = True, 0
        self.ceiling += 1
        self.window = self.ceiling


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
        self._clock = clock
        self._changed = threading.Condition()
        self._last_slowed = float("-inf")
        self._pause_end = float("-inf")
        self._next_pause = 0.0

    @contextlib.contextmanager
    def slot(self, stopping: threading.Event) -> Iterator[Slot]:
        """Wait for a slot and hold it while the block lasts.

        How the block ends decides how many more slots there are.

        Raises:
            EngineError: `stopping` was set (see `wake`).
        """
        slot = self._acquire(stopping)
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

    def _acquire(self, stopping: threading.Event) -> Slot:
        with self._changed:
            while self.in_flight >= int(self.adaptive_limit.window) or self.remaining_pause:
                if stopping.is_set():
                    break
                self._changed.wait(self.remaining_pause or None)
            if stopping.is_set():
                raise EngineError("the recording was ended")
            self.in_flight += 1
            return Slot(self, self._clock())

    def _adapt(self, slot: Slot, error: TransientError | None) -> None:
        """Take into account how the utterance of a slot ended."""
        with self._changed:
            if error is None:
                self.ever_succeeded, self._next_pause = True, 0.0
                self.adaptive_limit.on_success()
            elif isinstance(error, RateLimited):
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
        if retry_after is not None:
            self._pause_end = max(self._pause_end, now + retry_after)
        if start <= self._last_slowed:
            return
        if retry_after is None:
            self._pause_end = max(self._pause_end, now + self._next_pause)
            self._next_pause = min(LONGEST_PAUSE, 2 * self._next_pause or FIRST_PAUSE)
        self._last_slowed = now
        self.adaptive_limit.on_rate_limited()
        pause = self.remaining_pause
        log.log(
            logging.WARNING if pause >= NOTABLE_PAUSE else logging.INFO,
            "the service asks for fewer requests: %d at once from now on, in %.0f s",
            int(self.adaptive_limit.window),
            pause,
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
