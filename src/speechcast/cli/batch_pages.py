"""What `speechcast batch` prints: what would be made, and what became of it."""

from __future__ import annotations

from collections import Counter

import typer

from ..batch.dry_run import Forecast, forecast
from ..batch.plan import Plan
from ..batch.report import BatchReport, format_failures
from ..batch.worker import State
from ..exit_codes import INCOMPLETE, SUCCESS
from ..progress import format_clock
from .common import table

_WORDS = {State.PRODUCED: "would make", State.SKIPPED: "up to date", State.FAILED: "would fail"}


def rehearsed(plan: Plan, *, quiet: bool) -> int:
    """Print what would be made; the exit code the batch would have, as far as can be known."""
    counts: Counter[State] = Counter()
    sounds = takes = 0.0
    for expected in forecast(plan):
        counts[expected.state] += 1
        sounds, takes = sounds + expected.duration, takes + expected.production_time
        if expected.state == State.FAILED or not quiet:
            typer.echo(_row(expected))
    if not quiet:
        for aside in plan.discovery.left_out:
            typer.echo(f"left out    {aside.path}: {aside.reason}")
        made, kept, failed = counts[State.PRODUCED], counts[State.SKIPPED], counts[State.FAILED]
        typer.echo(
            f"{made} to make, {kept} up to date, {failed} would fail; "
            f"all sound for about {format_clock(sounds)}, making takes about {format_clock(takes)}"
        )
    return INCOMPLETE if counts[State.FAILED] else SUCCESS


def became(report: BatchReport) -> None:
    """Print what became of a batch: how many of each, and each that failed."""
    rows: list[tuple[str, ...]] = [("", "SPEECHES", "SOUND")]
    for state in State:
        results = report.with_state(state)
        sounds = sum(r.duration for r in results)
        if results or state == State.PRODUCED:
            rows.append((state.value, str(len(results)), format_clock(sounds) if sounds else ""))
    if report.left_out:
        rows.append(("left out", str(len(report.left_out)), ""))
    rows.append(("took", format_clock(report.took), ""))
    if not report.unsaved:
        rows.append(("report", f"{report.output}/batch-report.json", ""))
    table(rows)
    for line in format_failures(report.results):
        typer.echo(f"failed: {line}")


def _row(forecast: Forecast) -> str:
    f = forecast
    if f.state == State.FAILED:
        return f"{_WORDS[f.state]}  {f.source}: {f.reason}"
    times = f"{format_clock(f.duration):>8} {format_clock(f.production_time):>8}"
    return f"{_WORDS[f.state]}  {f.voice:12} {times}  {f.source} → {f.output}"
