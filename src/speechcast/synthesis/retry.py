"""A line that was not recorded is asked for again: how often and when, by what went wrong."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import AccessDenied, InvalidResponse, RateLimited, ServiceUnreachable, TransientError
from .concurrency import ConcurrencyLimiter

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from ..model import Clip

log = logging.getLogger("speechcast.studio")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """When a line is given up, and how long to wait before it is asked for again, in seconds.

    The waits double from `first` to `longest`; each is shortened by chance, by half at the most,
    so that what failed together does not come back together.
    """

    broken: int = 8  # attempts that broke off, hung, were refused by a service in trouble
    spoilt: int = 5  # attempts that were answered, but not with the whole line
    forbidden: int = 2  # attempts that were not let in; before the second the clock is corrected
    never_reached: int = 3  # attempts to reach a service that has not answered yet
    unreachable: float = 120.0  # how long a service may be gone that was there before
    throttled: float = 600.0  # how long the service may put one line off
    first: float = 0.5
    longest: float = 15.0


RETRY_POLICY = RetryPolicy()


@dataclass(slots=True)
class Retrier:
    """The attempts at one line, called `name` in what is told of them."""

    name: str
    gate: ConcurrencyLimiter
    patience: RetryPolicy
    stopping: threading.Event
    failures: Counter[type[TransientError]] = field(default_factory=Counter)
    since: dict[type[TransientError], float] = field(default_factory=dict)

    def run(self, attempt: Callable[[], Clip]) -> Clip:
        """What `attempt` records. Raises its last PassingError, or any other error, at once."""
        from tenacity import Retrying, retry_if_exception_type

        def noted() -> Clip:
            try:
                return attempt()
            except TransientError as exc:
                self._note(exc)
                raise

        return Retrying(
            retry=retry_if_exception_type(TransientError),
            wait=self._wait,
            stop=self._given_up,
            before_sleep=self._tell,
            sleep=self._sleep,
            reraise=True,
        )(noted)

    def _note(self, error: TransientError) -> None:
        self.failures[type(error)] += 1
        self.since.setdefault(type(error), time.monotonic())

    def _given_up(self, state: RetryCallState) -> bool:
        error, patience = _error(state), self.patience
        if self.stopping.is_set():
            return True
        times = self.failures[type(error)]
        lasted = time.monotonic() - self.since[type(error)]
        if isinstance(error, RateLimited):
            return max(lasted, error.retry_after or 0) > patience.throttled
        if isinstance(error, ServiceUnreachable) and self.gate.reached:
            return lasted > patience.unreachable
        if isinstance(error, ServiceUnreachable):
            return times >= patience.never_reached
        if isinstance(error, AccessDenied):
            return times >= patience.forbidden
        return times >= (patience.spoilt if isinstance(error, InvalidResponse) else patience.broken)

    def _wait(self, state: RetryCallState) -> float:
        longest: float = min(
            self.patience.longest, self.patience.first * 2 ** (state.attempt_number - 1)
        )
        return longest * random.uniform(0.5, 1)

    def _tell(self, state: RetryCallState) -> None:
        assert state.next_action is not None
        wait = max(state.next_action.sleep, self.gate.rests_for)
        log.info(
            "%s: attempt %d failed: %s; again in %.1f s",
            self.name,
            state.attempt_number,
            _error(state),
            wait,
        )

    def _sleep(self, seconds: float) -> None:
        self.stopping.wait(seconds)


def _error(state: RetryCallState) -> TransientError:
    assert state.outcome is not None
    error = state.outcome.exception()
    assert isinstance(error, TransientError)
    return error
