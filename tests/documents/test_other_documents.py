"""Web pages, books, OpenDocument texts, presentations and PDFs to paragraphs; every refusal."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches

from speechcast.documents import MAX_FILE_BYTES, SUFFIXES, Document, read
from speechcast.documents.office import odt, pptx
from speechcast.documents.pdf import reader
from speechcast.documents.web import epub
from speechcast.documents.web import html as web
from speechcast.errors import SourceError
from speechcast.model import BlockKind

HERE = Path(__file__).parent
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def zip_of(parts: dict[str, str]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return file.getvalue()


# -- web pages ---------------------------------------------------------------------------------


def page(html: str) -> list[str]:
    return [block.text for block in web.blocks(html.encode(), Path("speech.html"))]


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
    ("<p>注<sup><a href='#n'>[1]</a></sup>，x<sup>2</sup></p>", ["注，x2"]),
    ("<p>a&nbsp;&amp;&#8203;b<!-- c --></p><![CDATA[d]]>", ["a &b", "d"]),
    ("<html><head><title>站</title><meta charset=utf-8><p>正文", ["正文"]),
    ("<o:p>字</o:p><x-y>块</x-y>", ["字", "块"]),
    ("<b>没有结尾", ["没有结尾"]),
    ("<div>" * 3000 + "深" + "</div>" * 3000, ["深"]),
]


@pytest.mark.parametrize(("html", "lines"), PAGES, ids=[html[:30] for html, _ in PAGES])
def test_web_pages(html: str, lines: list[str]) -> None:
    assert page(html) == lines


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


# -- books -------------------------------------------------------------------------------------


def book_of(pages: dict[str, str], spine: str, more: dict[str, str] | None = None) -> bytes:
    """An .epub of these pages, in this order."""
    items = "".join(
        f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if n == 'nav' else ''}/>"
        for n in pages
    )
    refs = "".join(
        f'<itemref idref="{n.strip("-")}" linear="{"no" if "-" in n else "yes"}"/>'
        for n in spine.split()
    )
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:x"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        f'{items}</manifest><spine>{refs}</spine><guide><reference type="toc" href="toc.xhtml"/>'
        "</guide></package>",
    }
    head = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head>'
    parts |= {f"OEBPS/{n}.xhtml": f"{head}<body>{text}</body></html>" for n, text in pages.items()}
    return zip_of(parts | (more or {}))


CHAPTERS = {
    "nav": "<nav>目录</nav><p>目录</p>",
    "toc": "<p>旧目录</p>",
    "b": "<h1>第二章</h1><p>后。</p>",
    "a": "<h1>第一章</h1><p>先<script/>。</p>",
    "c": "<p>附录</p>",
}


def test_a_book_is_read_in_its_order() -> None:
    blocks = epub.blocks(book_of(CHAPTERS, "nav toc a b -c"), Path("book.epub"))
    assert [(b.row, b.text) for b in blocks] == [
        (1, "第一章"),
        (2, "先。"),
        (3, "第二章"),
        (4, "后。"),
    ]


def _encryption(algorithm: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": '<encryption><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
        f'<EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'
    }


def test_fonts_of_a_book_may_be_encrypted() -> None:
    fonts = _encryption("http://www.idpf.org/2008/embedding")
    assert epub.blocks(book_of(CHAPTERS, "a", fonts), Path("book.epub"))


# -- OpenDocument ------------------------------------------------------------------------------

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
    'xmlns:xml="http://www.w3.org/XML/1998/namespace"'
)
STYLES = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph" style:default-outline-level="2"/>
<style:style style:name="T1" style:family="text">
 <style:text-properties text:display="none"/></style:style>
<style:style style:name="T2" style:family="text">
 <style:text-properties style:text-line-through-style="solid"/></style:style>
<text:list-style style:name="L">
 <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
 <text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
</text:list-style>
<text:list-style style:name="C">
 <text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..."
  style:num-prefix="（" style:num-suffix="）" text:start-value="3"/></text:list-style>
<text:list-style style:name="F"><text:list-level-style-number text:level="1"
 style:num-format="a" loext:num-list-format="(%1%)"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>
"""
OUTLINE = """<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"
 style:num-prefix="第" style:num-suffix="章"/></text:outline-style>"""


def odt_of(body: str, styles: str = "", wrap: str = "text") -> bytes:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:{wrap}>{body}</office:{wrap}>"
        "</office:body></office:document-content>"
    )
    beside = f"<office:document-styles {SPACES}>{styles}</office:document-styles>"
    return zip_of({"content.xml": content, "styles.xml": beside})


def items(style: str, *texts: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


NESTED = (
    '<text:list text:style-name="L"><text:list-item><text:p>甲</text:p><text:list><text:list-item>'
    "<text:p>子</text:p></text:list-item></text:list></text:list-item><text:list-header><text:p>头"
    '</text:p></text:list-header><text:list-item text:start-value="7"><text:p>乙</text:p><text:p>续'
    "</text:p></text:list-item></text:list>"
)
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
    (
        '<text:section text:display="none"><text:p>藏</text:p></text:section><text:p>见</text:p>',
        ["见"],
    ),
    (
        "<text:p>锚<draw:frame><svg:title>图</svg:title><draw:text-box><text:p>框</text:p></draw:text-box>"
        "</draw:frame>后</text:p>",
        ["锚后", "框"],
    ),
    (items("L", "甲", "乙") + items("L", "新"), ["1. 甲", "2. 乙", "1. 新"]),
    (
        items("L", "甲") + items("L", "乙", more='text:continue-numbering="true"'),
        ["1. 甲", "2. 乙"],
    ),
    (
        items("L", "甲", more='xml:id="one"')
        + items("B", "点")
        + items("L", "乙", more='text:continue-list="one"'),
        ["1. 甲", "点", "2. 乙"],
    ),
    (items("C", "甲", "乙"), ["（三）甲", "（四）乙"]),
    (items("F", "甲"), ["(a) 甲"]),
    (items("none", "甲"), ["甲"]),
    (NESTED, ["1. 甲", "1.1 子", "头", "7. 乙", "续"]),
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
    assert [b.text for b in odt.blocks(odt_of(body), Path("speech.odt"))] == lines


def test_headings_of_an_open_document() -> None:
    body = (
        '<text:p text:style-name="P1">题<text:line-break/>目</text:p>'
        '<text:h text:outline-level="1">甲</text:h>'
        '<text:p text:style-name="P2">乙</text:p><text:h text:outline-level="1">丙</text:h>'
    )
    blocks = odt.blocks(odt_of(body, OUTLINE), Path("speech.odt"))
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


# -- presentations -----------------------------------------------------------------------------


def _slides() -> bytes:
    show = Presentation()
    cover = show.slides.add_slide(show.slide_layouts[0])
    cover.shapes.title.text, cover.placeholders[1].text = "在大会上\v的讲话", "李明"
    points = show.slides.add_slide(show.slide_layouts[1])
    points.shapes.title.text = "要点"
    frame = points.placeholders[1].text_frame
    frame.text = "甲"
    frame.add_paragraph().text = "乙"
    for paragraph in frame.paragraphs:
        properties = paragraph._p.get_or_add_pPr()
        etree.SubElement(properties, f"{A}buAutoNum", type="arabicPeriod", startAt="3")
    for left, text in ((5, "右"), (1, "左")):
        box = points.shapes.add_textbox(Inches(left), Inches(6), Inches(2), Inches(1))
        box.text_frame.text = text
        box.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    points.notes_slide.notes_text_frame.text = "备注不读"
    grid = show.slides.add_slide(show.slide_layouts[5])
    grid.shapes.title.text = "数字"
    table = grid.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).text = "年", "增长", "合并"
    table.cell(1, 0).merge(table.cell(1, 1))
    hidden = show.slides.add_slide(show.slide_layouts[1])
    hidden.shapes.title.text = "隐藏"
    hidden._element.set("show", "0")
    struck = show.slides.add_slide(show.slide_layouts[6]).shapes
    group = struck.add_group_shape()
    run = group.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.paragraphs[0]
    run.add_run().text = "留"
    run.add_run().text = "划"
    run.runs[1].font._element.set("strike", "sngStrike")
    file = BytesIO()
    show.save(file)
    return file.getvalue()


A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SLIDES = _slides()


def test_slides() -> None:
    blocks = pptx.blocks(SLIDES, Path("speech.pptx"))
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.TITLE, "在大会上的讲话"),
        (BlockKind.BYLINE, "李明"),
        (BlockKind.HEADING, "要点"),
        (BlockKind.BODY, "3. 甲"),
        (BlockKind.BODY, "4. 乙"),
        (BlockKind.BODY, "左"),
        (BlockKind.BODY, "右"),
        (BlockKind.HEADING, "数字"),
        (BlockKind.BODY, "年，增长"),
        (BlockKind.BODY, "合并"),
        (BlockKind.BODY, "留"),
    ]


def test_the_first_slide_has_the_title_whatever_its_layout() -> None:
    show = Presentation()
    for title, text in [("开学典礼", "李明\n2024年9月"), ("要点", "学习。")]:
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, text
    file = BytesIO()
    show.save(file)
    blocks = pptx.blocks(file.getvalue(), Path("speech.pptx"))
    assert [(b.kind, b.text) for b in blocks] == [
        (BlockKind.TITLE, "开学典礼"),
        (BlockKind.BODY, "李明"),
        (BlockKind.BODY, "2024年9月"),
        (BlockKind.HEADING, "要点"),
        (BlockKind.BODY, "学习。"),
    ]


# -- PDF ---------------------------------------------------------------------------------------

Placed = tuple[float, float, float, str]  # x, y and size in points, text


def pdf_of(*pages: Sequence[Placed], objects: Sequence[str] = ()) -> bytes:
    """A PDF with these texts at these places; neither of its fonts is embedded."""
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(len(pages)))
    parts = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
        4: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        "/DescendantFonts[5 0 R]>>",
        5: "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 6 0 R>>",
        6: "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
        7: "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        "/Length 1>>\nstream\n \nendstream",
    }
    for i, page in enumerate(pages):
        stream = "\n".join(map(_shown, page))
        parts[10 + 2 * i] = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</L 3 0 R/C 4 0 R>>"
            f"/XObject<</I 7 0 R>>>>/Contents {11 + 2 * i} 0 R>>"
        )
        parts[11 + 2 * i] = f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream"
    out, offsets = "%PDF-1.4\n", {}
    for number, body in parts.items():
        offsets[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {max(parts) + 1}\n"
    for number in range(max(parts) + 1):
        out += f"{offsets[number]:010} 00000 n \n" if number in offsets else "0000000000 65535 f \n"
    out += f"trailer\n<</Size {max(parts) + 1}/Root 1 0 R{''.join(objects)}>>\n"
    out += f"startxref\n{start}\n%%EOF"
    return out.encode("latin-1")


def _shown(placed: Placed) -> str:
    x, y, size, text = placed
    if text == "picture":
        return f"q 500 0 0 700 {x} {y} cm /I Do Q"
    if text.isascii():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"BT /L {size} Tf {x} {y} Td ({escaped}) Tj ET"
    return f"BT /C {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def lines_of(*texts: str, x: float = 72, top: float = 740, size: float = 12) -> list[Placed]:
    return [(x, top - 20 * i, size, text) for i, text in enumerate(texts)]


def paragraphs(*pages: Sequence[Placed]) -> list[str]:
    return [b.text for b in reader.blocks(pdf_of(*pages), Path("speech.pdf"))]


FULL = "这一行写满了整整一行的三十个字所以它的下一行还是同一个段落里的"
# Another one, as long: PDFium takes a text for the shadow of the same one just above it, where the
# machine has no font of that name.
ALSO = "第二行也写满了整整一行的三十个字因此下一行仍属于同一个段落里的"
PDFS = [
    (
        [lines_of(FULL, ALSO, "到此结束。", FULL, "又一段。")],
        [FULL + ALSO + "到此结束。", FULL + "又一段。"],
    ),
    (  # an indent begins a paragraph, though the line before it is full
        [[*lines_of(FULL[:-1] + "。"), (96, 720, 12, FULL[:-2]), (72, 700, 12, "结束。")]],
        [FULL[:-1] + "。", FULL[:-2] + "结束。"],
    ),
    (  # over two pages, with what runs along left out
        [
            [*lines_of("页眉"), *lines_of(FULL, ALSO, top=600), (290, 40, 10, "- 1 -")],
            [*lines_of("页眉"), *lines_of("完了。", top=600), (290, 40, 10, "- 2 -")],
        ],
        [FULL + ALSO + "完了。"],
    ),
    (
        [
            lines_of(
                "Four score and seven years ago our fath-",
                "ers brought forth a well-",
                "known nation.",
            )
        ],
        ["Four score and seven years ago our fathers brought forth a well-known nation."],
    ),
    (
        [
            lines_of(
                "So let us begin anew, remembering on",
                "both sides that civility is not a",
                "sign. End.",
            )
        ],
        ["So let us begin anew, remembering on both sides that civility is not a sign. End."],
    ),
    (
        [[*lines_of("标题很大", size=24, top=780), *lines_of(FULL, "正文。")]],
        ["标题很大", FULL + "正文。"],
    ),
    (
        [[(72, 700, 12, "项目"), (300, 700, 12, "增长"), (72, 680, 12, "工业")]],
        ["项目，增长", "工业"],
    ),
    (  # from one column to the next
        [[*lines_of(FULL[:16], ALSO[:16]), *lines_of(FULL[16:24] + "。", "完了。", x=330)]],
        [FULL[:16] + ALSO[:16] + FULL[16:24] + "。", "完了。"],
    ),
    (  # a line in the middle, and lines too short to be full
        [[(250, 740, 12, "2024年1月10日"), *lines_of("各位同事：", top=720)]],
        ["2024年1月10日", "各位同事："],
    ),
    ([lines_of("去年", "增长", "谢谢", "大家")], ["去年", "增长", "谢谢", "大家"]),
    ([[(72, 700, 12, "结果"), (96, 706, 7, "1"), (101, 700, 12, "很好。")]], ["结果很好。"]),
    ([[*lines_of(FULL, "正文。"), (72, 60, 8, "1 See the appendix.")]], [FULL + "正文。"]),
]


@pytest.mark.parametrize(("pages", "lines"), PDFS)
def test_pdfs(pages: list[list[Placed]], lines: list[str]) -> None:
    assert paragraphs(*pages) == lines


# -- what is refused ---------------------------------------------------------------------------

ENCRYPTED_PDF = pdf_of(
    lines_of("x"),
    objects=[
        f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>/ID[<00><00>]"
    ],
)
SECRET = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "?"}
REFUSED = [
    (".html", b"\x89PNG\r\n\x1a\n\0\0\0", "is not a text file"),
    (".html", b"<nav>menu</nav>", "holds no text"),
    (".htm", SLIDES, "is no .htm file but a presentation; give it the suffix .pptx"),
    (".htm", b" " * (MAX_FILE_BYTES + 1), "is larger than 50 MB; take the pictures out"),
    (".txt", b" " * (MAX_FILE_BYTES + 1), "is larger than 50 MB; divide it"),
    (".epub", zip_of({"a": "b"}), "is no .epub file but a zip archive"),
    (".epub", zip_of({"META-INF/container.xml": "<c/>"}), r"is damaged \( is missing\)"),
    (
        ".epub",
        book_of({}, "", _encryption("urn:adept")),
        r"is protected \(DRM\);.* unprotected copy",
    ),
    (".epub", book_of({"a": ""}, "a"), "holds no text"),
    (".epub", OLE, "is no .epub file but one of Office before 2007"),
    (".epub", SLIDES, "is no .epub file but a presentation; give it the suffix .pptx"),
    (".odt", zip_of(SECRET), "is encrypted; open it with its password and save a copy without one"),
    (
        ".odt",
        zip_of({"a": "b"}),
        "is no .odt file but a zip archive; name the document in it",
    ),
    (".odt", odt_of("", wrap="spreadsheet"), "is no .odt file but a zip archive"),
    (".odt", zip_of({"content.xml": "<a>"}), r"is damaged \(content.xml: "),
    (".odt", b"<office:document/>", "is no .odt file but something else; .* save it as .odt"),
    (".pptx", zip_of({"a": "b"}), "is no .pptx file but a zip archive"),
    (".pptx", zip_of({"ppt/presentation.xml": "<p/>"}), "is damaged; fetch it anew"),
    (".pptx", OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    (".pdf", pdf_of([]), "holds pictures of text only; run OCR on it"),
    (
        ".pdf",
        pdf_of(
            *[lines_of(str(i), "text") for i in range(2)], [(0, 0, 0, "picture")], lines_of("z")
        ),
        "page 3 of .* is a picture; run OCR",
    ),
    (".pdf", ENCRYPTED_PDF, "is encrypted; open it with its password"),
    (".pdf", b"%PDF-1.4\nnothing", "is no whole PDF; fetch it anew, or print it to PDF again"),
    (".pdf", b"<html><p>x", "is no .pdf file but a web page; give it the suffix .html"),
    (".txt", ENCRYPTED_PDF, "is no plain text but a PDF; give it the suffix .pdf"),
    (".md", SLIDES, "is no plain text but a presentation; give it the suffix .pptx"),
    (".ppt", OLE, "cannot be read as it is; save it as .pptx"),
]


@pytest.mark.parametrize(("suffix", "data", "reason"), REFUSED)
def test_what_is_refused(tmp_path: Path, suffix: str, data: bytes, reason: str) -> None:
    path = tmp_path / f"speech{suffix}"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=reason) as refusal:
        read(path)
    assert refusal.value.path == path
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("suffix", "package"),
    [(".html", "bs4"), (".epub", "bs4"), (".pptx", "pptx"), (".pdf", "pypdfium2")],
)
def test_a_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str
) -> None:
    path = tmp_path / f"speech{suffix}"
    path.write_bytes(b"PK\x03\x04")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SourceError, match=rf"{package}.* pip install 'speechcast\[documents\]'"):
        read(path)


SAMPLES = {
    ".html": PAGES[10][0].encode(),
    ".epub": book_of(CHAPTERS, "a b"),
    ".odt": odt_of(NESTED, OUTLINE),
    ".pptx": SLIDES,
    ".pdf": pdf_of(lines_of(FULL, "done.")),
    ".txt": "标题\n\n正文。".encode(),
    ".md": "# 标题\n\n1. 正文".encode(),
}
QUIET = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def _read_or_refuse(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with suppress(SourceError):
        assert isinstance(read(path), Document)


@QUIET
@given(data=st.data())
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from([*SUFFIXES, ".doc", ".unknown"]))
    start = data.draw(
        st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"---\n", OLE])
    )
    _read_or_refuse(tmp_path / f"speech{suffix}", start + data.draw(st.binary(max_size=400)))


@QUIET
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(sorted(SAMPLES)))
    broken = bytearray(SAMPLES[suffix])
    for _ in range(data.draw(st.integers(0, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, len(broken)) | st.none())
    _read_or_refuse(tmp_path / f"speech{suffix}", bytes(broken[:cut]))


TAGS = (
    "<p> </p> <li> <ol> </ol> <ol\tstart=2> <td> <tr> <table> </table> <h1> </h1> <br> <s> </s> "
    "<main> </main> <pre> <ruby> <rt> 字 a &nbsp; <!-- --> # * ~~ ` | --- > 1. [a](b) \\ "
)
MARKUP = st.lists(st.sampled_from(TAGS.split(" ")))


@QUIET
@given(MARKUP, st.sampled_from([".html", ".md"]))
def test_any_markup_is_read(tmp_path: Path, pieces: list[str], suffix: str) -> None:
    text = "\n".join(pieces)
    _read_or_refuse(tmp_path / f"speech{suffix}", text.encode())
