"""The times of words in the tags of an MP3 and a WAV."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.audio.tags.model import TimedRange
from speechcast.audio.tags.reading import read_tags
from speechcast.audio.tags.word_times import decode_words, encode_words
from speechcast.model import Voice
from tests.audio.test_tags import TAGS, write_tagged

TEXT = TAGS.text
WORDS = (
    TimedRange(0, 3, 300),
    TimedRange(4, 7, 700),
    TimedRange(9, 11, 1700),
    TimedRange(12, 17, 40_000),
)


@pytest.mark.parametrize("name", ["mp3", "wav"])
def test_what_is_written_is_read(name: str, tone: Voice, tmp_path: Path) -> None:
    path = write_tagged(name, replace(TAGS, words=WORDS), tone, tmp_path)
    assert read_tags(path).words == WORDS
    assert read_tags(path).text == TEXT


@given(st.lists(st.tuples(*[st.integers(0, 10**7)] * 3)))
def test_any_words_are_read_as_they_are_written(differences: list[tuple[int, int, int]]) -> None:
    words: list[TimedRange] = []
    end = time = 0
    for skipped, shown, passed in differences:
        start = end + skipped
        end, time = start + shown, time + passed
        words.append(TimedRange(start, end, time))
    assert decode_words(encode_words(words)) == tuple(words)


@pytest.mark.parametrize("text", ["", "A", "AB", "ABCD", "AB=", "AB\\x00", "词", "AAg"])
def test_what_is_no_list_of_words_is_none(text: str) -> None:
    assert decode_words(text) == ()
