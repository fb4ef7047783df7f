"""Pages of a PDF whose text is turned, and text that stands aslant over a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import HEADERS, Block, LeftOut, separate
from speechcast.documents.pdf import reader
from tests.support.document_files import pdf_with

LINES = ["A text in two lines, 10 tall,", "which stands sideways."]
WORDS = "BT /L 12 Tf 72 740 Td (The text of the page is here and is read.) Tj ET "


def read_page(content: str, page: str = "") -> tuple[list[Block], list[LeftOut]]:
    return separate(reader.blocks(pdf_with(content, page), Path("speech.pdf")))


@pytest.mark.parametrize("page", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270"])
@pytest.mark.parametrize(
    ("matrix", "first", "second"),
    [
        ("1 0 0 1", (100, 700), (100, 680)),
        ("0 1 -1 0", (100, 72), (120, 72)),
        ("0 -1 1 0", (120, 700), (100, 700)),
        ("-1 0 0 -1", (500, 100), (500, 120)),
    ],
)
def test_text_is_read_however_it_is_turned(
    page: str, matrix: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    content = " ".join(
        f"BT /L 12 Tf {matrix} {x} {y} Tm ({text}) Tj ET"
        for (x, y), text in zip((first, second), LINES, strict=True)
    )
    blocks, left_out = read_page(content, page)
    assert ([block.text for block in blocks], left_out) == (LINES, [])


def test_a_watermark_is_left_out() -> None:
    blocks, left_out = read_page(WORDS + "BT /L 60 Tf .7 .7 -.7 .7 150 300 Tm (DRAFT) Tj ET")
    assert [block.text for block in blocks] == ["The text of the page is here and is read."]
    assert left_out == [LeftOut("slanted text, as of a watermark", "DRAFT")]


def test_a_page_scanned_crooked_is_read() -> None:
    blocks, left_out = read_page(WORDS + "BT /L 12 Tf .999 .03 -.03 .999 72 700 Tm (More.) Tj ET")
    assert [block.text for block in blocks][-1].endswith("More.")
    assert left_out == []


def test_slanted_text_is_read_where_there_is_no_other() -> None:
    blocks, _ = read_page("BT /L 12 Tf .7 .7 -.7 .7 150 300 Tm (Slanted words) Tj ET")
    assert "".join(blocks[0].text.split()) == "Slantedwords"


def test_a_stamp_in_the_margin_is_left_out() -> None:
    stamp = "BT /L 16 Tf 0 1 -1 0 30 200 Tm (arXiv 2301) Tj ET"
    blocks, left_out = read_page(WORDS + stamp)
    assert [block.text for block in blocks] == ["The text of the page is here and is read."]
    assert [(piece.kind, piece.text.replace(" ", "")) for piece in left_out] == [
        (HEADERS, "arXiv2301")
    ]


def test_a_table_in_landscape_is_read_by_rows() -> None:
    cells = [(100, 72, "Year"), (100, 200, "Growth"), (120, 72, "2023"), (120, 200, "5.2%")]
    content = " ".join(f"BT /L 12 Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET" for x, y, text in cells)
    assert [block.text for block in read_page(content, "/Rotate 90")[0]] == [
        "Year, Growth",
        "2023, 5.2%",
    ]
