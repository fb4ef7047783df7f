"""Find the rate at which each sentence fits its cues.

A sentence is spoken at the preset's own rate where that fits: the silence after a cue, up to the
next one that is spoken, is its own. Only where that is not enough, or where a sentence goes on in
later cues than it would by itself, its rate is another, within the limits.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ..errors import UsageError
from ..messages import _
from ..model import Pauses, Utterance, Voice
from ..subtitles.caption import Caption
from ..units import Hertz, Milliseconds, Samples, Seconds
from .phrases import CuePhrase

DEFAULT_LIMITS = (0.85, 1.25)
"""Times the preset's rate: what a person would do to keep in step. Chosen for this project."""
_WIDEST_LIMITS = (0.5, 2.0)
SHORTEST_PAUSE = 0.6
"""Times the preset's: how short the pause between two sentences of a cue may be, before they are
hurried. As in `synthesis.fit_duration`."""
TOLERANCE: Seconds = 0.004
"""By which a phrase may be too long: the length of its fade, in which the next one begins."""
_STEADY = 0.03  # a slower rate by less than this share is not heard, and needs no new recording
# By how much a sentence may be short of going on by itself to be slowed down all the same; where
# a break remains in any case, it is not drawled besides.
_NEARLY = 0.9
_ENGINE_RATES = (-50, 100)  # per cent: what a preset may have


@dataclass(frozen=True, slots=True)
class CueNeed:
    """What the words of a cue need, and what there is for them, in samples.

    Attributes:
        cue: The index of the cue.
        phrases: Its phrases, in order.
        pauses: The pauses between them, as the presets have them.
        tail: The silence before the next cue, for which a sentence is hurried, but none fails.
        room: From its start to the start of the next cue that is spoken; None for the last.
        shown: From its start to its end.
    """

    cue: int
    phrases: tuple[CuePhrase, ...]
    pauses: tuple[Samples, ...]
    tail: Samples
    room: Samples | None
    shown: Samples

    @property
    def speech(self) -> Samples:
        """How long it is heard, without pauses."""
        return sum(phrase.length for phrase in self.phrases)

    @property
    def shortest(self) -> Samples:
        """How long it takes at this rate, with the shortest pauses."""
        return self.speech + sum(map(shortest_pause, self.pauses))

    def excess(self, tolerance: Samples, tail: Samples = 0) -> Samples:
        """Return by how much it is too long if `tail` follows; 0 if it fits."""
        if self.room is None or self.shortest + tail <= self.room + tolerance:
            return 0
        return self.shortest + tail - self.room


@dataclass(frozen=True, slots=True)
class Limits:
    """How slow and how fast a sentence may be, relative to its preset."""

    slowest: float = DEFAULT_LIMITS[0]
    fastest: float = DEFAULT_LIMITS[1]

    def rates(self, voice: Voice) -> tuple[int, int]:
        """Return the lowest and the highest rate of a voice, in per cent."""
        speed = 1 + voice.rate / 100
        lowest = math.ceil(_to_rate(self.slowest * speed))
        highest = math.floor(_to_rate(self.fastest * speed))
        return max(lowest, _ENGINE_RATES[0]), min(max(highest, voice.rate), _ENGINE_RATES[1])


USUAL_LIMITS = Limits()


def parse_limits(text: str) -> Limits:
    """Parse the limits given to `--limits`.

    >>> parse_limits("0.9-1.2")
    Limits(slowest=0.9, fastest=1.2)

    Raises:
        UsageError: They are not two numbers around 1.
    """
    low, _dash, high = text.replace("–", "-").partition("-")
    try:
        slowest, fastest = float(low), float(high)
    except ValueError:
        slowest = fastest = math.nan
    if not _WIDEST_LIMITS[0] <= slowest <= 1 <= fastest <= _WIDEST_LIMITS[1]:
        raise UsageError(
            _(
                "--limits is '{text}'; it must be two numbers from {widest_limits:g} to "
                "{widest_limits_2:g} with 1 between them, like 0.85-1.25"
            ).format(text=text, widest_limits=_WIDEST_LIMITS[0], widest_limits_2=_WIDEST_LIMITS[1])
        )
    return Limits(slowest, fastest)


def measure_needs(
    phrases: Sequence[CuePhrase],
    utterances: Sequence[Utterance],
    captions: Sequence[Caption],
    pauses: Mapping[str, Pauses],
    rate: Hertz,
) -> list[CueNeed]:
    """Return what each spoken cue needs.

    Args:
        phrases: All phrases, in order.
        utterances: What is spoken.
        captions: The cues in the order of time.
        pauses: The pauses of each speaker, by the speaker's label.
        rate: The sample rate.
    """
    groups = [tuple(group) for _, group in groupby(phrases, key=lambda p: p.cue)]
    needs = [
        CueNeed(
            group[0].cue,
            group,
            tuple(_pause_after(utterances[p.utterance], pauses, rate) for p in group[:-1]),
            0,
            None,
            to_samples(captions[group[0].cue].end - captions[group[0].cue].start, rate),
        )
        for group in groups
    ]
    for number, (need, following) in enumerate(pairwise(needs)):
        speaker = utterances[need.phrases[-1].utterance].speaker
        room = to_samples(captions[following.cue].start - captions[need.cue].start, rate)
        tail = _breath(need.phrases[-1], following.phrases[0], pauses[speaker], rate)
        needs[number] = replace(need, tail=tail, room=room)
    return needs


def to_samples(time: Milliseconds, rate: Hertz) -> Samples:
    """Return the sample at a time; exact at the voices' rate of 24 kHz."""
    return time * rate // 1000


def shortest_pause(pause: Samples) -> Samples:
    """Return how short a pause may become before anything is hurried."""
    return round(SHORTEST_PAUSE * pause)


def plan_rates(  # noqa: PLR0913 what a rate depends on, each by its name
    needs: Sequence[CueNeed],
    utterances: Sequence[Utterance],
    cast: Mapping[str, Voice],
    limits: Limits,
    current: Mapping[int, int],
    rate: Hertz,
) -> dict[int, int]:
    """Return the rate of each sentence, in per cent, by the sentence's number.

    Each is hurried as its most crowded cue requires, and one that was never adapted is slowed
    down as far as it then goes on by itself from cue to cue.

    Args:
        needs: What the cues need, as the clips of the last recording are.
        utterances: What was recorded.
        cast: The voice of each speaker, at the preset's rate.
        limits: How slow and how fast a sentence may be.
        current: The rates of the last recording; empty for the first, at the presets' rates.
        rate: The sample rate.
    """
    hurry, flow = _find_speeds(needs, utterances, rate)
    planned = {}
    for utterance in utterances:
        sentence, voice = utterance.sentence, cast[utterance.speaker]
        before = current.get(sentence, voice.rate)
        lowest, highest = limits.rates(voice)
        wanted = hurry.get(sentence, 0.0)
        slower = flow.get(sentence, 1.0)
        slow = limits.slowest * _NEARLY <= slower < 1 - _STEADY
        if wanted <= 1 and not current and slow:
            wanted = max(wanted, slower)
            planned[sentence] = min(before, max(lowest, _scaled(before, wanted)))
        elif wanted > 1:
            planned[sentence] = min(highest, max(before + 1, _scaled(before, wanted)))
        else:
            planned[sentence] = before
    return planned


def _find_speeds(
    needs: Sequence[CueNeed], utterances: Sequence[Utterance], rate: Hertz
) -> tuple[dict[int, float], dict[int, float]]:
    """Return two speeds of each sentence, relative to the one it was recorded at.

    The first is the slowest at which every cue fits; above 1 only where one does not fit now. The
    second is the one at which it goes on without a break into each later cue of its own.
    """
    hurry: dict[int, float] = {}
    flow: dict[int, float] = {}
    tolerance = round(TOLERANCE * rate)
    for need in needs:
        speed = (
            _fitting_speed(need)
            if need.excess(tolerance, need.tail)
            else min(1.0, _fitting_speed(need))
        )
        for phrase in need.phrases:
            sentence = utterances[phrase.utterance].sentence
            hurry[sentence] = max(hurry.get(sentence, 0.0), speed)
    for need, following in pairwise(needs):
        first, last = following.phrases[0], need.phrases[-1]
        sentence = utterances[first.utterance].sentence
        if utterances[last.utterance].sentence == sentence and need.room:
            whole = need.speech + sum(need.pauses) + max(last.gap, need.tail)
            flow[sentence] = max(flow.get(sentence, 0.0), whole / need.room)
    return hurry, flow


def _fitting_speed(need: CueNeed) -> float:
    """Return how much faster a cue must be spoken to fit, relative to now."""
    if need.room is None:
        return 0.0
    left = need.room - need.tail - (need.shortest - need.speech)
    return need.speech / left if left > 0 else math.inf


def _scaled(rate: int, speed: float) -> int:
    """Return a rate, in per cent, changed by a speed and rounded up."""
    if math.isinf(speed):
        return _ENGINE_RATES[1]
    return math.ceil(_to_rate((1 + rate / 100) * speed))


def _to_rate(speed: float) -> float:
    return round(100 * speed - 100, 6)


def _pause_after(utterance: Utterance, pauses: Mapping[str, Pauses], rate: Hertz) -> Samples:
    """Return the pause after an utterance within a cue: never that between two paragraphs."""
    preset = pauses[utterance.speaker]
    return round(min(preset.seconds(utterance.pause), preset.sentence) * rate)


def _breath(last: CuePhrase, following: CuePhrase, pauses: Pauses, rate: Hertz) -> Samples:
    """Return the silence that is left between two cues at the least.

    It is no more than the voice itself leaves there.
    """
    breath = round(pauses.join * rate)
    if last.utterance == following.utterance:
        return min(last.gap, breath)
    return min(breath, round(pauses.sentence * rate))
