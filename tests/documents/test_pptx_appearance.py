"""What a slide has and nobody sees on it: a golden table."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from speechcast.documents.block import HIDDEN_TEXT, separate
from speechcast.documents.office import pptx
from tests.support.document_files import DRAWING

A = f'xmlns:a="{DRAWING[1:-1]}"'


def fill(color: str, more: str = "") -> str:
    kind = "schemeClr" if color in {"bg1", "tx1"} else "srgbClr"
    return f'<a:solidFill {A}><a:{kind} val="{color}">{more}</a:{kind}></a:solidFill>'


def show_of(run: str, size: str = "", shape: str = "", paper: str = "", picture: str = "") -> bytes:
    """Return a presentation of a slide with a text whose run has a fill and a size."""
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
    paragraph = box.text_frame.paragraphs[0]
    paragraph.add_run().text = "见"
    paragraph.add_run().text = "藏"
    properties = paragraph.runs[1]._r.get_or_add_rPr()
    if size:
        properties.set("sz", size)
    if run:
        properties.append(etree.fromstring(run))
    if shape:
        box.fill.background()
        old = box._element.spPr.find(f"{DRAWING}noFill")
        box._element.spPr.replace(old, etree.fromstring(shape))
    if paper:
        slide.background.fill.solid()
        set_color(slide.background.fill, paper)
    if picture:
        other = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
        other.fill.solid()
        set_color(other.fill, picture)
    file = BytesIO()
    show.save(file)
    return file.getvalue()


def set_color(target: Any, color: str) -> None:
    from pptx.dml import color as colors

    rgb: Any = colors.RGBColor
    target.fore_color.rgb = rgb.from_string(color)


NO_FILL = f"<a:noFill {A}/>"
# How the second run of "见藏" looks, and whether it is hidden.
RUNS: list[tuple[dict[str, str], bool]] = [
    ({"run": ""}, False),
    ({"run": fill("FFFFFF")}, True),
    ({"run": fill("bg1")}, True),
    ({"run": fill("tx1")}, False),
    ({"run": fill("FF0000")}, False),
    ({"run": NO_FILL}, True),
    ({"run": fill("FF0000", '<a:alpha val="0"/>')}, True),
    ({"run": fill("FF0000", '<a:alpha val="50000"/>')}, False),
    ({"run": fill("bg1", '<a:lumMod val="50000"/>')}, False),
    ({"run": "", "size": "100"}, True),
    ({"run": "", "size": "1800"}, False),
    ({"run": fill("FFFFFF"), "shape": fill("1F4E79")}, False),
    ({"run": fill("1F4E79"), "shape": fill("1F4E79")}, True),
    ({"run": fill("FFFFFF"), "shape": NO_FILL}, True),
    ({"run": fill("FFFFFF"), "paper": "000080"}, False),
    ({"run": fill("000080"), "paper": "000080"}, True),
    ({"run": fill("FFFFFF"), "picture": "000080"}, False),
]


@pytest.mark.parametrize(("parts", "is_hidden"), RUNS)
def test_what_nobody_sees_is_named_and_not_read(parts: dict[str, str], is_hidden: bool) -> None:
    blocks, left_out = separate(pptx.blocks(show_of(**parts), Path("speech.pptx")))
    assert [block.text for block in blocks] == ["见" if is_hidden else "见藏"]
    hidden = [(HIDDEN_TEXT, "藏")] if is_hidden else []
    assert [(piece.kind, piece.text) for piece in left_out] == hidden
