"""Other programs use our voices."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openai
import platformdirs
import pytest

from speechcast.audio.decode import decode_audio
from speechcast.errors import ConsentError, EngineError, SpeechcastError, TextError
from speechcast.studio import speech_api
from speechcast.studio.speech_api import create_speech_app
from speechcast.studio.speech_service import MOST_CHARACTERS, BusyError, SpeechService
from speechcast.synthesis.resources import NO_CACHE
from tests.support.embedded import load_english
from tests.support.studio_client import Client, serve_app

KEY = "the-key-of-the-tests"
TEXT = "你好，世界。今天是5月3日。"
SECONDS = 3.15  # of the tones of this text, with the silence around them


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serve_app(create_speech_app(SpeechService(NO_CACHE), KEY)) as number:
        yield number


@pytest.fixture(scope="module")
def client(port: int) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key=KEY, max_retries=0)


def seconds_of(sound: bytes) -> float:
    blocks = list(decode_audio(io.BytesIO(sound)))
    return sum(len(block) for _, block in blocks) / blocks[0][0]


@pytest.mark.parametrize("form", ["mp3", "wav", "opus", "flac"])
def test_the_official_client_gets_every_format(client: openai.OpenAI, form: str) -> None:
    answer = client.audio.speech.create(
        model="tts-1",
        voice="tone",
        input=TEXT,
        response_format=form,  # type: ignore[arg-type]
    )
    assert seconds_of(answer.content) == pytest.approx(SECONDS, abs=0.05)


def test_pcm_is_the_samples_of_the_wav(client: openai.OpenAI) -> None:
    def sound(form: str) -> bytes:
        return client.audio.speech.create(
            model="tts-1",
            voice="tone",
            input=TEXT,
            response_format=form,  # type: ignore[arg-type]
        ).content

    assert sound("wav")[44:] == sound("pcm")


def test_a_speech_is_streamed_into_a_file(client: openai.OpenAI) -> None:
    with client.audio.speech.with_streaming_response.create(
        model="tts-1", voice="tone", input=TEXT
    ) as answer:
        assert seconds_of(answer.read()) == pytest.approx(SECONDS, abs=0.05)


def test_twice_the_speed_takes_half_the_time(client: openai.OpenAI) -> None:
    sounds = [
        client.audio.speech.create(
            model="tts-1", voice="tone", input="今天开会", response_format="wav", speed=speed
        ).content
        for speed in (1.0, 2.0)
    ]
    once, twice = (seconds_of(sound) - 0.3 for sound in sounds)
    assert twice == pytest.approx(once / 2, abs=0.01)


def test_words_and_when_they_are_heard(client: openai.OpenAI) -> None:
    answer = client.audio.speech.create(
        model="tts-1",
        voice="tone",
        input="你好，世界。",
        response_format="wav",
        extra_body={"timestamp_granularities": ["word"]},
    )
    content = json.loads(answer.content)
    assert content["words"] == [
        {"word": "你好，", "start": 0.1, "end": 0.5},
        {"word": "世界。", "start": 0.65, "end": 1.05},
    ]
    assert seconds_of(base64.b64decode(content["audio"])) == pytest.approx(content["duration"])


def test_words_as_another_server_gives_them(port: int) -> None:
    request = {"input": "你好。", "voice": "tone", "response_format": "wav"}
    content = Client(port, KEY).post("/dev/captioned_speech", request).json
    assert content["timestamps"] == [{"word": "你好。", "start_time": 0.1, "end_time": 0.5}]


def test_models_and_voices_are_listed(client: openai.OpenAI, port: int) -> None:
    assert "tts-1" in [model.id for model in client.models.list()]
    voices = Client(port, KEY).get("/v1/audio/voices").json["voices"]
    assert {"narrator", "heart", "tone"} <= {voice["id"] for voice in voices}


@pytest.mark.parametrize(
    ("request_", "param", "words"),
    [
        ({"input": "你好。", "voice": "nobody"}, None, "no voice 'nobody'"),
        ({"input": "你好。", "voice": "../x.toml"}, None, "no voice"),
        ({"input": "你好。", "voice": "/etc/passwd.toml"}, None, "no voice"),
        ({"input": "  ", "voice": "tone"}, "input", "not empty"),
        ({"input": "……", "voice": "tone"}, None, "no words"),
        ({"voice": "tone"}, "input", "input"),
        ({"input": "你好。"}, "voice", "voice"),
        ({"input": "你好。", "voice": "tone", "response_format": "aac"}, "response_format", "mp3"),
        ({"input": "你好。", "voice": "tone", "speed": 4}, None, "0.5 to 2"),
        ({"input": "你好。", "voice": "tone", "speed": "fast"}, "speed", "number"),
        ({"input": "你好。", "voice": "tone", "speed": 0}, "speed", "number"),
        ({"input": "你好。", "voice": "tone", "speed": True}, "speed", "number"),
        ({"input": "你好。", "voice": "tone", "speed": 10**400}, "speed", "number"),
        (
            {"input": "你好。", "voice": "tone", "response_format": ["mp3"]},
            "response_format",
            "mp3",
        ),
        (
            {"input": "你好。", "voice": "tone", "response_format": {"a": 1}},
            "response_format",
            "mp3",
        ),
        ({"input": "你好。", "voice": ["tone"]}, "voice", "voice"),
        ({"input": ["你好。"], "voice": "tone"}, "input", "input"),
        (
            {"input": "你好。", "voice": "tone", "timestamp_granularities": [["word"]]},
            "timestamp_granularities",
            "word",
        ),
        ({"input": "你好。", "voice": "tone", "stream_format": ["sse"]}, "stream_format", "audio"),
        ({"input": "你好。", "voice": "tone", "stream_format": {}}, "stream_format", "audio"),
        ({"input": "你好。", "voice": "tone", "stream_format": "sse"}, "stream_format", "audio"),
        ({"input": "好" * (MOST_CHARACTERS + 1), "voice": "tone"}, None, "split it"),
    ],
)
def test_an_error_has_the_form_of_the_interface(
    port: int, request_: dict[str, object], param: str | None, words: str
) -> None:
    _require_error(port, request_, param, words)


def test_a_voice_of_another_language_is_an_error_of_that_form(port: int) -> None:
    load_english("heart")  # what is not installed is said first
    _require_error(port, {"input": "你好。", "voice": "heart"}, None, "speaks en-US")


def _require_error(port: int, request_: dict[str, object], param: str | None, words: str) -> None:
    answer = Client(port, KEY).post("/v1/audio/speech", {"model": "tts-1", **request_})
    assert answer.status == 400
    error = answer.json["error"]
    assert error["type"] == "invalid_request_error"
    assert error["param"] == param
    assert words in error["message"]


def test_what_is_null_is_what_is_left_out(port: int) -> None:
    request = {"input": "你好。", "voice": "tone"}
    null = dict.fromkeys(
        ("speed", "response_format", "stream_format", "timestamp_granularities", "instructions")
    )
    sounds = [
        Client(port, KEY).post("/v1/audio/speech", sent).body for sent in (request, request | null)
    ]
    assert sounds[0] == sounds[1]
    assert seconds_of(sounds[0]) > 0


def test_a_broken_preset_hides_no_other_voice(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda _name: tmp_path)
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices/a.toml").write_text("engine = 5\n", "utf-8")
    voices = Client(port, KEY).get("/v1/audio/voices").json["voices"]
    names = [voice["id"] for voice in voices]
    assert "a" not in names
    assert "narrator" in names


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (EngineError("a"), 502),
        (BusyError("a"), 429),
        (ConsentError("a"), 403),
        (TextError("a"), 400),
    ],
)
def test_the_status_says_whose_fault_it_is(error: SpeechcastError, status: int) -> None:
    answer = speech_api._explain(error)
    assert (answer.status_code, "retry-after" in answer.headers) == (status, status == 429)


def test_front_matter_of_a_request_names_no_voice(client: openai.OpenAI) -> None:
    text = "---\nvoice: yunxi\n---\n你好。"
    answer = client.audio.speech.create(
        model="tts-1", voice="tone", input=text, response_format="wav"
    )
    assert seconds_of(answer.content) > 1


def test_an_online_voice_is_refused_unless_the_user_allows_it(client: openai.OpenAI) -> None:
    with pytest.raises(openai.PermissionDeniedError, match="nothing was sent"):
        client.audio.speech.create(model="tts-1", voice="yunxi", input="你好。")


def test_a_wrong_key_is_refused(port: int) -> None:
    client = openai.OpenAI(base_url=f"http://127.0.0.1:{port}/v1", api_key="no", max_retries=0)
    with pytest.raises(openai.AuthenticationError):
        client.audio.speech.create(model="tts-1", voice="tone", input="你好。")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null", b"[" * 100_000, b"\xff"])
def test_a_body_that_is_no_request_is_refused(port: int, body: bytes) -> None:
    answer = Client(port, KEY).send(
        "POST", "/v1/audio/speech", body, Content_Type="application/json"
    )
    assert answer.status == 400
    assert answer.json["error"]["message"]


def test_a_body_that_is_too_large_is_refused(port: int) -> None:
    answer = Client(port, KEY).send(
        "POST", "/v1/audio/speech", b" " * 1_000_001, Content_Type="application/json"
    )
    assert answer.status == 413
    assert answer.json["error"]["type"] == "invalid_request_error"


def test_the_studio_serves_the_same_with_its_token(studio: Client) -> None:
    request = {"model": "tts-1", "voice": "tone", "input": "你好。"}
    assert studio.post("/v1/audio/speech", request).status == 200
