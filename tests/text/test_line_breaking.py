"""Where sentences are broken: golden pieces, and what holds for any tokens."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.model import Token
from speechcast.text.line_breaking import TOGETHER_COST, break_costs, ends_clause
from speechcast.text.segmentation import divide, fill_cost


def tokens(text: str) -> list[Token]:
    return [Token(word, word) for word in text.split("|")]


def pieces(text: str, limit: int) -> list[str]:
    run = tokens(text)

    def cost(i: int, j: int) -> float:
        return fill_cost(sum(len(t.shown) for t in run[i:j]) / limit)

    return ["".join(run[i].shown for i in piece) for piece in divide(break_costs(run), cost)]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("今天|开会|。", 20, ["今天开会。"]),
        ("今天|上午|，|我们|在|这里|开会|。", 9, ["今天上午，", "我们在这里开会。"]),
        ("一个极长的词|。", 3, ["一个极长的词。"]),  # a word is never cut
        ("我们|广大|同志|们|的|努力|方向", 8, ["我们广大同志们的", "努力方向"]),
        ("他|说|：|“|好|的|，|”|我们|走", 8, ["他说：“好的，”", "我们走"]),
        ("这里|是|所谓|的|“|家园|”", 6, ["这里是所谓的", "“家园”"]),
        ("经济|总量|达到|三|万亿元|左右", 8, ["经济总量达到", "三万亿元左右"]),
        ("增长|了|5.2|个|百分点", 8, ["增长了", "5.2个百分点"]),
        ("学习|《|论|持久|战|》|这|本|书", 7, ["学习", "《论持久战》", "这本书"]),
        ("要|坚定|“|道路|自信|”|前进", 6, ["要坚定", "“道路自信”", "前进"]),
        ("我们|约翰|·|肯尼迪|先生", 7, ["我们", "约翰·肯尼迪", "先生"]),
        ("在|全体|委员|中|产生|共鸣", 6, ["在全体委员中", "产生共鸣"]),
        ("我們|廣大|同志|們|的|努力|方向", 8, ["我們廣大同志們的", "努力方向"]),
        ("We| |met| |Mr.| |Hale| |there", 10, ["We met ", "Mr. Hale ", "there"]),
        ("the| |end| |of| |the| |pier| |and| |lamp", 16, ["the end of the ", "pier and lamp"]),
        ('He| |said|,| |"|Go| |home|"| |now', 10, ["He said, ", '"Go home" ', "now"]),
    ],
)
def test_pieces(text: str, limit: int, expected: list[str]) -> None:
    assert pieces(text, limit) == expected


def test_the_last_piece_is_not_a_crumb() -> None:
    assert pieces("一二|三四|五六|七八|九十", 8) in (
        ["一二三四五六", "七八九十"],
        ["一二三四", "五六七八九十"],
    )


def test_what_a_break_costs() -> None:
    costs = break_costs(tokens("你|来|，|猫|和|狗|在|家|。"))
    after = dict(zip("你来，猫和狗在家。", costs, strict=True))
    assert after["，"] < after["猫"] < after["和"] < TOGETHER_COST
    assert after["来"] == after["家"] == math.inf
    assert after["。"] == 0


def test_ends_clause() -> None:
    assert ends_clause(tokens("好|，|”"))
    assert not ends_clause(tokens("好|”"))


WORDS = [
    "我",
    "我们",
    "中华民族",
    "的",
    "三",
    "，",
    "。",
    "“",
    "”",
    '"',
    "《",
    "》",
    " ",
    "——",
    "·",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.integers(min_value=1, max_value=30))
@settings(deadline=None)
def test_every_token_is_in_one_piece_and_every_piece_is_heard(words: list[str], limit: int) -> None:
    run = [Token(word, word) for word in words]
    divided = divide(
        break_costs(run), lambda i, j: fill_cost(sum(len(t.shown) for t in run[i:j]) / limit)
    )
    assert [i for piece in divided for i in piece] == list(range(len(run)))
    if any(t.voiced for t in run):
        assert all(any(run[i].voiced for i in piece) for piece in divided)
