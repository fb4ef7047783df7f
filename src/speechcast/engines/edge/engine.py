"""Synthesize with Microsoft's read-aloud service, through edge-tts.

Each utterance is one request, made once; the caller decides by the error whether to repeat it.
The client notices neither a silent service nor a response that was cut off, so every wait has a
deadline here, and a response is only accepted after it was checked to be complete.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...downloads.bundle import Bundle
from ...errors import EngineError, InvalidResponse, PresetError, TransientError
from ...messages import _
from ...model import Clip, Utterance, Voice
from ..base import Destination, RemoteEngine, ignore_start
from ..online.addresses import parse_origin
from ..online.bounds import longest_sound
from ..online.deadlines import Deadlines, read_with_deadlines
from ..online.event_loop import EventLoop
from ..online.options import request_limit
from ..online.proxy import find_proxy
from ..registry import SYNTAX
from .client import received_bytes, service_address
from .failures import missing_voice_error, translate_error
from .response import EdgeResponse, ReceivedSpeech
from .word_alignment import build_clip

if TYPE_CHECKING:
    from edge_tts import Communicate

SOUND_VERSION = 1  # raise it when the same response is turned into another clip
MAX_CHARACTERS = 500  # with every character escaped, still under the client's 4096 bytes a request
MAX_REQUESTS = 16  # at once, unless the preset has a limit; failures begin above 40
DEADLINES = Deadlines()


class Edge(RemoteEngine[EdgeResponse]):
    """The engine behind the presets with `engine = "edge"`."""

    def __init__(self, voice: Voice, deadlines: Deadlines = DEADLINES) -> None:
        super().__init__(voice)
        self._deadlines = deadlines
        self._loop = EventLoop("edge")
        self._voices_lock = asyncio.Lock()
        self._voice_names: frozenset[str] | None = None  # of the service, once it was asked

    @property
    def workers(self) -> int:
        """The preset's `limit`, or `MAX_REQUESTS`."""
        return request_limit(self.voice, MAX_REQUESTS)

    def request(
        self, utterance: Utterance, on_start: Callable[[], None] = ignore_start
    ) -> EdgeResponse:
        """Return the service's complete response; see `RemoteEngine.request`."""
        return self._loop.run(self._request(utterance.spoken, on_start))

    def to_clip(self, utterance: Utterance, response: EdgeResponse) -> Clip:
        """Return the response as a clip; see `RemoteEngine.to_clip`."""
        return build_clip(utterance, *response, longest_sound(utterance.spoken, self.voice))

    def close(self) -> None:
        """Drop every connection; running requests raise EngineError."""
        self._loop.stop()

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004 the same for every voice
        """Return `MAX_CHARACTERS`."""
        return MAX_CHARACTERS

    @staticmethod
    def destination(voice: Voice) -> Destination:  # noqa: ARG004 the same for every voice
        """Return the service's host."""
        address = str(parse_origin(service_address()))
        return Destination(address, "edge", "Microsoft's public read-aloud service")

    @classmethod
    def sound_version(cls, voice: Voice) -> str:  # noqa: ARG003 the same for every voice
        """Return `SOUND_VERSION`: the sound is the service's, not our version's."""
        return str(SOUND_VERSION)

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return no bundles: the model is the service's.

        Raises:
            PresetError: The limit is out of range, or the voice is not named as the service does.
        """
        request_limit(voice, MAX_REQUESTS)
        if not SYNTAX["edge"].voice.fullmatch(voice.voice):
            raise PresetError(
                _(
                    "preset '{voice}': voice is '{voice_2}'; allowed is the service's name "
                    "of a voice, like zh-CN-XiaoxiaoNeural"
                ).format(voice=voice.name, voice_2=voice.voice)
            )
        return ()

    async def _request(self, text: str, on_start: Callable[[], None]) -> EdgeResponse:
        """Return the complete response, every foreign exception translated to an EngineError."""
        from edge_tts.exceptions import NoAudioReceived

        try:
            return await self._read_response(text, on_start)
        except EngineError:
            raise
        except NoAudioReceived as exc:
            await self._require_voice()
            raise InvalidResponse(_("the service sent no sound")) from exc
        except Exception as exc:
            raise translate_error(exc, self.voice, self._find_proxy()) from exc

    async def _read_response(self, text: str, on_start: Callable[[], None]) -> EdgeResponse:
        from edge_tts import Communicate

        from .connector import SingleHostConnector

        connector = SingleHostConnector(service_address())
        request = Communicate(
            text,
            self.voice.voice,
            rate=f"{self.voice.rate:+}%",
            pitch=f"{self.voice.pitch:+}Hz",
            boundary="WordBoundary",
            connector=connector,
            proxy=self._find_proxy(),
            connect_timeout=math.ceil(self._deadlines.connect),
        )
        received = ReceivedSpeech(text, self.voice)
        messages = read_with_deadlines(request.stream(), text, self._deadlines, on_start)
        try:
            async for message in messages:
                received.add(message)
        finally:
            await messages.aclose()
            await connector.end()
        _require_complete(request, len(received.audio))
        return received.response

    async def _require_voice(self) -> None:
        """Raise EngineError if the service lacks the voice.

        The service's response does not say so.
        """
        async with self._voices_lock:
            if self._voice_names is None:
                self._voice_names = await self._list_voices()
        if self._voice_names and self.voice.voice not in self._voice_names:
            raise missing_voice_error(self.voice)

    async def _list_voices(self) -> frozenset[str]:
        """Return the names of the service's voices.

        The set is empty if the service does not list them.
        """
        from edge_tts import list_voices

        try:
            async with asyncio.timeout(self._deadlines.first):
                voices = await list_voices(proxy=self._find_proxy())
        except Exception:
            return frozenset()
        return frozenset(voice["ShortName"] for voice in voices)

    def _find_proxy(self) -> str | None:
        return find_proxy(service_address(), self.voice.options.get("proxy"))


def _require_complete(request: Communicate, received: int) -> None:
    """Raise TransientError unless every part of the response came to its `turn.end`.

    The client counts a part's bytes only at its `turn.end`; `received` counts all of them.
    """
    if received_bytes(request) != received:
        raise TransientError(_("the service's answer broke off"))
