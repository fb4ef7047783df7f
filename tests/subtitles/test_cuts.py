"""Cues that a person cuts and joins."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.subtitles import style
from speechcast.subtitles.cue import Cue
from speechcast.subtitles.segment import segment
from tests.subtitles.test_segment import VIDEO, spoken

TEXT = "我们要认真总结，把各项工作做得更好，让大家满意。谢谢大家。好。"
TIMELINE = spoken(TEXT)
ENDS = [  # of every token, in its sentence
    list(accumulate(len(t.token.shown) for t in tokens)) for tokens in TIMELINE.sentences()
]


def cues(breaks: dict[int, dict[int, bool]]) -> list[str]:
    return [cue.text for cue in segment(TIMELINE, VIDEO, breaks)]


def test_without_cuts_the_program_decides() -> None:
    assert cues({}) == cues({1: {}})
    assert cues({}) == ["我们要认真总结", "把各项工作做得更好 让大家满意", "谢谢大家 好"]


@pytest.mark.parametrize(
    ("breaks", "shown"),
    [
        ({1: {3: True}}, ["我们要", "认真总结 把各项工作做得更好 让大家满意", "谢谢大家 好"]),
        ({1: {8: False}}, ["我们要认真总结 把各项工作做得更好", "让大家满意", "谢谢大家 好"]),
        ({1: {18: True}}, ["我们要认真总结 把各项工作做得更好", "让大家满意", "谢谢大家 好"]),
        ({1: {24: False}}, ["我们要认真总结", "把各项工作做得更好 让大家满意 谢谢大家", "好"]),
        ({2: {5: True}}, ["我们要认真总结", "把各项工作做得更好 让大家满意", "谢谢大家", "好"]),
    ],
)
def test_a_cue_ends_where_a_person_says_and_not_where_they_do_not(
    breaks: dict[int, dict[int, bool]], shown: list[str]
) -> None:
    assert cues(breaks) == shown


def test_a_cut_inside_a_word_is_one_after_it() -> None:
    assert {8, 9, 11} < set(ENDS[0])  # 各项 is a word
    assert cues({1: {10: True}}) == cues({1: {11: True}}) != cues({})


@pytest.mark.parametrize("offset", [1_000, 0])
def test_a_cut_outside_the_sentence_is_none(offset: int) -> None:
    assert cues({1: {offset: True}}) == cues({})


def test_a_cut_that_would_leave_a_mark_alone_is_none() -> None:
    timeline = spoken("好，谢谢大家。")
    last = len("好，谢谢大家")
    assert [c.text for c in segment(timeline, VIDEO, {1: {last: True}})] == [
        c.text for c in segment(timeline, VIDEO)
    ]


def ends_of(found: list[Cue]) -> set[tuple[int, int]]:
    """Where cues end: the number of a sentence, and after how many of its characters."""
    tokens = [(number, end) for number, ends in enumerate(ENDS, 1) for end in ends]
    sums = accumulate(len(cue.tokens) for cue in found)
    return {tokens[end - 1] for end in sums}


@given(
    st.dictionaries(
        st.integers(1, 4),
        st.dictionaries(st.integers(0, 30), st.booleans(), max_size=5),
        max_size=3,
    ),
    st.sampled_from(["video", "vertical", "netflix-zh", "verbatim"]),
)
def test_cues_show_all_of_the_text_whatever_is_cut(
    breaks: dict[int, dict[int, bool]], name: str
) -> None:
    found = segment(TIMELINE, style.load(name), breaks)
    assert sum(len(cue.tokens) for cue in found) == sum(map(len, ENDS))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(any(token.span for token in cue.tokens) for cue in found)
    for number, cuts in breaks.items():
        if number > len(ENDS):
            continue
        for offset, cut in cuts.items():
            if offset in ENDS[number - 1] and not cut and offset < ENDS[number - 1][-1]:
                asked_twice = any(
                    c and o not in ENDS[number - 1] for o, c in cuts.items()
                )  # another cut, inside the word before it
                assert asked_twice or (number, offset) not in ends_of(found)
