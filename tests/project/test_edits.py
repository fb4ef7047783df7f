"""Edits of a project, as functions from one to the next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.adjustments import Adjustment, SentenceKey
from speechcast.errors import SpeechcastError, UsageError
from speechcast.project import edits
from speechcast.project.history import History
from speechcast.project.history_file import format_history, parse_history
from speechcast.project.project import Project, Settings, SpeechFile, open_speech
from speechcast.project.sentences import list_sentences

TEXT = """---
title: 讲话
---
在年会上的讲话

　　各位代表：我家住银行{yin2 hang2}旁。今年增长5.2%！[停顿 2秒]好。
　　谢谢{大家|各位同志}。好。
"""


def project_of(text: str, name: str = "speech.txt") -> Project:
    return Project(name="a", speech=open_speech(name, text.encode()))


def texts(project: Project) -> list[str]:
    return [sentence.text.strip() for sentence in list_sentences(project)]


PROJECT = project_of(TEXT)


def test_every_sentence_has_its_place_in_the_file_with_its_marks() -> None:
    assert texts(PROJECT) == [
        "在年会上的讲话",
        "各位代表：我家住银行旁。",
        "今年增长5.2%！",
        "好。",
        "谢谢大家。",
        "好。",
    ]
    assert [sentence.source for sentence in list_sentences(PROJECT)] == [
        "在年会上的讲话",
        "各位代表：我家住银行{yin2 hang2}旁。",
        "今年增长5.2%！[停顿 2秒]",
        "好。",
        "谢谢{大家|各位同志}。",
        "好。",
    ]


@pytest.mark.parametrize(
    ("number", "text", "line"),
    [
        (1, "在大会上的讲话", "在大会上的讲话"),
        (2, "同志们：你好！", "　　同志们：你好！今年增长5.2%！[停顿 2秒]好。"),
        (3, "增长一成。", "　　各位代表：我家住银行{yin2 hang2}旁。增长一成。好。"),
        (5, "再见。", "　　再见。好。"),
        (6, "完。", "　　谢谢{大家|各位同志}。完。"),
        (4, "", "　　各位代表：我家住银行{yin2 hang2}旁。今年增长5.2%！[停顿 2秒]"),
    ],
)
def test_the_text_of_a_sentence_is_replaced_and_no_other_character(
    number: int, text: str, line: str
) -> None:
    before, after = TEXT.splitlines(), edits.set_sentence_text(PROJECT, number, text).speech.text
    changed = [b for a, b in zip(before, after.splitlines(), strict=True) if a != b]
    assert changed == [line]


@pytest.mark.parametrize(
    "text", ["# 讲话\n\n他**非常**好。*谢谢*大家。\n", "一、好\n\n- 甲。\n- 乙。\n"]
)
def test_a_sentence_of_markdown_is_replaced_beside_its_signs(text: str) -> None:
    project = project_of(text, "speech.md")
    count = len(texts(project))
    changed = edits.set_sentence_text(project, count, "再见。")
    assert texts(changed) == [*texts(project)[:-1], "再见。"]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("**大家好。** *我们*开会。", "再见。 *我们*开会。"),
        ("**大家好。** 我们开会。", "再见。 我们开会。"),
        ("大家**好。** *我们*", "再见。 *我们*"),
        ("**大家好。**\n\n**我们**开会。", "再见。\n\n**我们**开会。"),
        ("- `大家好。`\n- 乙。", "- 再见。\n- 乙。"),
    ],
)
def test_emphasis_that_ends_with_a_sentence_belongs_to_it(text: str, changed: str) -> None:
    assert edits.set_sentence_text(project_of(text, "a.md"), 1, "再见。").speech.text == changed


def test_what_would_change_other_sentences_is_refused() -> None:
    with pytest.raises(UsageError, match="more than sentence 2 would change"):
        edits.set_sentence_text(PROJECT, 2, "各位代表，")


def test_what_is_set_for_a_sentence_stays_with_it() -> None:
    project = edits.adjust_sentence(PROJECT, 6, {"rate": -10})  # the second 好。
    project = edits.set_cut(project, 2, 5, True)
    assert set(project.adjustments) == {
        SentenceKey("好。", 2),
        SentenceKey("各位代表：我家住银行旁。", 1),
    }
    project = edits.set_text(project, "好。\n" + project.speech.text.split("---\n")[2])
    assert project.adjustments[SentenceKey("好。", 3)].rate == -10
    project = edits.set_sentence_text(project, 3, "各位代表：我家住工厂旁。")
    assert project.adjustments[SentenceKey("各位代表：我家住工厂旁。")].cuts == {5: True}


@pytest.mark.parametrize(
    ("before", "after", "cut", "moved"),
    [
        ("甲乙丙，丁戊己。", "甲乙丙，丁戊。", 4, 4),
        ("甲乙丙，丁戊己。", "甲乙，丁戊己。", 4, 3),
        ("甲乙丙，丁戊己。", "子丑寅卯辰巳。", 4, None),
        ("甲乙丙，丁戊己。", "甲乙丙，丁戊己。", 8, 8),
        ("甲乙丙，丁戊己。", "新甲乙丙，丁戊己。", 8, 9),
    ],
)
def test_a_cut_moves_with_the_words_around_it(
    before: str, after: str, cut: int, moved: int | None
) -> None:
    project = edits.set_cut(project_of(before), 1, cut, False)
    project = edits.set_text(project, after)
    wanted = {} if moved is None else {SentenceKey(after): Adjustment(cuts={moved: False})}
    assert project.adjustments == wanted


def test_a_document_becomes_markdown_when_its_text_is_edited() -> None:
    page = "<h1>讲话</h1><h2>一、过去</h2><p>大家好。</p><p># 号是标记。</p>"
    project = project_of(page, "a.html")
    text = edits.get_text(project)
    assert text == "# 讲话\n\n## 一、过去\n\n大家好。\n\n\\# 号是标记。\n"
    changed = edits.set_sentence_text(project, 3, "各位好。")
    assert changed.speech.name == "speech.md"
    assert texts(changed) == ["讲话", "一、过去", "各位好。", "# 号是标记。"]
    before, after = project.speech.read(), changed.speech.read()
    assert [(b.kind, b.level) for b in before.blocks] == [(b.kind, b.level) for b in after.blocks]


@pytest.mark.parametrize(
    ("word", "reading"), [("", "x"), ("a\nb", "x"), ("甲", " "), ("甲", "a\nb")]
)
def test_a_reading_is_one_line_for_one_word(word: str, reading: str) -> None:
    with pytest.raises(UsageError):
        edits.set_reading(PROJECT, word, reading)


Edit = Callable[[Project], Project]
NUMBERS = st.integers(1, 6)
WORDS = st.text("甲乙丙丁，。！{}|[]停顿 好a1\n", max_size=12)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    WORDS.map(lambda text: lambda p: edits.set_text(p, text)),
    st.builds(lambda n, text: lambda p: edits.set_sentence_text(p, n, text), NUMBERS, WORDS),
    st.builds(
        lambda n, rate, pause: (
            lambda p: edits.adjust_sentence(p, n, {"rate": rate, "pause_after": pause})
        ),
        NUMBERS,
        st.integers(-50, 100),
        st.none() | st.floats(0.05, 60),
    ),
    st.builds(
        lambda n, offset, cut: lambda p: edits.set_cut(p, n, offset, cut),
        NUMBERS,
        st.integers(1, 9),
        st.none() | st.booleans(),
    ),
    st.builds(
        lambda word, reading: lambda p: edits.set_reading(p, word, reading),
        WORDS,
        st.none() | WORDS,
    ),
    st.builds(lambda rate: lambda p: edits.set_settings(p, {"rate": rate}), st.integers(-9, 9)),
)


def apply(history: History, edit: Edit) -> History:
    try:
        return history.changed(edit(history.current))
    except SpeechcastError:
        return history


@given(st.lists(EDITS, max_size=8), st.integers(0, 9), st.integers(0, 9))
def test_undo_and_redo_are_exact_also_after_a_restart(
    changes: list[Edit], undone: int, redone: int
) -> None:
    states = [History(PROJECT)]
    for change in changes:
        states.append(apply(states[-1], change))
    history = states[-1]
    seen = [*history.past, history.current]
    for _ in range(undone):
        history = history.undone()
    for _ in range(redone):
        history = history.redone()
    position = min(len(seen) - 1, max(0, len(seen) - 1 - undone) + redone)
    assert history.current == seen[position]
    assert [*history.past, history.current, *history.future[::-1]] == seen
    assert parse_history(format_history(history), lambda _: b"") == history


def test_a_change_that_changes_nothing_is_none() -> None:
    history = History(PROJECT)
    assert history.changed(edits.set_settings(PROJECT, {"rate": None})) is history
    assert history.undone() is history
    assert history.redone() is history


def test_a_new_change_ends_what_could_be_redone() -> None:
    history = apply(History(PROJECT), lambda p: edits.set_settings(p, {"rate": 5})).undone()
    assert history.future
    assert not apply(history, lambda p: edits.set_settings(p, {"rate": 6})).future


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99}', "null", "[" * 100_000])
def test_a_history_that_is_none_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        parse_history(text, lambda _: b"")


def test_settings_are_their_own_kind() -> None:
    assert Settings() == Settings(cast={})
    assert SpeechFile("a.md", b"").is_text
    assert not SpeechFile("a.docx", b"").is_text
