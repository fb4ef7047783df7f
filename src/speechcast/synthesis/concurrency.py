"""How many lines a service is given at once: as many as it answers well, and not one more.

It starts with a few and takes on one more for every clean answer; until the first trouble, already
when an answer begins, for a service says no at the door. When it is throttled the number
is halved, soon brought back to just below where the trouble began, and from there raised by one
only after a good while of clean answers, the longer the more often that went wrong.

One service has one gate in this process, through which every production goes.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import EngineError, RateLimited, TransientError

INITIAL_WINDOW = 8  # lines in flight at first: a fifth of what users report trouble from
PROBE_INTERVAL = 20  # clean answers before one more line is tried than the service last refused
LONGEST_PROBE_INTERVAL = 1280
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds of silence when throttled twice running; doubles
NOTABLE_PAUSE = 10.0  # seconds of rest that a user should hear of

log = logging.getLogger("speechcast.pace")


@dataclass(slots=True)
class AdaptiveLimit:
    """The number of lines in flight, `width`, and what it learns. It knows no clock."""

    limit: int
    window: float = INITIAL_WINDOW
    ceiling: float = field(init=False)  # up to here it grows with every clean answer
    probe_interval: int = PROBE_INTERVAL
    probing: bool = False  # is the ceiling just being tried?
    successes_at_ceiling: int = 0
    failures: int = 0  # in a row

    def __post_init__(self) -> None:
        self.ceiling = self.limit
        self.limit_to(self.limit)

    def limit_to(self, limit: int) -> None:
        """Never pass this limit; what the service refused below it is not forgotten."""
        if self.ceiling >= self.limit:
            self.ceiling = max(1, limit)
        self.limit = max(1, limit)
        self.window = min(self.window, self.limit)

    def on_response_start(self) -> None:
        if self.ceiling == self.limit:
            self.window = min(self.limit, self.window + 1)

    def on_success(self) -> None:
        self.failures = 0
        top = min(self.ceiling, self.limit)
        if self.window < top:
            self.window = min(top, self.window + 1)
        elif self.ceiling < self.limit:
            self._count_towards_probe()

    def on_rate_limited(self) -> None:
        self.probe_interval = (
            min(LONGEST_PROBE_INTERVAL, 2 * self.probe_interval) if self.probing else PROBE_INTERVAL
        )
        self.probing = False
        self.successes_at_ceiling = 0
        self.ceiling = max(1, int(self.window) - 1)
        self.window = max(1.0, self.window / 2)

    def on_failure(self) -> None:
        """A line failed otherwise. Where everything fails, that too is a service in distress."""
        self.failures += 1
        if self.failures > max(INITIAL_WINDOW, self.window):
            self.failures = 0
            self.window = max(1.0, self.window / 2)

    def _count_towards_probe(self) -> None:
        """Try one more when there were clean answers enough; less of them if the last one held."""
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
    """A line's place in flight, held `since` then."""

    limiter: ConcurrencyLimiter
    start: float
    held: bool = True

    def on_response_start(self) -> None:
        """The answer begins."""
        self.limiter.on_response_start()

    def release(self) -> None:
        """Let another line have it; may be called twice."""
        if self.held:
            self.held = False
            self.limiter.release()


class ConcurrencyLimiter:
    """Lets lines through to one service at its pace; for any number of threads."""

    def __init__(self, limit: int, *, adaptive: bool = True) -> None:
        self.adaptive_limit = AdaptiveLimit(limit, INITIAL_WINDOW if adaptive else limit)
        self.in_flight = 0
        self.ever_succeeded = False  # has this service ever answered well?
        self._changed = threading.Condition()
        self._slowed = self._opens = -1.0  # when it was last slowed; when it lets through again
        self._rest = 0.0

    @contextlib.contextmanager
    def slot(self, stopping: threading.Event) -> Iterator[Slot]:
        """Wait for a place in flight and hold it; how the block ends sets the pace.

        Raises EngineError once `stopping` is set (see `wake`).
        """
        place = self._enter(stopping)
        try:
            yield place
        except TransientError as exc:
            place.release()
            self._judge(place, exc)
            raise
        except BaseException:
            place.release()
            raise
        place.release()
        self._judge(place, None)

    def limit_to(self, limit: int, *, adaptive: bool) -> None:
        """Never more in flight than this; what is not adaptive has just so many."""
        with self._changed:
            self.adaptive_limit.limit_to(limit)
            if not adaptive:
                self.adaptive_limit.window = self.adaptive_limit.ceiling = self.adaptive_limit.limit
            self._changed.notify_all()

    def wake(self) -> None:
        """Have those who wait look whether they are still to."""
        with self._changed:
            self._changed.notify_all()

    @property
    def remaining_pause(self) -> float:
        """Seconds until anything is let through again."""
        return max(0.0, self._opens - time.monotonic())

    def _enter(self, stopping: threading.Event) -> Slot:
        with self._changed:
            while self.in_flight >= int(self.adaptive_limit.window) or self.remaining_pause:
                if stopping.is_set():
                    break
                self._changed.wait(self.remaining_pause or None)
            if stopping.is_set():
                raise EngineError("the recording was ended")
            self.in_flight += 1
            return Slot(self, time.monotonic())

    def on_response_start(self) -> None:
        """An answer to one line begins."""
        with self._changed:
            self.adaptive_limit.on_response_start()
            self._changed.notify_all()

    def release(self) -> None:
        """One line is no longer in flight."""
        with self._changed:
            self.in_flight -= 1
            self._changed.notify_all()

    def _judge(self, place: Slot, error: TransientError | None) -> None:
        with self._changed:
            if error is None:
                self.ever_succeeded, self._rest = True, 0.0
                self.adaptive_limit.on_success()
            elif isinstance(error, RateLimited):
                self._throttled(place.start, error.retry_after)
            else:
                self.adaptive_limit.on_failure()
            self._changed.notify_all()

    def _throttled(self, since: float, after: float | None) -> None:
        """Slow down, once for all that was in flight together; rest as long as asked to."""
        now = time.monotonic()
        if after is not None:
            self._opens = max(self._opens, now + after)
        if since <= self._slowed:
            return
        if after is None:
            self._opens = max(self._opens, now + self._rest)
            self._rest = min(LONGEST_PAUSE, 2 * self._rest or FIRST_PAUSE)
        self._slowed = now
        self.adaptive_limit.on_rate_limited()
        level = logging.WARNING if self.remaining_pause >= NOTABLE_PAUSE else logging.INFO
        log.log(
            level,
            "the service wants to be asked less: %d at once from now on, in %.0f s",
            int(self.adaptive_limit.window),
            self.remaining_pause,
        )


class Limiters:
    """The gates of this process, by their service's name."""

    def __init__(self) -> None:
        self._gates: dict[str, ConcurrencyLimiter] = {}
        self._lock = threading.Lock()

    def get(self, service: str, limit: int, *, adaptive: bool) -> ConcurrencyLimiter:
        """The service's gate, from now on with this limit."""
        with self._lock:
            gate = self._gates.setdefault(service, ConcurrencyLimiter(limit, adaptive=adaptive))
        gate.limit_to(limit, adaptive=adaptive)
        return gate

    def wake(self) -> None:
        """Have those who wait at any gate look whether they are still to."""
        with self._lock:
            gates = list(self._gates.values())
        for gate in gates:
            gate.wake()


LIMITERS = Limiters()
