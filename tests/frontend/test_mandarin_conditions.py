"""Rules of Mandarin: what each condition lets through, and what it does not."""

from __future__ import annotations

import pytest

from speechcast.frontend.mandarin.homophones import respell
from speechcast.frontend.mandarin.neutral_tones import find_neutral
from speechcast.frontend.mandarin.tones_of_yi import (
    begins_points,
    counts_in_order,
    numbers_a_figure,
)


@pytest.mark.parametrize(
    ("before", "after", "in_order"),
    [
        ("抗疫", "线", True),
        ("还有", "线希望", False),
        ("数", "数二", True),
        ("", "数二", False),
        ("我高", "班", True),
        ("高", "新生", True),
        ("小", "新生", False),
        ("高", "点", False),
        ("高", "", False),
        ("", "", False),
        ("", "点五", True),
        ("", "点一点", False),
        ("", "比零", True),
        ("", "比一比", False),
        ("", "至三", True),
        ("", "等奖", True),
        ("", "级", True),
        ("上", "级", False),
        ("", "期工程", True),
        ("这", "期工程", False),
    ],
)
def test_whether_one_counts_in_order(before: str, after: str, in_order: bool) -> None:
    assert counts_in_order(before, after) is in_order


@pytest.mark.parametrize(
    ("after", "later", "points"),
    [
        ("要抓紧", "，二要抓实", True),
        ("要二要", "", True),
        ("要抓紧", "，就会出错", False),
        ("是抓", "", True),
        ("个抓", "，二个", False),
        ("", "，二要", False),
    ],
)
def test_whether_one_begins_points(after: str, later: str, points: bool) -> None:
    assert begins_points(after, later) is points


def test_whether_one_numbers_a_figure() -> None:
    assert [c for c in "日点路班级" if numbers_a_figure(c)] == list("日点路班")


@pytest.mark.parametrize(
    ("words", "index", "neutral"),
    [
        ("两岸关系", 0, [3]),
        ("朋友关系", 0, [1, 3]),
        ("关系", 0, [1]),
        ("没关系", 0, [2]),
        ("老朋友", 0, [2]),
        ("小姑娘", 0, [2]),
        ("大学生", 0, []),
        ("高校学生", 0, [3]),
        ("说说笑笑", 0, []),
        ("菜篮子", 0, [2]),
        ("一下子", 0, [2]),
        ("电子", 0, []),
        ("东西 好", 0, [1]),
        ("东西", 0, [1]),
        ("东西 协作", 0, []),
        ("买东西", 0, []),
        ("的 地方", 1, [1]),
        ("我 地方", 1, []),
        ("地方", 0, []),
        ("的 地方 政府", 1, []),
        ("的 地方 和 部门", 1, []),
        ("的 地方 好 政府", 1, [1]),
        ("个 买卖", 1, [1]),
        ("和 买卖", 1, []),
        ("买卖", 0, []),
        ("买卖 个", 0, []),
    ],
)
def test_syllables_in_the_neutral_tone(words: str, index: int, neutral: list[int]) -> None:
    assert list(find_neutral(words.split(), index)) == neutral


@pytest.mark.parametrize(
    ("written", "syllables", "respelled"),
    [
        ("银行", "yin2 hang2", "银航"),
        ("重", "chong2", "崇"),
        ("重要", "chong2", "崇"),  # not one for each: what is written does not count
        ("", "yin2", "银"),
        ("啊", "xyz9", "啊"),
        ("", "xyz9", ""),
    ],
)
def test_characters_of_the_same_sound(written: str, syllables: str, respelled: str) -> None:
    assert respell(written, syllables.split()) == respelled
