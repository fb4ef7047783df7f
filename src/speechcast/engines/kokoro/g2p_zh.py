"""Turn toned pinyin into the symbols of the embedded voices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from operator import eq

from ...frontend.mandarin import latin_to_pinyin
from ...model import Token, Utterance
from ...text.han import HAN
from ..marks import MARKS, SILENT, find_breath
from ..refusals import PhonemeGroup, unreadable_error
from .vocabulary import BREATHS, Alphabet

_SUFFIX = "r5"  # the pinyin of 儿 in 花儿
# The Mandarin voices were trained with neither dash nor ellipsis.
_BREATHS = {**MARKS, **dict.fromkeys("—–―…", ",")}
_PIECE = re.compile(
    rf"(?P<han>{HAN.pattern})|(?P<latin>(?:(?!{HAN.pattern})[^\W\d_])+)|(?P<other>.)"
)


@dataclass(frozen=True, slots=True)
class MandarinG2P:
    """Mandarin in the symbols of a model."""

    alphabet: Alphabet

    def phonemize(self, utterance: Utterance) -> list[PhonemeGroup]:
        """Return the symbols of each token that makes phonemes or a breath.

        Raises:
            TextError: A character cannot be read.
        """
        groups: list[PhonemeGroup] = []
        for index, token in enumerate(utterance.tokens):
            if token.voiced:
                symbols = self._phonemize_token(token, utterance)
            else:
                symbols = find_breath(token, utterance, _BREATHS)
            redundant = symbols in BREATHS and (not groups or groups[-1].symbols in BREATHS)
            if token.pinyin == (_SUFFIX,) and groups and groups[-1].symbols[-1] not in BREATHS:
                groups[-1:] = self._join_suffix(groups[-1], PhonemeGroup(index, symbols))
            elif symbols and not redundant:
                groups.append(PhonemeGroup(index, symbols))
        return groups

    def _join_suffix(
        self, group: PhonemeGroup, suffix: PhonemeGroup
    ) -> tuple[PhonemeGroup, PhonemeGroup]:
        """Return a syllable and the suffix of it, which is a token of its own."""
        whole = self.alphabet.attach_suffix(group.symbols + self.alphabet.spell(_SUFFIX))
        left = sum(takewhile(bool, map(eq, group.symbols, whole)))
        if not left:  # all of the syllable would be the suffix's
            return group, suffix._replace(joined=True)
        return group._replace(symbols=whole[:left]), PhonemeGroup(suffix.token, whole[left:], True)

    def _phonemize_token(self, token: Token, utterance: Utterance) -> str:
        symbols = " ".join("".join(self._phonemize_pieces(token, utterance)).split())
        if not symbols:
            raise unreadable_error(token.spoken[0], utterance)
        symbols = self.alphabet.attach_suffix(re.sub(" (?=[,.!?:;])", "", symbols))
        return re.sub("(?<![,.!?:;]) ", self.alphabet.word_gap, symbols)

    def _phonemize_pieces(self, token: Token, utterance: Utterance) -> Iterator[str]:
        """Yield the symbols of the token's pieces.

        Chinese characters are read by their pinyin, Latin by letter names or syllables.
        """
        syllables = iter(token.pinyin)
        if not HAN.search(token.spoken) and token.pinyin:
            yield self._phonemize_latin(token.spoken, token.pinyin, utterance)
            return
        for piece in _PIECE.finditer(token.spoken):
            if piece.lastgroup == "han":
                yield self._phonemize_syllable(next(syllables, ""), piece[0], utterance)
            elif piece.lastgroup == "latin":
                pinyin = latin_to_pinyin.transcribe_word(piece[0])
                yield f" {self._phonemize_latin(piece[0], pinyin, utterance)} "
            else:
                yield _phonemize_mark(piece[0], utterance)

    def _phonemize_latin(self, word: str, pinyin: tuple[str, ...], utterance: Utterance) -> str:
        unknown = next((c for c in word if c.isalnum() and not latin_to_pinyin.can_read(c)), None)
        if unknown:
            raise unreadable_error(unknown, utterance)
        return "".join(self._phonemize_syllable(syllable, word, utterance) for syllable in pinyin)

    def _phonemize_syllable(self, pinyin: str, text: str, utterance: Utterance) -> str:
        """Return a syllable's symbols.

        `text` is the text that the syllable belongs to, for the error.
        """
        try:
            symbols = self.alphabet.spell(pinyin)
        except KeyError as exc:
            raise unreadable_error(text, utterance) from exc
        if not symbols or any(s not in self.alphabet.ids for s in symbols):
            raise unreadable_error(text, utterance)
        return symbols


def _phonemize_mark(mark: str, utterance: Utterance) -> str:
    """Return the symbols for a mark inside a token's spoken text."""
    if mark in _BREATHS:
        return _BREATHS[mark] + " "
    if mark in SILENT or mark.isspace():
        return " "
    raise unreadable_error(mark, utterance)
