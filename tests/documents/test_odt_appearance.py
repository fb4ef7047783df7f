"""What an OpenDocument text has and its reader cannot see: a golden table."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import HIDDEN_TEXT, separate
from speechcast.documents.office import odt
from tests.support.document_files import odt_of


def style(name: str, family: str, properties: str, more: str = "") -> str:
    kind = "text" if family in {"text", "paragraph"} else family
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}>'
        f"<style:{kind}-properties {properties}/></style:style>"
    )


WHITE, BLACK = 'fo:color="#ffffff"', 'fo:background-color="#000000"'
STYLES = (
    style("White", "text", WHITE)
    + style("Banner", "text", f"{WHITE} {BLACK}")
    + style("Bar", "text", f'fo:color="#000000" {BLACK}')
    + style("Red", "text", 'fo:color="#ff0000"')
    + style("Tiny", "text", 'fo:font-size="1pt"')
    + style("Small", "text", 'fo:font-size="5pt"')
    + style("PWhite", "paragraph", WHITE)
    + style("PChild", "paragraph", "", 'style:parent-style-name="PWhite"')
    + style("Cell", "table-cell", BLACK)
    + style("Table", "table", BLACK)
    + style("Row", "table-row", BLACK)
    + style("Section", "section", BLACK)
)


def span(name: str, text: str) -> str:
    return f'<text:span text:style-name="{name}">{text}</text:span>'


def p(inside: str, name: str = "") -> str:
    return f'<text:p text:style-name="{name}">{inside}</text:p>'


def table(inside: str, cell: str = "", row: str = "", whole: str = "") -> str:
    return (
        f'<table:table table:style-name="{whole}"><table:table-row table:style-name="{row}">'
        f'<table:table-cell table:style-name="{cell}">{inside}</table:table-cell>'
        "</table:table-row></table:table>"
    )


BODIES = [
    (p("见" + span("White", "藏") + "也见"), ["见也见"], ["藏"]),
    (p("见" + span("Tiny", "藏") + span("Small", "小")), ["见小"], ["藏"]),
    (p("见" + span("Bar", "藏")), ["见"], ["藏"]),
    (p(span("Banner", "见")), ["见"], []),
    (p("藏" + span("Red", "见") + "也藏", "PWhite"), ["见"], ["藏也藏"]),
    (p("藏", "PChild"), [], ["藏"]),
    (p(span("White", span("Red", "见"))), ["见"], []),
    (table(p(span("White", "藏"))), [], ["藏"]),
    (table(p(span("White", "见")), cell="Cell"), ["见"], []),
    (table(p(span("White", "见")), row="Row"), ["见"], []),
    (table(p(span("White", "见")), whole="Table") + p("藏", "PWhite"), ["见"], ["藏"]),
    (f'<text:section text:style-name="Section">{p("见", "PWhite")}</text:section>', ["见"], []),
    (p(f"<draw:text-box>{p('见', 'PWhite')}</draw:text-box>"), ["见"], []),
]


@pytest.mark.parametrize(("body", "texts", "hidden"), BODIES)
def test_what_nobody_sees_is_named_and_not_read(
    body: str, texts: list[str], hidden: list[str]
) -> None:
    blocks, left_out = separate(odt.blocks(odt_of(body, STYLES), Path("speech.odt")))
    assert [block.text for block in blocks] == texts
    assert [(piece.kind, piece.text) for piece in left_out] == [(HIDDEN_TEXT, t) for t in hidden]


@pytest.mark.parametrize(
    "page",
    [
        '<style:page-layout-properties fo:background-color="#000080"/>',
        "<style:page-layout-properties><style:background-image/></style:page-layout-properties>",
        '<style:graphic-properties style:run-through="background"/>',
    ],
)
def test_white_text_on_a_coloured_page_is_read(page: str) -> None:
    data = odt_of(p("见", "PWhite"), STYLES + page)
    blocks, left_out = separate(odt.blocks(data, Path("speech.odt")))
    assert ([block.text for block in blocks], left_out) == (["见"], [])
