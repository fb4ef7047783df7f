"""Word documents: what they would print, and every refusal. Golden tables of Word's own XML."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as DocxDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechcast import documents
from speechcast.documents import Document, read
from speechcast.documents.block import separate
from speechcast.documents.office import archive
from speechcast.documents.office import docx as word
from speechcast.documents.office.numerals import format_number
from speechcast.errors import SourceError
from speechcast.model import BlockKind
from tests.support.document_files import OLE_SIGNATURE, zip_of
from tests.support.word_files import (
    SPACES,
    docx_of,
    field,
    p,
    r,
    read_body,
    texts,
)

HERE = Path(__file__).parent
BOX = f"<w:txbxContent>{p(r('框里。'))}</w:txbxContent>"
RUNS = [
    (r("你好") + r("世界", "<w:b/>"), ["你好世界"]),
    (r("留下") + "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", ["留下"]),
    (r("a ") + f"<w:ins>{r('b')}</w:ins>" + f"<w:moveTo>{r('c')}</w:moveTo>", ["a bc"]),
    (f"<w:moveFrom>{r('走')}</w:moveFrom>" + r("在"), ["在"]),
    (f"<w:ins><w:del>{r('增又删')}</w:del>{r('增')}</w:ins>", ["增"]),
    (r("见") + f"<w:hyperlink>{r('网页')}</w:hyperlink>", ["见网页"]),
    (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('控件')}</w:sdtContent></w:sdt>", ["控件"]),
    (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击')}</w:sdtContent></w:sdt>"
        + r("正文"),
        ["正文"],
    ),
    (r("上") + "<w:r><w:br/></w:r>" + r("下"), ["上", "下"]),
    (r("左") + "<w:r><w:tab/></w:r>" + r(" 右"), ["左 右"]),
    (r("co") + "<w:r><w:noBreakHyphen/></w:r>" + r("op"), ["co-op"]),
    (r("so") + "<w:r><w:softHyphen/><w:sym w:char='F0E0'/></w:r>" + r("ft\u00ad"), ["soft"]),
    (r("看") + r("不见", "<w:vanish/>"), ["看"]),
    (r("看") + r("得见", '<w:vanish w:val="0"/>'), ["看得见"]),
    (r("要") + r("不要", "<w:strike/>") + r("没有", "<w:dstrike/>"), ["要"]),
    (field(" REF _Toc1 \\h ", r("第三节")) + r("说"), ["第三节说"]),
    (r("第") + field(" PAGE ", r("7")) + r("页"), []),
    (r("翻到第") + field(" page ", r("7")) + r("页看"), ["翻到第页看"]),
    (field(f" IF {field(' MERGEFIELD a ', r('里'))} ", r("外")), ["外"]),
    (f'<w:fldSimple w:instr=" AUTHOR ">{r("李明")}</w:fldSimple>', ["李明"]),
    ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("未完的域"), []),
    (
        f"<w:r><w:ruby><w:rt>{r('hàn')}</w:rt><w:rubyBase>{r('汉')}</w:rubyBase></w:ruby></w:r>"
        + r("字"),
        ["汉字"],
    ),
    (r("注") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r("脚"), ["注脚"]),
    (r("批") + '<w:commentRangeStart w:id="1"/><w:r><w:commentReference/></w:r>', ["批"]),
    (
        r("文。")
        + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + f"{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}"
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        ["文。", "框里。"],
    ),
    ("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>", ["x=1"]),
    (r("请  同志 \u200b") + r(" 们坐"), ["请 同志 们坐"]),
    (r("序 言"), ["序言"]),
    ("<!-- c -->" + r("很好\n  的"), ["很好 的"]),
]


@pytest.mark.parametrize(("runs", "lines"), RUNS)
def test_what_a_paragraph_says(runs: str, lines: list[str]) -> None:
    assert read_body(p(runs)) == lines


def test_a_field_over_several_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC \\o </w:instrText>'
    middle = '<w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    toc = p(begin + middle + r("一、回顾 1")) + p(r("二、展望 9") + end)
    assert read_body(toc + p(r("正文。"))) == ["正文。"]


def test_a_deleted_paragraph_mark_joins_two() -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert read_body(p(gone + r("前")) + p(r("后"))) == ["前后"]
    assert read_body(p(r("前")) + p(gone + f"<w:del>{r('全删')}</w:del>") + p(r("后"))) == [
        "前",
        "后",
    ]
    assert read_body(p(gone + r("末"))) == ["末"]


def test_an_initial_set_over_several_lines() -> None:
    initial = '<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>'
    assert read_body(p(initial + r("F")) + p(r("our score years ago."))) == [
        "Four score years ago."
    ]


def test_wrappers_around_paragraphs() -> None:
    inner = f"<w:sdt><w:sdtContent>{p(r('内容'))}</w:sdtContent></w:sdt>"
    assert read_body(f"<w:customXml>{inner}</w:customXml>") == ["内容"]
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    assert (
        read_body(inner.replace("<w:sdtContent>", f"<w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>"))
        == []
    )


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(rows) + "</w:tbl>"


REST = "<w:tcPr><w:vMerge/></w:tcPr>"
FIRST = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
TABLES = [
    (
        table(row(p(r("年")), p(r("增长"))), row(p(r("2023")), p(r("5.2%")))),
        ["年，增长", "2023, 5.2%"],
    ),
    (
        table(row(FIRST + p(r("合")), p(r("甲"))), row(REST + p(r("旧")), p(r("乙")))),
        ["合，甲", "乙"],
    ),
    (table(row(p(r("一。")), p(r("二")) + p(r("三")))), ["一。二，三"]),
    (table(row(p(r("整篇。")) + p(r("都在表里。")))), ["整篇。", "都在表里。"]),
    (table(row(p(""), p(r("独")))), ["独"]),
    (table(row(table(row(p(r("内")), p(r("层")))) + p(""), p(r("外")))), ["内，层，外"]),
    (table(f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p(r('删'))}</w:tc></w:tr>"), []),
]


@pytest.mark.parametrize(("body", "lines"), TABLES)
def test_tables_are_read_row_by_row(body: str, lines: list[str]) -> None:
    assert read_body(body) == lines


def style(style_id: str, name: str, inside: str = "") -> str:
    named = f'<w:name w:val="{name}"/>'
    return f'<w:style w:type="paragraph" w:styleId="{style_id}">{named}{inside}</w:style>'


STYLES = (
    style("a3", "Title")
    + style("a4", "Subtitle")
    + style("1", "heading 1")
    + style("2", "标题 2")
    + style("mine", "我的标题", '<w:basedOn w:val="2"/>')
    + style("o", "Outlined", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    + style("t1", "toc 1")
    + style("h", "Hidden", "<w:rPr><w:vanish/></w:rPr>")
    + style("loop", "Loop", '<w:basedOn w:val="loop"/>')
)
KINDS = [
    ('<w:pStyle w:val="a3"/>', (BlockKind.TITLE, 0)),
    ('<w:pStyle w:val="a4"/>', (BlockKind.BYLINE, 0)),
    ('<w:pStyle w:val="1"/>', (BlockKind.HEADING, 1)),
    ('<w:pStyle w:val="2"/>', (BlockKind.HEADING, 2)),
    ('<w:pStyle w:val="mine"/>', (BlockKind.HEADING, 2)),
    ('<w:pStyle w:val="o"/>', (BlockKind.HEADING, 3)),
    ('<w:outlineLvl w:val="0"/>', (BlockKind.HEADING, 1)),
    ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', (BlockKind.BODY, 0)),
    ('<w:pStyle w:val="loop"/>', (BlockKind.BODY, 0)),
    ('<w:pStyle w:val="none"/>', (BlockKind.BODY, 0)),
    ("", (BlockKind.BODY, 0)),
]


@pytest.mark.parametrize(("properties", "kind"), KINDS)
def test_styles_tell_headings(properties: str, kind: tuple[BlockKind, int]) -> None:
    body = p(f"<w:pPr>{properties}</w:pPr>" + r("闭幕"))
    ((block,), _) = separate(word.blocks(docx_of(body, STYLES), Path("speech.docx")))
    assert (block.kind, block.level) == kind


def test_styles_that_hide() -> None:
    styled = '<w:pPr><w:pStyle w:val="{}"/></w:pPr>'
    assert read_body(p(styled.format("t1") + r("回顾 1")) + p(r("正文")), STYLES) == ["正文"]
    assert read_body(p(styled.format("h") + r("藏")), STYLES) == []
    assert read_body(p(styled.format("h") + r("露", '<w:vanish w:val="false"/>')), STYLES) == ["露"]
    hides = '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
    assert read_body(p(r("露") + r("藏", '<w:rStyle w:val="c"/>')), hides) == ["露"]


def test_a_heading_set_over_two_lines_is_one() -> None:
    heading = (
        '<w:pPr><w:pStyle w:val="a3"/></w:pPr>' + r("在大会上") + "<w:r><w:br/></w:r>" + r("的讲话")
    )
    assert read_body(p(heading), STYLES) == ["在大会上的讲话"]


def level(depth: int, style: str, text: str, inside: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/>{inside}</w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, of: int, inside: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


def items(*places: tuple[int, int]) -> str:
    """Paragraphs of a list, each (list, level)."""
    form = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
    return "".join(p(form.format(depth, number) + r("x")) for number, depth in places)


RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
LISTS = [
    (abstract(0, level(0, "decimal", "%1.")) + num(1, 0), [(1, 0)] * 3, "1. x|2. x|3. x"),
    (abstract(0, level(0, "chineseCounting", "%1、")) + num(1, 0), [(1, 0)] * 2, "一、x|二、x"),
    (
        abstract(0, level(0, "chineseCountingThousand", "（%1）")) + num(1, 0),
        [(1, 0)] * 11,
        "（一）x|（二）x|（三）x|（四）x|（五）x|（六）x|（七）x|（八）x|（九）x|（十）x|（十一）x",
    ),
    (abstract(0, level(0, "lowerLetter", "%1)")) + num(1, 0), [(1, 0)] * 2, "a) x|b) x"),
    (
        abstract(0, level(0, "upperRoman", "%1.")) + num(1, 0),
        [(1, 0)] * 4,
        "I. x|II. x|III. x|IV. x",
    ),
    (abstract(0, level(0, "bullet", "\uf0b7")) + num(1, 0), [(1, 0)], "x"),
    (abstract(0, level(0, "none", "")) + num(1, 0), [(1, 0)], "x"),
    (
        abstract(0, level(0, "decimal", "第%1条", '<w:suff w:val="space"/>')) + num(1, 0),
        [(1, 0)],
        "第1条 x",
    ),
    (
        abstract(0, level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')) + num(1, 0),
        [(1, 0)],
        "1.x",
    ),
    (
        abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")) + num(1, 0),
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)],
        "1. x|1.1 x|1.2 x|2. x|2.1 x",
    ),
    (
        abstract(
            0, level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
        )
        + num(1, 0),
        [(1, 0), (1, 1)],
        "第一章 x|1.1 x",
    ),
    (
        abstract(
            0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
        )
        + num(1, 0),
        [(1, 0), (1, 1), (1, 0), (1, 1)],
        "1. x|1) x|2. x|2) x",
    ),
    (  # two lists of one kind go on counting, unless the second says otherwise
        abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0) + num(3, 0, RESTART),
        [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0)],
        "1. x|2. x|1. x|2. x|3. x",
    ),
    (  # a list that is another style's
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>'
        + f'<w:abstractNum w:abstractNumId="5"><w:styleLink w:val="S"/>{level(0, "decimal", "%1.")}'
        + "</w:abstractNum>"
        + num(1, 0),
        [(1, 0)],
        "1. x",
    ),
    (abstract(0, level(0, "decimal", "%1.")) + num(1, 0), [(1, 3), (0, 0), (9, 0)], "x|x|x"),
    (
        abstract(0, level(0, "decimal", "%1.").replace('"1"', '"many"')) + num(1, 0),
        [(1, 0)],
        "0. x",
    ),
]


@pytest.mark.parametrize(("numbering", "places", "lines"), LISTS)
def test_list_numbers_are_counted_as_word_counts(
    numbering: str, places: list[tuple[int, int]], lines: str
) -> None:
    assert read_body(items(*places), numbering=numbering) == lines.split("|")


def test_a_style_can_bring_a_number() -> None:
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("1", "heading 1", numbered) + style(
        "2", "heading 2", numbered.replace('"0"', '"1"')
    )
    levels = level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）")
    body = "".join(
        p(f'<w:pPr><w:pStyle w:val="{style_id}"/></w:pPr>' + r(text))
        for style_id, text in [(1, "回顾"), (2, "成绩"), (2, "不足"), (1, "展望"), (2, "目标")]
    )
    lines = ["一、回顾", "（一）成绩", "（二）不足", "二、展望", "（一）目标"]
    assert read_body(body, styles, abstract(0, *levels) + num(1, 0)) == lines


def test_a_style_of_which_the_list_says_the_level() -> None:
    """The style names the list, and the list's level the style."""
    styles = style("a", "Clause", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    levels = (
        level(0, "decimal", "第%1条", '<w:pStyle w:val="other"/>'),
        level(1, "lowerLetter", "%2)", '<w:pStyle w:val="a"/>'),
    )
    clause = p('<w:pPr><w:pStyle w:val="a"/></w:pPr>' + r("款"))
    assert read_body(clause * 2, styles, abstract(0, *levels) + num(1, 0)) == ["a) 款", "b) 款"]


def test_a_field_counts_in_the_list_it_names() -> None:
    named = abstract(0, level(0, "chineseCounting", "%1、")).replace(
        "<w:lvl ", '<w:name w:val="条款"/><w:lvl ', 1
    )
    numbers = "".join(f"<w:fldSimple w:instr='LISTNUM {n}'/>" for n in ("条款", "条款", "别的"))
    assert read_body(p(numbers), numbering=named + num(1, 0)) == ["一、二、1)"]


NUMERALS = [
    (
        "chineseCounting",
        {
            1: "一",
            10: "十",
            12: "十二",
            20: "二十",
            101: "一百零一",
            110: "一百一十",
            2024: "二千零二十四",
        },
    ),
    ("chineseLegalSimplified", {3: "叁", 11: "壹拾壹", 20: "贰拾"}),
    ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
    ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb"}),
    ("lowerAlpha", {27: "aa", 28: "ab"}),
    ("upperRoman", {4: "IV", 8: "VIII", 49: "XLIX", 1994: "MCMXCIV", 4000: "4000"}),
    ("decimalZero", {7: "07", 12: "12"}),
    ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
    ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd"}),
    ("decimalFullWidth", {12: "１２"}),
    ("unheard of", {5: "5", 0: "0", -1: "-1", 2**31: "2147483648"}),
    ("lowerLetter", {2**31: "2147483648"}),
]


@pytest.mark.parametrize(("style_of", "numbers"), NUMERALS)
def test_numerals(style_of: str, numbers: dict[int, str]) -> None:
    assert {n: format_number(n, style_of) for n in numbers} == numbers


def make_document() -> DocxDocument:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    document.add_heading("在毕业典礼上的讲话", 0)
    document.add_paragraph("李明", style="Subtitle")
    document.add_heading("回顾", 1)
    document.add_paragraph("同学们：")
    for text in ("学习", "生活"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("圆点", style="List Bullet")
    grid = document.add_table(2, 2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "年", "人数"
    grid.cell(1, 0).merge(grid.cell(1, 1)).text = "合并"
    document.add_comment(document.paragraphs[3].runs, text="批注不读")
    return document


def _saved(document: DocxDocument) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_what_python_docx_writes(tmp_path: Path) -> None:
    path = tmp_path / "speech.docx"
    path.write_bytes(_saved(make_document()))
    document = read(path)
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.TITLE, "在毕业典礼上的讲话"),
        (BlockKind.BYLINE, "李明"),
        (BlockKind.HEADING, "回顾"),
        (BlockKind.BODY, "同学们："),
        (BlockKind.BODY, "1. 学习"),
        (BlockKind.BODY, "2. 生活"),
        (BlockKind.BODY, "圆点"),
        (BlockKind.BODY, "年，人数"),
        (BlockKind.BODY, "合并"),
    ]
    assert (document.front_matter.title, document.front_matter.speaker) == (
        "在毕业典礼上的讲话",
        "李明",
    )
    assert [b.row for b in document.blocks] == [1, 2, 3, 4, 5, 6, 7, 8, 10]


def test_what_libreoffice_writes() -> None:
    """Tracked changes, a note, a comment, hidden and struck text, a text box, lists, a table."""
    assert [(b.kind, b.text) for b in read(HERE / "libreoffice.docx").blocks] == [
        (BlockKind.TITLE, "在毕业典礼上的讲话"),
        (BlockKind.BYLINE, "校长　李明"),
        (BlockKind.HEADING, "回顾"),
        (BlockKind.BODY, "同学们："),
        (BlockKind.BODY, "四年过去了，新加的话加粗。"),
        (BlockKind.BODY, "一、第一项"),
        (BlockKind.BODY, "1.小项甲"),
        (BlockKind.BODY, "2.小项乙"),
        (BlockKind.BODY, "二、第二项"),
        (BlockKind.BODY, "中间一段，见网页。"),
        (BlockKind.BODY, "文本框里的话。"),
        (BlockKind.BODY, "三、第三项"),
        (BlockKind.BODY, "圆点项"),
        (BlockKind.HEADING, "数字"),
        (BlockKind.BODY, "项目，增长"),
        (BlockKind.BODY, "合并的一格"),
        (BlockKind.BODY, "祝大家 前程 似锦！"),
    ]


def test_strict_open_xml() -> None:
    assert texts(docx_of(p(r("严格")) + items((1, 0)), "", LISTS[0][0], strict=True)) == [
        "严格",
        "1. x",
    ]


def test_elements_in_one_another_as_deep_as_xml_may_go() -> None:
    body = p(r("底"))
    for _ in range(60):
        body = table(row(body + p("")))
    assert read_body(body) == ["底"]


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
DOCUMENT = "word/document.xml"
REFUSED = [
    (
        OLE_SIGNATURE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "is encrypted; open it with its",
    ),
    (
        OLE_SIGNATURE + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
        "is not a .docx file but a file of Office 2003 or older; open it and save it as .docx",
    ),
    (b"{\\rtf1 hello}", r"is not a .docx file but rich text \(RTF\); give it the suffix .rtf"),
    (b"<!DOCTYPE html><p>x", "is not a .docx file but a web page; give it the suffix .html"),
    ("今天".encode(), "is not a .docx file but something else; .* save it as .docx"),
    (docx_of(p(r("x")))[:-30], "is damaged; download it again"),
    (b"PK\x03\x04" + b"\0" * 40, "is damaged"),
    (
        zip_of({"a.txt": "x"}),
        "is not a .docx file but a zip archive; unpack it and give the document in it",
    ),
    (zip_of({"xl/workbook.xml": "x"}), "but a spreadsheet; save the text to be spoken as .docx"),
    (zip_of({DOCUMENT: "<html/>"}), "is not a .docx file but something else"),
    (zip_of({DOCUMENT: f"<w:document {SPACES}/>"}), "is not a .docx file but something else"),
    (zip_of({DOCUMENT: f"{BOMB}<w>&b;</w>"}), "has XML entities, which no office program"),
    (zip_of({DOCUMENT: "<w:document"}), r"is damaged \(word/document.xml: .*\); download it again"),
    (zip_of({DOCUMENT: ""}), r"is damaged \(word/document.xml"),
    (docx_of(p("")), "contains no text; there is nothing to speak"),
    (
        zip_of({DOCUMENT: " " * (archive.MAX_PART_BYTES + 1)}),
        "unpacks to 60 MB, too much for a speech.*Split it into smaller files",
    ),
    (
        b"PK" + b"\0" * documents.MAX_FILE_BYTES,
        "is larger than 50 MB; remove the pictures",
    ),
]


@pytest.mark.parametrize(("data", "reason"), REFUSED)
def test_what_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "speech.docx"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=f"^{path} .*{reason}") as refusal:
        read(path)
    assert refusal.value.path == path
    assert "\n" not in str(refusal.value)


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(docx_of(p(r("x"))))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        data[position + flags] |= 1
    with pytest.raises(SourceError, match="is encrypted"):
        texts(bytes(data))


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".wpt", ".et", ".xlsx", ".pages", ".docm"])
def test_what_is_to_be_saved_as_docx(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"speech{suffix}"
    path.write_bytes(OLE_SIGNATURE)
    with pytest.raises(SourceError, match="cannot be read as it is; .* save it as .docx"):
        read(path)


def _read_or_refuse(path: Path) -> None:
    with suppress(SourceError):
        assert isinstance(read(path), Document)


FUZZ = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
WHOLE = _saved(make_document())


@FUZZ
@given(st.data())
def test_a_damaged_document_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    broken = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, len(broken)) | st.none())
    path = tmp_path / "speech.docx"
    path.write_bytes(bytes(broken[:cut]) or b"PK")
    _read_or_refuse(path)


@pytest.mark.slow
@FUZZ
@given(st.data())
def test_damaged_xml_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    with zipfile.ZipFile(BytesIO(WHOLE)) as parts:
        texts_of = {
            n: parts.read(n).decode() for n in parts.namelist() if n.endswith(("xml", "rels"))
        }
    name = data.draw(st.sampled_from(sorted(texts_of)))
    text = texts_of[name]
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 40))
    texts_of[name] = (
        text[:start] + data.draw(st.text("w:val=\"'<>/19 ", max_size=8)) + text[start + length :]
    )
    path = tmp_path / "speech.docx"
    path.write_bytes(zip_of(texts_of))
    _read_or_refuse(path)


def test_empty_paragraphs_are_counted_and_cost_nothing_else() -> None:
    body = (
        "<w:p><w:r><w:t>一</w:t></w:r></w:p>"
        + "<w:p/>" * 1000
        + "<w:p><w:r><w:t>二</w:t></w:r></w:p>"
    )
    blocks = word.blocks(docx_of(body), Path("x.docx"))
    assert [(block.text, block.row) for block in blocks] == [("一", 1), ("二", 1002)]


def test_more_tags_than_memory_is_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TAGS", 100)
    with pytest.raises(SourceError, match=r"x.docx has 104 tags in word/document.xml, .* limit is"):
        word.blocks(docx_of("<w:p/>" * 100), Path("x.docx"))
