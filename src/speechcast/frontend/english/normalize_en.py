"""Read figures, dates, amounts, signs and abbreviations in English words.

The rules were written by hand for this project. Their order matters: the first that matches at a
position applies (see `rules`). Each kind has a module: dates, money, units, names and so on.
"""

from __future__ import annotations

import re
from math import factorial

from ..rules import Match, match_first
from ..rules import make_rule as _rule
from ..scripts import RAISED
from . import (
    abbreviations_en,
    addresses_en,
    codes_en,
    dates_en,
    formulas_en,
    measures_en,
    money_en,
    ratios_en,
    roman_en,
    units_en,
)
from .number_words_en import MAX_DIGITS, spell_digits, to_fraction, to_ordinal, to_words
from .quantities_en import COUNTED, TO, N, read_span
from .symbols_en import GREEK, SIGNS


def match_english(text: str, position: int) -> tuple[int, str] | None:
    """Return the length and words of the expression at `position`.

    An expression is a figure, a sign or an abbreviation.

    The words may be empty (the full stop of "Mr."). None if the text there is plain.

    >>> match_english("In 1961", 3)
    (4, 'nineteen sixty-one')
    """
    figure = match_first(_RULES, text, position) if _MAY_BEGIN.match(text, position) else None
    return figure and (figure[0], _part(text, position, *figure))


def _part(text: str, position: int, length: int, words: str) -> str:
    """Return words with a space towards a letter that stands right before or after them: 5G."""
    end = position + length
    previous = text[position - 1 : position]
    parts = previous.isalpha() or (previous.isalnum() and not text[position].isalnum())
    before = " " if parts and words[:1].isalnum() else ""
    following = text[end : end + 1]
    after = (
        " "
        if (
            (following.isalnum() and not re.match(RAISED, following)) or following in money_en.SIGNS
        )
        and words[-1:].isalnum()
        else ""
    )
    return f"{before}{words}{after}"


def _read_ordinal(m: Match) -> str:
    figures = m[1].replace(",", "")
    return to_words(figures) + "th" if len(figures) > MAX_DIGITS else to_ordinal(int(figures))


def _read_pressure(m: Match) -> str:
    """Return the words of a blood pressure, 120/80, or of a fraction, 89/100."""
    high, low = int(m[1]), int(m[2])
    return f"{to_words(m[1])} over {to_words(m[2])}" if high > low else to_fraction(high, low)


def _read_rhesus(m: Match) -> str:
    """Return the sign of a group of blood: O- is O negative."""
    return " positive" if m[0] == "+" else " negative"


def _is_factorial(m: Match) -> bool:
    """Return whether the figure before an exclamation mark has what follows as its factorial."""
    figure = re.search(r"\d{1,2}$", m.string[max(0, m.start() - 2) : m.start()])
    return figure is not None and factorial(int(figure[0])) == int(m[1])


_PRESSURE = r"(1\d\d|[89]\d)/([4-9]\d|1[0-3]\d)(?![\d/])"
_GREEK = f"[{''.join(GREEK)}{''.join(GREEK).upper()}]"
_MAY_BEGIN = re.compile(
    rf"[\d.*$£€¥'’(!−–—-]|[A-Z]|[{re.escape(''.join(SIGNS))}]|[ivx]|{formulas_en.MAY_BEGIN}"
    rf"|{_GREEK}|{units_en.MAY_BEGIN}|{abbreviations_en.MAY_BEGIN}|{addresses_en.MAY_BEGIN}",
    re.ASCII,
)
_NUMBERS = (
    # shares, fractions
    _rule(rf"({N})\s?%?{TO}({N})\s?%",
          lambda m: f"{to_words(m[1])} to {to_words(m[2])} percent"),
    _rule(rf"({N})\s?%", lambda m: f"{to_words(m[1])} percent"),
    _rule(r"24/7(?!\d)", "twenty-four seven"),
    _rule(r"(\d+)(?:\s|-(?=[1357]/[2348]\b))(\d)/(\d{1,2})(?![\d/])",
          lambda m: f"{to_words(m[1])} and {to_fraction(int(m[2]), int(m[3]))}"),
    _rule(rf"[-−–](?=\s?{N}\s?=)", "minus", before=r"\d\s?"),
    _rule(rf"/(?=\s?{N}\s?=)", "divided by", before=r"\d\s?"),
    _rule(rf"({N})(?=\s?[-−–/]\s?{N}\s?=)", lambda m: to_words(m[1])),
    _rule(r"\*(?=\s?\d)", "times", before=r"\d\s?"),
    _rule(_PRESSURE, _read_pressure),
    _rule(r"(\d{1,3})/(1000|\d{1,3})(?![\d/])", lambda m: to_fraction(int(m[1]), int(m[2]))),
    _rule(r"\d{1,4}(?:/\d{1,4}){2}(?!\d)", lambda m: " ".join(map(to_words, m[0].split("/")))),
    # numbers
    _rule(r"\d{5,}", lambda m: spell_digits(m[0]), before=r"[A-Z]"),
    _rule(r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th)\b", _read_ordinal),
    _rule(rf"(?<![A-Za-z\d.])({N})[eE]([-−+]?)(\d{{1,3}})(?![\d.]*[A-Za-z\d])",
          lambda m: f"{to_words(m[1])} times ten to the power of "
                    f"{'minus ' if m[2] in '-−' and m[2] else ''}{to_words(m[3])}"),
    _rule(r"(?:[Nn]o\.\s?|#)(?=\d)(\d+)", lambda m: f"number {to_words(m[1])}"),
    _rule(rf"({N})(?:{TO}({N}))?\s?([mbt]n|[MB](?=\s{COUNTED}))\b",
          lambda m: read_span(m[1], m[2], m[3])),
    _rule(rf"(?!0x)({N})[xX](?!\w|\s?[-+=*^]|\s?/(?!\s?(?:day|week|month|year|hour)\b))",
          lambda m: f"{to_words(m[1])} times"),
    _rule(rf"(?<![A-Za-z\d-])({N}){TO}({N})(?![-\d])",
          lambda m: f"{to_words(m[1])} to {to_words(m[2])}"),
    _rule(rf"(?<![A-Za-z\d.α-ω])[-−]({N})", lambda m: f"minus {to_words(m[1])}"),
    _rule(r"(?<!\d)\.(\d+)", lambda m: f"point {spell_digits(m[1])}"),
    _rule(r"\d{1,3}(?: \d{3}){0,3} 000(?![\d,])", lambda m: to_words(m[0].replace(" ", ""))),
    _rule(N, lambda m: to_words(m[0])),
)  # fmt: skip
_SIGNS = (
    # Greek letters that are no part of a Greek word
    _rule(rf"(?<![\u0370-\u03ff])({_GREEK})(?![\u0370-\u03ff])", lambda m: GREEK[m[1].lower()]),
    # signs, and arrows of several signs
    _rule(r"[-—]{1,3}>", SIGNS["→"], before=r"\S\s?"),
    _rule(r"={1,3}>", SIGNS["⇒"], before=r"\S\s?"),
    _rule(r"[-=—]{1,3}>|<[-=—]{1,3}>|<-{2,3}", ""),
    _rule(r"[-–](?=12\b)", " ", before=r"\bK"),
    _rule(
        r"!(?=\s?=\s?(\d{1,20})(?!\d))",
        lambda m: " factorial" if _is_factorial(m) else None,
        before=r"(?:^|[^\w.])\d{1,2}",
    ),
    _rule(r"!(?=\s?[=/*×]\s)", " factorial", before=r"(?:^|[^\w.])[a-z]"),
    _rule(r"\s?/\s?(?=[abknpqxyzθπ]\b(?!/))", " over ", before=r"(?:^|[^\w/.:])\d{1,3}"),
    _rule(
        r"\s?/\s?(?=\d{1,3}\s?[-=+−<>)]|[a-z]\s?[=<>])", " over ", before=r"(?:^|[^\w/.:<])[a-zπθ]"
    ),
    _rule(r">=(?=\s?[-−\w$£€])", "at least"),
    _rule(r"<=(?=\s?[-−\w$£€])", "at most"),
    _rule(r"!==?(?=\s?[-−\w\"'])", "is not"),
    _rule(r"={2,3}(?=\s?[-−\w\"'])", "equals"),
    _rule(
        r"[-−–+](?=\s(?:blood|donors?|patients?|recipients?|plasma|type)\b)",
        _read_rhesus,
        before=r"\b(?:AB|A|B|O|Rh)",
    ),
    _rule(
        r"[-−–+](?!\w)",
        _read_rhesus,
        before=r"\b(?:(?:[Bb]lood\s)?(?:[Tt]ype|[Gg]roup)s?\s(?:is\s|was\s)?(?:AB|A|B|O)|Rh)",
    ),
    _rule(rf"~(?![\d{''.join(money_en.SIGNS)}])", ""),
    _rule(r"\+\+", " plus plus", before=r"\b[A-Z]"),
    _rule("§§", "sections"),
    _rule("&&", "and"),
    _rule("©", "", before=r"\b[Cc]opyright\s"),
    _rule(rf"[{re.escape(''.join(SIGNS))}]", lambda m: SIGNS[m[0]]),
)
_RULES = (
    *addresses_en.RULES,
    _rule(_PRESSURE, _read_pressure, before=r"\b(?:BP|[Pp]ressure)(?:\s(?:of|is|was|at))?:?\s"),
    *measures_en.RULES,
    *codes_en.RUNWAYS,
    *units_en.RULES,
    *formulas_en.RULES,
    *codes_en.RULES,
    *ratios_en.RULES,
    *dates_en.RULES,
    *codes_en.CHAINS,
    *money_en.RULES,
    *_NUMBERS,
    *roman_en.RULES,
    *abbreviations_en.RULES,
    *_SIGNS,
)
