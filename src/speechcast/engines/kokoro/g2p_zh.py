"""Mandarin for the embedded voices: toned pinyin to the model's symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...frontend import latin_to_pinyin
from ...model import Token, Utterance
from ...text.han import HAN
from .vocabulary import BREATHS, MARKS, SILENT, VOCABULARY, Word, find_breath, unreadable_error

# The Mandarin voices learnt no dash and no ellipsis.
_BREATHS = {**MARKS, **dict.fromkeys("—–―…", ",")}
_PIECE = re.compile(
    rf"(?P<han>{HAN.pattern})|(?P<latin>(?:(?!{HAN.pattern})[^\W\d_])+)|(?P<other>.)"
)


def phonemize(line: Utterance) -> list[Word]:
    """Each token that makes phonemes or a breath. Raises TextError naming what cannot be read."""
    found: list[Word] = []
    for place, token in enumerate(line.tokens):
        said = _phonemes(token, line) if token.voiced else find_breath(token, line, _BREATHS)
        idle = said in BREATHS and (not found or found[-1].symbols in BREATHS)
        if said and not idle:
            found.append(Word(place, said))
    return found


def _phonemes(token: Token, line: Utterance) -> str:
    said = " ".join("".join(_pieces(token, line)).split())
    if not said:
        raise unreadable_error(token.spoken[0], line)
    return re.sub(" (?=[,.!?:;])", "", said)


def _pieces(token: Token, line: Utterance) -> Iterator[str]:
    """The token's characters by its pinyin, its letters by their names or nearest syllables."""
    syllables = iter(token.pinyin)
    if not HAN.search(token.spoken) and token.pinyin:
        yield _latin(token.spoken, token.pinyin, line)
        return
    for piece in _PIECE.finditer(token.spoken):
        if piece.lastgroup == "han":
            yield _syllable(next(syllables, ""), piece[0], line)
        elif piece.lastgroup == "latin":
            yield f" {_latin(piece[0], latin_to_pinyin.syllables(piece[0]), line)} "
        else:
            yield _mark(piece[0], line)


def _latin(word: str, syllables: tuple[str, ...], line: Utterance) -> str:
    unknown = next((c for c in word if c.isalnum() and not latin_to_pinyin.known(c)), None)
    if unknown:
        raise unreadable_error(unknown, line)
    return "".join(_syllable(s, word, line) for s in syllables)


def _mark(mark: str, line: Utterance) -> str:
    """A mark inside of what is said for a token."""
    if mark in _BREATHS:
        return _BREATHS[mark] + " "
    if mark in SILENT or mark.isspace():
        return " "
    raise unreadable_error(mark, line)


def _syllable(pinyin: str, char: str, line: Utterance) -> str:
    try:
        phonemes = to_ipa(pinyin)
    except Exception as exc:
        raise unreadable_error(char, line) from exc
    if not phonemes or any(p not in VOCABULARY for p in phonemes):
        raise unreadable_error(char, line)
    return phonemes


@cache
def to_ipa(pinyin: str) -> str:
    """The model's symbols for a toned syllable; `r5` is the suffix of 花儿, which joins it."""
    if pinyin == "r5":
        return "ɚ"
    from misaki.zh import ZHG2P

    phonemes: str = ZHG2P.py2ipa(pinyin)
    return phonemes.replace("\u032f", "")  # the mark of a glide, which the model does not know
