"""How many lines a service is given at once."""

from __future__ import annotations

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.errors import EngineError, RateLimited, TransientError
from speechcast.synthesis.concurrency import (
    INITIAL_WINDOW,
    AdaptiveLimit,
    ConcurrencyLimiter,
    Limiters,
)

RUN = threading.Event()  # never set


def settled(pace: AdaptiveLimit, most: int, answers: int) -> list[int]:
    """The widths under a service that refuses what is above `most`, answer by answer."""
    widths = []
    for _ in range(answers):
        widths.append(int(pace.window))
        pace.on_rate_limited() if int(pace.window) > most else pace.on_success()
    return widths


def test_it_starts_small_and_doubles_with_every_round() -> None:
    pace = AdaptiveLimit(16)
    widths = settled(pace, 100, 30)
    assert widths[0] == INITIAL_WINDOW
    assert widths[INITIAL_WINDOW] == 2 * INITIAL_WINDOW
    assert widths[-1] == 16


def test_until_the_first_trouble_an_answers_beginning_is_enough() -> None:
    pace = AdaptiveLimit(16)
    pace.on_response_start()
    assert pace.window == INITIAL_WINDOW + 1
    pace.on_rate_limited()
    before = pace.window
    pace.on_response_start()
    assert pace.window == before


def test_throttled_it_halves_and_comes_back_to_just_below() -> None:
    pace = AdaptiveLimit(16)
    widths = settled(pace, 8, 20)
    refused = widths.index(9)
    assert widths[refused + 1] == 4
    assert widths[-5:] == [8] * 5


@pytest.mark.parametrize("most", [1, 2, 5, 8, 15])
def test_it_settles_at_what_the_service_bears(most: int) -> None:
    widths = settled(AdaptiveLimit(16, window=min(INITIAL_WINDOW, most)), most, 2000)
    carried = [width for width in widths if width <= most]
    assert sum(carried) / len(widths) > 0.95 * most
    assert len(widths) - len(carried) < 12  # it tries again, but ever more seldom


def test_a_service_that_recovers_is_used_to_the_full_again() -> None:
    pace = AdaptiveLimit(16)
    for _ in range(6):
        pace.on_rate_limited()
    assert pace.window == 1
    assert settled(pace, 100, 2000)[-1] == 16


def test_where_every_line_fails_it_slows_down_as_well() -> None:
    pace = AdaptiveLimit(16, window=16)
    for _ in range(60):
        pace.on_failure()
    assert pace.window < 4


def test_a_line_that_fails_now_and_then_changes_nothing() -> None:
    pace = AdaptiveLimit(16, window=16)
    for n in range(200):
        pace.on_failure() if n % 3 == 0 else pace.on_success()
    assert pace.window == 16


@given(st.integers(1, 64), st.lists(st.sampled_from(["begun", "clean", "throttled", "failed"])))
def test_it_is_never_below_one_nor_above_the_limit(limit: int, events: list[str]) -> None:
    pace = AdaptiveLimit(limit)
    for event in events:
        getattr(pace, event)()
        assert 1 <= pace.window <= limit


def test_a_limit_may_be_raised() -> None:
    pace = AdaptiveLimit(2)
    pace.limit_to(6)
    assert settled(pace, 100, 20)[-1] == 6


# The gate.


def through(gate: ConcurrencyLimiter, error: Exception | None = None) -> None:
    with contextlib.suppress(EngineError), gate.slot(RUN):
        if error:
            raise error


def test_no_more_pass_than_there_are_places() -> None:
    gate = ConcurrencyLimiter(3, adaptive=False)
    most: list[int] = []

    def work(_: int) -> None:
        with gate.slot(RUN):
            most.append(gate.in_flight)
            time.sleep(0.002)

    with ThreadPoolExecutor(12) as executor:
        list(executor.map(work, range(60)))
    assert max(most) == 3
    assert gate.in_flight == 0


def test_what_was_in_flight_together_slows_it_once() -> None:
    gate = ConcurrencyLimiter(16)
    gate.adaptive_limit.window = 16
    holding = threading.Barrier(9)

    def refused(_: int) -> None:
        with gate.slot(RUN):
            holding.wait(5)
            raise RateLimited("slower")

    with ThreadPoolExecutor(9) as executor:
        done = [executor.submit(refused, n) for n in range(9)]
        assert all(isinstance(d.exception(5), RateLimited) for d in done)
    assert gate.adaptive_limit.window == 8


def test_it_rests_as_long_as_the_service_asks_for() -> None:
    gate = ConcurrencyLimiter(16)
    through(gate, RateLimited("slower", retry_after=0.15))
    assert 0.1 < gate.remaining_pause <= 0.15
    started = time.monotonic()
    through(gate)
    assert time.monotonic() - started >= 0.1
    assert gate.remaining_pause == 0


def test_throttled_again_at_once_it_rests_longer_and_longer() -> None:
    gate = ConcurrencyLimiter(16)
    through(gate, RateLimited("slower"))
    assert gate.remaining_pause == 0
    rests = []
    for _ in range(3):
        gate._opens = 0.0  # the rest is over
        through(gate, RateLimited("slower"))
        rests.append(round(gate.remaining_pause))
    assert rests == [1, 2, 4]


def test_other_failures_do_not_rest() -> None:
    gate = ConcurrencyLimiter(16)
    through(gate, TransientError("broke off"))
    through(gate, EngineError("too long"))
    assert gate.remaining_pause == 0
    assert gate.in_flight == 0
    assert not gate.ever_succeeded


def test_who_waits_is_told_when_it_ends() -> None:
    gate, stopping = ConcurrencyLimiter(1), threading.Event()
    failed: list[EngineError] = []

    def wait() -> None:
        try:
            with gate.slot(stopping):
                pass
        except EngineError as exc:
            failed.append(exc)

    with gate.slot(RUN):
        thread = threading.Thread(target=wait)
        thread.start()
        stopping.set()
        gate.wake()
        thread.join(5)
    assert failed


def test_a_service_has_one_gate() -> None:
    gates = Limiters()
    gate = gates.get("edge", 16, adaptive=True)
    assert gates.get("edge", 4, adaptive=True) is gate
    assert gate.adaptive_limit.limit == 4
    assert gates.get("other", 4, adaptive=True) is not gate
