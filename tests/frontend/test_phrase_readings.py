"""Readings of words and places that pypinyin's dictionary has wrong."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.frontend import tokenizer
from speechcast.frontend.mandarin import g2p_zh
from speechcast.frontend.mandarin.phrase_readings import find_phrase_readings, is_undecided
from speechcast.text.han import HAN

TABLES = ("phrase_corrections.txt", "places.txt")
SYLLABLE = re.compile("[a-z]+[1-5]")


def read(text: str, word: str) -> str:
    """Return the pinyin of a word of a sentence, before tone sandhi."""
    tokens = g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN"))
    syllables = [s for token in tokens for s in token.pinyin or [""] * len(token.spoken)]
    start = text.index(word)
    return " ".join(syllables[start : start + len(word)])


@pytest.mark.parametrize(
    ("text", "word", "reading"),
    [
        ("墙上挂着全家人的照片。", "照片", "zhao4 pian4"),
        ("烈士流血的地方。", "流血", "liu2 xue4"),
        ("脚踏实地干工作。", "踏实", "ta4 shi2"),  # inside a word that has its own reading
        ("他做事踏实。", "踏实", "ta1 shi5"),
        ("这是一场考试。", "场", "chang3"),
        ("产品供不应求。", "应", "ying4"),
        ("我们去九华山。", "华", "hua2"),
        ("我们去华山。", "华", "hua4"),
        ("高分子材料", "分子", "fen1 zi3"),
        ("他爱吃老干妈。", "干妈", "gan1 ma1"),  # a listed word in a longer one, 老|干妈
        ("用了染发剂。", "染发", "ran3 fa4"),
        ("美容美发店开张了。", "美发", "mei3 fa4"),
        ("严查假发票。", "发票", "fa1 piao4"),  # 假|发票, not 假发
        ("团结出版社的书", "团结", "tuan2 jie2"),  # not 结出
        ("他考上了重点中学。", "中学", "zhong1 xue2"),  # not 点中
        ("店员笑脸相迎。", "相迎", "xiang1 ying2"),
        ("这是华为公司的展台。", "为", "wei2"),  # not 为公
        ("经济进入增长期。", "长", "zhang3"),
        ("严惩犯罪分子。", "分子", "fen4 zi3"),
        ("国际友人来自加德满都。", "都", "du1"),
        ("孩子们都来了。", "都", "dou1"),
    ],
)
def test_words(text: str, word: str, reading: str) -> None:
    assert read(text, word) == reading


@pytest.mark.parametrize(
    ("text", "word", "reading"),
    [
        ("列车经过漯河。", "漯河", "luo4 he2"),
        ("陕西乾县的石刻", "乾县", "qian2 xian4"),
        ("家在河北曾都区。", "曾都", "zeng1 du1"),
        ("辽宁朝阳的化石", "朝阳", "chao2 yang2"),
        ("朝阳县", "朝阳", "chao2 yang2"),
        ("他要到朝阳去。", "朝阳", "chao2 yang2"),
        ("孩子们在朝阳下奔跑。", "朝阳", "zhao1 yang2"),
        ("朝阳冉冉上升。", "朝阳", "zhao1 yang2"),
        ("他是甘肃民乐人。", "民乐", "min2 le4"),
        ("剧场里演奏民乐。", "民乐", "min2 yue4"),
        ("福州马尾的船厂", "马尾", "ma3 wei3"),
        ("他的信都收到了。", "都", "dou1"),
        ("大城市的人", "大城", "da4 cheng2"),
        ("大城县的人", "大城", "dai4 cheng2"),
        ("歌曲阳光向上。", "曲", "qu3"),
        ("河北曲阳的石雕", "曲", "qu1"),
        ("爱荷华州的农场", "华", "hua2"),
        ("我们在长岭岗开会。", "长", "chang2"),
    ],
)
def test_places(text: str, word: str, reading: str) -> None:
    assert read(text, word) == reading


@pytest.mark.parametrize(
    ("text", "char", "syllable"),
    [
        ("我们来到尉都乡。", "都", "du1"),
        ("县长来到白乐镇。", "乐", "le4"),
        ("他在曲亭镇教书。", "曲", "qu1"),
        ("全县都是小镇。", "都", "dou1"),
        ("大家都镇定下来。", "都", "dou1"),
        ("市民都乡音未改。", "都", "dou1"),
        ("我们在音乐小镇演出。", "乐", "yue4"),
        ("受长海县委托。", "长", "chang2"),
        ("孩子长大了。", "长", "zhang3"),
    ],
)
def test_towns(text: str, char: str, syllable: str) -> None:
    assert read(text, char) == syllable


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_syllable_for_each_character(name: str) -> None:
    table = (files("speechcast.frontend.mandarin") / name).read_text("utf-8")
    rows = [row.split() for row in table.splitlines() if not row.startswith("#")]
    words = [word.removesuffix("*") for word, *_ in rows]
    assert [word for word, count in Counter(words).items() if count > 1] == []
    for word, (_, *syllables) in zip(words, rows, strict=True):
        assert all(HAN.match(c) for c in word)
        assert len(syllables) == len(word) or (not syllables and is_undecided(word)), word
        assert all(SYLLABLE.fullmatch(s) for s in syllables), word


@given(st.lists(st.text("朝阳漯河都乐曲地得照片县镇塔什库尔干在到市，a", min_size=1, max_size=4)))
def test_readings_stay_inside_the_text(words: list[str]) -> None:
    text = "".join(words)
    readings = find_phrase_readings(text, list(accumulate(map(len, words), initial=0)))
    assert all(HAN.match(text[position]) for position in readings)
    assert all(SYLLABLE.fullmatch(syllable) for syllable in readings.values())


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("朝阳照在大地上。", "朝"),
        ("我们到了朝阳。", "朝"),
        ("他在天台看书。", "台"),
        ("辽宁朝阳发生火灾。", ""),
        ("朝阳区委召开会议。", ""),
        ("朝阳升起来了。", ""),
        ("会议在安阳召开。", ""),
    ],
)
def test_a_word_that_may_be_a_place_is_doubted_where_nothing_tells(text: str, doubted: str) -> None:
    doubts = g2p_zh.find_doubtful_readings(tokenizer.tokenize(text, "zh-CN"))
    assert "".join(doubt.char for doubt in doubts) == doubted
