"""Web pages to paragraphs: a golden table, headings, and the encoding of a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from speechcast.documents import read
from speechcast.documents.block import Block, LeftOut
from speechcast.documents.web import html as web
from speechcast.errors import SourceError
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
    ("<ol reversed>\n<li>甲\n<li>乙\n</ol>", ["2. 甲", "1. 乙"]),
    ("<table><tr><td>甲<td>" + "<table><tr><td>深" * 40, ["甲" + "，深" * 40]),
    ("<p>他说<q>甲<q>乙</q>丙</q>。", ["他说“甲‘乙’丙”。"]),
    ("<ol type=i><li>a<ol type=a><li>b</li></ol></li><li>c</li></ol>", ["i. a", "a. b", "ii. c"]),
    (
        "<ul><li>甲</li></ul><ol><li><p>乙</p><p>丙</p></li><li></li></ol>丁",
        ["甲", "1. 乙", "丙", "丁"],
    ),
    ("<ol style='list-style-type: upper-roman'><li>甲</ol>", ["I. 甲"]),
    ("<ol style='list-style: inside cjk-ideographic'><li>甲<li>乙</ol>", ["一、甲", "二、乙"]),
    ("<ol start=many><li>甲</ol>", ["1. 甲"]),
    ("<table><tr><th>年<th>增长<tr><td>2023<td>5.2%</table>", ["年，增长", "2023, 5.2%"]),
    ("<table><tr><td><p>整页</p><p>在表里</p></td></tr></table>", ["整页", "在表里"]),
    ("<table><tr><td>外<table><tr><td>甲<td>乙</table><td>右</table>完", ["外，甲，乙，右", "完"]),
    ("<td>没有表</td><tr>x</tr>", ["没有表", "x"]),
    ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", ["漢字"]),
    ("<ruby>重<rp>(</rp><rt>chóng</rt>庆<rt>qìng</ruby>市", ["重{chong2}庆市"]),
    ("<ruby><rb>重<rt>zhòng</ruby>视", ["重{zhong4}视"]),
    ("<ruby>重<b>庆</b><rt>chóng qìng</ruby>", ["重庆"]),
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


IMPLIED_ENDS = [
    ("<p hidden>草稿。<p>二。<p>三。", ["二。", "三。"]),
    ("<p hidden>草稿。<section>二。</section>", ["二。"]),
    ("<p hidden>草稿。<h2>题</h2>", ["题"]),
    ("<ul><li hidden>草<li>一<li>二</ul>末", ["一", "二", "末"]),
    ("<dl><dt hidden>草<dd>释<dt>词</dl>", ["释", "词"]),
    ("<table><tr hidden><td>草<td>稿<tr><td>甲<td>乙</table>", ["甲，乙"]),
    ("<table><tr><td hidden>草<td>乙</table>", ["乙"]),
    ("<table><tbody hidden><tr><td>草<tbody><tr><td>乙</table>", ["乙"]),
    ("<table><caption hidden>草<tr><td>乙</table>", ["乙"]),
    ("<select><option hidden>草<option>甲</select>后", ["后"]),
    ("<ruby>漢<rt>か<rt>な</ruby>字", ["漢字"]),
    ("<div hidden><span>草</div>后", ["后"]),
    ("<p><span hidden>草</p><p>后</p>", ["后"]),
    ("<b hidden><p>草</b>后", ["后"]),
    ("<h2 hidden>草<h2>题", ["题"]),
    ("<svg><text>图<p>后</p>", ["后"]),
    ("<p hidden>草<object><p>草</p></object>草<p>后", ["后"]),
    ("<!-- 没有结尾", []),
    ("若 a<b", ["若 a<b"]),
]


@pytest.mark.parametrize(("html", "lines"), IMPLIED_ENDS, ids=[h[:30] for h, _ in IMPLIED_ENDS])
def test_an_element_without_an_end_tag_ends_where_html_says(html: str, lines: list[str]) -> None:
    assert texts_of(html) == lines


AROUND = [
    ("<p>他拆开信。</p><article><p>一切都好。</p></article><p>他没有说话。</p>", None),
    ("<h1>题</h1><main><p>文。</p></main><p>又及：多谢各位。</p>", None),
    ("<header><h1>题</h1><p>李明</p></header><main>文。</main>", ["题", "李明", "文。"]),
    ("<article>文。<aside>编者按：要紧。</aside><footer>李明</footer></article>", None),
    ("<p>文。</p><footer><p>谢谢各位！</p></footer>", ["文。", "谢谢各位！"]),
    ("<main>文。</main><p>版权所有 © 某站。</p><p>本站使用 Cookie。</p>", ["文。"]),
    ("<main>文。</main><div><a href=a>往期文章一。</a><a href=b>往期文章二。</a></div>", ["文。"]),
    ("<article>文。<footer>责任编辑：张三</footer></article>", ["文。"]),
]


@pytest.mark.parametrize(("html", "lines"), AROUND, ids=[html[:30] for html, _ in AROUND])
def test_what_surrounds_the_main_element_is_read_if_it_is_text(
    html: str, lines: list[str] | None
) -> None:
    whole = "".join(re.sub("<[^>]*>", "", html).split())
    assert texts_of(html) == lines if lines else "".join(texts_of(html)) == whole


NOTES = [
    ("里<a href='#n' role=doc-noteref><sup>1</sup></a>", "里"),
    ("里<sup><a href='#n'>②</a></sup>", "里"),
    ("里<a href='#n'><span class=super>3</span></a>", "里"),
    ("里<span style='vertical-align: super'><a href='#n'>4</a></span>", "里"),
    ("里<sup><b><a href='#n'>[5]</a></b></sup>", "里"),
    ("里<a epub:type=noteref href='#n'>注6</a>", "里"),
    ("里<sup class=reference>[7]</sup>", "里"),
    ("里<a href='#n'>[8]</a>", "里"),
    ("里<sup>[9]</sup>再<sup>*</sup>又<sup>†</sup>", "里再又"),
    ("见<a href='#c3'>第3章</a>", "见第3章"),
    ("第<a href='#c3'>3</a>章", "第3章"),
    ("10<span style='vertical-align: super; font-size: 60%'>3</span>米", "10³米"),
    ("H<span style='VERTICAL-ALIGN:sub'>2</span>O、x<span class='superscript'>2</span>", "H₂O、x²"),
    ("文<span style='vertical-align:baseline'>3</span>", "文3"),
    ("好<span style='vertical-align:super'>[1]</span>。", "好。"),
    ("10<sup>3</sup>、m<sup>2</sup>、1<sup>st</sup>、H<sub>2</sub>O、½", "10³、m²、1st、H₂O、½"),
]


@pytest.mark.parametrize(("html", "text"), NOTES, ids=[html[:40] for html, _ in NOTES])
def test_references_of_notes_are_silent_and_raised_figures_stay(html: str, text: str) -> None:
    assert texts_of(f"<p>{html}</p>") == [text]


def test_notes_are_left_out_where_their_references_lead() -> None:
    html = "<p>山里<a id=r href='#n'>②</a>。</p><h2>一</h2><p id=n>②注。</p><p>完。</p>"
    assert texts_of(html) == ["山里。", "一", "完。"]
    assert left_out_of(html) == [("references of notes", "②"), ("notes", "②注。")]


FORMULAS = [
    ("<msub><mi>H</mi><mn>2</mn></msub><mi>O</mi>", "H₂O"),
    ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "½"),
    ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
    ("<msqrt><mn>2</mn></msqrt><mo>≈</mo><mn>1.414</mn>", "√2≈1.414"),
    ("<msup><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow><mn>1</mn></msup>", "(x)¹"),
    ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>", "∑ᵢⁿi"),
    ("<semantics><mi>x</mi><annotation encoding=TeX>\\x</annotation></semantics>", "x"),
    ("<mrow>" * 500 + "<mi>深</mi>", "深"),
    ("<msup><mn>25</mn><mo>∘</mo></msup><mi>C</mi>", "25°C"),
    ("<msup><mi>f</mi><mo>′</mo></msup>", "f′"),
    ("<mi>a</mi><mi>ln</mi>", "a ln"),
    ("<mn>2</mn><mi>sin</mi>", "2sin"),
    ("<msub><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msub>", "(a)₂"),
]


@pytest.mark.parametrize(("formula", "text"), FORMULAS)
def test_formulas(formula: str, text: str) -> None:
    assert texts_of(f"<p>即<math>{formula}</math></p>") == [f"即{text}"]


SEEN = [
    ("姓<img alt=喆>的，<img class=emoji alt=😀>", "姓喆的，😀", []),
    ("<img alt='校园'>前<img class=gaiji>", "前", ["pictures and media", "pictures and media"]),
    ("<img class=dropcap alt=T>he end", "The end", []),
    ("他说<q>你好<q>吗</q></q>", "他说“你好‘吗’”", []),
    ("选<select><option>甲</select><input value=搜>好", "选好", ["controls of a form"] * 2),
    ("<dialog>不见</dialog><dialog open>可见</dialog>", "可见", ["hidden text"]),
    (
        "<span class=sr-only>不见</span><b style='opacity:0'>不见</b>可见",
        "可见",
        ["hidden text"] * 2,
    ),
    (
        "<svg><text>图例</text></svg>文<noscript>无</noscript>",
        "文",
        ["pictures and media", "hidden text"],
    ),
    ("<pre>春眠不觉晓</pre><pre><code>x</code></pre>", "春眠不觉晓", ["code"]),
    (
        "<style>.d, #e{display:none}</style><p class='a d'>不见</p><b id=e>不见</b>可见",
        "可见",
        ["hidden text"] * 2,
    ),
    (
        "<style>/*.a{display:none}*/ @media print{.a{display:none}}</style><b class=a>可见</b>",
        "可见",
        [],
    ),
    ("<style>.t{display:none} .t.on{display:block}</style><b class='t on'>可见</b>", "可见", []),
    ("&#99999999999999999999;好&unknown;", "\ufffd好&unknown;", []),
]


@pytest.mark.parametrize(("html", "text", "kinds"), SEEN, ids=[html[:30] for html, _, _ in SEEN])
def test_what_a_reader_sees_is_read_and_the_rest_is_listed(
    html: str, text: str, kinds: list[str]
) -> None:
    assert texts_of(html) == [text]
    assert [kind for kind, _ in left_out_of(html)] == kinds


@pytest.mark.parametrize(
    "piece",
    "<div> <sup> <p> <b><p> <table><tr><td>a <pre> <a/href=#x>1 <math> <q> < <a <a/b='"
    " <!-- </a <![CDATA[".split(),
)
def test_a_page_of_many_tags_is_read(piece: str) -> None:
    assert texts_of("文。" + piece * 1000)[0].startswith("文。")


def test_tags_that_swallow_the_page_are_refused() -> None:
    with pytest.raises(SourceError, match="speech.html is not a web page: its tags have no end"):
        texts_of("文。" + "<a b='>'" * 10)


def test_entities_of_its_own_are_refused() -> None:
    with pytest.raises(SourceError, match=r"has XML entities of its own \(&lol;\)"):
        texts_of('<!DOCTYPE html [<!ENTITY lol "lol">]><p>&lol;</p>')


def test_entities_that_html_has_may_be_defined_again() -> None:
    page = '<!DOCTYPE html [<!ENTITY nbsp "&#160;"><!ENTITY unused "x">]><p>甲&nbsp;乙</p>'
    assert texts_of(page) == ["甲 乙"]


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    """One that is guessed for no text of Chinese or English."""
    page = "<meta charset=shift_jis><p>会議。</p>".encode("shift_jis")
    assert [block.text for block in web.read_page(page, Path("speech.html")).blocks] == ["会議。"]


def test_sentences_around_the_main_part_count_unless_most_of_them_is_links() -> None:
    main, linked, rest = (
        "<main><p>主要内容。</p></main>",
        "更多消息请看我们的网站首页和其他各个栏目的内容。",
        "今天的相关报道有这些。",
    )
    around = f"{main}<div>{linked}{rest}</div>"
    assert texts_of(around) == ["主要内容。", linked + rest]
    links = f"{main}<div><a href=x>{linked}</a>{rest}</div>"
    assert texts_of(links) == ["主要内容。"]
    assert left_out_of(links) == [("text around the article", linked + rest)]


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


def test_what_is_left_out_is_listed_at_its_line() -> None:
    html = "<p>甲\n<p hidden>藏\n\n<main>\n<p>乙<img alt=图片>\n<nav>导航</nav></main>"
    pieces = web.blocks(html.encode(), Path("speech.html"))
    left_out = [(piece.row, piece.text) for piece in pieces if isinstance(piece, LeftOut)]
    assert left_out == [(1, "甲"), (2, "藏"), (5, "图片"), (6, "导航")]
