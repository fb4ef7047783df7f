"""Synthesis jobs: utterances that sound the same are recorded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..engines.base import Engine
from ..engines.registry import engine_class
from ..messages import _
from ..model import Utterance, Voice
from .clip_cache import ClipCache

FITTING = 1  # raise it when `audio.activity.snap_to_sound` places tokens elsewhere than before

LAST_JOBS = 16  # of a recording, begun by their length; more than two cores hold at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class SynthesisJob:
    """Utterances that sound the same; the first of them is recorded.

    Attributes:
        key: The key of the clip in the clip cache.
        utterances: The utterances, at least one.
        positions: Where each of them stands in the speech, counted from 0.
        voice: The voice of their speaker.
        engine: What records them.
    """

    key: str
    utterances: tuple[Utterance, ...]
    positions: tuple[int, ...]
    voice: Voice
    engine: Engine

    @property
    def utterance(self) -> Utterance:
        """The utterance that is recorded."""
        return self.utterances[0]

    @property
    def name(self) -> str:
        """The utterance's name in messages: `sentence 3 (line 7, “Good…”)`."""
        start = self.utterance.shown.strip()[:20]
        return _("sentence {number} (line {row}, “{start}…”)").format(
            number=self.utterance.sentence, row=self.utterance.row, start=start
        )

    @property
    def service(self) -> str:
        """The service that does the work, and whose limit applies."""
        return self.engine.service


def make_jobs(
    utterances: Sequence[Utterance], engines: Mapping[str, Engine], voices: Mapping[str, Voice]
) -> list[SynthesisJob]:
    """Return the jobs of all utterances, ordered by their first utterances.

    Args:
        utterances: What is spoken.
        engines: The engine of each speaker, by the speaker's label.
        voices: The voice of each speaker, by the speaker's label.
    """
    speakers = {utterance.speaker for utterance in utterances}
    versions = {speaker: sound_version(voices[speaker]) for speaker in speakers}
    alike: dict[str, list[int]] = {}
    for position, utterance in enumerate(utterances):
        speaker = utterance.speaker
        key = ClipCache.key(utterance, voices[speaker], versions[speaker])
        alike.setdefault(key, []).append(position)
    return [
        SynthesisJob(
            key=key,
            utterances=tuple(utterances[position] for position in positions),
            positions=tuple(positions),
            voice=voices[utterances[positions[0]].speaker],
            engine=engines[utterances[positions[0]].speaker],
        )
        for key, positions in alike.items()
    ]


def order_jobs(jobs: Sequence[SynthesisJob]) -> list[SynthesisJob]:
    """Return the jobs in the order in which all of them take the least time.

    It is that of the document, so that what follows the recording can go on beside it; except that
    of the last ones the longest come first, so that at the end short ones fill the remaining slots.
    """
    early, late = jobs[:-LAST_JOBS], jobs[-LAST_JOBS:]
    return [*early, *sorted(late, key=lambda job: -len(job.utterance.spoken))]


def sound_version(voice: Voice) -> str:
    """Return the name and version of what makes this voice's sound.

    A cached clip depends on it as well as on its text. See `Engine.sound_version`.
    """
    return f"{voice.engine} {engine_class(voice.engine).sound_version(voice)} fitting {FITTING}"
