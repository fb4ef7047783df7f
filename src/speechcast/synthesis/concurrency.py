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

START = 8  # lines in flight at first: a fifth of what users report trouble from
PROBE = 20  # clean answers before one more line is tried than the service last refused
LONGEST_PROBE = 1280
FIRST_REST, LONGEST_REST = 1.0, 60.0  # seconds of silence when throttled twice running; doubles
LONG = 10.0  # seconds of rest that a user should hear of

log = logging.getLogger("speechcast.pace")


@dataclass(slots=True)
class AdaptiveLimit:
    """The number of lines in flight, `width`, and what it learns. It knows no clock."""

    limit: int
    width: float = START
    ceiling: float = field(init=False)  # up to here it grows with every clean answer
    probe: int = PROBE
    probing: bool = False  # is the ceiling just being tried?
    clean_at_ceiling: int = 0
    failures: int = 0  # in a row

    def __post_init__(self) -> None:
        self.ceiling = self.limit
        self.limit_to(self.limit)

    def limit_to(self, limit: int) -> None:
        """Never pass this limit; what the service refused below it is not forgotten."""
        if self.ceiling >= self.limit:
            self.ceiling = max(1, limit)
        self.limit = max(1, limit)
        self.width = min(self.width, self.limit)

    def begun(self) -> None:
        if self.ceiling == self.limit:
            self.width = min(self.limit, self.width + 1)

    def clean(self) -> None:
        self.failures = 0
        top = min(self.ceiling, self.limit)
        if self.width < top:
            self.width = min(top, self.width + 1)
        elif self.ceiling < self.limit:
            self._wait_to_probe()

    def throttled(self) -> None:
        self.probe = min(LONGEST_PROBE, 2 * self.probe) if self.probing else PROBE
        self.probing = False
        self.clean_at_ceiling = 0
        self.ceiling = max(1, int(self.width) - 1)
        self.width = max(1.0, self.width / 2)

    def failed(self) -> None:
        """A line failed otherwise. Where everything fails, that too is a service in distress."""
        self.failures += 1
        if self.failures > max(START, self.width):
            self.failures = 0
            self.width = max(1.0, self.width / 2)

    def _wait_to_probe(self) -> None:
        """Try one more when there were clean answers enough; less of them if the last one held."""
        self.clean_at_ceiling += 1
        if self.clean_at_ceiling < self.probe:
            return
        if self.probing:
            self.probe = max(PROBE, self.probe // 2)
        self.probing, self.clean_at_ceiling = True, 0
        self.ceiling += 1
        self.width = self.ceiling


@dataclass(slots=True)
class Slot:
    """A line's place in flight, held `since` then."""

    gate: ConcurrencyLimiter
    since: float
    held: bool = True

    def begun(self) -> None:
        """The answer begins."""
        self.gate.begun()

    def leave(self) -> None:
        """Let another line have it; may be called twice."""
        if self.held:
            self.held = False
            self.gate.left()


class ConcurrencyLimiter:
    """Lets lines through to one service at its pace; for any number of threads."""

    def __init__(self, limit: int, *, adaptive: bool = True) -> None:
        self.pace = AdaptiveLimit(limit, START if adaptive else limit)
        self.in_flight = 0
        self.reached = False  # has this service ever answered well?
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
            place.leave()
            self._judge(place, exc)
            raise
        except BaseException:
            place.leave()
            raise
        place.leave()
        self._judge(place, None)

    def limit_to(self, limit: int, *, adaptive: bool) -> None:
        """Never more in flight than this; what is not adaptive has just so many."""
        with self._changed:
            self.pace.limit_to(limit)
            if not adaptive:
                self.pace.width = self.pace.ceiling = self.pace.limit
            self._changed.notify_all()

    def wake(self) -> None:
        """Have those who wait look whether they are still to."""
        with self._changed:
            self._changed.notify_all()

    @property
    def rests_for(self) -> float:
        """Seconds until anything is let through again."""
        return max(0.0, self._opens - time.monotonic())

    def _enter(self, stopping: threading.Event) -> Slot:
        with self._changed:
            while self.in_flight >= int(self.pace.width) or self.rests_for:
                if stopping.is_set():
                    break
                self._changed.wait(self.rests_for or None)
            if stopping.is_set():
                raise EngineError("the recording was ended")
            self.in_flight += 1
            return Slot(self, time.monotonic())

    def begun(self) -> None:
        """An answer to one line begins."""
        with self._changed:
            self.pace.begun()
            self._changed.notify_all()

    def left(self) -> None:
        """One line is no longer in flight."""
        with self._changed:
            self.in_flight -= 1
            self._changed.notify_all()

    def _judge(self, place: Slot, error: TransientError | None) -> None:
        with self._changed:
            if error is None:
                self.reached, self._rest = True, 0.0
                self.pace.clean()
            elif isinstance(error, RateLimited):
                self._throttled(place.since, error.retry_after)
            else:
                self.pace.failed()
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
            self._rest = min(LONGEST_REST, 2 * self._rest or FIRST_REST)
        self._slowed = now
        self.pace.throttled()
        level = logging.WARNING if self.rests_for >= LONG else logging.INFO
        log.log(
            level,
            "the service wants to be asked less: %d at once from now on, in %.0f s",
            int(self.pace.width),
            self.rests_for,
        )


class Limiters:
    """The gates of this process, by their service's name."""

    def __init__(self) -> None:
        self._gates: dict[str, ConcurrencyLimiter] = {}
        self._lock = threading.Lock()

    def of(self, service: str, limit: int, *, adaptive: bool) -> ConcurrencyLimiter:
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
