"""Pages of the web and of books: every condition once on each side. Golden tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import PICTURES, Block, LeftOut
from speechcast.documents.web import epub
from speechcast.documents.web import html as web
from speechcast.documents.web.mathml import write_formula
from speechcast.documents.web.style_sheet import find_hidden_names
from speechcast.documents.web.tree import Element, parse_html
from speechcast.documents.web.unread import character_of, is_code, why_unread
from speechcast.errors import SourceError
from tests.support.document_files import book_of, zip_of


def texts_of(html: str) -> list[str]:
    pieces = web.blocks(html.encode(), Path("speech.html"))
    return [piece.text for piece in pieces if isinstance(piece, Block)]


def left_out_of(html: str) -> list[tuple[str, str]]:
    pieces = web.blocks(html.encode(), Path("speech.html"))
    return [(piece.kind, piece.text) for piece in pieces if isinstance(piece, LeftOut)]


def first_of(html: str) -> Element:
    element = parse_html(html).children[0]
    assert isinstance(element, Element)
    return element


UNREAD = [
    ("<p>", None),
    ("<p type=hidden>", None),
    ("<input type=hidden value=x>", ""),
    ("<input value=x>", "controls of a form"),
    ("<p hidden>", "hidden text"),
    ("<p aria-hidden=TRUE>", "hidden text"),
    ("<p aria-hidden=false>", None),
    ("<dialog>", "hidden text"),
    ("<dialog open>", None),
    ("<p open>", None),
    ("<p role=doc-footnote>", "notes"),
    ("<p epub:type=Footnote>", "notes"),
    ("<p class='a reflist'>", "notes"),
    ("<p role=toolbar>", "navigation"),
    ("<p epub:type=pagebreak>", ""),
    ("<p style='text-decoration: line-through'>", "struck text"),
    ("<s>", "struck text"),
    ("<p>x = {1}", None),
    ("<pre>x = {1}", "code"),
    ("<img alt=喆>", None),
    ("<img alt=校园>", PICTURES),
]


@pytest.mark.parametrize(("html", "kind"), UNREAD)
def test_why_an_element_is_not_read(html: str, kind: str | None) -> None:
    assert why_unread(first_of(html), in_book=False) == kind


def test_what_only_websites_have_is_read_in_a_book() -> None:
    element = first_of("<p class=noprint>")
    assert why_unread(element, in_book=False) == "navigation"
    assert why_unread(element, in_book=True) is None
    assert texts_of("甲<span class=mw-editsection>[编辑]</span>") == ["甲"]


CHARACTERS = [
    ("", "", ""),
    ("", "喆", "喆"),
    ("", "图", ""),
    ("", "T", ""),
    ("", "一二", ""),
    ("", "!", ""),
    ("", "😀" * 8, "😀" * 8),
    ("", "😀" * 9, ""),
    ("", "\u2190", ""),
    ("", "\u2191", "\u2191"),
    ("gaiji", "T", "T"),
    ("gaiji", "ab", ""),
    ("gaiji", "一二三四", "一二三四"),
    ("gaiji", "一二三四五", ""),
]


@pytest.mark.parametrize(("style", "alt", "character"), CHARACTERS)
def test_a_picture_may_be_a_character(style: str, alt: str, character: str) -> None:
    assert character_of(Element("img", {"alt": alt, "class": style}, 1, None)) == character


CODE = [
    ("<pre>" + "x" * 199 + "{", True),
    ("<pre>" + "x" * 200 + "{", False),
    ("<pre>" + "<br>" * 19 + "<code>x</code>", True),
    ("<pre>" + "<br>" * 20 + "<code>x</code>", False),
    ("<pre><b>spring</b>", False),
    ("<pre class=lang-py>x", True),
    ("<pre>春 = {1}", False),
]


@pytest.mark.parametrize(("html", "code"), CODE)
def test_a_preformatted_text_may_be_code(html: str, code: bool) -> None:
    assert is_code(first_of(html)) is code


def test_the_beginning_of_an_element_is_found_within_a_few_nodes() -> None:
    assert first_of("<p>" + "<b></b>" * 17 + "  x").text(1) == "x"
    assert first_of("<p>" + "<b></b>" * 18 + "  x").text(1) == ""
    assert not first_of("<p> <b></b></p>").has_text()


@pytest.mark.parametrize(
    ("css", "names"),
    [
        ("p.a{display:none}", {".a"}),
        ("@media print{@supports (x){.a{display:none}} .c{display:none}} .b{display:none}", {".b"}),
        (".a{visibility:hidden} @media print{.b{display:none}}", {".a"}),
        (".a{color:red} .b{display:none}", {".b"}),
    ],
)
def test_names_that_a_style_sheet_hides(css: str, names: set[str]) -> None:
    assert find_hidden_names(parse_html(f"<style>{css}</style>")) == names
    assert find_hidden_names(parse_html(f"<style media=Screen>{css}</style>")) == names
    assert not find_hidden_names(parse_html(f"<style media=print>{css}</style>"))


TEXTS = [
    ("<body><p>甲</body>乙", ["甲乙"]),
    ("<h1>甲</h2>乙", ["甲", "乙"]),
    ("<p>甲<![CDATA[乙]]>丙", ["甲乙丙"]),
    ("<p>甲<![CDATA[乙丙<b>丁", ["甲乙丙<b>丁"]),
    ("<p>甲<?x y?>丙", ["甲丙"]),
    ('<p style="display:none">甲</p>乙', ["乙"]),
    ("<q>甲<q>乙<q>丙</q></q></q>", ["“甲‘乙“丙”’”"]),
    ("x<sub>1<sup>2</sup></sub>y", ["x₁₂y"]),
    ("<ol style='list-style: none'><li>甲</ol>", ["甲"]),
    (
        "<table><tr><td>甲<td>" + "<table><tr><td>深" * 40 + "</table>" * 40 + "乙</table>丙",
        ["甲" + "，深" * 40 + "，乙", "丙"],
    ),
    ("甲<div hidden>x</div>乙", ["甲乙"]),
    ("甲<nav>n</nav>乙", ["甲", "乙"]),
    ("甲<s>n</s>乙", ["甲乙"]),
    # the main element, and what stands around it
    ("<main>文章。</main><p>好吧。</p>", ["文章。", "好吧。"]),
    ("<main>文章。</main><p>好。</p>", ["文章。"]),
    ("<main>文章。</main><p><a href=x><b>你们</b></a>好。</p>", ["文章。"]),
    ("<main>文章。</main><p><a href=x><b>你们</b></a>好啊。</p>", ["文章。", "你们好啊。"]),
    ("<div role=main>主要</div><p>旁边</p>", ["主要"]),
    ("<div hidden>x</div><main>主要</main><p>旁</p>", ["主要"]),
    ("<main><h1>题</h1>文</main><p>旁</p>", ["题", "文"]),
    ("<h1 hidden>题</h1><main>文</main><p>旁</p>", ["文"]),
    ("<h1>甲</h1><h1>乙</h1><main>文</main>", ["文"]),
    ("<aside><h1>旁题</h1></aside>正文", ["正文"]),
    ("<article>文好。<footer><a href=x>甲乙</a>丙丁</footer></article>", ["文好。"]),
    (
        "<article>文好。<footer><a href=x>甲乙</a>丙丁戊</footer></article>",
        ["文好。", "甲乙丙丁戊"],
    ),
]


@pytest.mark.parametrize(("html", "lines"), TEXTS, ids=[html[:30] for html, _ in TEXTS])
def test_what_is_read(html: str, lines: list[str]) -> None:
    assert texts_of(html) == lines


def test_text_without_an_element_stands_on_the_first_line() -> None:
    (block, second) = web.blocks("甲\n<p>乙".encode(), Path("speech.html"))
    assert isinstance(block, Block)
    assert isinstance(second, Block)
    assert (block.row, second.row) == (1, 2)


@pytest.mark.parametrize(
    ("html", "left_out"),
    [
        ("<textarea>a&amp;b</textarea>", [("controls of a form", "a&b")]),
        ("<noframes>a&amp;b</noframes>", [("hidden text", "a&amp;b")]),
        ("<p hidden>" + "长" * 30, [("hidden text", "长" * 24)]),
        ("<main>文</main><p>甲</p><p>乙</p>", [("text around the article", "甲")]),
        ("<sup><img class=duokan-footnote src=x></sup>", [(PICTURES, "")]),
        ("<a href='#n'><img src=x></a>", [(PICTURES, "")]),
        ("<a href='#n' class=duokan-footnote><img src=x></a>", []),
    ],
)
def test_what_is_left_out(html: str, left_out: list[tuple[str, str]]) -> None:
    assert left_out_of(f"<p>文。</p>{html}" if "main" not in html else html) == left_out


@pytest.mark.parametrize("tags", [4, 5])
def test_a_few_tags_may_swallow_the_page(tags: int) -> None:
    page = "文。" + "<a b='>'" * tags
    if tags > 4:
        with pytest.raises(SourceError, match="its tags have no end"):
            texts_of(page)
    else:
        assert texts_of(page)[0].startswith("文。")


REFERENCES = [
    ("里<sup><a href='#n'>[ 注释 1234  ]</a></sup>", "里"),
    ("里<span class=fnref>ab</span>", "里"),
    ("里<span class=noteref>[1,2]</span>", "里"),
    ("里<a href='#n'>甲</a>", "里甲"),
    # a mark in the line counts if what it links to begins with it, and is no heading
    ("里<a href='#n'>甲</a>。<p id=n>甲乙", "里甲。|甲乙"),
    ("里<a href='#n'>①</a>。<h2 id=n>①总则</h2>", "里①。|①总则"),
    ("里<a href='#n'>①</a>。<p>①<a id=n></a>注。", "里。"),
    # a note links back at its beginning, or is what a reference links to
    ("里<sup id=r><a href='#x'>1</a></sup>。<p> <a href='#r'>1</a>注。", "里。"),
    ("里<sup id=r><a href='#x'>1</a></sup>。<p>甲<a href='#r'>1</a>注。", "里。|甲1注。"),
    (
        "里<sup id=r><a href='#x'>1</a></sup>。<p>" + "<b></b>" * 12 + "<a href='#r'>1</a>注。",
        "里。",
    ),
    ("里<sup><a href='#n'>1</a></sup>。<p id=n>" + "长" * 4000, "里。"),
    ("里<sup><a href='#n'>1</a></sup>。<p id=n>" + "长" * 4001, "里。|" + "长" * 4001),
]


_REF = "文<a href='#n' id=r>[1]</a>。"
_RAISED = "文<sup><a href='#n'>1</a></sup>。"
NESTINGS = [
    # the mark before the anchor, in a tag of its own, a line of its own, a cell of its own
    (f"{_REF}<p>[1] <a id=n href='#r'>↑</a> 注。<p>后。", "文。|后。"),
    (f"{_RAISED}<p>1. <a id=n></a>注。<p>后。", "文。|后。"),
    (f"{_RAISED}<p>［1］<a id=n></a>注。<p>［1］后。", "文。|［1］后。"),
    (f"{_RAISED}<p>注1：<a id=n></a>注。", "文。"),
    (f"{_RAISED}<p>1 甲<a id=n></a>后。", "文。|1 甲后。"),
    (f"{_REF}<p><b>1.</b> <a id=x href='#r'>↩</a>注。", "文。"),
    (f"{_RAISED}<p id=n>[1]<p>注。<p>后。", "文。|后。"),
    (f"{_RAISED}<p id=n>[1]<h2>一</h2><p>后。", "文。|一|后。"),
    (f"{_RAISED}<p id=n>[1] 注。<p>后。", "文。|后。"),
    (f"{_RAISED}<dl><dt id=n>[1]<dd>注。<dd>又。<dt>词<dd>义</dl>", "文。|词|义"),
    (f"{_REF}<table><tr><td><a id=n href='#r'>1</a><td>注<tr><td>甲<td>乙</table>", "文。|甲，乙"),
    # the link back at the end
    (f"{_REF}<p>注。<a href='#r'>↩</a><p>后。", "文。|后。"),
    (f"{_REF}<p>注。<span> <a href='#r'>返回正文</a> </span> <p>后。", "文。|后。"),
    (f"{_REF}<p>见<a href='#r'>上文</a>", "文。|见上文"),
    (f"{_REF}<p>后。<a href='#x'>↩</a>", "文。|后。↩"),
    (f"{_REF}<p>见<a href='#r'>↩</a>后。", "文。|见↩后。"),
    # anchors by name; both ends alike: the first is the reference, whatever its line begins with
    ("文<a href='#n' name=r>[1]</a>。<p><a href='#r' name=n>[1]</a> 注。", "文。"),
    ("文<a name=r href='#n'><sup>1</sup></a>。<div id=d><p><a name=n>1</a>注。", "文。"),
    ("<p><a id=r href='#n'>[1]</a>据报道。<p><a id=n href='#r'>[1]</a>注。", "据报道。"),
    ("文<a class=MsoEndnoteReference href='#n'>[i]</a>。<p class=MsoEndnoteText>[i] 注。", "文。"),
    # text to which a mark links: its own line, a chapter, what stands below the first line
    ("<p id=n>文<a href='#n'>[1]</a>。", "文。"),
    (f"{_REF}<section id=n><h2>二</h2><p>文。</section>", "文。|二|文。"),
    (f"{_REF}<div><p><a id=n href='#r'>[1]</a>作者简介。<p>正文。</div>", "文。|正文。"),
    (f"{_REF}<div class=note><p><a id=n href='#r'>[1]</a>注。<p>又。</div>", "文。"),
    (
        f"{_REF}<div id=n>{'长' * 1000}{'<sup><a href=#x>2</a></sup>' * 2}</div>",
        f"文。|{'长' * 1000}",
    ),
    (f"{_REF}<div id=n>{'长' * 998}{'<sup><a href=#x>2</a></sup>' * 2}</div>", "文。"),
]


@pytest.mark.parametrize(("html", "text"), NESTINGS, ids=[html[-48:] for html, _ in NESTINGS])
def test_a_note_is_known_in_every_nesting_of_its_mark(html: str, text: str) -> None:
    assert "|".join(texts_of(f"<p>{html}")) == text


@pytest.mark.parametrize(("html", "text"), REFERENCES, ids=[html[:40] for html, _ in REFERENCES])
def test_references_and_notes(html: str, text: str) -> None:
    assert "|".join(texts_of(f"<p>{html}")) == text


def test_a_mark_that_goes_on_is_no_reference() -> None:
    assert "后" in texts_of("<p>里<sup><a href='#n'>[ 注释 1234  ]后</a></sup>")[0]


FORMULAS = [
    ("<mn>2</mn><mi>a</mi><mi>ln</mi>", "2a ln"),
    ("<mi>a</mi><mi>ln2</mi>", "a ln2"),
    ("<mi>a</mi><mi>x1</mi>", "ax1"),
    ("<mi>a</mi><mi>b</mi>", "ab"),
    ("<mfrac><mrow><mn>2</mn><mi>a</mi></mrow><mi>b</mi></mfrac>", "(2a)/b"),
    ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x"),
    ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a,b)"),
    ("<mfenced open='[' close=']'><mi>a</mi></mfenced>", "[a]"),
    (
        "<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd></mtr></mtable>",
        "1, 2; 3",
    ),
    ("<msup><mi>x</mi><mrow><mi>a</mi><mo>/</mo><mi>b</mi></mrow></msup>", "x^(a/b)"),
    ("<mmultiscripts><mi>C</mi><none/><mn>4</mn></mmultiscripts>", "C⁴"),
    ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "¹⁴₆C"),
    (
        "<mmultiscripts><mi>X</mi><mi>a</mi><mi>b</mi><mi>c</mi><none/><mprescripts/>"
        "<none/><mn>2</mn></mmultiscripts>",
        "²Xₐᵇ_c",
    ),
]


@pytest.mark.parametrize(("formula", "line"), FORMULAS)
def test_formulas(formula: str, line: str) -> None:
    assert write_formula(first_of(f"<math>{formula}</math>")) == line


def test_a_formula_keeps_its_structure_to_a_depth_of_sixty() -> None:
    half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>"
    assert write_formula(first_of("<math>" + "<mrow>" * 59 + half)) == "½"
    assert write_formula(first_of("<math>" + "<mrow>" * 60 + half)) == "12"


def book_texts(pages: dict[str, str], spine: str) -> list[str]:
    pieces = epub.blocks(book_of(pages, spine), Path("book.epub"))
    return [piece.text for piece in pieces if isinstance(piece, Block)]


def test_a_list_of_contents_is_half_links_or_more() -> None:
    page = "<p><a href='a.xhtml'>甲乙</a>丙丁</p>"
    assert book_texts({"toc": page, "a": "<p>文。</p>"}, "toc a") == ["文。"]
    longer = page.replace("丁", "丁戊")
    assert book_texts({"toc": longer, "a": "<p>文。</p>"}, "toc a") == ["甲乙丙丁戊", "文。"]


def test_a_page_with_a_heading_alone_is_read() -> None:
    assert book_texts({"a": "<h1>卷一</h1>", "b": "<p>文。</p>"}, "a b") == ["卷一", "文。"]


def test_a_picture_is_read_as_the_page_that_stands_in_for_it() -> None:
    package = (
        "<p><item id='p' href='p.svg' media-type='image/svg+xml' fallback='a'/>"
        "<item id='a' href='a.xml#x' media-type='application/xhtml+xml'/>"
        "<item id='b' href='b.html'/><item id='c' href='c.png' media-type='image/png'/>"
        "<itemref idref='p'/><itemref idref='b'/><itemref idref='c'/></p>"
    )
    book = zip_of(
        {
            "META-INF/container.xml": '<c><rootfile full-path="x/b.opf"/></c>',
            "x/b.opf": package,
            "x/a.xml": "<p>甲</p>",
            "x/b.html": "<p>乙</p>",
        }
    )
    assert epub.blocks(book, Path("book.epub")) == [
        Block("甲", row=1),
        Block("乙", row=2),
        LeftOut(PICTURES, "x/c.png", row=2),
    ]


LOST_PAGES = [
    ("若a<b，且c>d。5<6。", ["若a<b，且c>d。5<6。"], []),
    ("若a <b 且c> d。<b title='好'>粗</b>", ["若a <b 且c> d。粗"], []),
    ("</甲>文", ["文"], []),
    ("<p>文<style>p{}</style>后<style>甲<p>乙。", ["文后"], [("hidden text", "甲<p>乙。")]),
    ("<p>文<title>甲乙。", ["文"], [("hidden text", "甲乙。")]),
    ("<p style='left:-9999px'>藏</p><p style='left:-99px'>见</p>", ["见"], [("hidden text", "藏")]),
    ("<p style='text-indent: -10000px'>藏<p>见", ["见"], [("hidden text", "藏")]),
    (
        "<p>测定<sup>14</sup>CO<sub>2</sub>，v<sub>max</sub><sup>2</sup>，(1+r)<sup>n</sup>，增长<sup>3</sup>。",
        ["测定¹⁴CO₂，vmax²，(1+r)ⁿ，增长。"],
        [("raised figures taken for references of notes", "3")],
    ),
    ("<p>文<img class=qqreader-footnote alt=注>。", ["文。"], [(PICTURES, "注")]),
    ("<pre>甲\n<div>床前月\n地上霜</div></pre>", ["甲", "床前月", "地上霜"], []),
    ("<p>文</p><select><option>甲<p>乙。", ["文"], [("controls of a form", "甲乙。")]),
]


@pytest.mark.parametrize(("html", "lines", "left_out"), LOST_PAGES)
def test_no_text_of_a_page_is_lost_in_silence(
    html: str, lines: list[str], left_out: list[tuple[str, str]]
) -> None:
    assert texts_of(html) == lines
    assert left_out_of(html) == left_out
