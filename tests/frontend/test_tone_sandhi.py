"""Toned pinyin as a newsreader speaks it."""

from __future__ import annotations

import pytest

from speechcast.frontend import g2p_zh, tokenizer, tone_sandhi
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.utterances import Reader, to_utterances
from speechcast.model import Token
from speechcast.voices import presets
from tests.support.speeches import speech_of


def pronounce(text: str) -> str:
    tokens = tone_sandhi.apply_tone_sandhi(g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN")), ())
    return " ".join(s for t in tokens for s in t.pinyin)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        # 一 before a fourth tone, before any other, at a word's end, in a number, inside
        ("一个", "yi2 ge4"),
        ("一切", "yi2 qie4"),
        ("一带一路", "yi2 dai4 yi2 lu4"),
        ("进一步", "jin4 yi2 bu4"),
        ("每一个", "mei3 yi2 ge4"),
        ("一天", "yi4 tian1"),
        ("一年", "yi4 nian2"),
        ("一起", "yi4 qi3"),
        ("一心一意", "yi4 xin1 yi2 yi4"),
        ("之一", "zhi1 yi1"),
        ("统一部署", "tong3 yi1 bu4 shu3"),
        ("统一战线", "tong3 yi1 zhan4 xian4"),
        ("第一", "di4 yi1"),
        ("第一次", "di4 yi1 ci4"),
        ("十一届", "shi2 yi1 jie4"),
        ("2021年", "er4 ling2 er4 yi1 nian2"),
        ("1949年", "yi1 jiu3 si4 jiu3 nian2"),
        ("1月1日", "yi1 yue4 yi1 ri4"),
        ("一号文件", "yi1 hao4 wen2 jian4"),
        ("一是教育", "yi1 shi4 jiao4 yu4"),
        ("1个", "yi2 ge4"),
        ("100个", "yi4 bai3 ge4"),
        ("看一看", "kan4 yi5 kan4"),
        # 不
        ("不是", "bu2 shi4"),
        ("不断", "bu2 duan4"),
        ("毫不动摇", "hao2 bu2 dong4 yao2"),
        ("不能", "bu4 neng2"),
        ("对不起", "dui4 bu5 qi3"),
        ("差不多", "cha4 bu5 duo1"),
        # third tones: in a word, in a figure, between words that are spoken together
        ("领导", "ling2 dao3"),
        ("所以", "suo2 yi3"),
        ("展览馆", "zhan2 lan2 guan3"),
        ("小老虎", "xiao3 lao2 hu3"),
        ("很好", "hen2 hao3"),
        ("很理想", "hen3 li2 xiang3"),
        ("领导讲话", "ling2 dao3 jiang3 hua4"),
        ("你，好", "ni3 hao3"),
        ("95", "jiu3 shi2 wu3"),
        ("5点", "wu2 dian3"),
        ("“很”好", "hen2 hao3"),
        # the neutral tone
        ("朋友", "peng2 you5"),
        ("部分", "bu4 fen5"),
        ("这个地方", "zhe4 ge5 di4 fang5"),
        ("地方政府", "di4 fang1 zheng4 fu3"),
        ("看看", "kan4 kan5"),
        ("姐姐", "jie3 jie5"),
        # 儿
        ("一会儿", "yi2 hui4 r5"),
        ("一点儿", "yi4 dian3 r5"),
        ("女儿", "nv3 er2"),
        ("中华儿女", "zhong1 hua2 er2 nv3"),
        # traditional characters are the same words
        ("不斷", "bu2 duan4"),
        ("領導", "ling2 dao3"),
    ],
)
def test_spoken(text: str, spoken: str) -> None:
    assert pronounce(text) == spoken


def test_readings_of_the_writer_do_not_change() -> None:
    reader = Reader(
        presets.load("narrator"),
        45,
        phonetic=True,
        lexicon=Lexicon({"一起": Token("一起", "一起", ("yi1", "qi3"))}),
    )
    (line,) = to_utterances(speech_of("一起领{ling3}导，不{bu4}是朋友。"), {"": reader})
    assert " ".join(s for t in line.tokens for s in t.pinyin) == (
        "yi1 qi3 ling3 dao3 bu4 shi4 peng2 you5"
    )


def test_a_latin_word_keeps_the_tones_of_its_letters() -> None:
    assert pronounce("很Q好") == "hen3 kiu1 hao3"
