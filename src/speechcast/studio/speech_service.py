"""Speak a text for another program, without a project."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..audio.stitch import stitch
from ..documents import Document
from ..documents.plain import parse_plain
from ..engines.registry import engine_class
from ..errors import PresetError, SpeechcastError, UsageError
from ..messages import _
from ..model import Timeline, Voice
from ..playback.levels import CEILING, SharedLevels
from ..preferences import Chooser
from ..prepare import prepare, require_readable
from ..progress import ignore_progress
from ..recording import record
from ..request import resolve_request
from ..sending import list_transfers, require_consent
from ..synthesis.synthesizer import Resources
from ..text.whitespace import LINE_END
from ..timeline import place
from ..units import Seconds
from ..voices import presets
from ..voices.embedded import is_embedded

if TYPE_CHECKING:
    from ..units import Mono16

MOST_CHARACTERS = 20_000  # of a request; an hour and more of speech
MOST_WAITING = 16  # requests at once; chosen here
SLOWEST_SPEED, FASTEST_SPEED = 0.5, 2.0  # as a preset's rate
LEAD_IN, TAIL = 0.1, 0.2  # seconds of silence around the speech


class BusyError(SpeechcastError):
    """As many requests as may wait are waiting."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word and when it is heard, in seconds."""

    word: str
    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A text that was spoken.

    Attributes:
        timeline: Its sound.
        gains: By which each speaker is raised.
    """

    timeline: Timeline
    gains: Mapping[str, float]

    def blocks(self) -> Iterator[Mono16]:
        """Yield the sound: int16, shape (samples,) each, mono."""
        return stitch(self.timeline, self.gains, CEILING)

    @property
    def seconds(self) -> Seconds:
        """How long it lasts."""
        return self.timeline.length / self.timeline.rate

    def words(self) -> Iterator[SpokenWord]:
        """Yield the words, with the marks that follow them, in order."""
        rate = self.timeline.rate
        for tokens in self.timeline.sentences():
            pending: SpokenWord | None = None
            for token, span in tokens:
                if span is not None:
                    if pending:
                        yield pending
                    pending = SpokenWord(token.shown, span.start / rate, span.end / rate)
                elif pending:
                    pending = replace(pending, word=pending.word + token.shown.rstrip())
            if pending:
                yield pending


class SpeechService:
    """Speaks texts for other programs, for any number of threads."""

    def __init__(self, resources: Resources, allow_online: tuple[str, ...] = ()) -> None:
        """Speak with these resources.

        Args:
            resources: The clip cache and the concurrency.
            allow_online: The addresses (or `edge`) to which online voices may send texts.
        """
        self._resources = resources
        self._allowed = allow_online
        self._places = threading.BoundedSemaphore(MOST_WAITING)
        self._levels = SharedLevels()

    def speak(self, text: str, voice_name: str, speed: float = 1.0) -> SpokenText:
        """Return a text as it is spoken.

        Args:
            text: The text; it names no voice and no file.
            voice_name: The name of a preset, or of an embedded voice.
            speed: How fast, times the voice's own rate.

        Raises:
            BusyError: Too many requests are waiting.
            ConsentError: The voice would send the text to a server, and the user did not allow it.
            SpeechcastError: The text cannot be spoken.
        """
        if len(text) > MOST_CHARACTERS:
            raise UsageError(
                _("input has {count} characters; allowed are {most_characters}: split it").format(
                    count=len(text), most_characters=MOST_CHARACTERS
                )
            )
        voice = _with_speed(load_voice(voice_name), speed)
        if not self._places.acquire(blocking=False):
            raise BusyError(
                _("{most_waiting} requests are waiting; try again later").format(
                    most_waiting=MOST_WAITING
                )
            )
        try:
            return self._speak(text, voice)
        finally:
            self._places.release()

    def _speak(self, text: str, voice: Voice) -> SpokenText:
        document = Document(tuple(parse_plain(LINE_END.sub("\n", text))))
        request = resolve_request(
            document, "input", Path(), voice=voice, allow_online=self._allowed
        )
        # Another program named the voice, not the user.
        consent = replace(request.consent, choosers={"": Chooser.PROGRAM})
        prepared = prepare(replace(request, consent=consent))
        require_consent(list_transfers(prepared))
        require_readable(prepared)
        spoken = record(prepared, ignore_progress, self._resources)
        pauses = {
            label: replace(p, lead_in=LEAD_IN, tail=TAIL) for label, p in spoken.pauses.items()
        }
        timeline = place(prepared.utterances, spoken.clips, pauses)
        return SpokenText(timeline, self._levels.find_gains(timeline, spoken.cast))


def load_voice(name: str) -> Voice:
    """Return the voice of a preset that is installed, or an embedded voice; never of a path.

    Raises:
        PresetError: There is none, or its model is not installed.
    """
    if name not in presets.PRESETS.list_files() and not is_embedded(name):
        raise PresetError(
            _("there is no voice '{name}'; GET /v1/audio/voices lists them").format(name=name[:80])
        )
    voice = presets.load(name)
    engine = engine_class(voice.engine)
    if not engine.online and not all(bundle.ready for bundle in engine.required_bundles(voice)):
        raise PresetError(
            _(
                "the voice '{voice}' is not installed; run: speechcast voices install {voice}"
            ).format(voice=voice.name)
        )
    return voice


def _with_speed(voice: Voice, speed: float) -> Voice:
    if not SLOWEST_SPEED <= speed <= FASTEST_SPEED:
        raise UsageError(
            _("speed is {speed:g}; allowed are {slowest_speed:g} to {fastest_speed:g}").format(
                speed=speed, slowest_speed=SLOWEST_SPEED, fastest_speed=FASTEST_SPEED
            )
        )
    rate = round((100 + voice.rate) * speed - 100)
    return replace(voice, rate=min(100, max(-50, rate)))
