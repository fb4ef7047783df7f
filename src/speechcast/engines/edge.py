"""The online voices: Microsoft's read-aloud service, through edge-tts.

One request a line. The client notices neither a silent service nor a cut stream, so every wait
has a deadline here, and an answer is taken only after it was proven whole.
"""

from __future__ import annotations

import asyncio
import difflib
import io
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from ..errors import EngineError, PresetError, ServiceUnreachable
from ..model import Clip, Line, Span, Voice
from ..models import Bundle
from ..onsets import fitted
from ..sound import Undecodable, decoded
from .loop import Loop

if TYPE_CHECKING:
    from edge_tts import Communicate
    from numpy.typing import NDArray

RATE = 24_000  # the service's: 48 kbit/s MP3
MP3_FRAME = 144  # bytes; every answer is a whole number of them
BYTES_PER_SECOND = 6_000
TICKS_PER_SAMPLE = 10_000_000 / RATE
LONGEST = 500  # characters; with every one escaped, still under 4096 bytes
AT_ONCE = 8  # requests in flight; trouble begins above 40
FIRST_WITHIN = 10.0  # seconds until the service has said its first word
NEXT_WITHIN = 6.0  # seconds between two messages
TOTAL_WITHIN = (20.0, 0.5)  # seconds for an answer, and more for each character

_VOICE_NAME = re.compile(r"[a-z]{2,}-[A-Z]{2,}-.+Neural")


@dataclass(frozen=True, slots=True)
class Boundary:
    """When a word is spoken, as the service says: samples, not yet held against the sound."""

    text: str
    span: Span


class Edge:
    """The engine behind the presets with `engine = "edge"`."""

    online: ClassVar[bool] = True
    phonetic: ClassVar[bool] = False

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._loop = Loop()

    @property
    def workers(self) -> int:
        return AT_ONCE

    def record(self, line: Line) -> Clip:
        audio, boundaries = self._loop.run(self._ask(line.spoken))
        _require_whole(audio, boundaries)
        samples = _decoded(audio)
        spans = _laid_onto(line, boundaries, len(samples))
        return fitted(Clip(samples, RATE, spans), line.tokens)

    def close(self) -> None:
        self._loop.stop()

    @staticmethod
    def longest(voice: Voice) -> int:  # noqa: ARG004
        return LONGEST

    @staticmethod
    def needs(voice: Voice) -> Sequence[Bundle]:
        if not _VOICE_NAME.fullmatch(voice.voice):
            raise PresetError(
                f"preset '{voice.name}': voice is '{voice.voice}', allowed is the service's name "
                f"of a voice, like zh-CN-XiaoxiaoNeural"
            )
        return ()

    async def _ask(self, text: str) -> tuple[bytes, list[Boundary]]:
        """The service's whole answer. Raises EngineError."""
        from edge_tts import Communicate

        v = self._voice
        request = Communicate(
            text,
            v.voice,
            rate=f"{v.rate:+}%",
            pitch=f"{v.pitch:+}Hz",
            volume=f"{v.volume:+}%",
            boundary="WordBoundary",
            connect_timeout=int(FIRST_WITHIN),
        )
        fixed, each = TOTAL_WITHIN
        try:
            async with asyncio.timeout(fixed + each * len(text)):
                return await _received(request)
        except Exception as exc:
            raise _as_ours(exc, v) from exc


async def _received(request: Communicate) -> tuple[bytes, list[Boundary]]:
    audio, boundaries = bytearray(), []
    async for message in _in_time(request.stream()):
        if message["type"] == "audio":
            audio += message["data"]
        else:
            start = round(message["offset"] / TICKS_PER_SAMPLE)
            end = start + max(1, round(message["duration"] / TICKS_PER_SAMPLE))
            boundaries.append(Boundary(message["text"], Span(start, end)))
    if request.state["cumulative_audio_bytes"] != len(audio):
        raise EngineError("the service's answer broke off")
    return bytes(audio), boundaries


async def _in_time(stream: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The stream's messages. Raises _Silence where the next one does not come.

    The stream is read by a task of its own: taking leave of a silent service takes the client ten
    seconds more, and those we do not wait.
    """
    messages: asyncio.Queue[Any] = asyncio.Queue()
    reader = asyncio.create_task(_read(stream, messages))
    patience = FIRST_WITHIN
    try:
        while True:
            try:
                async with asyncio.timeout(patience):
                    message = await messages.get()
            except TimeoutError:
                raise _Silence(patience, begun=patience == NEXT_WITHIN) from None
            if message is None:
                return
            if isinstance(message, Exception):
                raise message
            yield message
            patience = NEXT_WITHIN
    finally:
        reader.cancel()


async def _read(stream: AsyncIterator[Any], messages: asyncio.Queue[Any]) -> None:
    """Every message, then None, or the exception that ended the stream."""
    try:
        async for message in stream:
            messages.put_nowait(message)
        messages.put_nowait(None)
    except Exception as exc:
        messages.put_nowait(exc)


class _Silence(Exception):
    """The service said nothing for `seconds`; `begun`: after it had begun to answer."""

    def __init__(self, seconds: float, begun: bool) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.begun = begun


def _as_ours(exc: Exception, voice: Voice) -> EngineError:
    """What went wrong between us and the service, in our words."""
    import aiohttp
    from edge_tts.exceptions import NoAudioReceived

    instead = "use an offline preset: --voice narrator"
    if isinstance(exc, EngineError):
        return exc
    if isinstance(exc, aiohttp.WSServerHandshakeError):
        return EngineError(
            f"the service refused the request (HTTP {exc.status}); try again later, or {instead}"
        )
    if isinstance(exc, TimeoutError) or (isinstance(exc, _Silence) and exc.begun):
        return EngineError(f"the service fell silent; try again, or {instead}")
    if isinstance(exc, aiohttp.ClientConnectorError | OSError | _Silence):
        why = f" (no answer for {exc.seconds:g} seconds)" if isinstance(exc, _Silence) else ""
        return ServiceUnreachable(
            f"the online voice '{voice.name}' cannot be reached{why}; "
            f"check the network, or {instead}"
        )
    if isinstance(exc, NoAudioReceived):
        return EngineError(f"the service sent no sound for this text or the voice '{voice.voice}'")
    return EngineError(f"the service's answer cannot be used ({type(exc).__name__}: {exc})")


def _require_whole(audio: bytes, boundaries: Sequence[Boundary]) -> None:
    if not audio or len(audio) % MP3_FRAME:
        raise EngineError("the service's answer is cut short: half a frame at its end")
    if not boundaries:
        raise EngineError("the service did not say when its words are spoken")
    if boundaries[-1].span.start > len(audio) * RATE / BYTES_PER_SECOND:
        raise EngineError("the service's answer is cut short: words are missing at its end")


def _decoded(audio: bytes) -> NDArray[np.int16]:
    try:
        return np.concatenate([block for _, block in decoded(io.BytesIO(audio), "mp3")])
    except Undecodable as exc:
        raise EngineError(f"the service's sound cannot be decoded: {exc}") from exc


def _laid_onto(line: Line, boundaries: Sequence[Boundary], length: int) -> tuple[Span | None, ...]:
    """Each voiced token's span, by the words the service says it spoke.

    The service may write a word its own way (2023 as 二零二三), so letters are matched as two
    texts are compared: what it replaced lies between what it left alone. A word of ours with
    nothing in its place was not spoken: EngineError.
    """
    ours = [(c, i) for i, t in enumerate(line.tokens) for c in _letters(t.spoken)]
    theirs = [(c, at) for b in boundaries for c, at in _each_letter(b)]
    spans: list[Span | None] = [None] * len(line.tokens)
    matcher = difflib.SequenceMatcher(
        None, [c for c, _ in ours], [c for c, _ in theirs], autojunk=False
    )
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "delete":
            lost = "".join(letter for letter, _ in ours[a:b])
            raise EngineError(f"the service did not speak “{lost}”")
        for n in range(b - a):
            first = c + n * (d - c) // (b - a)
            last = max(first, c + (n + 1) * (d - c) // (b - a) - 1)
            token, said = ours[a + n][1], Span(theirs[first][1].start, theirs[last][1].end)
            before = spans[token]
            spans[token] = Span(min(before.start, said.start), said.end) if before else said
    return _in_order(spans, length)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _each_letter(boundary: Boundary) -> list[tuple[str, Span]]:
    """The word's letters, its time shared out evenly among them."""
    letters = _letters(boundary.text)
    start, length = boundary.span.start, boundary.span.end - boundary.span.start
    edges = [start + n * length // max(1, len(letters)) for n in range(len(letters) + 1)]
    return [(c, Span(edges[n], edges[n + 1])) for n, c in enumerate(letters)]


def _in_order(spans: Sequence[Span | None], length: int) -> tuple[Span | None, ...]:
    """The spans made ascending, not overlapping, at least one sample long and inside the clip."""
    ordered: list[Span | None] = []
    at, left = 0, sum(s is not None for s in spans)
    for span in spans:
        if span is None:
            ordered.append(None)
            continue
        left -= 1
        start = min(max(span.start, at), length - left - 1)
        at = min(max(span.end, start + 1), length - left)
        ordered.append(Span(start, at))
    return tuple(ordered)
