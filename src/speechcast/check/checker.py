"""The check of a production: measure, read and compare its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .. import documents
from ..audio.file_activity import AudioActivity, measure_activity
from ..files import require_distinct
from ..messages import mark
from ..subtitles import style as styles
from ..subtitles.caption import Caption
from ..subtitles.read import read_captions
from ..subtitles.traps import Trap, TrapKind
from ..text.language import detect_language
from . import rules, text_match, timing
from .report import CheckReport, Finding

# `--bom` writes the first on purpose, and the others cost nothing that is shown
_HARMLESS_TRAPS = frozenset({TrapKind.BYTE_ORDER_MARK, TrapKind.COORDINATES, TrapKind.NO_LENGTH})


def check(
    audio: Path,
    subtitles: Path,
    source: Path | None = None,
    style: styles.Style | None = None,
    plot: Path | None = None,
) -> CheckReport:
    """Compare subtitles with their sound, a speech and a style.

    Args:
        audio: The sound file.
        subtitles: The subtitle file.
        source: The document of the speech, to compare the text with; None to skip that.
        style: The style whose rules the cues must keep; None for the default style of the
            language, whose broken rules are only notes.
        plot: Where to draw a picture of the sound and the cues; None to draw none.

    Raises:
        SourceError: A file cannot be read.
        SpeechcastError: The picture cannot be drawn.
    """
    if plot:
        require_distinct([plot], [path for path in (audio, subtitles, source) if path])
    activity = measure_activity(audio)
    captions, traps = read_captions(subtitles)
    text = " ".join(c.text for c in captions)
    rule_style = style or styles.load_for_language(detect_language(text) or "zh")
    offsets = timing.measure_offsets(captions, activity)
    findings = [_report_trap(trap) for trap in traps]
    findings += check_captions(captions, activity, rule_style, required=style is not None)
    if source:
        findings += text_match.compare_text(captions, documents.read(source))
    if plot:
        from .plot import PlotData, draw_plot

        draw_plot(plot, PlotData(activity, captions, findings, timing.find_astray(offsets)))
    figures = dict(_measure(captions, activity, offsets, rule_style))
    return CheckReport(figures, tuple(findings))


def check_captions(
    captions: Sequence[Caption], activity: AudioActivity, style: styles.Style, *, required: bool
) -> list[Finding]:
    """Return what is wrong with cues, beside their sound and a style.

    Args:
        captions: The cues.
        activity: Where the sound is.
        style: The style whose rules the cues must keep.
        required: Whether breaking one of them is a fault; otherwise it is a note.
    """
    offsets = timing.measure_offsets(captions, activity)
    return [
        *timing.judge_offsets(offsets, captions),
        *timing.find_uncovered(captions, activity),
        *rules.check_order(captions, activity),
        *rules.check_style(captions, style, required=required),
    ]


def _report_trap(trap: Trap) -> Finding:
    return Finding(mark("trap"), trap.message, note=trap.kind in _HARMLESS_TRAPS)


def _measure(
    captions: Sequence[Caption],
    activity: AudioActivity,
    offsets: Sequence[timing.OnsetOffset],
    style: styles.Style,
) -> Iterator[tuple[str, float | None]]:
    """Yield every figure of the report under its label."""
    yield mark("duration, seconds"), round(activity.length / activity.rate, 3)
    yield mark("cues"), len(captions)
    yield mark("cues that follow a pause"), len(offsets)
    yield from timing.label_figures(timing.measure_timing(offsets))
    yield from rules.measure_cues(captions, style)
