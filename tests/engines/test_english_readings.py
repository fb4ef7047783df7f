"""English phonemes where espeak-ng alone has another word, name or acronym."""

from __future__ import annotations

import pytest

from speechcast.engines.kokoro.english_readings import settle
from speechcast.engines.kokoro.g2p_en import PACKAGES, EnglishG2P
from speechcast.engines.kokoro.phoneme_alignment import measure_distance
from speechcast.frontend import tokenizer
from speechcast.frontend.english.heteronyms_en import WordReading
from speechcast.model import Pause, Utterance


@pytest.fixture(scope="module")
def american() -> EnglishG2P:
    for package in PACKAGES:
        pytest.importorskip(package, reason="needs pip install 'speechcast[english]'")
    return EnglishG2P(british=False)


def read(g2p: EnglishG2P, text: str) -> dict[str, str]:
    tokens = tokenizer.tokenize(text, "en-US")
    line = Utterance(tokens=tokens, sentence=1, row=1, pause=Pause.SENTENCE)
    spoken: dict[str, str] = {}
    for group in g2p.phonemize(line):
        shown = tokens[group.token].shown
        spoken[shown] = " ".join(filter(None, (spoken.get(shown), group.symbols)))
    return spoken


@pytest.mark.parametrize(
    ("text", "word", "phonemes"),
    [
        ("My aunt lives here.", "lives", "lˈɪvz"),
        ("An advocate spoke.", "advocate", "ˈædvəkət"),
        ("Yesterday we read it.", "read", "ɹˈɛd"),
        ("Premier Li arrived.", "Li", "lˈi"),
        ("They flew to Qingdao.", "Qingdao", "ʧˌɪŋdˈW"),
        ("The NIH paid.", "NIH", "ˌɛnˌIˈAʧ"),
        ("Two NGOs left.", "NGOs", "ˌɛnʤˌiˈOz"),
        ("NATO met.", "NATO", "nˈATO"),
        ("UNESCO paid.", "UNESCO", "junˈɛskO"),
        ("IMF TO LEND MORE", "IMF", "ˌIˌɛmˈɛf"),
        ("ZHENG WINS IN SHENZHEN", "ZHENG", "ʤˈʌŋ"),
        ("AT&T paid.", "AT", "ˌAtˈi"),
        ("ZHANG Wei won.", "ZHANG", "ʤˈɑŋ"),
    ],
)
def test_words(american: EnglishG2P, text: str, word: str, phonemes: str) -> None:
    assert read(american, text)[word] == phonemes


def test_what_espeak_reads_right_stays() -> None:
    reading = WordReading("ɹəkˈɔɹd", ("ɹˈɛkəɹd",))
    assert settle("ɹᵻkˈɔɹd", "record", reading, str) == "ɹᵻkˈɔɹd"


def test_another_context_of_espeak_comes_before_the_dictionary() -> None:
    reading = WordReading("pɹizˈɛnt", ("pɹˈɛzᵊnt",))
    contexts = {"to present": "tə pɹɪzˈɛnt", "the present": "ðə pɹˈɛzənt", "it present": "ɪt ə"}
    assert settle("pɹˈɛzənt", "present", reading, contexts.__getitem__) == "pɹɪzˈɛnt"
    assert settle("pɹˈɛzənt", "present", reading, lambda text: text) == "pɹizˈɛnt"


def test_distance() -> None:
    assert measure_distance("lˈIv", "lˈIv") == 0
    assert measure_distance("klˈOs", "klˈOz") > measure_distance("lˈIv", "lˈɪv")
