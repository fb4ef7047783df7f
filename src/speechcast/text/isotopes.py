"""Recognize isotopes, whose mass number stands raised before a symbol: ¹⁴C, ²³⁵U, ¹⁸F-FDG.

A raised figure before Latin letters may be a note too (据报道¹²CPU). The mass numbers of an element
lie between one and a half times and three times its atomic number (chart of nuclides; of hydrogen
1 to 3), and the letters after it are a symbol or the formula of a compound.
"""

from __future__ import annotations

import re

_SYMBOLS = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge "
    "As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm "
    "Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th "
    "Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og"
).split()
_ATOMIC_NUMBERS = {symbol: number for number, symbol in enumerate(_SYMBOLS, 1)}
# Isotopes that are talked about, by the Chinese names of their elements: 碳¹⁴, 铀²³⁵. After 资金 or
# 地铁 a raised figure is a note. Collected by hand.
_NAMED = {
    name: frozenset(masses.split())
    for name, masses in {
        "碳": "11 13 14", "氮": "13 15", "氧": "15 17 18", "氟": "18", "磷": "32 33", "硫": "35",
        "钾": "40", "氩": "39 40", "铬": "51", "钴": "57 60", "镍": "63", "镓": "67 68", "硒": "75",
        "氪": "85", "锶": "89 90", "钇": "90", "锆": "89", "钼": "99", "锝": "99", "钌": "106",
        "钯": "103", "铟": "111", "碘": "123 124 125 129 131", "氙": "133", "铯": "134 137",
        "铈": "141 144", "钷": "147", "钐": "153", "镥": "177", "铱": "192", "铊": "201 204",
        "铅": "206 207 208 210", "铋": "210 213", "钋": "210", "氡": "220 222", "镭": "223 226 228",
        "锕": "225 227", "钍": "232", "铀": "233 234 235 238", "镎": "237",
        "钚": "238 239 240 241", "镅": "241 243", "锎": "252",
    }.items()
}  # fmt: skip
_SYMBOL = "|".join(sorted(_SYMBOLS, key=len, reverse=True))
_NUCLIDE = re.compile(
    r"(?P<number>\d{1,3}|[₀-₉]{1,3})?\s?"
    rf"(?P<word>(?P<symbol>{_SYMBOL})(?![a-z])[A-Za-z0-9₀-₉]{{0,30}})"
)
_FORMULA = re.compile(rf"(?:(?:{_SYMBOL})(?:[1-9]\d?|[₀-₉]{{1,2}})?)+")
_COUNT = re.compile("[a-z0-9₀-₉]")  # what a formula has, and an acronym of symbols (CPU) has not
_COMPOUNDS = frozenset("CO CN CH NH NO OH HO HC HF HD FDG".split())
# What reads like a formula and is none: influenza H5N1, online to offline.
_NO_FORMULA = re.compile(r"H\d{1,2}N\d{1,2}|([A-Z])2\1")
_NAMED_BY_LETTER = frozenset("股座区區型栋棟级級班档檔款馆館罗羅")  # H股, C座, O型
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SYMBOL_AT_END = re.compile(rf"(?<![A-Za-z])(?:{_SYMBOL})$")


def is_isotope(figures: str, after: str) -> bool:
    """Return whether raised figures are the mass number of what follows them.

    Args:
        figures: The figures at their usual size; several for several isotopes, "m" after those of
            an excited one.
        after: The text right after them.

    >>> is_isotope("14", "CO₂"), is_isotope("99m", "Tc"), is_isotope("235", "92U")
    (True, True, True)
    >>> is_isotope("14", "CPU"), is_isotope("3", "H股"), is_isotope("1", "C")
    (False, False, False)
    """
    masses = re.fullmatch(r"\d{1,3}(?:[,，/–~-]\d{1,3}){0,4}m?", figures)
    nuclide = _NUCLIDE.match(after)
    if masses is None or nuclide is None or not _is_compound(nuclide["word"], nuclide["symbol"]):
        return False
    if nuclide["word"] == nuclide["symbol"] and after[nuclide.end() :][:1] in _NAMED_BY_LETTER:
        return False
    number = _ATOMIC_NUMBERS[nuclide["symbol"]]
    if nuclide["number"] and int(nuclide["number"].translate(_LOWERED)) != number:
        return False
    return all(_has_mass(number, int(mass)) for mass in re.findall(r"\d+", figures))


def ends_with_element(before: str, figures: str) -> bool:
    """Return whether an element of which raised figures are a mass number stands at the end.

    A symbol of one letter may be a variable, with a power: only Chinese names, symbols of two
    letters and heavy elements count, and carbon-14.

    >>> ends_with_element("浓缩铀", "235"), ends_with_element("x", "2")
    (True, False)
    """
    if figures in _NAMED.get(before[-1:], ()):
        return True
    symbol = _SYMBOL_AT_END.search(before)
    if symbol is None or not re.fullmatch(r"\d{2,3}", figures):
        return False
    is_clear = len(symbol[0]) == 2 or len(figures) == 3 or (symbol[0], figures) == ("C", "14")
    return is_clear and _has_mass(_ATOMIC_NUMBERS[symbol[0]], int(figures))


def _is_compound(word: str, symbol: str) -> bool:
    """Return whether a word is a symbol, or a compound that begins with it."""
    if word == symbol or word in _COMPOUNDS:
        return True
    if _NO_FORMULA.fullmatch(word) or not _FORMULA.fullmatch(word):
        return False
    return _COUNT.search(word) is not None


def _has_mass(number: int, mass: int) -> bool:
    """Return whether an element of this atomic number has an isotope of this mass number."""
    return 1 <= mass <= 3 if number == 1 else 1.5 * number <= mass <= 3 * number
