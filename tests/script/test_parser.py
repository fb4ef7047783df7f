"""Speeches parsed from text, and the promise that nothing of a text is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.model import BlockKind
from speechcast.text.sentences import is_voiced
from tests.support.speeches import speech_of


def test_a_speech_has_a_title_and_paragraphs() -> None:
    speech = speech_of("在大会上的讲话\n\n　　同志们：\n　　今天开会。散会！\n")
    assert [(p.kind, [s.text for s in p.sentences]) for p in speech.paragraphs] == [
        (BlockKind.TITLE, ["在大会上的讲话"]),
        (BlockKind.BODY, ["同志们："]),
        (BlockKind.BODY, ["今天开会。", "散会！"]),
    ]
    assert [s.row for p in speech.paragraphs for s in p.sentences] == [1, 3, 4, 4]


@pytest.mark.parametrize("first", ["同志们：", "今天开会。", "长" * 60])
def test_a_first_line_that_is_no_title(first: str) -> None:
    assert speech_of(f"{first}\n\n正文。").paragraphs[0].kind is BlockKind.BODY


def test_a_rule_of_dashes_is_no_sentence() -> None:
    speech = speech_of("上半场。\n————\n***\n下半场。")
    assert [p.sentences[0].text for p in speech.paragraphs] == ["上半场。", "下半场。"]
    assert speech.text == "上半场。\n下半场。"


SPEECHLIKE = st.text(alphabet="我们在 A.b!?。！？…，、；：“”（）\"'*—1\n\r\t\u3000", max_size=80)


def _letters(text: str) -> str:
    """What a speech is made of; a raised figure may stand alone, as the number of a note does."""
    return "".join(c for c in text if is_voiced(c))


@given(st.text(st.characters(exclude_characters="{}[]()（）【】-")) | SPEECHLIKE)
@settings(deadline=None)
def test_nothing_of_a_text_is_lost(text: str) -> None:
    """Every letter and figure of a text without marks is shown, in order."""
    assert _letters(speech_of(text).text) == _letters(text)


def test_a_raised_figure_is_text_beside_a_word_and_nothing_alone() -> None:
    assert speech_of("面积5m²。\n\n²\n\n完了。").text == "面积5m²。\n完了。"


@given(SPEECHLIKE)
@settings(deadline=None)
def test_every_sentence_has_something_to_say(text: str) -> None:
    for paragraph in speech_of(text).paragraphs:
        assert paragraph.sentences
        for sentence in paragraph.sentences:
            assert any(c.isalnum() for c in sentence.text)
