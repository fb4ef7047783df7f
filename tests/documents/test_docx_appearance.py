"""What a Word document has and its reader cannot see: a golden table."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import HIDDEN_TEXT, separate
from speechcast.documents.office import docx as word
from tests.support.word_files import SPACES, docx_of, p, r

WHITE = '<w:color w:val="FFFFFF"/>'
BLACK_SHADE = '<w:shd w:val="clear" w:fill="000000"/>'
TINY = '<w:sz w:val="2"/>'
STYLES = f"""
<w:style w:type="paragraph" w:styleId="White"><w:name w:val="White"/>
<w:rPr>{WHITE}</w:rPr></w:style>
<w:style w:type="character" w:styleId="Tiny"><w:name w:val="Tiny"/><w:rPr>{TINY}</w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Banner"><w:name w:val="Banner"/>
<w:pPr><w:shd w:val="clear" w:fill="1F4E79"/></w:pPr><w:rPr>{WHITE}</w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/></w:style>
<w:style w:type="table" w:styleId="Dark"><w:name w:val="Dark List"/>
<w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:style>
"""


def styled(style: str, inside: str) -> str:
    return p(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}')


def table(inside: str, style: str = "Grid", cell: str = "") -> str:
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/></w:tblPr>'
        f"<w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{inside}</w:tc></w:tr></w:tbl>"
    )


def drawing(inside: str, properties: str = "", position: str = "") -> str:
    box = f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>"
    wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    return (
        f'<w:r><w:drawing><wp:anchor xmlns:wp="{wp}">{position}'
        f"<wp:docPr {properties}/>{box}</wp:anchor></w:drawing></w:r>"
    )


AWAY = (
    '<wp:positionH relativeFrom="page"><wp:posOffset>-900000</wp:posOffset></wp:positionH>'
    '<wp:extent cx="800000" cy="800000"/>'
)
BEHIND = p(drawing("").replace("<wp:anchor ", '<wp:anchor behindDoc="1" '))
LOW = '<w:spacing w:line="20" w:lineRule="exact"/>'
FLAT = '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/></w:trPr>'
NO_FILL = (
    '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    "<w14:noFill/></w14:textFill>"
)
# Bodies, with what is read in them and what is hidden.
BODIES = [
    (p(r("见") + r("藏", WHITE)), ["见"], ["藏"]),
    (p(r("见") + r("藏", '<w:color w:val="FDFDFD"/>')), ["见"], ["藏"]),
    (p(r("见", '<w:color w:val="auto"/>') + r("红", '<w:color w:val="FF0000"/>')), ["见红"], []),
    (p(r("见") + r("藏", TINY)), ["见"], ["藏"]),
    (p(r("见") + r("小", '<w:sz w:val="10"/>')), ["见小"], []),
    (p(r("见") + r("藏", NO_FILL)), ["见"], ["藏"]),
    (p(r("见", WHITE + BLACK_SHADE)), ["见"], []),
    (p(r("见") + r("藏", '<w:color w:val="000000"/>' + BLACK_SHADE)), ["见"], ["藏"]),
    (p(r("见") + r("藏", '<w:highlight w:val="black"/>')), ["见"], ["藏"]),
    (p(r("见", '<w:highlight w:val="yellow"/>')), ["见"], []),
    (p(r("见", f"{WHITE}<w:outline/>") + r("藏", WHITE)), ["见"], ["藏"]),
    (p(r("见", WHITE + '<w:highlight w:val="blue"/>')), ["见"], []),
    (p(r("见") + r("藏", WHITE + '<w:highlight w:val="white"/>')), ["见"], ["藏"]),
    (p(f"<w:pPr>{BLACK_SHADE}</w:pPr>" + r("见", WHITE)), ["见"], []),
    (styled("White", r("藏") + r("见", '<w:color w:val="FF0000"/>')), ["见"], ["藏"]),
    (styled("Banner", r("见")), ["见"], []),
    (p(r("见") + r("藏", '<w:rStyle w:val="Tiny"/>')), ["见"], ["藏"]),
    (p(r("见", '<w:rStyle w:val="Tiny"/><w:sz w:val="24"/>')), ["见"], []),
    (table(p(r("藏", WHITE))), [], ["藏"]),
    (table(p(r("见", WHITE)), "Dark"), ["见"], []),
    (table(p(r("见", WHITE)), cell=BLACK_SHADE), ["见"], []),
    (table(p(r("见", WHITE)), cell=BLACK_SHADE) + p(r("藏", WHITE)), ["见"], ["藏"]),
    (p(r("前") + drawing(p(r("见", WHITE)))), ["前", "见"], []),
    (p(r("前") + drawing(p(r("藏")), 'hidden="1"')), ["前"], ["藏"]),
    (p(r("前") + drawing(p(r("藏")), position=AWAY)), ["前"], ["藏"]),
    (p(r("前") + drawing(p(r("见")), position=AWAY.replace("-9", "-7"))), ["前", "见"], []),
    (p(r("见") + r("藏", '<w:w w:val="1"/>') + r("长", '<w:w w:val="150"/>')), ["见长"], ["藏"]),
    (p(f"<w:pPr>{LOW}</w:pPr>" + r("藏")) + p(r("见")), ["见"], ["藏"]),
    (p(f"<w:pPr>{LOW.replace('exact', 'auto')}</w:pPr>" + r("见")), ["见"], []),
    (table(p(r("藏"))).replace("<w:tr>", f"<w:tr>{FLAT}"), [], ["藏"]),
    (table(p(r("见"))).replace("<w:tr>", f"<w:tr>{FLAT.replace('exact', 'atLeast')}"), ["见"], []),
    (BEHIND + p(r("见", WHITE)), ["见"], []),
]


@pytest.mark.parametrize(("body", "texts", "hidden"), BODIES)
def test_what_nobody_sees_is_named_and_not_read(
    body: str, texts: list[str], hidden: list[str]
) -> None:
    blocks, left_out = separate(word.blocks(docx_of(body, STYLES), Path("speech.docx")))
    assert [block.text for block in blocks] == texts
    assert [(piece.kind, piece.text) for piece in left_out] == [(HIDDEN_TEXT, t) for t in hidden]


def test_the_usual_colour_of_a_document_may_be_white() -> None:
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{WHITE}</w:rPr></w:rPrDefault></w:docDefaults>"
    body = p(r("藏") + r("见", '<w:color w:val="auto"/>')) + styled("Banner", r("也见"))
    blocks, left_out = separate(word.blocks(docx_of(body, defaults + STYLES), Path("speech.docx")))
    assert [block.text for block in blocks] == ["见", "也见"]
    assert [piece.text for piece in left_out] == ["藏"]


def test_white_text_on_a_coloured_page_is_read() -> None:
    page = (
        f'<w:document {SPACES}><w:background w:color="000080"/><w:body>{{}}</w:body></w:document>'
    )
    parts = {"word/document.xml": page.format(p(r("见", WHITE)))}
    blocks, left_out = separate(word.blocks(docx_of("", more=parts), Path("speech.docx")))
    assert ([block.text for block in blocks], left_out) == (["见"], [])
