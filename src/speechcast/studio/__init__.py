"""Lines to clips: who records what when, and what is done where it goes wrong.

Every line is a job (lines that sound alike share one). A job's clip comes from the store, or from
its engine: through the gate of its service (pace.py), again and again as long as there is hope
(again.py). The clips come back in the lines' order, whatever order they were finished in. At the
end an online voice's clips are held against each other (plausible.py).

One line that fails ends the recording: a production is whole, or it is not. What was recorded until
then stays in the store, so the next one goes on from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..cache import Store
from ..engines.base import Engine
from ..model import Clip, Line, Voice
from ..pace import GATES, Gates
from ..progress import Report
from .again import PATIENCE, Patience
from .doubts import settle
from .jobs import jobs_of
from .session import Counted, Session

__all__ = ["PATIENCE", "Patience", "record"]


def record(  # noqa: PLR0913 each by its name
    lines: Sequence[Line],
    engines: Mapping[str, Engine],
    report: Report,
    *,
    voices: Mapping[str, Voice] | None = None,
    store: Store | None = None,
    jobs: int | None = None,
    patience: Patience = PATIENCE,
    gates: Gates = GATES,
) -> list[Clip]:
    """A clip for every line, in their order, recorded by its speaker's engine in his voice.

    `jobs` is how many lines one service has at once at the most (None: as many as its engine
    takes). Raises EngineError naming the sentence, or TextError; on any error, an interruption
    included, the engines are closed so that nothing goes on behind it.
    """
    if voices is None:  # interim, until produce.py passes them
        voices = {who: Voice("", "", "tone", str(id(e)), "") for who, e in engines.items()}
    todo = jobs_of(lines, engines, voices)
    with Session(engines, store, jobs, patience, gates) as session:
        clips = session.clips(todo, Counted(todo, report))
        settle(todo, clips, session)
    by_line = {id(line): clips[job.key] for job in todo for line in job.lines}
    return [by_line[id(line)] for line in lines]
