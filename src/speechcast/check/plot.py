"""A picture of a production: its waveform, its cues, and where they disagree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import SpeechcastError
from ..listening import Heard
from ..onsets import hop_of
from ..subtitles.read import Caption
from .report import Finding

MOST_ROWS = 24
SHORTEST_ROW = 30  # seconds
COLUMNS = 1200  # points of the waveform a row


def draw(
    path: Path, heard: Heard, captions: Sequence[Caption], findings: Sequence[Finding]
) -> None:
    """Write the picture to `path`, a row of it at least half a minute.

    Raises SpeechcastError where matplotlib is missing or the file cannot be written.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as exc:
        raise SpeechcastError(
            "a plot needs matplotlib; install it with: pip install 'speechcast[plot]'"
        ) from exc
    duration = heard.length / heard.rate
    row = max(SHORTEST_ROW, math.ceil(duration / MOST_ROWS / 10) * 10)
    rows = math.ceil(duration / row)
    figure = Figure(figsize=(16, 1.1 * rows + 0.6), dpi=90, layout="constrained")
    FigureCanvasAgg(figure)
    for number, axes in enumerate(figure.subplots(rows, squeeze=False)[:, 0]):
        _draw_row(axes, number * row, row, heard, captions, findings)
    try:
        figure.savefig(path)
    except (OSError, ValueError) as exc:
        raise SpeechcastError(f"{path} cannot be written ({exc})") from exc


def _draw_row(  # noqa: PLR0913 a row of everything
    axes: Any,
    start: float,
    length: float,
    heard: Heard,
    captions: Sequence[Caption],
    findings: Sequence[Finding],
) -> None:
    times, level = _waveform(heard, start, length)
    axes.fill_between(times, -level, level, color="#7f8c9b", linewidth=0)
    wrong = {f.cue for f in findings if f.cue and not f.note}
    for number, c in enumerate(captions, 1):
        first, last = c.start / 1000, c.end / 1000
        if last < start or first > start + length:
            continue
        color = "#d62728" if number in wrong else ("#1f77b4", "#5fa8dc")[number % 2]
        axes.broken_barh([(first, last - first)], (-1.35, 0.3), color=color, linewidth=0)
        axes.axvline(first, color=color, linewidth=0.6)
        axes.text(first, -1.33, f" {number}", fontsize=6, color="white", clip_on=True)
    for finding in findings:
        if (
            finding.at is not None
            and not finding.note
            and start <= finding.at / 1000 < start + length
        ):
            at = finding.at / 1000
            axes.axvline(at, color="#d62728", linewidth=1.2)
            axes.text(at, 0.95, f" {finding.kind}", fontsize=7, color="#d62728", va="top")
    axes.set_xlim(start, start + length)
    axes.set_ylim(-1.4, 1.05)
    axes.set_yticks([])
    axes.tick_params(labelsize=7)


def _waveform(heard: Heard, start: float, length: float) -> tuple[Any, Any]:
    """Times in seconds and levels from 0 to 1, the loudest hop of the whole being 1."""
    hop = hop_of(heard.rate) / heard.rate
    first, last = round(start / hop), round((start + length) / hop)
    power = heard.power[first:last]
    step = max(1, round((last - first) / COLUMNS))
    loudest = np.sqrt(heard.power.max() + 1e-12)
    level = [np.sqrt(power[i : i + step].max()) / loudest for i in range(0, len(power), step)]
    return start + np.arange(len(level)) * step * hop, np.array(level)
