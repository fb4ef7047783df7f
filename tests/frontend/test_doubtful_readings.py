"""Doubtful readings are described with what stands around them."""

from __future__ import annotations

from typing import Any

import pytest

from speechcast.frontend.doubtful_readings import describe_doubts
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.mandarin.g2p_zh import Doubt
from speechcast.frontend.tokens import SentenceReading, read_sentence
from speechcast.model import Sentence, Token


class Watched(tuple[Token, ...]):
    """Tokens that count how many of them are looked at."""

    looked_at = 0

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        self.looked_at += len(found) if isinstance(index, slice) else 1
        return found


def make_tokens(*words: str) -> Watched:
    return Watched(Token(word, word, ("a1",) * len(word)) for word in words)


def describe(tokens: Watched, *indexes: int) -> list[str]:
    doubts = tuple(
        Doubt(
            token_index=index,
            char_index=0,
            char=tokens[index].spoken[0],
            chosen="a1",
            others=("a2",),
            probability=0.5,
        )
        for index in indexes
    )
    text = "".join(token.shown for token in tokens)
    reading = SentenceReading(tokens=tokens, citation=tokens, doubts=doubts)
    return [doubt.context for doubt in describe_doubts(Sentence(text, 1), 1, reading)]


@pytest.mark.parametrize(
    ("words", "index", "context"),
    [
        (["长"], 0, "长"),
        (["长", "大", "成人"], 0, "长大成人"),
        (["愿", "你们", "长"], 2, "愿你们长"),
        (["一二三四五", "六七八", "长", "甲乙丙丁", "戊己庚"], 2, "三四五六七八长甲乙丙丁戊己"),
        (["一二三四五六七", "长大", "甲乙丙丁戊己庚"], 1, "二三四五六七长大甲乙丙丁戊己"),
        (["一", "", " ", "长", " "], 3, "一 长"),
    ],
)
def test_a_context_has_a_few_characters_on_either_side(
    words: list[str], index: int, context: str
) -> None:
    assert describe(make_tokens(*words), index) == [context]


def test_the_context_of_a_doubt_is_the_same_work_in_a_sentence_of_any_length() -> None:
    looked_at = set()
    for count in (100, 10_000):
        tokens = make_tokens(*"长" * count)
        middle = count // 2
        before = tokens.looked_at
        describe(tokens, middle)
        looked_at.add(tokens.looked_at - before)
    assert len(looked_at) == 1


def test_doubts_of_a_real_sentence_have_their_context() -> None:
    sentence = Sentence("愿你们在这一年里长高、长大、长本事。", 1)
    reading = read_sentence(sentence, "zh-CN", Lexicon())
    described = list(describe_doubts(sentence, 1, reading))
    assert described
    for doubt in described:
        assert doubt.context in sentence.text
        assert doubt.character in doubt.context
