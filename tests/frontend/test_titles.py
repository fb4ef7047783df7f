"""Where a title begins and ends, and which words are none."""

from __future__ import annotations

import pytest

from speechcast.frontend.mandarin.titles import is_apposed, measure_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("书记讲话", "书记"),
        ("副市长说", "副市长"),
        ("常务副省长说", "常务副省长"),
        ("代区长", "代区长"),
        ("总工程师", "总工程师"),
        ("秘书长到会", "秘书长"),
        ("检察官", "检察官"),
        ("研究员、", "研究员"),
        ("大叔", "大叔"),
        ("奶奶家", "奶奶"),
        ("成长", ""),
        ("增长五成", ""),
        ("动员大家", ""),
        ("人员", ""),
        ("器官", ""),
        ("总结", ""),
        ("", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert text[: measure_title(text)] == title


@pytest.mark.parametrize(
    ("word", "apposed"),
    [
        ("作家", True),
        ("副经理", True),
        ("嘉宾", True),
        ("国家", False),
        ("女士", False),
        ("人", False),
    ],
)
def test_nouns_before_a_name(word: str, apposed: bool) -> None:
    assert is_apposed(word) is apposed
