"""Voices of any server with the speech interface of OpenAI: `POST …/v1/audio/speech`.

Kokoro-FastAPI, LocalAI and others have it, on one's own machine or not. A preset's `[options]` say
where it is (`address`) and may say `model`, `format` (wav, flac or mp3) and `limit`. Address and
model may come from `SPEECHCAST_OPENAI_ADDRESS` and `SPEECHCAST_OPENAI_MODEL` instead. The key comes
from the environment alone, and goes nowhere but into the request's header.

Such a server says nothing of when its words are heard: see placing.py.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from ...audio.activity import active_ranges, snap_to_sound
from ...downloads.bundle import Bundle
from ...errors import EngineError, InvalidResponse, PresetError, ServiceUnreachable, TransientError
from ...model import Clip, Utterance, Voice
from ..edge.word_alignment import in_order
from ..online.deadlines import Deadlines, read_with_deadlines, ignore_start, explain_interruption
from ..online.decoding import RATE
from ..online.event_loop import EventLoop
from ..online.options import request_limit
from ..online.proxy import find_proxy, without_login
from .pause_alignment import align_to_pauses
from .responses import read_refusal, decode_sound

SOUND_VERSION = 1  # to be raised when this file makes another clip of the same answer
MAX_CHARACTERS = 300  # characters
MAX_REQUESTS = 4  # requests in flight at the most; many a server is somebody's own machine
# Such a server may first make all of its sound, slower than it is heard, and then send it.
DEADLINES = Deadlines(first=15.0, first_per_character=0.4, next=15.0, total=30.0, total_per_character=0.6)
MODEL = "tts-1"  # a name every such server knows
FORMATS = ("wav", "flac", "mp3")
MAX_RESPONSE_BYTES = 64_000_000
OFFICIAL_HOST = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to ask, and for what."""

    address: str  # up to and without /v1
    model: str
    format: str

    @property
    def display_address(self) -> str:
        """Its address as it may be told to anyone."""
        return without_login(self.address)


class OpenAI:
    """The engine behind presets with `engine = "openai"`."""

    online: ClassVar[bool] = True
    phonetic: ClassVar[bool] = False
    cacheable: ClassVar[bool] = True
    approximate: ClassVar[bool] = True  # its tokens' times are estimates, but for the pauses

    def __init__(self, voice: Voice, deadlines: Deadlines = DEADLINES) -> None:
        self._voice = voice
        self._deadlines = deadlines
        self._server = resolve_server(voice)
        self._key = find_key(self._server.address)
        self._loop = EventLoop("openai")

    @property
    def service(self) -> str:
        return f"openai {self._server.address}"

    @property
    def workers(self) -> int:
        return request_limit(self._voice, MAX_REQUESTS)

    def synthesize(self, line: Utterance) -> Clip:
        return self.to_clip(line, self.request(line))

    def request(self, line: Utterance, begun: Callable[[], None] = ignore_start) -> bytes:
        return self._loop.run(self._ask(line.spoken, begun))

    def to_clip(self, line: Utterance, answer: bytes) -> Clip:
        samples = decode_sound(answer)
        sounds = active_ranges(samples, RATE)
        if not sounds:
            raise InvalidResponse("the server sent nothing but silence")
        spans = in_order(align_to_pauses(line.tokens, sounds, RATE), len(samples))
        return snap_to_sound(Clip(samples, RATE, spans), line.tokens)

    def close(self) -> None:
        self._loop.stop()

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004
        return MAX_CHARACTERS

    @staticmethod
    def sound_version(voice: Voice) -> str:
        server = resolve_server(voice)
        return f"{SOUND_VERSION} {server.display_address} {server.model} {server.format}"

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        find_key(resolve_server(voice).address)
        request_limit(voice, MAX_REQUESTS)
        if voice.pitch:
            raise PresetError(f"preset '{voice.name}': such servers take no pitch; leave it out")
        return ()

    async def _ask(self, text: str, begun: Callable[[], None]) -> bytes:
        """The server's whole answer. Raises EngineError."""
        try:
            pieces = [p async for p in read_with_deadlines(self._answer(text), text, self._deadlines, begun)]
        except EngineError:
            raise
        except Exception as exc:
            raise self._as_ours(exc) from exc
        return b"".join(pieces)

    async def _answer(self, text: str) -> AsyncIterator[bytes]:
        import aiohttp

        url = f"{self._server.address}/v1/audio/speech"
        proxy = find_proxy(url, self._voice.options.get("proxy"))
        limits = aiohttp.ClientTimeout(total=None, sock_connect=self._deadlines.connect)
        async with (
            aiohttp.ClientSession(timeout=limits) as session,
            session.post(
                url,
                json=self._order(text),
                headers={"Authorization": f"Bearer {self._key}"} if self._key else {},
                proxy=proxy,
                allow_redirects=False,
            ) as response,
        ):
            if refused := await read_refusal(response, self._server.display_address, self._key):
                raise refused
            received = 0
            async for piece in response.content.iter_any():
                received += len(piece)
                if received > MAX_RESPONSE_BYTES:
                    raise EngineError("the server sends without end")
                yield piece

    def _order(self, text: str) -> dict[str, Any]:
        order: dict[str, Any] = {
            "model": self._server.model,
            "input": text,
            "voice": self._voice.voice,
            "response_format": self._server.format,
        }
        if self._voice.rate:
            order["speed"] = 1 + self._voice.rate / 100
        return order

    def _as_ours(self, exc: Exception) -> EngineError:
        """What went wrong between us and the server, in our words."""
        import aiohttp

        if isinstance(exc, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
            return ServiceUnreachable(
                f"{self._server.display_address} cannot be reached; start the server, or check the address "
                f"in the preset '{self._voice.name}'"
            )
        if broken := explain_interruption(exc):
            return TransientError(broken)
        if isinstance(exc, UnicodeEncodeError):
            return EngineError("it holds half a character, which cannot be sent; correct the text")
        return InvalidResponse(f"the server's answer cannot be read ({type(exc).__name__})")


def resolve_server(voice: Voice) -> Server:
    """The server the preset names. Raises PresetError."""
    address = voice.options.get("address") or os.environ.get("SPEECHCAST_OPENAI_ADDRESS", "")
    model = voice.options.get("model") or os.environ.get("SPEECHCAST_OPENAI_MODEL", MODEL)
    form = voice.options.get("format", FORMATS[0])
    if form not in FORMATS:
        raise PresetError(
            f"preset '{voice.name}': format is '{form}', allowed are {', '.join(FORMATS)}"
        )
    if not _is_address(address):
        said = f"address is '{without_login(address)}'" if address else "it names no address"
        raise PresetError(
            f"preset '{voice.name}': {said}; give the server's under [options], "
            f'like address = "http://127.0.0.1:8880"'
        )
    return Server(address.rstrip("/").removesuffix("/v1").rstrip("/"), model, form)


def find_key(address: str) -> str:
    """The key to show the server at that address; "" for none. Raises PresetError.

    OpenAI's own key is shown to OpenAI alone, for a preset may come from anywhere.
    """
    key = os.environ.get("SPEECHCAST_OPENAI_KEY", "")
    if not key and urlsplit(address).hostname == OFFICIAL_HOST and address.startswith("https:"):
        key = os.environ.get("OPENAI_API_KEY", "")
    key = key.strip()
    if not key.isascii() or not key.isprintable():
        raise PresetError("the key in SPEECHCAST_OPENAI_KEY or OPENAI_API_KEY is not a key")
    return key


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        whole = bool(parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0)
    except ValueError:
        return False
    return whole and not parts.query and not parts.fragment
