"""Visible characters: what is joined to what, what of it is kept, and what is spoken."""

from __future__ import annotations

import pytest

from speechcast.frontend.tokenizer import tokenize
from speechcast.text.encodings import decode_text

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    "text",
    [
        f"全家{FAMILY}都来。",
        "می\u200cروم",
        "क्\u200dष",
        "\U0001f3f3\ufe0f\u200d\U0001f308",
        "\u1828\u180e\u1820",
    ],
)
def test_joiners_that_join_are_kept(text: str) -> None:
    assert decode_text(text.encode(), "it") == text


@pytest.mark.parametrize("text", ["\u200d我们", "我\u200d们", "我\u200c们"])
def test_joiners_that_copying_left_are_removed(text: str) -> None:
    assert decode_text(text.encode(), "it") == "我们"


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (f"好{FAMILY}", [("好", "好"), (FAMILY, "")]),
        ("好\U0001f44d\U0001f3fd！", [("好", "好"), ("\U0001f44d\U0001f3fd", ""), ("！", "！")]),
        ("🇨🇳🇫🇷", [("🇨🇳", ""), ("🇫🇷", "")]),
        (f"去{SCOTLAND}", [("去", "去"), (SCOTLAND, "")]),
        ("1\ufe0f\u20e3", [("1\ufe0f\u20e3", "一")]),
        ("葛\U000e0100城", [("葛\U000e0100", "葛"), ("城", "城")]),
        ("e\u0301te\u0301", [("e\u0301te\u0301", "e\u0301te\u0301")]),
        ("好\u0301", [("好\u0301", "好")]),
        ("→☀", [("→", "到"), ("☀", "☀")]),
    ],
)
def test_a_visible_character_is_one_token(text: str, tokens: list[tuple[str, str]]) -> None:
    assert [(token.shown, token.spoken) for token in tokenize(text, "zh-CN")] == tokens
