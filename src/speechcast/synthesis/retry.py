"""Retries: how often and when an utterance is requested again.

tenacity runs the loop. This module decides what the loop does, by the kind of the error and by how
long the service has been in trouble.
"""

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
from ..messages import mark
from ..units import Seconds
from .concurrency import ConcurrencyLimiter

if TYPE_CHECKING:
    from tenacity import RetryCallState

    from ..model import Clip

log = logging.getLogger("speechcast.synthesis")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """When an utterance is given up, and how long attempts wait.

    The waits double from `first_wait` to `longest_wait`. Each is shortened at random, by half at
    the most, so that what failed together does not come back together.

    Attributes:
        transient_attempts: Attempts that broke off, hung, or met a service in trouble.
        invalid_attempts: Attempts that were answered, but not with the whole utterance.
        denied_attempts: Attempts that were refused access; before the second the clock is set.
        unreached_attempts: Attempts to reach a service that never answered yet.
        unreachable_seconds: How long a service may be gone that answered before.
        rate_limited_seconds: How long the service may refuse everything, its pauses included.
        trouble_seconds: How long one utterance may fail for any other reasons.
        first_wait: In seconds.
        longest_wait: In seconds.
    """

    transient_attempts: int = 8
    invalid_attempts: int = 5
    denied_attempts: int = 2
    unreached_attempts: int = 3
    unreachable_seconds: Seconds = 120.0
    rate_limited_seconds: Seconds = 300.0
    trouble_seconds: Seconds = 300.0
    first_wait: Seconds = 0.5
    longest_wait: Seconds = 15.0


RETRY_POLICY = RetryPolicy()


@dataclass(slots=True, kw_only=True)
class Retrier:
    """The attempts at one utterance.

    Attributes:
        name: What the log calls the utterance.
        limiter: The limiter of its service.
        policy: When to give up.
        stopping: Ends the waits and the attempts once it is set.
        failures: How many attempts failed, by kind of error.
        first_failure: When the first of them failed, in seconds of the monotonic clock.
    """

    name: str
    limiter: ConcurrencyLimiter
    policy: RetryPolicy
    stopping: threading.Event
    failures: Counter[type[TransientError]] = field(default_factory=Counter)
    first_failure: dict[type[TransientError], Seconds] = field(default_factory=dict)

    def run(self, attempt: Callable[[], Clip]) -> Clip:
        """Return what `attempt` returns, after as many attempts as the policy allows.

        Raises:
            TransientError: The error of the last attempt.
            Exception: Any other error of an attempt, at once.
        """
        from tenacity import Retrying, retry_if_exception_type

        def counted_attempt() -> Clip:
            try:
                return attempt()
            except TransientError as exc:
                self._count_failure(exc)
                raise

        return Retrying(
            retry=retry_if_exception_type(TransientError),
            wait=self._choose_wait,
            stop=self._should_give_up,
            before_sleep=self._note_retry,
            sleep=self._sleep,
            reraise=True,
        )(counted_attempt)

    def _count_failure(self, error: TransientError) -> None:
        self.failures[type(error)] += 1
        self.first_failure.setdefault(type(error), time.monotonic())

    def _should_give_up(self, state: RetryCallState) -> bool:
        """Return whether the attempt that just failed is the last."""
        if self.stopping.is_set():
            return True
        error = _error_of(state)
        if isinstance(error, RateLimited):
            wait = max(self.limiter.remaining_pause, error.retry_after or 0.0)
            return self.limiter.refused_for + wait > self.policy.rate_limited_seconds
        now = time.monotonic()
        if now - min(self.first_failure.values()) > self.policy.trouble_seconds:
            return True
        if isinstance(error, ServiceUnreachable) and self.limiter.ever_succeeded:
            return now - self.first_failure[type(error)] > self.policy.unreachable_seconds
        return self.failures[type(error)] >= self._allowed_attempts(error)

    def _allowed_attempts(self, error: TransientError) -> int:
        """Return how many attempts may fail by the kind of this error."""
        match error:
            case ServiceUnreachable():
                return self.policy.unreached_attempts
            case AccessDenied():
                return self.policy.denied_attempts
            case InvalidResponse():
                return self.policy.invalid_attempts
            case _:
                return self.policy.transient_attempts

    def _choose_wait(self, state: RetryCallState) -> Seconds:
        """Return how long to wait before the next attempt."""
        doubled = self.policy.first_wait * 2 ** (state.attempt_number - 1)
        longest: float = min(self.policy.longest_wait, doubled)
        return longest * random.uniform(0.5, 1)

    def _note_retry(self, state: RetryCallState) -> None:
        assert state.next_action is not None
        wait = max(state.next_action.sleep, self.limiter.remaining_pause)
        self.limiter.note_trouble(_error_of(state), wait)
        log.info(
            mark("%s: attempt %d failed: %s; again in %.1f s"),
            self.name,
            state.attempt_number,
            _error_of(state),
            wait,
        )

    def _sleep(self, seconds: Seconds) -> None:
        self.stopping.wait(seconds)


def _error_of(state: RetryCallState) -> TransientError:
    """Return the error of the attempt that just failed."""
    assert state.outcome is not None
    error = state.outcome.exception()
    assert isinstance(error, TransientError)
    return error
