"""Clips that last longer or shorter than they should are recorded again, and told of."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ..model import Clip, Voice
from .clip_cache import ClipCache
from .jobs import SynthesisJob, accepted
from .session import SynthesisSession
from .speaking_rate import SpeakingRate, measure_rate

TAKES = 2  # times a doubtful clip is recorded again
SAME = 0.05  # a second take that differs by no more says the same as the first

log = logging.getLogger("speechcast.studio")

_NOTED = Clip(np.zeros(0, np.int16), 1, ())


@dataclass(slots=True)
class _Doubt:
    """A job whose clip does not last as it should, and the takes of it."""

    job: SynthesisJob
    rate: SpeakingRate
    takes: list[Clip] = field(default_factory=list)

    @property
    def best(self) -> Clip:
        return min(self.takes, key=lambda clip: self.rate.distance(self.job.utterance, clip))

    @property
    def times(self) -> float:
        return self.rate.implausible_ratio(self.job.utterance, self.best)

    @property
    def open(self) -> bool:
        """Whether another take may tell more."""
        agreed = len(self.takes) > 1 and _alike(*self.takes[-2:])
        return bool(self.times) and not agreed and len(self.takes) <= TAKES


def retake_implausible(
    jobs: Sequence[SynthesisJob], clips: dict[str, Clip], session: SynthesisSession
) -> None:
    """Put the best takes of the doubtful clips into `clips`, and into the store.

    Each is whole by all its engine can tell, so what stays implausible is kept; it is logged as a
    warning, and noted in the store so that it is not recorded again every time.
    """
    doubts = [
        _Doubt(job, rate, [clips[job.key]])
        for job, rate in _doubtful(jobs, clips)
        if not (session.cache and session.cache.get(accepted(job.key), 0))
    ]
    while still := [doubt for doubt in doubts if doubt.open]:
        for doubt in still:
            log.info("%s lasts %.2f times as usual; again", doubt.job.name, doubt.times)
        takes = session.synthesize([doubt.job for doubt in still], _nothing, anew=True)
        for doubt in still:
            doubt.takes.append(takes[doubt.job.key])
    for doubt in doubts:
        clips[doubt.job.key] = doubt.best
        _keep(doubt, session.cache)


def _doubtful(
    jobs: Sequence[SynthesisJob], clips: dict[str, Clip]
) -> list[tuple[SynthesisJob, SpeakingRate]]:
    voices: dict[Voice, list[SynthesisJob]] = {}
    for job in jobs:
        if job.engine.online:
            voices.setdefault(job.voice, []).append(job)
    found = []
    for theirs in voices.values():
        rate = measure_rate([(job.utterance, clips[job.key]) for job in theirs])
        if rate:
            found += [
                (j, rate) for j in theirs if rate.implausible_ratio(j.utterance, clips[j.key])
            ]
    return found


def _keep(doubt: _Doubt, store: ClipCache | None) -> None:
    if store and doubt.best is not doubt.takes[0]:
        store.put(doubt.job.key, doubt.best)
    if times := doubt.times:
        log.warning(
            "%s lasts %.2f times as long as this voice usually takes; listen to it",
            doubt.job.name,
            times,
        )
        if store:
            store.put(accepted(doubt.job.key), _NOTED)


def _alike(one: Clip, other: Clip) -> bool:
    lengths = sorted((len(one.samples), len(other.samples)))
    return lengths[1] <= lengths[0] * (1 + SAME)


def _nothing(_: SynthesisJob) -> None:
    """Nobody is told of a second take."""
