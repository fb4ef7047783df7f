"""Turn the elements of a web page into paragraphs.

Elements are lines, headings, lists and tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ...model import BlockKind
from ...text.whitespace import joined_lines, reflowed, remove_invisible, split_lines
from ..block import Block, LeftOut
from ..office.numerals import format_number, parse_int
from ..plain import parse_plain
from ..runs import LOWERED_END, LOWERED_START, RAISED_END, RAISED_START, without_marks, write_runs
from ..tables import merge_row
from .tree import Element
from .unread import classes_of

# Elements that do not end a line: inline ones of the HTML standard, current and obsolete.
_INLINE_TAGS = frozenset(
    "a abbr acronym b bdi bdo big blink button cite code data del dfn em font i img input"
    " ins kbd label mark math meter nobr output progress q rb rp rt rtc ruby s samp select small"
    " span strike strong sub sup svg textarea time tt u var wbr".split()
)
_PREFORMATTED = frozenset("listing plaintext pre xmp".split())
_QUOTES = ("“”", "‘’")  # that browsers put around <q>, and <q> in <q>
_RUN_MARKS = {"sup": (RAISED_START, RAISED_END), "sub": (LOWERED_START, LOWERED_END)}
_SHIFT_STYLE = re.compile(r"vertical-align\s*:\s*(sup|sub)(?:er)?\b", re.IGNORECASE)
_SHIFT_CLASSES = {"superscript": "sup", "subscript": "sub"}
_ITEM_STYLES = {"a": "lowerAlpha", "A": "upperAlpha", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+-[a-z-]+)", re.IGNORECASE)
_CSS_STYLES = {  # of CSS Counter Styles
    **dict.fromkeys(("lower-alpha", "lower-latin"), "lowerAlpha"),
    **dict.fromkeys(("upper-alpha", "upper-latin"), "upperAlpha"),
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), "chineseCounting"
    ),
}
_MAX_TABLES = 20  # tables in tables; the text of each is copied into the row around it
_HARD_BREAK = "\v"  # a line end that stays one, unlike those of the source


@dataclass(slots=True)
class _List:
    """An open list, with the number of its next item."""

    number: int = 1
    step: int = 1
    style: str | None = None  # of `numerals`; None for a list with bullets


@dataclass(slots=True)
class _Table:
    """An open table, with its open row and cell."""

    row: list[list[Block]] | None = None
    cell: Element | None = None
    outer: list[Block] = field(default_factory=list)  # receives the paragraphs of its rows


def ends_line(element: Element) -> bool:
    """Return whether an element is no part of a line of text."""
    return element.name not in _INLINE_TAGS and ":" not in element.name


def _inline_name(element: Element) -> str:
    """Return the name of an inline element; `sup` or `sub` for one that a style shifts."""
    if style := _SHIFT_STYLE.search(element.attributes.get("style", "")):
        return style[1].lower()
    shifts = (_SHIFT_CLASSES.get(name) for name in classes_of(element))
    return next(filter(None, shifts), element.name)


class ElementReader:
    """One pass over a page's elements, as they open and close.

    Attributes:
        left_out: The raised figures that were taken for references of notes.
    """

    def __init__(self) -> None:
        self.left_out: list[LeftOut] = []
        self._pieces: list[str] = []  # the text of the paragraph so far
        self._output: list[Block] = []
        self._row = 1
        self._heading_level = 0
        self._label = ""
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._deep_tables = 0  # in the innermost of `_tables`, and read as its text
        self._preformatted_depth = 0
        self._quote_depth = 0
        self._run_depth = 0  # of <sup> and <sub>; only the outermost one is marked

    def add_text(self, text: str) -> None:
        """Add text to the paragraph."""
        self._pieces.append(without_marks(text))

    def open(self, element: Element) -> None:
        """Handle the start of an element."""
        if element.name == "br":
            self._pieces.append("\n" if self._preformatted_depth else _HARD_BREAK)
        elif not ends_line(element):
            self._open_inline(_inline_name(element))
        else:
            self.end_line()
            self._row = element.row
            self._preformatted_depth += element.name in _PREFORMATTED
            if handle := _ON_OPEN.get(element.name):
                handle(self, element)

    def close(self, element: Element) -> None:
        """Handle the end of an element."""
        if not ends_line(element):
            self._close_inline(_inline_name(element))
        elif element.name != "br":
            self.end_line()
            self._preformatted_depth -= element.name in _PREFORMATTED
            if handle := _ON_CLOSE.get(element.name):
                handle(self, element)

    def _open_inline(self, name: str) -> None:
        if name == "q":
            self._pieces.append(_QUOTES[self._quote_depth % 2][0])
            self._quote_depth += 1
        elif name in _RUN_MARKS:
            self._run_depth += 1
            if self._run_depth == 1:
                self._pieces.append(_RUN_MARKS[name][0])

    def _close_inline(self, name: str) -> None:
        if name == "q":
            self._quote_depth -= 1
            self._pieces.append(_QUOTES[self._quote_depth % 2][1])
        elif name in _RUN_MARKS:
            self._run_depth -= 1
            if self._run_depth == 0:
                self._pieces.append(_RUN_MARKS[name][1])

    def finish(self) -> list[Block]:
        """Return all paragraphs, once every element that was opened is closed."""
        self.end_line()
        return self._output

    def end_line(self) -> None:
        """End the paragraph, if one has begun."""
        text = write_runs("".join(self._pieces), self.left_out)
        self._pieces.clear()
        for line in self._split(text):
            kind = BlockKind.HEADING if self._heading_level else BlockKind.BODY
            block = Block(self._label + line, kind, row=self._row, level=self._heading_level)
            self._output.append(block)
            self._label = ""

    def _split(self, text: str) -> list[str]:
        """Return the paragraphs in the text of an element that are not empty."""
        if self._preformatted_depth:
            return [block.text for block in parse_plain(remove_invisible(text))]
        text = reflowed(text)
        if self._heading_level:
            return [line] if (line := joined_lines(text)) else []
        return split_lines(text)

    def _begin_heading(self, element: Element) -> None:
        self._heading_level = int(element.name[1])

    def _end_heading(self, _element: Element) -> None:
        self._heading_level = 0

    def _begin_list(self, element: Element) -> None:
        if element.name == "ul" or "none" in element.attributes.get("style", ""):
            self._lists.append(_List())
            return
        backwards = "reversed" in element.attributes
        items = sum(isinstance(c, Element) and c.name == "li" for c in element.children)
        start = items if backwards else 1
        named = _LIST_STYLE.search(element.attributes.get("style", ""))
        style = _CSS_STYLES.get(named[1].lower()) if named else None
        style = style or _ITEM_STYLES.get(element.attributes.get("type", ""), "decimal")
        self._lists.append(
            _List(
                parse_int(element.attributes.get("start", ""), start), -1 if backwards else 1, style
            )
        )

    def _end_list(self, _element: Element) -> None:
        self._lists.pop()
        self._label = ""

    def _begin_item(self, element: Element) -> None:
        self._label = ""
        if self._lists and (style := self._lists[-1].style):
            items = self._lists[-1]
            number = parse_int(element.attributes.get("value", ""), items.number)
            items.number = number + items.step
            end = "、" if style == "chineseCounting" else ". "
            self._label = f"{format_number(number, style)}{end}"

    def _end_item(self, _element: Element) -> None:
        self._label = ""

    def _begin_table(self, _element: Element) -> None:
        if len(self._tables) == _MAX_TABLES:
            self._deep_tables += 1
        else:
            self._tables.append(_Table(outer=self._output))

    def _begin_row(self, _element: Element) -> None:
        if self._tables and not self._deep_tables:
            self._end_row()
            self._tables[-1].row = []

    def _begin_cell(self, element: Element) -> None:
        if not self._tables or self._deep_tables:
            return
        table = self._tables[-1]
        self._end_cell()
        if table.row is None:
            table.row = []
        table.cell = element
        self._output = []

    def _close_cell(self, element: Element) -> None:
        if self._tables and self._tables[-1].cell is element:
            self._end_cell()

    def _end_table(self, _element: Element) -> None:
        if self._deep_tables:
            self._deep_tables -= 1
        elif self._tables:
            self._end_row()
            self._tables.pop()

    def _end_row(self) -> None:
        table = self._tables[-1]
        self._end_cell()
        if table.row is not None:
            self._output.extend(merge_row(table.row))
            table.row = None

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is not None and table.row is not None:
            table.row.append(self._output)
            self._output, table.cell = table.outer, None


_Handler = Callable[[ElementReader, Element], None]
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ON_OPEN: dict[str, _Handler] = {
    **dict.fromkeys(_HEADINGS, ElementReader._begin_heading),
    "ol": ElementReader._begin_list,
    "ul": ElementReader._begin_list,
    "li": ElementReader._begin_item,
    "table": ElementReader._begin_table,
    "tr": ElementReader._begin_row,
    "td": ElementReader._begin_cell,
    "th": ElementReader._begin_cell,
}
_ON_CLOSE: dict[str, _Handler] = {
    **dict.fromkeys(_HEADINGS, ElementReader._end_heading),
    "ol": ElementReader._end_list,
    "ul": ElementReader._end_list,
    "li": ElementReader._end_item,
    "table": ElementReader._end_table,
    "td": ElementReader._close_cell,
    "th": ElementReader._close_cell,
}
