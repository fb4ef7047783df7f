"""Record sentences until each fits its cues: first at the preset's rate, then as it must be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import Clip, Pauses, Utterance, Voice
from ..subtitles.caption import Caption
from .lines import Line
from .phrases import find_phrases
from .rates import CueNeed, Limits, measure_needs, plan_rates

_ROUNDS = 6  # recordings at the most; a model's frames are coarser than a per cent of its rate

TakeRecorder = Callable[[Sequence[Utterance], Mapping[str, Voice]], list[Clip]]
"""Records utterances with a voice for each of their speakers."""


@dataclass(frozen=True, slots=True)
class Takes:
    """The clips of a dubbing.

    Attributes:
        clips: The clip of each utterance.
        rates: The rate of each sentence in per cent, by its number.
        needs: What the cues need, as the clips are.
    """

    clips: tuple[Clip, ...]
    rates: Mapping[int, int]
    needs: tuple[CueNeed, ...]


@dataclass(frozen=True, slots=True)
class TakeTask:
    """What is to be recorded.

    Attributes:
        utterances: What is spoken.
        cast: The voice of each speaker, at the preset's rate.
        captions: The cues in the order of time.
        lines: What each cue says.
        token_lines: The line of each token of each utterance.
        limits: How slow and how fast a sentence may be.
    """

    utterances: tuple[Utterance, ...]
    cast: Mapping[str, Voice]
    captions: tuple[Caption, ...]
    lines: tuple[Line, ...]
    token_lines: Sequence[tuple[int, ...]]
    limits: Limits

    @property
    def pauses(self) -> Mapping[str, Pauses]:
        """The pauses of each speaker, by the speaker's label."""
        return {speaker: voice.pauses for speaker, voice in self.cast.items()}


def record_takes(task: TakeTask, record: TakeRecorder) -> Takes:
    """Return the clips at rates at which they fit, as far as the limits allow.

    Args:
        task: What is to be recorded.
        record: Records utterances; called once for every round, with those that change.
    """
    rates = {u.sentence: task.cast[u.speaker].rate for u in task.utterances}
    takes = _measure(task, _record_changed(task, rates, None, record), rates)
    first = True
    for _ in range(_ROUNDS - 1):
        sample_rate = takes.clips[0].rate
        current = {} if first else takes.rates
        planned = plan_rates(
            takes.needs, task.utterances, task.cast, task.limits, current, sample_rate
        )
        if planned == takes.rates:
            break
        takes = _measure(task, _record_changed(task, planned, takes, record), planned)
        first = False
    return takes


def _measure(task: TakeTask, clips: Sequence[Clip], rates: Mapping[int, int]) -> Takes:
    phrases = find_phrases(task.utterances, clips, task.token_lines, task.lines)
    needs = measure_needs(phrases, task.utterances, task.captions, task.pauses, clips[0].rate)
    return Takes(tuple(clips), rates, tuple(needs))


def _record_changed(
    task: TakeTask, rates: Mapping[int, int], before: Takes | None, record: TakeRecorder
) -> list[Clip]:
    """Return all clips; only those of another rate than before are recorded.

    A sentence at another rate is spoken by a voice of that rate, which has a label of its own.
    """
    clips = list(before.clips) if before else []
    changed = [
        index
        for index, u in enumerate(task.utterances)
        if before is None or before.rates[u.sentence] != rates[u.sentence]
    ]
    voices: dict[str, Voice] = {}
    labelled = []
    for utterance in (task.utterances[i] for i in changed):
        rate = rates[utterance.sentence]
        label = f"{utterance.speaker}\n{rate:+}%"
        voices[label] = replace(task.cast[utterance.speaker], rate=rate)
        labelled.append(replace(utterance, speaker=label))
    recorded = record(labelled, voices)
    if before is None:
        return recorded
    for index, clip in zip(changed, recorded, strict=True):
        clips[index] = clip
    return clips
