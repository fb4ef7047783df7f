"""A project read into all that a page shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..frontend.utterances import Reader
from ..messages import Language
from ..model import Sentence, Speech, Utterance, Voice
from ..prepare import Prepared
from ..preview import Preview
from ..project.history import History
from ..request import Request
from ..synthesis import duration
from ..synthesis.jobs import sound_version
from ..units import Seconds
from .recorded_clips import find_keys

Cast = Mapping[str, Voice]  # the voice of each speaker, by the speaker's label


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A project whose sentences are known, and not read yet.

    Attributes:
        history: The project, and what can be undone.
        request: What would be made of it.
        speech: Its paragraphs and sentences.
    """

    history: History
    request: Request
    speech: Speech


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """What the voice of a sentence makes of it, wherever the sentence stands.

    Attributes:
        keys: What decides the sound of each of its utterances.
        seconds: An estimate of how long it sounds.
    """

    keys: tuple[str, ...]
    seconds: Seconds


@dataclass(frozen=True, kw_only=True)
class View:
    """A project, read.

    Attributes:
        history: The project, and what can be undone.
        prepared: What would be recorded.
        preview: What would be heard.
        cast: The voice of each speaker, at the rate at which it is recorded.
        language: Of what the program says about it.
    """

    history: History
    prepared: Prepared
    preview: Preview
    cast: Cast
    language: Language

    @cached_property
    def sentences(self) -> Sequence[tuple[Sentence, Reader]]:
        """The sentences, each with its reader."""
        speakers = {u.sentence: u.speaker for u in self.prepared.utterances}
        sentences = [s for p in self.prepared.speech.paragraphs for s in p.sentences]
        readers = self.prepared.readers
        return [(s, readers[speakers[number]]) for number, s in enumerate(sentences, 1)]

    @cached_property
    def spoken(self) -> Sequence[SpokenSentence]:
        """What its voice makes of each sentence; of one that did not change, the same object."""
        versions = {speaker: sound_version(voice) for speaker, voice in self.cast.items()}
        return [
            self._speak(number, sentence, reader, versions)
            for number, (sentence, reader) in enumerate(self.sentences, 1)
        ]

    def _speak(
        self, number: int, sentence: Sentence, reader: Reader, versions: Mapping[str, str]
    ) -> SpokenSentence:
        utterances = self.utterances_of(number)
        speaker = utterances[0].speaker
        voice = self.cast[speaker]  # at the rate of this speech, which its reader may not know

        def make() -> SpokenSentence:
            keys = find_keys(utterances, self.cast)
            return SpokenSentence(tuple(keys), duration.estimate_spoken(utterances, self.cast))

        manner = (voice.engine, voice.voice, voice.rate, voice.pitch, voice.pace)
        return reader.derive(make, SpokenSentence, sentence, versions[speaker], *manner)

    @cached_property
    def keys(self) -> list[str]:
        """What decides the sound of each utterance."""
        return [key for spoken in self.spoken for key in spoken.keys]

    @cached_property
    def positions(self) -> Mapping[int, Sequence[int]]:
        """Where the utterances of each sentence stand among all; by the sentence's number."""
        positions: dict[int, list[int]] = {}
        for position, utterance in enumerate(self.prepared.utterances):
            positions.setdefault(utterance.sentence, []).append(position)
        return positions

    @cached_property
    def levels(self) -> Sequence[int]:
        """The level of the heading that each sentence stands in; 0 for all others."""
        return list_levels(self.prepared.speech)

    def utterances_of(self, number: int) -> Sequence[Utterance]:
        """Return the utterances of a sentence."""
        return [self.prepared.utterances[position] for position in self.positions[number]]

    def keys_of(self, number: int) -> tuple[str, ...]:
        """Return what decides the sound of a sentence."""
        return self.spoken[number - 1].keys


def count_sentences(speech: Speech) -> int:
    """Return how many sentences a speech has."""
    return sum(len(paragraph.sentences) for paragraph in speech.paragraphs)


def list_levels(speech: Speech) -> list[int]:
    """Return the level of the heading that each sentence stands in; 0 for all others."""
    return [p.level for p in speech.paragraphs for _ in p.sentences]
