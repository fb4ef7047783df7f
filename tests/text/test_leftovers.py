"""Gaps of a template, error texts and garbled characters: golden tables."""

from __future__ import annotations

import pytest

from speechcast.text.leftovers import find_leftovers

SPEECH = "今天我们在这里开会，讨论明年的工作安排。大家好。"
LEFTOVERS = [
    ("尊敬的«姓名»同志", "«姓名»", "a gap of a template"),
    ("您好{{ name }}，", "{{ name }}", "a gap of a template"),
    ("Dear «First_Name»,", "«First_Name»", "a gap of a template"),
    ("由____承办", "____", "a gap of a template"),
    ("请[姓名]发言", "[姓名]", "a gap of a template"),
    ("地点：【请填写会议地点】", "【请填写会议地点】", "a gap of a template"),
    ("Dear [Your Name],", "[Your Name]", "a gap of a template"),
    ("于XX日", "XX", "a gap of a template"),
    ("单击此处输入文字。", "单击此处输入文字", "a gap of a template"),
    ("见错误!未找到引用源。谢谢", "错误!未找到引用源", "an error of the program that wrote it"),
    ("见错误！未定义书签。", "错误！未定义书签", "an error of the program that wrote it"),
    ("见錯誤! 找不到參照來源。", "錯誤! 找不到參照來源", "an error of the program that wrote it"),
    (
        "See Error! Reference source not found. Thanks",
        "Error! Reference source not found",
        "an error of the program that wrote it",
    ),
    ("共#REF!元", "#REF!", "an error of the program that wrote it"),
    (r"即$\begin{matrix}1\end{matrix}$。", r"$\begin{matrix}1\end{matrix}$", "code of LaTeX"),
    (r"\section{总则}", r"\section{总则}", "code of LaTeX"),
    (r"约\frac{1}{2}", r"\frac{1}{2}", "code of LaTeX"),
    ("第一行<br/>", "<br/>", "markup"),
    ('<a href="b">', '<a href="b">', "markup"),
    ("甲<!-- 删 -->乙", "<!-- 删 -->", "markup"),
    ("甲&nbsp;乙", "&nbsp;", "markup"),
    ("好 :smile: 的", ":smile:", "the name of an emoji"),
    ("甲[/b]", "[/b]", "markup"),
    ("[url=b.cn]甲", "[url=b.cn]", "markup"),
    ("#+TITLE: 甲", "#+TITLE:", "markup"),
    ("甲\ue000\uf8ff乙", "\ue000\uf8ff", "a character that only one font has"),
    ("好锟斤拷锟斤拷吗", "锟斤拷锟斤拷", "garbled by a wrong encoding"),
    ("烫烫烫烫", "烫烫烫烫", "garbled by a wrong encoding"),
    ("好\ufffd\ufffd吗", "\ufffd\ufffd", "garbled by a wrong encoding"),
    ("donâ€™t", "â€™", "garbled by a wrong encoding"),
    ("cafÃ©", "Ã©", "garbled by a wrong encoding"),
]


@pytest.mark.parametrize(("text", "part", "kind"), LEFTOVERS)
def test_what_nobody_meant_to_be_read_is_found(text: str, part: str, kind: str) -> None:
    (leftover,) = find_leftovers(text)
    assert (text[leftover.start : leftover.end], leftover.kind) == (part, kind)


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "gbk"])
def test_utf8_read_in_another_encoding_is_garbled(wrong: str) -> None:
    text = SPEECH.encode().decode(wrong, "ignore")
    parts = find_leftovers(text)
    assert all(part.is_garbled for part in parts)
    assert sum(part.end - part.start for part in parts) > 0.8 * len(text)


INTENDED = [
    SPEECH,
    "他穿XXL号，住X射线科。",
    "café à la carte, déjà vu, naïve — “Ça va?” “Où?”",
    "« Bonjour tout le monde », dit-il.",
    "São Paulo, Ålesund, Łódź, Âge.",
    "这是一个错误！没人想到。",
    "[1]和【重要】以及〔2024〕5号",
    "5×5米，a_b",
    "a<b且b>c，a <b 且 b> c，x<i且i>0，AT&T，R&D;",
    "10:30:00，a:b:c，http://a:b:c",
    r"C:\Users\alpha9，$5和$6",
    "第十一條 人人有權享受。",
    "产量增加个百分点、亿吨、平板玻璃。",
]


@pytest.mark.parametrize("text", INTENDED)
def test_what_was_meant_is_left_alone(text: str) -> None:
    assert find_leftovers(text) == []
