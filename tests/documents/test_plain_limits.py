"""Plain text at its thresholds: each width and count once just inside, once just outside."""

from __future__ import annotations

import pytest

from speechcast.documents import plain

LONG = "这一行写满了整整一行的三十四个字所以它的下一行还是同一个段落里的文字"
assert len(LONG) == 34
FOUR_RUNS = "甲。\n\n乙。\n\n丙。\n\n"  # with one more: lines between blank ones are paragraphs


def paragraphs(text: str) -> list[str]:
    return [block.text for block in plain.parse_plain(text)]


JOINED = [  # text, and the numbers of its lines that begin a paragraph
    # from 40 to 160 columns wide
    (f"{LONG[:20]}\n{LONG[:20]}\n完。", [0]),
    (f"a{LONG[:19]}\n{LONG[:19]}\n完。", [0, 1, 2]),
    (f"{(LONG * 3)[:80]}\n{LONG}完。", [0]),
    (f"a{(LONG * 3)[:80]}\n{LONG}完。", [0, 1]),
    # verse is up to 32 wide
    (f"{LONG[:15]}，\n{LONG[:15]}，", [0, 1]),
    (f"a{LONG[:15]}，\n{LONG[:15]}，", [0]),
    # one in ten lines may end early, and those of up to half the width
    ((f"{LONG}\n" * 10 + f"{LONG[:23]}\n") * 2 + "完。", [0, 11, 22]),
    (f"{LONG}\n" * 9 + f"{LONG[:23]}\n" + f"{LONG}\n" * 10 + f"{LONG[:23]}\n完。", range(22)),
    (f"{LONG}\n" + f"{LONG[:17]}\n" * 2 + "完。", [0, 2, 3]),
    (f"{LONG}\n" + f"{LONG[:18]}\n" * 2 + "完。", [0, 1, 2, 3]),
    # a line is full if the next word would not have fitted; a mark may hang over
    (f"{LONG}\n{LONG}\n{LONG[:32]}\n{LONG}\n完。", [0, 3]),
    (f"{LONG}\n{LONG}\na{LONG[:32]}\n{LONG}\n完。", [0]),
    (f"{LONG}\n" * 10 + f"{LONG}”）、\n完。", [0]),
    (f"a{LONG[:29]}\n{LONG[:33]}。", [0]),
    (f"{LONG[:29]}\n{LONG[:33]}。", [0, 1]),
    (f"{LONG}\n完。\n{LONG[:30]}。\n又。", [0, 2, 3]),
    # indents that are paragraphs, and a part that is set in
    (f"　　{LONG[:32]}\n　　{LONG[:32]}\n完。", [0]),
    (f"{LONG}\n{LONG}\n{LONG[:32]}。\n　　{LONG[:32]}\n　　{LONG[:32]}。", [0, 3]),
    ((f" {LONG[:33]}\n{LONG}\n完。\n" * 2) + f" {LONG[:32]}。\n 又。", [0, 3, 6, 7]),
    (f" {LONG[:17]}，\n {LONG[:17]}，", [0, 1]),
    ("1. 学习，\n工作", [0, 1]),
    # text too long for a title is continued, where blank lines separate paragraphs
    (f"{FOUR_RUNS}{LONG}{LONG[:6]}\n{LONG[:8]}\n完。", [0, 2, 4, 6, 8]),
    (f"{FOUR_RUNS}{LONG}{LONG[:6]}\n{LONG[:8]}a\n完。", [0, 2, 4, 6]),
    (f"{FOUR_RUNS[4:]}{LONG}{LONG[:6]}\n{LONG[:8]}a\n完。", [0, 2, 4, 6]),
    (f"甲\n乙。\n\n{FOUR_RUNS[4:]}{LONG}{LONG[:6]}\n{LONG[:8]}a\n完。", [0, 1, 3, 5, 7, 9]),
    (f"{FOUR_RUNS}{LONG[:17]}，\n甲，\n乙，\n丙，\n丁\n戊。", [0, 2, 4, 6]),
    (f"{FOUR_RUNS}{LONG[:17]}，\n甲，\n乙，\n丁\n戊。", [0, 2, 4, 6, 10]),
    # only the last line decides whether it is continued
    ("一是\n学习\n工作", [0, 2]),
    ("They spoke of the old town and the sea\nThen we left", [0, 1]),
]


@pytest.mark.parametrize(("text", "starts"), JOINED)
def test_where_paragraphs_begin(text: str, starts: list[int]) -> None:
    blocks = plain.parse_plain(text)
    assert [block.row - 1 for block in blocks] == list(starts)


def test_as_many_spaces_as_not_are_no_wide_setting() -> None:
    assert paragraphs("我们 在 一起") == ["我们 在 一起"]
    assert paragraphs("我 们 在 一起") == ["我们在一起"]
