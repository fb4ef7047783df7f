"""E-books to paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import Block, LeftOut
from speechcast.documents.web import epub
from speechcast.errors import SourceError
from tests.support.document_files import CHAPTERS, book_of, encryption_of, zip_of


def test_a_book_is_read_in_its_order() -> None:
    pieces = epub.blocks(book_of(CHAPTERS, "nav toc a b -c"), Path("book.epub"))
    assert [(b.row, b.text) for b in pieces if isinstance(b, Block)] == [
        (1, "第一章"),
        (2, "先。"),
        (3, "第二章"),
        (4, "后。"),
    ]
    assert [piece for piece in pieces if isinstance(piece, LeftOut)] == [
        LeftOut("lists of contents", "OEBPS/nav.xhtml"),
        LeftOut("lists of contents", "OEBPS/toc.xhtml"),
        LeftOut("pages beside the text", "OEBPS/c.xhtml", row=4),
    ]


def texts_of(pages: dict[str, str], spine: str) -> list[str]:
    pieces = epub.blocks(book_of(pages, spine), Path("book.epub"))
    return [piece.text for piece in pieces if isinstance(piece, Block)]


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (
            "<p>他读信。</p><article><p>一切都好。</p></article><p>完。</p>",
            ["他读信。", "一切都好。", "完。"],
        ),
        (
            "<header><h2>一</h2><p>雪夜</p></header><p>文。</p><footer>完</footer>",
            ["一", "雪夜", "文。", "完"],
        ),
        (
            "<aside>旁注。</aside><pre>床前明月光\n疑是地上霜</pre>",
            ["旁注。", "床前明月光", "疑是地上霜"],
        ),
        ("<main>文。</main><p>后记</p>", ["文。", "后记"]),
        ("<p>姓<img class='gaiji' src='g.png' alt='喆'/>的</p>", ["姓喆的"]),
        ("<p>前<a id='p3'/>后<span epub:type='pagebreak' title='3'>3</span></p>", ["前后"]),
    ],
)
def test_every_word_of_a_page_is_read(page: str, lines: list[str]) -> None:
    assert texts_of({"a": page}, "a") == lines


def test_a_page_outside_the_reading_order_is_listed() -> None:
    pieces = epub.blocks(book_of(CHAPTERS, "a b"), Path("book.epub"))
    assert [piece for piece in pieces if isinstance(piece, LeftOut)] == [
        LeftOut("pages beside the text", "OEBPS/c.xhtml", row=4)
    ]


def test_notes_on_a_page_of_their_own() -> None:
    pages = {
        "a": "<p>山里<a id='r' href='n.xhtml#n'><sup>1</sup></a>。</p>",
        "n": "<h2>注释</h2><p id='n'><a href='a.xhtml#r'>1</a> 一处地名。</p>",
    }
    assert texts_of(pages, "a n") == ["山里。"]


def test_a_page_that_is_named_again_is_read_once() -> None:
    assert texts_of({"a": "<p>文。</p>"}, "a " * 3000) == ["文。"]


def test_a_missing_page_is_an_error_by_name() -> None:
    with pytest.raises(SourceError, match="damaged .its reading order names the page b,"):
        texts_of({"a": "<p>文。</p>"}, "a b")
    parts = {"META-INF/container.xml": '<c><rootfile full-path="a.opf"/></c>',
             "a.opf": '<p><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
             '<itemref idref="a"/></p>'}  # fmt: skip
    with pytest.raises(SourceError, match=r"book.epub is damaged \(a.xhtml is missing\)"):
        epub.blocks(zip_of(parts), Path("book.epub"))


def test_a_book_of_pictures_is_refused() -> None:
    with pytest.raises(SourceError, match="has pictures of pages, and no text; have its text rec"):
        texts_of({"a": "<img src='1.jpg' alt=''/>"}, "a")


def test_a_protected_book_is_refused() -> None:
    drm = encryption_of("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    with pytest.raises(SourceError, match="is protected .DRM."):
        epub.blocks(book_of(CHAPTERS, "a", drm), Path("book.epub"))


def test_fonts_of_a_book_may_be_encrypted() -> None:
    fonts = encryption_of("http://www.idpf.org/2008/embedding")
    assert epub.blocks(book_of(CHAPTERS, "a", fonts), Path("book.epub"))


def test_what_the_style_sheet_of_a_book_hides_is_left_out() -> None:
    link = "<link rel=stylesheet href='css/s.css'/>"
    pages = {"a": f"{link}<p>甲</p>\n<p class=h>藏</p>\n<p class=w>乙</p>"}
    sheet = {"OEBPS/css/s.css": "/* */.h{display:none} .w{color:#fff} @media x{.w{display:none}}"}
    pieces = epub.blocks(book_of(pages, "a", sheet), Path("book.epub"))
    assert [b.text for b in pieces if isinstance(b, Block)] == ["甲", "乙"]
    assert [p for p in pieces if isinstance(p, LeftOut)] == [LeftOut("hidden text", "藏")]
