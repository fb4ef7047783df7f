"""A read-aloud service on loopback: it speaks the protocol of Microsoft's, over real sockets.

A client opens a WebSocket and sends two text messages, `speech.config` and `ssml`. The answer is
`turn.start`, `response`, an `audio.metadata` a word (offsets in 100 ns ticks), binary messages
(two bytes of header length, headers, MP3 frames), and `turn.end`. The sound is tones encoded by
LAME: 24 kHz, 48 kbit/s, 144-byte frames, with silence around it as the real service has.

Only the far side of the network is played here; what goes wrong on purpose is a `Fault`.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from email.utils import formatdate
from enum import Enum
from functools import lru_cache
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import unescape

import av
import numpy as np
from aiohttp import web
from numpy.typing import NDArray

RATE = 24_000
FRAME = 144  # bytes of MP3, 24 ms of sound
TICKS = 10_000_000
LEAD = 0.130  # seconds of silence encoded before the first word; LAME and decoder add 46 ms
TAIL = 0.700
FIRST_OFFSET = 0.100  # where the service says that the first word begins
CHUNK = 5 * FRAME  # bytes of sound a message
PACE = {"，": 0.25, "、": 0.15, "。": 0.35, "！": 0.35, "？": 0.35, "：": 0.25, "；": 0.3}
PACE |= {",": 0.25, ".": 0.35, "!": 0.35, "?": 0.35, ":": 0.25, ";": 0.3, "—": 0.2, "…": 0.2}


class Fault(Enum):
    """What the service may do wrong."""

    MUTE_BEFORE_HANDSHAKE = "takes the connection and never answers"
    MUTE_AFTER_HANDSHAKE = "opens the socket and says nothing"
    MUTE_MIDWAY = "stops after some sound, the socket open"
    RESET = "resets the connection after some sound"
    CLOSE = "closes the WebSocket politely after some sound"
    CUT = "drops the connection after some sound"
    NO_END = "sends all but turn.end, the socket open"
    DROP_WORD = "leaves out a word in the middle, the rest in order"
    TRUNCATE = "ends the sound early, every boundary sent"
    HALF_FRAME = "ends the sound inside a frame"
    REWRITE = "gives figures back in words"
    NO_WORDS = "sends no boundaries"
    NOISE = "sends bytes that are no sound"
    FORBIDDEN = 403
    THROTTLED = 429
    UNAVAILABLE = 503


@dataclass(frozen=True)
class Request:
    """What a client asked for."""

    text: str
    voice: str
    rate: str
    pitch: str
    volume: str
    word_boundaries: bool


@dataclass(frozen=True)
class Word:
    text: str
    start: float  # seconds in the sound as encoded
    end: float


Behave = Callable[[int, str], Fault | None]


class EdgeService:
    """The service while its `with` block lasts; `behave(number, text)` names a request's fault.

    A fault at the handshake is asked for with an empty text: none has been sent yet.
    """

    def __init__(self, behave: Behave | Fault | None = None) -> None:
        fault = behave if isinstance(behave, Fault) else None
        self.behave: Behave = behave if callable(behave) else lambda _n, _t: fault
        self.requests: list[Request] = []
        self.connections = self.at_once = self.most_at_once = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def wss_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/edge/v1?TrustedClientToken=loopback"

    @property
    def voices_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/voices?trustedclienttoken=loopback"

    def __enter__(self) -> Self:
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _start(self) -> int:
        app = web.Application()
        app.router.add_get("/edge/v1", self._synthesize)
        app.router.add_get("/voices", _voices)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        await web.SockSite(self._runner, listener, backlog=256).start()
        port: int = listener.getsockname()[1]
        return port

    async def _synthesize(self, request: web.Request) -> web.StreamResponse:
        self.connections += 1
        number = self.connections
        fault = self.behave(number, "")
        if fault is Fault.MUTE_BEFORE_HANDSHAKE:
            await asyncio.sleep(3600)
        if fault and isinstance(fault.value, int):
            headers = {"Date": formatdate(time.time(), usegmt=True), "Retry-After": "1"}
            return web.Response(status=fault.value, headers=headers)
        answer = web.WebSocketResponse()
        await answer.prepare(request)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            asked = await _received(answer)
            self.requests.append(asked)
            await _answer(answer, request, asked, self.behave(number, asked.text))
        finally:
            self.at_once -= 1
        return answer


async def _received(socket: web.WebSocketResponse) -> Request:
    """Both messages of a request."""
    config = (await socket.receive_str()).partition("\r\n\r\n")[2]
    options = json.loads(config)["context"]["synthesis"]["audio"]
    assert options["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
    words = options["metadataoptions"]["wordBoundaryEnabled"] == "true"
    ssml = (await socket.receive_str()).partition("\r\n\r\n")[2]
    match = re.fullmatch(
        r"<speak .*?><voice name='.*?\((.*?), (.*?)\)'>"
        r"<prosody pitch='(.*?)' rate='(.*?)' volume='(.*?)'>(.*)</prosody></voice></speak>",
        ssml,
        re.DOTALL,
    )
    assert match, ssml
    region, name, pitch, rate, volume, text = match.groups()
    return Request(unescape(text), f"{region}-{name}", rate, pitch, volume, words)


async def _answer(
    socket: web.WebSocketResponse, request: web.Request, asked: Request, fault: Fault | None
) -> None:
    if fault is Fault.MUTE_AFTER_HANDSHAKE:
        await asyncio.sleep(3600)
    await socket.send_str(_message("turn.start", {"context": {"serviceTag": "loopback"}}))
    await socket.send_str(_message("response", {"context": {}, "audio": {"type": "inline"}}))
    if not any(c.isalnum() for c in asked.text) or "Nobody" in asked.voice:
        await socket.send_str(_message("turn.end", {}))
        return
    sound, words = spoken(asked, fault)
    halfway = len(sound) // FRAME // 2 * FRAME
    for word in words if asked.word_boundaries else ():
        await socket.send_str(_message("audio.metadata", _boundary(word)))
    for at in range(0, len(sound), CHUNK):
        if at >= halfway and fault in _MIDWAY:
            await _break_off(socket, request, fault)
            return
        await socket.send_bytes(_audio(sound[at : at + CHUNK]))
    await socket.send_bytes(_audio(b""))
    if fault is Fault.NO_END:
        await asyncio.sleep(3600)
    await socket.send_str(_message("turn.end", {}))
    await socket.receive()  # the client closes


_MIDWAY = {Fault.MUTE_MIDWAY, Fault.RESET, Fault.CLOSE, Fault.CUT}


async def _break_off(
    socket: web.WebSocketResponse, request: web.Request, fault: Fault | None
) -> None:
    transport = request.transport
    assert transport
    if fault is Fault.MUTE_MIDWAY:
        await asyncio.sleep(3600)
    elif fault is Fault.CLOSE:
        await socket.close()
    elif fault is Fault.RESET:
        _linger(transport.get_extra_info("socket"))
        transport.abort()
    else:
        transport.close()


def _linger(raw: Any) -> None:
    """Have the socket send a reset when it is closed."""
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def spoken(asked: Request, fault: Fault | None = None) -> tuple[bytes, list[Word]]:
    """The MP3 frames and the words of an answer, with the fault in them."""
    words = _words(asked.text, 1 + int(asked.rate.rstrip("%")) / 100)
    if fault is Fault.DROP_WORD:
        del words[len(words) // 2]
    sound = _encoded(tuple(words), 1 + int(asked.volume.rstrip("%")) / 100)
    if fault is Fault.TRUNCATE:
        sound = sound[: len(sound) // FRAME // 2 * FRAME]
    elif fault is Fault.HALF_FRAME:
        sound = sound[: len(sound) - FRAME // 3]
    elif fault is Fault.NOISE:
        sound = bytes(len(sound))
    elif fault is Fault.NO_WORDS:
        words = []
    elif fault is Fault.REWRITE:
        figures = str.maketrans("0123456789", "零一二三四五六七八九")
        words = [replace(w, text=w.text.translate(figures)) for w in words]
    return sound, words


def _words(text: str, speed: float) -> list[Word]:
    """The words of the text, two Chinese characters or a run of letters each, and their times."""
    words: list[Word] = []
    at = LEAD
    for match in re.finditer(r"[A-Za-z'’]+|[\d.,]*\d%?|[^\W\dA-Za-z]{1,2}|.", text, re.DOTALL):
        piece = match[0]
        if any(c.isalnum() for c in piece):
            each = 0.18 if ord(piece[0]) > 0x2E80 else 0.075
            length = max(0.15, each * len(piece)) / speed
            words.append(Word(piece, at, at + length))
            at += length
        else:
            at += PACE.get(piece, 0.0) / speed
    return words


@lru_cache(maxsize=256)
def _encoded(words: tuple[Word, ...], loudness: float) -> bytes:
    """The words as tones, as raw MP3 frames."""
    samples = np.zeros(round((words[-1].end + TAIL) * RATE))
    for word in words:
        tone = _tone(word)
        start = round(word.start * RATE)
        samples[start : start + len(tone)] = tone
    pcm = np.clip(samples * loudness * 32767, -32768, 32767).astype(np.int16).reshape(1, -1)
    buffer = io.BytesIO()
    options = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(buffer, "w", format="mp3", options=options) as container:
        stream: Any = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = 48_000
        frame = av.AudioFrame.from_ndarray(pcm, format="s16p", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def _tone(word: Word) -> NDArray[np.float64]:
    """Three harmonics with edges of 3 ms and a dip of 10 ms at the end."""
    times = np.arange(round((word.end - word.start - 0.010) * RATE)) / RATE
    hertz = 120 + 5 * (sum(map(ord, word.text)) % 24)
    wave = sum(np.sin(2 * np.pi * hertz * n * times) / n for n in (1, 2, 3))
    edge = np.minimum(1.0, np.minimum(times, times[::-1]) / 0.003)
    return np.asarray(0.25 * edge * wave)


def _message(path: str, content: dict[str, Any]) -> str:
    return (
        "X-RequestId:loopback\r\nContent-Type:application/json; charset=utf-8\r\n"
        f"Path:{path}\r\n\r\n{json.dumps(content)}"
    )


def _boundary(word: Word) -> dict[str, Any]:
    data = {
        "Offset": round((word.start - LEAD + FIRST_OFFSET) * TICKS),
        "Duration": round((word.end - word.start) * TICKS),
        "text": {"Text": word.text, "Length": len(word.text), "BoundaryType": "WordBoundary"},
    }
    return {"Metadata": [{"Type": "WordBoundary", "Data": data}]}


def _audio(sound: bytes) -> bytes:
    kind = b"Content-Type:audio/mpeg\r\n" if sound else b""
    header = b"X-RequestId:loopback\r\n" + kind + b"X-StreamId:loopback\r\nPath:audio\r\n"
    return struct.pack(">H", len(header)) + header + sound


async def _voices(_: web.Request) -> web.Response:
    return web.json_response(list(_voice_list()))


def _voice_list() -> Iterator[dict[str, Any]]:
    named = {
        "zh-CN": "Xiaoxiao Xiaoyi Yunyang Yunjian Yunxi Yunxia",
        "zh-TW": "HsiaoChen HsiaoYu YunJhe",
        "zh-HK": "HiuMaan WanLung",
        "en-US": "Aria Guy Jenny",
        "en-GB": "Sonia Ryan",
    }
    for locale, names in named.items():
        for name in names.split():
            yield {
                "Name": f"Microsoft Server Speech Text to Speech Voice ({locale}, {name}Neural)",
                "ShortName": f"{locale}-{name}Neural",
                "Gender": "Male" if name in {"Guy", "Ryan"} or "Yun" in name else "Female",
                "Locale": locale,
                "SuggestedCodec": "audio-24khz-48kbitrate-mono-mp3",
                "FriendlyName": f"Microsoft {name} Online (Natural) - {locale}",
                "Status": "GA",
                "VoiceTag": {"ContentCategories": ["General"], "VoicePersonalities": ["Friendly"]},
            }
