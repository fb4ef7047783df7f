"""`speechcast --help` against `import typer`, as whole processes in turn."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.rows import Plan, Row, alternate, run_command


def start_up(plan: Plan) -> Iterator[Row]:
    """Yield the row of the command's start."""
    figures = alternate(
        lambda: milliseconds("-m", "speechcast", "--help"),
        lambda: milliseconds("-c", "import typer"),
        plan.rounds(10) + 1,
    )
    ours, theirs = (column[1:] for column in figures)  # the first pair reads from the disk
    yield Row("`speechcast --help`", "`import typer`", ours, theirs, "ms")


def milliseconds(*arguments: str) -> float:
    """Return the milliseconds that Python takes with these arguments."""
    return run_command([sys.executable, *arguments]).seconds * 1000
