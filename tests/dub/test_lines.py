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


def test_of_cues_in_two_languages_at_a_time_one_is_spoken() -> None:
    texts = [("大家好", "Hello all"), ("开会", "A meeting"), ("OK", "OK")]
    cues = [
        Caption(n * 2000, n * 2000 + 1500, text) for n, pair in enumerate(texts) for text in pair
    ]
    spoken_here = [text for _, text in spoken(divide_cues(cues, (), "zh-CN"))]
    assert spoken_here == ["大家好", "开会", "OK"]


def test_of_two_speakers_in_two_languages_one_is_spoken() -> None:
    cues = captions("- 你好。\n- Hello.", "- 再见。\n- Bye.")
    assert [text for _, text in spoken(divide_cues(cues, (), "zh-CN"))] == ["你好。", "再见。"]


def test_songs_are_shown_and_spoken_only_if_so_requested() -> None:
    cues = captions("♪ 月亮代表\n我的心 ♪", "- ♪ 啦啦 ♪\n- 别唱了！")
    assert spoken(divide_cues(cues, (), "zh-CN")) == [("", "别唱了！")]
    sung = divide_cues(cues, (), "zh-CN", lyrics=True)
    assert [text for _, text in spoken(sung)] == ["月亮代表 我的心", "啦啦", "别唱了！"]


def test_words_for_people_name_who_speaks_where_there_is_more_than_one() -> None:
    cues = captions("老师：请坐。", "学生：谢谢。")
    assert [text for _, text in spoken(divide_cues(cues, (), "zh-CN"))] == ["请坐。", "谢谢。"]
    assert spoken(divide_cues(cues[:1], (), "zh-CN")) == [("", "老师：请坐。")]


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


@pytest.mark.parametrize(("length", "count"), [(150, 1), (151, 2)])
def test_a_sentence_has_three_hundred_characters_at_the_most(length: int, count: int) -> None:
    assert len(sentences(captions("a" * 150, "b" * length, gap=0))) == count


@pytest.mark.parametrize(("length", "count"), [(25, 1), (26, 2)])
def test_a_chinese_sentence_without_marks_has_forty_five(length: int, count: int) -> None:
    cues = captions("字" * 20, "文" * length, gap=0)
    assert len(sentences(cues, "zh-CN")) == count


@pytest.mark.parametrize(("gap", "count"), [(100, 1), (101, 2)])
def test_captions_without_marks_touch_within_two_frames(gap: int, count: int) -> None:
    assert len(sentences(captions("我们今天开会", "讨论工作", gap=gap), "zh-CN")) == count


@pytest.mark.parametrize(("gap", "count"), [(1000, 1), (1001, 2)])
def test_a_sentence_goes_on_after_a_second_at_the_most(gap: int, count: int) -> None:
    assert len(sentences(captions("I have a dream", "that one day", gap=gap))) == count


@pytest.mark.parametrize(("unmarked", "count"), [(9, 1), (10, 11)])
def test_marks_count_where_one_cue_in_ten_has_them(unmarked: int, count: int) -> None:
    """Then a cue without one goes on, however long the gap; else its end is guessed."""
    texts = [*["我们今天开会"] * unmarked, "好。"]
    cues = [Caption(2000 * n, 2000 * n + 1500, text) for n, text in enumerate(texts)]
    assert len(sentences(cues, "zh-CN")) == count


@pytest.mark.parametrize("both", [2, 1])
def test_more_than_half_of_the_cues_make_a_file_of_two_languages(both: int) -> None:
    cues = captions(*["大家好\nHello all"] * both, "Only English")
    texts = [text for _, text in spoken(divide_cues(cues, (), "zh-CN"))]
    assert texts[0] == ("大家好" if both == 2 else "大家好 Hello all")
    assert len(texts) == both + 1


def test_a_silent_text_is_listed_without_its_marks_and_spaces() -> None:
    (line,) = divide_cues(captions("[ANNA LAUGHS]\nHi. ♪"), (), "en-US")
    assert list(line.silent_texts) == ["[ANNA LAUGHS]"]
    assert line.masked.split() == ["Hi."]


def test_a_sentence_of_several_cues_stands_where_it_begins() -> None:
    cues = [
        Caption(0, 900, "It is over. And", row=2),
        Caption(1000, 1900, "we go", row=6),
        Caption(2000, 2900, "home. So", row=0),
        Caption(3000, 3900, "be it.", row=14),
    ]
    script = build_script(divide_cues(cues, (), "en-US"), cues)
    rows = [s.row for p in script.speech.paragraphs for s in p.sentences]
    assert rows == [2, 2, 3]  # the last begins in a cue of which only the number is known


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
