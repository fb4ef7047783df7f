"""Write the formulas of Office documents (OMML, `m:oMath`) in a line of text.

The elements are those of ISO/IEC 29500-1, 22.1. What a line cannot show as the page does, such as a
matrix, is written element by element.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..raised import write_exponent, write_fraction, write_lowered, write_root
from .ooxml import M, first_alternative, word_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_DEPTH = 60  # of nested formulas; no page shows more, a damaged file may hold any number
_SKIPPED = frozenset("rPr m:rPr m:ctrlPr del moveFrom ?".split())
# Elements whose layout a line cannot show.
_LAID_OUT = frozenset(("m:m", "m:eqArr", "m:nary", "m:limLow", "m:limUpp", "m:sPre"))
_SUM = "∫"  # the sign of an `m:nary` that names none


def read_formula(formula: _Element) -> str:
    """Return a formula in a line: ½ab, x², √(a+b).

    Args:
        formula: The element `m:oMath`.
    """
    return _read_children(formula, 0)


def needs_page(formula: _Element) -> bool:
    """Return whether a formula has a layout that a line cannot show."""
    return any(word_tag(element) in _LAID_OUT for element in formula.iter())


def _read_children(element: _Element | None, depth: int, before: str = "") -> str:
    text = before
    for child in element if element is not None and depth < _MAX_DEPTH else ():
        text += _read_element(child, depth + 1, text)
    return text[len(before) :]


def _read_element(element: _Element, depth: int, before: str) -> str:
    kind = word_tag(element)
    if kind in _SKIPPED or (kind.startswith("m:") and kind.endswith("Pr")):
        return ""
    if kind in {"m:t", "t"}:
        return element.text or ""
    if kind == "mc:AlternateContent":
        return _read_children(first_alternative(element), depth, before)
    write = _WRITERS.get(kind)
    return write(element, depth, before) if write else _read_children(element, depth, before)


def _part(element: _Element, name: str, depth: int) -> str:
    return _read_children(element.find(M + name), depth).strip()


def _property(element: _Element, name: str) -> str | None:
    """Return a property's value; None if it is not set."""
    child = element.find(f"{M}{word_tag(element)[2:]}Pr/{M}{name}")
    return None if child is None else child.get(M + "val", "")


def _write_fraction(element: _Element, depth: int, before: str) -> str:
    top, bottom = _part(element, "num", depth), _part(element, "den", depth)
    if _property(element, "type") == "noBar":
        return f"C({top},{bottom})"
    return write_fraction(top, bottom, before)


def _write_root(element: _Element, depth: int, _before: str) -> str:
    degree = "" if _property(element, "degHide") not in {None, "0", "off"} else "deg"
    return write_root(_part(element, "e", depth), _part(element, degree, depth) if degree else "")


def _write_scripts(element: _Element, depth: int, _before: str) -> str:
    """Return a base with what stands raised and lowered beside it."""
    base = _part(element, "e", depth)
    lower, upper = _part(element, "sub", depth), _part(element, "sup", depth)
    scripts = (write_lowered(lower, "x") if lower else "") + (
        write_exponent(upper) if upper else ""
    )
    if word_tag(element) == "m:sPre":
        return scripts + base
    is_term = upper and len(base) > 1 and not base.isalnum() and not base.endswith(")")
    return (f"({base})" if is_term else base) + scripts


def _write_sum(element: _Element, depth: int, _before: str) -> str:
    sign = _property(element, "chr")
    lower, upper = _part(element, "sub", depth), _part(element, "sup", depth)
    return (
        (_SUM if sign is None else sign)
        + (write_lowered(lower, "x") if lower else "")
        + (write_exponent(upper) if upper else "")
        + _part(element, "e", depth)
    )


def _write_brackets(element: _Element, depth: int, _before: str) -> str:
    opening, closing = _property(element, "begChr"), _property(element, "endChr")
    separator = _property(element, "sepChr") or "|"
    terms = [_read_children(e, depth).strip() for e in element.findall(M + "e")]
    return (
        ("(" if opening is None else opening)
        + separator.join(terms)
        + (")" if closing is None else closing)
    )


def _write_function(element: _Element, depth: int, _before: str) -> str:
    name, term = _part(element, "fName", depth), _part(element, "e", depth)
    return name + (" " if term[:1].isalnum() else "") + term


def _write_limit(element: _Element, depth: int, _before: str) -> str:
    return f"{_part(element, 'e', depth)}({_part(element, 'lim', depth)})"


def _write_rows(element: _Element, depth: int, _before: str) -> str:
    """Return the rows of a matrix or a system of equations."""
    return "; ".join(_cells(element, depth))


def _cells(element: _Element, depth: int) -> Iterator[str]:
    for row in element:
        if word_tag(row) == "m:mr":
            yield ", ".join(_read_children(e, depth).strip() for e in row.findall(M + "e"))
        elif word_tag(row) == "m:e":
            yield _read_children(row, depth).strip()


_WRITERS: dict[str, Callable[[_Element, int, str], str]] = {
    "m:f": _write_fraction,
    "m:rad": _write_root,
    **dict.fromkeys(("m:sSup", "m:sSub", "m:sSubSup", "m:sPre"), _write_scripts),
    "m:nary": _write_sum,
    "m:d": _write_brackets,
    "m:func": _write_function,
    **dict.fromkeys(("m:limLow", "m:limUpp"), _write_limit),
    **dict.fromkeys(("m:m", "m:eqArr"), _write_rows),
}
