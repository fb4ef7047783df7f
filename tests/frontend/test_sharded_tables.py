"""Dictionaries that are loaded in pieces hold what the whole ones hold."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from speechcast.frontend.mandarin import jieba_dictionary
from speechcast.frontend.mandarin.jieba_dictionary import load_jieba, load_jieba_for
from speechcast.frontend.mandarin.phrase_dictionary import (
    is_phrase,
    read_phrase,
    split_into_phrases,
)
from speechcast.frontend.mandarin.polyphone_rules import _compile, _load_entries
from speechcast.frontend.mandarin.sharded_tables import load_table

WORDS = {"银行": 1, "银": 2, "行长": 3, "𠀀": 4}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "speechcast"


class Builder:
    """Counts how often it builds."""

    def __init__(self) -> None:
        self.builds = 0

    def __call__(self) -> tuple[int, Mapping[str, int]]:
        self.builds += 1
        return 7, WORDS


@pytest.mark.usefixtures("folder")
def test_a_table_is_built_once_and_gives_the_words_of_a_character() -> None:
    build = Builder()
    for _ in range(2):
        table = load_table("words", "1", build)
        assert table.extra == 7
        assert table.load("银") == {"银行": 1, "银": 2}
        assert table.load("𠀀") == {"𠀀": 4}
        assert table.load("") == {}
        assert table.load("没") == {}
    assert build.builds == 1


@pytest.mark.usefixtures("folder")
def test_another_version_is_built_anew() -> None:
    build = Builder()
    for version in ("1", "2", "2", "1"):
        load_table("words", version, build)
    assert build.builds == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data.replace("银行".encode(), "行银".encode()),
        lambda data: data[:9] + bytes([data[9] ^ 1]) + data[10:],
        lambda data: data[:40],
        lambda data: data[:5],
        lambda _: b"",
        lambda _: hashlib.sha256(b"").digest(),
    ],
)
def test_a_damaged_table_is_built_anew(folder: Path, damage: object) -> None:
    assert callable(damage)
    build = Builder()
    load_table("words", "1", build)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    table = load_table("words", "1", build)
    loaded = [table.load(first) for first in ("银", "行", "𠀀", "没")]
    assert loaded == [{"银行": 1, "银": 2}, {"行长": 3}, {"𠀀": 4}, {}]
    assert build.builds == 2
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_gone_without(folder: Path) -> None:
    folder.write_text("a file")
    assert load_table("words", "1", Builder()).load("行") == {"行长": 3}


SENTENCE = "各位代表，大家好！今天我们隆重集会，没关系，28个字。"
DIVIDE = """
import sys
from speechcast.frontend.mandarin import jieba_dictionary as j
jieba = (j.load_jieba if sys.argv[1] == "whole" else lambda: j.load_jieba_for(sys.argv[2]))()
print(jieba.lcut(sys.argv[2]), jieba.lcut(sys.argv[2], HMM=False))
words = {sys.argv[2][i:k] for i in range(len(sys.argv[2])) for k in range(i, i + 5)}
print(sorted((w, jieba.dt.FREQ.get(w)) for w in words), jieba.dt.total)
print(j.is_word("关系"), j.is_word("系关"), j.cut_best("没关系"))
"""


@pytest.mark.slow
def test_jieba_divides_a_text_by_its_pieces_as_by_the_whole() -> None:
    whole, pieces = (
        subprocess.check_output([sys.executable, "-c", DIVIDE, kind, SENTENCE], text=True)
        for kind in ("whole", "pieces")
    )
    assert whole == pieces
    assert "隆重" in whole


def test_the_whole_dictionary_stays_whole() -> None:
    whole = load_jieba().dt.FREQ
    size = len(whole)
    jieba_dictionary._loaded_firsts.clear()
    assert load_jieba_for(SENTENCE).dt.FREQ is whole
    assert len(whole) == size


# Characters of which phrases are made, and others.
CHARS = st.sampled_from("一银行长都市重庆的了不得半途而废朝阳那些呒𠀀A，3 ")


@given(st.text(CHARS, max_size=12))
@example("半途而A")
@example("不一半途")
@example("三不知三")
def test_phrases_are_those_of_pypinyin(text: str) -> None:
    from pypinyin import Style, lazy_pinyin
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.seg.mmseg import seg

    assert split_into_phrases(text) == list(seg.cut(text))
    assert is_phrase(text) == (text in phrases_dict)
    expected = lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    assert read_phrase(text) == expected


@pytest.mark.slow
def test_beginnings_of_phrases_are_divided_as_by_pypinyin() -> None:
    """A rest that is the beginning of a phrase is taken apart, whatever phrases it holds."""
    from pypinyin.phrases_dict import phrases_dict
    from pypinyin.seg.mmseg import seg

    phrases = random.Random(7).sample(sorted(phrases_dict), 6000)
    for one, other in zip(phrases[::2], phrases[1::2], strict=True):
        for text in (one[:-1], other + one[:-1], one[:-1] + other, one + other[:2]):
            assert split_into_phrases(text) == list(seg.cut(text)), text


def test_every_pattern_of_the_table_of_polyphones_is_one() -> None:
    """Each is compiled when its character first occurs."""
    patterns = [p for entries in _load_entries().values() for p, _ in entries.patterns]
    assert len(patterns) > 50
    assert all(_compile(pattern).pattern == pattern for pattern in patterns)
