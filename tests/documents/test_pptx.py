"""Presentations to paragraphs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from speechcast.documents.block import separate
from speechcast.documents.office import pptx
from speechcast.errors import SourceError
from speechcast.model import BlockKind
from tests.support.document_files import DRAWING, make_presentation


def test_slides() -> None:
    blocks, left_out = separate(pptx.blocks(make_presentation(), Path("speech.pptx")))
    assert [(piece.kind, piece.text) for piece in left_out] == [
        ("notes of the speaker", "备注不读"),
        ("hidden slides", "隐藏"),
        ("struck text", "划"),
    ]
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
    blocks, _ = separate(pptx.blocks(file.getvalue(), Path("speech.pptx")))
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.TITLE, "开学典礼"),
        (BlockKind.BODY, "李明"),
        (BlockKind.BODY, "2024年9月"),
        (BlockKind.HEADING, "要点"),
        (BlockKind.BODY, "学习。"),
    ]


PRESENTATION = "http://schemas.openxmlformats.org/presentationml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:p="{PRESENTATION}" xmlns:a="{DRAWING[1:-1]}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)


def shape_of(text: str, role: str = "", more: str = "") -> str:
    placeholder = f'<p:ph type="{role}"/>' if role else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="99" name="x" {more}/><p:cNvSpPr/><p:nvPr>{placeholder}'
        f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
        "</p:txBody></p:sp>"
    )


def read_slide(
    *shapes: str, box: tuple[int, str] | None = None, parts: tuple[tuple[str, str], ...] = ()
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return what is read of a slide with a title and these shapes, and what is left out.

    Args:
        shapes: The shapes.
        box: Where a further text box is, in inches from the left, and its text.
        parts: The kind and the content of parts to which the slide refers.
    """
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "题"
    for shape in shapes:
        root = etree.fromstring(f"<x {SPACES}>{shape}</x>")
        slide.shapes._spTree.extend(list(root))
    if box:
        left, text = box
        slide.shapes.add_textbox(Inches(left), 0, Inches(1), Inches(1)).text_frame.text = text
    for kind, content in parts:
        uri = PackURI(f"/ppt/{kind}.xml")
        part: Any = Part(uri, "application/xml", slide.part.package, content.encode())
        slide.part.relate_to(part, f"{OFFICE}/{kind}")
    file = BytesIO()
    show.save(file)
    blocks, left_out = separate(pptx.blocks(file.getvalue(), Path("speech.pptx")))
    return [b.text for b in blocks], [(piece.kind, piece.text) for piece in left_out]


def alternatives_of(first: str, second: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="p14">{first}</mc:Choice>'
        f"<mc:Fallback>{second}</mc:Fallback></mc:AlternateContent>"
    )


def group_of(shapes: str) -> str:
    return (
        '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="98" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        f"<p:grpSpPr/>{shapes}</p:grpSp>"
    )


def test_of_alternatives_among_the_shapes_one_is_read() -> None:
    both = alternatives_of(shape_of("甲"), shape_of("旧甲"))
    assert read_slide(both, group_of(both.replace("甲", "乙"))) == (["题", "甲", "乙"], [])
    ink = alternatives_of('<p:contentPart r:id="rId9"/>', "")
    assert read_slide(ink) == (["题"], [("handwriting", "")])


def test_what_a_slide_hides_is_listed_and_not_read() -> None:
    hidden = shape_of("藏", more='hidden="1"')
    assert read_slide(hidden) == (["题"], [("hidden text", "藏")])
    assert read_slide(group_of(hidden)) == (["题"], [("hidden text", "藏")])
    assert read_slide(box=(-3, "片外")) == (["题"], [("hidden text", "片外")])
    assert read_slide(box=(30, "片外")) == (["题"], [("hidden text", "片外")])
    assert read_slide(box=(9, "片上")) == (["题", "片上"], [])


def test_headers_of_slides_are_listed_once_and_their_numbers_never() -> None:
    shapes = (shape_of("市委办", "ftr"), shape_of("市委办", "hdr"), shape_of("7", "sldNum"))
    assert read_slide(*shapes) == (["题"], [("headers and footers", "市委办")])


COMMENTS = [
    f"<p:cmLst {SPACES}><p:cm><p:text>要改</p:text></p:cm></p:cmLst>",
    f"<x:cmLst {SPACES} xmlns:x='x'><x:cm><x:txBody><a:p><a:r><a:t>要改</a:t></a:r></a:p>"
    "</x:txBody></x:cm></x:cmLst>",
]


@pytest.mark.parametrize("comments", COMMENTS)
def test_comments_on_a_slide_are_listed(comments: str) -> None:
    assert read_slide(parts=(("comments", comments),)) == (["题"], [("comments", "要改")])
    with pytest.raises(SourceError, match="has XML entities"):
        read_slide(parts=(("comments", f'<!DOCTYPE x [<!ENTITY a "b">]>{comments}'),))


def test_the_text_of_a_diagram_on_a_slide_is_read() -> None:
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="97" name="d"/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram">'
        '<dgm:relIds r:dm="{}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>调研</a:t></a:r></a:p></dgm:t></dgm:pt>"
    parts = (("diagramData", f"<dgm:dataModel {SPACES}>{point}</dgm:dataModel>"),)
    assert read_slide(frame.format("rId2"), parts=parts) == (["题", "调研"], [])
    assert read_slide(frame.format("rId9")) == (["题"], [("diagrams", "")])
