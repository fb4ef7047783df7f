"""Signs are spoken, or listed as unspoken."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer
from speechcast.frontend.chinese_figures.signs_zh import find_unspoken_signs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a∥b", "a平行于b"),
        ("x＜3，y＞x", "x小于三，y大于x"),
        ("＜通知＞", "通知"),
        ("△ABC≌△DEF", "三角形ABC全等于三角形DEF"),
        ("厚度≮5mm", "厚度不小于五毫米"),
        ("∂f", "偏f"),
        ("x<=4，y>=1", "x小于等于四，y大于等于一"),
        ("↑5%，↓3%", "上升百分之五，下降百分之三"),
        ("5‱", "万分之五"),
        ("涨幅为+2%", "涨幅为正百分之二"),
        ("1920x1080", "一九二零乘一零八零"),
    ],
)
def test_a_sign_is_spoken(text: str, words: str) -> None:
    assert "".join(t.spoken for t in tokenizer.tokenize(text, "zh-CN")) == words


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("甲|乙", "|"),
        ("完成√，※备注", "√※"),
        ("#春天#来了，见#", "##"),
        ("商标®与图☆", "®☆"),
        ("● 第一点：好！——（是）《文》“引”…", ""),
        ("3℃、5㎡、①、x²、5°、±2", ""),
        ("北京－上海，COVID-19，GB/T", ""),
    ],
)
def test_a_sign_that_nothing_speaks_is_listed(text: str, signs: str) -> None:
    assert "".join(find_unspoken_signs(tokenizer.tokenize(text, "zh-CN"))) == signs
