"""Which words settle the reading of a character."""

from __future__ import annotations

import pytest

from speechcast.frontend.mandarin.polyphone_rules import find_readings


@pytest.mark.parametrize(
    ("text", "edges", "readings"),
    [
        ("取得分红", {0, 2, 4}, {1: "de2"}),
        ("得分", {0, 2}, {0: "de2"}),
        # Wherever a word stands, and as often as it does.
        ("银行和银行和银行", {0, 2, 3, 5, 6, 8}, {1: "hang2", 4: "hang2", 7: "hang2"}),
        # Of two that match the longer applies, in either order of the table.
        ("我们说便宜行事", {0, 2, 3, 7}, {3: "bian4"}),
        ("我们要便宜", {0, 2, 3, 5}, {3: "pian2"}),
        ("他见长辈", {0, 1, 4}, {2: "zhang3"}),
        ("他见长", {0, 1, 3}, {2: "chang2"}),
        # Inside one word, or made of whole words, but not of parts of two.
        ("好便宜呀", {0, 1, 2, 3, 4}, {1: "pian2"}),
        ("好便宜呀", {0, 2, 4}, {}),
        ("好便宜呀", {0, 4}, {1: "pian2"}),
        ("得分手", {0, 3}, {0: "de2"}),
        # A pattern looks at its neighbours, whatever the words are.
        ("更新更", {0, 1, 3}, {0: "geng4", 2: "geng4"}),
        ("第一行", {0, 1, 2, 3}, {2: "hang2"}),
        ("一行人来了", {0, 2, 3, 5}, {1: "xing2"}),
        ("今天天晴", {0, 2, 4}, {}),
        ("", {0}, {}),
    ],
)
def test_readings(text: str, edges: set[int], readings: dict[int, str]) -> None:
    assert find_readings(text, edges) == readings
