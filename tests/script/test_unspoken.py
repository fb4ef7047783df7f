"""What in a cue is shown and not spoken."""

from __future__ import annotations

import pytest

from speechcast.script.unspoken import find_silent_marks, is_heard


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("♪ La la la ♪", ""),
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
        ("🎵 Happy birthday 🎵", ""),
        ("（笑）大家好（笑）。", "大家好。"),
        ("（脚步声）谁？（敲門聲）", "谁？"),
        ("（深吸一口气）开始。", "开始。"),
        ("［音乐渐强］你好", "你好"),
        ("声调（第一声）和（可笑）的人气（名声）", "声调（第一声）和（可笑）的人气（名声）"),
        ("(coughs) Sorry.", "Sorry."),
        ("Well... (clears throat) yes.", "Well...  yes."),
        ("(in French) Yes (in theory).", "Yes (in theory)."),
        ("I know (we all do).", "I know (we all do)."),
        ("(singing) ♪ La la ♪", ""),
        ("<i>♪ Hallelujah</i>\n<i>hallelujah ♪</i>", ""),
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
    ("text", "heard"), [("♪", False), ("[applause]", False), ("（掌声）", False), ("Hi ♪", True)]
)
def test_a_cue_is_heard_if_it_has_words(text: str, heard: bool) -> None:
    assert is_heard(text) is heard
