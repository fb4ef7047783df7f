"""The language of a text."""

from __future__ import annotations

import pytest

from speechcast.text.language import detect_language, may_be_english


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("你好", "zh"),
        ("hello there", "en"),
        ("我们的GDP", "zh"),
        ("Hello 你 my friend", "en"),
        ("一 two", "zh"),  # as much of the one as of the other
        ("好", "zh"),
        ("iPhone 15 Pro Max发布", "zh"),  # names in a Chinese line
        ("安装Visual Studio Code", "zh"),
        ("GDP、CPI、PPI数据", "zh"),
        ("LET IT GO WITH IT 上线", "zh"),
        ("He said 你好 to us", "en"),
        ("We visited 北京 last year", "en"),
        ("Li Wei (李伟), Beijing", "en"),  # a gloss
        ("Alpha " * 19 + "开箱", "zh"),
        ("Alpha " * 20 + "开箱", "en"),
        ("a", "en"),
        ("1 2", None),
        ("", None),
    ],
)
def test_detect_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Guten Abend " * 9 + "Abend", True),  # 19 words are too few to judge by
        ("Guten Abend " * 10, False),
        ("The " + "Abend " * 24, True),  # one common word in 25
        ("The " + "Abend " * 25, False),
        ("the end " * 20, True),
        ("", True),
    ],
)
def test_whether_it_may_be_english(text: str, english: bool) -> None:
    assert may_be_english(text) is english
