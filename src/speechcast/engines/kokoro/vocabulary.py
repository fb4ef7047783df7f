"""List the model's symbols, and which of them are breaths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from ..refusals import PhonemeGroup

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
BREATHS = frozenset(",.!?:;—…")
"""The symbols at which the model makes a pause."""


class Symbol(NamedTuple):
    """One symbol of the model's input, and its token."""

    id: int  # in the alphabet
    token: int  # index in the utterance


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The symbols that a model takes, and how Mandarin is written in them.

    Attributes:
        ids: Symbol → number.
        word_gap: The symbol between two words.
        spell: Toned pinyin of a syllable → its symbols.
        attach_suffix: Symbols in which the suffix of 花儿 follows its syllable → the same as the
            model takes them.
    """

    ids: Mapping[str, int]
    word_gap: str
    spell: Callable[[str], str]
    attach_suffix: Callable[[str], str]

    @property
    def gaps(self) -> frozenset[int]:
        """The numbers of the symbols that stand between words and make no sound."""
        return frozenset((self.ids[" "], self.ids[self.word_gap]))

    def write(self, groups: Sequence[PhonemeGroup]) -> Iterator[Symbol]:
        """Yield the groups' symbols as the model's input.

        There is a gap between two groups, but none before a breath.
        """
        for group, following in zip_longest(groups, groups[1:]):
            for symbol in group.symbols:
                yield Symbol(self.ids[symbol], group.token)
            if following and not following.joined and following.symbols[0] not in BREATHS:
                gap = " " if group.symbols[-1] in BREATHS else self.word_gap
                yield Symbol(self.ids[gap], group.token)
