"""A picture of a production: its waveform, its cues, and where they disagree."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..audio.activity import hop_length
from ..audio.file_activity import AudioActivity
from ..errors import SpeechcastError
from ..subtitles.read import Caption
from .report import Finding

MOST_ROWS = 24
SHORTEST_ROW = 30  # seconds
COLUMNS = 1200  # points of the waveform a row
WRONG, ASTRAY, FIT = "#d62728", "#e6912c", ("#1f77b4", "#5fa8dc")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a row is drawn from; `astray` are the numbers of the cues that miss their onset."""

    heard: AudioActivity
    captions: Sequence[Caption]
    findings: Sequence[Finding]
    astray: Collection[int]

    def color(self, number: int) -> str:
        if any(f.cue == number and not f.note for f in self.findings):
            return WRONG
        return ASTRAY if number in self.astray else FIT[number % 2]


def draw(path: Path, drawn: Drawn) -> None:
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
    duration = drawn.heard.length / drawn.heard.rate
    row = max(SHORTEST_ROW, math.ceil(duration / MOST_ROWS / 10) * 10)
    rows = math.ceil(duration / row)
    figure = Figure(figsize=(16, 1.1 * rows + 0.6), dpi=90, layout="constrained")
    FigureCanvasAgg(figure)
    for number, axes in enumerate(figure.subplots(rows, squeeze=False)[:, 0]):
        _draw_row(axes, number * row, row, drawn)
    try:
        figure.savefig(path)
    except (OSError, ValueError) as exc:
        raise SpeechcastError(f"{path} cannot be written ({exc})") from exc


def _draw_row(axes: Any, start: float, length: float, drawn: Drawn) -> None:
    times, level = _waveform(drawn.heard, start, length)
    axes.fill_between(times, -level, level, color="#7f8c9b", linewidth=0)
    for number, c in enumerate(drawn.captions, 1):
        if c.end / 1000 >= start and c.start / 1000 <= start + length:
            _draw_cue(axes, number, c, drawn.color(number))
    for finding in drawn.findings:
        at = None if finding.note or finding.at is None else finding.at / 1000
        if at is not None and start <= at < start + length:
            _draw_finding(axes, finding.kind, at)
    axes.set_xlim(start, start + length)
    axes.set_ylim(-1.4, 1.05)
    axes.set_yticks([])
    axes.tick_params(labelsize=7)
    axes.xaxis.set_major_formatter(lambda at, _: f"{at // 60:.0f}:{at % 60:02.0f}")


def _draw_cue(axes: Any, number: int, caption: Caption, color: str) -> None:
    first, last = caption.start / 1000, caption.end / 1000
    axes.broken_barh([(first, last - first)], (-1.35, 0.3), color=color, linewidth=0)
    axes.axvline(first, color=color, linewidth=0.6)
    axes.text(first, -1.33, f" {number}", fontsize=6, color="white", clip_on=True)


def _draw_finding(axes: Any, kind: str, at: float) -> None:
    axes.axvline(at, color=WRONG, linewidth=1.2)
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
    axes.text(at, 0.9, f" {kind}", fontsize=7, color=WRONG, va="top", bbox=box)


def _waveform(heard: AudioActivity, start: float, length: float) -> tuple[Any, Any]:
    """Times in seconds and levels from 0 to 1, the loudest hop of the whole being 1."""
    hop = hop_length(heard.rate) / heard.rate
    first, last = round(start / hop), round((start + length) / hop)
    power = heard.power[first:last]
    step = max(1, round((last - first) / COLUMNS))
    loudest = np.sqrt(heard.power.max() + 1e-12)
    level = [np.sqrt(power[i : i + step].max()) / loudest for i in range(0, len(power), step)]
    return start + np.arange(len(level)) * step * hop, np.array(level)
