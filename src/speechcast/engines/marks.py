"""Tell the marks of a text at which a voice breathes from those that are silent."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from ..model import Token, Utterance
from .refusals import unreadable_error

MARKS = {
    **dict.fromkeys("，,、", ","),
    **dict.fromkeys("。．.｡", "."),
    **dict.fromkeys("！!", "!"),
    **dict.fromkeys("？?", "?"),
    **dict.fromkeys("：:", ":"),
    **dict.fromkeys("；;", ";"),
    **dict.fromkeys("—–―", "—"),
    "…": "…",
}
"""Punctuation mark → the symbol the model breathes at; by hand for this project."""

SILENT = frozenset("“”‘’「」『』（）()【】《》〈〉［］[]\"'·•・～-‧|\\~#√′″†‡¶※‣⁃¿¡〜™℠")
"""Marks that are shown but not spoken; by hand for this project."""

# Brackets, quotes, joining marks, ornaments: general categories of Unicode.
_SILENT_CATEGORIES = frozenset(("Ps", "Pe", "Pi", "Pf", "Pc", "So", "Sk"))
_LOST = "\N{REPLACEMENT CHARACTER}"  # stands where a character was lost; emoji come after it


def find_breath(token: Token, utterance: Utterance, breaths: Mapping[str, str] = MARKS) -> str:
    """Return the symbol for a breath at an unvoiced token.

    It is "" for a token at which the model does not breathe.

    Args:
        token: The mark.
        utterance: Where it stands, for the error.
        breaths: Mark → symbol, as the voice's language has them.

    Raises:
        UnreadableError: The mark is unknown.
    """
    mark = token.spoken[:1]
    if token.spoken.startswith(("--", "－－")):
        return breaths["—"]
    if mark in breaths:
        return breaths["…"] if token.spoken.startswith("..") else breaths[mark]
    if not mark or mark in SILENT or mark.isspace() or is_silent(mark):
        return ""
    raise unreadable_error(mark, utterance)


def is_silent(mark: str) -> bool:
    """Return whether a mark is only looked at: a bracket, a tick, a star; no emoji.

    >>> is_silent("✓"), is_silent("»"), is_silent("≠"), is_silent("\N{REPLACEMENT CHARACTER}")
    (True, True, False, False)
    """
    has_meaning = mark >= _LOST or unicodedata.normalize("NFKC", mark) != mark  # ㌔: kilo
    return not has_meaning and unicodedata.category(mark) in _SILENT_CATEGORIES
