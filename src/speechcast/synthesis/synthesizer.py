"""Lines to clips: who records what when, and what is done where it goes wrong.

Every line is a job (lines that sound alike share one). A job's clip comes from the store, or from
its engine: through the gate of its service (pace.py), again and again as long as there is hope
(again.py). The clips come back in the lines' order, whatever order they were finished in. At the
end an online voice's clips are held against each other (plausible.py).

One line that fails ends the recording: a production is whole, or it is not. What was recorded until
then stays in the store, so the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..engines.base import Engine
from ..model import Clip, Utterance, Voice
from ..progress import ProgressCallback
from .clip_cache import ClipCache, default_folder
from .concurrency import LIMITERS, Limiters
from .jobs import make_jobs
from .retakes import retake_implausible
from .retry import RETRY_POLICY, RetryPolicy
from .session import JobProgress, SynthesisSession

__all__ = ["RETRY_POLICY", "Resources", "RetryPolicy", "default_resources", "synthesize"]


@dataclass(frozen=True, slots=True)
class Resources:
    """What a recording has to work with; nothing of it is heard.

    `store` keeps the clips for other productions, `jobs` is how many lines one service has at once
    at the most (None: as many as its engine takes). `hold` is given every clip, and returns one
    like it that is held until the production is made (None: they are held in memory).
    """

    cache: ClipCache | None = None
    jobs: int | None = None
    hold: Callable[[Clip], Clip] | None = None


def default_resources() -> Resources:
    """The user's own clip store, and as many lines at once as the engines take."""
    return Resources(ClipCache(default_folder()))


def synthesize(  # noqa: PLR0913 each by its name
    utterances: Sequence[Utterance],
    engines: Mapping[str, Engine],
    progress: ProgressCallback,
    *,
    voices: Mapping[str, Voice],
    resources: Resources = Resources(),
    policy: RetryPolicy = RETRY_POLICY,
    limiters: Limiters = LIMITERS,
) -> list[Clip]:
    """A clip for every line, in their order, recorded by its speaker's engine in his voice.

    Raises EngineError naming the sentence, or TextError; on any error, an interruption
    included, the engines are closed so that nothing goes on behind it.
    """
    jobs = make_jobs(utterances, engines, voices)
    with SynthesisSession(
        engines, resources.cache, resources.jobs, policy, limiters, resources.hold
    ) as session:
        clips = session.synthesize(jobs, JobProgress(jobs, progress))
        retake_implausible(jobs, clips, session)
    by_line = {id(line): clips[job.key] for job in jobs for line in job.utterances}
    return [by_line[id(line)] for line in utterances]
