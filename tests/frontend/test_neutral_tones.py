"""Syllables in the neutral tone, in compounds and in one meaning of a word."""

from __future__ import annotations

import pytest

from speechcast.frontend.mandarin.neutral_tones import find_neutral


@pytest.mark.parametrize(
    ("clause", "neutral"),
    [
        # a listed word, alone and in a compound
        ("朋友", "友"),
        ("中美关系", "系"),
        ("粮食安全", "食"),
        ("思想认识", "识"),
        # as another word in a compound, or with tones of its own in the dictionary
        ("东西南北", ""),
        ("便宜行事", ""),
        # 子 as a suffix, and 子 of matter
        ("菜篮子", "子"),
        ("新能源电子", ""),
        # 地方: a place, or the local government
        ("任何 地方", "方"),
        ("许多 地方 都 去 过", "方"),
        ("有些 地方 财政 困难", ""),
        ("规范 的 地方 政府 债务", ""),
        ("中央 和 地方", ""),
        # 买卖: a trade, or buying and selling
        ("谈 一 笔 买卖", "卖"),
        ("小买卖", "卖"),
        ("禁止 买卖 耕地", ""),
        # 东西: a thing, or east and west
        ("买 东西", "西"),
        ("东西 走向 的 铁路", ""),
    ],
)
def test_the_neutral_syllables(clause: str, neutral: str) -> None:
    words = clause.split()
    spots = [(i, j) for i in range(len(words)) for j in find_neutral(words, i)]
    chars = "".join(words[i][j] for i, j in spots)
    assert chars == neutral
