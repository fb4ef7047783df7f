"""The check as a story: listen, read, compare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import documents
from ..audio.file_activity import AudioActivity, measure_activity
from ..subtitles import style as styles
from ..subtitles.read import Caption, read_captions
from ..text.language import detect_language
from . import rules, text_match, timing
from .report import CheckReport, Finding


def check(
    audio: Path,
    subtitles: Path,
    source: Path | None = None,
    style: styles.Style | None = None,
    plot: Path | None = None,
) -> CheckReport:
    """Hold the subtitles against the sound, and against the speech and a style where given.

    Breaking a style that was not asked for is only noted. `plot` is a picture to write. Raises
    SourceError for a file that cannot be read.
    """
    heard = measure_activity(audio)
    captions, traps = read_captions(subtitles)
    written = " ".join(c.text for c in captions)
    look = style or styles.load_for_language(detect_language(written) or "zh")
    offsets = timing.offsets(captions, heard)
    findings: list[Finding] = [Finding("trap", trap, note="byte order" in trap) for trap in traps]
    findings += timing.judged(offsets, captions)
    findings += timing.uncovered(captions, heard)
    findings += rules.order(captions, heard)
    findings += rules.style(captions, look, asked=style is not None)
    if source:
        findings += text_match.compare_text(captions, documents.read(source))
    if plot:
        from .plot import Drawn, draw

        draw(plot, Drawn(heard, captions, findings, timing.astray(offsets)))
    figures = dict(_figures(captions, heard, offsets, look))
    return CheckReport(figures, tuple(findings))


def _figures(
    captions: list[Caption], heard: AudioActivity, offsets: list[timing.Offset], look: styles.Style
) -> Iterator[tuple[str, float | None]]:
    yield "duration, seconds", round(heard.length / heard.rate, 3)
    yield "cues", len(captions)
    yield "cues that follow a pause", len(offsets)
    yield from timing.figures(offsets)
    yield from rules.figures(captions, look)
