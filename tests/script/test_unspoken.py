"""What in a cue is shown and not spoken."""

from __future__ import annotations

import pytest

from speechcast.script.unspoken import find_silent_marks, find_turn, is_heard, is_uppercase


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("♪ La la la ♪", "La la la"),
        ("[applause] Thank you.", "Thank you."),
        ("[HE SIGHS\nDEEPLY] No.", "No."),
        ("See [1] and [2023].", "See [1] and [2023]."),
        ("Thank you. (Applause)", "Thank you."),
        ("谢谢大家！（掌声）", "谢谢大家！"),
        ("【音乐】开会", "开会"),
        ("(door slams)\nWho is it?", "Who is it?"),
        ("Who is it?\n(door slams)", "Who is it?"),
        ("the year\n(which we knew)\nwas over", "the year\n(which we knew)\nwas over"),
        ("（一）\n坚持领导", "（一）\n坚持领导"),
        ("(a)\nfirst", "(a)\nfirst"),
        ("<i>Really</i>?", "Really?"),
        ("if a < b and c > d", "if a < b and c > d"),
        ('<font color="red">Stop</font>', "Stop"),
        ("🎵 Happy birthday 🎵", "Happy birthday"),
        ("[[nested] brackets]", "[ brackets]"),
        ("a [", "a ["),
        ("", ""),
    ],
)
def test_what_is_spoken(text: str, spoken: str) -> None:
    chars = list(text)
    for mark in find_silent_marks(text):
        chars[mark.start : mark.end] = "\0" * (mark.end - mark.start)
    assert "".join(chars).replace("\0", "").strip() == spoken


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
    ("text", "heard"), [("♪", False), ("[applause]", False), ("（掌声）", False), ("Hi ♪", True)]
)
def test_a_cue_is_heard_if_it_has_words(text: str, heard: bool) -> None:
    assert is_heard(text) is heard
