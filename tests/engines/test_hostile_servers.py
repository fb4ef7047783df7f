"""What a server may send by HTTP: each ends in the whole sound or in one error, within bounds."""

from __future__ import annotations

import asyncio
import gzip
import io
import struct
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import av
import numpy as np
import pytest

from speechcast.engines.online.decoding import decode_response
from speechcast.engines.online.retry_after import parse_retry_after
from speechcast.errors import EngineError, InvalidResponse, RateLimited, TransientError
from tests.engines.test_openai import TEXT, synthesize, voice_at
from tests.support.openai_service import synthesize_tones
from tests.support.raw_service import RawService, Script
from tests.support.recording import sounds_like

WAV, FLAC, MP3 = (
    synthesize_tones({"input": TEXT, "response_format": form}, 24_000)
    for form in ("wav", "flac", "mp3")
)
PCM = WAV[-2 * ((len(WAV) - 78) // 2) :]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n"


def wav(pcm: bytes = PCM, *, rate: int = 24_000, channels: int = 1, bits: int = 16) -> bytes:
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * frame % 2**32, frame & 0xFFFF, bits)
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(pcm))
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + form
        + b"data"
        + struct.pack("<I", len(pcm))
        + pcm
    )


def sends(*pieces: bytes) -> Script:
    async def script(_: bytes) -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    return script


def repeats(start: bytes, piece: bytes) -> Script:
    async def script(_: bytes) -> AsyncIterator[bytes]:
        yield start
        while True:
            yield piece
            await asyncio.sleep(0)

    return script


def body(content: bytes, header: bytes = b"") -> Script:
    return sends(OK + header + b"Content-Length: %d\r\n\r\n" % len(content) + content)


def chunks(content: bytes) -> bytes:
    return b"".join(
        b"%x\r\n%b\r\n" % (len(piece), piece)
        for piece in (content[i : i + 1000] for i in range(0, len(content), 1000))
    )


COMPLETE = {
    "of unknown length": sends(OK.replace(b"1.1", b"1.0") + b"\r\n" + WAV),
    "in chunks": sends(OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunks(WAV) + b"0\r\n\r\n"),
    "without a type": sends(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(WAV) + WAV),
    "by the wrong type": body(MP3),
    "in stereo": body(wav(np.repeat(np.frombuffer(PCM, np.int16), 2).tobytes(), channels=2)),
}


@pytest.mark.parametrize("script", COMPLETE.values(), ids=COMPLETE)
def test_an_unusual_answer_is_taken_if_it_is_whole(script: Script) -> None:
    with RawService(script) as service:
        (clip,) = synthesize(voice_at(service.address), TEXT)
    assert sounds_like(clip, TEXT)


BROKEN: dict[str, tuple[Script, str]] = {
    "1 Hz": (body(wav(rate=1)), "has 1 samples a second; 8000 to 192000 are usual"),
    "0 Hz": (body(wav(rate=0)), "cannot be decoded"),
    "4 GHz": (body(wav(rate=2**32 - 1)), "cannot be decoded|samples a second"),
    "no channel": (body(wav(channels=0)), "cannot be decoded"),
    "65535 channels": (body(wav(channels=65_535)), "cannot be decoded"),
    "no bits": (body(wav(bits=0)), "cannot be decoded"),
    "twice": (body(wav(PCM * 2)), "lasts 2.1. times as long as its text takes, so something was"),
    "half": (body(wav(PCM[: len(PCM) // 4 * 2])), "lasts 0.5. times .* words are missing"),
    "half an MP3": (body(MP3[: len(MP3) // 2]), "lasts 0.4. times .* words are missing"),
    "half a FLAC": (body(FLAC[: len(FLAC) // 2]), "cannot be decoded"),
    "a constant": (body(wav(np.full(90_000, 9_000, np.int16).tobytes())), "silent where words"),
    "a page": (body(b"<html>please log in</html>"), "is no WAV, FLAC or MP3"),
    "half of unknown length": (sends(OK + b"\r\n" + WAV[: len(WAV) // 2]), "is cut short"),
    "cut in chunks": (
        sends(OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunks(WAV)[:5000]),
        "the service's answer broke off",
    ),
    "longer than announced": (
        sends(OK + b"Content-Length: %d\r\n\r\n" % (len(WAV) // 2) + WAV),
        "is cut short",
    ),
    "a length below zero": (sends(OK + b"Content-Length: -5\r\n\r\n"), "cannot be read"),
    "two lengths": (sends(OK + b"Content-Length: 5\r\n" * 2 + b"\r\n"), "cannot be read|is no WAV"),
    "another protocol": (sends(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "cannot be read"),
}


@pytest.mark.parametrize(("script", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_asked_for_again_and_then_named(script: Script, message: str) -> None:
    with (
        RawService(script) as service,
        pytest.raises(TransientError, match=f"^sentence 1 .*({message})") as failure,
    ):
        synthesize(voice_at(service.address), TEXT)
    assert len(service.heads) == 3
    assert "\n" not in str(failure.value)


REFUSED = {
    "gzip": body(gzip.compress(WAV), b"Content-Encoding: gzip\r\n"),
    "a bomb": body(gzip.compress(bytes(50_000_000)), b"Content-Encoding: gzip\r\n"),
    "a page": sends(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>log in</html>"),
    "JSON": sends(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
        b'{"error": {"message": "no credit"}}'
    ),
    "a redirect": sends(b"HTTP/1.1 307 x\r\nLocation: http://127.0.0.1:9/\r\n\r\n"),
}


@pytest.mark.parametrize("script", REFUSED.values(), ids=REFUSED)
def test_what_no_attempt_changes_is_not_asked_for_again(script: Script) -> None:
    with RawService(script) as service, pytest.raises(EngineError) as failure:
        synthesize(voice_at(service.address), TEXT)
    assert not isinstance(failure.value, TransientError)
    assert len(service.heads) == 1


ENDLESS: dict[str, Script] = {
    "sound": repeats(OK + b"\r\n" + wav()[:44], bytes(1 << 16)),
    "MP3": repeats(OK + b"\r\n", MP3),
    "headers": repeats(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 1000),
    "a header": repeats(b"HTTP/1.1 200 OK\r\nX-A: ", b"a" * 65_536),
    "a status": repeats(b"HTTP/1.1 200 ", b"a" * 65_536),
    "an error": repeats(b"HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\n\r\n", b"a" * 65_536),
}


@pytest.mark.parametrize("script", ENDLESS.values(), ids=ENDLESS)
def test_an_answer_without_end_is_given_up(script: Script) -> None:
    """With what the sockets' buffers hold, each attempt takes less than 20 MB from the server."""
    with RawService(script) as service, pytest.raises(TransientError):
        synthesize(voice_at(service.address), TEXT)
    assert len(service.heads) == 3
    assert service.sent < 3 * 20_000_000


def test_a_file_of_twenty_hours_is_not_decoded_to_its_end() -> None:
    """A minute of silence takes 6 kB as FLAC, and 3 MB as samples."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="flac") as container:
        stream: Any = container.add_stream("flac", rate=24_000, layout="mono")
        for _ in range(60):  # an hour stands for twenty
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 24_000 * 60), np.int16), "s16", "mono")
            frame.sample_rate = 24_000
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    tracemalloc.start()
    try:
        with pytest.raises(InvalidResponse, match="lasts more than 30 seconds, longer than its"):
            decode_response(buffer.getvalue(), "flac", "server", 30.0)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


# When to come again.


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("31536000", 31_536_000.0),
        ("1.5", 1.5),
        ("-5", None),
        ("", None),
        ("9" * 400, None),
        ("٣", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Fri, 31 Feb 0000 99:59:59 +9999", None),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 0.0),
    ],
)
def test_when_to_come_again_is_read_as_far_as_it_makes_sense(
    header: str, seconds: float | None
) -> None:
    assert parse_retry_after(header) == seconds


@pytest.mark.parametrize("header", [b"31536000", b"Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_server_that_asks_for_a_year_is_given_up_at_once(header: bytes) -> None:
    script = sends(b"HTTP/1.1 429 x\r\nRetry-After: " + header + b"\r\nContent-Length: 0\r\n\r\n")
    with RawService(script) as service, pytest.raises(RateLimited, match="wait 365 days|years of"):
        synthesize(voice_at(service.address), TEXT)
    assert len(service.heads) == 1
