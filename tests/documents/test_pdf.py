"""PDF files to paragraphs: a golden table of texts at places on pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from speechcast.documents.block import Block, LeftOut, separate
from speechcast.documents.pdf import reader
from tests.support.document_files import PlacedText, lines_of, pdf_of


def texts_of(*pages: Sequence[PlacedText]) -> list[str]:
    return [
        b.text for b in reader.blocks(pdf_of(*pages), Path("speech.pdf")) if isinstance(b, Block)
    ]


FULL = "这一行写满了整整一行的三十个字所以它的下一行还是同一个段落里的"
# Another one, as long: PDFium takes a text for the shadow of the same one just above it, where the
# machine has no font of that name.
ALSO = "第二行也写满了整整一行的三十个字因此下一行仍属于同一个段落里的"
PDFS = [
    (
        [lines_of(FULL, ALSO, "到此结束。", FULL, "又一段。")],
        [FULL + ALSO + "到此结束。", FULL + "又一段。"],
    ),
    (  # an indent begins a paragraph, though the line before it is full
        [[*lines_of(FULL[:-1] + "。"), (96, 720, 12, FULL[:-2]), (72, 700, 12, "结束。")]],
        [FULL[:-1] + "。", FULL[:-2] + "结束。"],
    ),
    (  # over two pages, with what runs along left out
        [
            [*lines_of("页眉"), *lines_of(FULL, ALSO, top=600), (290, 40, 10, "- 1 -")],
            [*lines_of("页眉"), *lines_of("完了。", top=600), (290, 40, 10, "- 2 -")],
        ],
        [FULL + ALSO + "完了。"],
    ),
    (
        [
            lines_of(
                "Four score and seven years ago our fath-",
                "ers brought forth a well-",
                "known nation.",
            )
        ],
        ["Four score and seven years ago our fathers brought forth a well-known nation."],
    ),
    (
        [
            lines_of(
                "So let us begin anew, remembering on",
                "both sides that civility is not a",
                "sign. End.",
            )
        ],
        ["So let us begin anew, remembering on both sides that civility is not a sign. End."],
    ),
    (
        [[*lines_of("标题很大", size=24, top=780), *lines_of(FULL, "正文。")]],
        ["标题很大", FULL + "正文。"],
    ),
    (
        [[(72, 700, 12, "项目"), (300, 700, 12, "增长"), (72, 680, 12, "工业")]],
        ["项目，增长", "工业"],
    ),
    (  # from one column to the next
        [[*lines_of(FULL[:16], ALSO[:16]), *lines_of(FULL[16:24] + "。", "完了。", x=330)]],
        [FULL[:16] + ALSO[:16] + FULL[16:24] + "。", "完了。"],
    ),
    (  # a line in the middle, and lines too short to be full
        [[(250, 740, 12, "2024年1月10日"), *lines_of("各位同事：", top=720)]],
        ["2024年1月10日", "各位同事："],
    ),
    ([lines_of("去年", "增长", "谢谢", "大家")], ["去年", "增长", "谢谢", "大家"]),
    ([[(72, 700, 12, "结果"), (96, 706, 7, "1"), (101, 700, 12, "很好。")]], ["结果很好。"]),
    ([[*lines_of(FULL, "正文。"), (72, 60, 8, "1 See the appendix.")]], [FULL + "正文。"]),
    ([[(72, 700, 12, "see"), (100, 700, 12, "A类，见"), (150, 700, 12, "B")]], ["see A类，见B"]),
    # exponents, notes and indices
    ([[(72, 700, 12, "10"), (87, 706, 7, "3"), (92, 700, 12, "公顷地。")]], ["10³公顷地。"]),
    ([[(72, 700, 12, "100m"), (101, 706, 7, "2"), (106, 700, 12, "大。")]], ["100m²大。"]),
    (
        [[(72, 700, 12, "据报道"), (108, 706, 7, "[12]"), (126, 700, 12, "很好。")]],
        ["据报道很好。"],
    ),
    ([[(72, 700, 12, "growth"), (116, 706, 7, "2"), (122, 700, 12, "was")]], ["growth was"]),
    ([[(72, 700, 12, "H"), (79.5, 697, 7, "2"), (84, 700, 12, "O is it.")]], ["H₂O is it."]),
    (
        [[(72, 700, 12, "in the 19"), (137, 706, 7, "th"), (148, 700, 12, "year")]],
        ["in the 19th year"],
    ),
    # an isotope: what follows decides
    ([[(72, 700, 12, "测定"), (96, 706, 7, "14"), (105, 700, 12, "CO的量")]], ["测定¹⁴CO的量"]),
    ([[(72, 700, 12, "测定"), (97, 707, 7, "14"), (125, 700, 12, "C的量")]], ["测定¹⁴C的量"]),
]


@pytest.mark.parametrize(("pages", "lines"), PDFS)
def test_pdfs(pages: list[list[PlacedText]], lines: list[str]) -> None:
    blocks, _ = separate(reader.blocks(pdf_of(*pages), Path("speech.pdf")))
    assert [(b.row, b.text) for b in blocks] == [*enumerate(lines, 1)]


@pytest.mark.parametrize("left", [96, 97])
def test_a_raised_figure_that_is_left_out_of_a_pdf_is_listed(left: float) -> None:
    page = [(72, 700, 12, "结果"), (left, 706, 7, "1"), (101, 700, 12, "很好。")]
    _, left_out = separate(reader.blocks(pdf_of(page), Path("speech.pdf")))
    assert left_out == [LeftOut("raised figures taken for references of notes", "1")]


def chapters(heads: Sequence[str], *, size: float = 9, y: float = 800) -> list[list[PlacedText]]:
    """Return a page for each of these running heads, with text below and a page number."""
    return [
        [(290, y, size, head), *lines_of(FULL, ALSO, top=700), (290, 40, 9, f"{number}")]
        for number, head in enumerate(heads, 1)
    ]


HEADS = [
    ["开工", "开工", "停工", "停工", "复工"],
    ["水渠志", "开工", "水渠志", "停工", "水渠志", "复工", "水渠志", "竣工"],
    ["1 开工", "开工 2", "3 停工", "停工 4", "5 复工", "复工 6"],
    [f"第{n}节 小事" for n in "一二三四五六七"],  # each on one page, smaller than the text
]


@pytest.mark.parametrize("heads", HEADS)
@pytest.mark.parametrize("y", [800, 60])
def test_running_heads_that_change_by_chapter_are_left_out(heads: list[str], y: float) -> None:
    assert texts_of(*chapters(heads, y=y)) == [(FULL + ALSO) * len(heads)]


def test_titles_of_slides_stay_though_they_stand_at_one_height() -> None:
    titles = ["回顾", "现状", "问题", "办法", "展望"]
    read = texts_of(*chapters(titles, size=16))
    assert [text for text in read if text in titles] == titles


def test_a_list_of_contents_is_left_out() -> None:
    lines = ["Results ........... 1", "More ........... 12", "Here it begins. Wait ......"]
    pieces = reader.blocks(pdf_of(lines_of(*lines)), Path("speech.pdf"))
    assert [(type(piece), piece.text) for piece in pieces] == [
        (Block, "Here it begins. Wait ......"),
        (LeftOut, "Results ........... 1"),
    ]
