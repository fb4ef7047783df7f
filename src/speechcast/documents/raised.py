"""Write raised and lowered text in the characters of a plain line.

A printed page raises exponents (10³, m²), note references and ordinal endings (1st); a line of text
has one size. `write_raised` and `write_lowered` say what such text becomes there. The rules and
lists were written by hand for this project; where a raised figure may be either, an exponent or a
note, the text before it decides.
"""

from __future__ import annotations

import re

from ..text.han import HAN_CLASS, is_east_asian

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
_FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－（）［］，．", "0123456789+-()[],.")

_NUMBERS = r"\d{1,3}(?:\s*[,，、;；\-–—~～]\s*\d{1,3})*"
# What only refers to a note: [1], 〔1-3〕, ①, *, †, 注1.
_NOTE_MARK = re.compile(
    rf"[\[〔【（(]\s*+(?:注释?|註|note|n\.)?\s*+(?:{_NUMBERS}|[a-z]|[ivx]+|[*†‡§#]+)\s*+[\]〕】）)]"
    r"(?:\s*+[,，、;；\-–—~～]?\s*+[\[〔【（(]\s*+\d{1,3}\s*+[\]〕】）)])*"
    r"|(?:[①-⑳❶-❿⓵-⓾㉑-㊿][,，、]?)+|[*＊∗†‡§#※¶]+|(?:注释?|註|[Nn]ote)\s*+[\d①-⑳一二三四五六七八九十]*"
    r"|\[(?:编者|译者)?[注註]\]",
)
_FIGURES = re.compile(_NUMBERS)
_LETTER_NOTE = re.compile(r"[a-z]|[ivx]{1,4}")
_EXPONENT_SIGN = re.compile(r"[+\-−±]|\d+[+\-−]")  # a sign makes it no note: 10⁻³, Ca²⁺

_LATIN_WORD = re.compile(r"(?<![A-Za-zµμΑ-Ωα-ω])[A-Za-zµμΑ-Ωα-ωÅ]+$")
# Units that a figure may raise, with the function names of mathematics, and the Chinese units.
_UNITS = frozenset(
    "km hm dm cm mm nm μm µm um pm fm mi yd ha mol kg mg ng μg Pa kPa MPa GPa kN kW kJ kV Hz kHz "
    "MHz GHz mL ml dB sec cal kcal eV keV MeV".split()
)
_ENGLISH_UNITS = frozenset("in ft yd mi min bar m g s h l L".split())  # words too: after a figure
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc log ln lg lim exp sinh cosh tanh max min det".split()
)
_HAN_UNIT = re.compile(
    r"(?:千米|公里|百米|分米|厘米|釐米|毫米|微米|纳米|公分|公尺|英里|英尺|英寸|海里|[米尺寸丈里])$"
)
_SHORT_WORDS = frozenset(  # English words of two letters, after which a raised figure is a note
    "am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we".split()
)
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d$")
# Letters raised after a figure or a word that are no exponent: 1st, M^lle, 3^e.
_WORD_ENDINGS = frozenset("st nd rd th er re e ère ème o a TM SM R C lle me le".split())
_PRODUCT = re.compile(r"[=+\-−×÷*/^·<>≤≥≈(（]\s*[A-Za-z]{1,4}$")  # a=bc²
_BRACKETED_TERM = re.compile(
    r"[(（](?![^()（）]*[A-Za-z]{3})[\w+\-−–×÷*/·.^ ]{1,24}[)）]$", re.ASCII
)
# Elements whose isotopes are written with a raised figure before them: ¹⁴C, ²³⁵U.
_ELEMENT = re.compile(r"(?:H|He|C|N|O|F|P|S|K|Fe|Co|Sr|Tc|I|Cs|Ra|Rn|Th|U|Np|Pu|Am)(?![A-Za-z])")
_VULGAR = {  # Unicode blocks Latin-1 Supplement and Number Forms
    "1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾", "1/5": "⅕", "2/5": "⅖", "3/5": "⅗",
    "4/5": "⅘", "1/6": "⅙", "5/6": "⅚", "1/7": "⅐", "1/8": "⅛", "3/8": "⅜", "5/8": "⅝", "7/8": "⅞",
    "1/9": "⅑", "1/10": "⅒",
}  # fmt: skip
_FRACTION_SLASH = "\u2044"
_CONTEXT = 40  # characters before a run that are looked at


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
    mark, before = text.strip().translate(_FULL_WIDTH), before[-_CONTEXT:]
    if not mark:
        return text
    if (
        mark in {"o", "O", "0", "○"}
        and before[-1:].isdigit()
        and re.match(r"\s*[CFＣＦ℃′']", after)
    ):
        return "°"
    if is_note(mark, before, after):
        return ""
    return _to_raised_characters(text, mark, before)


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
    mark = text.strip().translate(_FULL_WIDTH)
    is_index = any(c.isdigit() for c in mark) or (len(mark) == 1 and before[-1:].isalnum())
    if mark and is_index and all(c in _LOWERED for c in mark):
        return "".join(_LOWERED[c] for c in mark)
    return text


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
    """
    exponent = text.strip().translate(_FULL_WIDTH)
    if all(c in _RAISED for c in exponent):
        return "".join(_RAISED[c] for c in exponent)
    return f"^{_bracketed(exponent)}"


def write_root(radicand: str, degree: str = "") -> str:
    """Return a root in a plain line.

    >>> write_root("2"), write_root("a+b", "3"), write_root("x", "n")
    ('√2', '∛(a+b)', 'ⁿ√x')
    """
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree.strip())
    return (sign or f"{write_exponent(degree)}√") + _bracketed(radicand.strip())


def is_note(text: str, before: str, after: str = "") -> bool:
    """Return whether a raised run refers to a note.

    Args:
        text: The run.
        before: The text before it.
        after: The text after it.

    >>> is_note("1", "产量上升"), is_note("2", "πr"), is_note("1", "in 2019")
    (True, False, True)
    """
    mark = text.strip().translate(_FULL_WIDTH)
    if _NOTE_MARK.fullmatch(mark):
        return True
    if _FIGURES.fullmatch(mark):
        return not _is_exponent(mark, before, after)
    if _LETTER_NOTE.fullmatch(mark):
        return _ends_word(before)
    return False


def _is_exponent(figures: str, before: str, after: str) -> bool:
    """Return whether raised figures after `before` are an exponent."""
    base = before[-1:]
    if after[:1] in {"/", _FRACTION_SLASH, "∕"} and after[1:2] != "/":
        return True
    if base.isdecimal():
        return _is_power_of_figure(figures, before)
    if not figures.isdecimal():
        return False
    if len(figures) > 1 and _ELEMENT.match(after):
        return True
    if base in {")", "）"}:
        return _BRACKETED_TERM.search(before) is not None
    return _is_power_of_word(before) or (figures in {"2", "3"} and _ends_with_unit(before))


def _ends_with_unit(before: str) -> bool:
    """Return whether a Chinese unit after a figure or a mark stands at the end."""
    unit = _HAN_UNIT.search(before)
    return unit is not None and re.search(r"[\d每／/（(：:]$", before[: unit.start()]) is not None


def _is_power_of_figure(figures: str, before: str) -> bool:
    is_ten = re.search(r"(?<![\d.,])10$", before) is not None
    if is_ten:
        return re.fullmatch(r"\d+(?:\s*[-–~～]\s*\d+)?", figures) is not None
    return figures.isdecimal() and figures != "1" and not _YEAR.search(before)


def _is_power_of_word(before: str) -> bool:
    """Return whether the Latin word at the end of `before` is a unit or variable."""
    match = _LATIN_WORD.search(before)
    if match is None:
        return False
    word, rest = match[0], before[: match.start()].rstrip()
    if word in _ENGLISH_UNITS and len(word) > 1:
        return rest[-1:].isdigit()
    if len(word) == 1 or word in _UNITS or word in _FUNCTIONS or _PRODUCT.search(before):
        return True
    return len(word) == 2 and word.lower() not in _SHORT_WORDS


def _ends_word(before: str) -> bool:
    """Return whether a word, not a variable, or a mark stands at the end."""
    if before[-1:].isdigit():
        return False
    match = _LATIN_WORD.search(before)
    return len(match[0]) > 2 if match else bool(before.strip())


def _to_raised_characters(text: str, mark: str, before: str) -> str:
    """Return the superscript characters of a run that is no note, or the run."""
    if mark in _WORD_ENDINGS and (before[-1:].isdecimal() or len(mark) > 1):
        return text
    is_figure = any(c.isdigit() for c in mark) or _EXPONENT_SIGN.match(mark) is not None
    is_variable = len(mark) == 1 and before[-1:].isalnum() and not is_east_asian(before[-1])
    if not (is_figure or is_variable):
        return text
    is_plain = all(c in _RAISED for c in mark)
    is_term = (mark.isascii() or "−" in mark) and before[-1:].isalnum()
    return write_exponent(mark) if is_plain or is_term else text


def _bracketed(term: str) -> str:
    """Return a term in brackets, unless it is one figure or word.

    >>> _bracketed("a+b"), _bracketed("12"), _bracketed("人口")
    ('(a+b)', '12', '人口')
    """
    return term if re.fullmatch(rf"[√∛∜]?[\w.]*|{HAN_CLASS}+|\([^()]*\)", term) else f"({term})"
