"""Servers with OpenAI's speech interface: the requests, and the clips from their responses."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from aiohttp import web

from speechcast.engines.online.deadlines import Deadlines
from speechcast.engines.openai.client import SpeechClient
from speechcast.engines.openai.engine import OpenAI
from speechcast.engines.openai.pause_alignment import align_to_pauses
from speechcast.errors import (
    EngineError,
    InvalidResponse,
    PresetError,
    RateLimited,
    ServiceUnreachable,
    TransientError,
)
from speechcast.model import Clip, Span, Voice
from speechcast.progress import ignore_progress
from speechcast.synthesis import synthesizer
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.concurrency import Limiters
from speechcast.synthesis.jobs import sound_version
from speechcast.synthesis.synthesizer import Resources
from tests.support.edge_sound import split_words
from tests.support.openai_service import Answer, SpeechServer
from tests.support.recording import IMPATIENT, plain_utterances, sounds_like

TEXT = "会议期间，市领导到会指导。大家听取发言，共商大计。"
KEY = "sk-very-secret-0123456789"
HASTY = Deadlines(
    connect=5, first=1.0, next=5, total=10, total_per_character=0.0
)  # a hang is soon noticed


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADDRESS", "MODEL", "KEY"):
        monkeypatch.delenv(f"SPEECHCAST_OPENAI_{name}", raising=False)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with SpeechServer() as running:
        yield running


def voice_at(address: str, **options: str) -> Voice:
    preset_options = {"address": address, "word_times": "estimated", **options}
    return Voice(
        name="mine",
        description="d",
        engine="openai",
        voice="af_sky",
        language="zh-CN",
        options=preset_options,
    )


def synthesize(voice: Voice, *texts: str, store: ClipCache | None = None) -> list[Clip]:
    with contextlib.closing(OpenAI(voice, HASTY)) as engine:
        return synthesizer.synthesize(
            plain_utterances(texts),
            {"": engine},
            ignore_progress,
            voices={"": voice},
            resources=Resources(store),
            policy=IMPATIENT,
            limiters=Limiters(),
        )


# The request.


def test_the_server_is_asked_for_what_the_preset_says(server: SpeechServer) -> None:
    synthesize(replace(voice_at(f"{server.address}/v1/", model="kokoro"), rate=25), TEXT)
    assert server.requests == [
        {
            "model": "kokoro",
            "input": TEXT,
            "voice": "af_sky",
            "response_format": "wav",
            "speed": 1.25,
        }
    ]


def test_address_and_model_may_come_from_the_environment(
    server: SpeechServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHCAST_OPENAI_ADDRESS", server.address)
    monkeypatch.setenv("SPEECHCAST_OPENAI_MODEL", "tts-2")
    synthesize(
        Voice(name="mine", description="d", engine="openai", voice="alloy", language="zh-CN"), TEXT
    )
    assert server.requests[0]["model"] == "tts-2"


@pytest.mark.parametrize(
    ("form", "rate"),
    [("wav", 24_000), ("wav", 16_000), ("flac", 24_000), ("flac", 48_000), ("mp3", 44_100)],
)
def test_any_format_and_rate_comes_out_alike(form: str, rate: int) -> None:
    with SpeechServer(rate=rate) as server:
        (clip,) = synthesize(voice_at(server.address, format=form), TEXT)
    assert clip.rate == 24_000
    assert sounds_like(clip, TEXT)
    expected = split_words(TEXT)
    assert abs(clip.speech_span.end / 24_000 - (expected[-1].end - expected[0].start)) < 0.05


# When it is heard.


def test_the_tokens_lie_where_the_words_were_said(server: SpeechServer) -> None:
    (clip,) = synthesize(voice_at(server.address), TEXT)
    words = split_words(TEXT)
    spans = [span for span in clip.spans if span]
    assert len(spans) == len(words)
    zero = spans[0].start / clip.rate - words[0].start
    off = [abs(s.start / clip.rate - w.start - zero) for s, w in zip(spans, words, strict=True)]
    assert max(off) < 0.06
    assert np.median(off) < 0.02


def test_a_mark_without_a_pause_and_a_pause_without_a_mark() -> None:
    """The third mark has no pause, and after the fifth word is one that nothing asked for."""
    (line,) = plain_utterances(["一二三四，五六七八，九十、甲乙丙丁，戊己庚辛。"])
    second = 24_000
    sounds = [
        Span(0, round(0.72 * second)),
        Span(round(0.97 * second), round(1.33 * second)),
        Span(round(1.40 * second), round(1.76 * second)),
        Span(round(2.00 * second), round(3.10 * second)),
        Span(round(3.35 * second), round(4.07 * second)),
    ]
    spans = align_to_pauses(line.tokens, sounds, second)
    starts = {t.shown: s.start / second for t, s in zip(line.tokens, spans, strict=True) if s}
    assert starts["五六"] == pytest.approx(0.97)
    assert starts["九十"] == pytest.approx(2.00)
    assert starts["甲乙"] == pytest.approx(2.37, abs=0.02)
    assert starts["戊己"] == pytest.approx(3.35)
    assert all(a.end <= b.start for a, b in pairwise(s for s in spans if s))


def test_more_words_than_sounds_all_have_a_place() -> None:
    (line,) = plain_utterances(["一，二，三，四，五，六，七，八，九，十，甲，乙。"])
    spans = align_to_pauses(line.tokens, [Span(100, 24_100)], 24_000)
    voiced = [span for span in spans if span]
    assert len(voiced) == 12
    assert voiced[0].start == 100
    assert voiced[-1].end == 24_100


# Its key.


def test_the_key_is_shown_to_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHCAST_OPENAI_KEY", KEY)
    with SpeechServer(key=KEY) as server:
        assert synthesize(voice_at(server.address), TEXT)


def test_openais_own_key_is_shown_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    message = "does not answer without a key, and none is meant for it: set SPEECHCAST_OPENAI_ADDR"
    with SpeechServer(key=KEY) as server, pytest.raises(EngineError, match=message) as failure:
        synthesize(voice_at(server.address), TEXT)
    assert str(failure.value).count("none (invalid_api_key)") == 1
    assert len(server.requests) == 1


def test_a_wrong_key_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SPEECHCAST_OPENAI_KEY", KEY)
    with SpeechServer(key="another") as server, pytest.raises(EngineError) as failure:
        synthesize(voice_at(server.address), TEXT, store=ClipCache(tmp_path))
    assert "Bearer …" in str(failure.value)
    assert KEY not in str(failure.value) + caplog.text
    assert KEY not in repr(OpenAI.__dict__) + repr(SpeechClient.__dict__)
    assert KEY not in sound_version(voice_at(server.address))


def test_a_login_in_the_address_is_not_shown() -> None:
    voice = voice_at("http://anna:pass@127.0.0.1:9")
    with pytest.raises(ServiceUnreachable, match=r"^http://127.0.0.1:9 cannot be reached"):
        synthesize(voice, TEXT)
    assert "pass" not in sound_version(voice)


# What it may do wrong.


def refuse(status: int, body: str = "", **headers: str) -> Answer:
    return lambda _request, _sound: web.Response(status=status, text=body, headers=headers)


def half(request: web.Request, sound: bytes) -> web.StreamResponse:
    """Ends in the middle of what it announced."""
    assert request.transport
    announced = (
        f"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\nContent-Length: {len(sound)}\r\n\r\n"
    )
    request.transport.write(announced.encode() + sound[: len(sound) // 2])
    request.transport.close()
    return web.Response()


def sends(change: Callable[[bytes], bytes]) -> Answer:
    return lambda _request, sound: web.Response(body=change(sound), content_type="audio/wav")


FAULTS: dict[str, tuple[Answer, type[EngineError], str]] = {
    "400": (refuse(400, '{"error": {"message": "no voice af_sky"}}'), EngineError, "no voice af_s"),
    "404": (
        refuse(404, '{"detail": "Not Found"}'),
        EngineError,
        "check the preset .HTTP 404.: Not",
    ),
    "302": (refuse(302, Location="http://elsewhere/"), EngineError, "redirects to another address"),
    "quota": (
        refuse(429, '{"error": {"message": "no money", "code": "insufficient_quota"}}'),
        EngineError,
        "no money .insufficient_quota.",
    ),
    "429": (refuse(429, **{"Retry-After": "1"}), RateLimited, "receives too many requests; wait a"),
    "500": (refuse(500, "<html>oops</html>"), TransientError, "failed .HTTP 500.; run the same"),
    "503": (refuse(503, "loading"), TransientError, "failed .HTTP 503.: loading; run the same"),
    "503 later": (refuse(503, **{"Retry-After": "1"}), RateLimited, "is busy; wait a few minutes"),
    "page": (
        lambda _r, _s: web.Response(text="<html>", content_type="text/html"),
        EngineError,
        "answers with text/html, not with sound",
    ),
    "half": (half, TransientError, "the service's answer broke off"),
    "cut": (sends(lambda s: s[: len(s) // 2]), InvalidResponse, "the server's sound is cut short"),
    "no data": (sends(lambda s: s[:20]), InvalidResponse, "the server's sound is cut short"),
    "silence": (sends(lambda s: s[:200] + bytes(len(s) - 200)), InvalidResponse, "but silence"),
    "noise": (sends(lambda s: bytes(len(s))), InvalidResponse, "is no WAV, FLAC or MP3"),
    "nothing": (sends(lambda _: b""), InvalidResponse, "is no WAV, FLAC or MP3"),
    "playlist": (sends(lambda _: b"#EXTM3U\n/etc/passwd\n"), InvalidResponse, "is no WAV, FLAC or"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_stays_is_told_of(name: str) -> None:
    answer, error, message = FAULTS[name]
    with SpeechServer(answer) as server, pytest.raises(EngineError, match=message) as failure:
        synthesize(voice_at(server.address), TEXT)
    assert type(failure.value) is error
    assert "\n" not in str(failure.value)
    assert (len(server.requests) == 1) == (error is EngineError)


@pytest.mark.parametrize("name", [n for n, (_, e, _) in FAULTS.items() if e is not EngineError])
def test_a_fault_that_passes_leaves_no_trace(name: str) -> None:
    left = [FAULTS[name][0]]

    def behave(request: web.Request, sound: bytes) -> web.StreamResponse | None:
        return left.pop()(request, sound) if left else None

    with SpeechServer(behave) as server:
        (clip,) = synthesize(voice_at(server.address), TEXT)
    assert sounds_like(clip, TEXT)


@pytest.mark.slow
def test_a_server_that_hangs_is_noticed() -> None:
    message = "the service did not answer for 1 seconds"
    with (
        SpeechServer(lambda _r, _s: Hanging()) as server,
        pytest.raises(TransientError, match=message),
    ):
        synthesize(voice_at(server.address), TEXT)


class Hanging(web.StreamResponse):
    """An answer that never begins."""

    async def prepare(self, request: web.BaseRequest) -> None:
        del request
        await asyncio.Event().wait()


def test_many_lines_are_asked_for_side_by_side(server: SpeechServer) -> None:
    texts = [f"第{c}项议题。" for c in "一二三四五六七八九十甲乙"]
    clips = synthesize(voice_at(server.address, limit="3"), *texts)
    assert all(map(sounds_like, clips, texts))
    assert server.most_at_once <= 3


# Presets that cannot be.


@pytest.mark.parametrize(
    ("voice", "message"),
    [
        (
            Voice(name="mine", description="d", engine="openai", voice="x", language="zh-CN"),
            "it names no address; give the server's und",
        ),
        (voice_at("ftp://x"), "address is 'ftp://x'"),
        (voice_at("http://x:99999"), "address is 'http://x:99999'"),
        (voice_at("127.0.0.1:8880"), "address is '127.0.0.1:8880'"),
        (voice_at("http://x", format="ogg"), "format is 'ogg'; allowed are wav, flac, mp3"),
        (voice_at("http://x", limit="many"), "limit is 'many'; allowed are 1 to 64"),
        (replace(voice_at("http://x"), pitch=5), "cannot change the pitch"),
    ],
)
def test_a_preset_that_cannot_be_is_refused(voice: Voice, message: str) -> None:
    with pytest.raises(PresetError, match=f"preset 'mine': .*{message}"):
        OpenAI.required_bundles(voice)


def test_what_is_no_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPEECHCAST_OPENAI_KEY", "two\nlines")
    with pytest.raises(PresetError, match="is not a key"):
        OpenAI.required_bundles(voice_at("http://x"))
