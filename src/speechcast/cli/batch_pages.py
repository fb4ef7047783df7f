"""What `speechcast batch` prints before and after it runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import typer

from ..batch.discovery import SkippedFile
from ..batch.dry_run import Forecast, forecast
from ..batch.plan import Plan
from ..batch.report import BatchReport, format_failures
from ..batch.result import State
from ..documents import READABLE_SUFFIXES
from ..engines.base import Destination
from ..exit_codes import INCOMPLETE, SUCCESS
from ..messages import _, mark
from ..progress import format_clock
from .columns import measure, pad
from .common import print_table

_MOST_NAMED = 5  # files that were left out; a folder of pictures has hundreds
_FORECAST_WORDS = {
    State.PRODUCED: mark("would make"),
    State.SKIPPED: mark("up to date"),
    State.FAILED: mark("would fail"),
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
            typer.echo(_first_column(_("left out")) + f"{file.path}: {file.reason}")
        typer.echo(
            _(
                "{produced} to make, {skipped} up to date, {failed} would fail; about "
                "{duration} of audio, which takes about {work} to make"
            ).format(
                produced=counts[State.PRODUCED],
                skipped=counts[State.SKIPPED],
                failed=counts[State.FAILED],
                duration=format_clock(duration),
                work=format_clock(work),
            )
        )
    for destination, characters in sending.items():
        typer.echo(
            _("would send {characters:,} characters to {destination}").format(
                characters=characters, destination=destination
            )
        )
    return INCOMPLETE if counts[State.FAILED] else SUCCESS


def print_report(report: BatchReport, *, left_out: bool = True) -> None:
    """Print the count of each state, every failed speech, and what was left out.

    Args:
        report: Of the batch.
        left_out: Whether to name what was left out.
    """
    if not report.results:
        typer.echo(format_nothing_to_speak(report.folder))
        return
    rows: list[tuple[str, ...]] = [("", _("FILES"), _("AUDIO"))]
    for state in State:
        results = report.with_state(state)
        duration = sum(r.duration for r in results)
        if results or state == State.PRODUCED:
            clock = format_clock(duration) if duration else ""
            rows.append((_(state), str(len(results)), clock))
    if report.left_out:
        rows.append((_("left out"), str(len(report.left_out)), ""))
    rows.append((_("took"), format_clock(report.took), ""))
    if not report.unsaved:
        rows.append((_("report"), f"{report.output}/batch-report.json", ""))
    print_table(rows)
    if left_out:
        _print_left_out(report.left_out)
    for line in format_failures(report.results):
        typer.echo(_("failed: {line}").format(line=line))


def _print_left_out(files: Sequence[SkippedFile]) -> None:
    """Print why files were left out, the first of them by name."""
    for file in files[:_MOST_NAMED]:
        typer.echo(_("left out: {path}: {reason}").format(path=file.path, reason=file.reason))
    if more := files[_MOST_NAMED:]:
        typer.echo(_("left out: and {count} more; --verbose lists them").format(count=len(more)))


def format_nothing_to_speak(folder: str) -> str:
    """Return the line about a folder without speeches."""
    return _(
        "there is no speech in {folder}; a speech is a file that ends in {suffixes} (--recursive "
        "includes the folders inside)"
    ).format(folder=folder, suffixes=_(", ").join(READABLE_SUFFIXES))


def _first_column(word: str) -> str:
    """Return a word with blanks up to the second column."""
    return pad(word, max(measure(_(other)) for other in _FORECAST_WORDS.values()) + 2)


def _forecast_row(expected: Forecast) -> str:
    word = _first_column(_(_FORECAST_WORDS[expected.state]))
    if expected.state == State.FAILED:
        return f"{word}{expected.source}: {expected.reason}"
    times = f"{format_clock(expected.duration):>8} {format_clock(expected.production_time):>8}"
    row = f"{word}{pad(expected.voice, 12)} {times}  {expected.source} → {expected.output}"
    addresses = _(" and ").join(destination.address for destination in expected.sending)
    return (
        _("{row}, sent to {addresses}").format(row=row, addresses=addresses) if addresses else row
    )
