"""How many utterances a service is given at once."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.errors import EngineError, RateLimited, TransientError
from speechcast.synthesis.adaptive_limit import INITIAL_WINDOW, AdaptiveLimit
from speechcast.synthesis.concurrency import ConcurrencyLimiter, Limiters

RUN = threading.Event()  # never set
EVENTS = ["on_response_start", "on_success", "on_rate_limited", "on_failure"]


def windows(adaptive: AdaptiveLimit, most: int, answers: int) -> list[int]:
    """Return the windows under a service that refuses more than `most`, one per response."""
    sizes = []
    for _ in range(answers):
        sizes.append(int(adaptive.window))
        adaptive.on_rate_limited() if int(adaptive.window) > most else adaptive.on_success()
    return sizes


def test_it_starts_small_and_doubles_with_every_round() -> None:
    adaptive = AdaptiveLimit(limit=16)
    sizes = windows(adaptive, 100, 30)
    assert sizes[0] == INITIAL_WINDOW
    assert sizes[INITIAL_WINDOW] == 2 * INITIAL_WINDOW
    assert sizes[-1] == 16


def test_until_the_first_trouble_an_answers_beginning_is_enough() -> None:
    adaptive = AdaptiveLimit(limit=16)
    adaptive.on_response_start()
    assert adaptive.window == INITIAL_WINDOW + 1
    adaptive.on_rate_limited()
    before = adaptive.window
    adaptive.on_response_start()
    assert adaptive.window == before


def test_throttled_it_halves_and_comes_back_to_just_below() -> None:
    adaptive = AdaptiveLimit(limit=16)
    sizes = windows(adaptive, 8, 20)
    refused = sizes.index(9)
    assert sizes[refused + 1] == 4
    assert sizes[-5:] == [8] * 5


@pytest.mark.parametrize("most", [1, 2, 5, 8, 15])
def test_it_settles_at_what_the_service_bears(most: int) -> None:
    sizes = windows(AdaptiveLimit(limit=16, window=min(INITIAL_WINDOW, most)), most, 2000)
    carried = [size for size in sizes if size <= most]
    assert sum(carried) / len(sizes) > 0.95 * most
    assert len(sizes) - len(carried) < 12  # it tries again, but ever more seldom


def test_a_service_that_recovers_is_used_to_the_full_again() -> None:
    adaptive = AdaptiveLimit(limit=16)
    for _ in range(6):
        adaptive.on_rate_limited()
    assert adaptive.window == 1
    assert windows(adaptive, 100, 2000)[-1] == 16


def test_where_every_line_fails_it_slows_down_as_well() -> None:
    adaptive = AdaptiveLimit(limit=16, window=16)
    for _ in range(60):
        adaptive.on_failure()
    assert adaptive.window < 4


def test_a_line_that_fails_now_and_then_changes_nothing() -> None:
    adaptive = AdaptiveLimit(limit=16, window=16)
    for n in range(200):
        adaptive.on_failure() if n % 3 == 0 else adaptive.on_success()
    assert adaptive.window == 16


@given(st.integers(1, 64), st.lists(st.sampled_from(EVENTS)))
def test_it_is_never_below_one_nor_above_the_limit(limit: int, events: list[str]) -> None:
    adaptive = AdaptiveLimit(limit=limit)
    for event in events:
        getattr(adaptive, event)()
        assert 1 <= adaptive.window <= limit


def test_a_limit_may_be_raised() -> None:
    adaptive = AdaptiveLimit(limit=2)
    adaptive.limit_to(6)
    assert windows(adaptive, 100, 20)[-1] == 6


def successes_until_it_grows(adaptive: AdaptiveLimit) -> int:
    """Return how many successes it takes until one more is in flight."""
    before, count = int(adaptive.window), 0
    while int(adaptive.window) == before:
        adaptive.on_success()
        count += 1
    return count


def test_at_its_ceiling_it_tries_one_more_after_twenty_successes() -> None:
    adaptive = AdaptiveLimit(limit=16, window=9)
    adaptive.on_rate_limited()
    assert (adaptive.window, adaptive.ceiling) == (4.5, 8)
    for _ in range(4):
        adaptive.on_success()
    assert adaptive.window == 8
    assert successes_until_it_grows(adaptive) == 20
    assert (adaptive.window, adaptive.ceiling, adaptive.probing) == (9, 9, True)
    assert successes_until_it_grows(adaptive) == 20


def test_a_trial_that_was_refused_is_repeated_after_twice_as_many() -> None:
    adaptive = AdaptiveLimit(limit=16, window=9)
    adaptive.on_rate_limited()
    intervals = []
    for _ in range(9):
        while adaptive.window < adaptive.ceiling:
            adaptive.on_success()
        intervals.append(successes_until_it_grows(adaptive))
        adaptive.on_rate_limited()
    assert intervals == [20, 40, 80, 160, 320, 640, 1280, 1280, 1280]


def test_trials_that_hold_come_sooner_again() -> None:
    adaptive = AdaptiveLimit(limit=16, window=4, probe_interval=80, probing=True)
    adaptive.ceiling = 4
    assert [successes_until_it_grows(adaptive) for _ in range(4)] == [80, 40, 20, 20]


def test_a_refusal_that_was_no_trial_starts_the_intervals_anew() -> None:
    adaptive = AdaptiveLimit(limit=16, window=9, probe_interval=640, successes_at_ceiling=19)
    adaptive.on_rate_limited()
    assert (adaptive.probe_interval, adaptive.successes_at_ceiling) == (20, 0)


@pytest.mark.parametrize(("window", "failures"), [(16, 17), (9, 10), (8, 9), (2, 9)])
def test_more_failures_in_a_row_than_are_in_flight_halve_it(window: int, failures: int) -> None:
    adaptive = AdaptiveLimit(limit=16, window=window)
    for _ in range(failures - 1):
        adaptive.on_failure()
    assert adaptive.window == window
    adaptive.on_failure()
    assert adaptive.window == window / 2
    for _ in range(8):
        adaptive.on_failure()  # they are counted from the start again
    assert adaptive.window == window / 2


def test_one_utterance_is_always_in_flight() -> None:
    adaptive = AdaptiveLimit(limit=16, window=1)
    adaptive.on_rate_limited()
    assert (adaptive.window, adaptive.ceiling) == (1, 1)
    for _ in range(9):
        adaptive.on_failure()
    assert adaptive.window == 1


def test_a_success_ends_a_row_of_failures() -> None:
    adaptive = AdaptiveLimit(limit=16, window=16)
    for _ in range(16):
        adaptive.on_failure()
    adaptive.on_success()
    adaptive.on_failure()
    assert adaptive.window == 16


def test_a_limit_may_be_lowered_and_leaves_a_ceiling_that_a_refusal_set() -> None:
    adaptive = AdaptiveLimit(limit=16)
    adaptive.limit_to(4)
    assert (adaptive.limit, adaptive.window, adaptive.ceiling) == (4, 4, 4)
    refused = AdaptiveLimit(limit=16, window=7)
    refused.on_rate_limited()
    refused.limit_to(12)
    assert (refused.limit, refused.ceiling) == (12, 6)
    refused.limit_to(0)
    assert (refused.limit, refused.window) == (1, 1)


# The limiter.


@dataclass
class Clock:
    """A clock that stands still until the test moves it."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def pass_through(limiter: ConcurrencyLimiter, error: Exception | None = None) -> None:
    with contextlib.suppress(EngineError), limiter.slot(RUN):
        if error:
            raise error


def test_no_more_are_in_flight_than_there_are_slots() -> None:
    limiter = ConcurrencyLimiter(3, adaptive=False)
    most: list[int] = []
    together = threading.Barrier(3)

    def work(_: int) -> None:
        with limiter.slot(RUN):
            most.append(limiter.in_flight)
            together.wait(30)

    with ThreadPoolExecutor(12) as executor:
        list(executor.map(work, range(60)))
    assert max(most) == 3
    assert limiter.in_flight == 0


class WatchedEvent(threading.Event):
    """An event that notes when somebody looks at it, as whoever waits for a slot does."""

    def __init__(self) -> None:
        super().__init__()
        self.checked = threading.Event()

    def is_set(self) -> bool:
        self.checked.set()
        return super().is_set()


def test_whoever_came_first_has_the_next_slot() -> None:
    limiter = ConcurrencyLimiter(1)
    served: list[int] = []

    def work(number: int, stopping: threading.Event) -> None:
        with limiter.slot(stopping):
            served.append(number)

    with ThreadPoolExecutor(20) as executor, limiter.slot(RUN):
        for number in range(20):
            stopping = WatchedEvent()
            executor.submit(work, number, stopping)
            assert stopping.checked.wait(30)
    assert served == list(range(20))


def test_what_was_in_flight_together_slows_it_once() -> None:
    limiter = ConcurrencyLimiter(16)
    limiter.adaptive_limit.window = 16
    holding = threading.Barrier(9)

    def refused(_: int) -> None:
        with limiter.slot(RUN):
            holding.wait(30)
            raise RateLimited("slower")

    with ThreadPoolExecutor(9) as executor:
        done = [executor.submit(refused, n) for n in range(9)]
        assert all(isinstance(d.exception(30), RateLimited) for d in done)
    assert limiter.adaptive_limit.window == 8


def test_it_pauses_as_long_as_the_service_asks_for() -> None:
    limiter = ConcurrencyLimiter(16)
    started = time.monotonic()
    pass_through(limiter, RateLimited("slower", retry_after=0.15))
    pass_through(limiter)
    assert time.monotonic() - started >= 0.15
    assert limiter.remaining_pause == 0


def test_how_long_everything_was_refused_is_counted_until_an_answer() -> None:
    clock = Clock()
    limiter = ConcurrencyLimiter(16, clock=clock)
    assert limiter.refused_for == 0
    pass_through(limiter, RateLimited("slower", retry_after=0))
    clock.now += 5
    pass_through(limiter, RateLimited("slower", retry_after=0))
    clock.now += 2
    assert limiter.refused_for == 7
    pass_through(limiter)
    assert limiter.refused_for == 0


def test_the_pause_that_remains_gets_shorter() -> None:
    clock = Clock()
    limiter = ConcurrencyLimiter(16, clock=clock)
    pass_through(limiter, RateLimited("slower", retry_after=0.15))
    assert limiter.remaining_pause == pytest.approx(0.15)
    clock.now += 0.1
    assert limiter.remaining_pause == pytest.approx(0.05)
    clock.now += 0.1
    assert limiter.remaining_pause == 0


def test_refused_again_at_once_it_pauses_longer_and_longer() -> None:
    clock = Clock()
    limiter = ConcurrencyLimiter(16, clock=clock)
    pass_through(limiter, RateLimited("slower"))
    assert limiter.remaining_pause == 0
    pauses = []
    for _ in range(3):
        clock.now += 100  # the pause is over
        pass_through(limiter, RateLimited("slower"))
        pauses.append(limiter.remaining_pause)
    assert pauses == pytest.approx([1, 2, 4])


def test_a_pause_is_a_minute_at_the_most_and_short_again_after_a_success() -> None:
    clock = Clock()
    limiter = ConcurrencyLimiter(16, clock=clock)
    pauses = []
    for _ in range(9):
        clock.now += 100
        pass_through(limiter, RateLimited("slower"))
        pauses.append(limiter.remaining_pause)
    assert pauses == pytest.approx([0, 1, 2, 4, 8, 16, 32, 60, 60])
    clock.now += 100
    pass_through(limiter)
    clock.now += 1
    pass_through(limiter, RateLimited("slower"))
    assert limiter.remaining_pause == 0


def test_the_longest_pause_that_the_service_asks_for_holds() -> None:
    clock = Clock()
    limiter = ConcurrencyLimiter(16, clock=clock)
    with contextlib.suppress(RateLimited), limiter.slot(RUN):
        pass_through(limiter, RateLimited("slower", retry_after=5.0))
        raise RateLimited("slower", retry_after=2.0)
    assert limiter.remaining_pause == pytest.approx(5.0)
    clock.now += 6
    pass_through(limiter, RateLimited("slower"))
    assert limiter.remaining_pause == 0  # the first refusal without a time costs no pause


def test_a_refusal_is_logged_with_what_follows_from_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "speechcast")
    pass_through(ConcurrencyLimiter(16, clock=Clock()), RateLimited("slower", 59.6))
    (record,) = caplog.records
    assert record.getMessage() == (
        "the service asks for fewer requests: 4 at once from now on, in 60 s"
    )


def test_without_adapting_all_of_the_limit_is_used() -> None:
    limiter = ConcurrencyLimiter(2, adaptive=False)
    limiter.limit_to(12, adaptive=False)
    assert (limiter.adaptive_limit.window, limiter.adaptive_limit.ceiling) == (12, 12)
    limiter.limit_to(40, adaptive=True)
    assert (limiter.adaptive_limit.window, limiter.adaptive_limit.limit) == (12, 40)


def test_a_slot_is_released_once() -> None:
    limiter = ConcurrencyLimiter(4)
    with limiter.slot(RUN) as slot:
        assert limiter.in_flight == 1
        slot.release()
        slot.release()
        assert limiter.in_flight == 0
    assert limiter.in_flight == 0
    assert limiter.ever_succeeded


def test_other_failures_do_not_pause() -> None:
    limiter = ConcurrencyLimiter(16)
    pass_through(limiter, TransientError("broke off"))
    pass_through(limiter, EngineError("too long"))
    assert limiter.remaining_pause == 0
    assert limiter.in_flight == 0
    assert not limiter.ever_succeeded


def test_a_wait_for_a_slot_ends_when_the_recording_does() -> None:
    limiter, stopping = ConcurrencyLimiter(1), threading.Event()
    failed: list[EngineError] = []

    def wait() -> None:
        try:
            with limiter.slot(stopping):
                pass
        except EngineError as exc:
            failed.append(exc)

    with limiter.slot(RUN):
        thread = threading.Thread(target=wait)
        thread.start()
        stopping.set()
        limiter.wake()
        thread.join(30)
    assert failed


def test_a_service_has_one_gate() -> None:
    limiters = Limiters()
    limiter = limiters.get("edge", 16, adaptive=True)
    assert limiters.get("edge", 4, adaptive=True) is limiter
    assert limiter.adaptive_limit.limit == 4
    assert limiters.get("other", 4, adaptive=True) is not limiter
