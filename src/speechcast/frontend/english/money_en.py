"""Read amounts of money in English words: $5.3 billion, £1.25, US$3–5m, 50¢, USD 40 million.

The names of the currencies are listed by hand for this project, and so are their codes, which are
those of ISO 4217.
"""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from .number_words_en import MAX_DIGITS, to_cardinal
from .quantities_en import TO, N, is_attributive, read_amount, read_span

# A currency: one, several, one hundredth, several hundredths.
_DOLLAR = ("dollar", "dollars", "cent", "cents")
_YUAN = ("yuan", "yuan", "fen", "fen")
_CURRENCIES = {
    "$": _DOLLAR,
    "£": ("pound", "pounds", "penny", "pence"),
    "€": ("euro", "euros", "cent", "cents"),
    "¥": ("yen", "yen", "sen", "sen"),
    "￥": _YUAN,
    "₹": ("rupee", "rupees", "paisa", "paise"),
    "₩": ("won", "won", "jeon", "jeon"),
    "₽": ("ruble", "rubles", "kopeck", "kopecks"),
    "₺": ("lira", "liras", "kurus", "kurus"),
    "₪": ("shekel", "shekels", "agora", "agorot"),
    "₫": ("dong", "dong", "hao", "hao"),
    "₱": ("peso", "pesos", "centavo", "centavos"),
    "₦": ("naira", "naira", "kobo", "kobo"),
    "฿": ("baht", "baht", "satang", "satang"),
    "₿": ("bitcoin", "bitcoins", "cent", "cents"),
}
# Currencies that are written with letters only.
_LETTERED = {
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "SEK": ("Swedish krona", "Swedish kronor", "ore", "ore"),
    "NOK": ("Norwegian krone", "Norwegian kroner", "ore", "ore"),
    "DKK": ("Danish krone", "Danish kroner", "ore", "ore"),
    "PLN": ("Polish zloty", "Polish zlotys", "grosz", "groszy"),
    "BRL": ("Brazilian real", "Brazilian reals", "centavo", "centavos"),
    "MXN": ("Mexican peso", "Mexican pesos", "centavo", "centavos"),
    "ZAR": ("South African rand", "South African rand", "cent", "cents"),
    "AED": ("dirham", "dirhams", "fils", "fils"),
    "kr": ("krone", "kroner", "ore", "ore"),
}
_UNDIVIDED = "¥₩₫"  # whose hundredths are no longer in use
# Letters before a currency sign: US$.
_COUNTRIES = {
    "US": "U.S. ",
    "HK": "Hong Kong ",
    "NT": "Taiwan ",
    "NZ": "New Zealand ",
    "AU": "Australian ",
    "CA": "Canadian ",
    "A": "Australian ",
    "C": "Canadian ",
    "S": "Singapore ",
}
_CHINESE = {"CN¥": "￥", "RMB¥": "￥"}  # ¥ of the renminbi
# A code: the letters before the sign that say the same, and the sign.
_CODES = {
    "USD": ("US", "$"), "AUD": ("A", "$"), "CAD": ("C", "$"), "HKD": ("HK", "$"),
    "NZD": ("NZ", "$"), "SGD": ("S", "$"), "EUR": ("", "€"), "GBP": ("", "£"), "JPY": ("", "¥"),
    "CNY": ("", "￥"), "RMB": ("", "￥"), "INR": ("", "₹"), "KRW": ("", "₩"), "RUB": ("", "₽"),
    "THB": ("", "฿"), "VND": ("", "₫"), "ILS": ("", "₪"),
    **{code: ("", code) for code in _LETTERED},
}  # fmt: skip
_SIGN = rf"(US|HK|NT|NZ|AU|CA|CN|RMB|A|C|S)?([{''.join(_CURRENCIES)}])\s?"
_CODE = rf"({'|'.join(_CODES)})"
_SCALE = r"(thousand|million|billion|trillion|crore|lakh|[kKmMbB]n?|tn?)\b"
_SMALL = r"\d{1,3}|\d*\.\d{1,2}"
_MINUS = r"(?:(?<![A-Za-z\d.])([-−]))?"


def _read_signed(m: Match) -> str:
    """Return the words for an amount after a currency sign."""
    minus, country, sign, low, low_scale, high, scale = m.groups()
    if (chinese := f"{country}{sign}") in _CHINESE:
        country, sign = None, _CHINESE[chinese]
    if high and low_scale:
        low_words = read_span(low, None, low_scale)
        words = f"{low_words} to {_read_sum(m, country, sign, (high, None, scale))}"
    else:
        words = _read_sum(m, country, sign, (low, high, low_scale or scale))
    return f"minus {words}" if minus else words


def _read_coded(m: Match) -> str:
    """Return the words for an amount after a code: USD 5m."""
    country, sign = _CODES[m[1]]
    return _read_sum(m, country, sign, (m[2], m[3], m[4]))


def _read_code_after(m: Match) -> str:
    country, sign = _CODES[m[4]]
    return _read_sum(m, country, sign, (m[1], m[2], m[3]))


def _read_sum(
    m: Match, country: str | None, sign: str, number: tuple[str, str | None, str | None]
) -> str:
    """Return the words for a number or a range and its currency.

    Args:
        m: The match, whose neighbours decide whether the amount describes a noun.
        country: Letters before the sign, or none.
        sign: The sign of the currency.
        number: The lower number, the upper one and the scale.
    """
    low, high, scale = number
    one, several, cent, cents = (_CURRENCIES | _LETTERED)[sign]
    is_compound = re.search(r"\d-[a-z]{2}", m[0]) and m.string[m.end() : m.end() + 1] == " "
    if attributive := bool(is_compound) or is_attributive(m, sign):
        several, cents = one, cent
    before = _COUNTRIES.get(country or "", "")
    whole, _, rest = low.replace(",", "").partition(".")
    if scale or high or len(rest) != 2 or len(whole) > MAX_DIGITS or sign in _UNDIVIDED:
        single = low == "1" and not (scale or high)
        return f"{read_span(low, high, scale)} {before}{one if single else several}"
    unit = f"{before}{one if whole == '1' else several}"
    small = f"{to_cardinal(int(rest))} {cent if rest == '01' else cents}"
    if not int(whole or "0"):
        return small if int(rest) else f"zero {unit}"
    words = f"{to_cardinal(int(whole))} {unit}"
    joint = " " if attributive else " and "
    return f"{words}{joint}{small}" if int(rest) else words


def _read_cents(m: Match) -> str:
    name = ("cent", "cents") if m[2] == "¢" else ("penny", "pence")
    return f"{read_amount(m[1])} {name[not (m[1] == '1' or (m[2] == '¢' and is_attributive(m)))]}"


RULES = (
    _rule(r"€\s?(\d{1,4}),(\d\d)(?!\d|,\d)",
          lambda m: _read_sum(m, None, "€", (f"{m[1]}.{m[2]}", None, None))),
    _rule(rf"{_MINUS}{_SIGN}({N}|\.\d+)(?:[\s-]?{_SCALE})?"
          rf"(?:{TO}(?:[A-Z]{{0,3}}[{''.join(_CURRENCIES)}]\s?)?({N})(?:[\s-]?{_SCALE})?)?",
          _read_signed),
    _rule(rf"{_CODE}\s?({N})(?:{TO}({N}))?(?:[\s-]?{_SCALE})?", _read_coded),
    _rule(rf"({N})(?:{TO}({N}))?(?:[\s-]?{_SCALE})?\s?{_CODE}\b", _read_code_after),
    _rule(rf"({N})\s?([{''.join(_CURRENCIES)}])(?![\s\d]*\d)",
          lambda m: _read_sum(m, None, m[2], (m[1], None, None))),
    _rule(rf"R\$\s?({N})(?:[\s-]?{_SCALE})?",
          lambda m: _read_sum(m, None, "BRL", (m[1], None, m[2]))),
    _rule(rf"Rs\.?\s?({N})(?:[\s-]?{_SCALE})?",
          lambda m: _read_sum(m, None, "₹", (m[1], None, m[2]))),
    _rule(rf"({_SMALL})\s?(¢)", _read_cents),
    _rule(r"(?<![%\w.])(\d{1,2})(p)\b(?!\.m)", _read_cents),
)  # fmt: skip
"""The rules, which apply before those for plain figures."""

SIGNS = {sign: names[1] for sign, names in _CURRENCIES.items()} | {"¢": "cents"}
"""The currency signs by themselves."""
