"""What the embedded voices read: the model's symbols, its breaths, and what no voice can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ...errors import TextError
from ...model import Token, Utterance

# Kokoro-82M's own vocabulary.
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
# A mark to the symbol the model breathes at.
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
# Seen on the page, not heard.
SILENT = frozenset("“”‘’「」『』（）()【】《》〈〉［］[]\"'·•・～-‧")
_SUFFIX = "ɚ"  # a syllable of its own in 花儿, and no word


class Word(NamedTuple):
    """What is said, or breathed, for a token of the line."""

    token: int
    symbols: str


class Symbol(NamedTuple):
    """One symbol of the model's input, and the token it is spoken for."""

    id: int
    token: int


def to_symbols(words: Sequence[Word]) -> Iterator[Symbol]:
    """The words as the model reads them: a space between two, none before a breath."""
    for at, word in enumerate(words):
        following = words[at + 1].symbols if at + 1 < len(words) else ""
        for symbol in word.symbols:
            yield Symbol(VOCABULARY[symbol], word.token)
        if following and following[0] not in BREATHS and following != _SUFFIX:
            yield Symbol(SPACE, word.token)


def find_breath(token: Token, line: Utterance, breaths: Mapping[str, str] = MARKS) -> str:
    """What the model breathes at for a mark, if it does. Raises TextError for an unknown one."""
    mark = token.spoken[:1]
    if token.spoken.startswith(("--", "－－")):
        return breaths["—"]
    if mark in breaths:
        return breaths["…"] if token.spoken.startswith("..") else breaths[mark]
    if not mark or mark in SILENT or mark.isspace():
        return ""
    raise unreadable_error(mark, line)


def unreadable_error(char: str, line: Utterance, instead: str = "in Chinese characters") -> TextError:
    """The error for a character no embedded voice of the line's language can say."""
    at = line.shown.find(char)
    around = line.shown[max(0, at - 8) : at + 9].strip() if at >= 0 else line.shown[:17]
    return TextError(
        f"line {line.row}, sentence {line.sentence}: the voice cannot read '{char}' in “{around}”; "
        f"write it {instead}, or choose an online voice",
        line.row,
    )
