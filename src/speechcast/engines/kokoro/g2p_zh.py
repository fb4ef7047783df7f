"""Turn toned pinyin into the symbols of the embedded voices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...frontend.mandarin import latin_to_pinyin
from ...model import Token, Utterance
from ...text.han import HAN
from .vocabulary import (
    BREATHS,
    MARKS,
    SILENT,
    VOCABULARY,
    PhonemeGroup,
    find_breath,
    unreadable_error,
)

# The Mandarin voices were trained with neither dash nor ellipsis.
_BREATHS = {**MARKS, **dict.fromkeys("—–―…", ",")}
_PIECE = re.compile(
    rf"(?P<han>{HAN.pattern})|(?P<latin>(?:(?!{HAN.pattern})[^\W\d_])+)|(?P<other>.)"
)


def phonemize(utterance: Utterance) -> list[PhonemeGroup]:
    """Return the symbols of each token that makes phonemes or a breath.

    Raises:
        TextError: A character cannot be read.
    """
    groups: list[PhonemeGroup] = []
    for index, token in enumerate(utterance.tokens):
        if token.voiced:
            symbols = _phonemize_token(token, utterance)
        else:
            symbols = find_breath(token, utterance, _BREATHS)
        redundant = symbols in BREATHS and (not groups or groups[-1].symbols in BREATHS)
        if symbols and not redundant:
            groups.append(PhonemeGroup(index, symbols))
    return groups


def _phonemize_token(token: Token, utterance: Utterance) -> str:
    symbols = " ".join("".join(_phonemize_pieces(token, utterance)).split())
    if not symbols:
        raise unreadable_error(token.spoken[0], utterance)
    return re.sub(" (?=[,.!?:;])", "", symbols)


def _phonemize_pieces(token: Token, utterance: Utterance) -> Iterator[str]:
    """Yield the symbols of the token's pieces.

    Chinese characters are read by their pinyin, Latin by letter names or syllables.
    """
    syllables = iter(token.pinyin)
    if not HAN.search(token.spoken) and token.pinyin:
        yield _phonemize_latin(token.spoken, token.pinyin, utterance)
        return
    for piece in _PIECE.finditer(token.spoken):
        if piece.lastgroup == "han":
            yield _phonemize_syllable(next(syllables, ""), piece[0], utterance)
        elif piece.lastgroup == "latin":
            pinyin = latin_to_pinyin.transcribe_word(piece[0])
            yield f" {_phonemize_latin(piece[0], pinyin, utterance)} "
        else:
            yield _phonemize_mark(piece[0], utterance)


def _phonemize_latin(word: str, pinyin: tuple[str, ...], utterance: Utterance) -> str:
    unknown = next((c for c in word if c.isalnum() and not latin_to_pinyin.can_read(c)), None)
    if unknown:
        raise unreadable_error(unknown, utterance)
    return "".join(_phonemize_syllable(syllable, word, utterance) for syllable in pinyin)


def _phonemize_mark(mark: str, utterance: Utterance) -> str:
    """Return the symbols for a mark inside a token's spoken text."""
    if mark in _BREATHS:
        return _BREATHS[mark] + " "
    if mark in SILENT or mark.isspace():
        return " "
    raise unreadable_error(mark, utterance)


def _phonemize_syllable(pinyin: str, text: str, utterance: Utterance) -> str:
    """Return a syllable's symbols.

    `text` is the text that the syllable belongs to, for the error.
    """
    try:
        symbols = to_ipa(pinyin)
    except Exception as exc:
        raise unreadable_error(text, utterance) from exc
    if not symbols or any(s not in VOCABULARY for s in symbols):
        raise unreadable_error(text, utterance)
    return symbols


@cache
def to_ipa(pinyin: str) -> str:
    """Return the model's symbols for a toned syllable, by misaki's `ZHG2P.py2ipa`.

    `r5` is the suffix of 花儿, which joins the syllable before it.

    >>> to_ipa("hao3")
    'xau↓'
    >>> to_ipa("r5")
    'ɚ'
    """
    if pinyin == "r5":
        return "ɚ"
    from misaki.zh import ZHG2P

    symbols: str = ZHG2P.py2ipa(pinyin)
    return symbols.replace("\u032f", "")  # the mark of a glide, which the model does not know
