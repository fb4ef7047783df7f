"""Strategies for documents of which it is known what a reader sees of them.

Every visible word is `甲` with its number and `乙`, in the order of the page; what a reader does
not see holds `隐`. So a reader of the format is right if it finds 0, 1, 2 … and no `隐`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.support.document_files import book_of, odt_of, zip_of

_SEEN = re.compile(r"甲(\d+)乙")
_SLOT = "\x00"  # where a visible word goes; it is numbered when the page is complete
_HIDDEN = "隐藏"


@dataclass(frozen=True, slots=True)
class Page:
    """A document, and the number of words that a reader sees in it."""

    data: bytes
    words: int


def require_all_words(text: str, words: int) -> None:
    """Raise AssertionError unless the text has every visible word once, and nothing hidden."""
    assert [int(number) for number in _SEEN.findall(text)] == list(range(words))
    assert "隐" not in text


def _numbered(page: str) -> tuple[str, int]:
    """Return the page with its words numbered, and their count."""
    numbers = itertools.count()
    text = re.sub(_SLOT, lambda _: f"甲{next(numbers)}乙", page)
    return text, next(numbers)


def _pages(bodies: st.SearchStrategy[str], wrap: Callable[[str], bytes]) -> st.SearchStrategy[Page]:
    def build(body: str) -> Page:
        text, words = _numbered(body)
        return Page(wrap(text), words)

    return bodies.filter(lambda body: _SLOT in body).map(build)


def _joined(parts: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=most).map("".join)


def _element(name: str, attributes: str = "", *, end: bool = True) -> Callable[[str], str]:
    return lambda content: f"<{name}{attributes}>{content}" + (f"</{name}>" if end else "")


# HTML and EPUB

_INLINE = st.recursive(
    st.just(f" {_SLOT} ")
    | st.sampled_from(
        [
            f"<script>{_HIDDEN}</script>",
            f"<span hidden>{_HIDDEN}</span>",
            f'<i style="display:none">{_HIDDEN}</i>',
            f"<!-- {_HIDDEN} -->",
            "<br>",
            "<wbr>",
            '<img src="x.png">',
        ]
    ),
    lambda inner: st.builds(
        lambda name, content: f"<{name}>{content}</{name}>",
        st.sampled_from("b i em strong span a u q small mark code font".split()),
        _joined(inner, 3),
    ),
    max_leaves=6,
)
_PARAGRAPHS = _joined(_INLINE).flatmap(
    lambda text: st.sampled_from(
        [f"<p>{text}</p>", f"<p>{text}", f"<h2>{text}</h2>", f"<div>{text}</div>"]
    )
)
_HIDDEN_BLOCKS = st.sampled_from(
    [
        f"<p hidden>{_HIDDEN}",
        f"<p hidden>{_HIDDEN}</p>",
        f"<div style='display: none'><p>{_HIDDEN}<ul><li>{_HIDDEN}</ul></div>",
        f"<ul><li hidden>{_HIDDEN}<li>{_SLOT}</ul>",
        f"<table><tr><td hidden>{_HIDDEN}<td>{_SLOT}<tr><td>{_SLOT}</table>",
        f"<style>{_HIDDEN}</style>",
        f"<template><p>{_HIDDEN}</template>",
    ]
)


def _blocks(names: str) -> st.SearchStrategy[str]:
    """Return pages with these sectioning elements."""
    return st.recursive(
        _PARAGRAPHS | _HIDDEN_BLOCKS,
        lambda inner: (
            st.builds(
                lambda name, content: f"<{name}>{content}</{name}>",
                st.sampled_from(names.split()),
                _joined(inner),
            )
            | st.lists(_joined(_INLINE), min_size=1, max_size=3).map(
                lambda items: "<ul>" + "".join(f"<li>{item}" for item in items) + "</ul>"
            )
            | st.lists(_joined(_INLINE), min_size=1, max_size=3).map(
                lambda cells: "<table><tr>" + "".join(f"<td>{c}" for c in cells) + "</table>"
            )
        ),
        max_leaves=8,
    )


HTML_PAGES = _pages(
    _joined(_blocks("div section blockquote center figure details")),
    lambda body: f"<html><head><title>隐</title></head><body>{body}</body></html>".encode(),
)

_XML_INLINE = st.sampled_from(
    [
        f"{_SLOT}",
        f"<b>{_SLOT}</b> ",
        f"<i>{_SLOT}<br/>{_SLOT}</i>",
        f'<span hidden="hidden">{_HIDDEN}</span>',
        f"<a href='x'>{_SLOT}</a>",
        f"<!--{_HIDDEN}-->",
    ]
)
_XML_BLOCKS = st.recursive(
    _joined(_XML_INLINE).map(_element("p")) | _joined(_XML_INLINE).map(_element("pre")),
    lambda inner: st.builds(
        lambda name, content: f"<{name}>{content}</{name}>",
        st.sampled_from("div section article main header footer aside blockquote figure".split()),
        _joined(inner),
    ),
    max_leaves=8,
)
EPUB_PAGES = _pages(
    st.lists(_joined(_XML_BLOCKS), min_size=1, max_size=3).map("\x01".join),
    lambda body: book_of(
        dict(zip("abc", body.split("\x01"), strict=False)),
        " ".join("abc"[: body.count("\x01") + 1]),
    ),
)

# Word

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RUNS = st.sampled_from(
    [
        f"<w:r><w:t>{_SLOT}</w:t></w:r>",
        f"<w:r><w:rPr><w:b/></w:rPr><w:t>{_SLOT}</w:t><w:tab/><w:t>{_SLOT}</w:t></w:r>",
        f"<w:r><w:t>{_SLOT}</w:t><w:br/></w:r>",
        f"<w:ins><w:r><w:t>{_SLOT}</w:t></w:r></w:ins>",
        f"<w:del><w:r><w:delText>{_HIDDEN}</w:delText></w:r></w:del>",
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{_HIDDEN}</w:t></w:r>",
        f'<w:hyperlink w:anchor="x"><w:r><w:t>{_SLOT}</w:t></w:r></w:hyperlink>',
        f"<w:smartTag><w:r><w:t>{_SLOT}</w:t></w:r></w:smartTag>",
        f"<w:sdt><w:sdtContent><w:r><w:t>{_SLOT}</w:t></w:r></w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr=" REF {_HIDDEN} "><w:r><w:t>{_SLOT}</w:t></w:r></w:fldSimple>',
        f'<w:fldSimple w:instr=" PAGE "><w:r><w:t>{_HIDDEN}</w:t></w:r></w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> REF {_HIDDEN} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r><w:t>{_SLOT}</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ]
)
_DOCX_PARAGRAPHS = _joined(_RUNS).map(_element("w:p"))
_DOCX_BLOCKS = st.recursive(
    _DOCX_PARAGRAPHS,
    lambda inner: (
        _joined(inner).map(lambda c: f"<w:sdt><w:sdtContent>{c}</w:sdtContent></w:sdt>")
        | st.lists(_DOCX_PARAGRAPHS, min_size=1, max_size=3).map(
            lambda cells: (
                "<w:tbl><w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in cells) + "</w:tr></w:tbl>"
            )
        )
    ),
    max_leaves=6,
)


def docx_of(body: str) -> bytes:
    """Return a .docx with this body."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zip_of(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
            f'Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body>'
            "</w:document>",
        }
    )


DOCX_PAGES = _pages(_joined(_DOCX_BLOCKS), docx_of)

# OpenDocument

_ODT_INLINE = st.sampled_from(
    [
        _SLOT,
        f"<text:span>{_SLOT}</text:span>",
        f'<text:span text:style-name="T1">{_HIDDEN}</text:span>',
        f"{_SLOT}<text:s/>{_SLOT}<text:line-break/>",
        f"<text:a>{_SLOT}</text:a>",
        f"<office:annotation><text:p>{_HIDDEN}</text:p></office:annotation>",
        f"<text:page-number>{_HIDDEN}</text:page-number>",
    ]
)
_ODT_PARAGRAPHS = _joined(_ODT_INLINE).map(_element("text:p")) | _joined(_ODT_INLINE).map(
    _element("text:h")
)
_ODT_BLOCKS = st.recursive(
    _ODT_PARAGRAPHS,
    lambda inner: (
        _joined(inner).map(_element("text:section"))
        | st.lists(_ODT_PARAGRAPHS, min_size=1, max_size=3).map(
            lambda items: (
                "<text:list>"
                + "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
                + "</text:list>"
            )
        )
    ),
    max_leaves=6,
)
ODT_PAGES = _pages(_joined(_ODT_BLOCKS), odt_of)

# Markdown

_MD_INLINE = st.sampled_from(
    [
        f"{_SLOT}",
        f"**{_SLOT}**",
        f"*{_SLOT} {_SLOT}*",
        f"`{_SLOT}`",
        f"~~{_HIDDEN}~~",
        f"[{_SLOT}](http://x.org/隐)",
        f"{_SLOT} <!-- {_HIDDEN} -->",
        f"***{_SLOT}***，",
    ]
)
_MD_TEXT = st.lists(_MD_INLINE, min_size=1, max_size=4).map(" ".join)
_MD_BLOCKS = st.one_of(
    _MD_TEXT,
    st.builds(lambda level, text: f"{'#' * level} {text}", st.integers(1, 4), _MD_TEXT),
    st.lists(_MD_TEXT, min_size=1, max_size=3).map(
        lambda items: "\n".join(f"- {item}" for item in items)
    ),
    st.lists(_MD_TEXT, min_size=1, max_size=3).map(
        lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
    ),
    _MD_TEXT.map(lambda text: f"> {text}"),
    st.just("---"),
    st.lists(st.just(_SLOT), min_size=2, max_size=2).map(
        lambda cells: f"| {' | '.join(cells)} |\n| --- | --- |\n| {' | '.join(cells)} |"
    ),
)
MARKDOWN_PAGES = _pages(
    st.lists(_MD_BLOCKS, min_size=1, max_size=5).map("\n\n".join), lambda text: text.encode()
)
