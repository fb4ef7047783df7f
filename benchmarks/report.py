"""Write rows as a table in Markdown, and as a plot."""

from __future__ import annotations

import io
import statistics
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.rows import Row
from speechcast.files import atomic_write

BEGIN, END = "<!-- what make bench writes -->", "<!-- end of what make bench writes -->"
PAGE, PLOT = "benchmarks.md", "benchmarks.svg"
BETTER, WORSE = "#1f77b4", "#d62728"


def write_report(folder: Path, rows: Sequence[Row], machine: Sequence[str]) -> None:
    """Write `benchmarks.md` and its plot; what stands around the table there stays."""
    before, after = read_page(folder)
    block = "\n".join(
        [
            BEGIN,
            f"![Every ratio of the table, with its spread]({PLOT})",
            "",
            *compose_table(rows),
            "",
            *compose_notes(rows),
            "",
            f"Measured on {date.today().isoformat()}:",
            "",
            *(f"- {line}" for line in machine),
            END,
        ]
    )
    atomic_write(folder / PLOT, draw([row for row in rows if row.ours]))
    atomic_write(folder / PAGE, f"{before}{block}{after}".encode())


def read_page(folder: Path) -> tuple[str, str]:
    """Return what stands before the table of `benchmarks.md`, and what stands after it.

    Raises:
        ValueError: The page has no lines between which the table belongs.
    """
    before, _, rest = (folder / PAGE).read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{folder / PAGE} has no line '{BEGIN}' with a line '{END}' below it")
    return before, after


def compose_table(rows: Sequence[Row]) -> list[str]:
    """Return the table's lines."""
    notes = number_notes(rows)
    head = "| what | against | ours | theirs | ours ÷ theirs | repetitions |"
    lines = [head, "|---|---|--:|--:|--:|--:|"]
    for row in rows:
        mark = f" [{notes[row.note]}]" if row.note else ""
        cells = [row.name + mark, row.alternative, *_compose_figures(row)]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def compose_notes(rows: Sequence[Row]) -> list[str]:
    """Return the notes' lines."""
    return [f"{number}. {note}" for note, number in number_notes(rows).items()]


def number_notes(rows: Sequence[Row]) -> dict[str, int]:
    """Return each note with its number, in the order of the rows."""
    notes = dict.fromkeys(row.note for row in rows if row.note)
    return {note: number for number, note in enumerate(notes, 1)}


def describe_row(row: Row) -> str:
    """Return a row as a line for a terminal."""
    ours, theirs, ratio, _ = _compose_figures(row)
    against = f"{row.name} | {row.alternative}"
    return f"{against}: {ours} against {theirs}: {ratio}" if row.ours else f"{against}: {row.note}"


def _compose_figures(row: Row) -> list[str]:
    """Return the figures as text: ours, theirs, the ratio with its spread, the repetitions."""
    if not row.ours:
        return ["–"] * 4
    figures = [f"{_round(statistics.median(side))} {row.unit}" for side in (row.ours, row.theirs)]
    spread = f" ({min(row.ratios):.2g}–{max(row.ratios):.2g})" if len(row.ratios) > 1 else ""
    return [*figures, f"{row.ratio:.2g}{spread}", str(len(row.ratios))]


def _round(figure: float) -> str:
    """Return a figure with about three digits.

    >>> _round(1234.5), _round(0.01234)
    ('1,234', '0.0123')
    """
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


def draw(rows: Sequence[Row]) -> bytes:
    """Return the plot, an SVG: a point for each median ratio, a line from least to most."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "speechcast"}):
        figure = Figure(figsize=(10, 0.32 * len(rows) + 1), layout="constrained")
        _draw_rows(figure.subplots(), rows)
        picture = io.BytesIO()
        figure.savefig(picture, format="svg", metadata={"Date": None})
    return picture.getvalue()


def _draw_rows(axes: Any, rows: Sequence[Row]) -> None:
    for height, row in enumerate(reversed(rows)):
        color = BETTER if row.ratio <= 1 else WORSE
        axes.plot([min(row.ratios), max(row.ratios)], [height] * 2, color=color, linewidth=2)
        axes.plot(row.ratio, height, "o", color=color)
        axes.annotate(
            f"{row.ratio:.2g}", (row.ratio, height), (0, 5), textcoords="offset points", fontsize=7
        )
    labels = [f"{row.name} / {row.alternative}".replace("`", "") for row in reversed(rows)]
    axes.set_yticks(range(len(rows)), labels, fontsize=8)
    axes.set_xscale("log")
    axes.axvline(1, color="#7f8c9b", linewidth=1)
    axes.set_xlabel("ours ÷ theirs; left of 1 we need less", fontsize=8)
    axes.grid(axis="x", color="#dddddd", linewidth=0.5)
