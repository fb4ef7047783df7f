"""A text that changes is not read anew as a whole, and reads the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.documents import from_text
from speechcast.frontend import reading_memo
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.reading_memo import ReadingMemo
from speechcast.frontend.tokens import read_sentence
from speechcast.model import Sentence, Token
from speechcast.prepare import prepare
from speechcast.preview import preview_prepared
from speechcast.request import Preferences, resolve_request

TEXT = "他在重阳村的银行{yin2 hang2}行走。今年增长5.2%。\n好。"


@pytest.mark.parametrize("voice", ["narrator", "yunxi", "tone"])
def test_what_is_remembered_reads_the_same(voice: str, tmp_path: Path) -> None:
    memo = ReadingMemo()
    request = resolve_request(from_text(TEXT), "a", tmp_path, Preferences(voice=voice))
    entries = {"重阳": Token("重阳", "重阳", ("chong2", "yang2"))}
    for _ in range(2):
        for lexicon in (Lexicon(), Lexicon(entries)):
            wanted = replace(request, lexicon=lexicon)
            prepared, remembered = prepare(wanted), prepare(wanted, memo)
            assert remembered == prepared
            assert preview_prepared(remembered) == preview_prepared(prepared)


def test_a_sentence_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = read_sentence

    def count(sentence: Sentence, language: str, lexicon: Lexicon) -> object:
        read.append(sentence.text)
        return original(sentence, language, lexicon)

    monkeypatch.setattr(reading_memo, "read_sentence", count)
    memo = ReadingMemo(most=2)
    for text in ("甲。", "乙。", "甲。", "丙。", "乙。"):
        memo.tokenize(Sentence(text, 1), "zh-CN", Lexicon(), phonetic=True)
    assert read == ["甲。", "乙。", "丙。", "乙。"]  # the least recently used is forgotten
    other = Lexicon({"丙": Token("丙", "饼")})
    memo.read(Sentence("乙。", 2), "zh-CN", other)  # no entry of it is in the sentence
    assert len(read) == 4
    memo.read(Sentence("丙。", 2), "zh-CN", other)
    assert read[-1] == "丙。"


def test_a_speech_longer_than_the_memo_is_not_read_again_at_every_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read: list[str] = []
    original = read_sentence

    def count(sentence: Sentence, language: str, lexicon: Lexicon) -> object:
        read.append(sentence.text)
        return original(sentence, language, lexicon)

    monkeypatch.setattr(reading_memo, "read_sentence", count)
    memo = ReadingMemo(most=3)
    sentences = [f"我们有{count}个班。" for count in "一二三四五六"]

    def prepare_again() -> None:
        document = from_text("".join(sentences))
        prepare(resolve_request(document, "a", tmp_path, Preferences(voice="narrator")), memo)

    prepare_again()
    assert read == sentences
    sentences[3] = "他们有四个班。"
    prepare_again()
    assert read[6:] == ["他们有四个班。"]


class EndedError(Exception):
    """The work was ended."""


def test_the_work_on_a_single_sentence_can_be_ended_between_its_steps(tmp_path: Path) -> None:
    request = resolve_request(from_text("大家好。"), "a", tmp_path, Preferences(voice="tone"))
    steps: list[None] = []
    preview_prepared(prepare(request, ReadingMemo(check=lambda: steps.append(None))))
    assert len(steps) >= 4  # it is read, divided, described, and found readable
    for last in range(len(steps)):
        left = iter(range(last))

        def check(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise EndedError

        with pytest.raises(EndedError):
            preview_prepared(prepare(request, ReadingMemo(check=check)))
