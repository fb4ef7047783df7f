"""What `speechcast batch` prints: what would be made, and what became of it."""

from __future__ import annotations

from collections import Counter

import typer

from ..batch.dry_run import Forecast, forecast
from ..batch.event_log import format_clock
from ..batch.plan import Plan
from ..batch.report import INCOMPLETE, WELL, BatchReport, failures
from ..batch.worker import State
from .common import table

_WORDS = {State.MADE: "would make", State.SKIPPED: "up to date", State.FAILED: "would fail"}


def rehearsed(plan: Plan, *, quiet: bool) -> int:
    """Print what would be made; the exit code the batch would have, as far as can be known."""
    counts: Counter[State] = Counter()
    sounds = takes = 0.0
    for expected in forecast(plan):
        counts[expected.state] += 1
        sounds, takes = sounds + expected.seconds, takes + expected.takes
        if expected.state == State.FAILED or not quiet:
            typer.echo(_row(expected))
    if not quiet:
        for aside in plan.discovery.left_out:
            typer.echo(f"left out    {aside.path}: {aside.why}")
        made, kept, failed = counts[State.MADE], counts[State.SKIPPED], counts[State.FAILED]
        typer.echo(
            f"{made} to make, {kept} up to date, {failed} would fail; "
            f"all sound for about {format_clock(sounds)}, making takes about {format_clock(takes)}"
        )
    return INCOMPLETE if counts[State.FAILED] else WELL


def became(report: BatchReport) -> None:
    """Print what became of a batch: how many of each, and each that failed."""
    rows: list[tuple[str, ...]] = [("", "SPEECHES", "SOUND")]
    for state in State:
        results = report.of(state)
        sounds = sum(r.seconds for r in results)
        if results or state == State.MADE:
            rows.append((state.value, str(len(results)), format_clock(sounds) if sounds else ""))
    if report.left_out:
        rows.append(("left out", str(len(report.left_out)), ""))
    rows.append(("took", format_clock(report.took), ""))
    if not report.unsaved:
        rows.append(("report", f"{report.output}/batch-report.json", ""))
    table(rows)
    for line in failures(report.results):
        typer.echo(f"failed: {line}")


def _row(forecast: Forecast) -> str:
    f = forecast
    if f.state == State.FAILED:
        return f"{_WORDS[f.state]}  {f.source}: {f.why}"
    times = f"{format_clock(f.seconds):>8} {format_clock(f.takes):>8}"
    return f"{_WORDS[f.state]}  {f.voice:12} {times}  {f.source} → {f.output}"
