"""What is waited for is said after ten seconds, and given up after a bounded time."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from speechcast.engines.edge.engine import Edge
from speechcast.engines.tone import Tone
from speechcast.errors import RateLimited, ServiceUnreachable, TransientError
from speechcast.model import Voice
from speechcast.progress import Step
from speechcast.synthesis import session
from speechcast.synthesis.concurrency import ConcurrencyLimiter, Limiters
from speechcast.synthesis.jobs import SynthesisJob, make_jobs
from speechcast.synthesis.retry import RETRY_POLICY
from speechcast.synthesis.stall import StallReporter
from tests.support.edge_service import EdgeService, Fault
from tests.support.recording import CALM, IMPATIENT, XIAOXIAO, Recording, plain_utterances, point_at

TEXTS = [f"第{c}项议题。" for c in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"]


@dataclass
class Wait:
    """A wait whose clock stands still until the test moves it."""

    job: SynthesisJob
    now: float = 1000.0
    shown: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limiter = ConcurrencyLimiter(4, clock=lambda: self.now)
        self.reporter = StallReporter(
            lambda _: self.limiter, RETRY_POLICY, self.shown.append, lambda: self.now
        )

    def pass_seconds(self, count: int) -> None:
        for _ in range(count):
            self.now += 1
            self.reporter.check([self.job])


@pytest.fixture
def wait() -> Iterator[Wait]:
    with contextlib.closing(Edge(XIAOXIAO)) as engine:
        (job,) = make_jobs(plain_utterances(TEXTS[:1]), {"": engine}, {"": XIAOXIAO})
        yield Wait(job)


def test_ten_seconds_pass_without_a_word(wait: Wait, caplog: pytest.LogCaptureFixture) -> None:
    wait.pass_seconds(9)
    assert not wait.shown
    assert not caplog.records


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RateLimited("slower"), ": it asks for fewer requests (HTTP 429)"),
        (RateLimited("slower", 20, 503), ": it asks for fewer requests (HTTP 503)"),
        (ServiceUnreachable("no connection"), ": it cannot be reached"),
        (TransientError("it broke off"), ": its answers break off"),
        (None, ": no answer yet"),
    ],
)
def test_then_it_says_what_is_waited_for_and_why(
    wait: Wait, caplog: pytest.LogCaptureFixture, error: TransientError | None, reason: str
) -> None:
    if error:
        wait.limiter.note_trouble(error, 30)
    wait.pass_seconds(10)
    (message,) = [record.getMessage() for record in caplog.records]
    assert message.startswith("nothing done for 0:10; waiting for the online voice 'xiaoxiao'")
    assert reason in message
    assert (error is None) or ("; next attempt at " in message)
    assert (error is None) or message.endswith("; given up after 5:00")
    assert wait.shown == [message.removeprefix("nothing done for 0:10; ")]


def test_it_says_so_again_every_minute(wait: Wait, caplog: pytest.LogCaptureFixture) -> None:
    wait.limiter.note_trouble(RateLimited("slower"), 300)
    wait.pass_seconds(150)
    assert [r.getMessage()[:21] for r in caplog.records] == [
        "nothing done for 0:10",
        "nothing done for 1:10",
        "nothing done for 2:10",
    ]
    assert len(wait.shown) == 141


def test_a_sentence_done_starts_it_anew(wait: Wait, caplog: pytest.LogCaptureFixture) -> None:
    wait.pass_seconds(9)
    wait.reporter.on_done()
    wait.pass_seconds(9)
    assert not caplog.records
    wait.pass_seconds(1)
    wait.reporter.on_done()
    assert wait.shown[-1] == ""


def test_a_server_that_is_only_slow_is_mentioned_once(
    wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):
        wait.pass_seconds(15)
        wait.reporter.on_done()
    assert len(caplog.records) == 1


def test_less_than_ten_seconds_are_not_taken_back(wait: Wait) -> None:
    wait.pass_seconds(9)
    wait.reporter.on_done()
    assert wait.shown == []
    wait.now += 10
    wait.reporter.on_done()
    assert wait.shown == [""]


def test_after_a_sentence_done_the_next_wait_is_logged_after_ten_seconds(
    wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    wait.limiter.note_trouble(RateLimited("slower"), 300)
    wait.pass_seconds(69)
    wait.reporter.on_done()
    wait.pass_seconds(10)
    assert [r.getMessage()[:21] for r in caplog.records] == ["nothing done for 0:10"] * 2


def test_a_local_voice_is_not_waited_for(wait: Wait, tone: Voice) -> None:
    (local,) = make_jobs(plain_utterances(TEXTS[:1]), {"": Tone(tone)}, {"": tone})
    wait.now += 60
    wait.reporter.check([local])
    wait.reporter.check([])
    assert wait.shown == []
    wait.reporter.check([local, wait.job])
    assert wait.shown == ["waiting for the online voice 'xiaoxiao': no answer yet"]


def test_the_next_attempt_is_a_time_of_the_day(wait: Wait, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 100_000.0)
    wait.limiter.note_trouble(RateLimited("slower"), 30)
    wait.pass_seconds(10)
    moment = time.strftime("%H:%M:%S", time.localtime(100_020))
    assert wait.shown[-1].endswith(f"; next attempt at {moment}; given up after 5:00")
    wait.pass_seconds(20)
    assert wait.shown[-1].endswith("(HTTP 429); given up after 5:00"), "the attempt has begun"


@pytest.mark.parametrize(("limited", "trouble"), [(60, 120), (120, 60)])
def test_it_is_given_up_after_the_longer_of_the_bounds(
    wait: Wait, limited: float, trouble: float
) -> None:
    policy = replace(RETRY_POLICY, rate_limited_seconds=limited, trouble_seconds=trouble)
    wait.reporter = StallReporter(
        lambda _: wait.limiter, policy, wait.shown.append, lambda: wait.now
    )
    wait.limiter.note_trouble(RateLimited("slower"), 0)
    wait.pass_seconds(10)
    assert wait.shown[-1].endswith("; given up after 2:00")


def test_it_shows_in_the_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speechcast.synthesis.stall.NOTABLE", 0.05)
    monkeypatch.setattr(session, "POLL", 0.05)
    steps: list[Step] = []
    record = Recording(deadlines=CALM, report=steps.append)
    with (
        EdgeService(Fault.THROTTLED_BARE) as service,
        point_at(service),
        pytest.raises(RateLimited),
    ):
        record(TEXTS[0])
    texts = [step.text for step in steps]
    assert texts[0] == "0 of 1 sentences"
    assert any(text.startswith("0 of 1 sentences; waiting for the onl") for text in texts)
    assert any("it asks for fewer requests (HTTP 429)" in text for text in texts)


# Its bound.


@pytest.mark.slow
def test_a_service_that_throttles_for_ever_is_given_up_however_many_wait() -> None:
    """The time counts for the service: a sentence that was not yet refused has no time left."""
    record = Recording(deadlines=CALM, policy=replace(IMPATIENT, rate_limited_seconds=5))
    with (
        EdgeService(Fault.THROTTLED_BARE) as service,
        point_at(service),
        pytest.raises(RateLimited, match="^the service receives too many requests from here"),
    ):
        record(*TEXTS)
    assert service.connections < 40


def test_whoever_comes_after_a_refusal_for_a_year_is_refused_as_well() -> None:
    """As the next speech of a batch: it must not wait for the year to end."""
    limiters = Limiters()
    limiter = limiters.get("edge", 16, adaptive=True)
    with pytest.raises(RateLimited), limiter.slot(threading.Event()):
        raise RateLimited("it is closed", 31_536_000)
    assert 0 < limiter.remaining_pause <= 3600
    record = Recording(limiters=limiters)
    with (
        EdgeService() as service,
        point_at(service),
        pytest.raises(RateLimited, match="^it is closed; run the same command again$"),
    ):
        record(*TEXTS[:2])
    assert service.connections == 0


def test_a_sentence_that_fails_in_many_ways_is_given_up_as_well() -> None:
    """Each kind of failure has its own number of attempts; together they have one time."""
    faults = [Fault.CUT, Fault.NO_SOUND, Fault.UNAVAILABLE, Fault.NO_WORDS]
    many = replace(IMPATIENT, transient_attempts=10**6, invalid_attempts=10**6, trouble_seconds=1.0)
    record = Recording(deadlines=CALM, policy=many)
    with (
        EdgeService(lambda number, _: faults[number % 4]) as service,
        point_at(service),
        pytest.raises(TransientError),
    ):
        record(TEXTS[0])


def test_the_bounds_are_those_that_are_stated() -> None:
    assert RETRY_POLICY.rate_limited_seconds == RETRY_POLICY.trouble_seconds == 300
