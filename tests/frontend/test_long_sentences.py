"""A sentence that is far too long to be one is read piece by piece."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.frontend import long_sentences
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.long_sentences import LONGEST, divide_long
from speechcast.frontend.reading_memo import ReadingMemo
from speechcast.frontend.tokens import read_sentence
from speechcast.model import Mark, MarkKind, Sentence
from speechcast.script.markup import parse_marks


@given(st.text("大，家 a5{xie4}[停顿]", max_size=60))
def test_the_pieces_are_the_sentence(text: str) -> None:
    marked = parse_marks(f"谢{{xie4}}{text}", 1)
    sentence = Sentence(marked.text, 1, marked.marks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_sentences, "LONGEST", 7)
        pieces = divide_long(sentence)
    assert "".join(piece.text for piece in pieces) == sentence.text
    assert sum(len(piece.marks) for piece in pieces) == len(sentence.marks)


@pytest.mark.parametrize(
    ("text", "marks", "length"),
    [
        ("大家好，" * 1000, (), LONGEST),
        ("大" * 3000, (), LONGEST),
        ("大" * 1990 + "word" * 500, (), 1990),
        ("大" * 1000 + "，" + "好" * 1500, (), 1001),
        ("大" * 3000, (Mark(MarkKind.SUBSTITUTION, 1999, 2005, spoken="小"),), 1999),
        ("大" * 3000, (Mark(MarkKind.DIRECTION, 0, 2500),), 2500),
    ],
)
def test_a_cut_is_in_no_mark_word_or_clause(
    text: str, marks: tuple[Mark, ...], length: int
) -> None:
    assert len(divide_long(Sentence(text, 1, marks))[0].text) == length


def test_doubts_of_later_pieces_are_found_where_they_stand() -> None:
    text = "大家好，" * 499 + "愿你们在这一年里长高、长大、长本事。"
    reading = read_sentence(Sentence(text, 1), "zh-CN", Lexicon())
    assert "".join(token.shown for token in reading.tokens) == text
    assert reading.doubts
    assert all(d.char in reading.tokens[d.token_index].spoken for d in reading.doubts)
    assert ReadingMemo().read(Sentence(text, 1), "zh-CN", Lexicon()) == reading


def test_a_change_in_a_long_sentence_has_one_piece_read_again() -> None:
    read: list[None] = []
    memo = ReadingMemo(on_reading=lambda: read.append(None))
    for end in ("好", "坏"):
        sentence = Sentence("".join(f"第{n}个，" for n in range(2000)) + end, 1)
        memo.read(sentence, "zh-CN", Lexicon())
    assert len(read) == len(divide_long(sentence)) + 1
