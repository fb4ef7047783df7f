"""Name the raised and lowered figures, fractions and enclosed numbers of Unicode.

Patterns of them for the rules of both languages, and their values.
"""

from __future__ import annotations

import re
import unicodedata

_CONTEXT = 40  # characters on each side of a raised one that are looked at

_RAISED_FIGURES, _LOWERED_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_RAISED_SIGNS, _LOWERED_SIGNS = "⁺⁻⁼⁽⁾", "₊₋₌₍₎"
_RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ"
_LOWERED_LETTERS = "ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"

RAISED_DIGIT = f"[{_RAISED_FIGURES}]"
LOWERED_DIGIT = f"[{_LOWERED_FIGURES}]"
RAISED = f"[{_RAISED_FIGURES}{_RAISED_SIGNS}{_RAISED_LETTERS}]"
"""One raised character, as part of a regular expression."""
LOWERED = f"[{_LOWERED_FIGURES}{_LOWERED_SIGNS}{_LOWERED_LETTERS}]"
"""One lowered character."""
FRACTION = "[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒↉]"
"""A fraction of one character."""
SQUARED_UNIT = "[\u3371-\u3376\u3380-\u33df]"
"""An abbreviation of a unit in one character: ㎡, ㎏ (block CJK Compatibility)."""


def written_out(text: str) -> str:
    """Return raised and lowered characters, fractions and units at their usual size.

    >>> written_out("⁻³"), written_out("₂"), written_out("½"), written_out("㎏"), written_out("㎡")
    ('-3', '2', '1/2', 'kg', 'm²')
    """
    return "".join(map(_write_out, text))


def text_before(match: re.Match[str]) -> str:
    """Return the text before a match, as far as it decides what is raised."""
    return match.string[max(0, match.start() - _CONTEXT) : match.start()]


def text_after(match: re.Match[str]) -> str:
    """Return the text after a match, as far as it decides what is raised."""
    return match.string[match.end() : match.end() + _CONTEXT]


def _write_out(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) > 1 and plain[-1] in "23" and plain[0].isalpha():
        return plain[:-1] + _RAISED_FIGURES[int(plain[-1])]  # ㎡ is m²
    return plain.replace("\u2212", "-").replace("\u2044", "/")


def _enclosed_numbers() -> dict[str, int]:
    """Return the characters that are a whole number: ①, ⑴, ⒈, ❶, ㈠, Ⅳ, and their values."""
    numbers = {}
    for code in (*range(0x2160, 0x2180), *range(0x2460, 0x2500), *range(0x2776, 0x2794),
                 *range(0x3220, 0x322A), *range(0x3248, 0x3260), *range(0x3280, 0x328A),
                 *range(0x32B1, 0x32C0)):  # fmt: skip
        value = unicodedata.numeric(chr(code), -1.0)
        if value >= 0 and value == int(value):
            numbers[chr(code)] = int(value)
    return numbers


ENCLOSED_NUMBERS = _enclosed_numbers()
"""Character → number."""
ENCLOSED = f"[{''.join(ENCLOSED_NUMBERS)}]"
"""One of them, as part of a regular expression."""

ANY = f"(?:{RAISED}|{LOWERED}|{FRACTION}|{SQUARED_UNIT}|{ENCLOSED})"
"""Any character of this module, none of which is part of a word."""


def written_unit(text: str) -> str:
    """Return a unit with each character written out, and exponents left raised.

    >>> written_unit("㎞"), written_unit("km²")
    ('km', 'km²')
    """
    return text if re.search(RAISED, text) else written_out(text)
