"""A loopback service that speaks Microsoft's read-aloud protocol over sockets.

A client opens a WebSocket and sends two text messages, `speech.config` and `ssml`. The answer is
`turn.start`, `response`, an `audio.metadata` a word (offsets in 100 ns ticks) among binary
messages (two bytes of header length, headers, MP3 frames), and `turn.end`. What it says is in
edge_sound.py.

Only the far side of the network is simulated here; a `Fault` is what goes wrong on purpose.

    python -m tests.support.edge_service [FAULT]

runs it until Ctrl-C, with that fault in every answer, and says how to use it (edge_command.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.edge_faults import AFTER, BEFORE, HARMLESS, MIDWAY, Fault
from tests.support.edge_messages import (
    CHUNK,
    VOICES,
    compose_messages,
    compose_text,
    list_voices,
    merge_sentences,
    read_request,
    spoil_messages,
)
from tests.support.edge_sound import FRAME, FRAME_SECONDS, Request, synthesize
from tests.support.loopback import Loopback

__all__ = ["VOICES", "Conditions", "EdgeService", "Fault", "Request", "synthesize"]


Behave = Callable[[int, str], Fault | None]


@dataclass(frozen=True)
class Conditions:
    """How the service behaves when nothing is wrong."""

    latency: float = 0.0  # seconds until it begins to answer
    speed: float = 0.0  # how many times faster than real time sound is made; 0: at once
    max_at_once: int = 0  # requests at once; one more is answered 429; 0: any number
    retry_after: str | None = None  # the header it then sends
    drip: float = 0.1  # seconds between two messages of a drip
    ahead: float = 0.0  # seconds its clock is ahead of ours
    strict: bool = True  # whether it requires a token that is valid by its clock


@dataclass
class Journal:
    """What the service has received and answered."""

    requests: list[Request] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)  # with the text of the request
    answered: dict[str, float] = field(default_factory=dict)  # text → when its answer was complete
    repeated: list[str] = field(default_factory=list)  # texts requested again after that
    refused: int = 0
    began: float = 0.0  # when the first client came

    @property
    def ended(self) -> float:
        """When the last answer was complete."""
        return max(self.answered.values())

    @property
    def unanswered(self) -> set[str]:
        """The texts that were requested and not, or not yet, answered completely."""
        return {request.text for request in self.requests} - self.answered.keys()


class EdgeService(Loopback):
    """The service while its `with` block lasts.

    `behave(number, text)` names a request's fault. `behave` is called twice per connection,
    numbered from 1: at the handshake with an empty text, because none has been sent yet, and again
    with the text.
    """

    def __init__(
        self, behave: Behave | Fault | None = None, conditions: Conditions = Conditions()
    ) -> None:
        super().__init__()
        fault = behave if isinstance(behave, Fault) else None
        self.behave: Behave = behave if callable(behave) else lambda _n, _t: fault
        self.conditions = conditions
        self.journal = Journal()
        self.connections = self.at_once = self.most_at_once = 0

    @property
    def requests(self) -> list[Request]:
        return self.journal.requests

    @property
    def wss_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/edge/v1?TrustedClientToken=loopback"

    @property
    def voices_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/voices?trustedclienttoken=loopback"

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/edge/v1", self._synthesize)
        app.router.add_get("/voices", _answer_voices)

    async def _synthesize(self, request: web.Request) -> web.StreamResponse:
        self.connections += 1
        number = self.connections
        self.journal.began = self.journal.began or time.monotonic()
        if refusal := self._refuse(request):
            self.journal.refused += 1
            return refusal
        with self._count():
            fault = self.behave(number, "")
            if fault is Fault.MUTE_BEFORE_HANDSHAKE:
                await _hang()
            if fault and fault.status:
                return _compose_refusal(fault, time.time() + self.conditions.ahead)
            answer = web.WebSocketResponse(autoping=False)
            with contextlib.suppress(ConnectionError):  # the client has left
                await answer.prepare(request)
                spoken = await read_request(answer)
                self._record(spoken)
                fault = self.behave(number, spoken.text)
                if fault:
                    self.journal.faults.append((spoken.text, fault))
                await _answer(answer, request, spoken, fault, self.conditions)
                if not fault or fault in HARMLESS:
                    self.journal.answered[spoken.text] = time.monotonic()
                await answer.receive()  # the client closes
        return answer

    def _record(self, spoken: Request) -> None:
        if spoken.text in self.journal.answered:
            self.journal.repeated.append(spoken.text)
        self.journal.requests.append(spoken)

    def _refuse(self, request: web.Request) -> web.Response | None:
        """Return the refusal by the service's conditions, or None."""
        conditions = self.conditions
        now = time.time() + conditions.ahead
        if conditions.strict and request.query["Sec-MS-GEC"] not in _valid_tokens(now):
            return web.Response(status=403, headers={"Date": formatdate(now, usegmt=True)})
        if conditions.max_at_once and self.at_once >= conditions.max_at_once:
            retry_after = conditions.retry_after
            return web.Response(
                status=429, headers={"Retry-After": retry_after} if retry_after else {}
            )
        return None

    @contextlib.contextmanager
    def _count(self) -> Iterator[None]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            self.at_once -= 1


async def _hang() -> None:
    await asyncio.Event().wait()


def _valid_tokens(now: float) -> set[str]:
    """Return the valid tokens: of these five minutes and their neighbours."""
    from edge_tts.drm import generate_sec_ms_gec_v2

    return {generate_sec_ms_gec_v2(now + step) for step in (-300, 0, 300)}


def _compose_refusal(fault: Fault, now: float) -> web.Response:
    headers = {"Date": formatdate(now, usegmt=True)}
    if fault is Fault.THROTTLED:
        headers["Retry-After"] = "1"
    if fault is Fault.FORBIDDEN_UNDATED:
        headers["Date"] = "in the evening"
    return web.Response(status=fault.status, headers=headers)


async def _answer_voices(_: web.Request) -> web.Response:
    return web.json_response(list_voices())


async def _answer(
    socket: web.WebSocketResponse,
    request: web.Request,
    spoken: Request,
    fault: Fault | None,
    conditions: Conditions,
) -> None:
    if fault is Fault.MUTE_AFTER_HANDSHAKE:
        await _hang()
    if spoken.voice not in VOICES:
        await socket.close(code=1007, message=b"Unsupported voice")
        return
    await asyncio.sleep(conditions.latency)
    opening = compose_text("turn.start", {"context": {"serviceTag": "loopback"}})
    await _send(socket, [opening, compose_text("response", {"audio": {"type": "inline"}})])
    if fault in BEFORE:
        await _break_off(socket, request, fault)
        return
    if fault is not Fault.NO_SOUND:
        sound, words = await asyncio.to_thread(synthesize, spoken, fault)
        boundaries = words if spoken.word_boundaries else merge_sentences(spoken.text, words)
        messages = spoil_messages(compose_messages(sound, boundaries), fault)
        if messages and fault in MIDWAY:
            await _send(socket, messages[: len(messages) // 2])
            await _break_off(socket, request, fault)
            return
        await _send(
            socket, messages, conditions.speed, conditions.drip if fault is Fault.DRIP else 0
        )
    if fault in AFTER or fault is Fault.DRIP:
        await _break_off(socket, request, fault)
        return
    await _send(socket, [compose_text("turn.end", {})])


async def _send(
    socket: web.WebSocketResponse,
    messages: Iterable[str | bytes],
    speed: float = 0,
    drip: float = 0,
) -> None:
    """Send the messages, at the service's speed or one per drip."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    for message in messages:
        if isinstance(message, str):
            await socket.send_str(message)
            continue
        due += drip or (CHUNK / FRAME * FRAME_SECONDS / speed if speed else 0)
        if due - loop.time() > 0.02:
            await asyncio.sleep(due - loop.time())
        await socket.send_bytes(message)


async def _break_off(
    socket: web.WebSocketResponse, request: web.Request, fault: Fault | None
) -> None:
    await _wait_until_read(socket)
    if fault in {Fault.MUTE_MIDWAY, Fault.NO_END, Fault.DRIP}:
        await _hang()
    if fault in {Fault.CLOSE_BEFORE, Fault.CLOSE, Fault.CLOSE_AFTER}:
        await socket.close()
    elif transport := request.transport:
        if fault in {Fault.RESET_BEFORE, Fault.RESET}:
            _reset_on_close(transport.get_extra_info("socket"))
        transport.abort()


async def _wait_until_read(socket: web.WebSocketResponse) -> None:
    """Wait until the client has read all, as resets discard data."""
    await socket.ping()
    async for message in socket:
        if message.type is WSMsgType.PONG:
            return


def _reset_on_close(raw: Any) -> None:
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def main() -> None:
    fault = Fault[sys.argv[1].upper()] if sys.argv[1:] else None
    with EdgeService(fault) as service:
        print(
            "python tests/support/edge_command.py",
            f"'{service.wss_url}' '{service.voices_url}'",
            "\\",
        )
        print("    speechcast make speech.txt --voice xiaoxiao --verbose")
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
        print(f"\n{len(service.requests)} requests, {service.most_at_once} at once at the most")


if __name__ == "__main__":
    main()
