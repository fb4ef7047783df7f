"""Synthesize with a server that has OpenAI's speech interface.

The interface is `POST …/v1/audio/speech`.

Kokoro-FastAPI, LocalAI and others offer it, on one's own machine or elsewhere. A preset's
`[options]` give the server's `address` and may give `model`, `format` (wav, flac or mp3) and
`limit`. Address and model may instead come from `SPEECHCAST_OPENAI_ADDRESS` and
`SPEECHCAST_OPENAI_MODEL`. The key comes only from the environment (see keys.py), and goes only into
the request's header.

Such a server does not say when its words are spoken: see pause_alignment.py.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from ...audio.activity import find_active_ranges, snap_to_sound
from ...downloads.bundle import Bundle
from ...errors import EngineError, InvalidResponse, PresetError, ServiceUnreachable, TransientError
from ...model import Clip, Utterance, Voice
from ...redaction import hide_login, without_login
from ..base import SAMPLE_RATE, Destination, RemoteEngine, ignore_start
from ..online.addresses import is_http_address
from ..online.bounds import longest_sound, most_bytes
from ..online.deadlines import Deadlines, explain_interruption, read_with_deadlines
from ..online.event_loop import EventLoop
from ..online.options import request_limit
from ..online.proxy import find_proxy
from ..online.spans import clamp_spans
from .keys import OUR_ADDRESS, find_key
from .pause_alignment import align_to_pauses
from .responses import decode_sound, read_refusal

SOUND_VERSION = 1  # raise it when the same response is turned into another clip
MAX_CHARACTERS = 300
MAX_REQUESTS = 4  # at once, unless the preset has a limit; servers may be small
# Such a server may synthesize everything, slower than real time, before it sends the first byte.
DEADLINES = Deadlines(
    first=15.0, first_per_character=0.4, next=15.0, total=30.0, total_per_character=0.6
)
MODEL = "tts-1"  # a name that every such server accepts
FORMATS = ("wav", "flac", "mp3")


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and the model and file format to request from it."""

    address: str  # up to but without /v1
    model: str
    format: str

    @property
    def display_address(self) -> str:
        """Its address without user name and password."""
        return without_login(self.address)


class OpenAI(RemoteEngine[bytes]):
    """The engine behind presets with `engine = "openai"`.

    The server's response is a sound file.
    """

    approximate: ClassVar[bool] = True

    def __init__(self, voice: Voice, deadlines: Deadlines = DEADLINES) -> None:
        super().__init__(voice)
        self._deadlines = deadlines
        self._server = resolve_server(voice)
        self._key = find_key(voice, self._server.address)
        self._loop = EventLoop("openai")

    @property
    def service(self) -> str:
        """The engine's name and the server's address.

        Each server has its own limit.
        """
        return f"openai {self._server.address}"

    @property
    def workers(self) -> int:
        """The preset's `limit`, or `MAX_REQUESTS`."""
        return request_limit(self.voice, MAX_REQUESTS)

    def request(self, utterance: Utterance, on_start: Callable[[], None] = ignore_start) -> bytes:
        """Return the server's complete sound file; see `RemoteEngine.request`."""
        return self._loop.run(self._request(utterance.spoken, on_start))

    def to_clip(self, utterance: Utterance, response: bytes) -> Clip:
        """Return the sound file as a clip; see `RemoteEngine.to_clip`."""
        samples = decode_sound(response, longest_sound(utterance.spoken, self.voice))
        sounds = find_active_ranges(samples, SAMPLE_RATE)
        if not sounds:
            raise InvalidResponse("the server sent nothing but silence")
        estimates = align_to_pauses(utterance.tokens, sounds, SAMPLE_RATE)
        spans = clamp_spans(estimates, len(samples))
        return snap_to_sound(Clip(samples, SAMPLE_RATE, spans), utterance.tokens)

    def close(self) -> None:
        """Drop every connection; running requests raise EngineError."""
        self._loop.stop()

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004 the same for every voice
        """Return `MAX_CHARACTERS`."""
        return MAX_CHARACTERS

    @staticmethod
    def destination(voice: Voice) -> Destination:
        """Return the server's address.

        Raises:
            PresetError: Address, format or key is not usable.
        """
        address = resolve_server(voice).display_address
        find_key(voice, address)
        return Destination(address, address)

    @classmethod
    def sound_version(cls, voice: Voice) -> str:
        """Return `SOUND_VERSION` with the server's address, model and format."""
        server = resolve_server(voice)
        return f"{SOUND_VERSION} {server.display_address} {server.model} {server.format}"

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return no bundles: the model is the server's.

        Raises:
            PresetError: Address, format, limit or key is not usable, or the preset has a pitch.
        """
        find_key(voice, resolve_server(voice).address)
        request_limit(voice, MAX_REQUESTS)
        if voice.pitch:
            raise PresetError(
                f"preset '{voice.name}': such a server cannot change the pitch; leave it out"
            )
        return ()

    async def _request(self, text: str, on_start: Callable[[], None]) -> bytes:
        """Return the complete response, every foreign exception translated to an EngineError."""
        pieces = read_with_deadlines(self._stream(text), text, self._deadlines, on_start)
        try:
            return b"".join([piece async for piece in pieces])
        except EngineError:
            raise
        except Exception as exc:
            raise self._translate_error(exc) from exc

    async def _stream(self, text: str) -> AsyncIterator[bytes]:
        """Yield the response's bytes as they arrive.

        Raises:
            EngineError: The server refuses.
            InvalidResponse: It sends more than the text can take.
        """
        import aiohttp

        url = f"{self._server.address}/v1/audio/speech"
        proxy = find_proxy(url, self.voice.options.get("proxy"))
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=self._deadlines.connect)
        async with (
            aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session,
            session.post(
                url,
                json=self._body(text),
                headers=self._headers(),
                proxy=proxy,
                allow_redirects=False,
            ) as response,
        ):
            if error := await read_refusal(response, self._server.display_address, self._key):
                raise error
            left = most_bytes(text, self.voice)
            async for piece in response.content.iter_any():
                left -= len(piece)
                if left < 0:
                    raise InvalidResponse("the server sends more sound than the text can take")
                yield piece

    def _headers(self) -> dict[str, str]:
        """Return the request's headers.

        A compressed answer is refused: sound does not shrink, and a few bytes could hold gigabytes.
        """
        key = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        return {"Accept-Encoding": "identity"} | key

    def _body(self, text: str) -> dict[str, Any]:
        """Return the request's JSON, by OpenAI's API reference, "Create speech"."""
        body: dict[str, Any] = {
            "model": self._server.model,
            "input": text,
            "voice": self.voice.voice,
            "response_format": self._server.format,
        }
        if self.voice.rate:
            body["speed"] = 1 + self.voice.rate / 100
        return body

    def _translate_error(self, exc: Exception) -> EngineError:
        """Return our error for an exception of aiohttp or the deadlines."""
        import aiohttp

        if isinstance(exc, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
            return ServiceUnreachable(
                f"{self._server.display_address} cannot be reached; start the server, or check the "
                f"address in the preset '{self.voice.name}'"
            )
        if reason := explain_interruption(exc):
            return TransientError(reason)
        if isinstance(exc, UnicodeEncodeError):
            return EngineError(
                "it contains half a character, which cannot be sent; correct the text"
            )
        return InvalidResponse(f"the server's answer cannot be read ({type(exc).__name__})")


def resolve_server(voice: Voice) -> Server:
    """Return the server that the preset, or else the environment, names.

    Raises:
        PresetError: The address or the format is not usable.
    """
    address = voice.options.get("address") or os.environ.get(OUR_ADDRESS, "")
    hide_login(address)
    model = voice.options.get("model") or os.environ.get("SPEECHCAST_OPENAI_MODEL", MODEL)
    form = voice.options.get("format", FORMATS[0])
    if form not in FORMATS:
        raise PresetError(
            f"preset '{voice.name}': format is '{form}'; allowed are {', '.join(FORMATS)}"
        )
    if not _is_server_address(address):
        problem = f"address is '{without_login(address)}'" if address else "it names no address"
        raise PresetError(
            f"preset '{voice.name}': {problem}; give the server's under [options], "
            f'like address = "http://127.0.0.1:8880"'
        )
    return Server(address.rstrip("/").removesuffix("/v1").rstrip("/"), model, form)


def _is_server_address(address: str) -> bool:
    parts = urlsplit(address) if is_http_address(address) else None
    return parts is not None and not parts.query and not parts.fragment
