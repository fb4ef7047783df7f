"""The numbers Word puts before the items of its lists, counted as it counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ..tables import is_wide
from .numerals import number, numeral
from .ooxml import W, name, switch, unwrapped, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    """How the items of one depth are numbered."""

    start: int = 0
    style: str = "decimal"
    text: str = ""  # %1 stands for the number of the first level
    restart: int | None = None  # the level, from 1, after which it begins anew; 0 for never
    figures: bool = False  # are the levels above it in figures, whatever their style?
    spaced: bool = True
    belongs: str | None = None  # the paragraph style that has this level


@dataclass(slots=True)
class _List:
    """One list's levels, and where Word keeps its count."""

    count: str
    levels: dict[int, _Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class Lists:
    """The lists of one document, and how far each has been counted."""

    def __init__(self, root: _Element | None) -> None:
        self._nums = _by_id(root, "num", "numId")
        self._abstract = _by_id(root, "abstractNum", "abstractNumId")
        self._linked = {link: e for e in self._abstract.values() if (link := value(e, "styleLink"))}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def label(self, list_id: str | None, level: int | None, style_id: str | None = None) -> str:
        """Count an item of the list, and give what stands before its text."""
        numbering = self._list(list_id)
        if list_id is None or numbering is None:
            return ""
        if level is None:
            level = _level_of(style_id, numbering.levels)
        this = numbering.levels.get(level)
        if this is None:
            return ""
        counts = self._counts.setdefault(numbering.count, {})
        self._count(counts, level, list_id, numbering)
        return _label(this, level, counts, numbering.levels)

    def _count(self, counts: dict[int, int], level: int, list_id: str, numbering: _List) -> None:
        """Let the count go on to the next item of `level`, and those below it begin anew."""
        if level in numbering.restarts and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            counts[level] = numbering.restarts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = numbering.levels[level].start
        for below in [b for b in counts if b > level]:
            restart = numbering.levels.get(below, _Level()).restart
            if restart is None or level < restart:
                del counts[below]

    def _list(self, list_id: str | None) -> _List | None:
        if list_id is None:
            return None
        if list_id not in self._lists:
            num = self._nums.get(list_id)
            self._lists[list_id] = None if num is None else self._read(num)
        return self._lists[list_id]

    def _read(self, num: _Element) -> _List | None:
        count = value(num, "abstractNumId") or ""
        abstract = self._abstract.get(count)
        if abstract is None:
            return None
        if link := value(abstract, "numStyleLink"):
            abstract = self._linked.get(link, abstract)
            count = abstract.get(W + "abstractNumId") or count
        made = _List(count, dict(_levels(abstract)))
        for over in num.findall(W + "lvlOverride"):
            at = number(over.get(W + "ilvl"))
            made.levels.update(_levels(over))
            if (start := value(over, "startOverride")) is not None:
                made.restarts[at] = number(start)
                made.levels[at] = replace(made.levels.get(at, _Level()), start=number(start))
        return made


def _by_id(root: _Element | None, tag: str, key: str) -> dict[str, _Element]:
    return {} if root is None else {e.get(W + key) or "": e for e in root.findall(W + tag)}


def _levels(parent: _Element) -> Iterator[tuple[int, _Level]]:
    for element in parent.findall(W + "lvl"):
        restart = value(element, "lvlRestart")
        yield (
            number(element.get(W + "ilvl")),
            _Level(
                start=number(value(element, "start")),
                style=_style(element),
                text=value(element, "lvlText") or "",
                restart=None if restart is None else number(restart),
                figures=bool(switch(element, "isLgl")),
                spaced=value(element, "suff") != "nothing",
                belongs=value(element, "pStyle"),
            ),
        )


def _style(level: _Element) -> str:
    """The level's number format, where it stands twice the newer one."""
    styles = [value(e) for e in unwrapped(level) if name(e) == "numFmt"]
    return (styles[0] if styles else None) or "decimal"


def _level_of(style_id: str | None, levels: Mapping[int, _Level]) -> int:
    """The level that a style has where it names none itself."""
    return next((at for at, lv in levels.items() if style_id and lv.belongs == style_id), 0)


def _label(this: _Level, at: int, counts: Mapping[int, int], levels: Mapping[int, _Level]) -> str:
    if this.style in {"bullet", "none"}:
        return ""

    def printed(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = levels.get(place, _Level())
        style = "decimal" if this.figures and place < at else level.style
        return "" if style == "bullet" else numeral(counts.get(place, level.start), style)

    label = _PLACE.sub(printed, this.text).strip()
    if not any(c.isalnum() for c in label):
        return ""
    return label + (" " if this.spaced and not _closed(label[-1]) else "")


def _closed(char: str) -> bool:
    """Whether a sign makes its own room: 、 or ）."""
    return is_wide(char) and not char.isalnum()
