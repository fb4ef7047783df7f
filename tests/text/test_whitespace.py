"""Lines split and joined, and how wide they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.text.whitespace import (
    display_width,
    is_double_width,
    joined,
    joined_lines,
    reflowed,
    remove_invisible,
    separator,
    split_lines,
    unspaced,
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        (" \n\t\n", []),
        ("one\r\ntwo\rthree\ffour\u2028five", ["one", "two", "three", "four", "five"]),
        ("  a \t b\u00a0c  ", ["a b c"]),
        ("a\u200bb\ufeff", ["ab"]),
        ("目　录\n正文里的 空格", ["目录", "正文里的 空格"]),
        ("序 言\n2 0 2 5", ["序言", "2 0 2 5"]),
        ("大 会 上 的 讲 话", ["大会上的讲话"]),
        ("大会 上的", ["大会 上的"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@pytest.mark.parametrize(
    ("line", "closed"),
    [
        ("人 人 生 而 自 由 。", "人人生而自由。"),
        ("第 1 条", "第1条"),
        ("自 由, 在", "自由,在"),
        ("a b", "a b"),
        ("中a b中", "中a b中"),
        ("中  文", "中 文"),  # of two spaces one was meant
        ("of 人", "of人"),
    ],
)
def test_a_document_set_wide(line: str, closed: str) -> None:
    assert unspaced(line, everywhere=True) == closed


@pytest.mark.parametrize(
    ("first", "second", "between"),
    [
        ("我们", "都在", ""),
        ("we", "all", " "),
        ("共有", "25人", ""),
        ("25", "人", ""),
        ("5%", "的人", ""),
        ("在中共*", "市委", ""),
        ("he is 25", "years", " "),
        ("用", "Windows", " "),
        ("Windows", "用", " "),
        ("他说“", "好”", ""),
        ("say “", "”", " "),  # quotes alone, in Latin text
        ("我们都在这里“", "”", ""),
        ("—", "—", " "),
        ("国" + "—" * 15, "—", ""),  # as far as sixteen characters before
        ("国" + "—" * 16, "—", " "),
        ("—", "—" * 15 + "国", ""),  # and sixteen after
        ("—", "—" * 16 + "国", " "),
    ],
)
def test_what_separates_two_lines(first: str, second: str, between: str) -> None:
    assert separator(first, second) == between
    assert joined(first, second) == first + between + second


def test_several_lines_become_one() -> None:
    assert (
        joined_lines("在大会上\n的讲话\n\n and  more\nto say") == "在大会上的讲话 and more to say"
    )
    assert joined_lines(" \n ") == ""


@pytest.mark.parametrize(
    ("text", "running"),
    [
        ("two\n  words", "two words"),
        ("你好\n世界", "你好世界"),
        ("你好 \r\n 世界", "你好世界"),
        ("你好 世界", "你好 世界"),
        ("a \t b", "a b"),
        ("\n好", " 好"),
        ("好\n", "好 "),
        ("我们在这里，" + "—" * 10 + "\n——", "我们在这里，" + "—" * 12),
        ("我们在这里，" + "—" * 16 + "\n——", "我们在这里，" + "—" * 16 + " ——"),
    ],
)
def test_running_text(text: str, running: str) -> None:
    assert reflowed(text) == running


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("“abc”—", 6),  # narrow in Latin text
        ("你好", 4),
        ("“你好”", 8),  # wide in Chinese
        ("你é", 3),
        ("ｆ", 2),
    ],
)
def test_width_in_columns(text: str, columns: int) -> None:
    assert display_width(text) == columns


def test_double_width() -> None:
    assert [is_double_width(c) for c in "国，ｆ“—…ａ"] == [True] * 7
    assert [is_double_width(c) for c in "aéß1-\u00a0"] == [False] * 6


@given(st.text(st.sampled_from("们a👧👦\ufe0fن\u200c\u200d\u180e\ufeff\u200b\x07"), max_size=8))
def test_a_joiner_is_kept_or_not_whatever_unseen_characters_stand_around_it(text: str) -> None:
    shown = remove_invisible(text)
    assert remove_invisible(shown) == shown
    assert remove_invisible(text.replace("\ufeff", "")) == shown


@pytest.mark.parametrize(
    "hidden", ["\U000e0041\U000e0042", "\u061c", "\u3164", "\u034f", "\U0001d173"]
)
def test_what_nobody_sees_is_removed(hidden: str) -> None:
    assert remove_invisible(f"你好{hidden}世界") == "你好世界"


def test_the_tags_of_a_flag_stay() -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e007f"
    assert remove_invisible(f"{flag}好\U000e0067") == f"{flag}好"
