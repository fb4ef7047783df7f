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
from ..model import Clip, Line, Voice
from ..progress import Report
from .clip_cache import Store, default_folder
from .concurrency import GATES, Gates
from .jobs import jobs_of
from .retakes import settle
from .retry import PATIENCE, Patience
from .session import Counted, Session

__all__ = ["PATIENCE", "Means", "Patience", "record", "usual"]


@dataclass(frozen=True, slots=True)
class Means:
    """What a recording has to work with; nothing of it is heard.

    `store` keeps the clips for other productions, `jobs` is how many lines one service has at once
    at the most (None: as many as its engine takes). `hold` is given every clip, and returns one
    like it that is held until the production is made (None: they are held in memory).
    """

    store: Store | None = None
    jobs: int | None = None
    hold: Callable[[Clip], Clip] | None = None


def usual() -> Means:
    """The user's own clip store, and as many lines at once as the engines take."""
    return Means(Store(default_folder()))


def record(  # noqa: PLR0913 each by its name
    lines: Sequence[Line],
    engines: Mapping[str, Engine],
    report: Report,
    *,
    voices: Mapping[str, Voice],
    means: Means = Means(),
    patience: Patience = PATIENCE,
    gates: Gates = GATES,
) -> list[Clip]:
    """A clip for every line, in their order, recorded by its speaker's engine in his voice.

    Raises EngineError naming the sentence, or TextError; on any error, an interruption
    included, the engines are closed so that nothing goes on behind it.
    """
    todo = jobs_of(lines, engines, voices)
    with Session(engines, means.store, means.jobs, patience, gates, means.hold) as session:
        clips = session.clips(todo, Counted(todo, report))
        settle(todo, clips, session)
    by_line = {id(line): clips[job.key] for job in todo for line in job.lines}
    return [by_line[id(line)] for line in lines]
