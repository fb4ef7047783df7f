"""Evaluate the fields of Word documents.

Most fields store the text they show, their result. Some store only a code, or a form: equations,
symbols, drop-down lists, and the numbers that Word counts. The fields are those of ISO/IEC 29500-1,
17.16.5, and of Word's own reference ("Field codes").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..block import SAMPLE_LENGTH
from .docx_numbering import WordLists
from .equation_field import read_equation
from .numerals import format_number, parse_int
from .ooxml import W, find_child, read_switch, read_value
from .page_numbers import PAGE_NUMBER_MARK
from .symbol_fonts import read_symbol

if TYPE_CHECKING:
    from lxml.etree import _Element


# Fields whose result is not read aloud: tables of contents, indexes, page numbers.
_CONTENTS = frozenset(("TOC", "INDEX", "TOA"))
_PAGE_NUMBERS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_COUNTED = frozenset(("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"))
_COMPUTED = _COUNTED | {"EQ", "SYMBOL", "FORMCHECKBOX", "MACROBUTTON", "GOTOBUTTON"}

# Fields that show a text of their own, and are a gap in the line without it.
_SHOWN = frozenset(
    "ADDRESSBLOCK AUTHOR COMMENTS COMPANY CREATEDATE DATABASE DATE DOCPROPERTY DOCVARIABLE "
    "EDITTIME FILENAME FILESIZE FILLIN FORMTEXT GREETINGLINE INCLUDETEXT KEYWORDS LASTSAVEDBY LINK "
    "MERGEFIELD NOTEREF NUMCHARS NUMWORDS PAGEREF PRINTDATE REF REVNUM SAVEDATE SECTION STYLEREF "
    "SUBJECT TEMPLATE TIME TITLE USERADDRESS USERINITIALS USERNAME".split()
)
_WORD = re.compile(r'"[^"]*"|\S+')
_SWITCH_VALUE = r'\s*\\{}\s*("[^"]*"|[^\s\\]+)'
_BOXES = {True: "☑", False: "☐"}
# The formats of `\*` and the styles of `numerals`.
_NUMBER_FORMATS = {
    "alphabetic": "lowerLetter",
    "ALPHABETIC": "upperLetter",
    "roman": "lowerRoman",
    "ROMAN": "upperRoman",
    "Roman": "upperRoman",
    "Ordinal": "ordinal",
    "CHINESENUM1": "chineseCounting",
    "CHINESENUM2": "chineseLegalSimplified",
    "CHINESENUM3": "chineseCounting",
    "CIRCLENUM": "decimalEnclosedCircle",
    "GB1": "decimalEnclosedFullstop",
    "GB2": "decimalEnclosedParen",
    "GB3": "decimalEnclosedCircle",
}
# The levels of Word's own lists: the style and what stands around the number.
_OUTLINE = (
    ("upperRoman", "{}."), ("upperLetter", "{}."), ("decimal", "{}."), ("lowerLetter", "{})"),
    ("decimal", "({})"), ("lowerLetter", "({})"), ("lowerRoman", "({})"), ("lowerLetter", "({})"),
    ("lowerRoman", "({})"),
)  # fmt: skip
_NUMBER_LIST = (
    ("decimal", "{})"), ("lowerLetter", "{})"), ("lowerRoman", "{})"), ("decimal", "({})"),
    ("lowerLetter", "({})"), ("lowerRoman", "({})"), ("decimal", "{}."), ("lowerLetter", "{}."),
    ("lowerRoman", "{}."),
)  # fmt: skip
_LEVELS = len(_OUTLINE)


@dataclass(slots=True)
class Field:
    """An open field: its code comes first, then its result.

    Attributes:
        code: The code as far as it has been read.
        in_result: Whether the result has begun.
        has_result: Whether the result has any text.
        form: The settings of a form field, `w:ffData`.
        hidden: Whether the field itself is hidden or deleted.
        unread: The beginning of a result that is not read.
    """

    code: str = ""
    in_result: bool = False
    has_result: bool = False
    form: _Element | None = None
    hidden: bool = False
    unread: str = ""

    @property
    def name(self) -> str:
        """The first word of the code, in capitals."""
        match = re.match(r"\s*([A-Za-z]+)", self.code)
        return match[1].upper() if match else ""

    @property
    def is_contents(self) -> bool:
        """Whether it is a list of contents or an index."""
        return self.name in _CONTENTS

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing where a text belongs."""
        return self.name in _SHOWN and not self.has_result

    @property
    def hides_result(self) -> bool:
        """Whether its stored result is not what is read."""
        name = self.name
        if name == "FORMDROPDOWN":
            return bool(_drop_down_entries(self.form))
        return name in _CONTENTS or name in _PAGE_NUMBERS or name in _COMPUTED

    def switch(self, letter: str) -> str | None:
        r"""Return the value of a switch such as `\f "Symbol"`, or None."""
        match = re.search(_SWITCH_VALUE.format(re.escape(letter)), self.code)
        return match[1].strip('"') if match else None


def show_in_fields(text: str, fields: Sequence[Field]) -> bool:
    """Return whether a text is shown in the fields around it, and give it to them.

    Args:
        text: The text.
        fields: The open fields, the outermost first.
    """
    for opened in reversed(fields):
        if not opened.in_result:
            opened.code += text
            return False
        opened.has_result = opened.has_result or not text.isspace()
        if opened.hides_result:
            if len(opened.unread) < SAMPLE_LENGTH:
                opened.unread += text
            return False
    return True


@dataclass(slots=True)
class FieldNumbers:
    """The numbers that Word counts for fields, in one pass over a document."""

    lists: WordLists
    _sequences: dict[str, int] = field(default_factory=dict)
    _counts: dict[str, list[int]] = field(default_factory=dict)  # list → number of each level

    def evaluate(self, ended: Field, heading_level: int) -> str:
        """Return the text that a field shows beside its stored result.

        Args:
            ended: The field, read to its end.
            heading_level: The level of the heading it stands in; 0 for none.
        """
        name = ended.name
        if name in _COUNTED and name != "LISTNUM":
            return self._count_paragraph(ended, heading_level)
        counters = {"LISTNUM": self._count_list, "SEQ": self._count_sequence}
        evaluate = counters.get(name) or _EVALUATORS.get(name)
        return evaluate(ended) if evaluate else ""

    def _count_sequence(self, ended: Field) -> str:
        """Count an item of a sequence, and return its number if none is stored."""
        words = _WORD.findall(ended.code)
        name = words[1] if len(words) > 1 else ""
        number = self._sequences.get(name, 0) + (r"\c" not in words)
        restart = ended.switch("r")
        self._sequences[name] = number = number if restart is None else parse_int(restart, number)
        if ended.has_result or r"\h" in words:
            return ""
        return format_number(number, _NUMBER_FORMATS.get(ended.switch("*") or "", "decimal"))

    def _count_list(self, ended: Field) -> str:
        words = _WORD.findall(ended.code)
        name = words[1].strip('"') if len(words) > 1 and not words[1].startswith("\\") else ""
        level = parse_int(ended.switch("l"), 1)
        start = ended.switch("s")
        if list_id := self.lists.find_named(name):
            return self.lists.next_label(list_id, level - 1).strip()
        key = name.casefold() or "numberdefault"
        number = None if start is None else parse_int(start, 1)
        counts = self._advance(key, level, number)
        if key == "legaldefault":
            return ".".join(map(str, counts)) + "."
        return _format_level(_OUTLINE if key == "outlinedefault" else _NUMBER_LIST, counts)

    def _count_paragraph(self, ended: Field, heading_level: int) -> str:
        """Return the number of a paragraph that holds an AUTONUM field."""
        counts = self._advance(ended.name, max(1, heading_level), None)
        if ended.name == "AUTONUMOUT":
            return _format_level(_OUTLINE, counts)
        separator = "" if r"\e" in ended.code else (ended.switch("s") or ".")
        shown = counts if ended.name == "AUTONUMLGL" else counts[-1:]
        style = _NUMBER_FORMATS.get(ended.switch("*") or "", "decimal")
        return separator.join(format_number(n, style) for n in shown) + separator

    def _advance(self, key: str, level: int, number: int | None) -> list[int]:
        """Count one item of a level from 1, and return the numbers down to it."""
        level = min(max(1, level), _LEVELS)
        counts = self._counts.get(key, [])[:level]
        counts += [1] * (level - 1 - len(counts))
        previous = counts.pop() if len(counts) == level else 0
        counts.append(previous + 1 if number is None else number)
        self._counts[key] = counts
        return list(counts)


def _format_level(levels: tuple[tuple[str, str], ...], counts: list[int]) -> str:
    style, form = levels[len(counts) - 1]
    return form.format(format_number(counts[-1], style))


def _read_symbol(ended: Field) -> str:
    r"""Return the character of `SYMBOL 176 \f "Symbol"`."""
    words = _WORD.findall(ended.code)
    number = words[1].strip('"') if len(words) > 1 else ""
    if len(number) == 1 and not number.isdigit():
        code = ord(number)
    else:
        code = int(number, 16) if re.fullmatch(r"0x[\da-fA-F]{1,6}", number) else parse_int(number)
    font = ended.switch("f") or ""
    if r"\u" not in words and 0x80 <= code <= 0xFF and not font:
        return bytes([code]).decode("cp1252", "ignore")
    return read_symbol(code, font) or ""


def _drop_down_entries(form: _Element | None) -> list[str]:
    chosen = find_child(form, "ddList")
    entries = [] if chosen is None else chosen.findall(W + "listEntry")
    return [entry.get(W + "val") or "" for entry in entries]


def _read_form(form: _Element | None) -> str:
    """Return the chosen entry of a drop-down list, or a box, ticked or not."""
    if (box := find_child(form, "checkBox")) is not None:
        checked = read_switch(box, "checked")
        return _BOXES[bool(read_switch(box, "default") if checked is None else checked)]
    entries = _drop_down_entries(form)
    chosen = read_value(form, "ddList", "result") or read_value(form, "ddList", "default")
    index = parse_int(chosen)
    return entries[index] if index < len(entries) else ""


_EVALUATORS: dict[str, Callable[[Field], str]] = {
    **dict.fromkeys(_PAGE_NUMBERS, lambda _: PAGE_NUMBER_MARK),
    "EQ": lambda ended: read_equation(ended.code),
    "SYMBOL": _read_symbol,
    **dict.fromkeys(("FORMDROPDOWN", "FORMCHECKBOX"), lambda ended: _read_form(ended.form)),
    **dict.fromkeys(
        ("MACROBUTTON", "GOTOBUTTON"), lambda ended: " ".join(_WORD.findall(ended.code)[2:])
    ),
}
