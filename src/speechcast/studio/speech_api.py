"""OpenAI's speech interface: `POST /v1/audio/speech`.

Beyond it, `timestamp_granularities = ["word"]` asks for JSON in place of the sound alone: the sound
in base64, and when each word is heard. `/dev/captioned_speech` gives the same under the names of
Kokoro-FastAPI.
"""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..audio.encode import OutputFile, encode
from ..audio.formats import AUDIO_FORMATS
from ..errors import ConsentError, EngineError, SpeechcastError, UsageError
from ..messages import _
from ..playback.sinks import to_raw
from ..text.language import detect_language
from ..voices import presets
from .answers import read_json, run_in_threadpool
from .errors import describe_bug
from .security import LOOPBACK, Guard, describe_api_error
from .sounds import encode_wav
from .speech_service import BusyError, SpeechService, SpokenText

MODELS = ("tts-1", "tts-1-hd", "gpt-4o-mini-tts", "kokoro")  # names that programs send; all alike
MOST_BYTES = 1_000_000  # of a request; as long a text as may be, in JSON
_TYPES = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "opus": "audio/ogg",
    "flac": "audio/flac",
    "pcm": "audio/pcm",
}
_IGNORED = ("instructions", "lang_code", "normalization_options", "user", "stream")


def create_speech_app(
    service: SpeechService, key: str | None, hosts: Sequence[str] = LOOPBACK
) -> Starlette:
    """Return an application that serves the interface alone.

    Args:
        service: What speaks.
        key: What a request must carry; None if any may come.
        hosts: The names by which it may be addressed.
    """
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(Guard, token=key, hosts=hosts, most_bytes=MOST_BYTES)],
        exception_handlers={HTTPException: explain_api_status, Exception: explain_api_bug},
    )
    app.state.speech = service
    return app


async def create_speech(request: Request) -> Response:
    """Speak a text."""
    return await _speak(request, captioned=False)


async def create_captioned_speech(request: Request) -> Response:
    """Speak a text, and say when each word is heard, as Kokoro-FastAPI does."""
    return await _speak(request, captioned=True)


async def list_models(_request: Request) -> Response:
    """Answer with the names of models; all of them are the same to us."""
    models = [
        {"id": name, "object": "model", "created": 0, "owned_by": "speechcast"} for name in MODELS
    ]
    return JSONResponse({"object": "list", "data": models})


async def list_api_voices(_request: Request) -> Response:
    """Answer with the voices."""
    return JSONResponse({"voices": await run_in_threadpool(_describe_voices)})


async def explain_api_status(_request: Request, exc: Exception) -> Response:
    """Return an error of HTTP in the interface's form."""
    assert isinstance(exc, HTTPException)
    return JSONResponse(describe_api_error(exc.detail, exc.status_code), exc.status_code)


async def explain_api_bug(_request: Request, exc: Exception) -> Response:
    """Return an error that no part of the program foresaw in the interface's form."""
    return JSONResponse(describe_api_error(describe_bug(exc), 500), 500)


async def _speak(request: Request, *, captioned: bool) -> Response:
    try:
        content = await read_json(request)
        text, voice = _text(content, "input"), _voice(content)
        form, speed = _format(content), _speed(content)
        timed = captioned or _wants_words(content)
        service: SpeechService = request.app.state.speech
        spoken = await run_in_threadpool(service.speak, text, voice, speed)
        sound = await run_in_threadpool(_encode, spoken, form)
    except SpeechcastError as exc:
        return _explain(exc)
    if not timed:
        return Response(sound, media_type=_TYPES[form])
    return JSONResponse(_describe_timed(spoken, sound, form, captioned=captioned))


def _describe_timed(
    spoken: SpokenText, sound: bytes, form: str, *, captioned: bool
) -> dict[str, Any]:
    words = list(spoken.words())
    audio = base64.b64encode(sound).decode()
    if captioned:
        timestamps = [
            {"word": w.word, "start_time": round(w.start, 4), "end_time": round(w.end, 4)}
            for w in words
        ]
        return {"audio": audio, "audio_format": _TYPES[form], "timestamps": timestamps}
    text = "".join(clip.utterance.shown for clip in spoken.timeline.clips)
    return {
        "audio": audio,
        "format": form,
        "duration": round(spoken.seconds, 4),
        "language": detect_language(text) or "",
        "text": text,
        "words": [{**asdict(w), "start": round(w.start, 4), "end": round(w.end, 4)} for w in words],
    }


def _encode(spoken: SpokenText, form: str) -> bytes:
    """Return the sound as the bytes of a file."""
    rate = spoken.timeline.rate
    if form == "wav":
        return encode_wav(spoken.blocks(), rate)
    if form == "pcm":
        return b"".join(to_raw(block, rate) for block in spoken.blocks())
    with tempfile.TemporaryDirectory(prefix="speechcast-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "speech"
        encode(spoken.blocks(), rate, OutputFile(path, AUDIO_FORMATS[form]))
        return path.read_bytes()


def _describe_voices() -> list[dict[str, Any]]:
    voices = []
    for name, path in presets.PRESETS.list_files().items():
        try:
            voice = presets.read_preset(path)
        except SpeechcastError:
            continue
        voices.append(
            {"id": name, "name": name, "language": voice.language, "description": voice.description}
        )
    return voices


def _explain(exc: SpeechcastError) -> Response:
    status = 400
    if isinstance(exc, BusyError):
        status = 429
    elif isinstance(exc, ConsentError):
        status = 403
    elif isinstance(exc, EngineError):
        status = 502
    headers = {"Retry-After": "2"} if status == 429 else None
    param = exc.args[1] if isinstance(exc, ParameterError) else None
    message = " ".join(str(exc.args[0] if isinstance(exc, ParameterError) else exc).split())
    return JSONResponse(describe_api_error(message, status, param), status, headers=headers)


class ParameterError(UsageError):
    """A parameter of a request has a value that is not allowed: the message, and its name."""


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ParameterError(_("{name} must be a text that is not empty").format(name=name), name)
    return value.encode("utf-8", "replace").decode()


def _voice(content: Mapping[str, Any]) -> str:
    voice = content.get("voice")
    if isinstance(voice, Mapping):  # a newer form of the interface
        voice = voice.get("id")
    return _text({"voice": voice}, "voice")


def _format(content: Mapping[str, Any]) -> str:
    form = content.get("response_format") or "mp3"
    if not isinstance(form, str) or form not in _TYPES:
        allowed = _(", ").join(_TYPES)
        raise ParameterError(
            _("response_format is {form!r:.40}; allowed are {allowed}").format(
                form=form, allowed=allowed
            ),
            "response_format",
        )
    return form


def _speed(content: Mapping[str, Any]) -> float:
    speed = content.get("speed")
    if speed is None:
        return 1.0
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not 0 < speed < 100:
        raise ParameterError(_("speed must be a number"), "speed")
    return float(speed)


def _wants_words(content: Mapping[str, Any]) -> bool:
    if content.get("stream_format") not in (None, "audio"):
        raise ParameterError(_("stream_format must be audio"), "stream_format")
    wanted = content.get("timestamp_granularities") or []
    if not isinstance(wanted, list) or any(item != "word" for item in wanted):
        raise ParameterError(
            _('timestamp_granularities must be ["word"]'), "timestamp_granularities"
        )
    return bool(wanted)


ROUTES = [
    Route("/v1/audio/speech", create_speech, methods=["POST"]),
    Route("/v1/audio/voices", list_api_voices, methods=["GET"]),
    Route("/v1/models", list_models, methods=["GET"]),
    Route("/dev/captioned_speech", create_captioned_speech, methods=["POST"]),
]
