"""Markdown that was pasted into a plain text, and plain texts that only look a little like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents import from_text
from speechcast.documents.emphasis import escape_names, without_emphasis
from speechcast.documents.markdown_signs import is_markdown
from speechcast.frontend.tokenizer import tokenize
from speechcast.model import BlockKind


def lines_of(text: str) -> list[str]:
    return [block.text for block in from_text(text).blocks]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("## 打算\n\n1. **种树**：要活。\n5. 修渠。", ["打算", "1. 种树：要活。", "5. 修渠。"]),
        ("# 开学了\n\n同学们好。", ["开学了", "同学们好。"]),
        ("- **安全**第一。\n- *质量*也要好。", ["安全第一。", "质量也要好。"]),
        ("| 月 | 数 |\n|----|----|\n| 一 | 二 |", ["月，数", "一，二"]),
        ("见[学校网页](https://example.com)。", ["见学校网页。"]),
        ("### 一\n第一句。\n第二句没有\n说完。", ["一", "第一句。", "第二句没有说完。"]),
        ("## 一\n\n    缩进的。\n\n下面是线\n---\n完。", ["一", "缩进的。", "下面是线", "完。"]),
        ("## 一\n\n中共*市委书记*同志，5*3米。", ["一", "中共*市委书记*同志，5*3米。"]),
        ("## 一\n\n> 引用。\n\n***\n\n完[^1]。\n\n[^1]: 注。", ["一", "引用。", "完。"]),
    ],
)
def test_plain_text_that_is_markdown(text: str, lines: list[str]) -> None:
    assert lines_of(text) == lines


def test_the_title_of_pasted_markdown_has_no_marks() -> None:
    document = from_text("## 明年的打算\n\n**种树**。修渠。")
    assert document.front_matter.title == "明年的打算"
    assert document.blocks[0].kind is BlockKind.TITLE


@pytest.mark.parametrize(
    "text",
    [
        "# 1 开幕\n先讲几句。\n# 2 闭幕\n再讲几句。",
        "1. 修路。\n2. 引水。\n---\n完。",
        "张三：你好。\n李四：> 你也好。",
        "* * *\n春眠不觉晓，\n处处闻啼鸟。",
        "*春眠不觉晓，\n*处处闻啼鸟。",
        "- 甲。\n- 乙。",
        "长5 * 3 * 2米，宽5*3米。",
        "李*、王**和张**同志到会，电话138****1234。",
        "*省*市*县，中共*市委书记*同志，**省**市委。",
        "由**公司和**公司承办。",
        "来自**大学和**大学的代表",
        "电话138**1234和139**5678。",
        "编号**之1**2和**之3**4。",
        "同志们！*是我们的故乡，在*快速发展的今天，",
        "我来自*，我爱*。",
        "（*是我的母校，**是我的家，在**长大）",
        "注：*号表示必填。",
        "函数__init__和a_b_c。",
        "见[1](附件)。",
    ],
)
def test_plain_text_that_is_no_markdown(text: str) -> None:
    assert lines_of(text) == text.split("\n")


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("**修路**要紧", "修路要紧"),
        ("这是**非常要紧**的事", "这是非常要紧的事"),
        ("***特别***：防火", "特别：防火"),
        ("他说“*一定*”。", "他说“一定”。"),
        ("__要点__在此，`make`", "要点在此，make"),
        ("**甲**方和乙方", "甲方和乙方"),
        ("要**依靠和**团结他们", "要依靠和团结他们"),
        ("2024**年底前3**天", "2024年底前3天"),
        ("共**第1号**2个", "共第1号2个"),
        ("请**小张**发言", "请小张发言"),
        ("**公司**负责", "公司负责"),
        ("这**是要点**吗", "这是要点吗"),
        ("共**3**个", "共3个"),
        (" " * 40 + "*甲，乙*" + " " * 40, " " * 40 + "甲，乙" + " " * 40),
    ],
)
def test_emphasis_in_plain_text_is_silent(line: str, shown: str) -> None:
    assert without_emphasis(line) == shown
    assert "某" not in "".join(token.spoken for token in tokenize(shown, "zh-CN"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**修路**要紧。", False),  # emphasis alone is a weak sign
        ("1. *修路*要紧。", False),
        ("1. 修路要紧。\n> 引水。", False),
        ("1. **修路**要紧。", True),
        ("> **修路**要紧。", True),
        ("- **修路**\n- 引水", True),
        ("## 修路", True),
    ],
)
def test_two_weak_signs_or_a_strong_one_make_it_markdown(text: str, expected: bool) -> None:
    assert is_markdown(text) is expected


def test_a_lone_asterisk_still_stands_for_a_name() -> None:
    (block,) = from_text("**今天**李*同志来了。").blocks
    assert "".join(t.spoken for t in tokenize(block.text, "zh-CN")) == "今天李某同志来了。"


@pytest.mark.parametrize(
    "line",
    [
        " " * 41 + "*甲，乙*",
        "*甲，乙*" + " " * 41,
        "*甲，乙*丙",
        "张**和李**来了",
        "王**和小李**来了",
        "138**1号**楼",
        "编号**之甲1**2",
        "*市长*说，好",
        "*甲*乙",
        "他*是好人*。",
        "他*常住在*。",
    ],
)
def test_asterisks_in_place_of_a_name_stay(line: str) -> None:
    assert without_emphasis(line) == line


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("  * 甲*", "  * 甲\\*"),
        ("* * *", "* * *"),
        ("甲\\*乙*", "甲\\*乙\\*"),
        ("*** 甲", "\\*\\*\\* 甲"),
    ],
)
def test_asterisks_of_a_list_or_a_rule_are_not_escaped(line: str, escaped: str) -> None:
    assert escape_names(line) == escaped


@given(st.text(alphabet="我们*_`~ ab1，。", max_size=60))
def test_only_marks_are_removed_from_a_line(line: str) -> None:
    marks = str.maketrans("", "", "*_`")
    assert without_emphasis(line).translate(marks) == line.translate(marks)
