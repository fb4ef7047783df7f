"""A read-aloud service on loopback: it speaks the protocol of Microsoft's, over real sockets.

A client opens a WebSocket and sends two text messages, `speech.config` and `ssml`. The answer is
`turn.start`, `response`, an `audio.metadata` a word (offsets in 100 ns ticks) among binary
messages (two bytes of header length, headers, MP3 frames), and `turn.end`. The sound is tones
encoded by LAME: 24 kHz, 48 kbit/s, 144-byte frames, with silence around it as the real service
has. The boundaries run some 76 ms before the decoded sound, as the real ones do.

Only the far side of the network is played here; what goes wrong on purpose is a `Fault`.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.utils import formatdate
from enum import Enum
from functools import lru_cache
from types import TracebackType
from typing import Any, Self
from xml.sax.saxutils import unescape
from zlib import crc32

import av
import numpy as np
from aiohttp import WSMsgType, web
from numpy.typing import NDArray

RATE = 24_000
FRAME = 144  # bytes of MP3
FRAME_SECONDS = 0.024
TICKS = 10_000_000
LEAD = 0.130  # seconds of silence encoded before the first word; LAME and decoder add 46 ms
TAIL = 0.700
FIRST_OFFSET = 0.100  # where the service says that the first word begins
CHUNK = 5 * FRAME  # bytes of sound a message
PAUSES = dict.fromkeys("，,；;：:、", 0.25) | dict.fromkeys("。！？.!?", 0.35)
PAUSES |= dict.fromkeys("—…", 0.2)

_LATIN = r"[^\W\d_\u2e80-\U0010ffff]+"
_HAN = r"[^\W\d_\x00-\u2e7f]{1,2}"
_PIECE = re.compile(rf"\d+(?:[.,]\d+)*%?|{_LATIN}(?:['’]{_LATIN})*|{_HAN}|.", re.DOTALL)

_NAMES = {
    "zh-CN": "Xiaoxiao Xiaoyi Yunyang Yunjian Yunxi Yunxia",
    "zh-CN-liaoning": "Xiaobei",
    "zh-CN-shaanxi": "Xiaoni",
    "zh-TW": "HsiaoChen HsiaoYu YunJhe",
    "zh-HK": "HiuMaan WanLung",
    "en-US": "Aria Guy Jenny",
    "en-GB": "Sonia Ryan",
}
_MEN = set("Yunyang Yunjian Yunxi Yunxia YunJhe WanLung Guy Ryan".split())
VOICES = [f"{locale}-{name}Neural" for locale, names in _NAMES.items() for name in names.split()]


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
    TRUNCATE = "ends the sound before the last word, every boundary sent"
    HALF_FRAME = "ends the sound inside a frame"
    REWRITE = "gives figures back in words"
    NO_WORDS = "sends no boundaries"
    NOISE = "sends bytes that are no sound"
    FORBIDDEN = 403
    THROTTLED = 429
    UNAVAILABLE = 503


_MIDWAY = {Fault.MUTE_MIDWAY, Fault.RESET, Fault.CLOSE, Fault.CUT}


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

    @property
    def offset(self) -> float:
        """Where the service says that the word begins."""
        return self.start - LEAD + FIRST_OFFSET


Behave = Callable[[int, str], Fault | None]


class EdgeService:
    """The service while its `with` block lasts; `behave(number, text)` names a request's fault.

    It is asked twice a connection, the first of which is number 1: at the handshake with an empty
    text, for none has been sent yet, and again with the text.
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
        self.close()

    def close(self) -> None:
        """End the service and every connection, whatever they wait for."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(5)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)
        self._loop.close()

    async def _start(self) -> int:
        app = web.Application()
        app.router.add_get("/edge/v1", self._synthesize)
        app.router.add_get("/voices", _voices)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        await web.SockSite(self._runner, listener, backlog=256).start()
        port: int = listener.getsockname()[1]
        return port

    async def _stop(self) -> None:
        await self._runner.cleanup()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=1)
        await asyncio.sleep(0.01)  # the transports close in the loop's next rounds

    async def _synthesize(self, request: web.Request) -> web.StreamResponse:
        self.connections += 1
        number = self.connections
        fault = self.behave(number, "")
        if fault is Fault.MUTE_BEFORE_HANDSHAKE:
            await _hang()
        if fault and isinstance(fault.value, int):
            return _refusal(fault.value)
        answer = web.WebSocketResponse(autoping=False)
        with contextlib.suppress(ConnectionError):  # the client has left
            await answer.prepare(request)
            with self._counted():
                asked = await _received(answer)
                self.requests.append(asked)
                await _answer(answer, request, asked, self.behave(number, asked.text))
        return answer

    @contextlib.contextmanager
    def _counted(self) -> Iterator[None]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            self.at_once -= 1


async def _hang() -> None:
    await asyncio.Event().wait()


def _refusal(status: int) -> web.Response:
    headers = {"Date": formatdate(time.time(), usegmt=True)}
    if status == Fault.THROTTLED.value:
        headers["Retry-After"] = "1"
    return web.Response(status=status, headers=headers)


async def _received(socket: web.WebSocketResponse) -> Request:
    """Both messages of a request."""
    options = json.loads(await _body(socket))["context"]["synthesis"]["audio"]
    assert options["outputFormat"] == "audio-24khz-48kbitrate-mono-mp3"
    words = options["metadataoptions"]["wordBoundaryEnabled"] == "true"
    ssml = await _body(socket)
    match = re.fullmatch(
        r"<speak .*?><voice name='.*?\((.*?), (.*?)\)'>"
        r"<prosody pitch='(.*?)' rate='(.*?)' volume='(.*?)'>(.*)</prosody></voice></speak>",
        ssml,
        re.DOTALL,
    )
    assert match, ssml
    region, name, pitch, rate, volume, text = match.groups()
    return Request(unescape(text), f"{region}-{name}", rate, pitch, volume, words)


async def _body(socket: web.WebSocketResponse) -> str:
    """What follows the headers of a text message. Raises ConnectionError."""
    message = await socket.receive()
    if message.type is not WSMsgType.TEXT:
        raise ConnectionError(message)
    text: str = message.data
    return text.partition("\r\n\r\n")[2]


async def _answer(
    socket: web.WebSocketResponse, request: web.Request, asked: Request, fault: Fault | None
) -> None:
    if fault is Fault.MUTE_AFTER_HANDSHAKE:
        await _hang()
    if asked.voice not in VOICES:
        await socket.close(code=1007, message=b"Unsupported voice")
        return
    opening = _message("turn.start", {"context": {"serviceTag": "loopback"}})
    await _send(socket, [opening, _message("response", {"audio": {"type": "inline"}})])
    sound, words = await asyncio.to_thread(spoken, asked, fault)
    messages = _speech(sound, words if asked.word_boundaries else _sentences(asked.text, words))
    if messages and fault in _MIDWAY:
        await _send(socket, messages[: len(messages) // 2])
        await _break_off(socket, request, fault)
        return
    await _send(socket, messages)
    if fault is Fault.NO_END:
        await _hang()
    await _send(socket, [_message("turn.end", {})])
    await socket.receive()  # the client closes


async def _send(socket: web.WebSocketResponse, messages: Iterable[str | bytes]) -> None:
    for message in messages:
        if isinstance(message, str):
            await socket.send_str(message)
        else:
            await socket.send_bytes(message)


async def _break_off(
    socket: web.WebSocketResponse, request: web.Request, fault: Fault | None
) -> None:
    await _heard(socket)
    if fault is Fault.MUTE_MIDWAY:
        await _hang()
    if fault is Fault.CLOSE:
        await socket.close()
    elif transport := request.transport:
        if fault is Fault.RESET:
            _reset_on_close(transport.get_extra_info("socket"))
        transport.abort()


async def _heard(socket: web.WebSocketResponse) -> None:
    """Wait until the client has read all that was sent: a reset would throw it away."""
    await socket.ping()
    async for message in socket:
        if message.type is WSMsgType.PONG:
            return


def _reset_on_close(raw: Any) -> None:
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


# The messages.


def _speech(sound: bytes, words: list[Word]) -> list[str | bytes]:
    """The sound in pieces, each word's boundary before the piece it begins in."""
    if not sound:
        return []
    messages: list[str | bytes] = []
    waiting = list(words)
    for at in range(0, len(sound), CHUNK):
        until = (at + CHUNK) / FRAME * FRAME_SECONDS
        while waiting and waiting[0].offset < until:
            messages.append(_boundary(waiting.pop(0)))
        messages.append(_audio(sound[at : at + CHUNK]))
    return [*messages, *map(_boundary, waiting), _audio(b"")]


def _message(path: str, content: dict[str, Any]) -> str:
    return (
        "X-RequestId:loopback\r\nContent-Type:application/json; charset=utf-8\r\n"
        f"Path:{path}\r\n\r\n{json.dumps(content)}"
    )


def _sentences(text: str, words: list[Word]) -> list[Word]:
    """What is said of the words where whole sentences are asked for."""
    sentences, left = [], list(words)
    for match in re.finditer(r"[^.!?。！？]+[.!?。！？]*\s*", text):
        letters = sum(map(str.isalnum, match[0]))
        first = last = left[0] if left else None
        while left and letters > 0:
            last = left.pop(0)
            letters -= sum(map(str.isalnum, last.text))
        if first and last:
            sentences.append(replace(first, text=match[0].strip(), end=last.end))
    return sentences


def _boundary(word: Word) -> str:
    data = {
        "Offset": round(word.offset * TICKS),
        "Duration": round((word.end - word.start) * TICKS),
        "text": {"Text": word.text, "Length": len(word.text), "BoundaryType": "WordBoundary"},
    }
    return _message("audio.metadata", {"Metadata": [{"Type": "WordBoundary", "Data": data}]})


def _audio(sound: bytes) -> bytes:
    kind = b"Content-Type:audio/mpeg\r\n" if sound else b""
    header = b"X-RequestId:loopback\r\n" + kind + b"X-StreamId:loopback\r\nPath:audio\r\n"
    return struct.pack(">H", len(header)) + header + sound


# The sound.


def spoken(asked: Request, fault: Fault | None = None) -> tuple[bytes, list[Word]]:
    """The MP3 frames and the words of an answer, with the fault in them."""
    pieces = _PIECE.findall(asked.text)
    if fault is Fault.DROP_WORD:
        pieces = _without_middle_word(pieces)
    words = _timed(pieces, 1 + _number(asked.rate) / 100)
    if not words:
        return b"", []
    sound = _encoded(tuple(words), 1 + _number(asked.volume) / 100, _number(asked.pitch))
    return _spoilt_sound(sound, words[-1], fault), _spoilt_words(words, fault)


def _number(text: str) -> int:
    """The number in '-5%' or '+10Hz'."""
    return int(text.rstrip("%Hz"))


def _without_middle_word(pieces: list[str]) -> list[str]:
    words = [i for i, piece in enumerate(pieces) if piece[0].isalnum()]
    dropped = words[len(words) // 2] if words else None
    return [piece for i, piece in enumerate(pieces) if i != dropped]


def _timed(pieces: list[str], speed: float) -> list[Word]:
    """The words among the pieces: two Chinese characters, a number, or a run of letters each."""
    words: list[Word] = []
    at = LEAD
    for piece in pieces:
        if piece[0].isalnum():
            each = 0.18 if ord(piece[0]) >= 0x2E80 else 0.07
            length = max(0.15, each * len(piece)) / speed
            words.append(Word(piece, at, at + length))
            at += length
        else:
            at += PAUSES.get(piece, 0.0) / speed
    return words


def _spoilt_sound(sound: bytes, last: Word, fault: Fault | None) -> bytes:
    if fault is Fault.TRUNCATE:
        before_last = int(last.offset / FRAME_SECONDS) - 1
        return sound[: FRAME * min(before_last, len(sound) // FRAME // 2)]
    if fault is Fault.HALF_FRAME:
        return sound[: -FRAME // 3]
    return bytes(len(sound)) if fault is Fault.NOISE else sound


def _spoilt_words(words: list[Word], fault: Fault | None) -> list[Word]:
    if fault is Fault.NO_WORDS:
        return []
    if fault is Fault.REWRITE:
        figures = str.maketrans("0123456789", "零一二三四五六七八九")
        return [replace(word, text=word.text.translate(figures)) for word in words]
    return words


@lru_cache(maxsize=256)
def _encoded(words: tuple[Word, ...], loudness: float, higher: float) -> bytes:
    """The words as tones, as raw MP3 frames."""
    samples = np.zeros(round((words[-1].end + TAIL) * RATE))
    for word in words:
        tone = _tone(word, higher)
        start = round(word.start * RATE)
        samples[start : start + len(tone)] = tone
    pcm = np.clip(samples * loudness * 32767, -32768, 32767).astype(np.int16).reshape(1, -1)
    buffer = io.BytesIO()
    bare = {"write_xing": "0", "id3v2_version": "0"}
    with av.open(buffer, "w", format="mp3", options=bare) as container:
        quick = {"compression_level": "7"}
        stream: Any = container.add_stream("libmp3lame", rate=RATE, layout="mono", options=quick)
        stream.bit_rate = 48_000
        frame = av.AudioFrame.from_ndarray(pcm, format="s16p", layout="mono")
        frame.sample_rate = RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def _tone(word: Word, higher: float) -> NDArray[np.float64]:
    """Three harmonics with raised-cosine edges of 3 ms and a dip of 10 ms at the end."""
    times = np.arange(round((word.end - word.start - 0.010) * RATE)) / RATE
    hertz = max(60.0, 120 + crc32(word.text.encode()) % 1200 / 10 + higher)
    wave = sum(np.sin(2 * np.pi * hertz * n * times) / n for n in (1, 2, 3))
    nearness = np.minimum(1.0, np.minimum(times, times[::-1]) / 0.003)
    return np.asarray(0.25 * (0.5 - 0.5 * np.cos(np.pi * nearness)) * wave)


# The list of voices.


async def _voices(_: web.Request) -> web.Response:
    return web.json_response([_voice(locale, n) for locale in _NAMES for n in _names(locale)])


def _names(locale: str) -> list[str]:
    return _NAMES[locale].split()


def _voice(locale: str, name: str) -> dict[str, Any]:
    return {
        "Name": f"Microsoft Server Speech Text to Speech Voice ({locale}, {name}Neural)",
        "ShortName": f"{locale}-{name}Neural",
        "Gender": "Male" if name in _MEN else "Female",
        "Locale": locale,
        "SuggestedCodec": "audio-24khz-48kbitrate-mono-mp3",
        "FriendlyName": f"Microsoft {name} Online (Natural) - {locale}",
        "Status": "GA",
        "VoiceTag": {"ContentCategories": ["General"], "VoicePersonalities": ["Friendly"]},
    }
