"""A speech that was pasted is called as a person would call it."""

from __future__ import annotations

import pytest

from speechcast.project.project import open_speech
from speechcast.studio.library import clean_name
from speechcast.studio.naming import name_speech
from tests.support.studio_client import Client


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# 在年会上的讲话\n\n各位代表，大家好。", "在年会上的讲话"),
        ("---\ntitle: 开幕词\n---\n大家好。", "开幕词"),
        ("各位代表，大家好！今年是第5年。", "各位代表，大家好"),
        ("大家好。", "大家好"),
        ("谢谢{xie4}大家！", "谢谢大家"),
        ("（掌声）\n\n[停顿 2秒]同志们：\n\n今天开会。", "同志们"),
        ("（掌声）谢谢大家！", "谢谢大家"),
        ("我们要认真总结经验，把各项工作做得更好，让大家满意。", "我们要认真总结经验"),
        ("我们要认真总结经验把各项工作做得更好让大家满意。", "我们要认真总结经验把各项工作做得"),
        ("“长风破浪会有时，直挂云帆济沧海。”", "长风破浪会有时，直挂云帆济沧海"),
        ("Ladies and gentlemen, it is a great pleasure to be here.", "Ladies and gentlemen"),
        ("We choose to go to the moon in this decade.", "We choose to go to the moon in"),
        ("Thank you.", "Thank you"),
        ('What is "AI"? A question.', "What is AI"),
        ("2025/26 财年：增长5%。", "2025 26 财年：增长5%"),
        ("CON\n\n大家好。", "CON_"),
        ("a" * 300, "a" * 80),
    ],
)
def test_a_speech_is_called_by_its_title_or_its_first_words(text: str, name: str) -> None:
    assert clean_name(name_speech(open_speech("speech.txt", text.encode()).read())) == name


def test_speeches_that_begin_alike_are_numbered(studio: Client) -> None:
    ids = [studio.post("/api/projects", {"text": "同志们：大家好。"}).json["id"] for _ in range(2)]
    assert ids == ["同志们：大家好", "同志们：大家好 2"]


@pytest.mark.parametrize("name", ["..", ".", "   ", "\u202e", "???"])
def test_a_name_of_which_nothing_is_left_is_as_good_as_none(studio: Client, name: str) -> None:
    answer = studio.post("/api/projects", {"text": "女士们先生们。", "name": name})
    assert answer.json["id"].startswith("女士们先生们")
