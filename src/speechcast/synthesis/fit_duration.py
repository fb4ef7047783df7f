"""A speech spoken in a given time: the rate from the real clips, the rest by the pauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..errors import UsageError
from ..model import Clip, Pauses, Utterance, Voice
from ..timeline import place
from . import duration

SLOWEST, FASTEST = 0.7, 1.5  # times an engine's own pace; beyond, it no longer sounds like a person
_SHORTEST_PAUSES, _LONGEST_PAUSES = 0.6, 1.5  # times the preset's
_AIMED_AT = (0.9, 1.12)  # the pauses' scale, beside the rate's, that is not worth a new recording
_ROUNDS = 4

Cast = Mapping[str, Voice]
CastSynthesizer = Callable[[Cast], list[Clip]]


@dataclass(frozen=True, slots=True)
class FittedClips:
    """The voices as they were spoken with, and their clips."""

    cast: Cast
    clips: list[Clip]

    @property
    def pauses(self) -> Mapping[str, Pauses]:
        """Each speaker's."""
        return {who: voice.pauses for who, voice in self.cast.items()}


def fit_to_duration(
    seconds: float | None, utterances: Sequence[Utterance], cast: Cast, synthesize: CastSynthesizer
) -> FittedClips:
    """The lines spoken in `seconds`, voices and pauses slower or faster by the same.

    None: in the time they take. Raises UsageError naming the nearest length that can be had.
    """
    if seconds is None:
        return FittedClips(cast, synthesize(cast))
    factor = seconds / duration.estimate_seconds(utterances, cast)
    for _ in range(_ROUNDS):
        tried = _paced(cast, factor)
        clips = synthesize(tried)
        pauses = _pauses_to_fill(seconds, utterances, clips, tried)
        speed = _speed(tried[utterances[0].speaker])
        own = factor if SLOWEST < speed < FASTEST else _limited(factor)
        if _AIMED_AT[0] <= pauses / own <= _AIMED_AT[1]:
            break
        step = _length(utterances, clips, tried, own) / seconds
        if abs(step - 1) < 0.005:
            break
        factor /= step
    if not _SHORTEST_PAUSES <= pauses <= _LONGEST_PAUSES:
        raise _impossible(seconds, utterances, clips, tried)
    return FittedClips(_with_pauses(tried, pauses), clips)


def _paced(cast: Cast, factor: float) -> Cast:
    """The voices at a rate that takes `factor` times as long, within the limits."""
    return {
        who: replace(v, rate=round(100 * min(FASTEST, max(SLOWEST, _speed(v) / factor)) - 100))
        for who, v in cast.items()
    }


def _speed(voice: Voice) -> float:
    return 1 + voice.rate / 100


def _limited(scale: float) -> float:
    return min(_LONGEST_PAUSES, max(_SHORTEST_PAUSES, scale))


def _with_pauses(cast: Cast, scale: float) -> Cast:
    return {who: replace(v, pauses=v.pauses.scaled(scale)) for who, v in cast.items()}


def _length(lines: Sequence[Utterance], clips: Sequence[Clip], cast: Cast, scale: float) -> float:
    """Seconds of the whole with pauses `scale` times the presets'."""
    pauses: dict[str, Pauses] = {who: v.pauses.scaled(scale) for who, v in cast.items()}
    placed = place(lines, clips, pauses)
    return placed.length / placed.rate


def _pauses_to_fill(
    seconds: float, lines: Sequence[Utterance], clips: Sequence[Clip], cast: Cast
) -> float:
    """How much longer the pauses must be for the whole to take `seconds`."""
    without, once = (_length(lines, clips, cast, scale) for scale in (0.0, 1.0))
    if once == without:
        return 1.0 if abs(once - seconds) < 0.01 * seconds else float("inf")
    return (seconds - without) / (once - without)


def _impossible(
    seconds: float, lines: Sequence[Utterance], clips: Sequence[Clip], cast: Cast
) -> UsageError:
    faster = _length(lines, clips, cast, 1.0) > seconds
    scale = _SHORTEST_PAUSES if faster else _LONGEST_PAUSES
    nearest = _length(lines, clips, cast, scale)
    how = "fast" if faster else "slow"
    return UsageError(
        f"--fit {_clock(seconds)} would need a voice too {how} to listen to; the nearest that "
        f"works is {_clock(nearest)}"
    )


def parse_duration(length: str) -> float:
    """The seconds of `8:00`, `1:02:03` or `90`. Raises UsageError."""
    match = re.fullmatch(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5}(?:\.\d+)?)", length.strip())
    seconds = (
        sum(float(n or 0) * of for n, of in zip(match.groups(), (3600, 60, 1), strict=True))
        if match
        else 0.0
    )
    if not seconds:
        raise UsageError(f"--fit is '{length}', it must be minutes and seconds, like 8:00")
    return seconds


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
