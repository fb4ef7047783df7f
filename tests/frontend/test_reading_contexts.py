"""Readings that the words around a frequent character settle."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.frontend import tokenizer
from speechcast.frontend.mandarin.polyphone_model import guess_readings
from speechcast.frontend.mandarin.reading_contexts import weigh_contexts


def weigh(text: str) -> list[tuple[tuple[str, float], ...]]:
    words = [t.spoken for t in tokenizer.tokenize(text, "zh-CN")]
    return weigh_contexts(words, guess_readings("".join(words)))


@pytest.mark.parametrize(
    ("text", "char", "syllable"),
    [
        ("奶奶哄小孙女睡觉", "哄", "hong3"),
        ("台下的人跟着起哄", "哄", "hong4"),
        ("冬天的衣服太薄了", "薄", "bao2"),
        ("他把信塞进了口袋", "塞", "sai1"),
        ("走了一天，脚都累了", "累", "lei4"),
        ("他坐在屋里生闷气", "闷", "men4"),
        ("把钱藏在床底下", "藏", "cang2"),
        ("他往墙上钉钉子", "钉", "ding4"),
        ("他挑了一件红色的毛衣", "挑", "tiao1"),
        ("手弄脏了，快去洗一洗", "脏", "zang1"),
        # traditional characters are read as the simplified ones
        ("奶奶哄小孫女睡覺", "哄", "hong3"),
    ],
)
def test_the_context_decides(text: str, char: str, syllable: str) -> None:
    assert weigh(text)[text.index(char)][0][0] == syllable


def test_a_rare_character_keeps_the_guess_of_the_model() -> None:
    text = "他住在莘庄"
    assert weigh(text) == guess_readings(text)


@given(st.text(alphabet="哄薄塞累的得长行他们一二三，abc 銀", max_size=30))
def test_a_guess_keeps_its_readings_and_its_probabilities_sum_to_one(text: str) -> None:
    before = guess_readings(text)
    after = weigh_contexts(list(text), before)
    for old, new in zip(before, after, strict=True):
        assert sorted(s for s, _ in new) == sorted(s for s, _ in old)
        assert not new or len(new) == 1 or math.isclose(sum(p for _, p in new), 1, abs_tol=1e-6)
        assert [p for _, p in new] == sorted((p for _, p in new), reverse=True)
