"""Lines to clips: who records what when.

The engine says how many lines it can take at once; the clips come back in the lines' order,
whatever order they were finished in. One line that fails ends the recording: a production is
whole, or it is not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from .engines.base import Engine
from .errors import EngineError, ServiceUnreachable
from .model import Clip, Line
from .progress import Report, Step


def record(lines: Sequence[Line], engines: Mapping[str, Engine], report: Report) -> list[Clip]:
    """A clip for every line, in their order, recorded by its speaker's engine.

    Raises EngineError naming the sentence (or what the engine raised, where that says more); on
    any error, an interruption included, the engines are closed so that nothing goes on behind it.
    """
    executor = ThreadPoolExecutor(
        max(engine.workers for engine in engines.values()), thread_name_prefix="studio"
    )
    try:
        futures = {executor.submit(_one, engines[line.speaker], line): line for line in lines}
        _follow(futures, report)
        return [future.result() for future in futures]
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for engine in engines.values():
            engine.close()
        raise
    finally:
        executor.shutdown(wait=True)


def _one(engine: Engine, line: Line) -> Clip:
    try:
        return engine.record(line)
    except ServiceUnreachable:
        raise  # not this sentence's fault
    except EngineError as exc:
        start = line.shown.strip()[:20]
        raise EngineError(f"sentence {line.sentence} (line {line.row}, “{start}…”): {exc}") from exc


def _follow(futures: dict[Future[Clip], Line], report: Report) -> None:
    """Report each finished line, until the last one or the first failure."""
    sentences = {line.sentence for line in futures.values()}
    waiting = [line.sentence for line in futures.values()]
    total, done = sum(len(line.spoken) for line in futures.values()), 0
    report(Step("speaking", 0, total, f"0 of {len(sentences)} sentences"))
    for future in as_completed(futures):
        future.result()
        line = futures[future]
        waiting.remove(line.sentence)
        done += len(line.spoken)
        finished = len(sentences) - len(set(waiting))
        report(Step("speaking", done, total, f"{finished} of {len(sentences)} sentences"))
