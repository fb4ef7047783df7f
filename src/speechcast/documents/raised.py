"""Write raised and lowered text in the characters of a plain line.

A printed page raises exponents (10³, m²), note references and ordinal endings (1st); a line of text
has one size. `write_raised` and `write_lowered` say what such text becomes there. The rules and
lists were written by hand for this project; `note_marks` decides what only refers to a note.
"""

from __future__ import annotations

import re

from ..text.han import FIRST_EAST_ASIAN, HAN_CLASS, is_east_asian
from ..text.isotopes import is_isotope
from .note_marks import (
    FULL_WIDTH,
    ends_with_term,
    is_derivative,
    is_note,
    split_edge_marks,
    split_note,
    to_context,
    to_mark,
)

# The characters of Unicode's blocks Superscripts and Subscripts, Latin-1 Supplement, Phonetic
# Extensions and Modifier Letters that are the raised (lowered) form of another.
_RAISED = dict(
    zip(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
        strict=True,
    )
)
_LOWERED = dict(
    zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
_EXPONENT_SIGN = re.compile(r"[+\-−±]|\d+[+\-−]")
# Letters raised after a figure or a word that are no exponent: 1st, M^lle, 3^e.
_WORD_ENDINGS = frozenset("st nd rd th er re e ère ème o a TM SM R C lle me le".split())
_VULGAR = {  # Unicode blocks Latin-1 Supplement and Number Forms
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗",
    "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/7": "⅐", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
    "1/9": "⅑", "1/10": "⅒",
}  # fmt: skip
_FRACTION_SLASH = "\u2044"
_CONTEXT = 40  # characters before a run that are looked at
_SCALE = re.compile(r"\s*[CFＣＦ℃′']")
_AFTER_DEGREES = re.compile(rf"[\d{FIRST_EAST_ASIAN}-\uffff″\"]|[NSEW](?![A-Za-z])|$")
_ANGLE_BEFORE = re.compile(r"[经經纬緯角∠]\S{0,4}\d$")
_FIGURES_AND_TEXT = re.compile(r"(\d+(?:[.,]\d+)*)([^\d.,].*)", re.DOTALL)


def write_raised(text: str, before: str, after: str = "") -> str:
    """Return what a raised run of text becomes in a plain line.

    Args:
        text: The text of the run, without the runs around it. Adjacent raised runs must be
            joined first.
        before: The text of the line before it; its end decides between exponent and note.
        after: The text after it, as far as it is known.

    Returns:
        Superscript characters for an exponent, a charge, an isotope or the top of a fraction
        (or, where Unicode lacks one of them, ^ and the text); "" for the reference of a note, and
        for nothing but white space next to one; all other text as it is (1st, ™).

    >>> write_raised("3", "10"), write_raised("2", "100m"), write_raised("-3", "10")
    ('³', '²', '⁻³')
    >>> write_raised("[1]", "据报道"), write_raised("2,3", "产量上升"), write_raised("th", "19")
    ('', '', 'th')
    """
    sign, before = to_mark(text), before[-_CONTEXT:]
    if not sign:
        return text
    if _is_degree(sign, to_context(before), after):
        return "°"
    if is_note(sign, before, after):
        return ""
    if (power := split_note(text)) is not None:
        return write_raised(power, before)
    lead, inner, tail = split_edge_marks(text.strip())
    if (lead or tail) and inner:
        return lead + write_raised(inner, before + lead, tail + after) + tail
    return _to_raised_characters(text, sign, to_context(before), after)


def _is_degree(sign: str, before: str, after: str) -> bool:
    """Return whether a raised o or 0 after a figure is a degree sign: 25°C, 北纬30°."""
    if not before[-1:].isdigit():
        return False
    if sign in {"∘", "º"}:
        return True
    if sign in {"o", "O", "0", "○"} and _SCALE.match(after):
        return True
    if sign == "0":
        return _ANGLE_BEFORE.search(before) is not None
    is_chinese = any(map(is_east_asian, before + after[:1]))
    return sign in {"o", "O", "○"} and is_chinese and _AFTER_DEGREES.match(after) is not None


def write_lowered(text: str, before: str = "") -> str:
    """Return what a lowered run of text becomes in a plain line.

    Args:
        text: The text of the run.
        before: The text of the line before it.

    Returns:
        Subscript characters where Unicode has them for figures and for single letters; other text
        as it is.

    >>> write_lowered("2", "H"), write_lowered("max", "V"), write_lowered("二", "表")
    ('₂', 'max', '二')
    """
    index = text.strip().translate(FULL_WIDTH)
    is_index = any(c.isdigit() for c in index) or (len(index) == 1 and before[-1:].isalnum())
    if index and is_index and all(c in _LOWERED for c in index):
        return "".join(_LOWERED[c] for c in index)
    runs_on = index[:1].isdecimal() and before[-1:].isdecimal()  # 2₁,₂ is not 21,2
    return f"_{index}" if runs_on else text


def lowered_context(lowered: str) -> str:
    """Return a lowered text as it stands before a raised one: V with "max" below is a variable.

    >>> lowered_context("₂"), lowered_context("max")
    ('₂', 'ₓ')
    """
    return lowered if not lowered.strip() or lowered[-1] in _LOWERED.values() else "ₓ"


def write_fraction(numerator: str, denominator: str, before: str = "") -> str:
    """Return a fraction in a plain line.

    Args:
        numerator: What stands above the line.
        denominator: What stands below it.
        before: The text before the fraction.

    Returns:
        One character where Unicode has it, figures with Unicode's fraction slash after a whole
        number, and else both around a slash, in brackets where they are terms.

    >>> write_fraction("1", "2"), write_fraction("3", "16", "1"), write_fraction("3", "16")
    ('½', '³⁄₁₆', '3/16')
    >>> write_fraction("a+b", "c")
    '(a+b)/c'
    """
    top, bottom = numerator.strip(), denominator.strip()
    plain = f"{top}/{bottom}"
    if plain in _VULGAR:
        return _VULGAR[plain]
    if top.isdecimal() and bottom.isdecimal() and before[-1:].isdecimal():
        return (
            "".join(_RAISED.get(c, c) for c in top)
            + _FRACTION_SLASH
            + "".join(_LOWERED.get(c, c) for c in bottom)
        )
    return f"{_bracketed(top)}/{_bracketed(bottom)}"


def write_exponent(text: str) -> str:
    """Return an exponent that cannot be a note, as in a formula.

    >>> write_exponent("n+1"), write_exponent("1.5"), write_exponent("a/b")
    ('ⁿ⁺¹', '^1.5', '^(a/b)')
    >>> write_exponent("iπ")
    '^(iπ)'
    """
    exponent = text.strip().translate(FULL_WIDTH)
    if all(c in _RAISED for c in exponent):
        return "".join(_RAISED[c] for c in exponent)
    is_product = exponent.isalpha() and not exponent.isascii() and len(exponent) > 1  # iπ
    return f"^({exponent})" if is_product else f"^{_bracketed(exponent)}"


def write_root(radicand: str, degree: str = "") -> str:
    """Return a root in a plain line.

    >>> write_root("2"), write_root("a+b", "3"), write_root("x", "n")
    ('√2', '∛(a+b)', 'ⁿ√x')
    """
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree.strip())
    return (sign or f"{write_exponent(degree)}√") + _bracketed(radicand.strip())


def _to_raised_characters(text: str, sign: str, before: str, after: str) -> str:
    """Return the superscript characters of a run that is no note, or the run."""
    if sign in _WORD_ENDINGS and (before[-1:].isdecimal() or len(sign) > 1):
        return text
    if mixed := _FIGURES_AND_TEXT.fullmatch(sign):
        figures, rest = mixed.groups()
        if not sign.isascii() and (before[-1:].isdecimal() or not is_note(figures, before, rest)):
            return write_exponent(figures) + rest
    if is_isotope(sign, after):
        return "".join(_RAISED.get(c, c) for c in sign)
    is_figure = any(c.isdigit() for c in sign) or _EXPONENT_SIGN.match(sign) is not None
    follows_letter = before[-1:].isalnum() and not is_east_asian(before[-1])
    is_variable = len(sign) == 1 and sign.isalnum() and (follows_letter or ends_with_term(before))
    if not (is_figure or is_variable or is_derivative(sign, before, after)):
        return text
    is_plain = all(c in _RAISED for c in sign)
    is_term = (sign.isascii() or "−" in sign) and (before[-1:].isalnum() or ends_with_term(before))
    runs_on = sign[:1].isdecimal() and before[-1:].isdecimal()
    return write_exponent(sign) if is_plain or is_term or runs_on else text


def _bracketed(term: str) -> str:
    """Return a term in brackets, unless it is one figure or word.

    >>> _bracketed("a+b"), _bracketed("12"), _bracketed("人口")
    ('(a+b)', '12', '人口')
    """
    return term if re.fullmatch(rf"[√∛∜]?[\w.]*|{HAN_CLASS}+|\([^()]*\)", term) else f"({term})"
