"""Plain text to paragraphs: golden tables, and texts wrapped by hand."""

from __future__ import annotations

import re
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents import plain
from speechcast.text.whitespace import display_width
from tests.support.document_files import squeezed

KANBAN = "在毕业典礼上，我想对大家说三句话，每一句都很短，也都很重要，请大家"  # a line of 34
PARAGRAPHS = [
    ("一段。\n二段。\n", ["一段。", "二段。"]),
    (
        "　　一段。\n　　二段还是第二段，没有在这里就结束，\n接着。",
        ["一段。", "二段还是第二段，没有在这里就结束，接着。"],
    ),
    ("一段\n\n\n二段", ["一段", "二段"]),
    # wrapped by hand, in both scripts
    (f"{KANBAN}\n{KANBAN}\n记住。\n第二段。", [KANBAN * 2 + "记住。", "第二段。"]),
    (f"　　{KANBAN}\n记住。\n　　第二段。", [KANBAN + "记住。", "第二段。"]),
    (
        "Let every nation know, whether it wishes us well or ill,\nthat we shall pay any price, "
        "bear any burden, and meet\nany hardship.\n\nThis much we pledge.",
        [
            "Let every nation know, whether it wishes us well or ill, that we shall pay any price, "
            "bear any burden, and meet any hardship.",
            "This much we pledge.",
        ],
    ),
    # one line of the wrapped ones may end early, and one in ten of many
    (
        f"{KANBAN}\n{KANBAN}\n{KANBAN[:23]}\n{KANBAN}\n记住。",
        [KANBAN * 2 + KANBAN[:23], KANBAN + "记住。"],
    ),
    (
        (f"{KANBAN}\n" * 10 + f"{KANBAN[:23]}\n") * 2 + "记住。",
        [KANBAN * 10 + KANBAN[:23]] * 2 + ["记住。"],
    ),
    (f"{KANBAN}\n" + f"{KANBAN[:23]}\n" * 3 + "记住。", [KANBAN, *[KANBAN[:23]] * 3, "记住。"]),
    # where first lines are indented, one that is full ends its paragraph too
    (
        (f"　　{KANBAN[:32]}\n{KANBAN}\n完。\n" * 2) + f"　　{KANBAN[:31]}。\n　　又一段。",
        [f"{KANBAN[:32]}{KANBAN}完。"] * 2 + [f"{KANBAN[:31]}。", "又一段。"],
    ),
    # no items of a list: a figure, a name left out
    (
        f"{KANBAN}\n1.2亿吨煤，{KANBAN[:-5]}\n*是我们的家。",
        [f"{KANBAN}1.2亿吨煤，{KANBAN[:-5]}*是我们的家。"],
    ),
    # verse, lists, headings and letters keep their lines
    (
        "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。",
        ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"],
    ),
    ("要做到：\n1. 学习；\n2. 工作\n3. 生活", ["要做到：", "1. 学习；", "2. 工作", "3. 生活"]),
    ("- 第一点，\n  接着说\n- 第二点", ["- 第一点，接着说", "- 第二点"]),
    ("一、回顾\n过去一年，成绩很大。", ["一、回顾", "过去一年，成绩很大。"]),
    # what copying from a web page tears apart
    ("根据《\n证券法\n》的规定，", ["根据《证券法》的规定，"]),
    ("要看到成绩\n，也要看到不足。", ["要看到成绩，也要看到不足。"]),
    ("一是\n认真学习。", ["一是认真学习。"]),
    (
        "甲。\n\n乙。\n\n丙。\n\n"
        + "我们要坚定不移地推动高质量发展，" * 4
        + "推动\n全面伙伴关系协定\n（协定）生效。",
        [
            "甲。",
            "乙。",
            "丙。",
            "我们要坚定不移地推动高质量发展，" * 4 + "推动全面伙伴关系协定（协定）生效。",
        ],
    ),
    # recitals, each indented
    ("    鑑於發展，\n    鑑於尊嚴，", ["鑑於發展，", "鑑於尊嚴，"]),
    # set wide
    (
        "第 一 条\n人 人 生 而 自 由, 在 尊 严 上 一 律 平 等。",
        ["第一条", "人人生而自由,在尊严上一律平等。"],
    ),
    ("序 言\n正文里的 空格 留着。", ["序言", "正文里的 空格 留着。"]),
    (
        "They said then, and they say so still, “go,\n“now.”",
        ["They said then, and they say so still, “go, “now.”"],
    ),
    (
        "They met in the café by the river and had an é\nécole.",
        ["They met in the café by the river and had an é école."],
    ),
]


@pytest.mark.parametrize(("text", "paragraphs"), PARAGRAPHS)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [block.text for block in plain.parse_plain(text)] == paragraphs


CHINESE_SPEECH = [
    "在毕业典礼上的讲话",
    "同学们：",
    "今天，我想说“三句话”，每一句都很短，也都很重要。" * 4,
    "一、要有梦想",
    "有人问我：“梦想有什么用？”我说，“它让人不怕走远路。”走远路的人才知道风景在哪里。" * 2,
    "再见，祝大家一路平安、前程似锦！",
]
ENGLISH_SPEECH = [
    "Remarks at Commencement",
    "Today I have three things to say; each is short, and each -- I hope -- is worth it. " * 4,
    "Someone asked me once what a dream is for. It keeps you from fearing the long road. " * 3,
    "Thank you.",
]


@pytest.mark.parametrize("width", [44, 60, 76, 100])
@pytest.mark.parametrize(("indent", "between"), [("", "\n\n"), ("\u3000\u3000", "\n")])
@pytest.mark.parametrize("paragraphs", [CHINESE_SPEECH, ENGLISH_SPEECH], ids=["zh", "en"])
def test_text_wrapped_by_hand(paragraphs: list[str], width: int, indent: str, between: str) -> None:
    text = between.join(wrapped(indent + paragraph.strip(), width) for paragraph in paragraphs)
    assert [block.text for block in plain.parse_plain(text)] == [p.strip() for p in paragraphs]


def wrapped(paragraph: str, width: int) -> str:
    """As an editor wraps it: at spaces and between characters, marks standing out at the end."""
    lines = [""]
    for piece in re.findall(r"[!-~]+ ?|.[，。：；！？、”]*", paragraph):
        if display_width(lines[-1] + piece[:1] + piece[1:].strip(" ，。：；！？、”")) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def test_where_lines_were_joined() -> None:
    (block,) = plain.parse_plain("你好，我的各位朋友，还有你们大家，\nmy friend,\nand you.", row=7)
    assert (block.text, block.row) == ("你好，我的各位朋友，还有你们大家， my friend, and you.", 7)
    assert [block.text[offset:] for offset in block.breaks] == ["my friend, and you.", "and you."]


LINES = st.text(alphabet="我们在 A.b!?。！？…，、；：“”（）《》\"'*—-1#_`\n\t\u3000", max_size=120)


@given(st.text() | LINES)
def test_nothing_of_a_plain_text_is_lost(text: str) -> None:
    blocks = plain.parse_plain(text)
    assert squeezed("".join(block.text for block in blocks)) == squeezed(text)
    for block in blocks:
        assert block.text == block.text.strip()
        assert "\n" not in block.text
        assert list(block.breaks) == sorted(set(block.breaks))
        assert all(0 < offset < len(block.text) for offset in block.breaks)
        assert all(not block.text[offset].isspace() for offset in block.breaks)


@given(LINES)
def test_every_block_begins_on_its_row(text: str) -> None:
    rows = text.split("\n")
    for block in plain.parse_plain(text):
        starts = [0, *block.breaks]
        for row, start, end in zip(count(block.row - 1), starts, [*starts[1:], None], strict=False):
            assert squeezed(rows[row]) == squeezed(block.text[start:end])


@pytest.mark.slow
def test_a_paragraph_of_a_megabyte_is_joined() -> None:
    (block,) = plain.parse_plain(("word " * 12 + "and,\n") * 20_000)
    assert len(block.breaks) == 19_999
