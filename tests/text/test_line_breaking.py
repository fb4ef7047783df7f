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


NEVER = math.inf


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("今天|开会|。", [1.5, NEVER, 0.0]),
        (
            "今天|；|我们|：|好|——|他|…|你|、|我|，|走",
            [NEVER, 0.0, NEVER, 0.05, NEVER, 0.15, NEVER, 0.15, NEVER, 1.0, NEVER, 0.05, 0.0],
        ),
        ("党委|、|政府|来", [NEVER, 1.0, 1.5, 0.0]),
        ("委员会|、|政府|来", [NEVER, 0.3, 1.5, 0.0]),
        ("党委|、|委员会|来", [NEVER, 0.3, 1.5, 0.0]),
        ("党委|”|、|政府|来", [NEVER, NEVER, 1.0, 1.5, 0.0]),
        ("我们|因为|努力", [0.9, 1.5, 0.0]),
        ("认真|的|努力", [NEVER, 1.2, 0.0]),
        ("在|学校|里", [1.9, 3.0, 0.0]),
        ("我|是|学生", [0.9, 1.9, 0.0]),
        ("我们|学校|上|课", [1.5, 3.0, 1.5, 0.0]),
        ("三|个|人", [30.0, 1.9, 0.0]),
        ("5.2|个|百分点", [30.0, 1.9, 0.0]),
        ("约翰|·|肯尼迪|说", [NEVER, 30.0, 1.5, 0.0]),
        ("他|说|“|好的|好的|”|走", [1.5, 1.5, NEVER, 31.5, NEVER, 1.5, 0.0]),
        ("他|说|“|一二三四五|六七八九十|”|走", [1.5, 1.5, NEVER, 60.0, NEVER, 30.0, 0.0]),
        ("他|说|“|一二三四五|六七八九十|一|”|走", [1.5, 1.5, NEVER, 30.2, 30.2, NEVER, 30.0, 0.0]),
        ("读|《|一二三四五六七|八九十一二三|》|了", [1.5, NEVER, 60.0, NEVER, 30.0, 0.0]),
        ("他|（|很好|很好|）|走", [1.5, NEVER, 31.5, NEVER, 1.5, 0.0]),
        (
            'He| |said| |"|Go| |home|"| |now',
            [NEVER, 1.5, NEVER, 1.5, NEVER, NEVER, 31.5, NEVER, NEVER, 1.5, 0.0],
        ),
        ("好|“|的|”|走", [1.5, NEVER, NEVER, 1.2, 0.0]),
        ("“|好|”|“|走|”|了", [NEVER, NEVER, 1.5, NEVER, NEVER, 1.5, 0.0]),
        ("中|”|，|外", [NEVER, NEVER, 0.05, 0.0]),
        ("第三|次|会议", [30.0, 1.5, 0.0]),
        ("第|三|次", [1.5, 30.0, 0.0]),
        ("我們|個|人", [1.5, 1.9, 0.0]),
        ("走|了|吗|？|好", [NEVER, NEVER, NEVER, 0.0, 0.0]),
        ("（|好|）", [NEVER, NEVER, 0.0]),
        ("，|。", [NEVER, 0.0]),
        ("Mr| |Hale| |and| |his| |dog", [NEVER, 1.9, NEVER, 0.9, NEVER, 1.9, NEVER, 1.9, 0.0]),
    ],
)
def test_the_cost_of_every_break(text: str, costs: list[float]) -> None:
    assert break_costs(tokens(text)) == pytest.approx(costs)


def test_a_title_inside_of_a_quotation_is_kept_together_twice() -> None:
    costs = break_costs(tokens("他|“|读|《|新|书|》|了|”|走"))
    assert costs[4] == pytest.approx(2 * TOGETHER_COST + 1.5)
    assert costs[2] == pytest.approx(TOGETHER_COST + 1.5)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("第一百|人", True),
        ("百多|人", True),
        ("1,200|人", True),
        ("第|人", False),
        ("三人|来", False),
    ],
)
def test_a_figure_stays_with_its_noun(text: str, whole: bool) -> None:
    assert (break_costs(tokens(text))[0] == TOGETHER_COST) == whole


def test_the_cheapest_division_is_found() -> None:
    def cost(i: int, j: int) -> float:
        return {1: 3.0, 2: 1.0, 3: 1.5}.get(j - i, 1000.0 * (j - i))

    assert divide([0] * 3, cost) == [range(3)]
    assert divide([0] * 4, cost) == [range(2), range(2, 4)]
    assert divide([0, 0, 5, 0, 0], cost) == [range(2), range(2, 5)]
    assert divide([0, math.inf, 0, 0, 0], cost) == [range(3), range(3, 5)]
    assert divide([0], cost) == [range(1)]


@pytest.mark.parametrize(
    ("ratio", "cost"),
    [(0.0, 1.5), (0.5, 1.125), (1.0, 1.0), (1.001, 1001.0), (2.0, 2000.0)],
)
def test_what_a_piece_costs(ratio: float, cost: float) -> None:
    assert fill_cost(ratio) == pytest.approx(cost)


def test_ends_clause() -> None:
    assert ends_clause(tokens("好|，|”"))
    assert not ends_clause(tokens("好|，|今天"))
    assert ends_clause(tokens("好|、| "))
    assert not ends_clause(tokens("好|”"))
    assert not ends_clause(tokens("”"))


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
