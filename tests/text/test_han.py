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
