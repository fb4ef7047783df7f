"""OpenDocument texts to paragraphs: a golden table, headings, and what LibreOffice writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents import read
from speechcast.documents.block import separate
from speechcast.documents.office import odt
from speechcast.model import BlockKind
from tests.support.document_files import NESTED_LIST, ODT_OUTLINE, list_of, odt_of

HERE = Path(__file__).parent
TEXTS = [
    ("<text:p>你好<text:span>世界</text:span></text:p>", ["你好世界"]),
    (
        "<text:p>上<text:line-break/>下<text:tab/>左<text:s text:c='3'/>右\n  x</text:p>",
        ["上", "下 左 右 x"],
    ),
    (
        "<text:p>注<text:note><text:note-body><text:p>脚</text:p></text:note-body></text:note>后</text:p>",
        ["注后"],
    ),
    ("<text:p>批<office:annotation><text:p>评</text:p></office:annotation>后</text:p>", ["批后"]),
    ('<text:p>看<text:span text:style-name="T1">藏</text:span>见</text:p>', ["看见"]),
    ('<text:p>要<text:span text:style-name="T2">划</text:span></text:p>', ["要"]),
    (
        "<text:p><text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>h</text:ruby-text></text:ruby></text:p>",
        ["汉"],
    ),
    ("<text:tracked-changes><text:p>删</text:p></text:tracked-changes><text:p>留</text:p>", ["留"]),
    (
        "<text:table-of-content><text:p>目录</text:p></text:table-of-content><text:p>文</text:p>",
        ["文"],
    ),
    ("<text:section><text:p>节</text:p></text:section>", ["节"]),
    *(
        (f"<text:p>数<text:{field} text:display='none'>5</text:{field}>完</text:p>", ["数完"])
        for field in ("variable-set", "user-field-get", "variable-input")
    ),
    (
        '<text:section text:display="none"><text:p>藏</text:p></text:section><text:p>见</text:p>',
        ["见"],
    ),
    (
        "<text:p>锚<draw:frame><svg:title>图</svg:title><draw:text-box><text:p>框</text:p></draw:text-box>"
        "</draw:frame>后</text:p>",
        ["锚后", "框"],
    ),
    (list_of("L", "甲", "乙") + list_of("L", "新"), ["1. 甲", "2. 乙", "1. 新"]),
    (
        list_of("L", "甲") + list_of("L", "乙", more='text:continue-numbering="true"'),
        ["1. 甲", "2. 乙"],
    ),
    (
        list_of("L", "甲", more='xml:id="one"')
        + list_of("B", "点")
        + list_of("L", "乙", more='text:continue-list="one"'),
        ["1. 甲", "点", "2. 乙"],
    ),
    (list_of("C", "甲", "乙"), ["（三）甲", "（四）乙"]),
    (list_of("F", "甲"), ["(a) 甲"]),
    (list_of("none", "甲"), ["甲"]),
    (NESTED_LIST, ["1. 甲", "1.1 子", "头", "7. 乙", "续"]),
    (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>年</text:p>"
        "</table:table-cell><table:table-cell><text:p>数</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>合</text:p></table:table-cell>"
        "<table:covered-table-cell><text:p>旧</text:p></table:covered-table-cell></table:table-row></table:table>",
        ["年，数", "合"],
    ),
]


@pytest.mark.parametrize(("body", "lines"), TEXTS)
def test_open_document(body: str, lines: list[str]) -> None:
    blocks, _ = separate(odt.blocks(odt_of(body), Path("speech.odt")))
    assert [block.text for block in blocks] == lines


def test_what_an_open_document_hides_is_listed() -> None:
    body = (
        '<text:section text:display="none"><text:p>节</text:p></text:section>'
        '<text:section text:display="condition" text:is-hidden="true"><text:p>条</text:p>'
        "</text:section><text:p>看<text:span text:style-name='T1'>藏 \n 了</text:span></text:p>"
        "<table:table><table:table-row table:visibility='collapse'><table:table-cell>"
        "<text:p>行</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>格</text:p>"
        "</table:table-cell><table:covered-table-cell><text:p>旧</text:p></table:covered-table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>"
    )
    blocks, left_out = separate(odt.blocks(odt_of(body), Path("speech.odt")))
    assert [block.text for block in blocks] == ["看", "格"]
    assert {piece.kind for piece in left_out} == {"hidden text"}
    assert [(piece.text, piece.row) for piece in left_out] == [
        ("节", 1), ("条", 1), ("藏 了", 1), ("行", 1), ("旧", 1)
    ]  # fmt: skip


def test_headings_of_an_open_document() -> None:
    body = (
        '<text:p text:style-name="P1">题<text:line-break/>目</text:p>'
        '<text:h text:outline-level="1">甲</text:h>'
        '<text:p text:style-name="P2">乙</text:p><text:h text:outline-level="1">丙</text:h>'
    )
    blocks, _ = separate(odt.blocks(odt_of(body, ODT_OUTLINE), Path("speech.odt")))
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        (BlockKind.TITLE, 0, "题目"),
        (BlockKind.HEADING, 1, "第1章 甲"),
        (BlockKind.HEADING, 2, "乙"),
        (BlockKind.HEADING, 1, "第2章 丙"),
    ]


def test_what_libreoffice_writes_is_the_same_in_both_formats() -> None:
    ours, words = (read(HERE / f"libreoffice.{kind}").blocks for kind in ("odt", "docx"))
    assert [(b.kind, b.level, "".join(b.text.split())) for b in ours] == [
        (b.kind, b.level, "".join(b.text.split())) for b in words
    ]


BESIDE = [
    (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>见卷二。</text:p>"
        "</text:note-body></text:note>",
        ("notes", "见卷二。"),
    ),
    (
        '<office:annotation><dc:creator xmlns:dc="x">李</dc:creator><text:p>要改</text:p>'
        "</office:annotation>",
        ("comments", "要改"),
    ),
    (
        "<text:ruby><text:ruby-base>乙</text:ruby-base><text:ruby-text>y</text:ruby-text></text:ruby>",
        ("ruby annotations", "y"),
    ),
    (
        "<text:placeholder>&lt;姓名&gt;</text:placeholder>",
        ("fields that nobody filled in", "<姓名>"),
    ),
    ("<text:author-name/>", ("fields that nobody filled in", "author-name")),
    (
        '<text:database-display text:column-name="姓名"/>',
        ("fields that nobody filled in", "姓名"),
    ),
    ('<text:variable-get text:name="a" text:display="none"/>', None),
    ('<text:hidden-text text:is-hidden="true" text:string-value="藏"/>', ("hidden text", "藏")),
    (
        "<draw:frame><svg:desc>合影</svg:desc><draw:image/></draw:frame>",
        ("pictures and media", "合影"),
    ),
    ("<draw:control/>", ("controls of a form", "")),
    ("<text:script>x</text:script><text:page-number>3</text:page-number>", None),
]


@pytest.mark.parametrize(("inside", "listed"), BESIDE)
def test_what_is_not_read_in_a_line_of_an_open_document_is_listed(
    inside: str, listed: tuple[str, str] | None
) -> None:
    body = f"<text:p>甲。</text:p><text:p>甲{inside}丙</text:p>"
    blocks, left_out = separate(odt.blocks(odt_of(body), Path("speech.odt")))
    assert [block.text.replace("乙", "") for block in blocks] == ["甲。", "甲丙"]
    assert [(p.kind, p.text, p.row) for p in left_out] == ([(*listed, 2)] if listed else [])


@pytest.mark.parametrize("name", ["text:id", "xml:id"])
def test_a_deletion_that_is_tracked_is_listed(name: str) -> None:
    body = (
        f'<text:tracked-changes><text:changed-region {name}="c1"><text:deletion>'
        "<text:p>旧话</text:p></text:deletion></text:changed-region>"
        '<text:changed-region text:id="c2"><text:insertion/></text:changed-region>'
        "</text:tracked-changes><text:p>甲。</text:p>"
        '<text:p>新<text:change text:change-id="c1"/>话'
        '<text:change text:change-id="c3"/>。</text:p>'
    )
    blocks, left_out = separate(odt.blocks(odt_of(body), Path("speech.odt")))
    assert [block.text for block in blocks] == ["甲。", "新话。"]
    assert [(p.kind, p.text, p.row) for p in left_out] == [
        ("deletions that are tracked", "旧话", 2)
    ]


def test_pinyin_over_characters_is_their_reading() -> None:
    ruby = "<text:ruby><text:ruby-base>重</text:ruby-base><text:ruby-text>chóng</text:ruby-text>"
    blocks, left_out = separate(
        odt.blocks(odt_of(f"<text:p>在{ruby}</text:ruby>庆</text:p>"), Path("speech.odt"))
    )
    assert ([block.text for block in blocks], left_out) == (["在重{chong2}庆"], [])


SECTIONS = [
    (
        "<text:table-of-content><text:table-of-content-source>x</text:table-of-content-source>"
        "<text:index-body><text:p>一、路</text:p></text:index-body></text:table-of-content>",
        ("lists of contents", "一、路"),
    ),
    (
        "<text:bibliography><text:index-body><text:p>《书》</text:p></text:index-body></text:bibliography>",
        ("lists of sources", "《书》"),
    ),
    (
        '<text:section><text:section-source xlink:href="b.odt" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
        "</text:section>",
        ("linked documents", "b.odt"),
    ),
    (
        '<text:p>藏<text:hidden-paragraph text:is-hidden="true"/></text:p>',
        ("hidden text", "藏"),
    ),
]


@pytest.mark.parametrize(("section", "listed"), SECTIONS)
def test_a_part_of_an_open_document_that_is_not_read_is_listed(
    section: str, listed: tuple[str, str]
) -> None:
    data = odt_of(f"{section}<text:p>甲。</text:p>")
    blocks, left_out = separate(odt.blocks(data, Path("speech.odt")))
    assert [block.text for block in blocks] == ["甲。"]
    assert [(piece.kind, piece.text) for piece in left_out] == [listed]


def test_hidden_text_that_is_shown_is_read() -> None:
    shown = '<text:hidden-text text:is-hidden="false" text:string-value="显">显</text:hidden-text>'
    inner = (
        "<draw:frame><draw:text-box><text:p>框"
        "<text:hidden-paragraph text:is-hidden='true'/></text:p></draw:text-box></draw:frame>"
    )
    blocks, left_out = separate(
        odt.blocks(odt_of(f"<text:p>甲{shown}{inner}</text:p>"), Path("speech.odt"))
    )
    assert [block.text for block in blocks] == ["甲显"]
    assert [(piece.kind, piece.text) for piece in left_out] == [("hidden text", "框")]


def test_headers_of_an_open_document_are_listed_unless_they_only_number_the_pages() -> None:
    pages = "".join(
        f"<style:{part}><text:p>{text}</text:p></style:{part.split(' ')[0]}>"
        for part, text in (
            ("header", "市委办"),
            ("header-left", "市委办"),
            ("footer", "第<text:page-number>1</text:page-number>页"),
            ('footer-left style:display="false"', "旧"),
        )
    )
    master = f"<style:master-page>{pages}</style:master-page>"
    body = "<text:p>甲。</text:p><text:p>- <text:page-number>1</text:page-number> -</text:p>"
    blocks, left_out = separate(odt.blocks(odt_of(body, master), Path("speech.odt")))
    assert [block.text for block in blocks] == ["甲。"]
    assert [(piece.kind, piece.text) for piece in left_out] == [("headers and footers", "市委办")]
