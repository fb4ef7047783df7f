"""Cues become lines of speakers, and lines become sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.dub.lines import Line, divide_cues
from speechcast.dub.sentences import build_script
from speechcast.subtitles.caption import Caption
from speechcast.subtitles.parsers import ass, vtt


def captions(*texts: str, gap: int = 100) -> list[Caption]:
    """Return cues of a second each, with gaps between them."""
    return [Caption(n * (1000 + gap), n * (1000 + gap) + 1000, t) for n, t in enumerate(texts)]


def spoken(lines: list[Line]) -> list[tuple[str, str]]:
    """Return the speaker of each line, and what is spoken of it."""
    return [(line.speaker, " ".join(line.masked.split())) for line in lines if line.voiced]


def sentences(cues: list[Caption], language: str = "en-US") -> list[str]:
    script = build_script(divide_cues(cues, (), language), cues)
    return [s.text.strip() for p in script.speech.paragraphs for s in p.sentences]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["ANNA: Hi.", "How are you?"], [("ANNA", "Hi."), ("ANNA", "How are you?")]),
        (["ANNA: Hi.", "BOB: Hi."], [("ANNA", "Hi."), ("", "Hi.")]),  # Bob has no voice
        (["ANNA: Hi.\nCAL: Hello."], [("ANNA", "Hi."), ("CAL", "Hello.")]),
        (["ANNA: Hi.\n- Hello."], [("ANNA", "Hi."), ("", "Hello.")]),
        (["- Hi.\n- ANNA: Hello."], [("", "Hi."), ("ANNA", "Hello.")]),
        (["[ANNA LAUGHS]", "ANNA:\nHi."], [("ANNA", "Hi.")]),
        ([""], []),
    ],
)
def test_speakers_by_their_names(texts: list[str], expected: list[tuple[str, str]]) -> None:
    assert spoken(divide_cues(captions(*texts), {"ANNA", "CAL"}, "en-US")) == expected


def test_speakers_by_the_name_or_the_style_of_ass() -> None:
    cues, _ = ass.parse(
        "[Events]\nFormat: Layer, Start, End, Style, Name, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Main,Anna,Hi.\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,Narrator,,Night fell.\n"
        "Dialogue: 0,0:00:05.00,0:00:06.00,Main,Bob,ANNA: is here.\n"
    )
    lines = divide_cues(cues, {"Anna", "Narrator"}, "en-US")
    assert spoken(lines) == [("Anna", "Hi."), ("Narrator", "Night fell."), ("", "is here.")]


def test_speakers_by_the_voices_of_webvtt() -> None:
    cues, _ = vtt.parse(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hi &amp; hello. </v><v.loud Bob>Hello.\n\n"
        "00:03.000 --> 00:04.000\nNobody.\n"
    )
    lines = divide_cues(cues, {"Anna", "Bob"}, "en-US")
    assert spoken(lines) == [("Anna", "Hi & hello."), ("Bob", "Hello."), ("", "Nobody.")]


def test_a_line_that_ass_draws_twice_is_spoken_once() -> None:
    cues = [Caption(0, 1000, "Hi."), Caption(0, 1000, "Hi."), Caption(2000, 3000, "Hi.")]
    assert [line.voiced for line in divide_cues(cues, (), "en-US")] == [True, False, True]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh-CN", ["大家好", "开会", "OK"]), ("en-US", ["Hello all", "A meeting", "OK"])],
)
def test_of_two_languages_one_is_spoken(language: str, expected: list[str]) -> None:
    cues = captions("大家好\nHello all", "A meeting\n开会", "OK")
    assert [text for _, text in spoken(divide_cues(cues, (), language))] == expected


def test_a_chinese_cue_with_an_english_line_is_not_two_languages() -> None:
    cues = captions("欢迎使用\nSpeechcast", "大家好", "开会")
    assert spoken(divide_cues(cues, (), "zh-CN"))[0] == ("", "欢迎使用 Speechcast")


@pytest.mark.parametrize(
    ("texts", "gap", "expected"),
    [
        (["I have a dream", "that one day we will rise."], 100,
         ["I have a dream\nthat one day we will rise."]),
        (["It is over.", "We go."], 100, ["It is over.", "We go."]),
        (["It is Mr.", "Smith."], 100, ["It is Mr.\nSmith."]),
        (["He left. And", "she stayed."], 100, ["He left.", "And\nshe stayed."]),
        (["I have a dream", "that one day"], 1001, ["I have a dream", "that one day"]),
        (["I say", "- no"], 100, ["I say", "- no"]),
        (["I say", "[music]", "no"], 0, ["I say", "no"]),  # the music is longer than a breath
    ],
)  # fmt: skip
def test_a_sentence_goes_on_in_the_next_cue(
    texts: list[str], gap: int, expected: list[str]
) -> None:
    cues = captions(*texts, gap=gap)
    if "[music]" in texts:
        cues[2] = Caption(4000, 5000, "no")
    assert sentences(cues) == expected


@pytest.mark.parametrize(
    ("texts", "gap", "expected"),
    [
        (["我们今天开会，", "讨论工作。"], 500, ["我们今天开会，\n讨论工作。"]),
        (["我们今天开会", "讨论工作。", "好。"], 500, ["我们今天开会\n讨论工作。", "好。"]),
        (["我们今天开会", "讨论工作"], 0, ["我们今天开会\n讨论工作"]),  # without marks, as in films
        (["我们今天开会", "讨论工作"], 101, ["我们今天开会", "讨论工作"]),
    ],
)
def test_chinese_sentences(texts: list[str], gap: int, expected: list[str]) -> None:
    assert sentences(captions(*texts, gap=gap), "zh-CN") == expected


def test_a_clause_that_a_cue_ends_is_heard_as_one() -> None:
    cues = captions("同志们 朋友们", "我们今天开会", gap=0)
    script = build_script(divide_cues(cues, (), "zh-CN"), cues)
    (sentence,) = script.speech.paragraphs[0].sentences
    assert [(sentence.text[m.start], m.spoken) for m in sentence.marks] == [
        (" ", "，"),
        ("\n", "，"),
    ]


def test_captions_without_any_mark_are_no_single_sentence() -> None:
    cues = captions(*["and so it goes on with no end to it"] * 200, gap=0)
    assert max(map(len, sentences(cues))) <= 300


TEXTS = st.lists(
    st.text(st.sampled_from("ab 好会。.!?，,-:♪[]()（）\nA"), max_size=12), min_size=1, max_size=8
)


@given(TEXTS, st.sampled_from(["zh-CN", "en-US"]), st.integers(0, 2000))
def test_nothing_of_a_cue_is_lost(texts: list[str], language: str, gap: int) -> None:
    cues = captions(*texts, gap=gap)
    lines = divide_cues(cues, {"A"}, language)
    for index, cue in enumerate(cues):
        assert "".join(line.text for line in lines if line.cue == index) == cue.text
    script = build_script(lines, cues)
    whole = "".join(p.text for p in script.speech.paragraphs)
    assert [whole[a:b] for a, b in script.spans] == [lines[i].text for i in script.voiced]
    assert [line.voiced for line in lines] == [i in script.voiced for i in range(len(lines))]
