"""How often and when an utterance is requested again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from speechcast.errors import (
    AccessDenied,
    EngineError,
    InvalidResponse,
    RateLimited,
    ServiceUnreachable,
    TransientError,
)
from speechcast.model import Clip, Span
from speechcast.synthesis.concurrency import ConcurrencyLimiter
from speechcast.synthesis.retry import RETRY_POLICY, Retrier, RetryPolicy

LONGEST = RETRY_POLICY.rate_limited_seconds
CLIP = Clip(np.zeros(1, np.int16), 24_000, (Span(0, 1),))


class Waits(threading.Event):
    """An event that notes how long it is waited for, and does not wait."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        return self.is_set()


@dataclass
class Attempts:
    """Attempts that fail with these errors in turn, and succeed once there are no more."""

    errors: Iterator[EngineError]
    count: int = 0

    def __call__(self) -> Clip:
        self.count += 1
        for error in self.errors:
            raise error
        return CLIP


@dataclass
class Trial:
    """A retrier of a service, and what became of its attempts."""

    retrier: Retrier
    waits: Waits = field(default_factory=Waits)

    def run(self, errors: Sequence[EngineError]) -> int:
        """Return how many attempts there were; raise the last one's error."""
        attempts = Attempts(iter(errors))
        try:
            assert self.retrier.run(attempts) is CLIP
        finally:
            self.count = attempts.count
        return attempts.count


def trial(
    policy: RetryPolicy = RETRY_POLICY,
    *,
    answered: bool = False,
    failing_for: float | None = None,
    error: type[TransientError] = TransientError,
) -> Trial:
    """Return a trial of a service that may have answered before, and may be in trouble."""
    limiter, waits = ConcurrencyLimiter(4), Waits()
    limiter.ever_succeeded = answered
    retrier = Retrier(name="sentence 1", limiter=limiter, policy=policy, stopping=waits)
    if failing_for is not None:
        retrier.first_failure[error] = time.monotonic() - failing_for
    return Trial(retrier, waits)


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (TransientError("broke off"), 8),
        (InvalidResponse("lacks words"), 5),
        (AccessDenied("no"), 2),
        (ServiceUnreachable("gone"), 3),
        (EngineError("too long"), 1),
    ],
)
def test_how_many_attempts_a_kind_of_error_has(error: EngineError, attempts: int) -> None:
    given_up = trial()
    with pytest.raises(type(error)):
        given_up.run([error] * 20)
    assert given_up.count == attempts
    assert len(given_up.waits.seconds) == attempts - 1
    if attempts > 1:
        assert trial().run([error] * (attempts - 1)) == attempts


def test_each_kind_is_counted_by_itself() -> None:
    errors = [TransientError("a")] * 7 + [InvalidResponse("b")] * 4 + [AccessDenied("c")]
    assert trial().run(errors) == 13


@pytest.mark.parametrize(
    ("error", "answered", "failing_for", "goes_on"),
    [
        (RateLimited("slower"), True, LONGEST - 10, True),
        (RateLimited("slower", retry_after=LONGEST), True, None, True),
        (RateLimited("slower", retry_after=LONGEST + 1), True, None, False),
        (ServiceUnreachable("gone"), True, 110.0, True),
        (ServiceUnreachable("gone"), True, 121.0, False),
        (ServiceUnreachable("gone"), False, 121.0, True),  # attempts count until it answers
        (TransientError("broke off"), True, 290.0, True),
        (TransientError("broke off"), True, 301.0, False),
        (InvalidResponse("lacks words"), False, 301.0, False),
    ],
)
def test_how_long_a_service_may_be_in_trouble(
    error: TransientError, answered: bool, failing_for: float | None, goes_on: bool
) -> None:
    one = trial(answered=answered, failing_for=failing_for, error=type(error))
    if goes_on:
        assert one.run([error]) == 2
    else:
        with pytest.raises(type(error)):
            one.run([error])


def test_the_limits_as_they_are_stated() -> None:
    assert (
        RetryPolicy(
            transient_attempts=8,
            invalid_attempts=5,
            denied_attempts=2,
            unreached_attempts=3,
            unreachable_seconds=120.0,
            rate_limited_seconds=LONGEST,
            trouble_seconds=300.0,
            first_wait=0.5,
            longest_wait=15.0,
        )
        == RETRY_POLICY
    )


def test_a_service_that_answered_before_may_be_gone_for_many_attempts() -> None:
    assert trial(answered=True).run([ServiceUnreachable("gone")] * 50) == 51
    assert trial().run([RateLimited("slower")] * 50) == 51


def test_waits_double_and_are_shortened_by_half_at_the_most() -> None:
    policy = RetryPolicy(transient_attempts=300)
    one = trial(policy)
    with pytest.raises(TransientError):
        one.run([TransientError("broke off")] * 300)
    bounds = [0.5, 1.0, 2.0, 4.0, 8.0] + [15.0] * 294
    shares = [wait / bound for wait, bound in zip(one.waits.seconds, bounds, strict=True)]
    assert all(0.5 <= share <= 1 for share in shares)
    assert min(shares) < 0.55
    assert max(shares) > 0.95


def test_once_it_is_stopped_nothing_is_tried_again() -> None:
    one = trial()
    one.waits.set()
    with pytest.raises(TransientError):
        one.run([TransientError("broke off")])
    assert one.waits.seconds == []


def test_the_log_tells_the_longer_of_the_waits(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "speechcast")
    one = trial(RetryPolicy(first_wait=2.0))
    one.run([TransientError("broke off")])
    assert caplog.messages == [
        f"sentence 1: attempt 1 failed: broke off; again in {one.waits.seconds[0]:.1f} s"
    ]
