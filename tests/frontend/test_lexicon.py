"""Lexicons: a user's own readings, for every kind of voice."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.errors import PresetError
from speechcast.frontend import lexicon
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.mandarin.homophones import respell
from speechcast.frontend.utterances import Reader, to_utterances
from speechcast.model import Token
from speechcast.text.pinyin import has_tones, parse_pinyin
from speechcast.voices import presets
from tests.support.speeches import speech_of

NARRATOR, ONLINE = presets.load("narrator"), presets.load("xiaoxiao")
MINE = """
"重阳村" = "chóng yáng cūn"
"GDP" = "国内生产总值"
"AI" = "ei1 ai4"
"SpeechCast" = "斯必驰"
"景市" = "景德镇市"
"行" = "hang2"
"""


def tokens(text: str, entries: str, tmp_path: Path, *, phonetic: bool) -> list[Token]:
    path = tmp_path / "mine.toml"
    path.write_text(entries, encoding="utf-8")
    voice = NARRATOR if phonetic else ONLINE
    (line,) = to_utterances(speech_of(text), {"": Reader(voice, 400, phonetic, lexicon.load(path))})
    return list(line.tokens)


@pytest.mark.parametrize(
    ("text", "spoken_online"),
    [
        ("重阳村到了。", "崇阳村到了。"),
        ("GDP增长。", "国内生产总值增长。"),
        ("GDPX增长。", "GDPX增长。"),  # another word
        ("用SpeechCast做。", "用斯必驰做。"),
        ("景市好。", "景德镇市好。"),
    ],
)
def test_what_an_online_voice_receives(text: str, spoken_online: str, tmp_path: Path) -> None:
    result = tokens(text, MINE, tmp_path, phonetic=False)
    assert "".join(t.shown for t in result) == text
    assert "".join(t.spoken for t in result) == spoken_online


def test_a_voice_that_reads_pinyin_receives_it(tmp_path: Path) -> None:
    by_form = {t.shown: t for t in tokens("重阳村的AI。", MINE, tmp_path, phonetic=True)}
    assert by_form["重阳村"].pinyin == ("chong2", "yang2", "cun1")
    assert by_form["AI"].pinyin == ("ei1", "ai4")


def test_the_nearer_lexicon_applies() -> None:
    near, far = Lexicon({"甲": Token("甲", "一")}), Lexicon({"甲": Token("甲", "二")})
    assert near.over(far).entries["甲"].spoken == "一"


@pytest.mark.parametrize(
    ("entries", "complaint"),
    [
        ('"重阳" = "chong2"', "'重阳' has 2 characters, but its pinyin 'chong2' has 1;"),
        ('"重阳" = ""', "重阳 is ''; it must be text in quotes"),
        ('"重阳" = 5', "重阳 is 5; it must be text in quotes"),
        ('" " = "x"', "a form cannot consist of spaces alone"),
        ("重阳", "is not valid TOML"),
    ],
)
def test_an_invalid_lexicon(entries: str, complaint: str, tmp_path: Path) -> None:
    with pytest.raises(PresetError) as caught:
        tokens("好。", entries, tmp_path, phonetic=False)
    assert complaint in str(caught.value)
    assert "mine.toml" in str(caught.value)


def test_a_missing_lexicon(tmp_path: Path) -> None:
    with pytest.raises(PresetError, match="there is no lexicon file .*; check the name"):
        lexicon.load(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("written", "syllables"),
    [
        ("chóng", ("chong2",)),
        ("chong2", ("chong2",)),
        ("chong2qing4", ("chong2", "qing4")),
        ("Chóng qìng", ("chong2", "qing4")),
        ("lǜ", ("lv4",)),
        ("lv4", ("lv4",)),
        ("lü4 xing2", ("lv4", "xing2")),
        ("xi'an", ("xi5", "an5")),
        ("de5", ("de5",)),
        ("hello", ()),
        ("zzz", ()),
        ("", ()),
    ],
)
def test_pinyin_as_people_write_it(written: str, syllables: tuple[str, ...]) -> None:
    assert parse_pinyin(written) == syllables


@pytest.mark.parametrize(
    ("written", "has_every_tone"),
    [("chong2 qing4", True), ("chóng qìng", True), ("chong qing4", False), ("long", False)],
)
def test_a_reading_is_pinyin_if_every_syllable_has_its_tone(
    written: str, has_every_tone: bool
) -> None:
    assert has_tones(written) is has_every_tone


@pytest.mark.parametrize(
    ("written", "syllables", "characters"),
    [
        ("银行", "yin2 hang2", "银航"),  # 银 has one reading and stays
        ("重", "chong2", "崇"),
        ("重", "zhong4", "仲"),
        ("行", "xing2", "型"),
        ("長", "zhang3", "掌"),
    ],
)
def test_pinyin_as_characters(written: str, syllables: str, characters: str) -> None:
    assert respell(written, syllables.split()) == characters


@pytest.mark.parametrize(
    ("written", "syllables", "characters"),
    [
        ("?", "zai2", "灾"),  # no character is read so; the same syllable in another tone
        ("?", "wo2", "窝"),
        ("?", "lai3", "来"),
        ("好", "zzz9", "好"),
        ("", "zzz9", ""),
        ("行", "yin2 hang2", "银航"),  # not one character for each syllable
    ],
)
def test_a_syllable_that_no_character_has(written: str, syllables: str, characters: str) -> None:
    assert respell(written, syllables.split()) == characters


def test_a_lexicon_finds_its_longest_form_from_a_position_on() -> None:
    mine = Lexicon({form: Token(form, "x") for form in ("GDP", "GDP增速", "行")})
    text = "GDPX的GDP增速，2GDP，行GDP。"
    assert mine.match(text, 0) is None
    assert mine.find_next(text, 0) == 5
    longest = mine.match(text, 5)
    assert longest
    assert longest.shown == "GDP增速"
    assert mine.find_next(text, 6) == 16  # in 2GDP it is part of a longer word
    assert mine.find_next(text, 17) == 17
    assert mine.find_next(text, 18) == mine.find_next(text, 20) == len(text)
    assert Lexicon().find_next("行", 0) == 1
    assert Lexicon().match("行", 0) is None


def test_the_lexicon_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert lexicon.load_user_lexicon() == Lexicon()
    (tmp_path / "speechcast").mkdir()
    (tmp_path / "speechcast" / "lexicon.toml").write_text(MINE, encoding="utf-8")
    assert lexicon.load_user_lexicon().entries["GDP"] == Token("GDP", "国内生产总值")
