"""When the words of a server with OpenAI's speech interface are spoken."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from speechcast.engines.kokoro.engine import Kokoro
from speechcast.engines.openai.captions import read_timed_speech
from speechcast.engines.openai.engine import OpenAI
from speechcast.engines.openai.reference import find_reference
from speechcast.errors import InvalidResponse, PresetError
from speechcast.model import Clip, Voice
from tests.support.edge_sound import split_words
from tests.support.openai_service import SpeechServer, encode, synthesize_tones
from tests.support.recording import sounds_like
from tests.support.speeches import line_of

ENGLISH = "During the session, the leaders of the town came, and they heard us all."
MANDARIN = "各位代表都来到了会场，大家认真听取发言。"


class CaptionServer(SpeechServer):
    """A server that also has Kokoro-FastAPI's captioned speech.

    With `words` it sends these instead of the true ones; a broken one sends none.
    """

    words: list[dict[str, Any]] | None = None
    timed = True
    broken = False
    asked = 0

    def time(self, text: str) -> list[dict[str, Any]] | None:
        if not self.timed:
            return self.words
        return [
            {"word": word.text, "start_time": word.start, "end_time": word.end}
            for word in split_words(text)
        ]

    def add_routes(self, app: web.Application) -> None:
        super().add_routes(app)
        app.router.add_get("/openapi.json", self._describe)
        app.router.add_post("/dev/captioned_speech", self._caption)

    async def _describe(self, _request: web.Request) -> web.Response:
        return web.json_response({"paths": {"/dev/captioned_speech": {}}})

    async def _caption(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.broken:
            return web.json_response({"detail": "out of order"}, status=500)
        order = await request.json()
        assert order["stream"] is False
        sound = base64.b64encode(synthesize_tones(order, self.rate)).decode()
        answer = {"audio": sound, "timestamps": self.time(order["input"])}
        return web.json_response(answer)


@pytest.fixture
def server() -> Iterator[CaptionServer]:
    with CaptionServer() as running:
        yield running


def voice_at(address: str, language: str, **options: str) -> Voice:
    return Voice(
        name="mine",
        description="d",
        engine="openai",
        voice="v",
        language=language,
        options={"address": address, **options},
    )


def synthesize(voice: Voice, text: str) -> Clip:
    with contextlib.closing(OpenAI(voice)) as engine:
        return engine.synthesize(line_of(text, voice))


def test_the_times_of_the_server_itself_are_used(server: CaptionServer) -> None:
    clip = synthesize(voice_at(server.address, "en-US"), ENGLISH)
    assert sounds_like(clip, ENGLISH)
    assert not clip.approximate
    assert (server.asked, server.requests) == (1, [])


@pytest.mark.parametrize("words", [None, [], [{"word": 3}], [{"word": "a", "start_time": -1}]])
def test_without_usable_times_they_are_estimates(
    server: CaptionServer, words: list[dict[str, Any]] | None
) -> None:
    server.words, server.timed = words, False
    clip = synthesize(voice_at(server.address, "fr-FR"), ENGLISH)
    assert clip.approximate


def test_where_captions_fail_plain_speech_is_requested(server: CaptionServer) -> None:
    server.broken = True
    clip = synthesize(voice_at(server.address, "fr-FR"), ENGLISH)
    assert len(server.requests) == 1
    assert clip.approximate


def test_a_preset_may_ask_for_estimates(server: CaptionServer) -> None:
    voice = voice_at(server.address, "en-US", word_times="estimated")
    assert synthesize(voice, ENGLISH).approximate
    assert server.asked == 0


def test_another_value_is_an_error(server: CaptionServer) -> None:
    with pytest.raises(PresetError, match="word_times is 'exact'; allowed are aligned, estimated"):
        OpenAI.required_bundles(voice_at(server.address, "en-US", word_times="exact"))


@pytest.mark.parametrize("language", ["zh-HK", "ja-JP", "fr-FR"])
def test_a_language_without_an_embedded_voice_has_no_reference(language: str) -> None:
    assert find_reference(voice_at("http://127.0.0.1", language)) is None


@pytest.mark.parametrize("answer", ["{", "{}", '{"audio": 3}', '{"audio": "%%"}', "[" * 9999])
def test_an_answer_without_sound_is_refused(answer: str) -> None:
    with pytest.raises(InvalidResponse, match="no sound"):
        read_timed_speech(answer.encode())


def test_words_out_of_order_are_put_in_order() -> None:
    words = [
        {"word": "b", "start_time": 0.5, "end_time": 0.9},
        {"word": "a", "start_time": 0.0, "end_time": 0.5},
    ]
    _, read = read_timed_speech(json.dumps({"audio": "", "timestamps": words}).encode())
    assert [word.text for word in read] == ["a", "b"]


def test_an_embedded_voice_times_the_words_of_another(narrator: Voice) -> None:
    speaker = replace(narrator, voice="zm_yunjian")
    with contextlib.closing(Kokoro(speaker)) as engine:
        spoken = engine.synthesize(line_of(MANDARIN, speaker))
    sound = encode(spoken.samples.reshape(1, -1), "wav", spoken.rate)

    def speak(_request: web.Request, _tones: bytes) -> web.Response:
        return web.Response(body=sound, content_type="audio/wav")

    with SpeechServer(speak) as server:
        voice = voice_at(server.address, "zh-CN")
        clip = synthesize(voice, MANDARIN)
        estimate = synthesize(
            replace(voice, options={**voice.options, "word_times": "estimated"}), MANDARIN
        )
    assert (clip.approximate, estimate.approximate) == (False, True)
    errors = [
        abs(a.start - b.start) for a, b in zip(clip.spans, spoken.spans, strict=True) if a and b
    ]
    assert max(errors) < 0.1 * spoken.rate
