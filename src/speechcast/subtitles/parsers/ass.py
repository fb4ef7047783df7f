"""Read Advanced SubStation Alpha, and the older SSA."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...messages import _
from ...units import Milliseconds
from ..caption import Caption, SpeakerChange
from ..escapes import unescape
from ..traps import Trap, TrapKind

_SECTION = "[events]"
_FIELDS = ("layer", "start", "end", "style", "name", "l", "r", "v", "effect", "text")
_SPEAKER_FIELDS = ("name", "actor", "style")  # Aegisub writes Name; some programs Actor
_TIME = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)\.(\d\d)", re.ASCII)
_DRAWING = re.compile(r"\\p(\d)")  # with a scale, or 0 for text again
_BREAKS = re.compile(r"\\[Nnh]")
_EXAMPLE = "0:00:01.00"


def parse(text: str) -> tuple[list[Caption], list[Trap]]:
    r"""Return the captions and the traps of an ASS file.

    Args:
        text: of the file, with `\n` line ends.
    """
    lines = text.split("\n")
    sections = [line.strip().lower() for line in lines if line.startswith("[")]
    traps = []
    if _SECTION not in sections:
        message = _("no section [Events], so that players show nothing")
        traps.append(Trap(TrapKind.NO_SECTION, message))
    captions = []
    for number, fields in _find_events(lines):
        span = [_read_time(fields[name]) for name in ("start", "end")]
        if None in span:
            message = _(
                "'{start}' and '{end}' are no times of ASS, which are written {example}; the cue "
                "is not shown"
            ).format(start=fields["start"][:20], end=fields["end"][:20], example=_EXAMPLE)
            traps.append(Trap(TrapKind.TIME, message, number))
        else:
            start, end = (time or 0 for time in span)
            shown, drawn = _without_commands(fields["text"])
            if shown.strip() or not drawn:
                names = tuple(filter(None, (fields[name].strip() for name in _SPEAKER_FIELDS)))
                speakers = (SpeakerChange(0, names),) if names else ()
                captions.append(
                    Caption(start, end, _plain_text(shown), row=number, speakers=speakers)
                )
    return captions, traps


def _find_events(lines: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the events that are shown: the line's number, and its fields by their names."""
    names: Sequence[str] = _FIELDS
    for number, line in enumerate(lines, 1):
        kind, _, rest = line.partition(":")
        if kind.strip() == "Format" and "text" in rest.lower():
            names = [name.strip().lower() for name in rest.split(",")]
        elif kind.strip() == "Dialogue":
            values = rest.split(",", len(names) - 1)
            fields = dict.fromkeys(("start", "end", "text", *_SPEAKER_FIELDS), "")
            yield number, fields | dict(zip(names, values, strict=False))


def _read_time(text: str) -> Milliseconds | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, seconds, hundredths = map(int, match.groups())
    return 1000 * (3600 * hours + 60 * minutes + seconds) + 10 * hundredths


def _without_commands(event: str) -> tuple[str, bool]:
    """Return the text of an event without its commands and drawings, and whether it draws.

    A command goes from a brace to the next one that closes; without that, the brace is text.
    """
    shown, position = [], 0
    draws = drawing = False
    while (start := event.find("{", position)) >= 0 and (end := event.find("}", start)) >= 0:
        shown.append("" if drawing else event[position:start])
        for scale in _DRAWING.findall(event, start, end):
            drawing = scale != "0"
            draws = draws or drawing
        position = end + 1
    return "".join(shown) + ("" if drawing else event[position:]), draws


def _plain_text(shown: str) -> str:
    r"""Return text as players show it: a line break for `\N`."""
    return unescape(_BREAKS.sub(lambda match: " " if match[0] == r"\h" else "\n", shown))
