"""Pages of a PDF whose text is turned, and text that stands aslant over a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import Block, LeftOut, separate
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
