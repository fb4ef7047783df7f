"""Read TTML, and its profile IMSC, as the W3C specifies them (TTML2, 10 and 12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from ...messages import _
from ...reasons import explain_xml_error
from ...units import Milliseconds
from ..caption import Caption, SpeakerChange
from ..traps import Trap, TrapKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARAMETER = "{http://www.w3.org/ns/ttml#parameter}"
_METADATA = "{http://www.w3.org/ns/ttml#metadata}"
_STYLING = "{http://www.w3.org/ns/ttml#styling}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_SPACE = re.compile(r"[ \t\n]+")
_CLOCK = re.compile(
    r"(\d{2,4}):([0-5]\d):([0-5]\d|60)(?:\.(\d{1,9})|:(\d{2,4}))?(?:\.\d+)?", re.ASCII
)
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)", re.ASCII)
_RATE = re.compile(r"[0-9]{1,9}")
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
_DEFAULT_FRAMES = 30  # a second, where the file says nothing (TTML2, 7.2.5)
_UNSHOWN = frozenset(("metadata", "head", "set", "animate"))
_RUBY_TEXT = frozenset(("text", "delimiter", "textContainer"))
_MAX_DEPTH = 100  # of elements; a file of subtitles has ten at most


@dataclass(frozen=True, slots=True)
class _Rates:
    """How many frames and ticks the file counts a second."""

    frames: Fraction
    ticks: Fraction


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an element has from those around it.

    Attributes:
        begin: When it begins, in seconds.
        end: When it ends at the latest; None for never.
        row: The line of the element whose times these are; 0 if none has any.
        speaker: The name of its agent.
        style: The name of its style.
        keep_space: Whether white space counts.
    """

    begin: Fraction = Fraction(0)
    end: Fraction | None = None
    row: int = 0
    speaker: str = ""
    style: str = ""
    keep_space: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text, and what it has from the elements around it."""

    scope: _Scope
    text: str


def parse(text: str) -> tuple[list[Caption], list[Trap]]:
    """Return the captions and the traps of a TTML file.

    Raises:
        ValueError: It is no TTML, or has entities.
    """
    root = _parse_xml(text)
    rates, agents = _read_rates(root), _read_agents(root)
    traps: list[Trap] = []
    captions: list[Caption] = []
    for paragraph, scope in _find_paragraphs(root, _Scope(), rates, traps, 0):
        pieces = _walk(paragraph, scope, rates, traps, 0)
        for times, group in groupby(pieces, key=lambda p: (p.scope.begin, p.scope.end)):
            if caption := _to_caption(times, list(group), agents, traps):
                captions.append(caption)
    return sorted(captions, key=lambda c: c.start), traps


def _parse_xml(text: str) -> _Element:
    """Return the root of a document without entities, which could grow without bound."""
    from lxml import etree

    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        raise ValueError(_("it has a document type, which no program for subtitles writes"))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        reason = explain_xml_error(exc)
        if line := getattr(exc, "lineno", None):
            reason = _("{reason} (line {line})").format(reason=reason, line=line)
        raise ValueError(_("its XML breaks off: {exc}").format(exc=reason)) from exc
    if _name(root) != "tt":
        raise ValueError(_("its first element is not <tt>"))
    return root


def _name(element: _Element) -> str:
    """Return an element's name without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _read_rates(root: _Element) -> _Rates:
    """Return the rates of the root's attributes (TTML2, 7.2.5 to 7.2.10)."""

    def number(name: str) -> int:
        value = root.get(_PARAMETER + name, "")
        return int(value) if _RATE.fullmatch(value) else 0

    factor = Fraction(1)
    parts = root.get(_PARAMETER + "frameRateMultiplier", "").replace(":", " ").split()
    if len(parts) == 2 and all(_RATE.fullmatch(p) and int(p) for p in parts):
        factor = Fraction(int(parts[0]), int(parts[1]))
    frames = (number("frameRate") or _DEFAULT_FRAMES) * factor
    stated = number("frameRate")
    return _Rates(frames, Fraction(number("tickRate")) or (frames if stated else Fraction(1)))


def _read_agents(root: _Element) -> dict[str, str]:
    """Return the names of the speakers by the identifiers of their agents."""
    agents = {}
    for agent in root.iter(_METADATA + "agent"):
        names = (name.text or "" for name in agent.iter(_METADATA + "name"))
        agents[agent.get(_XML + "id", "")] = next((n.strip() for n in names if n.strip()), "")
    return agents


def _find_paragraphs(
    element: _Element, scope: _Scope, rates: _Rates, traps: list[Trap], depth: int
) -> Iterator[tuple[_Element, _Scope]]:
    """Yield the paragraphs below an element, each with its scope."""
    _require_shallow(depth)
    ends = scope.begin
    for child in element:
        name = _name(child)
        if name in _UNSHOWN or name not in {"body", "div", "p"}:
            continue
        around = replace(scope, begin=ends) if _is_sequence(element) else scope
        inner = _enter(child, around, rates, traps)
        if name == "p":
            yield child, inner
        else:
            yield from _find_paragraphs(child, inner, rates, traps, depth + 1)
        ends = inner.end if inner.end is not None else inner.begin


def _is_sequence(element: _Element) -> bool:
    """Return whether each child begins when the one before it ends."""
    return element.get("timeContainer") == "seq"


def _enter(element: _Element, scope: _Scope, rates: _Rates, traps: list[Trap]) -> _Scope:
    """Return the scope inside an element; its times count from those around it."""
    row = int(f"{element.sourceline or 0}")  # its type stub is wrong

    def read(name: str) -> Fraction | None:
        value = element.get(name, "")
        if (time := _read_time(value.strip(), rates)) is None:
            message = _('{name}="{value}" is no time of TTML, like 00:00:01.000 or 1s').format(
                name=name, value=value[:20]
            )
            traps.append(Trap(TrapKind.TIME, message, row))
        return time

    times = {name: read(name) for name in ("begin", "end", "dur") if element.get(name) is not None}
    begin, end, length = times.get("begin"), times.get("end"), times.get("dur")
    start = scope.begin + (begin or 0)
    ends = [scope.end, scope.begin + end if end is not None else None]
    ends.append(start + length if length is not None else None)
    space = element.get(_XML + "space")
    return replace(
        scope,
        begin=start,
        end=min((e for e in ends if e is not None), default=None),
        row=scope.row if not times else row if None not in times.values() else 0,
        speaker=element.get(_METADATA + "agent", scope.speaker),
        style=element.get("style", scope.style),
        keep_space=scope.keep_space if space is None else space == "preserve",
    )


def _read_time(text: str, rates: _Rates) -> Fraction | None:
    """Return a time in seconds (TTML2, 12.3.1); None if it is none."""
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds, fraction, frames = clock.groups()
        whole = Fraction(3600 * int(hours) + 60 * int(minutes) + int(seconds))
        part = Fraction(f"0.{fraction}") if fraction else Fraction(0)
        return whole + part + (int(frames) / rates.frames if frames else 0)
    if offset := _OFFSET.fullmatch(text):
        units = {**_SECONDS, "f": 1 / rates.frames, "t": 1 / rates.ticks}
        return Fraction(offset[1]) * units[offset[2]]
    return None


def _walk(
    element: _Element, scope: _Scope, rates: _Rates, traps: list[Trap], depth: int
) -> Iterator[_Piece]:
    """Yield the texts in a paragraph, in order."""
    _require_shallow(depth)
    if element.text:
        yield _Piece(scope, _collapsed(element.text, scope))
    for child in element:
        if _name(child) == "br":
            yield _Piece(scope, "\n")
        elif _name(child) == "span" and child.get(_STYLING + "ruby") not in _RUBY_TEXT:
            yield from _walk(child, _enter(child, scope, rates, traps), rates, traps, depth + 1)
        if child.tail:
            yield _Piece(scope, _collapsed(child.tail, scope))


def _require_shallow(depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise ValueError(_("its elements are nested deeper than subtitles are"))


def _collapsed(text: str, scope: _Scope) -> str:
    return text if scope.keep_space else _SPACE.sub(" ", text)


def _to_caption(
    times: tuple[Fraction, Fraction | None],
    pieces: list[_Piece],
    agents: dict[str, str],
    traps: list[Trap],
) -> Caption | None:
    """Return the pieces of one time as a cue; None for white space, and without times."""
    text, speakers = "", list[SpeakerChange]()
    for piece in pieces:
        scope, shown = piece.scope, piece.text
        names = (agents.get(scope.speaker, ""), scope.speaker, scope.style)
        named = tuple(dict.fromkeys(name for name in names if name))
        if shown.strip() and named != (speakers[-1].names if speakers else ()):
            speakers.append(SpeakerChange(len(text), named))
        text = _joined(text, shown, keep_space=scope.keep_space)
    if not text.strip():
        return None
    begin, end = times
    row = pieces[0].scope.row
    if end is None or not row:
        message = _("“{text}” has no times that can be read, or no end").format(
            text=text.strip()[:20]
        )
        traps.append(Trap(TrapKind.TIME, message, row or None))
        return None
    return Caption(_to_ms(begin), _to_ms(end), text.rstrip(" "), row=row, speakers=tuple(speakers))


def _joined(text: str, more: str, *, keep_space: bool) -> str:
    """Return both texts as one.

    There is one space at most between two words, and none at a break.
    """
    if keep_space:
        return text + more
    if not text or text[-1] in " \n":
        more = more.lstrip(" ")
    if more.startswith("\n"):
        text = text.rstrip(" ")
    return text + more


def _to_ms(seconds: Fraction) -> Milliseconds:
    """Return a time in milliseconds, rounded to the nearest."""
    return round(seconds * 1000)
