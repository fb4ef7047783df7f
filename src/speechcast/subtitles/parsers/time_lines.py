"""The line of a cue's times, as it should be written and as people write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ...messages import _
from ...text.whitespace import INVISIBLE
from ...units import Milliseconds
from ..traps import TrapKind


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a format writes its times.

    Attributes:
        name: of the format.
        example: a line of times as it should be.
        strict: matches such a line, up to what may follow the times.
        mark: the character before the milliseconds.
        hours: whether they must be written.
    """

    name: str
    example: str
    strict: re.Pattern[str]
    mark: str
    hours: bool


def _strict(time: str) -> re.Pattern[str]:
    return re.compile(rf"{time} --> {time}(?=[ \t]|$)", re.ASCII)


SRT_DIALECT = Dialect(
    name="SRT",
    example="00:00:01,000 --> 00:00:02,000",
    strict=_strict(r"\d\d:[0-5]\d:[0-5]\d,\d{3}"),
    mark=",",
    hours=True,
)
VTT_DIALECT = Dialect(
    name="WebVTT",
    example="00:01.000 --> 00:02.000",
    strict=_strict(r"(?:\d{2,4}:)?[0-5]\d:[0-5]\d\.\d{3}"),
    mark=".",
    hours=False,
)

# What is typed for a character of a time; NFKC replaces the full-width forms.
_LOOKALIKES = str.maketrans(
    {"∶": ":", "꞉": ":", "ː": ":", "。": ".", "、": ",", "·": ".", "٫": ",", "，": ","}
    | dict.fromkeys("—–―−‐‑‒─━ー", "-")
    | dict.fromkeys("›》〉⟩➤", ">")
    | dict.fromkeys("→⟶➔➜➡⇒", "-->")
)
_INVISIBLE = re.compile(f"(?!\u2060)(?:{INVISIBLE.pattern})")  # the word joiner is what text has
_MAX_LENGTH = 200  # characters of a line of times with all that may follow; chosen here
# The quantifiers are bounded, so that no line takes long.
_TIME = r"[-+]?\s{0,9}\d{1,40}(?:\s{0,3}[:;.,]\s{0,3}[-+]?\d{1,40}){1,3}"
_ARROW = r"(?:[-=~]{0,4}\s{0,2}>{1,3}|[-=~]{1,4}|[^\s\d:;.,+\u2060-]{1,8})?"
_TIME_LINE = re.compile(
    rf"\s{{0,9}}(?P<start>{_TIME})(?P<arrow>\s{{0,9}}{_ARROW}\s{{0,9}})"
    rf"(?P<end>{_TIME})(?P<rest>(?:\s.*)?)$"
)
# Times on one side of the arrow only; a word joiner before them says that they are text.
_BROKEN = re.compile(
    r"\s{0,9}[-+]?[\dOolI|][\s\dOolI|时分秒]{0,40}[:;.,时][\s\dOolI|:;.,时分秒]{0,60}-->"
    r"|[^\u2060]*-->\s*\d{1,40}:\d"
)
_COORDINATES = re.compile(r"(?:\s*[XY][12]:-?\d+)+\s*", re.IGNORECASE)
_MOST_HOUR_DIGITS = 4  # beyond them a time is none that a player takes


class TimeLine(NamedTuple):
    """The times of a cue, and what is wrong with how they are written.

    Attributes:
        span: start and end in milliseconds; None if they cannot be understood.
        rest: what follows the times, without white space around it.
        traps: the kinds, each with its message.
    """

    span: tuple[Milliseconds, Milliseconds] | None
    rest: str
    traps: tuple[tuple[TrapKind, str], ...]


def parse_time_line(line: str, dialect: Dialect) -> TimeLine | None:
    """Return the times on a line; None if it is not a line of times."""
    if strict := dialect.strict.match(line):
        start, end = (_milliseconds(_Time.read(t)) for t in strict[0].split(" --> "))
        return TimeLine((start, end), line[strict.end() :].strip(), ())
    if len(line) > _MAX_LENGTH:
        return None
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", line).translate(_LOOKALIKES))
    plain = "".join(map(_plain_digit, plain))
    match = _TIME_LINE.fullmatch(plain)
    if match is None or not _is_meant(match):
        return _broken(line, dialect) if _BROKEN.match(plain) else None
    times = [_Time.read(match[side]) for side in ("start", "end")]
    if any(len(t.hours) > _MOST_HOUR_DIGITS for t in times):
        return _broken(line, dialect)
    rest = match["rest"].strip()
    traps: dict[TrapKind, str] = {}
    for kind, text in _find_traps(line, plain, match, times, dialect):
        traps.setdefault(kind, text)  # of both times, the first is named
    if not traps:
        text = _("'{line}' is not written like {example}")
        traps[TrapKind.TIME] = text.format(line=_shortened(line), example=dialect.example)
    return TimeLine((_milliseconds(times[0]), _milliseconds(times[1])), rest, tuple(traps.items()))


def is_coordinates(rest: str) -> bool:
    """Return whether what follows the times places the cue, as some SRT does."""
    return bool(_COORDINATES.fullmatch(rest))


class _Time(NamedTuple):
    """A time by its parts, as digits; those that are not written are empty."""

    negative: bool
    hours: str
    minutes: str
    seconds: str
    mark: str
    fraction: str

    @classmethod
    def read(cls, text: str) -> _Time:
        marks = re.findall("[:;.,]", text)
        digits = re.findall(r"\d+", text)
        mark = marks[-1] if len(digits) == 4 or marks[-1] in ".," else ""
        fraction = digits.pop() if mark else ""
        hours, minutes, seconds = [""] * (3 - len(digits)) + digits[-3:]
        return cls("-" in text or "+" in text, hours, minutes, seconds, mark, fraction)


def _milliseconds(time: _Time) -> Milliseconds:
    """Return the time as FFmpeg takes it: the digits after the mark count milliseconds.

    Of more than three digits the first three count.
    """
    hours, minutes, seconds = (int(part[:9] or 0) for part in time[1:4])
    total = 1000 * (3600 * hours + 60 * minutes + seconds) + int(time.fraction[:3] or 0)
    return -total if time.negative else total


def _is_meant(match: re.Match[str]) -> bool:
    """Return whether it is not just a text such as `10:30-12:00`."""
    marks = min(len(re.findall("[:;.,]", match[side])) for side in ("start", "end"))
    arrow = match["arrow"].strip()
    return ">" in arrow or marks >= (2 if arrow and arrow[0] in "-=~" else 3)


def _broken(line: str, dialect: Dialect) -> TimeLine:
    text = _(
        "'{line}' is no line of times, and its cue is not shown; they are written {example}"
    ).format(line=_shortened(line), example=dialect.example)
    return TimeLine(None, "", ((TrapKind.TIME, text),))


def _find_traps(
    line: str, plain: str, match: re.Match[str], times: list[_Time], dialect: Dialect
) -> Iterator[tuple[TrapKind, str]]:
    foreign = [c for c in line[: _times_end(line, match)] if not c.isascii()]
    kind = TrapKind.LOOKALIKE_IN_TIME
    if any(map(_INVISIBLE.match, foreign)):
        yield kind, _("an invisible character in the times, which players do not take")
    elif marks := "".join(dict.fromkeys(c for c in foreign if not c.isspace())):
        text = (
            _("full-width {marks} in the times, where {format} has only ASCII: {example}")
            if any(unicodedata.east_asian_width(c) == "F" for c in marks)
            else _("{marks} in the times, where {format} has only ASCII: {example}")
        )
        yield kind, text.format(marks=marks, format=dialect.name, example=dialect.example)
    arrow = match["arrow"].strip()
    if arrow != "-->":
        text = _("nothing between the times, where --> belongs")
        if arrow:
            text = _("'{arrow}' between the times, where --> belongs").format(arrow=arrow)
        yield TrapKind.ARROW, text
    if any(c.isspace() for c in foreign) or "\t" in plain[: match.end("end")]:
        yield TrapKind.SPACE_IN_TIME, _("a no-break or other special space in the times")
    elif match["arrow"] != f" {arrow} " or re.search(
        r"\s", match["start"] + match["end"] + plain[: match.start("start")]
    ):
        yield TrapKind.SPACE_IN_TIME, _("spaces in the times, of which only one beside --> belongs")
    for time in times:
        yield from _find_time_traps(time, dialect)


def _times_end(line: str, match: re.Match[str]) -> int:
    """Return where the times end on the line itself, about which only spaces can differ."""
    rest = match["rest"].strip()
    return len(line.rstrip()) - len(rest) if rest else len(line.rstrip())


def _find_time_traps(time: _Time, dialect: Dialect) -> Iterator[tuple[TrapKind, str]]:
    if time.negative:
        yield TrapKind.NEGATIVE_TIME, _("a time with a sign, which players do not take")
    if not time.hours and dialect.hours:
        yield (
            TrapKind.NO_HOURS,
            _(
                "a time without hours, which players read otherwise or not at all; {format} has "
                "them always: {example}"
            ).format(format=dialect.name, example=dialect.example),
        )
    if len(time.hours) > 2 and dialect.hours:
        text = _("{hours} hours, of which some players read two digits").format(hours=time.hours)
        yield TrapKind.LONG_HOURS, text
    if time.mark == "." != dialect.mark:
        yield (
            TrapKind.FULL_STOP_IN_TIME,
            _("a full stop before the milliseconds, where {format} has a comma").format(
                format=dialect.name
            ),
        )
    elif time.mark == "," != dialect.mark:
        yield (
            TrapKind.COMMA_IN_TIME,
            _("a comma before the milliseconds, where {format} has a full stop").format(
                format=dialect.name
            ),
        )
    if len(time.fraction) != 3 or time.mark not in ".,":
        text = _("nothing for the milliseconds, where {mark} and three digits belong")
        if time.fraction:
            text = _("'{digits}' for the milliseconds, where {mark} and three digits belong")
        digits = f"{time.mark}{time.fraction}"
        yield TrapKind.MILLISECONDS, text.format(digits=digits, mark=dialect.mark)
    parts = [p for p in time[1:4] if p]
    if any(len(p) != 2 for p in (*parts[1:], parts[0][-2:])) or any(
        int(p) > 59 for p in (time.minutes, time.seconds) if p
    ):
        yield (
            TrapKind.DIGITS_IN_TIME,
            _("{time} for a time, where each part has two digits, and at most 59").format(
                time=":".join(parts)
            ),
        )


def _plain_digit(character: str) -> str:
    """Return a decimal digit of any script as ASCII; any other character as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _shortened(line: str) -> str:
    text = " ".join(line.split())
    return text if len(text) <= 40 else f"{text[:40]}…"
