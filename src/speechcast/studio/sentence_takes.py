"""Sentences as they are spoken now, as they were before, and as another voice would speak them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..adjustments import SentenceKey
from ..messages import _
from ..model import BlockKind, Utterance
from ..prepare import Prepared
from ..project import edits
from ..project.project import SPEECH_FILE, Project, SpeechFile
from ..project.sentences import list_sentences
from .errors import MissingError
from .recorded_clips import RecordedClips, find_keys
from .view import Cast, View


@dataclass(frozen=True, slots=True)
class SentenceTake:
    """A sentence as it was spoken, or will be.

    Attributes:
        utterances: What is spoken.
        cast: The voices that speak it.
        keys: What decides the sound of each utterance.
    """

    utterances: tuple[Utterance, ...]
    cast: Cast
    keys: tuple[str, ...]

    @property
    def alone(self) -> tuple[Utterance, ...]:
        """The utterances without the pauses that the text has before and after them."""
        *others, last = self.utterances
        alone = (*others, replace(last, pause_after=0.0))
        return (replace(alone[0], pause_before=0.0), *alone[1:])


def take_of(view: View, number: int) -> SentenceTake:
    """Return a sentence as it is spoken now.

    Raises:
        MissingError: There is no such sentence.
    """
    if number not in view.positions:
        raise MissingError(_("there is no sentence {number}").format(number=number))
    return SentenceTake(tuple(view.utterances_of(number)), view.cast, view.keys_of(number))


def to_sample(view: View, voice: str) -> Project:
    """Return a project of the first sentence that is no title, spoken by a voice."""
    project = view.history.current
    sentences = view.preview.sentences
    body = [s for s in sentences if s.kind is BlockKind.BODY] or list(sentences)
    return replace(
        project,
        speech=SpeechFile(SPEECH_FILE, body[0].text.strip().encode()),
        settings=replace(project.settings, voice=voice, cast={}, fit=None),
        adjustments={},
    )


def first_take(prepared: Prepared) -> SentenceTake:
    """Return the first sentence of what would be recorded."""
    cast = prepared.request.cast
    first = tuple(u for u in prepared.utterances if u.sentence == 1)
    return SentenceTake(first, cast, tuple(find_keys(first, cast)))


class PreviousTakes:
    """The sentences of a project as they were recorded before their latest change."""

    def __init__(self, clips: RecordedClips) -> None:
        """Begin with no sentence that was another."""
        self._clips = clips
        self._takes: dict[SentenceKey, SentenceTake] = {}

    def find(self, key: SentenceKey) -> SentenceTake | None:
        """Return a sentence as it was; None if it was not recorded another way."""
        return self._takes.get(key)

    def follow(self, before: View, after: View) -> None:
        """Find the sentences again, and those that are different now, after a change."""
        self._takes = dict(self._pair(before, after))

    def _pair(self, before: View, after: View) -> Iterator[tuple[SentenceKey, SentenceTake]]:
        """Yield the sentences as they were before, by their keys as they are now."""
        old = list_sentences(before.history.current)
        new = list_sentences(after.history.current)
        for i, j in edits.pair_sentences(old, new):
            if i not in range(len(before.positions)) or j not in range(len(after.positions)):
                continue
            take = take_of(before, i + 1)
            if take.keys != after.keys_of(j + 1) and all(map(self._clips.holds, take.keys)):
                yield new[j].key, take
            elif earlier := self.find(old[i].key):
                yield new[j].key, earlier
