"""The language of a text."""

from __future__ import annotations

import pytest

from speechcast.text.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("你好", "zh"),
        ("hello there", "en"),
        ("我们的GDP", "zh"),
        ("Hello 你 my friend", "en"),
        ("1 2", None),
    ],
)
def test_detect_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language
