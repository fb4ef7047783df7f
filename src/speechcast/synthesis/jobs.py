"""What is to be recorded: lines that sound alike are one job, recorded once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..engines.base import Engine
from ..engines.registry import engine_class
from ..model import Utterance, Voice
from .clip_cache import ClipCache

FITTING = 1  # to be raised when `onsets.fitted` puts tokens elsewhere than it did


@dataclass(frozen=True, slots=True)
class SynthesisJob:
    """Lines that sound alike; the first of them is the one recorded."""

    key: str
    lines: tuple[Utterance, ...]
    voice: Voice
    engine: Engine

    @property
    def line(self) -> Utterance:
        return self.lines[0]

    @property
    def name(self) -> str:
        """What a reader finds the line by."""
        start = self.line.shown.strip()[:20]
        return f"sentence {self.line.sentence} (line {self.line.row}, “{start}…”)"

    @property
    def service(self) -> str:
        """Who does the work: engines of one service share its places."""
        return self.engine.service


def make_jobs(
    lines: Sequence[Utterance], engines: Mapping[str, Engine], voices: Mapping[str, Voice]
) -> list[SynthesisJob]:
    """The jobs of all lines, in the order of their first lines."""
    makers = {who: sound_version(voices[who]) for who in {line.speaker for line in lines}}
    alike: dict[str, list[Utterance]] = {}
    for line in lines:
        key = ClipCache.key(line, voices[line.speaker], makers[line.speaker])
        alike.setdefault(key, []).append(line)
    return [
        SynthesisJob(key, tuple(same), voices[same[0].speaker], engines[same[0].speaker])
        for key, same in alike.items()
    ]


def accepted(key: str) -> str:
    """The key under which is noted that the clip, though implausible, was found to be so."""
    return hashlib.sha256(f"{key} accepted".encode()).hexdigest()


def sound_version(voice: Voice) -> str:
    """Who makes this voice's sound, to the version: what a kept clip depends on beside its text.

    See `Engine.sound_version`.
    """
    return f"{voice.engine} {engine_class(voice.engine).sound_version(voice)} fitting {FITTING}"
