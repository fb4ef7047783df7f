"""The cues compared with each other and with a style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..audio.file_activity import AudioActivity
from ..messages import _, mark
from ..subtitles.caption import Caption
from ..subtitles.style import Style
from .report import Finding

ROUNDING_MS = 10  # how far times may differ by rounding: ASS counts hundredths of a second


def check_order(captions: Sequence[Caption], activity: AudioActivity) -> Iterator[Finding]:
    """Yield the cues with impossible times.

    They overlap, run backwards, are empty, or end after the sound does.
    """
    length = activity.length * 1000 // activity.rate
    for number, c in enumerate(captions, 1):
        if c.end <= c.start:
            before, same = _("it ends before it begins"), _("it ends where it begins")
            message = before if c.end < c.start else same
            yield Finding(mark("order"), message, position=c.start, cue=number)
        if not c.text.strip():
            yield Finding(mark("empty"), _("it shows nothing"), position=c.start, cue=number)
        if c.end > length + ROUNDING_MS:
            message = _("it ends after the sound does")
            yield Finding(mark("order"), message, position=c.end, cue=number)
    for number, (previous, c) in enumerate(pairwise(captions), 2):
        if c.start < previous.start:
            message = _("it begins before the previous cue")
            yield Finding(mark("order"), message, position=c.start, cue=number)
        elif c.start < previous.end:
            message = _("{ms} ms with the previous cue").format(ms=previous.end - c.start)
            yield Finding(mark("overlap"), message, position=c.start, cue=number)


def check_style(captions: Sequence[Caption], style: Style, required: bool) -> Iterator[Finding]:
    """Yield where the cues break the rules of a style.

    Reading speed and duration follow from how fast the voice speaks, so they are only ever notes.

    Args:
        required: Whether breaking another rule is a fault; otherwise it is a note.
    """
    for number, c in enumerate(captions, 1):
        for kind, message, fault in _broken_rules(c, style):
            note = not (fault and required)
            yield Finding(kind, message, position=c.start, cue=number, note=note)
    for number, (previous, c) in enumerate(pairwise(captions), 2):
        gap = c.start - previous.end
        if 0 <= gap < style.gap * 1000 - ROUNDING_MS:
            message = _("{gap} ms after the previous cue, {style} requires {least:.0f}").format(
                gap=gap, style=style.name, least=style.gap * 1000
            )
            yield Finding(mark("gap"), message, position=c.start, cue=number, note=not required)


def _broken_rules(caption: Caption, style: Style) -> Iterator[tuple[str, str, bool]]:
    """Yield each broken rule: kind, message, whether it can be a fault."""
    widest = max(style.count_characters(line) for line in caption.lines)
    seconds = (caption.end - caption.start) / 1000
    if widest > style.width:
        message = _("{widest:g} characters on a line, {style} allows {width:g}").format(
            widest=widest, style=style.name, width=style.width
        )
        yield mark("width"), message, True
    if len(caption.lines) > style.lines:
        message = _("{count} lines, {style} allows {most}").format(
            count=len(caption.lines), style=style.name, most=style.lines
        )
        yield mark("lines"), message, True
    speed = style.reading_speed(caption.text, seconds) if style.speed and seconds > 0 else 0.0
    if speed > style.speed:
        message = _("{speed:.1f} characters a second, {style} allows {most:g}").format(
            speed=speed, style=style.name, most=style.speed
        )
        yield mark("reading speed"), message, False
    tolerance = ROUNDING_MS / 1000
    if not style.shortest - tolerance <= seconds <= style.longest + tolerance:
        message = _("shown for {seconds:.2f} s, {style} allows {shortest:g} to {longest:g}").format(
            seconds=seconds, style=style.name, shortest=style.shortest, longest=style.longest
        )
        yield mark("duration"), message, False


def measure_cues(captions: Sequence[Caption], style: Style) -> Iterator[tuple[str, float | None]]:
    """Yield the extreme values over all cues, each with its label."""
    gaps = [c.start - previous.end for previous, c in pairwise(captions)]
    lengths = [c.end - c.start for c in captions]
    widths = [style.count_characters(line) for c in captions for line in c.lines]
    speeds = [
        style.reading_speed(c.text, length / 1000)
        for c, length in zip(captions, lengths, strict=True)
        if length > 0
    ]
    yield mark("smallest gap, ms"), min(gaps, default=None)
    yield mark("shortest cue, ms"), min(lengths, default=None)
    yield mark("longest cue, ms"), max(lengths, default=None)
    yield mark("widest line, characters"), max(widths, default=None)
    fastest = round(max(speeds), 1) if speeds else None
    yield mark("fastest, characters a second"), fastest
