"""Chinese characters, and what stands beside them."""

from __future__ import annotations

import pytest

from speechcast.text.han import HAN, is_east_asian, simplified


@pytest.mark.parametrize(
    ("char", "han", "east_asian"),
    [
        ("国", True, True),
        ("〇", True, True),
        ("㐀", True, True),  # the first of extension A
        ("\U00030000", True, True),  # the first of plane 3
        ("，", False, True),
        ("\u2e80", False, True),  # the first radical
        ("\u2e7f", False, False),
        ("“", False, False),  # of either script
        ("a", False, False),
    ],
)
def test_characters(char: str, han: bool, east_asian: bool) -> None:
    assert (bool(HAN.match(char)), is_east_asian(char)) == (han, east_asian)


def test_positions_stay_valid_in_simplified_text() -> None:
    assert simplified("我們說漢語，a") == "我们说汉语，a"
    assert simplified("") == ""


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("陕西乾县、吉林乾安", "陕西乾县、吉林乾安"),
        ("王丙乾出席", "王丙乾出席"),
        ("陝西乾縣", "陕西乾县"),
        ("衣服乾了，頭髮還沒乾", "衣服干了，头发还没干"),
        ("晒乾净", "晒干净"),  # as it is typed by mistake
        ("玩具打坏了", "玩具打坏了"),
        ("捏壞了", "捏坏了"),
        ("角徵羽", "角徵羽"),
        ("象徵自由", "象征自由"),
        ("沈思齐来了", "沈思齐来了"),
        ("他沈思不語", "他沉思不语"),
        ("小夥子至於", "小伙子至于"),
        ("瞭望，瞭解", "瞭望，了解"),
    ],
)
def test_simplified_text_stays(text: str, plain: str) -> None:
    assert simplified(text) == plain
