"""Answers of the online service that break its protocol: whole sound or one error, within bounds.

The faults of `edge_faults.py` are what has been seen of the real service. These have not been.
"""

from __future__ import annotations

import asyncio
import contextlib
import struct
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from aiohttp import web

from speechcast.errors import InvalidResponse, ServiceUnreachable, TransientError
from tests.support.edge_messages import TICKS, compose_messages, compose_text, read_request
from tests.support.edge_service import EdgeService, Request
from tests.support.edge_sound import FRAME, FRAME_SECONDS, Word, synthesize
from tests.support.loopback import Loopback
from tests.support.raw_service import RawService
from tests.support.recording import HASTY, Recording, sounds_like

TEXT = "会议期间，市领导到会指导。"
LETTERS = "会议期间市领导到会指导"
Message = str | bytes
Answer = Callable[[bytes, list[Word]], list[Message]]
START, END = (compose_text(path, {}) for path in ("turn.start", "turn.end"))


class Scripted(Loopback):
    """A service that answers every request with these messages, again and again if `endless`.

    `answer(sound, words)` returns them. Bytes after `RAW` are written to the socket as they are,
    which is closed then.
    """

    def __init__(self, answer: Answer, *, endless: bool = False) -> None:
        super().__init__()
        self.answer, self.endless = answer, endless
        self.requests: list[Request] = []
        self.sent = 0

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/edge/v1", self._serve)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        with contextlib.suppress(ConnectionError):
            await socket.prepare(request)
            self.requests.append(await read_request(socket))
            messages = self.answer(*synthesize(self.requests[-1]))
            while True:
                for message in messages:
                    self.sent += len(message)
                    await send(socket, request, message)
                if not self.endless:
                    break
            await socket.receive()
        return socket


async def send(socket: web.WebSocketResponse, request: web.Request, message: Message) -> None:
    if isinstance(message, str):
        await socket.send_str(message)
    elif message.startswith(RAW):
        assert request.transport
        request.transport.write(message.removeprefix(RAW))
        await asyncio.sleep(0.05)
        request.transport.close()
    else:
        await socket.send_bytes(message)


RAW = b"raw:"


def boundary(offset: object, duration: object, text: object) -> str:
    data = {"Offset": offset, "Duration": duration, "text": {"Text": text}}
    return compose_text("audio.metadata", {"Metadata": [{"Type": "WordBoundary", "Data": data}]})


def audio(sound: bytes, words: list[Word]) -> list[Message]:
    return [m for m in compose_messages(sound, words) if isinstance(m, bytes)]


def times(sound: bytes, words: list[Word]) -> list[Message]:
    return [m for m in compose_messages(sound, words) if isinstance(m, str)]


def with_words(*words: str) -> Answer:
    """Return an answer of the right sound, with these boundaries."""
    return lambda sound, _: [START, *audio(sound, []), *words, END]


def after_itself(sound: bytes, words: list[Word]) -> list[Word]:
    """Return the words, and the same again after the sound's end."""
    return words + [word.later(len(sound) / FRAME * FRAME_SECONDS) for word in words]


def renamed(sound: bytes, words: list[Word]) -> list[Message]:
    other = [
        boundary(round(w.offset * TICKS), round((w.end - w.start) * TICKS), "再见") for w in words
    ]
    return [START, *audio(sound, []), *other, END]


COMPLETE: dict[str, Answer] = {
    "no start": lambda s, w: [*compose_messages(s, w), END],
    "two ends": lambda s, w: [START, *compose_messages(s, w), END, END],
    "the words after the sound": lambda s, w: [START, *audio(s, w), *times(s, w), END],
    "the words before the sound": lambda s, w: [START, *times(s, w), *audio(s, w), END],
}
BROKEN: dict[str, tuple[Answer, str]] = {
    "the end first": (lambda s, w: [END, START, *compose_messages(s, w)], "sent no sound"),
    "the end midway": (
        lambda s, w: [START, *compose_messages(s, w)[:6], END, *compose_messages(s, w)[6:]],
        "cut short",
    ),
    "the words backwards": (
        lambda s, w: [START, *audio(s, w), *times(s, w)[::-1], END],
        "times are out of order",
    ),
    "the sound twice": (
        lambda s, w: [START, *compose_messages(s + s, w), END],
        "lasts 2... times as long .* something was added",
    ),
    "all of it twice": (
        lambda s, w: [START, *compose_messages(s, w) * 2, END],
        "times are out of order",
    ),
    "all of it twice, in order": (
        lambda s, w: [START, *compose_messages(s + s, after_itself(s, w)), END],
        "lasts 2... times as long .* something was added",
    ),
    "another text": (renamed, "the service spoke other words: “再见再见"),
    "before the sound": (with_words(boundary(-(10**9), 10, LETTERS)), "no sound where"),
    "long after it": (with_words(boundary(10**30, 10, LETTERS)), "words are missing from"),
    "for ever": (with_words(boundary(10**6, 10**30, LETTERS)), "do not fit its sound"),
    "backwards in time": (with_words(boundary(10**6, -(10**7), LETTERS)), "out of order"),
    "for no time": (with_words(boundary(2 * 10**6, 0, LETTERS)), "do not fit its sound|no sound"),
    "a time in words": (with_words(boundary("soon", 10, LETTERS)), "cannot be read .TypeError"),
    "no time": (with_words(boundary(None, 10, LETTERS)), "cannot be read .TypeError"),
    "not a number": (with_words(boundary(float("nan"), 10, LETTERS)), "cannot be read .ValueErr"),
    "infinity": (with_words(boundary(float("inf"), 10, LETTERS)), "cannot be read .OverflowErr"),
    "a word that is none": (with_words(boundary(10**6, 10, None)), "cannot be read"),
    "nested without end": (
        with_words(compose_text("audio.metadata", {})[:-1] + "[" * 100_000),
        "cannot be read",
    ),
    "no words in a message": (with_words(compose_text("audio.metadata", {"Metadata": []})), "read"),
    "no path": (lambda _s, _w: ["hello"], "cannot be read"),
    "half a message": (lambda _s, _w: [boundary(1, 1, "会")[:40]], "cannot be read"),
    "a header longer than its message": (lambda _s, _w: [b"\xff\xffabc"], "cannot be read"),
    "bytes that are no UTF-8": (
        lambda _s, _w: [RAW + b"\x81\x04\xff\xfe\xfa\xf0"],
        "cannot be read",
    ),
    "a frame of no kind": (lambda _s, _w: [RAW + b"\x83\x04abcd"], "cannot be read"),
    "half a frame": (lambda _s, _w: [RAW + b"\x82\x7e\x10\x00abc"], "no sound|broke off"),
    "a message of gigabytes": (
        lambda _s, _w: [RAW + b"\x82\x7f" + struct.pack(">Q", 2**33) + bytes(10**6)],
        "cannot be read",
    ),
}


@pytest.mark.parametrize("answer", COMPLETE.values(), ids=COMPLETE)
def test_an_unusual_order_is_taken_if_the_answer_is_whole(answer: Answer) -> None:
    with Scripted(answer) as service, pointed_at(service):
        (clip,) = Recording()(TEXT)
    assert sounds_like(clip, TEXT)


@pytest.mark.parametrize(("answer", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_asked_for_again_and_then_named(answer: Answer, message: str) -> None:
    with (
        Scripted(answer) as service,
        pointed_at(service),
        pytest.raises(TransientError, match=f"^sentence 1 .*({message})") as failure,
    ):
        Recording()(TEXT)
    assert "\n" not in str(failure.value)
    assert len(service.requests) == 3


@pytest.mark.parametrize(
    "answer",
    [
        audio,
        lambda s, w: times(s, w)[:1],
        lambda _s, _w: [boundary(1, 1, "会" * 10_000)],
    ],
    ids=["sound", "words", "letters"],
)
def test_an_answer_without_end_is_given_up(answer: Answer) -> None:
    with (
        Scripted(answer, endless=True) as service,
        pointed_at(service),
        pytest.raises(InvalidResponse, match="sends more (sound|words) than the text can take"),
    ):
        Recording()(TEXT)
    assert service.sent < 3 * 10_000_000


def test_a_redirect_does_not_take_the_text_elsewhere() -> None:
    """The client would follow it, and open the WebSocket there."""
    with EdgeService() as other:

        async def redirect(head: bytes) -> AsyncIterator[bytes]:
            query = head.split()[1].partition(b"?")[2]
            there = b"http://localhost:%d/edge/v1?%b" % (other.port, query)
            yield b"HTTP/1.1 302 x\r\nLocation: %b\r\nContent-Length: 0\r\n\r\n" % there

        message = "cannot be reached .it redirects to another address, which is not sent the text"
        with (
            RawService(redirect) as service,
            pointed_at(service),
            pytest.raises(ServiceUnreachable, match=message),
        ):
            Recording(deadlines=HASTY)(TEXT)
        assert other.connections == 0


@contextlib.contextmanager
def pointed_at(service: Scripted | RawService) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        address = f"ws://127.0.0.1:{service.port}/edge/v1?a=b"
        patch.setattr("edge_tts.communicate.WSS_URL", address)
        patch.setattr("edge_tts.voices.VOICE_LIST", address.replace("ws:", "http:"))
        yield
