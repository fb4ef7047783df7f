"""What a person sets for single sentences: rate, pause, voice, and the cues' cuts.

A sentence is named by its text, and by which of the sentences with this text it is; so what is set
for it holds whatever changes elsewhere in the speech.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .errors import UsageError
from .messages import _
from .model import Speech, Utterance, Voice
from .units import Seconds

SLOWEST, FASTEST = -50, 100  # per cent, as in a preset


class SentenceKey(NamedTuple):
    """A sentence of a speech.

    Attributes:
        text: The text shown, without white space at its ends.
        number: Which of the sentences with this text, counted from 1.
    """

    text: str
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """What a person sets for one sentence.

    Attributes:
        rate: In per cent above (or below) that of the rest of its voice.
        pause_after: The silence after it; None for the one of its voice.
        voice: The name of the preset that speaks it; "" for the voice of its speaker.
        cuts: Whether a cue ends after so many characters of the sentence: True if it must, False
            if it must not. At the sentence's length it is whether its last cue may hold the next
            sentence.
    """

    rate: int = 0
    pause_after: Seconds | None = None
    voice: str = ""
    cuts: Mapping[int, bool] = field(default_factory=dict, hash=False)

    @property
    def empty(self) -> bool:
        """Whether it sets nothing."""
        return self == Adjustment()


@dataclass(frozen=True, slots=True)
class Adjustments:
    """The adjusted sentences of a speech.

    Attributes:
        sentences: The adjustments, by sentence.
        voices: The voices that they name, by the names of their presets.
    """

    sentences: Mapping[SentenceKey, Adjustment] = field(default_factory=dict, hash=False)
    voices: Mapping[str, Voice] = field(default_factory=dict, hash=False)


class AdjustedSpeaker(NamedTuple):
    """A speaker whose voice was changed for some sentences.

    Attributes:
        voice: The changed voice.
        speaker: The label of the speaker in whose place it speaks; "" is the main voice.
        preset: The name of the preset that was chosen for the sentences; "" if only their rate is
            another.
    """

    voice: Voice
    speaker: str
    preset: str


@dataclass(frozen=True, slots=True)
class AdjustedSpeech:
    """The adjustments of a speech, by the numbers of its sentences.

    Attributes:
        sentences: The adjustments, by the sentence's number, from 1.
        labels: The label of each sentence that another voice or rate speaks.
        speakers: What stands behind each of these labels.
    """

    sentences: Mapping[int, Adjustment] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    speakers: Mapping[str, AdjustedSpeaker] = field(default_factory=dict)

    @property
    def breaks(self) -> Mapping[int, Mapping[int, bool]]:
        """The cuts of each sentence that has any."""
        return {number: a.cuts for number, a in self.sentences.items() if a.cuts}


def name_sentences(texts: Iterable[str]) -> Iterator[SentenceKey]:
    """Yield the key of each sentence in turn.

    >>> list(name_sentences(["好。", "谢谢。", "好。"]))[-1]
    SentenceKey(text='好。', number=2)
    """
    counts = Counter[str]()
    for text in texts:
        shown = text.strip()
        counts[shown] += 1
        yield SentenceKey(shown, counts[shown])


def resolve_adjustments(
    speech: Speech, adjustments: Adjustments, cast: Mapping[str, Voice]
) -> AdjustedSpeech:
    """Return the adjustments of a speech by the numbers of its sentences.

    Args:
        speech: The parsed speech.
        adjustments: What is set; sentences that the speech does not have are ignored.
        cast: The voice of each speaker.

    Raises:
        UsageError: A voice would be slower or faster than any may be.
    """
    if not adjustments.sentences:
        return AdjustedSpeech()
    speakers = [p.speaker for p in speech.paragraphs for _ in p.sentences]
    keys = name_sentences(s.text for p in speech.paragraphs for s in p.sentences)
    sentences, labels = dict[int, Adjustment](), dict[int, str]()
    changed: dict[str, AdjustedSpeaker] = {}
    for number, (speaker, key) in enumerate(zip(speakers, keys, strict=True), 1):
        adjustment = adjustments.sentences.get(key)
        if adjustment is None:
            continue
        sentences[number] = adjustment
        if adjustment.rate or adjustment.voice:
            label = _label(speaker, adjustment)
            voice = adjustments.voices[adjustment.voice] if adjustment.voice else cast[speaker]
            faster = with_relative_rate(voice, adjustment.rate)
            changed[label] = AdjustedSpeaker(faster, speaker, adjustment.voice)
            labels[number] = label
    return AdjustedSpeech(sentences, labels, changed)


def with_relative_rate(voice: Voice, rate: int) -> Voice:
    """Return the voice, faster by `rate` per cent than it is.

    Raises:
        UsageError: It would be slower or faster than any voice may be.
    """
    absolute = round((100 + voice.rate) * (100 + rate) / 100 - 100)
    if not SLOWEST <= absolute <= FASTEST:
        raise UsageError(
            _(
                "a sentence at {rate:+}% of the voice '{voice}' ({rate_2:+}%) would be at "
                "{absolute:+}%; allowed are {slowest:+}% to {fastest:+}%"
            ).format(
                rate=rate,
                voice=voice.name,
                rate_2=voice.rate,
                absolute=absolute,
                slowest=SLOWEST,
                fastest=FASTEST,
            )
        )
    return replace(voice, rate=absolute)


def with_pauses(
    utterances: Iterable[Utterance], sentences: Mapping[int, Adjustment]
) -> Iterator[Utterance]:
    """Yield the utterances, the last of each adjusted sentence with its pause."""
    previous: Utterance | None = None
    for utterance in utterances:
        if previous:
            ends = utterance.sentence != previous.sentence
            yield _with_pause(previous, sentences) if ends else previous
        previous = utterance
    if previous:
        yield _with_pause(previous, sentences)


def _with_pause(last: Utterance, sentences: Mapping[int, Adjustment]) -> Utterance:
    adjustment = sentences.get(last.sentence)
    if adjustment is None or adjustment.pause_after is None:
        return last
    return replace(last, pause_after=adjustment.pause_after)


def _label(speaker: str, adjustment: Adjustment) -> str:
    """Return the label of sentences that are adjusted in this way; it reads well in a message."""
    rate = f"{adjustment.rate:+}%" if adjustment.rate else ""
    manner = " ".join(part for part in (adjustment.voice, rate) if part)
    return f"{speaker} [{manner}]".strip()
