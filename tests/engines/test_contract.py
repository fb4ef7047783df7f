"""One contract for every engine."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from speechcast.engines.base import Engine
from speechcast.engines.registry import ENGINES, engine_class
from speechcast.errors import EngineError, PresetError
from speechcast.model import Clip, Utterance, Voice
from speechcast.voices import presets
from tests.support.edge_service import EdgeService
from tests.support.embedded import load_draft, load_english, load_piper
from tests.support.openai_service import SpeechServer
from tests.support.speeches import line_of, onsets

TEXTS = {
    "zh": [
        "会议期间，市领导到会指导，听取大会发言，与委员们共商改革发展大计。",
        "你好。",
        "他说：“坚持就是胜利！”",
        "增长5.2%，中共*市委很高兴。",
        "啊",
    ],
    "en": [
        "During the session, the leaders of the town came to the hall, and they heard us all.",
        "Hello.",
        "He said: “We shall not be moved!”",
        "Up 5.2%, to $1,234 -- and the U.S. isn't alone.",
        "Oh",
    ],
}
PAUSED = {
    "zh": "会议期间，市领导到会指导，大家听取发言，共商大计。",
    "en": "During the session, the leaders came to the hall, they heard us all, and we agreed.",
}
ENGLISH = "kokoro in English"
STAND_IN = "mandarin-hd"  # Kokoro v1.1-zh, with the stand-in for its model


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[EdgeService]:
    with EdgeService() as running:
        monkeypatch.setattr("edge_tts.communicate.WSS_URL", running.wss_url)
        yield running


@pytest.fixture
def server() -> Iterator[Voice]:
    with SpeechServer() as running:
        options = {"address": running.address, "word_times": "estimated"}
        yield Voice(
            name="mine",
            description="d",
            engine="openai",
            voice="alloy",
            language="zh-CN",
            options=options,
        )


@pytest.fixture(scope="module")
def heart() -> Voice:
    return load_english("heart")


@pytest.fixture(scope="module")
def draft() -> Voice:
    return load_draft()


@pytest.fixture(scope="module")
def joe() -> Voice:
    return load_piper()


@pytest.fixture(params=[*ENGINES, ENGLISH, STAND_IN])
def voice(request: pytest.FixtureRequest) -> Voice:
    fixtures = {
        "kokoro": "narrator",
        ENGLISH: "heart",
        STAND_IN: "mandarin_hd",
        "draft": "draft",
        "piper": "joe",
        "tone": "tone",
        "edge": "service",
        "openai": "server",
    }
    needed = request.getfixturevalue(fixtures[request.param])
    return needed if isinstance(needed, Voice) else presets.load("xiaoxiao")


@pytest.fixture
def texts(voice: Voice) -> list[str]:
    return TEXTS[voice.language[:2]]


@pytest.fixture
def engine(voice: Voice) -> Iterator[Engine]:
    engine = engine_class(voice.engine)(voice)
    yield engine
    engine.close()


def synthesize(voice: Voice, text: str) -> Clip:
    with contextlib.closing(engine_class(voice.engine)(voice)) as engine:
        return engine.synthesize(line_of(text, voice))


# The contract.


@pytest.mark.parametrize("number", range(5))
def test_every_voiced_token_has_its_place_in_the_clip(
    engine: Engine, voice: Voice, texts: list[str], number: int
) -> None:
    line = line_of(texts[number], voice)
    clip = engine.synthesize(line)
    assert clip.samples.dtype == np.int16
    assert clip.samples.ndim == 1
    assert clip.rate == 24_000
    assert [s is not None for s in clip.spans] == [t.voiced for t in line.tokens]
    edges = [edge for span in clip.spans if span for edge in span]
    assert edges == sorted(edges)
    assert 0 <= edges[0] <= edges[-1] <= len(clip.samples)
    assert all(span.start < span.end for span in clip.spans if span)


def test_a_clip_is_trimmed_to_its_sound(engine: Engine, voice: Voice, texts: list[str]) -> None:
    clip = engine.synthesize(line_of(texts[0], voice))
    loud = np.flatnonzero(np.abs(clip.samples) > 300)
    assert abs(loud[0] - clip.speech_span.start) <= 0.040 * clip.rate
    assert abs(loud[-1] - clip.speech_span.end) <= 0.040 * clip.rate
    assert clip.speech_span.start <= 0.020 * clip.rate
    assert len(clip.samples) - clip.speech_span.end <= 0.070 * clip.rate


def test_what_follows_a_pause_starts_with_the_sound(engine: Engine, voice: Voice) -> None:
    line = line_of(PAUSED[voice.language[:2]], voice)
    clip = engine.synthesize(line)
    begins = onsets(clip.samples / 32768, clip.rate, silence=0.10)
    heard = [(t, s) for t, s in zip(line.tokens, clip.spans, strict=True) if t.shown.strip()]
    after_marks = [
        span.start / clip.rate
        for (mark, _), (_, span) in pairwise(heard)
        if mark.shown in "，," and span
    ]
    assert len(after_marks) == 3
    for begin in begins[1:]:
        assert min(abs(begin - start) for start in after_marks) <= 0.040


def test_the_same_line_gives_the_same_samples(voice: Voice, texts: list[str]) -> None:
    takes = [synthesize(voice, texts[0]) for _ in range(2)]
    assert (takes[0].samples == takes[1].samples).all()
    assert takes[0].spans == takes[1].spans


def test_lines_side_by_side_are_the_lines_one_by_one(
    engine: Engine, voice: Voice, texts: list[str]
) -> None:
    lines = [line_of(text, voice) for text in texts[1:4]]
    alone = [engine.synthesize(line) for line in lines]
    together: dict[int, Clip] = {}

    def record(number: int, line: Utterance) -> None:
        together[number] = engine.synthesize(line)

    threads = [threading.Thread(target=record, args=pair) for pair in enumerate(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, clip in enumerate(alone):
        assert (clip.samples == together[number].samples).all()


def test_a_faster_rate_is_faster(voice: Voice, texts: list[str]) -> None:
    lengths = [len(synthesize(replace(voice, rate=r), texts[0]).samples) for r in (0, 30)]
    assert 1.15 <= lengths[0] / lengths[1] <= 1.45


def test_a_closed_engine_records_no_more(engine: Engine, voice: Voice, texts: list[str]) -> None:
    engine.close()
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        engine.synthesize(line_of(texts[1], voice))


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "openai"])
def test_a_voice_the_engine_does_not_have_is_refused(name: str) -> None:
    voice = Voice(name="mine", description="d", engine=name, voice="nobody", language="zh-CN")
    with pytest.raises(PresetError, match="preset 'mine': .*voice (is )?'nobody'; "):
        engine_class(name).required_bundles(voice)
