"""The table of trials: a row for each condition, change and pair of voices."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.align_trials.conditions import CONDITIONS
from benchmarks.align_trials.judging import Result

HEAD = (
    f"{'':<34} trials starts  median  95 %  99 % worst   named     missed invented doubtful  CPU s"
)


def read_results(path: Path) -> dict[int, Result]:
    """Return the results in a file, by the trial's number."""
    if not path.exists():
        return {}
    results = [_read_result(line) for line in path.read_text("utf-8").splitlines()]
    return {result.number: result for result in results}


def _read_result(line: str) -> Result:
    row = json.loads(line)
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Result(**{**row, **lists})


def append_result(path: Path, result: Result) -> None:
    """Write a result at the end of a file, in one piece."""
    with path.open("ab", buffering=0) as file:
        file.write(f"{json.dumps(asdict(result), ensure_ascii=False)}\n".encode())


def print_table(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield HEAD
    yield _row("all", results)
    groups = {name: [r for r in results if r.condition == name] for name in CONDITIONS}
    changes = sorted({change for r in results for change in r.changes})
    groups |= {"as it is": [r for r in results if not r.changes]}
    groups |= {name: [r for r in results if name in r.changes] for name in changes}
    pairs = sorted({r.pair for r in results})
    groups |= {name: [r for r in results if r.pair == name] for name in pairs}
    for name, rows in groups.items():
        if rows:
            yield _row(name, rows)


def _row(name: str, results: Sequence[Result]) -> str:
    errors = [error for result in results for error in result.errors] or [0]
    middle, most, nearly, worst = np.percentile(errors, (50, 95, 99, 100))
    due = sum(result.due for result in results)
    missed = sum(len(result.missed) for result in results)
    invented = sum(len(result.invented) for result in results)
    cues = max(1, sum(result.cues for result in results))
    doubtful = sum(result.doubtful for result in results) / cues
    cpu = sum(result.cpu for result in results) / sum(result.seconds for result in results) * 60
    return (
        f"{name:<34} {len(results):6} {len(errors):6} {middle:7.0f} {most:5.0f} {nearly:5.0f} "
        f"{worst:5.0f} {due - missed:3} of {due:3} {missed:8} {invented:8} "
        f"{doubtful:8.1%} {cpu:6.1f}"
    )


def list_faults(results: Sequence[Result]) -> Iterator[str]:
    """Yield the trials in which something was missed or invented, and the worst starts."""
    for result in results:
        for fault in (*result.missed, *result.invented):
            yield f"{result.number:4} {result.pair}, {result.condition}: {fault}"
    for result in sorted(results, key=lambda r: -max(r.errors, default=0))[:5]:
        yield (
            f"{result.number:4} {result.pair}, {result.condition}, {' '.join(result.changes)}: "
            f"the worst start is {max(result.errors, default=0)} ms off"
        )
