"""Cues against each other and against a style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..audio.file_activity import AudioActivity
from ..subtitles.read import Caption
from ..subtitles.style import Style
from .report import Finding

ROUNDING = 10  # ms that times may differ by rounding: ASS counts hundredths of a second


def order(captions: Sequence[Caption], heard: AudioActivity) -> Iterator[Finding]:
    """Cues that overlap, run backwards, are empty or end after the sound does."""
    length = heard.length * 1000 // heard.rate
    for number, c in enumerate(captions, 1):
        if c.end <= c.start:
            yield Finding("order", "it ends before it begins", c.start, number)
        if not c.text.strip():
            yield Finding("empty", "it shows nothing", c.start, number)
        if c.end > length + ROUNDING:
            yield Finding("order", "it stays after the sound file's end", c.end, number)
    for number, (a, b) in enumerate(pairwise(captions), 2):
        if b.start < a.start:
            yield Finding("order", "it begins before the cue before it", b.start, number)
        elif b.start < a.end:
            overlap = a.end - b.start
            yield Finding("overlap", f"{overlap} ms with the cue before it", b.start, number)


def style(captions: Sequence[Caption], look: Style, asked: bool) -> Iterator[Finding]:
    """Where the cues break the style; only notes unless it was asked for, and for what a voice
    decides: a reading speed, a duration.
    """
    for number, c in enumerate(captions, 1):
        widest = max(look.count_characters(line) for line in c.lines)
        seconds = (c.end - c.start) / 1000
        if widest > look.width:
            message = f"{widest:g} characters on a line, {look.name} has {look.width:g}"
            yield Finding("width", message, c.start, number, note=not asked)
        if len(c.lines) > look.lines:
            message = f"{len(c.lines)} lines, {look.name} has {look.lines}"
            yield Finding("lines", message, c.start, number, note=not asked)
        if look.speed and seconds > 0 and look.reading_speed(c.text, seconds) > look.speed:
            speed = look.reading_speed(c.text, seconds)
            message = f"{speed:.1f} characters a second, {look.name} has {look.speed:g}"
            yield Finding("reading speed", message, c.start, number, note=True)
        if not look.shortest - ROUNDING / 1000 <= seconds <= look.longest + ROUNDING / 1000:
            message = (
                f"shown for {seconds:.2f} s, {look.name} has {look.shortest:g} to {look.longest:g}"
            )
            yield Finding("duration", message, c.start, number, note=True)
    for number, (a, b) in enumerate(pairwise(captions), 2):
        gap = b.start - a.end
        if 0 <= gap < look.gap * 1000 - ROUNDING:
            message = f"{gap} ms after the cue before it, {look.name} has {look.gap * 1000:.0f}"
            yield Finding("gap", message, b.start, number, note=not asked)


def figures(captions: Sequence[Caption], look: Style) -> Iterator[tuple[str, float | None]]:
    """The extremes, whatever the style says of them."""
    gaps = [b.start - a.end for a, b in pairwise(captions)]
    lengths = [c.end - c.start for c in captions]
    widths = [look.count_characters(line) for c in captions for line in c.lines]
    speeds = [
        look.reading_speed(c.text, length / 1000)
        for c, length in zip(captions, lengths, strict=True)
        if length > 0
    ]
    yield "smallest gap, ms", min(gaps, default=None)
    yield "shortest cue, ms", min(lengths, default=None)
    yield "longest cue, ms", max(lengths, default=None)
    yield "widest line, characters", max(widths, default=None)
    yield "fastest, characters a second", round(max(speeds), 1) if speeds else None
