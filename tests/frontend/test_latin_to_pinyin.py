"""Letters and foreign words in Chinese text, as syllables that the Mandarin voices have."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.engines.kokoro.syllables import to_ipa
from speechcast.engines.kokoro.vocabulary import VOCABULARY
from speechcast.frontend.english import english_phonemes
from speechcast.frontend.mandarin import latin_to_pinyin, phonemes_to_pinyin
from speechcast.frontend.mandarin.phonemes_to_pinyin import split_pinyin


@pytest.mark.parametrize(
    ("word", "pinyin"),
    [
        # spelled
        ("GDP", "ji4 di4 pi1"),
        ("AI", "ei1 ai4"),
        ("APP", "ei1 pi1 pi1"),
        ("app", "ei1 pi1 pi1"),
        ("WTO", "da2 bu5 liu5 ti4 ou1"),
        ("CPTPP", "xi1 pi1 ti4 pi1 pi1"),
        ("PM", "pi1 ai2 mu5"),
        ("iOS", "ai4 ou1 ai2 si5"),
        ("kg", "kei4 ji4"),
        ("X", "ai2 ke5 si5"),
        ("a", "ei1"),
        ("o", "ou1"),
        ("go", "gou1"),
        ("tv", "ti4 wei4"),
        ("MUSIC", "miu4 ji5 ke5"),
        ("ABCDE", "ei1 bi4 xi1 di4 yi4"),
        ("A-B", "ei1 bi4"),
        ("3D", "di4"),
        # pronounced as words
        ("OK", "ou1 kei4"),
        ("hello", "ha1 lou2"),
        ("iPhone", "ai4 feng1"),
        ("Wi-Fi", "wai4 fai4"),
        ("COVID", "kou4 wei1 de5"),
        ("NASA", "na4 se5"),
        ("Internet", "yin4 te5 r5 nei1 te5"),
        ("Microsoft", "mai4 ke5 rou5 suo1 fu5 te5"),
        ("HELLO", "ha1 lou2"),
        ("London", "lan4 den5"),
        ("music", "miu4 ji5 ke5"),
        ("sport", "si5 bo4 r5 te5"),
        ("speech", "si5 bi4 chi5"),
        # put together, inflected
        ("YouTube", "you4 tu1 bu5"),
        ("ChatGPT", "cha4 te5 ji4 pi1 ti4"),
        ("Facebook's", "fei4 si5 bu5 ke5 si5"),
        # pinyin
        ("Huawei", "hua1 wei1"),
        ("XIAOMI", "xiao1 mi1"),
        # in no dictionary
        ("Twitter", "te5 wei4 de5 r5"),
        ("Kubernetes", "ka4 be5 r5 nei5 tei5 si5"),
        # accents, other letters
        ("Škoda", "si5 ga4 de5"),
        ("α", "a1 er3 fa3"),
        ("Ω", "ou1 mi3 ga1"),
    ],
)  # fmt: skip
def test_syllables(word: str, pinyin: str) -> None:
    assert " ".join(latin_to_pinyin.transcribe_word(word)) == pinyin


@pytest.mark.slow
def test_the_voice_can_say_every_word_of_the_dictionary() -> None:
    words = [*_misaki("us_gold.json"), *_misaki("us_silver.json")]
    unpronounced = [word for word in words if not latin_to_pinyin.transcribe_word(word)]
    syllables = {s for word in words for s in latin_to_pinyin.transcribe_word(word)}
    assert len(words) > 180_000
    assert not unpronounced
    assert not {s for s in syllables if not _is_pronounceable(s)}


@pytest.mark.slow
@pytest.mark.parametrize("file", ["us_gold.json", "us_silver.json"])
def test_every_word_is_found_as_the_dictionary_has_it(file: str) -> None:
    dictionary, expected = english_phonemes.PhonemeDictionary(file), _misaki(file)
    assert {word: dictionary.get(word) for word in expected} == expected


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzAEIOUXYZéüñßøłŠαΩμ'-", min_size=1, max_size=16))
@settings(deadline=None)
def test_no_letter_is_ever_too_much(word: str) -> None:
    syllables = latin_to_pinyin.transcribe_word(word)
    assert bool(syllables) == any(c.isalpha() for c in word)
    assert all(map(_is_pronounceable, syllables))


@pytest.mark.parametrize(
    ("phonemes", "pinyin"),
    [
        ("stɹˈɛŋθs", "si5 te5 reng4 si5 si5"),
        ("vjˈu", "fiu4"),
        ("kwˈin", "ke5 wen4"),
        ("bˈY", "bo4 yi5"),
        ("tˈWn", "tang4"),
        ("fˈOn", "feng4"),
        ("ənˈʌf", "e1 na4 fu5"),
        ("sˈɜɹvəɹ", "se4 r5 fe5 r5"),
        ("pˈWəɹ", "pao4 er5"),
        ("ði", "di1"),
    ],
)
def test_the_nearest_syllables(phonemes: str, pinyin: str) -> None:
    assert " ".join(phonemes_to_pinyin.transcribe_phonemes(phonemes)) == pinyin


@pytest.mark.parametrize(("chars", "readable"), [("Qéßµ", True), ("Жか中", False)])
def test_which_letters_can_be_read(chars: str, readable: bool) -> None:
    assert all(latin_to_pinyin.can_read(char) == readable for char in chars)


def _misaki(file: str) -> dict[str, str]:
    entries = json.loads(english_phonemes.read_dictionary(file))
    return {w: e if isinstance(e, str) else e["DEFAULT"] or "" for w, e in entries.items()}


def _is_pronounceable(syllable: str) -> bool:
    phonemes = to_ipa(syllable)
    return bool(phonemes) and all(p in VOCABULARY for p in phonemes)


def test_pinyin_that_divides_in_many_ways_is_read_once() -> None:
    assert split_pinyin("xian" * 40) == ("xian1",) * 40
    assert split_pinyin("xian" * 40 + "q") == ()
    assert split_pinyin("fangan") == ("fang1", "an1")
