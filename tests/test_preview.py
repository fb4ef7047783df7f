"""See it before you hear it: `speechcast script`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from speechcast.cli.app import app
from speechcast.documents import from_text
from speechcast.engines.registry import engine_class
from speechcast.errors import TextError
from speechcast.model import Pause, Pauses, Token, Utterance, Voice
from speechcast.preview import Preview, preview
from speechcast.produce import produce
from speechcast.progress import Step
from speechcast.request import Preferences, resolve_request
from speechcast.synthesis import duration
from speechcast.voices import presets
from tests.support.speeches import line_of

SPEECH = """关于𠮷野家与GDP的讲话

主持人：一行20人参观了iPhone工厂，增长5.2%。
中共*市委的朝阳会计，还没有来。
"""


def rehearsed(text: str, voice: str = "narrator", lexicon: Path | None = None) -> Preview:
    preferences = Preferences(voice=voice, lexicons=(lexicon,) if lexicon else ())
    return preview(resolve_request(from_text(text), "it", Path(), preferences))


def test_every_sentence_with_what_is_said_otherwise() -> None:
    found = rehearsed(SPEECH)
    assert [s.text.strip() for s in found.sentences] == [
        "关于𠮷野家与GDP的讲话",
        "主持人：一行20人参观了iPhone工厂，增长5.2%。",
        "中共*市委的朝阳会计，还没有来。",
    ]
    said = [(d.shown, d.spoken) for s in found.sentences for d in s.differences]
    assert said == [("20", "二十"), ("5.2%", "百分之五点二"), ("*", "某")]


def test_words_in_letters_and_characters_that_cannot_be_read() -> None:
    found = rehearsed(SPEECH)
    assert [(w.shown, w.spoken) for s in found.sentences for w in s.latin_words] == [
        ("GDP", "ji4 di4 pi1"),
        ("iPhone", "ai4 feng1"),
    ]
    assert [s.unreadable for s in found.sentences] == [("𠮷",), (), ()]


def test_a_roman_figure_is_no_word_in_letters() -> None:
    (sentence,) = rehearsed("他说VIII很好。").sentences
    assert [(d.shown, d.spoken) for d in sentence.differences] == [("VIII", "八")]
    assert sentence.latin_words == ()


def test_what_is_doubtful_comes_with_the_line_that_settles_it(tmp_path: Path) -> None:
    (question,) = rehearsed(SPEECH).questions
    assert (question.character, question.reading, question.alternatives) == (
        "朝",
        "zhao1",
        ("chao2",),
    )
    assert (question.row, question.sentence) == (4, 3)
    assert question.context == "中共*市委的朝阳会计，还没有"
    assert question.lexicon == '"朝阳" = "chao2 yang2"'
    settled = tmp_path / "mine.toml"
    settled.write_text(question.lexicon, encoding="utf-8")
    assert rehearsed(SPEECH, lexicon=settled).questions == ()


def test_a_mark_settles_it_too() -> None:
    assert rehearsed("去看朝{chao2}阳。").questions == ()


def test_the_most_doubtful_comes_first() -> None:
    text = "朝阳很美。他晕了过去，地上很脏。"
    sure = [q.confidence for q in rehearsed(text).questions]
    assert sure == sorted(sure)
    assert len(sure) > 1


def test_english_is_not_asked_about() -> None:
    found = rehearsed("Mr. Hale has 5 dogs, thank God.", "aria")
    assert found.questions == ()
    assert [(d.shown, d.spoken) for d in found.sentences[0].differences] == [
        ("Mr", "Mister"),
        ("5", "five"),
    ]


@pytest.mark.parametrize("voice", ["narrator", "report", "news", "xiaoxiao"])
def test_twice_the_text_sounds_twice_as_long(voice: str) -> None:
    once, twice = (
        rehearsed("今天我们开会，讨论明年的工作。\n" * n, voice).seconds for n in (8, 16)
    )
    assert twice == pytest.approx(2 * once, rel=0.1)


def test_a_faster_voice_sounds_shorter() -> None:
    text = "今天我们开会，讨论明年的工作。" * 8
    asked = resolve_request(
        from_text(text), "it", Path(), Preferences(voice="narrator", rate="+50%")
    )
    assert preview(asked).seconds < rehearsed(text).seconds


def test_short_lines_are_spoken_slower_than_long_ones() -> None:
    """As the narrator was measured: 13 syllables 2.6 s, 40 syllables 7.6 to 7.9 s."""
    narrator, silent = (
        presets.load("narrator"),
        Pauses(clause=0, sentence=0, paragraph=0, heading=0, title=0, join=0),
    )
    quiet = replace(narrator, pauses=replace(silent, lead_in=0, tail=0))
    lengths = [
        duration.estimate_seconds(
            [
                Utterance(
                    tokens=(Token("字" * n, "字" * n),), sentence=1, row=1, pause=Pause.SENTENCE
                )
            ],
            {"": quiet},
        )
        for n in (13, 40)
    ]
    assert lengths == pytest.approx([2.618, 7.76], rel=0.05)


def test_nothing_sounds_for_no_time() -> None:
    assert duration.estimate_seconds([], {"": presets.load("narrator")}) == 0.0


def test_leftovers_of_a_template_are_remarked() -> None:
    found = rehearsed("尊敬的«姓名»：\n\n大家好。见错误!未找到引用源。")
    assert [(r.row, r.text) for r in found.remarks] == [
        (1, "“«姓名»” seems to be a gap of a template"),
        (3, "“错误!未找到引用源” seems to be an error of the program that wrote it"),
    ]


def test_signs_that_nothing_speaks_are_remarked_once() -> None:
    remarks = rehearsed("第一项|第二项。\n\n完成√，备注※，另一项|最后一项。").remarks
    assert [(r.row, r.text) for r in remarks] == [
        (1, "“|” is not spoken (2 times)"),
        (3, "“√” is not spoken"),
        (3, "“※” is not spoken"),
    ]


def test_a_paragraph_of_emoji_is_remarked_and_one_of_stars_divides() -> None:
    """It is shown with the words of its paragraph, or else nowhere."""
    remarks = rehearsed("大家好👏。\n\n🎉🎉\n\n★ ★ ★\n\n——\n\n再见。").remarks
    assert [(r.row, r.text) for r in remarks] == [
        (3, "“🎉🎉” has no words, so that no subtitle shows it")
    ]


def test_a_garbled_speech_is_refused() -> None:
    garbled = "今天我们在这里开会，讨论明年的工作安排。".encode().decode("gbk", "ignore")
    with pytest.raises(TextError, match="it is garbled .“浠婂ぉ"):
        rehearsed(garbled)


REFUSED = "Жの〃𠮷\ue000\ufffd㌔한ก〡"
READ = "😀✓★●®™℠㎏㏄≈≠→√°#@|~§※〖〗«»‹›ＡΩμé⼈⻋"


def test_whatever_make_refuses_script_lists(narrator: Voice) -> None:
    """By the same check: what it lists is what the engine refuses, character by character."""
    engine = engine_class("kokoro")(narrator)
    for char in REFUSED + READ:
        text = f"今天{char}好。"
        (sentence,) = rehearsed(text).sentences
        assert sentence.unreadable == ((char,) if char in REFUSED else ())
        if char in REFUSED:
            with pytest.raises(TextError):
                engine.synthesize(line_of(text, narrator))


def test_make_refuses_before_it_speaks(tmp_path: Path) -> None:
    request = resolve_request(
        from_text("大家好。\n\n他写了Ж字。"), "it", tmp_path, Preferences(voice="narrator")
    )
    steps: list[Step] = []
    with pytest.raises(TextError, match="line 3, sentence 2: the voice cannot read 'Ж'"):
        produce(request, steps.append)
    assert steps == []


# The command.


def script(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["script", *arguments])
    assert done.exit_code == 0, done.output
    return str(done.output)


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    path = tmp_path / "speech.txt"
    path.write_text(SPEECH * 2, encoding="utf-8")
    return path


def test_the_page_begins_with_what_is_doubtful(speech: Path) -> None:
    page = script(str(speech), "--voice", "narrator").splitlines()
    assert page[:11] == [
        "doubtful readings, with the line of a lexicon that would change them:",
        "  line 4 (2×): …中共*市委的朝阳会计，还没有…",
        '      朝 is read zhāo; for cháo:  "朝阳" = "chao2 yang2"',
        "",
        "characters the voice cannot read:",
        "  line 1: 𠮷",
        "  line 5: 𠮷",
        "",
        "words in letters, and how they are said:",
        "  GDP (2×): ji4 di4 pi1",
        "  iPhone (2×): ai4 feng1",
    ]
    assert any(line.startswith("duration   about 0:") for line in page)
    assert "        5.2% → 百分之五点二" in page


def test_a_line_names_each_character_it_cannot_read_once(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.txt"
    foreign.write_text("各位好。\nさようなら、さようなら。", encoding="utf-8")
    page = script(str(foreign), "--voice", "narrator").splitlines()
    assert page[:3] == ["characters the voice cannot read:", "  line 2: さ よ う な ら", ""]


def test_json_holds_the_same(speech: Path) -> None:
    found = json.loads(script(str(speech), "--voice", "narrator", "--json"))
    assert found["voice"] == "narrator"
    assert found["questions"][0]["lexicon"] == '"朝阳" = "chao2 yang2"'
    assert found["sentences"][0]["text"] == "关于𠮷野家与GDP的讲话"


def test_json_has_the_tokens_of_every_sentence(speech: Path) -> None:
    sentences = json.loads(script(str(speech), "--voice", "narrator", "--json"))["sentences"]
    for sentence in sentences:
        assert sentence["voice_reads"] == "pinyin"
        assert "".join(token["shown"] for token in sentence["tokens"]) == sentence["text"]
    tokens = {token["shown"]: token for s in sentences for token in s["tokens"]}
    assert tokens["5.2%"] == {
        "shown": "5.2%",
        "spoken": "百分之五点二",
        "pinyin": ["bai3", "fen1", "zhi1", "wu2", "dian3", "er4"],
        "phonemes": "",
        "doubt": None,
        "alternatives": [],
    }
    assert tokens["iPhone"]["phonemes"] == "ai↘fə→ŋ"
    assert tokens["朝阳"]["doubt"] == {
        "char": "朝",
        "index": 0,
        "chosen": "zhao1",
        "probability": 0.85,
    }
    assert tokens["朝阳"]["alternatives"] == ["chao2"]


def test_tokens_have_the_tones_that_are_spoken_whatever_voice_reads_them() -> None:
    for voice, voice_input in (("narrator", "pinyin"), ("xiaoxiao", "text")):
        (sentence,) = rehearsed("领导你好。", voice).sentences
        assert sentence.voice_input == voice_input
        assert [token.pinyin for token in sentence.tokens] == [
            ("ling2", "dao3"),
            ("ni2", "hao3"),
            (),
        ]


def test_no_mandarin_is_asked_of_a_cantonese_voice() -> None:
    found = rehearsed("去朝阳村。", "hiumaan")
    assert found.questions == ()
    assert all(not token.pinyin for s in found.sentences for token in s.tokens)


def test_english_tokens_have_phonemes_where_they_are_wanted() -> None:
    pytest.importorskip("phonemizer")
    request = resolve_request(
        from_text("It is 5 cats ж."), "it", Path(), Preferences(voice="heart")
    )
    for wanted, phonemes in ((True, ["ɪt", "", "ɪz", "", "fˈIv", "", "kˈæts"]), (False, [""] * 7)):
        (sentence,) = preview(request, with_phonemes=wanted).sentences
        tokens = [t for t in sentence.tokens if t.shown]
        assert [t.phonemes for t in tokens][:7] == phonemes
