"""Documents of each kind, built in memory.

They are zip archives, books, .odt, .pptx and PDF files.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")  # of Office 97 to 2003, and of encrypted files


def zip_of(parts: dict[str, str]) -> bytes:
    """Return a zip archive of these texts, by their names."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return file.getvalue()


def book_of(pages: dict[str, str], spine: str, more: dict[str, str] | None = None) -> bytes:
    """Return an .epub of these pages, in this order."""
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
    "toc": "<p><a href='a.xhtml'>旧目录</a></p>",
    "b": "<h1>第二章</h1><p>后。</p>",
    "a": "<h1>第一章</h1><p>先<script/>。</p>",
    "c": "<p>附录</p>",
}


def encryption_of(algorithm: str) -> dict[str, str]:
    return {
        "META-INF/encryption.xml": '<encryption><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
        f'<EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'
    }


ODF_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" '
    'xmlns:xml="http://www.w3.org/XML/1998/namespace"'
)
ODT_STYLES = """
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
ODT_OUTLINE = """<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"
 style:num-prefix="第" style:num-suffix="章"/></text:outline-style>"""


def odt_of(body: str, styles: str = "", wrap: str = "text") -> bytes:
    """Return an .odt with this body and these additional styles."""
    content = (
        f"<office:document-content {ODF_NAMESPACES}><office:automatic-styles>{ODT_STYLES}"
        f"</office:automatic-styles><office:body><office:{wrap}>{body}</office:{wrap}>"
        "</office:body></office:document-content>"
    )
    beside = f"<office:document-styles {ODF_NAMESPACES}>{styles}</office:document-styles>"
    return zip_of({"content.xml": content, "styles.xml": beside})


def list_of(style: str, *texts: str, more: str = "") -> str:
    inner = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    return f'<text:list text:style-name="{style}" {more}>{inner}</text:list>'


NESTED_LIST = (
    '<text:list text:style-name="L"><text:list-item><text:p>甲</text:p><text:list><text:list-item>'
    "<text:p>子</text:p></text:list-item></text:list></text:list-item><text:list-header><text:p>头"
    '</text:p></text:list-header><text:list-item text:start-value="7"><text:p>乙</text:p><text:p>续'
    "</text:p></text:list-item></text:list>"
)


DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def make_presentation() -> bytes:
    """Return a presentation with a cover, a list and a table.

    It has a hidden slide and struck text too.
    """
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
        etree.SubElement(properties, f"{DRAWING}buAutoNum", type="arabicPeriod", startAt="3")
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


PlacedText = tuple[float, float, float, str]  # x, y and size in points, text


def pdf_of(*pages: Sequence[PlacedText], objects: Sequence[str] = ()) -> bytes:
    """Return a PDF with these texts at these places.

    Neither of its fonts is embedded.
    """
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
        stream = "\n".join(map(_draw, page))
        parts[10 + 2 * i] = (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</L 3 0 R/C 4 0 R>>"
            f"/XObject<</I 7 0 R>>>>/Contents {11 + 2 * i} 0 R>>"
        )
        parts[11 + 2 * i] = f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream"
    return _assemble(parts, "".join(objects))


def pdf_with(content: str, page: str = "", annotations: Sequence[str] = ()) -> bytes:
    """Return a PDF of one page with this content.

    Its font is /L, its picture /I; of its layers /On and /Off, the second is not shown.
    """
    first = 11
    fields = [n for n, text in enumerate(annotations, first) if "/Widget" in text]
    parts = {
        1: "<</Type/Catalog/Pages 2 0 R"
        "/OCProperties<</OCGs[7 0 R 8 0 R]/D<</ON[7 0 R]/OFF[8 0 R]>>>>"
        f"/AcroForm<</Fields[{' '.join(f'{n} 0 R' for n in fields)}]>>>>",
        2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{page}/Contents 4 0 R/Resources<<"
        "/Font<</L 5 0 R>>/XObject<</I 6 0 R>>/Properties<</On 7 0 R/Off 8 0 R>>>>"
        f"/Annots[{' '.join(f'{n} 0 R' for n in range(first, first + len(annotations)))}]>>",
        4: f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        6: "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        "/Length 1>>\nstream\n \nendstream",
        7: "<</Type/OCG/Name(On)>>",
        8: "<</Type/OCG/Name(Off)>>",
        **dict(enumerate(annotations, first)),
    }
    return _assemble(parts)


def _assemble(parts: dict[int, str], trailer: str = "") -> bytes:
    """Return a PDF file of these objects, the first of which is the catalog."""
    out, offsets = "%PDF-1.5\n", {}
    for number, body in parts.items():
        offsets[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {max(parts) + 1}\n"
    for number in range(max(parts) + 1):
        out += f"{offsets[number]:010} 00000 n \n" if number in offsets else "0000000000 65535 f \n"
    out += f"trailer\n<</Size {max(parts) + 1}/Root 1 0 R{trailer}>>\n"
    out += f"startxref\n{start}\n%%EOF"
    return out.encode("latin-1")


def _draw(placed: PlacedText) -> str:
    x, y, size, text = placed
    if text == "picture":
        return f"q 500 0 0 700 {x} {y} cm /I Do Q"
    if text.isascii():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"BT /L {size} Tf {x} {y} Td ({escaped}) Tj ET"
    return f"BT /C {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def lines_of(*texts: str, x: float = 72, top: float = 740, size: float = 12) -> list[PlacedText]:
    return [(x, top - 20 * i, size, text) for i, text in enumerate(texts)]


def squeezed(text: str) -> str:
    r"""Return the text without its white space.

    >>> squeezed("a b\n")
    'ab'
    """
    return "".join(text.split())
