"""What a server with OpenAI's speech interface answers: its sound, or why there is none."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

from ...errors import EngineError, InvalidResponse, RateLimited, TransientError
from ..online.decoding import decode_response
from ..online.retry_after import parse_retry_after

if TYPE_CHECKING:
    import numpy as np
    from aiohttp import ClientResponse
    from numpy.typing import NDArray

MAX_MESSAGE = 160  # characters of what a server says of its refusal
UNENDING = 0x7FFF_0000  # a WAV of this many bytes was written before its length was known
# How a file begins, and as what it is then read; nothing is read as what a server calls it.
KINDS = {b"RIFF": "wav", b"fLaC": "flac", b"ID3": "mp3", b"\xff\xfb": "mp3", b"\xff\xf3": "mp3"}
KINDS |= {b"\xff\xf2": "mp3", b"\xff\xfa": "mp3"}


async def read_refusal(response: ClientResponse, host: str, key: str) -> EngineError | None:
    """Why the server gives no sound, None if it does. The key is not in what it is told to say."""
    status = response.status
    if status == 200:
        kind = response.content_type
        if kind.startswith("audio/") or kind == "application/octet-stream":
            return None
        return EngineError(f"{host} answers with {kind}, not with sound; check the address")
    told = _told(await response.content.read(10_000), key)
    after = parse_retry_after(response.headers.get("Retry-After"))
    if status == 429 and "insufficient_quota" not in told:
        return RateLimited(f"{host} wants to be asked less{told}; wait some minutes", after)
    if status == 503 and after is not None:
        return RateLimited(f"{host} is busy{told}; wait some minutes", after)
    if status >= 500:
        return TransientError(f"{host} failed (HTTP {status}){told}")
    return EngineError(f"{host} {_final(status)} (HTTP {status}){told}")


def _final(status: int) -> str:
    """What a refusal means that another attempt would meet as well."""
    if status in {401, 403}:
        return "does not take the key; set the right one in SPEECHCAST_OPENAI_KEY"
    if status == 404:
        return "knows no /v1/audio/speech, or not the model or voice; check the preset"
    if 300 <= status < 400:
        return "sends us elsewhere; check the address"
    return "does not take the request; check voice, model and text"


def _told(body: bytes, key: str) -> str:
    """What the server says of it, without the key it may repeat."""
    text = body.decode(errors="replace")
    try:
        text = _message(json.loads(text))
    except ValueError:
        text = "" if "<" in text else text
    if key:
        text = text.replace(key, "…")
    shown = "".join(c if c.isprintable() else " " for c in text)
    shown = " ".join(shown.split())[:MAX_MESSAGE]
    return f": {shown}" if shown else ""


def _message(said: Any) -> str:
    """The message in an error as OpenAI writes it, or FastAPI."""
    for name in ("error", "detail", "message"):
        if isinstance(said, dict) and name in said:
            inner = _message(said[name])
            code = said[name].get("code") if isinstance(said[name], dict) else None
            return f"{inner} ({code})" if isinstance(code, str) else inner
    return said if isinstance(said, str) else ""


def decode_sound(audio: bytes) -> NDArray[np.int16]:
    """The sound as mono samples at `RATE`. Raises SpoiltAnswer."""
    kind = next((kind for start, kind in KINDS.items() if audio.startswith(start)), None)
    if kind is None:
        raise InvalidResponse("the server's answer is no WAV, FLAC or MP3")
    if kind == "wav":
        _require_whole_wav(audio)
    return decode_response(audio, kind, "server")


def _require_whole_wav(audio: bytes) -> None:
    """Its samples are as many bytes as it says, unless it could not know."""
    at = 12
    while at + 8 <= len(audio):
        name, size = struct.unpack_from("<4sI", audio, at)
        at += 8
        if name == b"data":
            if size < UNENDING and at + size > len(audio):
                raise InvalidResponse("the server's sound is cut short")
            return
        at += size + size % 2
    raise InvalidResponse("the server's sound is cut short")
