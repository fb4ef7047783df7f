"""Decide whether a raised run of text refers to a note, or is text.

Exponents (10³, m²), charges, isotopes (¹⁴C) and ordinals (XIXᵉ) are text. Where a raised figure may
be either, the text around it decides. The rules and lists were written by hand for this project.
"""

from __future__ import annotations

import re
import unicodedata

from ..text.han import HAN_CLASS, is_east_asian
from ..text.isotopes import ends_with_element, is_isotope
from ..text.whitespace import remove_invisible

FULL_WIDTH = str.maketrans("０１２３４５６７８９＋－（）［］，．", "0123456789+-()[],.")
_DASH_OF_A_NUMBER = re.compile(r"^[–—‐‑﹣⁃](?=\s*\d)")  # typed for a minus: 10–³

_NUMBERS = r"\d{1,3}(?:\s*[,，、;；\-–—~～]\s*\d{1,3})*"
_IN_BRACKETS = rf"\s*+(?:注释?|註|note|n\.)?\s*+(?:{_NUMBERS}|[a-z]|[ivx]+|[*†‡§#]+)\s*+"
_BRACKETED = (
    rf"[\[〔【（(]{_IN_BRACKETS}[\]〕】）)]"
    r"(?:\s*+[,，、;；\-–—~～]?\s*+[\[〔【（(]\s*+\d{1,3}\s*+[\]〕】）)])*"
)
_CIRCLED = r"(?:[①-⑳❶-❿⓵-⓾㉑-㊿][,，、]?)+"
# What only refers to a note: [1], 〔1-3〕, ①, *, †, 注1.
_NOTE_MARK = re.compile(
    rf"{_BRACKETED}|{_CIRCLED}|[*＊∗†‡§#※¶]+|(?:注释?|註|[Nn]ote)\s*+[\d①-⑳一二三四五六七八九十]*"
    r"|\[(?:编者|译者)?[注註]\]",
)
_FIGURES = re.compile(_NUMBERS)
_LETTER = re.compile(r"[a-z]|[ivx]{1,4}")
_TEXT_AND_NOTE = re.compile(
    rf"(?P<text>[^\[〔【（(①-⑳❶-❿]{{1,12}}?)\s*+(?:(?:[\[〔【]{_IN_BRACKETS}[\]〕】])+|{_CIRCLED})"
)
_EDGE_MARKS = re.compile(
    r"(?P<lead>[，。、；：！？]*)(?P<inner>.*?)(?P<tail>[，。、；：！？,.;:]*)", re.DOTALL
)

# Units that a figure may raise, with the function names of mathematics, and the Chinese units.
_UNITS = frozenset(
    "km hm dm cm mm nm μm µm um pm fm mi yd ha mol kg mg ng μg Pa kPa MPa GPa kN kW kJ kV Hz kHz "
    "MHz GHz THz mL ml dB sec cal kcal eV keV MeV GeV TeV mmol μmol µmol nmol kmol hPa mbar kWh "
    "rad mrad lux kgf rpm ppm bit ohm км см мм дм".split()
)
_ENGLISH_UNITS = frozenset("in ft yd mi min bar m g s h l L".split())  # words too: after a figure
_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc log ln lg lim exp sinh cosh tanh max min det".split()
)
_FUNCTION = re.compile("|".join(_FUNCTIONS))
_HAN_LENGTH = (
    r"(?:千米|公里|百米|分米|厘米|釐米|毫米|微米|纳米|公分|公尺|英里|英尺|英寸|海里|光年"
    r"|[米尺寸丈里码])"
)
_HAN_UNIT = re.compile(rf"(?:[\d每／/（(：:]{_HAN_LENGTH}|[每／/](?:秒|分钟|小时|时|天))$")
# What is squared in formulas of words: 体重÷身高², 面积=π×半径².
_HAN_FACTOR = re.compile(
    rf"[=＝×÷·]\s*{HAN_CLASS}{{1,6}}$"
    r"|[/／*+＋\-−－]\s*(?:身高|半径|直径|边长|速度|时间|距离|电流|电压|长|宽|高)$"
)
_SHORT_WORDS = frozenset(  # English words of two letters, after which a raised figure is a note
    "am an as at be by do go he hi if in is it me my no of oh ok on or so to up us we".split()
)
_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d$")
_NAME_WITH_FIGURE = re.compile(
    r"(?<![A-Za-z])(?!(?:sin|cos|tan|log|ln|lg|exp)\d)[A-Za-z]{2,}-?\d{1,4}(?:\.\d+)?$"
)
_PRODUCT = re.compile(r"[=+\-−×÷*/^·<>≤≥≈(（]\s*[A-Za-z]{1,4}$")  # a=bc²
_SPACED_POWER = re.compile(rf"(?<![\d.,])10$|\d\s*(?:{'|'.join({*_UNITS, *_ENGLISH_UNITS})})$")
_ROMAN = re.compile(r"(?<![A-Za-z])[IVXLCM]{2,8}$")
_ORDINAL_ENDINGS = frozenset("eao")  # XIXᵉ siècle, IIIᵃ

# What brackets hold that are no term: clauses, words, shares, names of years.
_NO_TERM = re.compile(r"[，。；！？、：:;“”%％$¥￥€£&@#?!年月日]|[A-Za-z]{3}|[A-Za-z]\.")
_HAN_OPERATOR = re.compile(r"[+＋×÷=＝−]")  # others join names: 北京-上海, 中国/美国
_YEARS = re.compile(r"\d{4}(?:\s*[-–—~～]\s*\d{2,4})?")
_BRACKETS = {")": "(", "]": "[", "}": "{", "|": "|", "‖": "‖", "∥": "∥"}
_MAX_TERM = 24  # characters between brackets
_DERIVED = re.compile(r"\((?:[ijklmnrt]|\d)\)")  # f⁽ⁿ⁾(x), x⁽ⁱ⁾
_PRIMES = re.compile("[′″'’]{1,3}$")
_LOWERED_END = re.compile(r"[₀-₎ₐ-ₜᵢ-ᵥⱼ]+$")
_OPERATORS_WITH_POWERS = frozenset("∂∇∆□")


def to_mark(text: str) -> str:
    """Return a raised run without white space at its ends, its signs as on a keyboard."""
    return _DASH_OF_A_NUMBER.sub("-", text.strip().translate(FULL_WIDTH))


def to_context(before: str) -> str:
    """Return the text before a raised run as the rules read it.

    Full-width letters, units of one character (㎞) and letters in the styles of mathematics become
    plain ones; invisible characters and marks above letters (x̄) are removed.
    """
    return "".join(map(_to_plain, remove_invisible(before)))


def _to_plain(char: str) -> str:
    if "\uff01" <= char <= "\uff5e" and char.isalnum():
        return chr(ord(char) - 0xFEE0)
    if "\u3371" <= char <= "\u33df" or char >= "\U0001d400":
        plain = unicodedata.normalize("NFKC", char)
        return plain if plain.isalpha() else char
    return "" if unicodedata.category(char) == "Mn" else char


def is_note(text: str, before: str, after: str = "") -> bool:
    """Return whether a raised run refers to a note.

    Args:
        text: The run.
        before: The text before it.
        after: The text after it.

    >>> is_note("1", "产量上升"), is_note("2", "πr"), is_note("1", "in 2019")
    (True, False, True)
    >>> is_note("14", "年代用", "C测定"), is_note("2", "(a+b)"), is_note("n", "(1+r)")
    (False, False, False)
    """
    sign, before = to_mark(text), to_context(before)
    if _NOTE_MARK.fullmatch(sign):
        return not (is_derivative(sign, before, after) or _is_number_sign(sign, before))
    if _FIGURES.fullmatch(sign):
        return not _is_exponent(sign, before, after)
    if _LETTER.fullmatch(sign):
        return _ends_word(before) and not (
            ends_with_term(before) or (sign in _ORDINAL_ENDINGS and _ROMAN.search(before))
        )
    return False


def is_unclear(text: str) -> bool:
    """Return whether a raised run is a bare figure or letter, which only may refer to a note.

    >>> is_unclear("14"), is_unclear("[14]")
    (True, False)
    """
    sign = to_mark(text)
    return (_FIGURES.fullmatch(sign) or _LETTER.fullmatch(sign)) is not None


def split_note(text: str) -> str | None:
    """Return what stands before a note's reference in the same raised run; None if there is none.

    >>> split_note("2[1]"), split_note("th ①"), split_note("[1][2]"), split_note("f(n)")
    ('2', 'th', None, None)
    """
    match = _TEXT_AND_NOTE.fullmatch(text.strip().translate(FULL_WIDTH))
    return match["text"] if match else None


def split_edge_marks(text: str) -> tuple[str, str, str]:
    """Return the punctuation at the start of a raised run, the rest, and that at its end.

    >>> split_edge_marks("[1]，"), split_edge_marks("2.5")
    (('', '[1]', '，'), ('', '2.5', ''))
    """
    match = _EDGE_MARKS.fullmatch(text)
    assert match
    return match["lead"], match["inner"], match["tail"]


def is_derivative(sign: str, before: str, after: str) -> bool:
    """Return whether brackets are raised after a variable: f⁽ⁿ⁾(x), x⁽ⁱ⁾."""
    if not _DERIVED.fullmatch(sign) or len(_last_word(before)) != 1:
        return False
    return sign[1].isalpha() or after[:1] in {"(", "（"}


def _is_number_sign(sign: str, before: str) -> bool:
    """Return whether # follows a number or a letter: 1#楼, C#."""
    return sign == "#" and before[-1:].isalnum() and not is_east_asian(before[-1])


def _is_exponent(figures: str, before: str, after: str) -> bool:
    """Return whether raised figures are an exponent or a mass number."""
    is_top = after[:1] in {"/", "\u2044", "∕"} and after[1:2] != "/"
    if is_top or is_isotope(figures, after) or ends_with_element(before, figures):
        return True
    if before[-1:].isspace():
        return figures.isdecimal() and _SPACED_POWER.search(before.rstrip()) is not None
    if before[-1:].isdecimal():
        return _is_power_of_figure(figures, before)
    return figures.isdecimal() and (
        ends_with_term(before)
        or _is_power_of_word(before)
        or (figures in {"2", "3"} and _ends_with_quantity(before))
    )


def _ends_with_quantity(before: str) -> bool:
    """Return whether a Chinese unit or the factor of a formula stands at the end."""
    return (_HAN_UNIT.search(before) or _HAN_FACTOR.search(before)) is not None


def _is_power_of_figure(figures: str, before: str) -> bool:
    is_ten = re.search(r"(?<![\d.,])10$", before) is not None
    if is_ten:
        return re.fullmatch(r"\d+(?:\s*[-–~～]\s*\d+)?", figures) is not None
    if not figures.isdecimal() or figures == "1":
        return False
    return not (_YEAR.search(before) or _NAME_WITH_FIGURE.search(before))


def _is_power_of_word(before: str) -> bool:
    """Return whether the word at the end of `before` is a unit or variable."""
    word = _last_word(before)
    if not word:
        return before[-1:] in _OPERATORS_WITH_POWERS
    rest = before[: -len(word)].rstrip()
    if word in _ENGLISH_UNITS and len(word) > 1:
        return rest[-1:].isdigit()
    if len(word) == 1 or word in _UNITS or word in _FUNCTIONS or _PRODUCT.search(before):
        return True
    is_latin_or_greek = max(word) < "\u0400"
    return len(word) == 2 and is_latin_or_greek and word.lower() not in _SHORT_WORDS


def _last_word(before: str) -> str:
    """Return the letters at the end of a text, none of them East Asian."""
    start = len(before)
    while start and before[start - 1].isalpha() and not is_east_asian(before[start - 1]):
        start -= 1
    return before[start:]


def ends_with_term(before: str) -> bool:
    """Return whether a term of mathematics stands at the end: (a+b), x₁, |x|, f′."""
    if lowered := _LOWERED_END.search(before):
        word = _last_word(before[: lowered.start()])
        return len(word) == 1 or word in _FUNCTIONS or (len(word) == 2 and word.islower())
    if prime := _PRIMES.search(before):
        return len(_last_word(before[: prime.start()])) == 1
    closing = before[-1:].translate(FULL_WIDTH)
    if closing not in _BRACKETS:
        return False
    plain = before.translate(FULL_WIDTH)
    start = _find_opening(plain, _BRACKETS[closing], closing)
    return start >= 0 and _is_term(plain[start + 1 : -1], plain[:start], closing)


def _find_opening(text: str, opening: str, closing: str) -> int:
    """Return where the bracket opens that the last character closes; -1 if it is too far."""
    depth = 0
    for index in range(len(text) - 2, max(-1, len(text) - 3 - _MAX_TERM), -1):
        if text[index] == opening and depth == 0:
            return index
        depth += (text[index] == closing) - (text[index] == opening)
    return -1


def _is_term(inner: str, before: str, closing: str) -> bool:
    """Return whether what stands in brackets, after `before`, is no insertion."""
    inner = _FUNCTION.sub("", inner.strip())
    if not inner or _NO_TERM.search(inner) or _YEARS.fullmatch(inner):
        return False
    if any(map(is_east_asian, inner)):
        return _HAN_OPERATOR.search(inner) is not None
    is_citation = closing == "]" and inner.isdecimal()
    is_acronym = re.fullmatch("[A-Z]{2,}", inner) and is_east_asian(before[-1:] or "a")
    return not (is_citation or is_acronym)


def _ends_word(before: str) -> bool:
    """Return whether a word, not a variable, or a sign stands at the end."""
    if before[-1:].isdigit():
        return False
    word = _last_word(before)
    return len(word) > 2 if word else bool(before.strip())
