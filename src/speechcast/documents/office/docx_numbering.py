"""Count the items of Word's lists, and format their numbers.

The numbers are formatted as Word prints them.

Word stores no numbers, only list definitions (`numbering.xml`: `w:num` refers to `w:abstractNum`)
and, in each paragraph, the list and the level. ISO/IEC 29500-1, 17.9, has the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ...text.whitespace import is_double_width
from .numerals import format_number, parse_int
from .ooxml import W, iter_children, read_switch, read_value, word_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """The numbering of one level of a list."""

    start: int = 0
    style: str = "decimal"
    text: str = ""  # %1 stands for the number of the first level
    restart_after: int | None = None  # level, from 1, whose items restart the count; 0 for none
    all_decimal: bool = False  # are all levels above it shown in decimal digits?
    space_after: bool = True  # between the number and the text
    paragraph_style: str | None = None  # the paragraph style that has this level


@dataclass(slots=True)
class _NumberedList:
    """One list's levels, by depth from 0, and its counter."""

    counter_id: str  # lists with the same id share one count
    levels: dict[int, _Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)  # level → the number it restarts at


class WordLists:
    """The lists of one document, and how far each has been counted.

    Args:
        root: The root of `numbering.xml`; None for a document without lists.
    """

    def __init__(self, root: _Element | None) -> None:
        self._nums = _index_by_id(root, "num", "numId")
        self._abstract = _index_by_id(root, "abstractNum", "abstractNumId")
        self._linked = {
            link: e for e in self._abstract.values() if (link := read_value(e, "styleLink"))
        }
        self._lists: dict[str, _NumberedList | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def next_label(
        self, list_id: str | None, level: int | None, style_id: str | None = None
    ) -> str:
        """Count one item of a list, and return its label.

        The label is the number or sign before the item's text.

        Args:
            list_id: The list; None for a paragraph that is no item.
            level: The item's level from 0; None if only its style determines it.
            style_id: The paragraph's style.

        Returns:
            The number with its punctuation and a space; "" for bullets and unknown lists.
        """
        numbering = self._get_list(list_id)
        if list_id is None or numbering is None:
            return ""
        if level is None:
            level = _level_of_style(style_id, numbering.levels)
        definition = numbering.levels.get(level)
        if definition is None:
            return ""
        counts = self._counts.setdefault(numbering.counter_id, {})
        self._advance(counts, level, list_id, numbering)
        return _format_label(definition, level, counts, numbering.levels)

    def find_named(self, name: str) -> str | None:
        """Return the id of the list that has a name, for LISTNUM fields."""
        named = {read_value(e, "name") or "": key for key, e in self._abstract.items()}
        abstract_id = named.get(name) if name else None
        ids = (k for k, e in self._nums.items() if read_value(e, "abstractNumId") == abstract_id)
        return None if abstract_id is None else next(ids, None)

    def _advance(
        self, counts: dict[int, int], level: int, list_id: str, numbering: _NumberedList
    ) -> None:
        """Count one item of `level`, and restart the levels below it."""
        if level in numbering.restarts and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            counts[level] = numbering.restarts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = numbering.levels[level].start
        for deeper in [b for b in counts if b > level]:
            restart_after = numbering.levels.get(deeper, _Level()).restart_after
            if restart_after is None or level < restart_after:
                del counts[deeper]

    def _get_list(self, list_id: str | None) -> _NumberedList | None:
        if list_id is None:
            return None
        if list_id not in self._lists:
            num = self._nums.get(list_id)
            self._lists[list_id] = None if num is None else self._read_list(num)
        return self._lists[list_id]

    def _read_list(self, num: _Element) -> _NumberedList | None:
        counter_id = read_value(num, "abstractNumId") or ""
        abstract = self._abstract.get(counter_id)
        if abstract is None:
            return None
        if link := read_value(abstract, "numStyleLink"):
            abstract = self._linked.get(link, abstract)
            counter_id = abstract.get(W + "abstractNumId") or counter_id
        numbered_list = _NumberedList(counter_id, dict(_read_levels(abstract)))
        for override in num.findall(W + "lvlOverride"):
            level = parse_int(override.get(W + "ilvl"))
            numbered_list.levels.update(_read_levels(override))
            if (start := read_value(override, "startOverride")) is not None:
                numbered_list.restarts[level] = parse_int(start)
                numbered_list.levels[level] = replace(
                    numbered_list.levels.get(level, _Level()), start=parse_int(start)
                )
        return numbered_list


def _index_by_id(root: _Element | None, tag: str, key: str) -> dict[str, _Element]:
    return {} if root is None else {e.get(W + key) or "": e for e in root.findall(W + tag)}


def _read_levels(parent: _Element) -> Iterator[tuple[int, _Level]]:
    for element in parent.findall(W + "lvl"):
        restart_after = read_value(element, "lvlRestart")
        yield (
            parse_int(element.get(W + "ilvl")),
            _Level(
                start=parse_int(read_value(element, "start")),
                style=_number_format(element),
                text=read_value(element, "lvlText") or "",
                restart_after=None if restart_after is None else parse_int(restart_after),
                all_decimal=bool(read_switch(element, "isLgl")),
                space_after=read_value(element, "suff") != "nothing",
                paragraph_style=read_value(element, "pStyle"),
            ),
        )


def _number_format(level: _Element) -> str:
    """Return the level's number format.

    Where two versions are present, it is the newer one.
    """
    styles = [read_value(e) for e in iter_children(level) if word_tag(e) == "numFmt"]
    return (styles[0] if styles else None) or "decimal"


def _level_of_style(style_id: str | None, levels: Mapping[int, _Level]) -> int:
    """Return the level bound to a paragraph style; 0 if none is."""
    bound = (depth for depth, level in levels.items() if level.paragraph_style == style_id)
    return next(bound, 0) if style_id else 0


def _format_label(
    definition: _Level, level: int, counts: Mapping[int, int], levels: Mapping[int, _Level]
) -> str:
    if definition.style == "bullet":
        return ""

    def format_placeholder(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = levels.get(depth, _Level())
        style = "decimal" if definition.all_decimal and depth < level else other.style
        return "" if style == "bullet" else format_number(counts.get(depth, other.start), style)

    label = _PLACEHOLDER.sub(format_placeholder, definition.text)
    return write_label(label, space_after=definition.space_after)


def write_label(label: str, *, space_after: bool = True) -> str:
    """Return the number of an item as it stands before its text; "" for bullets.

    Args:
        label: The number with its punctuation, or the bullet.
        space_after: Whether there is white space between the number and the text.

    >>> write_label("1."), write_label("一、"), write_label("•")
    ('1. ', '一、', '')
    """
    label = label.strip()
    if not any(c.isalnum() for c in label):
        return ""
    return label + (" " if space_after and not _needs_no_space(label[-1]) else "")


def _needs_no_space(char: str) -> bool:
    """Return whether a mark includes white space, as 、 and ） do."""
    return is_double_width(char) and not char.isalnum()
