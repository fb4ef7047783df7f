"""E-books to paragraphs."""

from __future__ import annotations

from pathlib import Path

from speechcast.documents.block import Block, LeftOut
from speechcast.documents.web import epub
from tests.support.document_files import CHAPTERS, book_of, encryption_of


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
        LeftOut("pages beside the text", "OEBPS/c.xhtml"),
    ]


def test_fonts_of_a_book_may_be_encrypted() -> None:
    fonts = encryption_of("http://www.idpf.org/2008/embedding")
    assert epub.blocks(book_of(CHAPTERS, "a", fonts), Path("book.epub"))
