"""Turn toned pinyin into the symbols of the draft voice: initials and finals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ...frontend.mandarin import latin_to_pinyin
from ...model import Token, Utterance
from ...text.han import HAN
from ..kokoro.vocabulary import MARKS, SILENT, PhonemeGroup, find_breath, unreadable_error
from .files import load_symbols

ERHUA = "er5"  # the symbol of the suffix of 花儿, which joins the syllable before it

_BREATHS = {**MARKS, **dict.fromkeys("—–―…", ","), "、": "、"}
# Syllables that are written with consonants alone, or with ê; what is nearest to them.
_RESPELLED = {"n": "en", "ng": "en", "hng": "heng", "m": "mu", "hm": "heng", "ê": "ei"}
# Finals as pinyin abbreviates them after an initial.
_FINALS = {"iu": "iou", "ui": "uei", "un": "uen"}
_SPELLING = re.compile(r"(?P<initial>[zcs]h|[bpmfdtnlgkhjqxrzcs]?)(?P<final>[a-z]+)")
_PIECE = re.compile(
    rf"(?P<han>{HAN.pattern})|(?P<latin>(?:(?!{HAN.pattern})[^\W\d_])+)|(?P<other>.)"
)


def read_syllables(utterance: Utterance) -> list[PhonemeGroup]:
    """Return a group for each syllable, such as "zh ong1", and for each breath, such as ",".

    Raises:
        UnreadableError: A character cannot be read.
    """
    groups: list[PhonemeGroup] = []
    for index, token in enumerate(utterance.tokens):
        if token.voiced:
            symbols = list(_phonemize_pieces(token, utterance))
            if not any(s not in _BREATHS.values() for s in symbols):
                raise unreadable_error(token.spoken[0], utterance)
        else:
            symbols = [find_breath(token, utterance, _BREATHS)]
        groups += (PhonemeGroup(index, s) for s in symbols if s)
    return groups


def is_breath(group: PhonemeGroup) -> bool:
    """Return whether a group is a breath, no syllable."""
    return group.symbols in _BREATHS.values()


def _phonemize_pieces(token: Token, utterance: Utterance) -> Iterator[str]:
    """Yield the symbols of each syllable and breath of a token."""
    syllables = iter(token.pinyin)
    if not HAN.search(token.spoken) and token.pinyin:
        yield from _phonemize_latin(token.spoken, token.pinyin, utterance)
        return
    for piece in _PIECE.finditer(token.spoken):
        if piece.lastgroup == "han":
            yield _phonemize_syllable(next(syllables, ""), piece[0], utterance)
        elif piece.lastgroup == "latin":
            pinyin = latin_to_pinyin.transcribe_word(piece[0])
            yield from _phonemize_latin(piece[0], pinyin, utterance)
        elif piece[0] in _BREATHS:
            yield _BREATHS[piece[0]]
        elif piece[0] not in SILENT and not piece[0].isspace():
            raise unreadable_error(piece[0], utterance)


def _phonemize_latin(word: str, pinyin: tuple[str, ...], utterance: Utterance) -> Iterator[str]:
    unknown = next((c for c in word if c.isalnum() and not latin_to_pinyin.can_read(c)), None)
    if unknown:
        raise unreadable_error(unknown, utterance)
    yield from (_phonemize_syllable(syllable, word, utterance) for syllable in pinyin)


def _phonemize_syllable(pinyin: str, text: str, utterance: Utterance) -> str:
    """Return a syllable's symbols; `text` is what it belongs to, for the error."""
    symbols = split_syllable(pinyin)
    if not symbols:
        raise unreadable_error(text, utterance)
    return symbols


@cache
def split_syllable(pinyin: str) -> str:
    """Return the model's symbols for a toned syllable; "" if it has none.

    `r5` is the suffix of 花儿, which joins the syllable before it.
    """
    if pinyin == "r5":
        return ERHUA
    letters, tone = pinyin[:-1], pinyin[-1:]
    letters = _RESPELLED.get(letters, letters)
    table = load_symbols()
    initial, final = table.syllables.get(letters) or _split(letters)
    exists = initial in table.ids and f"{final}{tone}" in table.ids
    return f"{initial} {final}{tone}" if exists else ""


def _split(letters: str) -> tuple[str, str]:
    """Return the initial and final of a syllable that Mandarin does not have, as kiu."""
    match = _SPELLING.fullmatch(letters)
    if match is None:
        return "", ""
    final = match["final"].removeprefix("w").removeprefix("y") or match["final"]
    return match["initial"] or "^", _FINALS.get(final, final)
