"""Powers, indices, fractions, composite units and enclosed numbers, in both languages."""

from __future__ import annotations

import pytest

from speechcast.documents import from_text
from speechcast.frontend.tokenizer import tokenize
from speechcast.script.parser import parse

CHINESE = [
    ("10³公顷", "十的三次方公顷"),
    ("3×10⁸米", "三乘十的八次方米"),
    ("10⁻³", "十的负三次方"),
    ("10⁵⁻⁶个", "十的五到六次方个"),
    ("2¹⁰", "二的十次方"),
    ("10^6", "十的六次方"),
    ("x^(n+1)", "x的n加一次方"),
    ("x²+y³", "x的平方加y的立方"),
    ("(a+b)²", "(a加b)的平方"),
    ("xⁿ", "x的n次方"),
    ("x₁", "x一"),
    ("水是H₂O", "水是H二O"),
    ("Ca²⁺", "Ca二正"),
    ("¹⁴C", "十四C"),
    ("测定¹⁴CO₂", "测定十四CO二"),
    ("测定³H", "测定三H"),
    ("注射⁹⁹ᵐTc", "注射九十九mTc"),
    ("浓缩铀²³⁵", "浓缩铀二百三十五"),
    ("100m²", "一百平方米"),
    ("3km²、4cm²、7m³、8dm³", "三平方千米、四平方厘米、七立方米、八立方分米"),
    ("单位：m²", "单位：平方米"),
    ("100米²", "一百平方米"),
    ("35μg/m³", "三十五微克每立方米"),
    ("35\u00b5g/m³", "三十五微克每立方米"),
    ("9.8m/s²", "九点八米每二次方秒"),
    ("5mol·L⁻¹", "五摩尔每升"),
    ("5000元/㎡", "五千元每平方米"),
    ("200人/km²", "二百人每平方千米"),
    ("25㎡、5㎏、12㎢", "二十五平方米、五千克、十二平方千米"),
    ("½、1½、⅞", "二分之一、一又二分之一、八分之七"),
    ("3³⁄₁₆", "三又十六分之三"),
    ("1¹/₂", "一又二分之一"),
    ("√2", "根号二"),
    ("∛8", "三次根号八"),
    ("①⑪㉑㊿⑴⒈❶㈠㊀⓪➀Ⅳ", "一十一二十一五十一一一一一零一四"),
    ("log₂8", "log以二为底八"),
    ("据报道¹，升", "据报道，升"),
    ("增长了²。", "增长了。"),
    ("mc²", "mc的平方"),
    ("5G和4G", "五G和四G"),
]


@pytest.mark.parametrize(("text", "spoken"), CHINESE)
def test_a_power_in_chinese_is_no_other_number(text: str, spoken: str) -> None:
    tokens = tokenize(text, "zh-CN")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text


ENGLISH = [
    ("10³ acres", "ten cubed acres"),
    ("10⁻³", "ten to the power of minus three"),
    ("10^6", "ten to the power of six"),
    ("x² and yⁿ", "x squared and y to the power of n"),
    ("5 m², 3 km², 8 cm³", "five square meters, three square kilometers, eight cubic centimeters"),
    ("1 m²", "one square meter"),
    ("35 μg/m³", "thirty-five micrograms per cubic meter"),
    ("9.8 m/s²", "nine point eight meters per second squared"),
    ("$50/m²", "fifty dollars per square meter"),
    ("5㎡", "five square meters"),
    ("½ cup, 1½ cups, ⅞", "one half cup, one and one half cups, seven eighths"),
    ("3³⁄₁₆", "three and three sixteenths"),
    ("H₂O", "H two O"),
    ("Ca²⁺", "Ca two plus"),
    ("√2", "the square root of two"),
    ("① ② Ⅳ", "one two four"),
    ("economic growth², however", "economic growth, however"),
    ("in 3½ years", "in three and one half years"),
]


@pytest.mark.parametrize(("text", "spoken"), ENGLISH)
def test_a_power_in_english_is_no_other_number(text: str, spoken: str) -> None:
    tokens = tokenize(text, "en-US")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text


LOOKALIKES = [
    ("⼈⼤代表⽇前在⼴州⾒⾯", "人大代表日前在广州見面"),
    ("⽔利和⻋辆，⺠⽣⻓期", "水利和车辆，民生长期"),
    ("樂見其成", "樂見其成"),
    ("𝑥和𝐀𝐁", "x和AB"),
    ("他说﹕好﹗", "他说:好!"),
    ("｢好｣。", "「好」。"),
    ("oﬃce", "office"),
    ("⼆⼗⼤", "二十大"),
    ("５⽉", "五月"),
]


@pytest.mark.parametrize(("text", "spoken"), LOOKALIKES)
def test_lookalikes_are_shown_as_they_are_and_read_as_what_they_stand_for(
    text: str, spoken: str
) -> None:
    tokens = tokenize(text, "zh-CN")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text


def test_lookalikes_are_cut_into_the_same_words() -> None:
    lookalike, plain = tokenize("⼈⼤代表在⼴州", "zh-CN"), tokenize("人大代表在广州", "zh-CN")
    assert [t.spoken for t in lookalike] == [t.spoken for t in plain]


def test_lookalikes_are_recognized_in_headings_labels_and_marks() -> None:
    document = from_text("⼀、⼯作回顾\n\n主持⼈：⼤家好。\n\n⾏{háng}业很好。")
    assert document.blocks[0].text == "⼀、⼯作回顾"
    speech = parse(document.blocks, {"主持人"})
    assert [p.speaker for p in speech.paragraphs][1:] == ["主持人", "主持人"]
    assert speech.paragraphs[2].text == "⾏业很好。"
    assert speech.paragraphs[2].sentences[0].marks[0].pinyin == ("hang2",)


def test_the_note_after_a_full_stop_is_no_sentence() -> None:
    speech = parse(from_text("产量上升。¹ 大家高兴。²\n\n³").blocks)
    assert [s.text for p in speech.paragraphs for s in p.sentences] == [
        "产量上升。¹ ",
        "大家高兴。²",
    ]
