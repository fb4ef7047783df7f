"""What happens in a batch, in words: a line an event, for the log and for whoever reads lines."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator

from .pool import SPEECH, Ended, Event, Listener, Moved, PutOff, Started, Stopping
from .worker import Result, State

_AGAIN = "; Ctrl-C again ends at once"

log = logging.getLogger("speechcast.batch")
_makers = [logging.getLogger(f"speechcast.{room}") for room in ("synthesis", "produce")]


def told(hear: Listener) -> Listener:
    """`hear`, and the log with it."""

    def both(event: Event) -> None:
        level, text = line(event)
        if text:
            log.log(level, "%s", text)
        hear(event)

    return both


def tell(results: Iterable[Result]) -> None:
    """Log what became of speeches that nobody was to begin."""
    for result in results:
        log.log(*_ended(result))


@contextlib.contextmanager
def named() -> Iterator[None]:
    """What is logged of a speech begins with its name, while the block lasts."""
    names = _Names()
    for maker in _makers:
        maker.addFilter(names)
    try:
        yield
    finally:
        for maker in _makers:
            maker.removeFilter(names)


class _Names(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self._told: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        """What is about no sentence is about no speech; it is told once."""
        said = record.getMessage()
        if not record.args:
            new = said not in self._told
            self._told.add(said)
            return new
        record.msg, record.args = "%s: %s", (SPEECH.get(), said)
        return True


def line(event: Event) -> tuple[int, str]:
    """How much the event matters, by the levels of `logging`, and what it says."""
    match event:
        case Started(job):
            return logging.DEBUG, f"begun: {job.shown}"
        case PutOff(job):
            return logging.DEBUG, f"put off: {job.shown}, another batch is making it"
        case Stopping(at_once):
            what = "ending at once" if at_once else "what is in work is finished"
            return logging.WARNING, f"interrupted: {what}{'' if at_once else _AGAIN}"
        case Ended(_, result):
            return _ended(result)
        case Moved():
            return logging.NOTSET, ""


def _ended(result: Result) -> tuple[int, str]:
    said = f"{result.state}: {result.source}"
    match result.state:
        case State.MADE:
            sounds, took = format_clock(result.seconds), format_clock(result.took)
            return logging.INFO, f"{said} ({result.voice}), sounds {sounds}, took {took}"
        case State.SKIPPED:
            return logging.DEBUG, said
        case State.FAILED:
            return logging.ERROR, f"{said}: {result.why}"
        case State.INTERRUPTED:
            return logging.WARNING, said


def format_clock(seconds: float) -> str:
    """`0:07`, `12:34` or `1:02:03`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
