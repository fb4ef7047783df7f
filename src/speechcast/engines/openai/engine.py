"""Synthesize with a server that has OpenAI's speech interface.

The interface is `POST …/v1/audio/speech`.

Kokoro-FastAPI, LocalAI and others offer it, on one's own machine or elsewhere. A preset's
`[options]` give the server's `address` and may give `model`, `format` (wav, flac or mp3), `limit`
and `word_times` (aligned or estimated). Address and model may instead come from
`SPEECHCAST_OPENAI_ADDRESS` and `SPEECHCAST_OPENAI_MODEL`. The key comes only from the environment
(see keys.py), and goes only into the request's header.

When its words are spoken, few such servers say (captions.py). The others' words are timed by an
embedded voice, if one is installed (reference.py), or estimated (pause_alignment.py).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...audio.activity import find_active_ranges, snap_to_sound
from ...downloads.bundle import Bundle
from ...errors import InvalidResponse, PresetError
from ...messages import _
from ...model import Clip, Span, Utterance, Voice
from ..base import SAMPLE_RATE, Destination, RemoteEngine, ignore_start
from ..online.boundaries import Boundary, align_tokens
from ..online.bounds import longest_sound
from ..online.deadlines import Deadlines
from ..online.event_loop import EventLoop
from ..online.options import request_limit
from ..online.spans import clamp_spans
from .captions import is_captioned, read_timed_speech
from .client import SpeechClient
from .keys import find_key
from .pause_alignment import align_to_pauses
from .reference import ALIGNED, ESTIMATED, WordTimer, find_reference, wants_times
from .responses import decode_sound
from .server import resolve_server

if TYPE_CHECKING:
    from ...units import Mono16

SOUND_VERSION = 2  # raise it when the same response is turned into another clip
MAX_CHARACTERS = 300
MAX_REQUESTS = 4  # at once, unless the preset has a limit; servers may be small
# Such a server may synthesize everything, slower than real time, before it sends the first byte.
DEADLINES = Deadlines(
    first=15.0, first_per_character=0.4, next=15.0, total=30.0, total_per_character=0.6
)


class OpenAI(RemoteEngine[bytes]):
    """The engine behind presets with `engine = "openai"`.

    The server's response is a sound file.
    """

    def __init__(self, voice: Voice, deadlines: Deadlines = DEADLINES) -> None:
        super().__init__(voice)
        self._server = resolve_server(voice)
        self._client = SpeechClient(voice, self._server, deadlines)
        self._loop = EventLoop("openai")
        self._timer = WordTimer(voice)

    @property
    def service(self) -> str:
        """The engine's name and the server's address.

        Each server has its own limit.
        """
        return f"openai {self._server.address}"

    @property
    def workers(self) -> int:
        """The preset's `limit`, or `MAX_REQUESTS`."""
        return request_limit(self.voice, MAX_REQUESTS)

    def request(self, utterance: Utterance, on_start: Callable[[], None] = ignore_start) -> bytes:
        """Return the server's complete sound file; see `RemoteEngine.request`."""
        return self._loop.run(self._client.fetch(utterance.spoken, on_start))

    def to_clip(self, utterance: Utterance, response: bytes) -> Clip:
        """Return the sound file as a clip; see `RemoteEngine.to_clip`."""
        sound, words = read_timed_speech(response) if is_captioned(response) else (response, [])
        samples = decode_sound(sound, longest_sound(utterance.spoken, self.voice))
        sounds = find_active_ranges(samples, SAMPLE_RATE)
        if not sounds:
            raise InvalidResponse(_("the server sent nothing but silence"))
        spans = self._find_spans(utterance, samples, words)
        approximate = spans is None
        if spans is None:
            spans = tuple(align_to_pauses(utterance.tokens, sounds, SAMPLE_RATE))
        clip = Clip(samples, SAMPLE_RATE, clamp_spans(spans, len(samples)), approximate)
        return snap_to_sound(clip, utterance.tokens)

    def _find_spans(
        self, utterance: Utterance, samples: Mono16, words: Sequence[Boundary]
    ) -> tuple[Span | None, ...] | None:
        """Return where each token is heard; None if nothing says it."""
        if sum(token.voiced for token in utterance.tokens) == 1:
            whole = Span(0, len(samples))
            return tuple(whole if token.voiced else None for token in utterance.tokens)
        if words:
            with contextlib.suppress(InvalidResponse):  # it writes the words in another way
                return align_tokens(utterance, words, len(samples))
        return self._timer.align(utterance, samples)

    def close(self) -> None:
        """Drop every connection; running requests raise EngineError."""
        self._loop.stop()
        self._timer.close()

    @staticmethod
    def max_characters(voice: Voice) -> int:  # noqa: ARG004 the same for every voice
        """Return `MAX_CHARACTERS`."""
        return MAX_CHARACTERS

    @staticmethod
    def destination(voice: Voice) -> Destination:
        """Return the server's address.

        Raises:
            PresetError: Address, format or key is not usable.
        """
        address = resolve_server(voice).display_address
        find_key(voice, address)
        return Destination(address, address)

    @classmethod
    def sound_version(cls, voice: Voice) -> str:
        """Return `SOUND_VERSION` with the server's address, model and format."""
        server = resolve_server(voice)
        times = ALIGNED if find_reference(voice) else ESTIMATED
        return f"{SOUND_VERSION} {server.display_address} {server.model} {server.format} {times}"

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """Return no bundles: the model is the server's.

        Raises:
            PresetError: Address, format, limit, key or `word_times` is not usable, or the preset
                has a pitch.
        """
        wants_times(voice)
        find_key(voice, resolve_server(voice).address)
        request_limit(voice, MAX_REQUESTS)
        if voice.pitch:
            raise PresetError(
                _("preset '{voice}': such a server cannot change the pitch; leave it out").format(
                    voice=voice.name
                )
            )
        return ()
