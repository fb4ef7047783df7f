"""The syllables of Mandarin in the symbols that Kokoro-82M v1.0 was trained with."""

from __future__ import annotations

import pytest

from speechcast.engines.kokoro.syllables import to_ipa
from speechcast.engines.kokoro.vocabulary import VOCABULARY
from speechcast.text.pinyin import list_syllables

SYLLABLES = sorted(syllable + tone for syllable in list_syllables() for tone in "12345")
# IPA → the model's symbols, as its author's G2P replaces them: tones, the vowel of zi, glides.
REPLACEMENTS = (
    ("˧˩˧", "↓"), ("˧˥", "↗"), ("˥˩", "↘"), ("˥", "→"),
    ("ɻ\u0329", "ɨ"), ("ɹ\u0329", "ɨ"), ("\u032f", ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("pinyin", "symbols"),
    [
        ("ma1", "ma→"),
        ("ma2", "ma↗"),
        ("ma3", "ma↓"),
        ("ma4", "ma↘"),
        ("ma5", "ma"),
        ("zhuang4", "ꭧwa↘ŋ"),
        ("si4", "sɨ↘"),
        ("ri4", "ɻɨ↘"),
        ("xi4", "ɕi↘"),
        ("nu3", "nu↓"),
        ("nv3", "ny↓"),
        ("xu1", "ɕy→"),
        ("quan2", "ʨʰɥɛ↗n"),
        ("lve4", "lɥe↘"),
        ("yun2", "y↗n"),
        ("er2", "ɚ↗"),
        ("r5", "ɚ"),
        ("ng4", "ŋ↘"),
        ("fiu4", "fjou↘"),  # only in words of other languages
    ],
)
def test_a_syllable_in_symbols(pinyin: str, symbols: str) -> None:
    assert to_ipa(pinyin) == symbols


@pytest.mark.parametrize("pinyin", ["", "a", "5", "ma", "ma0", "ma6", "xyz1", "zh4", "MA1"])
def test_what_is_no_syllable_has_no_symbols(pinyin: str) -> None:
    with pytest.raises(KeyError):
        to_ipa(pinyin)


def test_every_syllable_of_the_dictionary_is_spelled_as_the_models_author_does() -> None:
    transcription = pytest.importorskip(
        "misaki.transcription", reason="misaki has no release for this Python"
    )
    for pinyin in SYLLABLES:
        expected = "".join(transcription.pinyin_to_ipa(pinyin)[0])
        for ipa, symbol in REPLACEMENTS:
            expected = expected.replace(ipa, symbol)
        assert to_ipa(pinyin) == expected, pinyin


def test_every_syllable_of_the_dictionary_can_be_spelled() -> None:
    assert len(SYLLABLES) > 2_000
    assert all(set(to_ipa(pinyin)) <= VOCABULARY.keys() for pinyin in SYLLABLES)
