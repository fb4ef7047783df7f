"""Clips that last implausibly long or short are recorded again, and reported."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import InvalidResponse
from ..messages import _
from ..model import Clip, Voice
from ..progress import ignore_progress
from .clip_cache import ClipCache
from .jobs import SynthesisJob
from .session import JobProgress, SynthesisSession, locate_error
from .speaking_rate import SpeakingRate, measure_rate

MAX_RETAKES = 2  # times an implausible clip is recorded again
CLEARLY_WRONG = 0.6  # times the usual length, or the inverse: half of it, or all of it twice
AGREEMENT = 0.05  # two takes whose lengths differ by no more are taken to say the same

log = logging.getLogger("speechcast.synthesis")


@dataclass(slots=True)
class _Retake:
    """A job whose clip lasts implausibly, and the takes of it.

    Attributes:
        job: What is recorded.
        rate: The usual rate of its voice.
        takes: The clips so far, the first one included.
    """

    job: SynthesisJob
    rate: SpeakingRate
    takes: list[Clip] = field(default_factory=list)

    @property
    def best(self) -> Clip:
        """The take nearest to the usual rate."""
        return min(self.takes, key=lambda clip: self.rate.distance(self.job.utterance, clip))

    @property
    def ratio(self) -> float:
        """The best take's length relative to the usual; 0 if plausible."""
        return self.rate.implausible_ratio(self.job.utterance, self.best)

    @property
    def unsettled(self) -> bool:
        """Whether another take may be better."""
        agreed = len(self.takes) > 1 and _agree(*self.takes[-2:])
        return bool(self.ratio) and not agreed and len(self.takes) <= MAX_RETAKES


def retake_implausible(
    jobs: Sequence[SynthesisJob], clips: dict[str, Clip], session: SynthesisSession
) -> None:
    """Record implausible clips of online voices again; keep the best takes.

    Every take is whole as far as its engine can tell, so one that stays somewhat implausible is
    used; it is logged as a warning, and accepted in the clip cache so that it is not recorded again
    every time. One that stays clearly wrong ends the work.

    Args:
        jobs: What was recorded.
        clips: The clip of each job, by its key; the best takes are put into it.
        session: What records the takes; its cache gets the best ones.

    Raises:
        InvalidResponse: The best take of an utterance is half as long as usual, or twice.
    """
    retakes = [
        _Retake(job, rate, [clips[job.key]])
        for job, rate in _find_implausible(jobs, clips)
        if not (session.cache and session.cache.is_accepted(job.key))
    ]
    while unsettled := [retake for retake in retakes if retake.unsettled]:
        for retake in unsettled:
            log.info("%s lasts %.2f times as long as usual; again", retake.job.name, retake.ratio)
        again = [retake.job for retake in unsettled]
        takes = session.synthesize(again, JobProgress(again, ignore_progress), use_cache=False)
        for retake in unsettled:
            retake.takes.append(takes[retake.job.key])
    for retake in retakes:
        clips[retake.job.key] = retake.best
        _conclude(retake, session.cache)


def _find_implausible(
    jobs: Sequence[SynthesisJob], clips: dict[str, Clip]
) -> list[tuple[SynthesisJob, SpeakingRate]]:
    """Return the jobs with implausible clips, each with its voice's rate."""
    by_voice: dict[Voice, list[SynthesisJob]] = {}
    for job in jobs:
        if job.engine.online:
            by_voice.setdefault(job.voice, []).append(job)
    implausible = []
    for same_voice in by_voice.values():
        rate = measure_rate([(job.utterance, clips[job.key]) for job in same_voice])
        if rate:
            implausible += [
                (job, rate)
                for job in same_voice
                if rate.implausible_ratio(job.utterance, clips[job.key])
            ]
    return implausible


def _conclude(retake: _Retake, cache: ClipCache | None) -> None:
    """Store the best take; if it is still implausible, accept it.

    A warning is logged then.

    Raises:
        InvalidResponse: It is clearly wrong; nothing stays in the cache.
    """
    ratio = retake.ratio
    if ratio and not CLEARLY_WRONG <= ratio <= 1 / CLEARLY_WRONG:
        if cache:
            cache.discard(retake.job.key)
        guess = "words are missing" if ratio < 1 else "something was added"
        error = InvalidResponse(
            _("it lasts {ratio:.2f} times as long as this voice usually takes, so {guess}").format(
                ratio=ratio, guess=guess
            )
        )
        raise locate_error(error, retake.job, cached=cache is not None)
    if cache and retake.best is not retake.takes[0]:
        cache.put(retake.job.key, retake.best)
    if ratio:
        log.warning(
            "%s lasts %.2f times as long as this voice usually takes; listen to it",
            retake.job.name,
            ratio,
        )
        if cache:
            cache.accept(retake.job.key)


def _agree(one: Clip, other: Clip) -> bool:
    shorter, longer = sorted((len(one.samples), len(other.samples)))
    return longer <= shorter * (1 + AGREEMENT)
