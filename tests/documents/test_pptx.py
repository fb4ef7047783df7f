"""Presentations to paragraphs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pptx import Presentation

from speechcast.documents.office import pptx
from speechcast.model import BlockKind
from tests.support.document_files import make_presentation


def test_slides() -> None:
    blocks = pptx.blocks(make_presentation(), Path("speech.pptx"))
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.TITLE, "在大会上的讲话"),
        (BlockKind.BYLINE, "李明"),
        (BlockKind.HEADING, "要点"),
        (BlockKind.BODY, "3. 甲"),
        (BlockKind.BODY, "4. 乙"),
        (BlockKind.BODY, "左"),
        (BlockKind.BODY, "右"),
        (BlockKind.HEADING, "数字"),
        (BlockKind.BODY, "年，增长"),
        (BlockKind.BODY, "合并"),
        (BlockKind.BODY, "留"),
    ]


def test_the_first_slide_has_the_title_whatever_its_layout() -> None:
    show = Presentation()
    for title, text in [("开学典礼", "李明\n2024年9月"), ("要点", "学习。")]:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, text
    file = BytesIO()
    show.save(file)
    blocks = pptx.blocks(file.getvalue(), Path("speech.pptx"))
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.TITLE, "开学典礼"),
        (BlockKind.BODY, "李明"),
        (BlockKind.BODY, "2024年9月"),
        (BlockKind.HEADING, "要点"),
        (BlockKind.BODY, "学习。"),
    ]
