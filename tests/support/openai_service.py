"""A loopback server with OpenAI's speech interface.

It speaks tones, without timings.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from typing import Any

import av
import numpy as np
from aiohttp import web

from tests.support.edge_sound import TAIL, render_tones, split_words
from tests.support.loopback import Loopback

Answer = Callable[[web.Request, bytes], web.StreamResponse | None]

_CODECS = {"wav": "pcm_s16le", "flac": "flac", "mp3": "libmp3lame"}


class SpeechServer(Loopback):
    """The server; `key` is the API key that it requires.

    `behave(request, sound)` may answer instead.
    """

    def __init__(self, behave: Answer | None = None, *, key: str = "", rate: int = 24_000) -> None:
        super().__init__()
        self.behave = behave or (lambda _request, _sound: None)
        self.key = key
        self.rate = rate
        self.requests: list[dict[str, Any]] = []
        self.at_once = self.most_at_once = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def add_routes(self, app: web.Application) -> None:
        app.router.add_post("/v1/audio/speech", self._speak)

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        order = await request.json()
        self.requests.append(order)
        if self.key and request.headers.get("Authorization") != f"Bearer {self.key}":
            wrong = request.headers.get("Authorization", "none")
            error = {"message": f"Incorrect API key provided: {wrong}", "code": "invalid_api_key"}
            return web.json_response({"error": error}, status=401)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            sound = await asyncio.to_thread(synthesize_tones, order, self.rate)
            special = self.behave(request, sound)
            kind = f"audio/{order['response_format']}"
            return special or web.Response(body=sound, content_type=kind)
        finally:
            self.at_once -= 1


def synthesize_tones(body: dict[str, Any], rate: int) -> bytes:
    """Return the request's text as a sound file of tones."""
    words = tuple(split_words(body["input"], body.get("speed", 1.0)))
    sound = render_tones(words, words[-1].end + TAIL, 0.0)
    pcm = np.rint(sound * 32767).astype(np.int16).reshape(1, -1)
    return encode(pcm, body["response_format"], rate)


def encode(pcm: np.ndarray[Any, np.dtype[np.int16]], form: str, rate: int) -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=form) as container:
        stream: Any = container.add_stream(_CODECS[form], rate=rate, layout="mono")
        resampler = av.AudioResampler(stream.format, "mono", rate)
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = 24_000
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return buffer.getvalue()
