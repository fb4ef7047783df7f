"""How much what stands around a name speaks for it, as logarithms of odds."""

from __future__ import annotations

from math import log

import pytest

from speechcast.frontend.mandarin.name_context import (
    weigh_after_name,
    weigh_after_title,
    weigh_before_name,
    weigh_before_title,
)
from speechcast.frontend.mandarin.surnames import find_surnames
from speechcast.frontend.mandarin.titles import (
    is_activity,
    is_address,
    is_short_title,
    measure_title,
)

KINDS = "plain noun area rare office verb adverb particle pronoun".split()
# What stands before, in Chinese characters or as a mark; its weight if a title follows the surname,
# for each of the kinds (one, if they do not differ); and if a given name follows: of any character,
# and of one that is a verb as well.
BEFORE: list[tuple[str, str, list[float], tuple[float, float]]] = [
    ("", "", [1], (1, 1)),
    ("", "。", [1], (1, 1)),
    ("", "，", [0.5], (0.5, 0.5)),
    ("", "、", [1], (2, 2)),
    ("", "：", [1], (2, 2)),
    ("", "）", [-1], (-0.5, -0.5)),
    ("", "“", [0.5], (-1, -1)),
    ("", "·", [0], (-6, -6)),
    ("请", "", [1.5], (1, 1)),
    ("和", "", [1.5], (1, 1)),
    ("七年级三班", "", [1.5], (1, 1)),
    ("作家", "", [0.5, 0.5, 0.5, -1, -2, 0, 0.5, -2, 0.5], (3.5, 3.5)),
    ("学校", "", [-0.5, -3, -7, -4, -5, -3, -0.5, -5, -5], (-1.5, -3)),
    ("国强", "", [-0.5, -3, -7, -4, -5, -3, -0.5, -5, -5], (-1.5, -3)),
    ("我", "", [0, -1.5, -5, -3, -5, -4, -5, -5, -5], (-2.5, -4)),
    ("三位", "", [-1, -4, -5, -4, -5, -2, -1, -5, -5], (-2, -4)),
    ("会后", "", [0, -0.5, -4, 0, -1, -1, 0, -3, -3], (-0.5, -2.5)),
    ("不", "", [0, -2, -3, -3, -5, -4, -1, -5, -3], (-3, -5)),
    ("升", "", [0, -2, -3, -3, -5, -4, -1, -5, -3], (-3, -5)),
    ("能", "", [0, 0, 0, 0, -5, -5, 0, -5, -5], (-4, -4)),
    ("介绍", "", [0.5, -0.5, -1, -2, -0.5, -0.5, 0.5, -4, -2], (0, 0)),
    ("啊", "", [0, 0, 0, 0, -1, -1, 0, -3, -3], (0, 0)),
    ("一九九八年", "", [0, -0.5, -4, 0, -5, -1, 0, -3, -3], (-0.5, -2.5)),
]


@pytest.mark.parametrize(("left", "mark", "title", "name"), BEFORE)
def test_what_stands_before(
    left: str, mark: str, title: list[float], name: tuple[float, float]
) -> None:
    weights = [weigh_before_title(kind, left, mark) for kind in KINDS]
    assert weights == (title * len(KINDS) if len(title) == 1 else title)
    names = [weigh_before_name(kind, left, mark) for kind in ("plain", "verb", "office")]
    assert names == [name[0], name[1], name[1]]


@pytest.mark.parametrize(
    ("right", "mark", "weight"),
    [
        ("", "", 0.5),
        ("", "。", 0.5),
        ("", "）", 0.5),
        ("", "、", 1.5),
        ("", "·", -6),
        ("说", "", 1),
        ("不", "", 1),
        ("在", "", 1),
        ("和", "", 0.5),
        ("的", "", 0),
        ("学校", "", -1.5),
        ("老师", "", 4),
        ("邀请", "", 1),
    ],
)
def test_what_stands_after_a_given_name(right: str, mark: str, weight: float) -> None:
    assert weigh_after_name("曾", right, mark) == weight
    assert weigh_after_name("应", right, mark) == (-6 if right == "邀请" else weight)


@pytest.mark.parametrize(
    ("right", "plain", "verb", "office"),
    [
        ("", 0, 0, 0),
        ("说", 1.5, 1.5, 1.5),
        ("和", 1, 1, 1),
        ("的", 0, -1, -1),
        ("的邀请", 0, -1, -1),
        ("学校", 0, 0, 0),
        ("三年", 0, 0, -5),
        ("期间", 0, 0, -5),
    ],
)
def test_what_stands_after_a_title(right: str, plain: float, verb: float, office: float) -> None:
    weights = [weigh_after_title(kind, "曾", right) for kind in ("plain", "verb", "office")]
    assert weights == [plain, verb, office]
    expected = -6 if "邀请" in right else verb
    assert weigh_after_title("verb", "应", right) == expected


# How sure it is of the first surname of a text: the logarithm of the odds; None if it is none.
ODDS: list[tuple[str, float | None]] = [
    ("请曾部长致辞。", 7.0),
    ("由单总工介绍图纸。", 6.0),
    ("区会长从澳门赶来。", 5.0),
    ("应院长说，门诊延长。", 4.0),
    ("种师傅修好了水泵。", 4.5),
    ("那老师教语文。", 0.0),
    ("那校长。", -1.5),
    ("任校长说", 4.0),
    ("任老师说", 5.5),
    ("任党委书记说", 2.0),
    ("老任书记说", 5.5),
    ("都先生说", 4.5),
    ("祭先生说", 5.5),
    ("折老师", 4.0),
    ("查老师", 4.0),
    ("覃老师", 5.0),
    ("曾老师", 5.0),
    ("区老师", 3.5),
    ("和解老师", 2.5),
    ("小单书记", 7.0),
    ("老任说", 1.0),
    ("老单说", 2.5),
    ("小曾来了", 2.5),
    ("老都来了", 1.5),
    ("老应说", 1.0),
    ("小解说", -1.7),
    ("小曲说", -1.3),
    ("老任务", None),
    ("解工说", 4.5),
    ("单工和", 4.0),
    ("他姓查，是浙江人。", 6.0),
    ("百姓查账", None),
    ("任家湾的路", 6.0),
    ("都家庄", 1.5),
    ("仇某被抓获", 6.0),
    ("曾、解两位校长", 6.0),
    ("尉迟恭", 1.5),
    ("曾志刚", 5.5),
    ("曾志刚说", 5.0),
    ("导演单永健谈新片。", 7.5),
    ("曾颖说", 1.0),
    ("仇英的画", 1.0),
    ("解晓东、", 3.5),
    ("那国强说", -2.0),
    ("都国强说", None),
    ("区国强说", 4.0),
    ("乐国强说", 5.0),
    ("作家单鹏说", 5.5),
    ("作家单蠹说", 3.5),
    ("作家单蠹蠹说", 4.5),
    ("单蠹蠹", -0.5),
    ("曾国蠹", -0.5),
    ("覃国蠹", 2.5),
    ("曾代表学校参加比赛。", -1.0),
    ("曾代表说", 6.5),
    ("任教老师", None),
    ("应主席邀请", None),
    ("新区主任", None),
]


@pytest.mark.parametrize(("text", "odds"), ODDS)
def test_how_sure_a_surname_is(text: str, odds: float | None) -> None:
    probabilities = [name.probability for name in find_surnames(text).values()]
    found = [round(log(p / (1 - p)), 1) for p in probabilities[:1]]
    assert found == ([] if odds is None else [odds])


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("党委副书记", 5),
        ("研究员", 3),
        ("研究员们", 3),
        ("医护人员", 4),
        ("护士长", 3),
        ("志愿者们", 3),
        ("消防员", 3),
        ("歌手", 2),
        ("教职员", 0),
        ("师", 0),
        ("总师傅", 2),
    ],
)
def test_a_title_is_no_longer_than_its_text(text: str, length: int) -> None:
    """A profession at the end of a text was counted as four characters."""
    assert measure_title(text) == length


def test_kinds_of_titles() -> None:
    assert [t for t in "老师 局长 先生 书记 总 大爷 阿姨 副校长".split() if is_address(t)] == [
        "老师", "先生", "总", "大爷", "阿姨",
    ]  # fmt: skip
    assert [t for t in "代表 书记 指挥 老师".split() if is_activity(t)] == ["代表", "指挥"]
    assert [t for t in "工说 总 书记 处长".split() if is_short_title(t)] == ["工说", "总", "处长"]
