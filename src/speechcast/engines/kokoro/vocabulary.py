"""List the model's symbols, and the marks it breathes at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...errors import UnreadableError
from ...model import Token, Utterance

# Symbol → number: Kokoro-82M's own vocabulary, from its config.json.
# fmt: off
VOCABULARY = dict(zip(
    ';:,.!?—…"()“” \u0303ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾ'
    'ɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ',
    (1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 31, 33,
     35, 36, 39, 41, 42, 43, 44, 45, 46, 47, 48, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
     63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 75, 76, 77, 78, 80, 81, 82, 83, 85, 86, 87, 90, 92, 99,
     101, 102, 103, 110, 111, 112, 113, 114, 115, 116, 118, 119, 120, 123, 125, 126, 128, 129, 130,
     131, 132, 133, 135, 136, 138, 139, 140, 142, 143, 147, 148, 156, 157, 158, 162, 164, 169, 171,
     172, 173, 177),
    strict=True,
))
# fmt: on
SPACE = VOCABULARY[" "]
BREATHS = frozenset(",.!?:;—…")
"""The symbols at which the model makes a pause."""

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

SILENT = frozenset("“”‘’「」『』（）()【】《》〈〉［］[]\"'·•・～-‧|\\~#√′″†‡¶※‣⁃¿¡〜")
"""Marks that are shown but not spoken; by hand for this project."""

# Brackets, quotes, joining marks, ornaments: general categories of Unicode.
_SILENT_CATEGORIES = frozenset(("Ps", "Pe", "Pi", "Pf", "Pc", "So", "Sk"))
_LOST = "\N{REPLACEMENT CHARACTER}"  # stands where a character was lost; emoji come after it
_SUFFIX = "ɚ"  # the suffix of 花儿: a syllable without a space before it


class PhonemeGroup(NamedTuple):
    """The symbols for one token: its phonemes, or a breath."""

    token: int  # index in the utterance
    symbols: str


class Symbol(NamedTuple):
    """One symbol of the model's input, and its token."""

    id: int  # in `VOCABULARY`
    token: int  # index in the utterance


def to_symbols(groups: Sequence[PhonemeGroup]) -> Iterator[Symbol]:
    """Yield the groups' symbols as the model's input.

    There is a space between two groups, but none before a breath.
    """
    for index, group in enumerate(groups):
        following = groups[index + 1].symbols if index + 1 < len(groups) else ""
        for symbol in group.symbols:
            yield Symbol(VOCABULARY[symbol], group.token)
        if following and following[0] not in BREATHS and following != _SUFFIX:
            yield Symbol(SPACE, group.token)


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


def unreadable_error(
    char: str, utterance: Utterance, instead: str = "in Chinese characters"
) -> UnreadableError:
    """Return the error for a text that no embedded voice can read.

    The voices meant are those of the utterance's language.

    Args:
        char: The character, or the word.
        utterance: Where it stands.
        instead: How it should be written: completes "write it …".
    """
    index = utterance.shown.find(char)
    context = utterance.shown[:17]
    if index >= 0:
        context = utterance.shown[max(0, index - 8) : index + 9].strip()
    return UnreadableError(
        f"line {utterance.row}, sentence {utterance.sentence}: the voice cannot read '{char}' in "
        f"“{context}”; write it {instead}, or choose an online voice",
        utterance.row,
        char,
        instead,
    )
