"""What `speechcast batch` prints before and after it runs."""

from __future__ import annotations

from collections import Counter

import typer

from ..batch.dry_run import Forecast, forecast
from ..batch.plan import Plan
from ..batch.report import BatchReport, format_failures
from ..batch.result import State
from ..documents import READABLE_SUFFIXES
from ..engines.base import Destination
from ..exit_codes import INCOMPLETE, SUCCESS
from ..messages import _
from ..progress import format_clock
from .common import print_table

_FORECAST_WORDS = {
    State.PRODUCED: "would make",
    State.SKIPPED: "up to date",
    State.FAILED: "would fail",
}


def print_forecast(plan: Plan, *, quiet: bool) -> int:
    """Print what would be produced; return the expected exit code."""
    if not (plan.discovery.jobs or plan.discovery.unreadable):
        typer.echo(format_nothing_to_speak(plan.display_name))
        return SUCCESS
    counts: Counter[State] = Counter()
    sending: Counter[Destination] = Counter()
    duration = work = 0.0
    for expected in forecast(plan):
        counts[expected.state] += 1
        sending.update(expected.sending)
        duration, work = duration + expected.duration, work + expected.production_time
        if expected.state == State.FAILED or not quiet:
            typer.echo(_forecast_row(expected))
    if not quiet:
        for file in plan.discovery.left_out:
            typer.echo(_("left out    {path}: {reason}").format(path=file.path, reason=file.reason))
        typer.echo(
            _(
                "{counts} to make, {counts_2} up to date, {counts_3} would fail; about "
                "{clock} of audio, which takes about {clock_2} to make"
            ).format(
                counts=counts[State.PRODUCED],
                counts_2=counts[State.SKIPPED],
                counts_3=counts[State.FAILED],
                clock=format_clock(duration),
                clock_2=format_clock(work),
            )
        )
    for destination, characters in sending.items():
        typer.echo(
            _("would send {characters:,} characters to {destination}").format(
                characters=characters, destination=destination
            )
        )
    return INCOMPLETE if counts[State.FAILED] else SUCCESS


def print_report(report: BatchReport) -> None:
    """Print the count of each state, and every failed speech."""
    if not report.results:
        typer.echo(format_nothing_to_speak(report.folder))
        return
    rows: list[tuple[str, ...]] = [("", "SPEECHES", "AUDIO")]
    for state in State:
        results = report.with_state(state)
        duration = sum(r.duration for r in results)
        if results or state == State.PRODUCED:
            clock = format_clock(duration) if duration else ""
            rows.append((state.value, str(len(results)), clock))
    if report.left_out:
        rows.append(("left out", str(len(report.left_out)), ""))
    rows.append(("took", format_clock(report.took), ""))
    if not report.unsaved:
        rows.append(("report", f"{report.output}/batch-report.json", ""))
    print_table(rows)
    for line in format_failures(report.results):
        typer.echo(_("failed: {line}").format(line=line))


def format_nothing_to_speak(folder: str) -> str:
    """Return the line about a folder without speeches."""
    return (
        f"there is no speech in {folder}; a speech is a file that ends in "
        f"{', '.join(READABLE_SUFFIXES)} (--recursive includes the folders inside)"
    )


def _forecast_row(expected: Forecast) -> str:
    word = _FORECAST_WORDS[expected.state]
    if expected.state == State.FAILED:
        return f"{word}  {expected.source}: {expected.reason}"
    times = f"{format_clock(expected.duration):>8} {format_clock(expected.production_time):>8}"
    row = f"{word}  {expected.voice:12} {times}  {expected.source} → {expected.output}"
    addresses = " and ".join(destination.address for destination in expected.sending)
    return f"{row}, sent to {addresses}" if addresses else row
