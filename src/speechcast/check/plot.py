"""A picture of a production's waveform, its cues and their faults."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..audio.activity import hop_length
from ..audio.file_activity import AudioActivity
from ..delivery import require_deliverable
from ..errors import SpeechcastError, UsageError, explain_os_error
from ..extras import compose_extra_command
from ..files import atomic_write, require_replaceable
from ..messages import _, language
from ..subtitles.caption import Caption
from ..units import Seconds
from .fonts import CHINESE_FILES
from .report import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_ROWS = 24
MIN_ROW_SECONDS = 30
POINTS_PER_ROW = 1200  # points of the waveform in a row
FAULTY, ASTRAY, GOOD = "#d62728", "#e6912c", ("#1f77b4", "#5fa8dc")  # good cues alternate
# Families with the characters of Chinese on Linux, Windows and macOS, the better ones first; the
# names of their files are in fonts.py.
_CHINESE_FONTS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "SimHei",
    "SimSun",
    "Arial Unicode MS",
    "Droid Sans Fallback",
)
PICTURES = (".png", ".jpg", ".svg", ".pdf", ".webp")  # kinds that matplotlib always writes


@dataclass(frozen=True, slots=True)
class PlotData:
    """What the picture is drawn from.

    Attributes:
        activity: The sound.
        captions: The cues.
        findings: What the check found.
        astray: The numbers of the cues that are far from their onsets.
    """

    activity: AudioActivity
    captions: Sequence[Caption]
    findings: Sequence[Finding]
    astray: Collection[int]

    def color(self, number: int) -> str:
        """Return the color of the cue with this number."""
        if any(f.cue == number and not f.note for f in self.findings):
            return FAULTY
        return ASTRAY if number in self.astray else GOOD[number % 2]


def require_picture(path: Path) -> None:
    """Raise an error unless a picture of this name can be drawn and written.

    Raises:
        UsageError: The name is not that of a picture, or its folder does not exist.
        OutputError: No file can be written there, or what is there is not replaced.
    """
    if path.suffix.lower() not in PICTURES:
        allowed = _("{names} or {last}").format(
            names=_(", ").join(PICTURES[:-1]), last=PICTURES[-1]
        )
        raise UsageError(
            _("--plot is '{path}'; the name must end in {allowed}").format(
                path=path, allowed=allowed
            )
        )
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(
            _("--plot is '{path}'; that is no file in a folder that exists").format(path=path)
        )
    require_deliverable(path.parent, [path.name])


def draw_plot(path: Path, data: PlotData) -> None:
    """Draw the waveform, the cues below it, and the faults.

    Each row covers at least half a minute. The faults are named in the language in use where a font
    has its characters, else in English.

    Args:
        path: The picture to write; its suffix decides the format.
        data: What to draw.

    Raises:
        SpeechcastError: matplotlib is not installed, or the file cannot be written.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        font = _find_chinese_font() if language() == "zh" else None
    except ImportError as exc:
        raise SpeechcastError(
            _("a plot needs matplotlib; run: {command}").format(
                command=compose_extra_command("plot")
            )
        ) from exc
    rows, row_seconds = _divide(data.activity.length / data.activity.rate)
    figure = Figure(figsize=(16, 1.1 * rows + 0.6), dpi=90, layout="constrained")
    FigureCanvasAgg(figure)
    for number, axes in enumerate(figure.subplots(rows, squeeze=False)[:, 0]):
        _draw_row(axes, number * row_seconds, row_seconds, data, font)
    _save(figure, path)


def _find_chinese_font() -> str | None:
    """Return the name of an installed font for Chinese; None without one.

    matplotlib lists the fonts of a system once; those that were installed later are added.
    """
    from matplotlib import font_manager

    if font := _listed_chinese_font():
        return font
    for path in font_manager.findSystemFonts():
        if Path(path).name.lower().startswith(CHINESE_FILES):
            with contextlib.suppress(OSError, RuntimeError):  # a damaged font
                font_manager.fontManager.addfont(path)
    return _listed_chinese_font()


def _listed_chinese_font() -> str | None:
    from matplotlib import font_manager

    listed = set(font_manager.get_font_names())
    return next((name for name in _CHINESE_FONTS if name in listed), None)


def _divide(duration: Seconds) -> tuple[int, int]:
    """Return how many rows a sound has, and how many seconds each covers."""
    seconds = max(MIN_ROW_SECONDS, math.ceil(duration / MAX_ROWS / 10) * 10)
    return math.ceil(duration / seconds), seconds


def _save(figure: Any, path: Path) -> None:
    """Write the picture; a file there is replaced once the picture is complete."""
    picture = io.BytesIO()
    try:
        figure.savefig(picture, format=path.suffix[1:] or "png")
        require_replaceable(path)
        atomic_write(path, picture.getvalue())
    except (OSError, ValueError) as exc:
        reason = explain_os_error(exc) if isinstance(exc, OSError) else exc
        raise SpeechcastError(
            _("{path} cannot be written ({reason})").format(path=path, reason=reason)
        ) from exc


def _draw_row(
    axes: Any, start: Seconds, length: Seconds, data: PlotData, font: str | None = None
) -> None:
    times, level = _waveform(data.activity, start, length)
    axes.fill_between(times, -level, level, color="#7f8c9b", linewidth=0)
    for number, c in enumerate(data.captions, 1):
        if c.end / 1000 >= start and c.start / 1000 <= start + length:
            _draw_cue(axes, number, c, data.color(number))
    for finding in data.findings:
        if finding.note or finding.position is None:
            continue
        if start <= finding.position / 1000 < start + length:
            _draw_finding(axes, finding.kind, finding.position / 1000, font)
    axes.set_xlim(start, start + length)
    axes.set_ylim(-1.4, 1.05)
    axes.set_yticks([])
    axes.tick_params(labelsize=7)
    axes.xaxis.set_major_formatter(lambda time, _position: f"{time // 60:.0f}:{time % 60:02.0f}")


def _draw_cue(axes: Any, number: int, caption: Caption, color: str) -> None:
    first, last = caption.start / 1000, caption.end / 1000
    axes.broken_barh([(first, last - first)], (-1.35, 0.3), color=color, linewidth=0)
    axes.axvline(first, color=color, linewidth=0.6)
    axes.text(first, -1.33, f" {number}", fontsize=6, color="white", clip_on=True)


def _draw_finding(axes: Any, kind: str, seconds: Seconds, font: str | None) -> None:
    name = _(kind) if font else kind
    axes.axvline(seconds, color=FAULTY, linewidth=1.2)
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
    axes.text(
        seconds, 0.9, f" {name}", fontsize=7, color=FAULTY, va="top", bbox=box, fontfamily=font
    )


def _waveform(
    activity: AudioActivity, start: Seconds, length: Seconds
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Return the times and the levels of the waveform.

    Both are float64, shape (points,): seconds, and levels from 0 to 1, where 1 is the loudest hop
    of the sound.
    """
    hop = hop_length(activity.rate) / activity.rate
    first, last = round(start / hop), round((start + length) / hop)
    power = activity.power[first:last]
    step = max(1, round((last - first) / POINTS_PER_ROW))
    loudest = np.sqrt(activity.power.max() + 1e-12)
    level = [np.sqrt(power[i : i + step].max()) / loudest for i in range(0, len(power), step)]
    return start + np.arange(len(level)) * step * hop, np.array(level)
