"""Web pages to paragraphs: a golden table, headings, and the encoding of a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents import read
from speechcast.documents.block import Block, LeftOut
from speechcast.documents.web import html as web
from speechcast.model import BlockKind


def texts_of(html: str) -> list[str]:
    pieces = web.blocks(html.encode(), Path("speech.html"))
    return [piece.text for piece in pieces if isinstance(piece, Block)]


def left_out_of(html: str) -> list[tuple[str, str]]:
    pieces = web.blocks(html.encode(), Path("speech.html"))
    return [(piece.kind, piece.text) for piece in pieces if isinstance(piece, LeftOut)]


PAGES = [
    ("<p>你好\n世界 <b>们</b></p><p>two\n words</p>", ["你好世界 们", "two words"]),
    ("<div>一<div>二</div>三</div>四", ["一", "二", "三", "四"]),
    ("<p>上<br>下<br/><br/>末", ["上", "下", "末"]),
    ("<p>甲<p>乙", ["甲", "乙"]),
    ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
    ("<ol start=3><li>甲</li><li value=9>乙</li><li>丙</li></ol>", ["3. 甲", "9. 乙", "10. 丙"]),
    ("<ol reversed type=A><li>a</li><li>b</li></ol>", ["B. a", "A. b"]),
    ("<ol type=i><li>a<ol type=a><li>b</li></ol></li><li>c</li></ol>", ["i. a", "a. b", "ii. c"]),
    (
        "<ul><li>甲</li></ul><ol><li><p>乙</p><p>丙</p></li><li></li></ol>丁",
        ["甲", "1. 乙", "丙", "丁"],
    ),
    ("<ol start=many><li>甲</ol>", ["1. 甲"]),
    ("<table><tr><th>年<th>增长<tr><td>2023<td>5.2%</table>", ["年，增长", "2023, 5.2%"]),
    ("<table><tr><td><p>整页</p><p>在表里</p></td></tr></table>", ["整页", "在表里"]),
    ("<table><tr><td>外<table><tr><td>甲<td>乙</table><td>右</table>完", ["外，甲，乙，右", "完"]),
    ("<td>没有表</td><tr>x</tr>", ["没有表", "x"]),
    ("<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", ["漢字"]),
    ("<p>要<s>不要</s><del>删</del><ins>增</ins></p>", ["要增"]),
    ("<pre>x = 1</pre><p>用 <code>x</code></p>", ["用 x"]),
    ("<p>图<img alt='不读'>后</p><svg><text>s</text></svg>", ["图后"]),
    ("<p hidden>a</p><p aria-hidden=true>b</p><p style='display: none'>c</p>见", ["见"]),
    ("<nav>n</nav><header>h</header>正文<footer>f</footer><aside>a</aside>", ["正文"]),
    ("<div role=navigation>n</div>正文<div role=contentinfo>c</div>", ["正文"]),
    ("<script>1</script><style>p{}</style><noscript>n</noscript><template>t</template>正", ["正"]),
    ("<p>正文</p><main><p>主要</p></main>", ["主要"]),
    ("<article>文章</article><p>旁边</p>", ["文章"]),
    ("<article>一</article><article>二</article>", ["一", "二"]),
    ("<main></main><p>外面</p>", ["外面"]),
    ("<h1>题</h1><main><p>文</p></main>", ["题", "文"]),
    ("<header><h1><a href=/>站</a></h1></header><main>文</main>", ["文"]),
    ("<p>注<sup><a href='#n'>[1]</a></sup>，x<sup>2</sup></p>", ["注，x²"]),
    ("<p>a&nbsp;&amp;&#8203;b<!-- c --></p><![CDATA[d]]>", ["a &b", "d"]),
    ("<html><head><title>站</title><meta charset=utf-8><p>正文", ["正文"]),
    ("<o:p>字</o:p><x-y>块</x-y>", ["字", "块"]),
    ("<b>没有结尾", ["没有结尾"]),
    ("<div>" * 3000 + "深" + "</div>" * 3000, ["深"]),
]


@pytest.mark.parametrize(("html", "lines"), PAGES, ids=[html[:30] for html, _ in PAGES])
def test_web_pages(html: str, lines: list[str]) -> None:
    assert texts_of(html) == lines


def test_headings_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "speech.html"
    path.write_text(
        "<h1>在大会\n上的讲话</h1>\n<p>李明</p>\n<h2>一<br>二</h2>\n<p>正文。</p>", encoding="utf-8"
    )
    document = read(path)
    assert [(b.kind, b.level, b.row, b.text) for b in document.blocks] == [
        (BlockKind.TITLE, 0, 1, "在大会上的讲话"),
        (BlockKind.BYLINE, 0, 3, "李明"),
        (BlockKind.HEADING, 2, 4, "一二"),
        (BlockKind.BODY, 0, 5, "正文。"),
    ]
    assert (document.front_matter.title, document.front_matter.speaker) == (
        "在大会上的讲话",
        "李明",
    )


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", ""),
        ("utf-8", "<meta charset=gb2312>"),
        ("utf-8-sig", ""),
        ("gb18030", "<meta charset='gb2312'>"),
        ("gb18030", "<meta http-equiv=Content-Type content='text/html; charset=GBK'>"),
        ("gb18030", ""),
        ("gb18030", "<meta charset=utf-8>"),
        ("gb18030", "<meta charset=no-such-thing>"),
        ("big5", "<meta charset=big5>"),
        ("utf-16", ""),
        ("utf-8", "<?xml version='1.0' encoding='utf-8'?>"),
    ],
)
def test_the_encoding_of_a_page(encoding: str, meta: str) -> None:
    text = (
        "各位同學，今天我們在這里開會。" if encoding == "big5" else "同志们，今天我们在这里开会。"
    )
    data = f"{meta}<p>{text}</p>".encode(encoding)
    assert [b.text for b in web.blocks(data, Path("speech.htm"))] == [text]
