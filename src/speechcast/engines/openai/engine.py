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

from ...audio.activity import find_active_ranges, snap_to_sound
from ...downloads.bundle import Bundle
from ...errors import EngineError, InvalidResponse, PresetError, ServiceUnreachable, TransientError
from ...model import Clip, Utterance, Voice
from ..edge.word_alignment import in_order
from ..online.deadlines import Deadlines, in_time, unheeded, why_broken
from ..online.decoding import RATE
from ..online.event_loop import Loop
from ..online.options import limit_of
from ..online.proxy import proxy_for, without_login
from .pause_alignment import placed
from .responses import refusal, sound_of

MAKER = 1  # to be raised when this file makes another clip of the same answer
LONGEST = 300  # characters
AT_ONCE = 4  # requests in flight at the most; many a server is somebody's own machine
# Such a server may first make all of its sound, slower than it is heard, and then send it.
DEADLINES = Deadlines(first=15.0, first_each=0.4, next=15.0, total=30.0, each=0.6)
MODEL = "tts-1"  # a name every such server knows
FORMATS = ("wav", "flac", "mp3")
MOST_BYTES = 64_000_000
OFFICIAL = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Server:
    """Whom to ask, and for what."""

    address: str  # up to and without /v1
    model: str
    format: str

    @property
    def shown(self) -> str:
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
        self._server = server_of(voice)
        self._key = key_for(self._server.address)
        self._loop = Loop("openai")

    @property
    def service(self) -> str:
        return f"openai {self._server.address}"

    @property
    def workers(self) -> int:
        return limit_of(self._voice, AT_ONCE)

    def synthesize(self, line: Utterance) -> Clip:
        return self.to_clip(line, self.request(line))

    def request(self, line: Utterance, begun: Callable[[], None] = unheeded) -> bytes:
        return self._loop.run(self._ask(line.spoken, begun))

    def to_clip(self, line: Utterance, answer: bytes) -> Clip:
        samples = sound_of(answer)
        sounds = find_active_ranges(samples, RATE)
        if not sounds:
            raise InvalidResponse("the server sent nothing but silence")
        spans = in_order(placed(line.tokens, sounds, RATE), len(samples))
        return snap_to_sound(Clip(samples, RATE, spans), line.tokens)

    def close(self) -> None:
        self._loop.stop()

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004
        return LONGEST

    @staticmethod
    def sound_version(voice: Voice) -> str:
        server = server_of(voice)
        return f"{MAKER} {server.shown} {server.model} {server.format}"

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        key_for(server_of(voice).address)
        limit_of(voice, AT_ONCE)
        if voice.pitch:
            raise PresetError(f"preset '{voice.name}': such servers take no pitch; leave it out")
        return ()

    async def _ask(self, text: str, begun: Callable[[], None]) -> bytes:
        """The server's whole answer. Raises EngineError."""
        try:
            pieces = [p async for p in in_time(self._answer(text), text, self._deadlines, begun)]
        except EngineError:
            raise
        except Exception as exc:
            raise self._as_ours(exc) from exc
        return b"".join(pieces)

    async def _answer(self, text: str) -> AsyncIterator[bytes]:
        import aiohttp

        url = f"{self._server.address}/v1/audio/speech"
        proxy = proxy_for(url, self._voice.options.get("proxy"))
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
            if refused := await refusal(response, self._server.shown, self._key):
                raise refused
            received = 0
            async for piece in response.content.iter_any():
                received += len(piece)
                if received > MOST_BYTES:
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
                f"{self._server.shown} cannot be reached; start the server, or check the address "
                f"in the preset '{self._voice.name}'"
            )
        if broken := why_broken(exc):
            return TransientError(broken)
        if isinstance(exc, UnicodeEncodeError):
            return EngineError("it holds half a character, which cannot be sent; correct the text")
        return InvalidResponse(f"the server's answer cannot be read ({type(exc).__name__})")


def server_of(voice: Voice) -> Server:
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


def key_for(address: str) -> str:
    """The key to show the server at that address; "" for none. Raises PresetError.

    OpenAI's own key is shown to OpenAI alone, for a preset may come from anywhere.
    """
    key = os.environ.get("SPEECHCAST_OPENAI_KEY", "")
    if not key and urlsplit(address).hostname == OFFICIAL and address.startswith("https:"):
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
