"""Pieces of a text to tokens: signs, full-width letters, placeholders, other languages."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer


def spoken(text: str, language: str = "zh-CN") -> str:
    """Return what is spoken for each token, divided by bars."""
    tokens = tokenizer.tokenize(text, language)
    assert "".join(token.shown for token in tokens) == text
    return "|".join(token.spoken for token in tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("０１２３４５６７８９", "零一二三四五六七八九"),
        ("９％", "百分之九"),
        ("１,２３４.５", "一千二百三十四点五"),
        ("ＡＺａｚ", "AZaz"),
        ("中Ａ１", "中|A|一"),
        # An asterisk in place of a name stands beside a Chinese character.
        ("*市", "某|市"),
        ("市*", "市|某"),
        ("**同志", "某|同志"),
        ("A*b市", "A|*|b|市"),
        ("市a*b", "市|a|*|b"),
        ("5*3", "五|乘|三"),
        # Joints are shown and not spoken.
        ("GB/T", "GB||T"),
        ("COVID-19", "COVID||十九"),
        ("中国－东盟", "中国||东盟"),
        # A bracket beside a figure compares, beside words it encloses.
        ("5>3", "五|大于|三"),
        ("p < 0.05", "p| |小于| |零点零五"),
        ("5 > 某", "五| |大于| |某"),
        ("1我<A好2", "一|我||A|好|二"),
        ("<我>", "|我|"),
        # An arrow of several signs is read as the arrow of one, and compares nothing.
        ("甲 --> 乙", "甲| |到| |乙"),
        ("1 -> 2", "一| |到| |二"),
        ("10-->20", "十|到|二十"),
        ("1 => 2", "一| |得出| |二"),
        ("1 <-> 2", "一| || |二"),
        ("--> 2", "| |二"),
        ("x<-5", "x|小于|负五"),
        # Signs.
        ("中+", "中|加"),
        ("R&D", "R|和|D"),
        ("＝", "等于"),
        ("。。。——", "。。。|——"),
        # Words.
        ("更好地为", "更好|地|为"),
        ("don't走", "don't|走"),
        ("re-read好", "re-read|好"),
    ],
)
def test_chinese(text: str, tokens: str) -> None:
    assert spoken(text) == tokens


@pytest.mark.parametrize(
    ("text", "language", "tokens"),
    [
        ("5% 10kg", "fr-FR", "5%| |10|kg"),
        ("R&D", "fr-FR", "R|&|D"),
        ("l'été", "fr-FR", "l'été"),
        ("3月5日", "ja-JP", "3|月|5|日"),
        ("R&D", "en-US", "R| and |D"),
        ("*市", "en-US", "*|市"),
    ],
)
def test_other_languages_have_their_figures_spoken_by_their_voice(
    text: str, language: str, tokens: str
) -> None:
    assert spoken(text, language) == tokens


@pytest.mark.parametrize(
    "words",
    [
        "加快 补 短板",
        "经济 大省 勇 挑大梁",
        "线上 线下 一起 办",
        "深化 供给侧 改革",
        "战线 上 的 同志",
        "富强 农业",
        "扩大 省级 权限",
        "取长补短",
    ],
)
def test_words_younger_than_the_dictionary_are_whole(words: str) -> None:
    tokens = tokenizer.tokenize(words.replace(" ", ""), "zh-CN")
    assert [token.spoken for token in tokens] == words.split()
