"""Read the response of a server with OpenAI's speech interface.

It is a sound file, or an error.
"""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

from ...errors import EngineError, InvalidResponse, RateLimited, TransientError
from ...messages import _
from ...redaction import redact
from ..online.decoding import decode_response
from ..online.retry_after import advise_wait, parse_retry_after
from .keys import explain_missing_key

if TYPE_CHECKING:
    from aiohttp import ClientResponse

    from ...units import Mono16, Seconds

MAX_MESSAGE = 160  # characters quoted of a server's own message
MAX_QUOTE = 40  # characters quoted of a header
MAX_MESSAGE_BYTES = 10_000  # read of a refusal
UNKNOWN_LENGTH = 0x7FFF_0000  # bytes; a WAV with a larger size was written before it was known
SIGNATURES = {
    b"RIFF": "wav",
    b"fLaC": "flac",
    b"ID3": "mp3",
    **dict.fromkeys((b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"), "mp3"),
}
"""First bytes of a file → the format to decode it as."""

RIFF_HEADER = 12  # bytes: "RIFF", size, "WAVE"; then chunks of name, size and content


async def read_refusal(
    response: ClientResponse, host: str, key: str, *, captions: bool = False
) -> EngineError | None:
    """Return the error of a refusal; None if the server returns sound.

    Args:
        response: The response, its content not yet read.
        host: The server's address, as the message names it.
        key: The key that was sent, or "".
        captions: Whether the sound comes with its words, as JSON.
    """
    status = response.status
    if status == 200:
        return await _refuse_other_content(response, host, captions=captions)
    message = _quote_message(await response.content.read(MAX_MESSAGE_BYTES))
    retry_after = parse_retry_after(response.headers.get("Retry-After"))
    if status == 429 and "insufficient_quota" not in message:
        return RateLimited(
            _("{host} receives too many requests{message}; {advise_wait}").format(
                host=host, message=message, advise_wait=advise_wait(retry_after)
            ),
            retry_after,
        )
    if status == 503 and retry_after is not None:
        return RateLimited(
            _("{host} is busy{message}; {advise_wait}").format(
                host=host, message=message, advise_wait=advise_wait(retry_after)
            ),
            retry_after,
            status,
        )
    if status >= 500:
        return TransientError(
            _("{host} failed (HTTP {status}){message}").format(
                host=host, status=status, message=message
            )
        )
    return EngineError(
        _("{host} {explain_status} (HTTP {status}){message}").format(
            host=host, explain_status=_explain_status(status, key), status=status, message=message
        )
    )


async def _refuse_other_content(
    response: ClientResponse, host: str, *, captions: bool
) -> EngineError | None:
    """Return the error of a success that has no sound in it; None if it has."""
    encoding = response.headers.get("Content-Encoding", "identity")
    if encoding != "identity":
        return EngineError(
            _(
                "{host} compresses its sound ({encoding}), which is not accepted; check the "
                "server, or what lies between"
            ).format(host=host, encoding=encoding[:MAX_QUOTE])
        )
    media_type = response.content_type
    if captions and media_type == "application/json":
        return None
    if media_type.startswith("audio/") or media_type == "application/octet-stream":
        return None
    message = _quote_message(await response.content.read(MAX_MESSAGE_BYTES))
    return EngineError(
        _("{host} answers with {media_type}, not with sound{message}; check the address").format(
            host=host, media_type=media_type[:MAX_QUOTE], message=message
        )
    )


def _explain_status(status: int, key: str) -> str:
    """Return the explanation of a refusal that is permanent.

    Any further attempt would be refused as well.
    """
    if status in {401, 403} and not key:
        return f"does not answer without a key, and none is meant for it: {explain_missing_key()}"
    if status in {401, 403}:
        return "does not accept the key; 'speechcast voices show' names the variable it comes from"
    if status == 404:
        return "has no /v1/audio/speech, or not the model or voice; check the preset"
    if 300 <= status < 400:
        return "redirects to another address; check the address"
    return "does not accept the request; check voice, model and text"


def _quote_message(body: bytes) -> str:
    """Return ": " and the server's message in one line.

    The result is "" if the message is empty or HTML.

    The server may repeat the key in it; that is taken out before anything is cut off.
    """
    text = body.decode(errors="replace")
    try:
        text = _find_message(json.loads(text))
    except ValueError:
        text = "" if "<" in text else text
    printable = "".join(c if c.isprintable() else " " for c in redact(text))
    quote = " ".join(printable.split())[:MAX_MESSAGE]
    return f": {quote}" if quote else ""


def _find_message(body: Any) -> str:
    """Return the message in an error's JSON, or "".

    OpenAI's and FastAPI's forms are read.

    >>> _find_message({"error": {"message": "no credit", "code": "insufficient_quota"}})
    'no credit (insufficient_quota)'
    """
    for name in ("error", "detail", "message"):
        if isinstance(body, dict) and name in body:
            message = _find_message(body[name])
            code = body[name].get("code") if isinstance(body[name], dict) else None
            return f"{message} ({code})" if isinstance(code, str) else message
    return body if isinstance(body, str) else ""


def decode_sound(audio: bytes, longest: Seconds) -> Mono16:
    """Return the sound file as mono samples at `SAMPLE_RATE`, int16, shape (samples,).

    Args:
        audio: The file's content.
        longest: How long the sound may last.

    Raises:
        InvalidResponse: It is no WAV, FLAC or MP3, is cut short, is too long, or cannot be decoded.
    """
    container = next((form for start, form in SIGNATURES.items() if audio.startswith(start)), None)
    if container is None:
        raise InvalidResponse(_("the server's answer is no WAV, FLAC or MP3"))
    if container == "wav":
        _require_whole_wav(audio)
    return decode_response(audio, container, "server", longest)


def _require_whole_wav(audio: bytes) -> None:
    """Raise InvalidResponse unless the WAV's samples are complete.

    They are complete if they have as many bytes as the header says.

    A server that did not know the length when it wrote the header says `UNKNOWN_LENGTH` or more.
    """
    offset = RIFF_HEADER
    while offset + 8 <= len(audio):
        name, size = struct.unpack_from("<4sI", audio, offset)
        offset += 8
        if name == b"data":
            if size < UNKNOWN_LENGTH and offset + size > len(audio):
                raise InvalidResponse(_("the server's sound is cut short"))
            return
        offset += size + size % 2
    raise InvalidResponse(_("the server's sound is cut short"))
