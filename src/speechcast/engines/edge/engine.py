"""The online voices: Microsoft's read-aloud service, through edge-tts.

One request a line, made once: whoever calls decides what to do about one that failed, by the error.
The client notices neither a silent service nor a cut stream, so every wait has a deadline here, and
an answer is taken only after it was proven whole.
"""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from ...downloads.bundle import Bundle
from ...errors import (
    AccessDenied,
    EngineError,
    InvalidResponse,
    PresetError,
    RateLimited,
    ServiceUnreachable,
    TransientError,
)
from ...model import Clip, Span, Utterance, Voice
from ..online.deadlines import Deadlines, ResponseStalled, read_with_deadlines, ignore_start, explain_interruption
from ..online.decoding import RATE
from ..online.event_loop import EventLoop
from ..online.options import request_limit
from ..online.proxy import find_proxy, without_login
from ..online.retry_after import parse_retry_after, seconds_since
from .word_alignment import Boundary, build_clip

if TYPE_CHECKING:
    from aiohttp import WSServerHandshakeError
    from edge_tts import Communicate

SOUND_VERSION = 1  # to be raised when this file makes another clip of the same answer
TICKS_PER_SAMPLE = 10_000_000 / RATE
MAX_CHARACTERS = 500  # characters; with every one escaped, still under 4096 bytes
MAX_REQUESTS = 16  # requests in flight at the most; trouble begins above 40
DEADLINES = Deadlines()
INSTEAD = "use an offline preset: --voice narrator"

Answer = tuple[bytes, list[Boundary]]  # MP3, and when each word of it is spoken

_VOICE_NAME = re.compile(r"[a-z]{2,}-[A-Z]{2,}-.+Neural")


class Edge:
    """The engine behind the presets with `engine = "edge"`."""

    online: ClassVar[bool] = True
    phonetic: ClassVar[bool] = False
    cacheable: ClassVar[bool] = True
    approximate: ClassVar[bool] = False
    service: ClassVar[str] = "edge"

    def __init__(self, voice: Voice, deadlines: Deadlines = DEADLINES) -> None:
        self._voice = voice
        self._deadlines = deadlines
        self._loop = EventLoop("edge")
        self._asking = asyncio.Lock()
        self._offered: frozenset[str] | None = None

    @property
    def workers(self) -> int:
        return request_limit(self._voice, MAX_REQUESTS)

    def synthesize(self, line: Utterance) -> Clip:
        return self.to_clip(line, self.request(line))

    def request(self, line: Utterance, begun: Callable[[], None] = ignore_start) -> Answer:
        return self._loop.run(self._ask(line.spoken, begun))

    def to_clip(self, line: Utterance, answer: Answer) -> Clip:
        return build_clip(line, *answer)

    def close(self) -> None:
        self._loop.stop()

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004
        return MAX_CHARACTERS

    @staticmethod
    def sound_version(voice: Voice) -> str:  # noqa: ARG004
        return str(SOUND_VERSION)

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        request_limit(voice, MAX_REQUESTS)
        if not _VOICE_NAME.fullmatch(voice.voice):
            raise PresetError(
                f"preset '{voice.name}': voice is '{voice.voice}', allowed is the service's name "
                f"of a voice, like zh-CN-XiaoxiaoNeural"
            )
        return ()

    async def _ask(self, text: str, begun: Callable[[], None]) -> Answer:
        """The service's whole answer. Raises EngineError."""
        from edge_tts.exceptions import NoAudioReceived

        try:
            return await self._answer(text, begun)
        except EngineError:
            raise
        except NoAudioReceived as exc:
            await self._require_voice()
            raise InvalidResponse("the service sent no sound") from exc
        except Exception as exc:
            raise _as_ours(exc, self._voice, self._proxy()) from exc

    async def _answer(self, text: str, begun: Callable[[], None]) -> Answer:
        from edge_tts import Communicate

        request = Communicate(
            text,
            self._voice.voice,
            rate=f"{self._voice.rate:+}%",
            pitch=f"{self._voice.pitch:+}Hz",
            boundary="WordBoundary",
            proxy=self._proxy(),
            connect_timeout=math.ceil(self._deadlines.connect),
        )
        audio, boundaries = bytearray(), []
        async for message in read_with_deadlines(request.stream(), text, self._deadlines, begun):
            if message["type"] == "audio":
                audio += message["data"]
            else:
                start = round(message["offset"] / TICKS_PER_SAMPLE)
                end = start + max(1, round(message["duration"] / TICKS_PER_SAMPLE))
                boundaries.append(Boundary(message["text"], Span(start, end)))
        _require_end(request, len(audio))
        return bytes(audio), boundaries

    async def _require_voice(self) -> None:
        """Raise EngineError if the service does not have the voice; it does not say so itself."""
        async with self._asking:
            if self._offered is None:
                self._offered = await self._names()
        if self._offered and self._voice.voice not in self._offered:
            raise EngineError(
                f"the service has no voice '{self._voice.voice}' (preset '{self._voice.name}'); "
                f"it may have been withdrawn: choose another, or {INSTEAD}"
            )

    async def _names(self) -> frozenset[str]:
        """The voices the service has; none, if it does not say."""
        from edge_tts import list_voices

        try:
            async with asyncio.timeout(self._deadlines.first):
                voices = await list_voices(proxy=self._proxy())
        except Exception:
            return frozenset()
        return frozenset(voice["ShortName"] for voice in voices)

    def _proxy(self) -> str | None:
        from edge_tts import communicate

        address: str = vars(communicate)["WSS_URL"]
        return find_proxy(address, self._voice.options.get("proxy"))


def _require_end(request: Communicate, received: int) -> None:
    """Every part of the answer came to its `turn.end`, for only then the client counts it."""
    if request.state["cumulative_audio_bytes"] != received:
        raise TransientError("the service's answer broke off")


def _as_ours(exc: Exception, voice: Voice, proxy: str | None) -> EngineError:
    """What went wrong between us and the service, in our words."""
    import aiohttp
    from edge_tts.exceptions import SkewAdjustmentError

    if isinstance(exc, aiohttp.WSServerHandshakeError):
        return _refused(exc)
    if isinstance(exc, SkewAdjustmentError):
        return AccessDenied(_forbidden(None))
    if isinstance(exc, UnicodeEncodeError):
        return EngineError("it holds half a character, which cannot be sent; correct the text")
    if gone := _why_unreachable(exc):
        return _unreachable(voice, proxy, gone)
    if broken := explain_interruption(exc):
        return TransientError(broken)
    said = " ".join(str(exc).split())[:80]
    return InvalidResponse(f"the service's answer cannot be read ({type(exc).__name__}: {said})")


def _why_unreachable(exc: Exception) -> str | None:
    import aiohttp

    match exc:
        case ResponseStalled() if not exc.started:
            return f"no answer for {exc.seconds:g} seconds"
        case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
            return "the proxy does not let us through"
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return "no connection"
    return None


def _refused(exc: WSServerHandshakeError) -> EngineError:
    headers: Mapping[str, str] = exc.headers or {}
    if exc.status == 403:
        return AccessDenied(_forbidden(headers.get("Date")))
    after = parse_retry_after(headers.get("Retry-After"))
    if exc.status == 429 or (exc.status == 503 and after is not None):
        return RateLimited(
            f"the service wants to be asked less (HTTP {exc.status}); "
            f"wait some minutes, or {INSTEAD}",
            after,
        )
    return TransientError(f"the service refused the request (HTTP {exc.status})")


def _forbidden(date: str | None) -> str:
    off = seconds_since(date)
    clock = f" (it is {abs(off):.0f} seconds off the service's)" if off and abs(off) > 60 else ""
    return (
        f"the service does not let us in (HTTP 403): set this machine's clock{clock}; if it is "
        f"right, the service may be closed to your region: try --proxy, or {INSTEAD}"
    )


def _unreachable(voice: Voice, proxy: str | None, why: str) -> ServiceUnreachable:
    through = f" through {without_login(proxy)}" if proxy else ""
    return ServiceUnreachable(
        f"the online voice '{voice.name}' cannot be reached{through} ({why}); "
        f"check the network, or {INSTEAD}"
    )
