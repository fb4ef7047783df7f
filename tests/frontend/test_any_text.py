"""Any short text is analysed to its end, shown to the character, with work that it limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speechcast.frontend import tokenizer
from speechcast.frontend.chinese_figures import normalize_zh
from speechcast.frontend.english import normalize_en
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.tokens import tokenize_sentence
from speechcast.model import Sentence, Token
from tests.support.counted_work import counted_modules

# What the rules of both languages look for, and what they do not.
PIECES = (
    *"IVXLCDMivxlABbpw0123456789½²⁻₂",
    *("Stage ", "type ", "World War ", "King ", "Part ", "pp. ", "No.", "s. ", "Art. ", "BP "),
    *("10", "100", "2024", "1,000", "3.5", "007", ":30", "12:30", "1/2", "5-3", "20%"),
    *(
        "km",
        "kg",
        "m",
        "ms",
        "kV",
        "GB",
        "mg/L",
        "mmHg",
        "°C",
        "in.",
        "ft",
        "bn",
        "am",
        "p.m.",
        "st",
    ),
    *"+-−–—~～/／×x*=<>≤≥±%‰°′″'’\"#&@$€£¥^!_|§√∞→℃Ωμαπ",
    *"零一二三四五六七八九十百千万亿两第年月日时点分秒号页班楼室元米吨倍折届级期区比至到约",
    *("公里", "电话", "星期", "血压", "民国", "图", "比分"),
    *"()（）[]【】《》“”‘’,，.。;；:：!！?？、· \u3000\n",
    *(
        "...",
        "——",
        "->",
        "=>",
        "  ",
        "e\u0301",
        "\u200d",
        "👍",
        "Ａ",
        "１",
        "％",
        "ﬁ",
        "で",
        "\x00",
    ),
)
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
LANGUAGES = ("en-US", "zh-CN")
RULES = (*normalize_en._RULES, *normalize_zh._RULES)


def check(tokens: tuple[Token, ...], text: str) -> None:
    """Check that each token shows something, and all of them the text."""
    assert "".join(token.shown for token in tokens) == text
    assert all(token.shown for token in tokens)


@settings(max_examples=300)
@given(text=texts)
@example(text="Stage IIIB")
def test_any_text_is_shown_to_the_character(text: str) -> None:
    for language in LANGUAGES:
        check(tokenizer.tokenize(text, language), text)
    check(tokenize_sentence(Sentence(text, 0), "zh-CN", Lexicon(), phonetic=True), text)


def test_every_rule_matches_a_character_at_least() -> None:
    empty = [rule.expression for rule in RULES if shortest(rule.pattern) == 0]
    assert empty == []
    assert shortest(re.compile(r"(?=I)(?:V?I{0,3})(?<=I)")) == 0  # was an endless loop


def shortest(pattern: re.Pattern[str]) -> int:
    """Return how many characters a match has at least, whatever its conditions around say."""
    parser = import_module("re._parser")
    return int(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE).getwidth()[0])


Work = Callable[[str, str], int]


@pytest.fixture(scope="module")
def work() -> Iterator[Work]:
    """The count of the work of the tokenizer on a text in a language."""
    with counted_modules() as counter:
        tokenize = import_module("speechcast.frontend.tokenizer").tokenize

        def count(text: str, language: str) -> int:
            before = counter.total
            tokenize(text, language)
            return counter.total - before

        for language in LANGUAGES:
            count("今天开会。It is 5%.", language)  # loads the dictionaries
        yield count


@pytest.mark.slow
@settings(max_examples=40)
@given(unit=st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join))
@example(unit="1-")
def test_four_times_any_text_is_four_times_the_work(unit: str, work: Work) -> None:
    for language in LANGUAGES:
        once, again = (work(f"今天 a {unit * n} b 开会", language) for n in (25, 100))
        assert again < 6 * once  # work that grows with the square is sixteen times as much
