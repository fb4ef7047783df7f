"""Chinese names in English text, as a newsreader says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.engines.kokoro.vocabulary import VOCABULARY
from speechcast.frontend.english.pinyin_to_english import is_name, phonemize_names, phonemize_pinyin
from speechcast.frontend.mandarin.phonemes_to_pinyin import _list_syllables
from speechcast.text.pinyin import parse_pinyin


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Comrade Zhu Rongji spoke in Guiyang .", {"Zhu": "ʤˈu", "Rongji": "ɹˌʊŋʤˈi",
                                                  "Guiyang": "ɡwˌAjˈɑŋ"}),
        ("Xu Yuan from Changsha", {"Xu": "ʃˈu", "Yuan": "juˈɑn", "Changsha": "ʧˌɑŋʃˈɑ"}),
        ("Zhou's paper on Qiu Jin", {"Zhou's": "ʤˈOz", "Qiu": "ʧjˈO", "Jin": "ʤˈɪn"}),
        ("the Xi'an and Ya'an railway", {"Xi'an": "ʃˌiˈɑn", "Ya'an": "jˌɑˈɑn"}),
        ("Sun Qingchen won", {"Sun": "sˈʊn", "Qingchen": "ʧˌɪŋʧˈʌn"}),
        ("Mao Zedong and Wen Jiabao", {"Mao": "mˈW", "Zedong": "dzˌʌdˈʊŋ", "Wen": "wˈʌn",
                                      "Jiabao": "ʤjˌɑbˈW"}),
        ("a million yuan at Tsinghua", {"yuan": "juˈɑn", "Tsinghua": "ʧˌɪŋhwˈɑ"}),
        ("the Jiangsu-Zhejiang border", {"Jiangsu-Zhejiang": "ʤjˌɑŋsˈu ʤˌʌʤjˈɑŋ"}),
        # words that could be pinyin
        ("The men can hang a long fan , she said .", {}),
        ("He Quit . Long Beach . Song and Sun . Dan , Ben and Linda", {}),
        ("China , Canada , Panama , Milan , Susan , Natalie , Maxine", {}),
        ("Queen Diana met Pan Am in Havana", {}),
    ],
)  # fmt: skip
def test_names(text: str, names: dict[str, str]) -> None:
    words = text.split()
    assert {words[i]: phonemes for i, phonemes in phonemize_names(words).items()} == names


@pytest.mark.parametrize(
    ("word", "is_chinese"), [("Danxin", True), ("Binxi", True), ("Naxi", False), ("Maxing", False)]
)
def test_x_after_n_is_chinese(word: str, is_chinese: bool) -> None:
    assert is_name(word) is is_chinese


def test_the_voice_can_say_every_syllable() -> None:
    readings = {syllable: phonemize_pinyin(syllable) for syllable in _list_syllables()}
    assert [s for s, phonemes in readings.items() if phonemes.count("ˈ") != 1] == []
    assert set("".join(readings.values())) <= VOCABULARY.keys()


def test_the_syllables_are_those_of_the_dictionary() -> None:
    assert all(parse_pinyin(f"{syllable}1") for syllable in _list_syllables())
    assert {"zhuang", "er", "lian", "ju"} <= _list_syllables()
    assert not {"qa", "zhin", "fing"} & _list_syllables()


@given(st.lists(st.text("xianqzhoulgew'-XZQ", max_size=9), max_size=6))
def test_any_words_are_names_or_not(words: list[str]) -> None:
    assert all(phonemize_names(words).values())
