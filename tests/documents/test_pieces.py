"""Raised text and what has no text, in .odt and .pptx; documents of unusual size."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from speechcast.documents import read
from speechcast.documents.block import PICTURES, Block, LeftOut
from speechcast.documents.office import odt, pptx
from speechcast.documents.pieces import Piece, join_pieces
from speechcast.errors import SourceError
from tests.support.document_files import DRAWING, odt_of
from tests.support.word_files import docx_of, p, r, texts

RAISED_STYLES = """
<style:style style:name="S" style:family="text">
 <style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="H" style:family="text">
 <style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="D" style:family="text">
 <style:text-properties style:text-position="sub 58%"/></style:style>
"""


def span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        ([("10", 0), ("3", 1), ("亩", 0)], "10³亩"),
        ([("25", 0), ("o", 1), ("C", 0)], "25°C"),
        ([("25", 0), ("o", 1), ("C，又10", 0), ("3", 1)], "25°C，又10³"),
        ([("据", 0), ("[", 1), ("1]", 1), ("H", 0), ("2", -1), ("O", 0)], "据H₂O"),
        ([("1", 0), ("st", 1), (" day", 0)], "1st day"),
    ],
)
def test_a_raised_piece_is_judged_by_its_neighbours(
    pieces: list[tuple[str, int]], line: str
) -> None:
    assert join_pieces(Piece(*piece) for piece in pieces) == line


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("面积5m" + span("S", "2") + "。", "面积5m²。"),
        ("约10" + span("H", "3") + "亩", "约10³亩"),
        ("据报道" + span("S", "[1]") + "，", "据报道，"),
        ("H" + span("D", "2") + "O", "H₂O"),
    ],
)
def test_raised_text_of_writer(inside: str, line: str) -> None:
    data = odt_of(f"<text:p>{inside}</text:p>", RAISED_STYLES)
    assert [b.text for b in odt.blocks(data, Path("a.odt"))] == [line]


def test_what_writer_shows_without_text_is_named() -> None:
    picture = "<draw:frame><draw:image/></draw:frame>"
    formula = "<draw:frame><draw:object/><draw:image/></draw:frame>"
    body = f"<text:p>{picture}</text:p><text:p>甲{formula}</text:p><text:p>{picture}</text:p>"
    assert odt.blocks(odt_of(body), Path("a.odt")) == [
        Block("甲", row=2),
        LeftOut(PICTURES, row=1),
        LeftOut("embedded objects", row=2),
        LeftOut(PICTURES, row=3),
    ]


def test_raised_text_formulas_and_charts_of_slides() -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    frame = slide.shapes.add_textbox(0, 0, Inches(5), Inches(1)).text_frame
    for text, baseline in (("面积5m", ""), ("2", "30000"), ("，据查", ""), ("[1]", "30000")):
        run = frame.paragraphs[0].add_run()
        run.text = text
        if baseline:
            run.font._element.set("baseline", baseline)
    formula = (
        '<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMath><m:f>'
        "<m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        "</m:oMath></a14:m>"
    )
    frame.paragraphs[0]._p.append(etree.fromstring(formula))
    assert frame.paragraphs[0]._p.tag == f"{DRAWING}p"
    file = BytesIO()
    show.save(file)
    assert [b.text for b in pptx.blocks(file.getvalue(), Path("a.pptx"))] == ["面积5m²，据查½"]


@pytest.mark.slow
def test_a_long_paragraph_of_word_is_not_called_damaged() -> None:
    (text,) = texts(docx_of(p(r("好，" * 2_000_000))))
    assert len(text) == 4_000_000


def test_word_elements_may_nest_deeply() -> None:
    def nested(depth: int) -> bytes:
        return docx_of(p("<w:smartTag>" * depth + r("深") + "</w:smartTag>" * depth))

    assert texts(nested(300)) == ["深"]


def test_what_nests_too_deep_is_refused_by_that_name(tmp_path: Path) -> None:
    path = tmp_path / "deep.docx"
    path.write_bytes(docx_of("<w:customXml>" * 1500 + p(r("深")) + "</w:customXml>" * 1500))
    with pytest.raises(SourceError, match="nests its elements deeper than can be read"):
        read(path)
