"""Read addresses of mail and the web, and hashtags, in English words."""

from __future__ import annotations

import re

from ..rules import Match
from ..rules import make_rule as _rule
from .number_words_en import to_code

# The ends of names of hosts that are met in text; the registry of them is IANA's.
_DOMAINS = (
    "com|org|net|gov|edu|int|mil|info|biz|io|ai|app|dev|news|tv|eu|uk|us|ca|au|nz|ie|cn|hk|tw|jp|"
    "kr|sg|de|fr|it|es|nl|ch|in|br|mx|za|ru|ly|xyz|(?:co|be|me|gl)(?=/)"
)
_SIGNS = {".": "dot", "@": "at", "/": "slash", "-": "dash", "_": "underscore", ":": "colon",
          "+": "plus", "?": "question mark", "=": "equals", "&": "and", "%": "percent",
          "~": "tilde", "#": "hash"}  # fmt: skip
_LETTERS = {"www": "W W W", "http": "H T T P", "https": "H T T P S", "ftp": "F T P"}
_HOST = rf"[A-Za-z\d-]{{1,63}}(?:\.[A-Za-z\d-]{{1,63}}){{0,4}}\.(?:{_DOMAINS})\b"
_PATH = r"(?::\d{1,5})?(?:[/?#][\w./?=&%~#+:@-]{0,200}(?<![.?:/])/?)?"
_HUMPS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[A-Z]")


def read_address(text: str) -> str:
    """Return an address in words.

    >>> read_address("www.city-hall.org/kids")
    'W W W dot city dash hall dot org slash kids'
    """
    pieces = re.findall(r"[A-Za-z]+|\d+|[^\w\s]|_", text)
    words = _SIGNS | _LETTERS
    return " ".join(to_code(p) if p.isdigit() else words.get(p, p) for p in pieces)


def _read_hashtag(m: Match) -> str:
    """Return the words of a hashtag, which capital letters part."""
    words = _HUMPS.findall(m[1])
    return " ".join(("hashtag", *(to_code(w) if w.isdigit() else w for w in words)))


MAY_BEGIN = rf"https?:|[\w.+-]{{1,64}}@[\w-]|{_HOST}"
"""With what a match of the rules may begin."""

RULES = (
    _rule(r"[\w.+-]{1,64}@[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){1,5}(?<![-.])",
          lambda m: read_address(m[0])),
    _rule(rf"(?:https?|ftp)://[A-Za-z\d-]{{1,63}}(?:\.[A-Za-z\d-]{{1,63}}){{0,6}}{_PATH}",
          lambda m: read_address(m[0])),
    _rule(rf"{_HOST}{_PATH}", lambda m: read_address(m[0])),
    _rule(r"www(?:\.[A-Za-z\d-]{1,63}){2,5}" + _PATH, lambda m: read_address(m[0])),
    _rule(r"#(?=[A-Z]{1,3}-?\d)", "number",
          before=r"\b(?:[Oo]rder|[Ii]nvoice|[Tt]icket|[Cc]ase|[Mm]odel|[Ii]tem|[Pp]art|[Ff]light)\s"),
    _rule(r"#([A-Za-z]\w{1,60})", _read_hashtag),
    _rule(r"#(?![\w#])", "sharp", before=r"\b[A-G]"),
)  # fmt: skip
"""The rules, which apply before all others."""
