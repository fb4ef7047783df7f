"""Utterances to clips: recording, retries and retakes.

Every utterance is a job; equal ones share a job (`jobs.py`). The clip of a job comes from
the clip cache, or from its engine: through the limiter of its service (`concurrency.py`), with
retries as long as there is hope (`retry.py`). At the end the clips of an online voice are compared
with each other (`speaking_rate.py`), and the implausible ones recorded again (`retakes.py`).

One utterance that fails ends the recording: a production is whole, or it fails. What was recorded
until then stays in the cache, so the next run goes on from there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

from ..engines.base import Engine
from ..model import Clip, Utterance, Voice
from ..progress import ProgressCallback
from .concurrency import LIMITERS, Limiters
from .jobs import make_jobs
from .ordered_clips import ClipCallback, OrderedClips, ignore_clip
from .resources import NO_CACHE, Resources, default_resources
from .retakes import retake_implausible
from .retry import RETRY_POLICY, RetryPolicy
from .session import JobProgress, SynthesisSession

__all__ = ["RETRY_POLICY", "Resources", "RetryPolicy", "default_resources", "synthesize"]


def synthesize(  # noqa: PLR0913 each by its name
    utterances: Sequence[Utterance],
    engines: Mapping[str, Engine],
    progress: ProgressCallback,
    *,
    voices: Mapping[str, Voice],
    resources: Resources = NO_CACHE,
    on_clip: ClipCallback = ignore_clip,
    policy: RetryPolicy = RETRY_POLICY,
    limiters: Limiters = LIMITERS,
) -> list[Clip]:
    """Return the clip of each utterance, in order.

    Args:
        utterances: What is spoken.
        engines: The engine of each speaker, by the speaker's label. They are closed on any error,
            an interruption included, so that no work goes on behind it.
        progress: Called with the sentences finished so far.
        voices: The voice of each speaker, by the speaker's label.
        resources: The cache, the concurrency, where clips are held and the order of recording; by
            default no cache.
        on_clip: Called in this thread with the clip of each utterance, in order, each as soon as it
            and all before it are there. Of an online voice, a better take may replace it later.
        policy: When an utterance is given up.
        limiters: The limiters of the services; by default those of this process.

    Raises:
        EngineError: An utterance could not be recorded; it names the sentence.
        TextError: An utterance has a character that its voice cannot speak.
    """
    jobs = make_jobs(utterances, engines, voices)
    with contextlib.closing(SynthesisSession(engines, resources, policy, limiters)) as session:
        try:
            clips = session.synthesize(
                jobs, JobProgress(jobs, progress), on_clip=OrderedClips(on_clip).add
            )
            retake_implausible(jobs, clips, session)
        except BaseException as exc:
            session.abort(exc)
            raise
    by_position = {position: clips[job.key] for job in jobs for position in job.positions}
    return [by_position[position] for position in range(len(utterances))]
