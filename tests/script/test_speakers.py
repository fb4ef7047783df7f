"""How a line begins that names its speaker."""

from __future__ import annotations

import pytest

from speechcast.script.speakers import find_turn, is_uppercase, names_people


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("Hello.", None),
        ("- Hello.", (2, 0, "")),
        ("–Hello.", (1, 0, "")),
        (">> Hello.", (3, 0, "")),
        ("-5 degrees", None),
        ("--and so on", None),
        ("——他说", None),
        ("ANNA: Hello.", (6, 6, "")),
        ("- MAN #2: Hello.", (10, 10, "")),
        ("DR. WHO: Hello.", (9, 9, "")),
        ("A: first", None),
        ("AT 10:30 we left", None),
        ("Note: this is text.", None),
        ("Anna: Hello.", None),
        ("Bob: Hello.", (5, 5, "Bob")),
        ("- 主持人：请讲", (6, 6, "")),
        ("【小王】：来了", (5, 5, "")),
        ("问：几点？", (2, 2, "")),
        ("同志们：大家好", None),
        ("他说：走吧", None),
        ("小李：走吧", (3, 3, "小李")),
        ("JOHN (on phone): Hello?", (17, 17, "")),
        ("THE DOCTOR [over radio]: Yes?", (25, 25, "")),
        ("NOTE: the shop is closed.", None),
        ("STEP 2: press it.", None),
        ("（画外音）很久以前。", (5, 5, "")),
        ("【旁白】很久以前。", (4, 4, "")),
        ("（甲）出租人", None),
        ("小明（旁白）：那天下雨。", (7, 7, "")),
        ("他（小声）：别说话。", (6, 6, "")),
        ("女主持：欢迎。", (4, 4, "")),
        ("解说员：开始。", (4, 4, "")),
        ("注意：前方施工。", None),
        ("结论：可行。", None),
        ("10:30 开会", None),
        ("老师：请坐。", None),  # a letter begins so, too
    ],
)
def test_who_speaks(line: str, turn: tuple[int, int, str] | None) -> None:
    assert find_turn(line, {"Bob", "小李"}, capitals=True) == turn


def test_a_name_in_a_file_of_capitals_is_spoken() -> None:
    assert is_uppercase("NOTE: THIS IS HOW IT WAS.\nYES.")
    assert not is_uppercase("ANNA: Hi.\nBOB: Hi.\n[LAUGHS]")
    assert not is_uppercase("ANNA: This is how it was.")
    assert not is_uppercase("今天开会")
    assert find_turn("NOTE: THIS", (), capitals=False) is None


@pytest.mark.parametrize(
    ("line", "length"),
    [
        ("老师：请坐。", 3),
        ("王老师：请坐。", 4),
        ("学生甲（小声）：谢谢。", 8),
        ("合：我们开始吧。", 2),
        ("全体：好！", 3),
        ("各位同学：大家好。", None),
        ("同学们：大家好。", None),
        ("校长：王芳", None),  # a list of names
        ("全长：三百米。", None),
        ("综合：三百分。", None),
        ("提示：请勿喧哗。", None),
    ],
)
def test_people_who_speak(line: str, length: int | None) -> None:
    turn = find_turn(line, (), capitals=True, people=True)
    assert (turn and turn[0]) == length


def test_people_speak_where_more_than_one_line_begins_with_them() -> None:
    assert names_people(["老师：请坐。", "谢谢。", "老师：好。"])
    assert names_people(["- 记者：您好。", "- 市民：你好。"])
    assert not names_people(["老师：", "您好！", "校长：王芳", "书记：李明"])
