"""Fitting a speech to a given length.

First the rate of the voices is changed, then the length of the pauses. The rate is found by
recording and measuring, at most a few times; the pauses make up for the rest, as long as the
listener does not notice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..errors import UsageError
from ..messages import _
from ..model import Clip, Pauses, Utterance, Voice
from ..timeline import length_of
from ..units import Seconds
from . import duration

SLOWEST, FASTEST = 0.7, 1.5  # times an engine's own pace; beyond, it does not sound like a person
_SHORTEST_PAUSES, _LONGEST_PAUSES = 0.6, 1.5  # times the preset's
# The scale of the pauses, relative to that of the rate, that needs no new recording.
_GOOD_PAUSES = (0.9, 1.12)
_GOOD_LENGTH = 0.005  # the relative error of the length that needs no new recording
_ROUNDS = 4  # recordings at the most
_LONGEST: Seconds = 24 * 3600  # no sound is longer; see `dub.request` and `dub.original`

Cast = Mapping[str, Voice]
"""The voice of each speaker, by the speaker's label; the main voice's is empty."""

CastSynthesizer = Callable[[Cast], list[Clip]]
"""Records all utterances with these voices, and returns the clips in order."""


@dataclass(frozen=True, slots=True)
class FittedClips:
    """The clips of a speech, and the voices to place them with.

    Attributes:
        cast: The voice of each speaker, with the rate of the clips and the pauses between them.
        clips: The clip of each utterance, in order.
    """

    cast: Cast
    clips: list[Clip]

    @property
    def pauses(self) -> Mapping[str, Pauses]:
        """The pauses of each speaker, by the speaker's label."""
        return {speaker: voice.pauses for speaker, voice in self.cast.items()}


def fit_to_duration(
    seconds: Seconds | None,
    utterances: Sequence[Utterance],
    cast: Cast,
    synthesize: CastSynthesizer,
) -> FittedClips:
    """Record a speech in a given length.

    The voices and the pauses become slower or faster together.

    Args:
        seconds: The length of the whole production; None for the length it takes by itself.
        utterances: What is spoken.
        cast: The voices as the presets have them.
        synthesize: Records the utterances; called once for every attempt.

    Raises:
        UsageError: The voice would be too fast or too slow; it names the nearest possible length.
    """
    if seconds is None:
        return FittedClips(cast, synthesize(cast))
    factor = seconds / duration.estimate_seconds(utterances, cast)
    for _round in range(_ROUNDS):
        adjusted = _slowed(cast, factor)
        clips = synthesize(adjusted)
        scale = _pause_scale(seconds, utterances, clips, adjusted)
        speed = _speed(adjusted[utterances[0].speaker])
        expected = factor if SLOWEST < speed < FASTEST else _limited(factor)
        if _GOOD_PAUSES[0] <= scale / expected <= _GOOD_PAUSES[1]:
            break
        step = _length(utterances, clips, adjusted, expected) / seconds
        if abs(step - 1) < _GOOD_LENGTH:
            break
        factor /= step
    if not _SHORTEST_PAUSES <= scale <= _LONGEST_PAUSES:
        raise _impossible_length(seconds, utterances, clips, adjusted)
    return FittedClips(_with_pauses(adjusted, scale), clips)


def parse_duration(text: str) -> Seconds:
    """Parse the length given to `--fit`: `8:00`, `1:02:03` or seconds.

    >>> parse_duration("8:00"), parse_duration("90")
    (480.0, 90.0)

    Raises:
        UsageError: It is not a length, or it is zero or longer than a day.
    """
    match = re.fullmatch(
        r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5}(?:\.\d+)?)", text.strip(), re.ASCII
    )
    seconds = (
        sum(float(n or 0) * unit for n, unit in zip(match.groups(), (3600, 60, 1), strict=True))
        if match
        else 0.0
    )
    if not seconds:
        raise UsageError(
            _("'{text}' is not a length; write minutes and seconds, like 8:00").format(text=text)
        )
    if seconds > _LONGEST:
        raise UsageError(
            _("'{text}' is too long; it must be no more than 24 hours").format(text=text)
        )
    return seconds


def _slowed(cast: Cast, factor: float) -> Cast:
    """Return the voices slowed by `factor`, within the limits."""
    return {
        speaker: replace(
            voice, rate=round(100 * min(FASTEST, max(SLOWEST, _speed(voice) / factor)) - 100)
        )
        for speaker, voice in cast.items()
    }


def _speed(voice: Voice) -> float:
    """Return the voice's speed relative to its engine's own pace."""
    return 1 + voice.rate / 100


def _limited(scale: float) -> float:
    return min(_LONGEST_PAUSES, max(_SHORTEST_PAUSES, scale))


def _with_pauses(cast: Cast, scale: float) -> Cast:
    return {
        speaker: replace(voice, pauses=voice.pauses.scaled(scale))
        for speaker, voice in cast.items()
    }


def _length(
    utterances: Sequence[Utterance], clips: Sequence[Clip], cast: Cast, scale: float
) -> Seconds:
    """Return the length of the production with pauses `scale` times the presets'."""
    pauses = {speaker: voice.pauses.scaled(scale) for speaker, voice in cast.items()}
    return length_of(utterances, clips, pauses) / clips[0].rate


def _pause_scale(
    seconds: Seconds, utterances: Sequence[Utterance], clips: Sequence[Clip], cast: Cast
) -> float:
    """Return the scale of the pauses for a length of `seconds`."""
    without, once = (_length(utterances, clips, cast, scale) for scale in (0.0, 1.0))
    if once == without:
        return 1.0 if abs(once - seconds) < 0.01 * seconds else float("inf")
    return (seconds - without) / (once - without)


def _impossible_length(
    seconds: Seconds, utterances: Sequence[Utterance], clips: Sequence[Clip], cast: Cast
) -> UsageError:
    too_short = _length(utterances, clips, cast, 1.0) > seconds
    scale = _SHORTEST_PAUSES if too_short else _LONGEST_PAUSES
    nearest = _length(utterances, clips, cast, scale)
    nearest = math.ceil(nearest) if too_short else math.floor(nearest)  # what is named must work
    message = (
        _(
            "a length of {fit} would need a voice too fast to listen to; the nearest that works is "
            "{nearest}"
        )
        if too_short
        else _(
            "a length of {fit} would need a voice too slow to listen to; the nearest that works is "
            "{nearest}"
        )
    )
    return UsageError(message.format(fit=_minutes(seconds), nearest=_minutes(nearest)))


def _minutes(seconds: Seconds) -> str:
    """Return a length as minutes and seconds, like `8:00`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
