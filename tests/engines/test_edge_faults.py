"""Each fault of the online service ends in a whole clip or in an error that names it."""

from __future__ import annotations

import logging
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.engines.online.deadlines import Deadlines
from speechcast.errors import (
    AccessDenied,
    EngineError,
    InvalidResponse,
    RateLimited,
    ServiceUnreachable,
    TransientError,
)
from speechcast.synthesis.clip_cache import ClipCache
from tests.support.edge_faults import AT_THE_DOOR, HARMLESS
from tests.support.edge_service import Conditions, EdgeService, Fault
from tests.support.recording import (
    CALM,
    HASTY,
    IMPATIENT,
    XIAOXIAO,
    Recording,
    point_at,
    sounds_like,
)

TEXT = "会议期间，市领导到会指导。"
GO_ON = "; run the same command again"
SENTENCE = "^sentence 1 .line 1, “会议期间，市领导到会指导。…”.: "

# What the user reads when it goes on so, and the kind of error it is.
ALWAYS: dict[Fault, tuple[type[EngineError], str]] = {
    Fault.MUTE_BEFORE_HANDSHAKE: (ServiceUnreachable, "cannot be reached .no answer for 0.6 sec"),
    Fault.MUTE_AFTER_HANDSHAKE: (ServiceUnreachable, "cannot be reached .no answer for 0.6 sec"),
    Fault.MUTE_MIDWAY: (TransientError, SENTENCE + "the service fell silent for 0.4 seconds"),
    Fault.NO_END: (TransientError, SENTENCE + "the service fell silent for 0.4 seconds"),
    Fault.DRIP: (TransientError, SENTENCE + "the service was not done after 1.2 seconds"),
    Fault.RESET_BEFORE: (InvalidResponse, SENTENCE + "the service sent no sound"),
    Fault.RESET: (TransientError, SENTENCE + "the service's answer broke off"),
    Fault.CLOSE_BEFORE: (InvalidResponse, SENTENCE + "the service sent no sound"),
    Fault.CLOSE: (TransientError, SENTENCE + "the service's answer broke off"),
    Fault.CLOSE_AFTER: (TransientError, SENTENCE + "the service's answer broke off"),
    Fault.CUT: (TransientError, SENTENCE + "the service's answer broke off"),
    Fault.NO_SOUND: (InvalidResponse, SENTENCE + "the service sent no sound"),
    Fault.DROP_WORD: (InvalidResponse, SENTENCE + "the service did not speak “"),
    Fault.TRUNCATE: (InvalidResponse, SENTENCE + "the service's answer is cut short"),
    Fault.HALF_FRAME: (
        InvalidResponse,
        SENTENCE + "the service's answer is cut short: half a frame",
    ),
    Fault.HALF_SILENT: (
        InvalidResponse,
        SENTENCE + "the service's answer is cut short: words are m",
    ),
    Fault.NO_WORDS: (
        InvalidResponse,
        SENTENCE + "the service did not say when its words are spoken",
    ),
    Fault.MISSING_BOUNDARY: (InvalidResponse, SENTENCE + "the service did not speak “"),
    Fault.LATE_BOUNDARY: (InvalidResponse, SENTENCE + "the service's times are out of order"),
    Fault.NOISE: (InvalidResponse, SENTENCE + "the service's sound cannot be decoded"),
    Fault.WRONG_PATH: (InvalidResponse, SENTENCE + "the service's answer cannot be read"),
    Fault.WRONG_BINARY: (InvalidResponse, SENTENCE + "the service's answer cannot be read"),
    Fault.BAD_JSON: (InvalidResponse, SENTENCE + "the service's answer cannot be read"),
    Fault.ONE_BYTE: (InvalidResponse, SENTENCE + "the service's answer cannot be read"),
    Fault.FORBIDDEN: (AccessDenied, "denies access .HTTP 403.: set this machine's clock"),
    Fault.FORBIDDEN_UNDATED: (AccessDenied, "denies access .HTTP 403.: set this machine's cl"),
    Fault.THROTTLED: (
        RateLimited,
        "receives too many requests from here .HTTP 429.; wait a few minutes",
    ),
    Fault.THROTTLED_BARE: (
        RateLimited,
        "receives too many requests from here .HTTP 429.; wait a few minutes",
    ),
    Fault.BROKEN: (TransientError, SENTENCE + "the service refused the request .HTTP 500."),
    Fault.UNAVAILABLE: (TransientError, SENTENCE + "the service refused the request .HTTP 503."),
}


@pytest.fixture
def record() -> Recording:
    return Recording(deadlines=HASTY)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """The client keeps the correction of its clock for the whole process."""
    from edge_tts.drm import DRM

    yield
    DRM.clock_skew_seconds = 0.0


def once(fault: Fault) -> EdgeService:
    """A service whose first request has the fault, and no other."""
    return EdgeService(lambda number, _: fault if number == 1 else None)


def test_the_table_holds_every_fault() -> None:
    assert set(Fault) == ALWAYS.keys() | HARMLESS | {Fault.HALF_SPOKEN, Fault.HURRIED}


@pytest.mark.parametrize("fault", ALWAYS)
def test_a_fault_that_passes_leaves_no_trace(record: Recording, fault: Fault) -> None:
    with once(fault) as service, point_at(service):
        (clip,) = record(TEXT)
    assert sounds_like(clip, TEXT)
    assert service.connections == 2


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "error", "message"), [(f, *end) for f, end in ALWAYS.items()])
def test_a_fault_that_stays_ends_it_by_name(
    record: Recording, fault: Fault, error: type[EngineError], message: str
) -> None:
    with (
        EdgeService(fault) as service,
        point_at(service),
        pytest.raises(EngineError, match=message) as failure,
    ):
        record(TEXT)
    assert type(failure.value) is error
    assert str(failure.value).endswith(GO_ON)
    assert "\n" not in str(failure.value)
    assert (failure.value.sentence, failure.value.row) == (1, 1)


@pytest.mark.parametrize("fault", sorted(HARMLESS, key=str))
def test_what_is_harmless_is_taken(record: Recording, fault: Fault) -> None:
    with EdgeService(fault) as service, point_at(service):
        (clip,) = record(TEXT)
    assert sounds_like(clip, TEXT)
    assert service.connections == 1


def test_a_connection_refused(record: Recording) -> None:
    with EdgeService() as service, point_at(service):
        service.close()
        with pytest.raises(
            ServiceUnreachable, match="'xiaoxiao' cannot be reached .no connection."
        ):
            record(TEXT)


@pytest.mark.slow
def test_a_service_that_was_there_may_be_gone_for_a_while(record: Recording) -> None:
    """Reached once in this process, it is waited for longer than a few attempts."""
    record.policy = replace(IMPATIENT, unreached_attempts=1, unreachable_seconds=60)
    with EdgeService(lambda n, _: Fault.MUTE_BEFORE_HANDSHAKE if 1 < n < 5 else None) as service:
        with point_at(service):
            record(TEXT)
            (clip,) = record("欢迎大家。")
        assert sounds_like(clip, "欢迎大家。")
        assert service.connections == 5


def test_a_wrong_clock_is_corrected(record: Recording) -> None:
    conditions = Conditions(ahead=3 * 3600)
    with EdgeService(conditions=conditions) as service, point_at(service):
        (clip,) = record(TEXT)
        record("欢迎大家。")
    assert sounds_like(clip, TEXT)
    assert service.journal.refused == 1


def test_it_says_how_wrong_the_clock_is(record: Recording) -> None:
    conditions = Conditions(ahead=600, strict=False)
    message = (
        "clock .it is (599|600|601) seconds off the service's.; if it is right, the service may"
    )
    with (
        EdgeService(Fault.FORBIDDEN, conditions) as service,
        point_at(service),
        pytest.raises(AccessDenied, match=message),
    ):
        record(TEXT)


def test_a_voice_the_service_does_not_have_is_asked_for_once(record: Recording) -> None:
    record.voice = replace(XIAOXIAO, voice="zh-CN-NobodyNeural")
    message = (
        "the service has no voice 'zh-CN-NobodyNeural' .preset 'xiaoxiao'.; it may have been wit"
    )
    with EdgeService() as service, point_at(service), pytest.raises(EngineError, match=message):
        record(TEXT)
    assert len(service.requests) == 1


def test_half_a_character_is_not_asked_for_twice(record: Recording) -> None:
    message = "sentence 1 .*half a character"
    with EdgeService() as service, point_at(service), pytest.raises(EngineError, match=message):
        record("你好\ud800")
    assert not service.requests


# Words lost from an answer that looks well.

RATE_TEXTS = [
    f"{c}位代表，今天的会议讨论第{n}项议题。" for n, c in enumerate("一二三四五六七八九十", 1)
]


def test_half_a_sentence_is_recorded_again_from_the_first_on(record: Recording) -> None:
    with once(Fault.HALF_SPOKEN) as service, point_at(service):
        (clip,) = record(TEXT)
    assert sounds_like(clip, TEXT)
    assert len(service.requests) == 2


@pytest.mark.slow
@pytest.mark.parametrize("rate", [-50, -20, 0, 50, 100])
@pytest.mark.parametrize("count", [1, 3, 10])
def test_half_a_sentence_that_stays_ends_it_by_name(
    record: Recording, count: int, rate: int
) -> None:
    """Whether or not there are others to compare it with."""
    texts = RATE_TEXTS[:count]
    record.deadlines = CALM  # a busy machine's delays are no faults to be counted
    record.voice = replace(XIAOXIAO, rate=rate)
    message = (
        f"^sentence {count} .*(lasts 0.[56]. times as long as its text takes, so words are missing"
        "|there is no sound where the service says)"
    )
    with (
        EdgeService(lambda _, text: Fault.HALF_SPOKEN if text == texts[-1] else None) as service,
        point_at(service),
        pytest.raises(InvalidResponse, match=message),
    ):
        record(*texts)


def test_a_clip_that_lacks_its_second_half_is_recorded_again(record: Recording) -> None:
    left = {RATE_TEXTS[4]: Fault.HALF_SPOKEN}
    record.deadlines = CALM

    def behave(_: int, text: str) -> Fault | None:
        return left.pop(text, None)

    with EdgeService(behave) as service, point_at(service):
        clips = record(*RATE_TEXTS)
    assert all(map(sounds_like, clips, RATE_TEXTS))
    assert len(service.requests) == len(RATE_TEXTS) + 1


def test_a_clip_that_stays_implausible_is_told_of(
    record: Recording, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is off from the others, though not more than voices may differ."""
    odd = RATE_TEXTS[4]
    record.deadlines = CALM
    record.voice = replace(XIAOXIAO, pace=5.5)
    record.cache = ClipCache(tmp_path)
    with (
        EdgeService(lambda _, text: Fault.HURRIED if text == odd else None) as service,
        point_at(service),
    ):
        record(*RATE_TEXTS)
        assert len(service.requests) == len(RATE_TEXTS) + 1  # the second take says the same
        record(*RATE_TEXTS)
    assert len(service.requests) == len(RATE_TEXTS) + 1
    (message,) = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert message.startswith(
        "sentence 5 (line 5, “五位代表，今天的会议讨论第5项议题。…”) lasts 0."
    )
    assert message.endswith(" times as long as this voice usually takes; listen to it")


# All of it at once.


@pytest.mark.slow
def test_a_thousand_sentences_with_a_fault_in_one_of_five() -> None:
    a_thousand_sentences(int(os.environ.get("SPEECHCAST_SEED", random.randrange(10**6))))


def a_thousand_sentences(seed: int) -> None:
    """Whole, in order, each sentence's sound its own, none asked for again once it was good.

    Some befall a sentence, some a connection, before the service has heard what it is for. The
    deadlines leave a busy machine time to take what was sent, and chance may strike twice.
    """
    print(f"seed {seed}")
    chance = random.Random(seed)
    texts = [f"第{_figures(n)}句" for n in range(1000)]
    drawn = [chance.choice(list(ALWAYS)) for _ in range(len(texts) // 5)]
    early = [fault for fault in drawn if fault in AT_THE_DOOR]
    late = [fault for fault in drawn if fault not in AT_THE_DOOR]
    connections = dict(zip(chance.sample(range(1, 1000), len(early)), early, strict=True))
    sentences = dict(zip(chance.sample(texts, len(late)), late, strict=True))

    def behave(number: int, text: str) -> Fault | None:
        return sentences.pop(text, None) if text else connections.pop(number, None)

    record = Recording(
        deadlines=Deadlines(connect=2, first=3, next=2, total=5, total_per_character=0),
        policy=replace(
            IMPATIENT,
            transient_attempts=9,
            invalid_attempts=9,
            denied_attempts=9,
            rate_limited_seconds=60,
        ),
    )
    with EdgeService(behave) as service, point_at(service):
        clips = record(*texts)
    assert all(map(sounds_like, clips, texts))
    assert not sentences
    assert not connections
    assert not service.journal.repeated
    assert service.most_at_once <= 16


def _figures(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(d)] for d in f"{number:03}")
