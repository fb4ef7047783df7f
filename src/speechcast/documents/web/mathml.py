"""Write a formula in MathML as a line of text.

The elements are those of MathML Core (W3C) that schools and offices use: fractions, roots, powers
and indices, brackets, and tables as rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..raised import write_fraction, write_lowered, write_raised
from .tree import Element

_MAX_DEPTH = 60  # of elements in a formula; deeper ones are written without their structure
_UNREAD = frozenset("annotation annotation-xml mphantom mspace malignmark maligngroup none".split())
_INVISIBLE_OPERATORS = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_SEPARATORS = {"mtable": "; ", "mtr": ", ", "mlabeledtr": ", "}
_FENCES = {"open": "(", "close": ")"}  # the attributes of <mfenced>, and their defaults


def write_formula(math: Element) -> str:
    """Return a formula as a line of text.

    >>> from .tree import parse_html
    >>> write_formula(parse_html("<math><mi>H</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>"))
    'H=½'
    """
    return _write(math, 0)


def _write(element: Element, depth: int) -> str:
    if element.name in _UNREAD:
        return ""
    if depth > _MAX_DEPTH:
        return "".join(node for node in element.descendants() if isinstance(node, str)).strip()
    parts = [child for child in element.children if isinstance(child, Element)]
    if not parts:
        return "".join("".join(map(str, element.children)).split()).translate(_INVISIBLE_OPERATORS)
    written = [text for part in parts if (text := _write(part, depth + 1)) or part.name != "none"]
    return _combine(element, written, depth)


def _combine(element: Element, parts: list[str], depth: int) -> str:
    """Return the text of an element from the texts of its parts."""
    schema = _SCHEMAS.get(element.name)
    if schema and len(parts) == schema.size:
        return schema.write(*parts)
    if element.name == "mmultiscripts":
        return _write_multiscripts(element, depth)
    if element.name == "msqrt":
        return "√" + _term("".join(parts))
    if element.name == "mfenced":
        opening, closing = (element.attributes.get(k, v) for k, v in _FENCES.items())
        return opening + ",".join(parts) + closing
    if element.name in _SEPARATORS:
        return _SEPARATORS[element.name].join(parts)
    return parts[0] if element.name == "semantics" and parts else _join_mixed(element, parts)


def _write_multiscripts(element: Element, depth: int) -> str:
    """Return a base with the pairs of lowered and raised scripts after it, and before it: ¹⁴₆C."""
    base, *scripts = [c for c in element.children if isinstance(c, Element)]
    texts = [("" if s.name == "none" else _write(s, depth + 1), s.name) for s in scripts]
    names = [name for _, name in texts]
    split = names.index("mprescripts") if "mprescripts" in names else len(texts)
    after, before = texts[:split], texts[split + 1 :]
    written = _write(base, depth + 1)
    lead = "".join(_raised(text, "x") for text, _ in before[1::2] if text)
    lead += "".join(_lowered(text, "x") for text, _ in before[::2] if text)
    for index, (text, _) in enumerate(after):
        written += (_raised if index % 2 else _lowered)(text, written) if text else ""
    return lead + written


def _join_mixed(element: Element, parts: Sequence[str]) -> str:
    """Return the parts one after the other, with words apart, and text between the elements."""
    text = ""
    remaining = iter(parts)
    for child in element.children:
        piece = " ".join(child.split()) if isinstance(child, str) else next(remaining, "")
        apart = text[-1:].isalpha() and piece[:2].isalpha() and len(piece) > 1 and piece.isascii()
        text += (" " if apart else "") + piece
    return text


def _raised(text: str, base: str) -> str:
    """Return an exponent; unlike in running text it is never the mark of a note."""
    if text in {"′", "'", "″", "∘", "°"}:
        return "°" if text == "∘" else text
    written = write_raised(text, base if base[-1:].isalnum() else "x")
    return written if written not in {"", text} else f"^{_term(text)}"


def _lowered(text: str, base: str) -> str:
    written = write_lowered(text, base if base[-1:].isalnum() else "x")
    return written if written != text else f"_{_term(text)}"


def _factor(text: str) -> str:
    """Return a text in brackets if it is a product: 2a."""
    return f"({text})" if re.fullmatch(r"\d+[A-Za-z]\w*", text) else text


def _term(text: str) -> str:
    """Return a text in brackets, unless it is one figure or word."""
    return text if text.replace(".", "").isalnum() else f"({text})"


class _Schema(NamedTuple):
    """How an element with a fixed number of parts is written."""

    size: int
    write: Callable[..., str]


_SCHEMAS = {
    "mfrac": _Schema(2, lambda top, bottom: write_fraction(_factor(top), _factor(bottom))),
    "mroot": _Schema(2, lambda term, index: f"{_raised(index, 'x')}√{_term(term)}"),
    **dict.fromkeys(("msup", "mover"), _Schema(2, lambda base, top: base + _raised(top, base))),
    **dict.fromkeys(("msub", "munder"), _Schema(2, lambda base, low: base + _lowered(low, base))),
    **dict.fromkeys(
        ("msubsup", "munderover"),
        _Schema(3, lambda base, low, top: base + _lowered(low, base) + _raised(top, base)),
    ),
}
