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

    transient_attempts: int = (
        8  # attempts that broke off, hung, were refused by a service in trouble
    )
    invalid_attempts: int = 5  # attempts that were answered, but not with the whole line
    denied_attempts: int = (
        2  # attempts that were not let in; before the second the clock is corrected
    )
    unreached_attempts: int = 3  # attempts to reach a service that has not answered yet
    unreachable_seconds: float = 120.0  # how long a service may be gone that was there before
    rate_limited_seconds: float = 600.0  # how long the service may put one line off
    first_wait: float = 0.5
    longest_wait: float = 15.0


RETRY_POLICY = RetryPolicy()


@dataclass(slots=True)
class Retrier:
    """The attempts at one line, called `name` in what is told of them."""

    name: str
    limiter: ConcurrencyLimiter
    policy: RetryPolicy
    stopping: threading.Event
    failures: Counter[type[TransientError]] = field(default_factory=Counter)
    first_failure: dict[type[TransientError], float] = field(default_factory=dict)

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
        self.first_failure.setdefault(type(error), time.monotonic())

    def _given_up(self, state: RetryCallState) -> bool:
        error, patience = _error(state), self.policy
        if self.stopping.is_set():
            return True
        times = self.failures[type(error)]
        lasted = time.monotonic() - self.first_failure[type(error)]
        if isinstance(error, RateLimited):
            return max(lasted, error.retry_after or 0) > patience.rate_limited_seconds
        if isinstance(error, ServiceUnreachable) and self.limiter.ever_succeeded:
            return lasted > patience.unreachable_seconds
        if isinstance(error, ServiceUnreachable):
            return times >= patience.unreached_attempts
        if isinstance(error, AccessDenied):
            return times >= patience.denied_attempts
        return times >= (
            patience.invalid_attempts
            if isinstance(error, InvalidResponse)
            else patience.transient_attempts
        )

    def _wait(self, state: RetryCallState) -> float:
        longest: float = min(
            self.policy.longest_wait, self.policy.first_wait * 2 ** (state.attempt_number - 1)
        )
        return longest * random.uniform(0.5, 1)

    def _tell(self, state: RetryCallState) -> None:
        assert state.next_action is not None
        wait = max(state.next_action.sleep, self.limiter.remaining_pause)
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
