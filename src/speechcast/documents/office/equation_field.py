r"""Read Word's EQ fields: `EQ \f(1,2)`, `EQ \o\ac(○,密)`.

Such a field stores no result; Word draws what its code says. The codes are those of Word's own
reference, "Field codes: Eq (Equation) field".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ...text.whitespace import joined
from ..raised import write_exponent, write_fraction, write_lowered, write_root

_SWITCH = re.compile(r"\\([a-z]{1,2}|\*)", re.IGNORECASE)
_FORMAT = re.compile(r"\\\*\s*(?:\"[^\"]*\"|\S+)\s*")  # \* MERGEFORMAT, \* jc2, \* "Font:宋体"
_BRACKET_SIDE = re.compile(r"\\[lrb]?c\s*\\(.)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*-?\d+")
_SEPARATORS = ",;，；"  # the list separator of the writer's system
_MAIN_SWITCHES = frozenset("abdfilorsx")
_RINGS = frozenset("○〇◯□△◇")  # drawn around what stands in them: enclosed characters
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_READING = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ\s\u3100-\u312fˇˋˊ˙\u3041-\u30ff]+")  # pinyin, bopomofo, kana
_MAX_DEPTH = 40  # of nested codes; a damaged file may hold any number


@dataclass(slots=True)
class _Code:
    r"""A switch with its options and elements: \o, \ac, (a,b)."""

    name: str
    options: list[str] = field(default_factory=list)
    brackets: str = ""  # the character that \lc, \rc or \bc names
    elements: list[str] = field(default_factory=list)


def read_equation(code: str) -> str:
    r"""Return the text that an EQ field shows.

    Args:
        code: The field's code, with or without the word EQ.

    >>> read_equation(r"eq \o\ac(○,密)"), read_equation(r"EQ \f(1,2)"), read_equation(r"EQ \r(x)")
    ('密', '½', '√x')
    """
    code = re.sub(r"^\s*eq\b", "", code, flags=re.IGNORECASE)
    return _Parser(_FORMAT.sub("", code)).parse(0, "").strip()


class _Parser:
    """Walks through a code once, from left to right."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._position = 0

    def parse(self, depth: int, stops: str) -> str:
        """Return the text up to a character of `stops`, or the end."""
        text = ""
        while self._position < len(self._code) and self._code[self._position] not in stops:
            if self._code[self._position] != "\\":
                text += self._code[self._position]
                self._position += 1
            elif switch := _SWITCH.match(self._code, self._position):
                text += self._parse_switch(switch, depth, text)
            else:
                text += self._code[self._position + 1 : self._position + 2]  # escaped: \, \( \\
                self._position += 2
        return text

    def _parse_switch(self, switch: re.Match[str], depth: int, before: str) -> str:
        """Return the text of the code that begins with `switch`."""
        name = switch[1].lower()
        self._position = switch.end()
        if name not in _MAIN_SWITCHES:
            name = name[:1]  # \f1,2 without brackets, unknown codes: their letter decides
        code = _Code(name)
        self._parse_options(code)
        if self._code[self._position : self._position + 1] == "(" and depth < _MAX_DEPTH:
            code.elements = self._parse_elements(depth + 1)
        return _WRITERS[name](code, before) if name in _WRITERS else "".join(code.elements)

    def _parse_options(self, code: _Code) -> None:
        while True:
            self._skip(re.compile(r"\s*"))
            if bracket := _BRACKET_SIDE.match(self._code, self._position):
                code.brackets = code.brackets or bracket[1]
                self._position = bracket.end()
            elif option := _SWITCH.match(self._code, self._position):
                code.options.append(option[1].lower())
                self._position = option.end()
                self._skip(_NUMBER)
            else:
                return

    def _parse_elements(self, depth: int) -> list[str]:
        """Return the elements in brackets, which begin at the position."""
        elements = list[str]()
        while self._code[self._position : self._position + 1] not in {")", ""}:
            self._position += 1  # the opening bracket, or a separator
            elements.append(self.parse(depth, _SEPARATORS + ")").strip())
        self._position += 1
        return elements

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if match := pattern.match(self._code, self._position):
            self._position = match.end()


def _join(elements: Sequence[str]) -> str:
    """Return the elements that are not empty as one text."""
    text = ""
    for element in filter(None, elements):
        text = joined(text, element) if text else element
    return text


def _write_overlay(code: _Code, _before: str) -> str:
    """Return what is drawn at one place: a ring and its character, a reading and its text."""
    texts = [e for e in code.elements if e and e not in _RINGS]
    words = [text for text in texts if not _READING.fullmatch(text)]
    is_reading = len(texts) > 1 and len(words) == 1 and "ad" in code.options
    return words[0] if is_reading else _join(texts)


def _write_fraction(code: _Code, before: str) -> str:
    top, bottom = [*code.elements, "", ""][:2]
    return write_fraction(top, bottom, before)


def _write_root(code: _Code, _before: str) -> str:
    degree, radicand = code.elements if len(code.elements) > 1 else ("", _join(code.elements))
    return write_root(radicand, degree)


def _write_shift(code: _Code, before: str) -> str:
    """Return raised or lowered text; where nothing stands before it, as it is."""
    text = _join(code.elements)
    if not before.strip() or not text.isascii():
        return text
    return write_lowered(text, before) if "do" in code.options else write_exponent(text)


def _write_brackets(code: _Code, _before: str) -> str:
    opening = code.brackets or "("
    return opening + _join(code.elements) + _CLOSING.get(opening, opening)


def _write_integral(code: _Code, _before: str) -> str:
    sign = "∑" if "su" in code.options else "∏" if "pr" in code.options else "∫"
    lower, upper, term = [*code.elements, "", "", ""][:3]
    return sign + write_lowered(lower, "x") + (write_exponent(upper) if upper else "") + term


_WRITERS: dict[str, Callable[[_Code, str], str]] = {
    "a": lambda code, _: " ".join(filter(None, code.elements)),
    "b": _write_brackets,
    "f": _write_fraction,
    "i": _write_integral,
    "l": lambda code, _: ",".join(code.elements),
    "o": _write_overlay,
    "r": _write_root,
    "s": _write_shift,
}
