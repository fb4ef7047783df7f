"""One contract for every engine, and what is particular to each."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from conftest import line_of, onsets
from edge_service import EdgeService, Fault
from speechcast import voices
from speechcast.engines import ENGINES, edge, engine
from speechcast.engines.base import Engine
from speechcast.engines.kokoro import FRAME, Kokoro
from speechcast.errors import EngineError, PresetError, ServiceUnreachable, TextError
from speechcast.model import Clip, Line, Voice

TEXTS = [
    "你好。",
    "会议期间，市领导到会指导，听取大会发言，与委员们共商改革发展大计。",
    "他说：“坚持就是胜利！”",
    "增长5.2%，中共*市委很高兴。",
    "啊",
]
CHECK = "会议期间，市领导到会指导。"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[EdgeService]:
    with EdgeService() as running:
        monkeypatch.setattr("edge_tts.communicate.WSS_URL", running.wss_url)
        yield running


@pytest.fixture(params=ENGINES)
def voice(request: pytest.FixtureRequest) -> Voice:
    fixture = {"kokoro": "narrator", "tone": "tone", "edge": "service"}[request.param]
    needed = request.getfixturevalue(fixture)
    return needed if isinstance(needed, Voice) else voices.load("xiaoxiao")


@pytest.fixture
def speaker(voice: Voice) -> Iterator[Engine]:
    speaker = engine(voice.engine)(voice)
    yield speaker
    speaker.close()


def recorded(voice: Voice, text: str) -> Clip:
    with contextlib.closing(engine(voice.engine)(voice)) as speaker:
        return speaker.record(line_of(text, voice))


# The contract.


@pytest.mark.parametrize("text", TEXTS)
def test_every_voiced_token_has_its_place_in_the_clip(
    speaker: Engine, voice: Voice, text: str
) -> None:
    line = line_of(text, voice)
    clip = speaker.record(line)
    assert clip.samples.dtype == np.int16
    assert clip.samples.ndim == 1
    assert clip.rate == 24_000
    assert [s is not None for s in clip.spans] == [t.voiced for t in line.tokens]
    edges = [edge for span in clip.spans if span for edge in span]
    assert edges == sorted(edges)
    assert 0 <= edges[0] <= edges[-1] <= len(clip.samples)
    assert all(span.start < span.end for span in clip.spans if span)


def test_a_clip_is_trimmed_to_its_sound(speaker: Engine, voice: Voice) -> None:
    clip = speaker.record(line_of(CHECK, voice))
    loud = np.flatnonzero(np.abs(clip.samples) > 300)
    assert abs(loud[0] - clip.heard.start) <= 0.040 * clip.rate
    assert abs(loud[-1] - clip.heard.end) <= 0.040 * clip.rate
    assert clip.heard.start <= 0.020 * clip.rate
    assert len(clip.samples) - clip.heard.end <= 0.070 * clip.rate


def test_what_follows_a_pause_starts_with_the_sound(speaker: Engine, voice: Voice) -> None:
    line = line_of("会议期间，市领导到会指导，大家听取发言，共商大计。", voice)
    clip = speaker.record(line)
    begins = onsets(clip.samples / 32768, clip.rate, silence=0.10)
    after_marks = [
        span.start / clip.rate
        for (mark, _), (_, span) in pairwise(zip(line.tokens, clip.spans, strict=True))
        if mark.shown == "，" and span
    ]
    assert len(after_marks) == 3
    for begin in begins[1:]:
        assert min(abs(begin - start) for start in after_marks) <= 0.040


def test_the_same_line_gives_the_same_samples(voice: Voice) -> None:
    takes = [recorded(voice, CHECK) for _ in range(2)]
    assert (takes[0].samples == takes[1].samples).all()
    assert takes[0].spans == takes[1].spans


def test_lines_side_by_side_are_the_lines_one_by_one(speaker: Engine, voice: Voice) -> None:
    lines = [line_of(text, voice) for text in TEXTS]
    alone = [speaker.record(line) for line in lines]
    together: dict[int, Clip] = {}

    def record(number: int, line: Line) -> None:
        together[number] = speaker.record(line)

    threads = [threading.Thread(target=record, args=pair) for pair in enumerate(lines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, clip in enumerate(alone):
        assert (clip.samples == together[number].samples).all()


def test_a_faster_rate_is_faster(voice: Voice) -> None:
    lengths = [len(recorded(replace(voice, rate=r), TEXTS[1]).samples) for r in (0, 30)]
    assert 1.15 <= lengths[0] / lengths[1] <= 1.45


def test_a_closed_engine_records_no_more(speaker: Engine, voice: Voice) -> None:
    speaker.close()
    speaker.close()
    with pytest.raises(EngineError, match="closed"):
        speaker.record(line_of(CHECK, voice))


@pytest.mark.parametrize("name", ENGINES)
def test_a_voice_the_engine_does_not_have_is_refused(name: str) -> None:
    voice = Voice("mine", "d", name, "nobody", "zh-CN")
    with pytest.raises(PresetError, match="preset 'mine': voice is 'nobody', allowed"):
        engine(name).needs(voice)


# The embedded voices.


def test_the_embedded_voice_names_what_it_cannot_read(narrator: Voice) -> None:
    speaker = engine("kokoro")(narrator)
    for text, char in [
        ("电阻是10Ω。", "Ω"),
        ("买éclair。", "é"),
        ("好😀。", "😀"),
        ("一㌔。", "㌔"),
    ]:
        with pytest.raises(TextError, match=f"line 1, sentence 1: the voice cannot read '{char}'"):
            speaker.record(line_of(text, narrator))


def test_inside_a_sentence_a_token_is_where_the_model_made_it(narrator: Voice) -> None:
    """Only the neighbours of a pause follow the sound; the rest are the model's own frames."""
    line = line_of("会议期间，市领导到会指导工作，听取大会发言。", narrator)
    speaker = Kokoro(narrator)
    symbols = speaker.symbols(line)
    _, lengths = speaker.infer(symbols)
    assert (lengths % FRAME == 0).all()
    edges = np.concatenate(([0], np.cumsum(lengths)))
    clip = speaker.record(line)
    first_symbol = {token: at for at, (_, token) in reversed(list(enumerate(symbols, 1)))}
    cuts = set()
    for place in range(1, len(line.tokens)):
        span = clip.spans[place]
        if span and line.tokens[place - 1].voiced:
            cuts.add(int(edges[first_symbol[place]]) - span.start)
    assert len(cuts) == 1  # what was trimmed from the clip's start, the same for every token


def test_the_embedded_voice_takes_no_pitch(narrator: Voice) -> None:
    with pytest.raises(PresetError, match="take no pitch"):
        engine("kokoro").needs(replace(narrator, pitch=5))


def test_closing_ends_what_is_being_spoken(narrator: Voice) -> None:
    speaker = engine("kokoro")(narrator)
    line = line_of("我们" * 80, narrator)
    failed: list[Exception] = []

    def record() -> None:
        try:
            speaker.record(line)
        except EngineError as exc:
            failed.append(exc)

    thread = threading.Thread(target=record)
    thread.start()
    time.sleep(0.8)
    speaker.close()
    thread.join(5)
    assert failed


def test_a_line_too_long_for_the_model_is_refused(narrator: Voice) -> None:
    speaker = engine("kokoro")(narrator)
    with pytest.raises(EngineError, match="cannot be divided and is too long"):
        speaker.record(line_of("中华人民共和国" * 40, narrator))


# The online voices.

XIAOXIAO = voices.load("xiaoxiao")


def test_the_service_is_asked_for_what_the_preset_says(service: EdgeService) -> None:
    recorded(replace(XIAOXIAO, rate=-5, pitch=10, volume=20), "“A<B & C”，中共*市委。")
    (request,) = service.requests
    assert request.text == "“A<B 和 C”，中共某市委。"
    assert request.voice == "zh-CN-XiaoxiaoNeural"
    assert (request.rate, request.pitch, request.volume) == ("-5%", "+10Hz", "+20%")
    assert request.word_boundaries


def test_timings_follow_the_sound_not_the_services_clock(service: EdgeService) -> None:
    """The service's boundaries run some 75 ms before the sound."""
    del service
    clip = recorded(XIAOXIAO, CHECK)
    first = np.flatnonzero(np.abs(clip.samples) > 1000)[0]
    assert abs(first - clip.heard.start) <= 0.010 * clip.rate


def test_a_word_the_service_writes_its_own_way_keeps_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aria = replace(voices.load("aria"), voice="en-US-AriaNeural")
    clips = []
    for fault in (None, Fault.REWRITE):
        with EdgeService(fault) as running:
            monkeypatch.setattr("edge_tts.communicate.WSS_URL", running.wss_url)
            clips.append(recorded(aria, "In 2023, we met."))
    assert clips[0].spans == clips[1].spans


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (Fault.RESET, "broke off"),
        (Fault.CLOSE, "broke off"),
        (Fault.CUT, "broke off"),
        (Fault.DROP_WORD, "the service did not speak “"),
        (Fault.TRUNCATE, "cut short: words are missing"),
        (Fault.HALF_FRAME, "cut short: half a frame"),
        (Fault.NO_WORDS, "did not say when its words are spoken"),
        (Fault.NOISE, "cannot be decoded"),
        (Fault.FORBIDDEN, "refused the request .HTTP 403."),
        (Fault.THROTTLED, "refused the request .HTTP 429."),
        (Fault.UNAVAILABLE, "refused the request .HTTP 503."),
        (Fault.MUTE_BEFORE_HANDSHAKE, "cannot be reached .no answer for 1 seconds."),
        (Fault.MUTE_AFTER_HANDSHAKE, "cannot be reached .no answer for 1 seconds."),
        (Fault.MUTE_MIDWAY, "fell silent"),
        (Fault.NO_END, "fell silent"),
    ],
)
def test_an_answer_that_is_not_whole_is_never_taken(
    monkeypatch: pytest.MonkeyPatch, fault: Fault, complaint: str
) -> None:
    monkeypatch.setattr(edge, "FIRST_WITHIN", 1.0)
    monkeypatch.setattr(edge, "NEXT_WITHIN", 0.5)
    with EdgeService(fault) as running:
        monkeypatch.setattr("edge_tts.communicate.WSS_URL", running.wss_url)
        with pytest.raises(EngineError, match=complaint):
            recorded(XIAOXIAO, CHECK)


def test_a_voice_the_service_does_not_have(service: EdgeService) -> None:
    del service
    with pytest.raises(EngineError, match="no sound for this text or the voice 'zh-CN-NobodyNeur"):
        recorded(replace(XIAOXIAO, voice="zh-CN-NobodyNeural"), CHECK)


def test_no_network_names_the_offline_preset(monkeypatch: pytest.MonkeyPatch) -> None:
    with EdgeService() as gone:
        url = gone.wss_url
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", url)
    with pytest.raises(ServiceUnreachable, match="cannot be reached.*--voice narrator"):
        recorded(XIAOXIAO, CHECK)
