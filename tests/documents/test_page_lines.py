"""Lines of a plain text that number its pages are left out; what may be its text is read."""

from __future__ import annotations

import pytest

from speechcast.documents import LeftOut, from_text
from speechcast.documents.block import HEADERS

SENTENCE = "同志们，今年的工作做得很好，大家都出了力，我代表公司向大家表示衷心的感谢。"
SPEECH = SENTENCE * 30
LINES = [SPEECH[start : start + 38] for start in range(0, len(SPEECH), 38)]
PAGES = ["\n".join(LINES[start : start + 9]) for start in range(0, len(LINES), 9)]
SECTIONS = [SENTENCE * 5] * 4


@pytest.mark.parametrize("around", ["\n", "\n\n\n"])
@pytest.mark.parametrize(
    "form",
    [
        "- {} -", "— {} —", "－ {} －", "· {} ·", "{}", "{}/4", "P. {}", "第{}页", "Page {}",
        "第 {} 页 共 4 页", "第{}页，共4页", "第 {} 頁 / 共 4 頁", "Page {} of 4", "        - {} -",
    ],
)  # fmt: skip
def test_a_series_of_page_numbers_is_left_out(form: str, around: str) -> None:
    numbers = [form.format(number) for number in range(1, 5)]
    text = around.join(piece for pair in zip(PAGES, numbers, strict=True) for piece in pair)
    document = from_text(text)
    assert document.text == SPEECH
    row = 9 + around.count("\n")
    assert document.left_out == tuple(LeftOut(HEADERS, n.strip(), row=row) for n in numbers)
    assert from_text(text, markdown=True).text == SPEECH


def test_the_lines_of_markdown_keep_their_numbers() -> None:
    numbered = [f"{page}\n\n第 {n} 页 共 4 页" for n, page in enumerate(PAGES, 1)]
    text = "# 题目\n\n" + "\n\n".join(numbered) + "\n\n另：\n\n- 附件"
    document = from_text(text, markdown=True)
    assert [(block.row, block.text) for block in document.blocks] == [
        (1, "题目"), (3, SPEECH), (45, "另："), (47, "附件"),
    ]  # fmt: skip


def test_numbers_in_the_middle_of_sentences_need_not_end_the_text() -> None:
    text = "\n".join(
        piece
        for number, page in enumerate(PAGES, 7)
        for piece in ([page] if number == 10 else [page, f"- {number} -"])
    )
    assert from_text(text).text == SPEECH


@pytest.mark.parametrize(
    "text",
    [
        "倒计时：\n3\n2\n1\n点火！",
        "我们一起数：\n1\n2\n3\n开始！",
        "- 1 -\n- 2 -\n- 3 -",
        "题目\n\n" + "\n\n".join(f"- {n} -\n\n{s}" for n, s in enumerate(SECTIONS, 1)),
        "引言。" * 60 + "\n\n" + "\n\n".join(f"{n}\n\n{s}" for n, s in enumerate(SECTIONS, 1)),
        "\n\n".join(f"第{n}页\n\n{s}" for n, s in enumerate(SECTIONS, 1)),
        "\n".join(f"{s}\n- {n} -" for n, s in zip((1, 3, 5, 7), SECTIONS, strict=True)),
        "\n".join(f"{s}\n- {n} -" for n, s in zip((4, 3, 2, 1), SECTIONS, strict=True)),
        f"{SECTIONS[0]}\n3/4\n{SECTIONS[1]}",
        f"{SECTIONS[0]}\n第 1 页 共 2 页\n{SECTIONS[1]}",
        "第 1 页 共 2 页\n第 2 页 共 2 页",
        "\n".join(f"{s}\n{year}" for year, s in zip((2021, 2022), ("短。", "句。"), strict=True)),
    ],
)
def test_what_may_be_text_is_read(text: str) -> None:
    document = from_text(text)
    assert document.left_out == ()
    assert "".join(document.text.split()) == "".join(text.split())
