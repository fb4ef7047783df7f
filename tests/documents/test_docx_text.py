"""What a Word page shows beside the text of its runs: fields, signs, formulas, drawings."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

from speechcast.documents import read
from speechcast.documents.block import PICTURES, separate
from speechcast.documents.office import docx as word
from speechcast.documents.office.symbol_fonts import read_symbol
from speechcast.errors import SourceError
from tests.support.word_files import OFFICE, SPACES, docx_of, field, p, r, read_body, texts


def begin(inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin">{inside}</w:fldChar></w:r>'


def code(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def simple(instruction: str, inside: str = "") -> str:
    return f"<w:fldSimple w:instr='{instruction}'>{inside}</w:fldSimple>"


def raised(text: str) -> str:
    return r(text, '<w:vertAlign w:val="superscript"/>')


def lowered(text: str) -> str:
    return r(text, '<w:vertAlign w:val="subscript"/>')


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def down(value: str = "") -> str:
    return f"<w:vMerge w:val='{value}'/>" if value else "<w:vMerge/>"


HALF = field(r"EQ \f(1,2)", "")
DROP_DOWN = (
    '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="赞成"/>'
    '<w:listEntry w:val="反对"/></w:ddList></w:ffData>'
)
CHECK_BOX = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
FIELDS = [
    # equations, which have no result
    (r("属于") + field(r" eq \o\ac(○,密)", "") + r("级"), "属于密级"),
    (r("由") + field(r"EQ \o(\s\up 5(人大),\s\do 2(政协))", "") + r("主办"), "由人大政协主办"),
    (r("占") + field(r" eq \f(3,4)", "") + r("以上"), "占¾以上"),
    (field(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(háng),行)', "") + r("业"), "行业"),
    (r("边长") + simple(r"EQ \r(2)"), "边长√2"),
    (r("共") + simple(r"EQ 5\,000\(人\)"), "共5,000(人)"),
    (begin() + code(r" EQ \f(1") + code(",") + code("5) ") + END + r("左右"), "⅕左右"),
    (r("约") + begin() + code(r" EQ \f(") + field(" REF a ", r("2")) + code(",3)") + END, "约⅔"),
    ("<w:ins>" + field(r"EQ x\s\up8(2)", "") + "</w:ins>", "x²"),
    ("<w:del>" + HALF + "</w:del>" + r("留"), "留"),
    ("<w:hyperlink>" + HALF + "</w:hyperlink>", "½"),
    # symbols
    (r("温度25") + field(' SYMBOL 176 \\f "Symbol" \\s 12', "") + r("左右"), "温度25°左右"),
    (field(" SYMBOL 0x4E2D \\u ", "") + r("国"), "中国"),
    (field(' SYMBOL 97 \\f "Symbol"', "") + r("粒子"), "α粒子"),
    (r("上") + field(" SYMBOL 150 ", "") + r("下"), "上–下"),  # of Windows' own code page
    # forms
    (r("意见：") + begin(DROP_DOWN.replace('"1"', '"2"')) + code(" FORMDROPDOWN ") + END, "意见："),
    (r("意见：") + begin(DROP_DOWN) + code(" FORMDROPDOWN ") + END, "意见：反对"),
    (begin(CHECK_BOX) + code(" FORMCHECKBOX ") + END + r("同意"), "☑同意"),
    (begin() + code(" FORMTEXT ") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
     + r("王明") + END + r("同志"), "王明同志"),
    (simple("MACROBUTTON NoMacro 请填单位"), "请填单位"),
    # numbers that Word counts
    (simple("AUTONUM") + r(" 甲 ") + simple("AUTONUM") + r(" 乙"), "1. 甲 2. 乙"),
    (simple("LISTNUM") + r("甲 ") + simple(r"LISTNUM \l 2") + r("乙 ") + simple("LISTNUM"),
     "1)甲 a)乙 2)"),
    (simple(r"LISTNUM LegalDefault \l 2 \s 4"), "1.4."),
    (r("图") + simple("SEQ 图"), "图1"),
    (r("图") + simple("SEQ 图", r("7")), "图7"),
    (r("图") + simple("SEQ 图") + r("表") + simple("SEQ 表") + r("图") + simple("SEQ 图"),
     "图1表1图2"),
    (r("图") + simple("SEQ 图") + r("再见图") + simple(r"SEQ 图 \c"), "图1再见图1"),
    (simple("SEQ 图") + simple(r"SEQ 图 \h") + simple("SEQ 图"), "13"),
    (simple(r"SEQ 图 \r 5") + r("、") + simple("SEQ 图"), "5、6"),
    (r("表") + field(r" SEQ 表 \* CHINESENUM3 ", ""), "表一"),
    # page numbers
    (r("正文 ") + simple(" PAGE ", r("3")), "正文"),
    (r("共") + simple("NUMPAGES", r("9")) + r("页，请核对"), "共页，请核对"),
    (r("见第") + field(" PAGEREF _a \\h ", r("12")) + r("页"), "见第12页"),
    # others keep their result
    (simple("DATE", r("2024年5月1日")), "2024年5月1日"),
    (field(" = 1+1 ", r("2")) + r("人"), "2人"),
    (field(" HYPERLINK a ", field(" PAGE ", r("4")) + r("网")), "网"),
]  # fmt: skip


@pytest.mark.parametrize(("runs", "line"), FIELDS)
def test_a_field_shows_what_word_prints(runs: str, line: str) -> None:
    assert read_body(p(runs)) == [line]


PAGE_LINES = [
    r("第 ") + simple("PAGE", r("3")) + r(" 页 共 ") + simple("NUMPAGES", r("9")) + r(" 页"),
    r("- ") + field(" Page ", r("3")) + r(" -"),
    r("Page ") + simple("PAGE", r("3")) + r(" of ") + simple("NUMPAGES", r("9")),
]


@pytest.mark.parametrize("runs", PAGE_LINES)
def test_a_line_with_only_a_page_number_is_left_out(runs: str) -> None:
    assert read_body(p(runs) + p(r("第页这个词留着"))) == ["第页这个词留着"]


def test_fields_in_headings_cells_and_boxes_are_read() -> None:
    eq = field(r"EQ \f(1,2)", "")
    cell = f"<w:tbl><w:tr><w:tc>{p(r('占') + eq)}</w:tc><w:tc>{p(r('乙'))}</w:tc></w:tr></w:tbl>"
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(eq)}</w:txbxContent></v:textbox>"
    box += "</v:shape></w:pict></w:r>"
    heading = "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>"
    assert read_body(p(heading + r("占") + eq) + cell + p(box)) == ["占½", "占½，乙", "½"]


def sym(font: str, char: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>'


def in_font(font: str, text: str) -> str:
    return r(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


SIGNS = [
    (r("气温25") + sym("Symbol", "F0B0") + r("C"), "气温25°C"),
    (r("误差") + sym("Symbol", "F0B1") + r("2"), "误差±2"),
    (r("角") + sym("Symbol", "0061"), "角α"),
    (r("完成") + sym("Wingdings", "F0FC"), "完成✓"),
    (r("第") + sym("Wingdings", "F081") + r("项"), "第①项"),
    (r("请选") + sym("Wingdings 2", "F052"), "请选☑"),
    (r("字") + sym("宋体", "4E2D"), "字中"),
    (in_font("Symbol", "b") + r("射线"), "β射线"),
    (in_font("Wingdings", "\uf0fc") + r("好"), "✓好"),
    (in_font("Wingdings", "好\u00fc"), "好✓"),
    ("<w:r><mc:AlternateContent><mc:Choice Requires='w16se'><w16se:symEx "
     "xmlns:w16se='http://schemas.microsoft.com/office/word/2015/wordml/symex' w16se:font='Emoji' "
     "w16se:char='1F600'/></mc:Choice><mc:Fallback><w:t>x</w:t></mc:Fallback>"
     "</mc:AlternateContent></w:r>" + r("你好"), "😀你好"),
]  # fmt: skip


@pytest.mark.parametrize(("runs", "line"), SIGNS)
def test_a_sign_of_a_symbol_font_is_the_character_it_draws(runs: str, line: str) -> None:
    assert read_body(p(runs)) == [line]


# The signs of each font by the hexadecimal codes under which Word's own dialog lists them.
CHARACTER_MAP = {
    "Wingdings": "21✏ 22✂ 28☎ 29✆ 2A✉ 4A☺ 4B😐 4C☹ 6C● 6D❍ 6E■ 6F□ 70◻ 71❑ 72❒ 73⬧ 74⧫ 75◆ 76❖ "
    "77⬥ 80⓪ 81① 8A⑩ 8B⓿ 8C❶ 95❿ 9E· 9F• A1○ A4◉ A7▪ A8◻ AB★ B5⭐ D8➢ DF← E0→ E1↑ E2↓ E8➔ EF⇦ "
    "F0⇨ FB✗ FC✓ FD☒ FE☑",
    "Wingdings 2": "4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 69⓪ 6A① 73⑩ 74⓿ 75❶ 7E❿ 97● 98● A2■ A3□ AE◆",
    "Wingdings 3": "22→ 7D▶ 84◀",
    "Webdings": "34▶ 3D■ 61✓ 63□ 72✗",
    "ZapfDingbats": "33✓ 34✔ 37✗ 38✘ 6C● 6E■",
    "Symbol": "22∀ 24∃ 27∋ 2A* 2D− 40≅ 5C∴ 5E⊥ 61α 62β 6Dμ 70π 7E∼ A0€ A3≤ B0° B1± B3≥ B4× B8÷ D6√",
}


@pytest.mark.parametrize("font", CHARACTER_MAP)
def test_the_signs_of_a_font(font: str) -> None:
    entries = CHARACTER_MAP[font].split()
    codes = [int(entry[:2], 16) for entry in entries]
    for shift in (0, 0xF000):
        signs = [read_symbol(code + shift, font) for code in codes]
        assert signs == [entry[2:] for entry in entries]
    assert read_symbol(0x20, font) == " "


CHARACTER_STYLE = (
    '<w:style w:type="character" w:styleId="ref"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    '</w:style><w:style w:type="character" w:styleId="sub"><w:basedOn w:val="ref"/></w:style>'
)
RAISED = [
    (r("面积100m") + raised("2") + r("，约10") + raised("3") + r("亩"), "面积100m²，约10³亩"),
    (r("10") + raised("-") + raised("3") + r("米"), "10⁻³米"),
    (r("据报道") + raised("[1]") + r("，升") + raised("2,3") + r("。"), "据报道，升。"),
    (r("据报道") + raised("[") + raised("1") + raised("]"), "据报道"),
    (r("the 1") + raised("st") + r(" day"), "the 1st day"),
    (r("H") + lowered("2") + r("O"), "H₂O"),
    (r("25") + raised("o") + r("C"), "25°C"),
    (r("5m") + r("2", '<w:rStyle w:val="sub"/>'), "5m²"),
    (r("好") + r("3", '<w:rStyle w:val="ref"/>'), "好"),
    (r("好") + r("3", '<w:rStyle w:val="ref"/><w:vertAlign w:val="baseline"/>'), "好3"),
    (r("5m") + r("2", '<w:position w:val="8"/><w:sz w:val="14"/>'), "5m²"),
    (r("5m") + r("2", '<w:position w:val="2"/><w:sz w:val="14"/>'), "5m2"),
    (r("5m") + r("2", '<w:position w:val="8"/>'), "5m2"),
    (r("x") + f"<w:ins>{raised('2')}</w:ins>", "x²"),
    (r("x") + f"<w:hyperlink>{raised('[12]')}</w:hyperlink>" + r("说"), "x说"),
]


@pytest.mark.parametrize(("runs", "line"), RAISED)
def test_raised_figures_neither_change_a_number_nor_are_read_as_one(runs: str, line: str) -> None:
    assert read_body(p(runs), CHARACTER_STYLE) == [line]


def math(inside: str) -> str:
    return f"<m:oMath>{inside}</m:oMath>"


def t(text: str) -> str:
    return f"<m:r><w:rPr/><m:t>{text}</m:t></m:r>"


def part(name: str, *inside: str) -> str:
    return f"<m:{name}>{''.join(inside)}</m:{name}>"


FORMULAS = [
    (part("f", part("num", t("1")), part("den", t("2"))) + t("ab"), "½ab"),
    (part("f", part("num", t("a+b")), part("den", t("2"))), "(a+b)/2"),
    (part("sSup", part("e", t("r")), part("sup", t("3"))), "r³"),
    (part("sSup", part("e", t("a+b")), part("sup", t("2"))), "(a+b)²"),
    (part("sSup", part("e", t("10")), part("sup", t("q"))), "10^q"),
    (part("sSub", part("e", t("x")), part("sub", t("1"))), "x₁"),
    (part("sSubSup", part("e", t("x")), part("sub", t("1")), part("sup", t("2"))), "x₁²"),
    (part("rad", part("deg"), part("e", t("x+1"))), "√(x+1)"),
    (part("rad", part("deg", t("3")), part("e", t("8"))), "∛8"),
    (part("d", part("e", t("a,b"))), "(a,b)"),
    ('<m:d><m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr>' + part("e", t("x"))
     + "</m:d>", "|x|"),
    (part("func", part("fName", t("sin")), part("e", t("x"))), "sin x"),
    ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>' + part("sub", t("i=1")) + part("sup", t("n"))
     + part("e", t("i")) + "</m:nary>", "∑ᵢ₌₁ⁿi"),
    (part("m", part("mr", part("e", t("1")), part("e", t("0"))), part("mr", part("e", t("0")),
     part("e", t("1")))), "1, 0; 0, 1"),
    (part("acc", part("e", t("x"))), "x"),
    (t("a") + f"<w:del>{t('b')}</w:del>" + f"<w:ins>{t('c')}</w:ins>", "ac"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "line"), FORMULAS)
def test_a_formula_is_written_in_a_line(formula: str, line: str) -> None:
    assert read_body(p(r("即") + math(formula) + r("。"))) == [f"即{line}。"]
    assert read_body(p(f"<m:oMathPara>{math(formula)}</m:oMathPara>")) == [line]
    assert read_body(f"<m:oMathPara>{math(formula)}</m:oMathPara>") == [line]


CHUNK = "<w:altChunk r:id='rId3'/>"
KIND = f"{OFFICE}/aFChunk"
CHUNKS = {
    "chunk.dat": " \n<p>中间一段。</p>",
    "chunk.html": "<html><body><p>中间一段。</p></body></html>",
    "chunk.txt": "中间一段。",
    "chunk.rtf": r"{\rtf1 \uc0\u20013\u38388\u19968\u27573\u12290\par}",
    "chunk.mht": "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>中间一段。</p>",
}


@pytest.mark.parametrize("name", CHUNKS)
def test_a_merged_document_is_read_where_it_stands(name: str) -> None:
    body = p(r("开头。")) + CHUNK + p(r("结尾。"))
    data = docx_of(body, more={f"word/{name}": CHUNKS[name]}, relations=((KIND, name),))
    assert texts(data) == ["开头。", "中间一段。", "结尾。"]


def test_a_merged_document_that_cannot_be_read_is_refused_by_name() -> None:
    data = docx_of(CHUNK, more={"word/c.wps": "x"}, relations=((KIND, "c.wps"),))
    with pytest.raises(
        SourceError, match=r"a document that cannot be read as it is \(word/c.wps\)"
    ):
        texts(data)
    with pytest.raises(SourceError, match=r"is damaged \(word/c.rtf is missing\)"):
        texts(docx_of(CHUNK, relations=((KIND, "c.rtf"),)))


def left_out_of(data: bytes) -> list[tuple[int, str, str]]:
    _, pieces = separate(word.blocks(data, Path("speech.docx")))
    return [(piece.row, piece.kind.format(detail=piece.detail), piece.text) for piece in pieces]


def unread(body: str) -> list[tuple[int, str, str]]:
    return left_out_of(docx_of(body))


PICTURE = "<w:r><w:drawing><a:graphic><pic:pic/></a:graphic></w:drawing></w:r>"
CHART = "<w:r><w:drawing><a:graphic><c:chart/></a:graphic></w:drawing></w:r>"
OBJECT = (
    "<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID='Equation.3'/></w:object>"
    "</w:r>"
)
EMPTY_CONTROL = (
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
    + r("单击输入")
    + "</w:sdtContent></w:sdt>"
)


def test_what_cannot_be_read_is_named_where_it_stands() -> None:
    body = p(r("图") + PICTURE) + p(CHART) + p(r("式") + OBJECT) + p(r("名") + EMPTY_CONTROL)
    assert unread(body) == [
        (1, PICTURES, ""),
        (2, "charts", ""),
        (3, "embedded objects", "Equation.3"),
        (4, "fields that nobody filled in", "单击输入"),
    ]
    assert unread(p(r("甲")) + p(PICTURE)) == [(2, PICTURES, "")]
    assert unread(p(r("甲") + sym("Wingdings", "F0CC"))) == [
        (1, "signs of the font Wingdings", "F0CC")
    ]
    cells = (
        f"<w:tbl><w:tr><w:tc>{p(r('甲') + PICTURE)}</w:tc><w:tc>{p(r('乙'))}</w:tc></w:tr></w:tbl>"
    )
    assert unread(cells) == [(1, PICTURES, "")]
    assert unread(p(r("线") + "<w:r><w:pict><v:rect/></w:pict></w:r>")) == []


def test_an_empty_control_around_paragraphs_is_named() -> None:
    control = EMPTY_CONTROL.replace(r("单击输入"), p(r("单击输入")))
    assert unread(control + p(r("正文"))) == [(1, "fields that nobody filled in", "单击输入")]
    cell = f"<w:tbl><w:tr><w:tc>{control}</w:tc><w:tc>{p(r('乙'))}</w:tc></w:tr></w:tbl>"
    assert unread(p(r("甲")) + cell) == [(1, "fields that nobody filled in", "单击输入")]
    assert unread(p(r("甲")) + "<w:subDoc/>") == [(1, "linked documents", "")]


def test_what_a_merged_page_leaves_out_is_named_too() -> None:
    page = "<p>中间一段。</p><p hidden>草稿</p><img src='a.png' alt='校园'>"
    body = p(r("开头。")) + CHUNK + p(r("结尾。") + PICTURE)
    data = docx_of(body, more={"word/chunk.html": page}, relations=((KIND, "chunk.html"),))
    assert left_out_of(data) == [
        (2, "hidden text", "草稿"),
        (2, PICTURES, "校园"),
        (3, PICTURES, ""),
    ]


def part_of(tag: str, content: str) -> str:
    return f"<w:{tag} {SPACES}>{content}</w:{tag}>"


def test_notes_and_comments_are_listed_where_they_stand() -> None:
    refer = "<w:r><w:{}Reference w:id='{}'/></w:r>"
    separator = "<w:{0} w:id='0' w:type='separator'><w:p><w:r><w:separator/></w:r></w:p></w:{0}>"
    notes = {
        f"word/{tag}s.xml": part_of(
            f"{tag}s", separator.format(tag) + f"<w:{tag} w:id='1'>{p(r(text))}</w:{tag}>"
        )
        for tag, text in (("footnote", "见卷二。"), ("endnote", "据年鉴。"), ("comment", "要改"))
    }
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:footnoteReference w:id='1'/></w:r>"
    body = p(r("甲。")) + p(
        r("乙") + "".join(refer.format(tag, 1) for tag in ("footnote", "endnote", "comment"))
        + r("。") + hidden + refer.format("footnote", 9)
    )  # fmt: skip
    relations = tuple(
        (f"{OFFICE}/{tag}s", f"{tag}s.xml") for tag in ("footnote", "endnote", "comment")
    )
    data = docx_of(body, more=notes, relations=relations)
    assert texts(data) == ["甲。", "乙。"]
    assert left_out_of(data) == [
        (2, "notes", "见卷二。"), (2, "notes", "据年鉴。"), (2, "comments", "要改")
    ]  # fmt: skip


def test_headers_and_footers_are_listed_unless_they_only_number_the_pages() -> None:
    mark = "<w:r><w:pict><v:shape><v:textpath string='机密'/></v:shape></w:pict></w:r>"
    number = p(r("第") + field(" PAGE ", r("3")) + r("页"))
    parts = {
        "word/h1.xml": part_of("hdr", p(r("市委办")) + p("")),
        "word/h2.xml": part_of("hdr", p(r("市委办"))),
        "word/h3.xml": part_of("hdr", p(mark)),
        "word/f1.xml": part_of("ftr", f"<w:sdt><w:sdtContent>{number}</w:sdtContent></w:sdt>"),
    }
    kinds = {"h": "header", "f": "footer"}
    relations = tuple((f"{OFFICE}/{kinds[name[5]]}", name[5:]) for name in parts)
    data = docx_of(p(r("同志们：")), more=parts, relations=relations)
    assert texts(data) == ["同志们："]
    assert left_out_of(data) == [
        (1, "headers and footers", "市委办"), (1, "headers and footers", "机密")
    ]  # fmt: skip


EMPTY_FIELDS = [
    (field(" FORMTEXT ", r("\u2002\u2002")), ["FORMTEXT"]),
    (field(" MERGEFIELD 姓名 ", ""), ["MERGEFIELD 姓名"]),
    ("<w:fldSimple w:instr=' AUTHOR '/>", ["AUTHOR"]),
    (field(" MERGEFIELD 姓名 ", r("李明")), []),
    (field(" IF 1 = 2 好 ", ""), []),
    (field(" XE 词 ", ""), []),
    (field(f" IF {field(' DATE ', '')} = 1 ", r("好")), []),
]


@pytest.mark.parametrize(("fields", "listed"), EMPTY_FIELDS)
def test_a_field_that_shows_nothing_is_listed(fields: str, listed: list[str]) -> None:
    found = unread(p(r("甲") + fields + r("乙")))
    assert found == [(1, "fields that nobody filled in", code) for code in listed]


def ruby(base: str, over: str) -> str:
    return f"<w:r><w:ruby><w:rt>{over}</w:rt><w:rubyBase>{base}</w:rubyBase></w:ruby></w:r>"


RUBIES: list[tuple[str, str, list[str]]] = [
    (ruby(r("重"), r("chóng")) + r("庆"), "重{chong2}庆", []),
    (ruby(r("重") + r("庆"), r("chóng ") + r("qìng")), "重{chong2}庆", []),
    (ruby(r("不"), r("bù")) + ruby(r("好"), r("hǎo")), "不好", []),  # their tones change in speech
    (ruby(r("漢字"), r("かんじ")), "漢字", ["かんじ"]),
    (ruby(r("漢"), r("注")), "漢", ["注"]),
    (ruby(r("行"), r("hang")), "行", ["hang"]),
]


@pytest.mark.parametrize(("inside", "text", "listed"), RUBIES)
def test_pinyin_over_characters_is_their_reading(inside: str, text: str, listed: list[str]) -> None:
    assert read_body(p(inside)) == [text]
    assert unread(p(inside)) == [(1, "ruby annotations", over) for over in listed]


def test_a_deletion_that_is_tracked_is_listed() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>旧话</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{r("走")}</w:moveFrom><w:moveTo w:id="3">{r("来")}</w:moveTo>'
    body = p(r("甲。")) + p(r("新") + deleted + r("话。") + moved)
    assert read_body(body) == ["甲。", "新话。来"]
    assert unread(body) == [(2, "deletions that are tracked", "旧话")]


def test_a_hidden_row_is_listed() -> None:
    hidden = f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p(r('藏'))}</w:tc></w:tr></w:tbl>"
    assert read_body(p(r("甲")) + hidden) == ["甲"]
    assert unread(p(r("甲")) + hidden) == [(1, "hidden text", "藏")]


DESCRIBED = [
    "<w:drawing><a:i><a:docPr descr='合影'/><a:graphic><pic:pic/></a:graphic></a:i></w:drawing>",
    "<w:drawing><a:graphic><pic:pic><pic:cNvPr descr='合影'/></pic:pic></a:graphic></w:drawing>",
    "<w:pict><v:shape alt='合影'><v:imagedata/></v:shape></w:pict>",
]


@pytest.mark.parametrize("picture", DESCRIBED)
def test_a_picture_is_listed_with_what_its_writer_says_of_it(picture: str) -> None:
    assert unread(p(f"<w:r>{picture}</w:r>")) == [(1, "pictures and media", "合影")]


def test_a_document_of_pictures_alone_is_refused_by_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "scan.docx"
    path.write_bytes(docx_of(p(PICTURE) + p(CHART)))
    with pytest.raises(SourceError, match="no text, only pictures and media and charts; there"):
        read(path)


def test_word_art_and_diagrams_have_text() -> None:
    art = "<w:r><w:pict><v:shape><v:textpath string='热烈欢迎'/></v:shape></w:pict></w:r>"
    assert read_body(p(r("致辞") + art)) == ["致辞", "热烈欢迎"]
    diagram = "<w:r><w:drawing><a:graphic><dgm:relIds r:dm='rId3'/></a:graphic></w:drawing></w:r>"
    point = "<dgm:pt {}><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    points = (
        point.format("", "调研") + point.format('type="parTrans"', "") + point.format("", "起草")
    )
    data = docx_of(
        p(r("步骤：") + diagram),
        more={"word/diagrams/data1.xml": f"<dgm:dataModel {SPACES}>{points}</dgm:dataModel>"},
        relations=((f"{OFFICE}/diagramData", "diagrams/data1.xml"),),
    )
    assert texts(data) == ["步骤：", "调研", "起草"]


def test_a_document_that_python_docx_writes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("水是H")
    paragraph.add_run("2").font.subscript = True
    paragraph.add_run("O，合5m")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run("。据查")
    paragraph.add_run("[3]").font.superscript = True
    paragraph.add_run("无误。")
    path = tmp_path / "speech.docx"
    document.save(str(path))
    assert texts(path.read_bytes()) == ["水是H₂O，合5m²。据查无误。"]


def test_a_merged_word_document_is_read_in_its_place() -> None:
    inner = docx_of(p(r("里面。")))
    outer = docx_of(p(r("前。")) + CHUNK, relations=((KIND, "inner.docx"),))
    file = BytesIO(outer)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/inner.docx", inner)
    assert texts(file.getvalue()) == ["前。", "里面。"]


def merged(depth: int) -> bytes:
    """A document in which another is merged, in which another is, and so on."""
    if not depth:
        return docx_of(p(r("最里面。")))
    file = BytesIO(docx_of(CHUNK, relations=((KIND, "inner.docx"),)))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/inner.docx", merged(depth - 1))
    return file.getvalue()


def test_documents_may_be_merged_five_deep() -> None:
    assert texts(merged(5)) == ["最里面。"]
    with pytest.raises(SourceError, match=r"cannot be read as it is \(word/inner.docx\)"):
        texts(merged(6))


BEFORE = "<w:gridBefore w:val='1'/>"
SPAN = "<w:gridSpan w:val='2'/>"
TABLES = [
    # a merged cell ends where no cell above it is open: its text is shown
    ([row(cell("甲", down()), cell("乙"))], ["甲，乙"], []),
    ([row(cell("甲", down("restart")), cell("乙")), row(cell("旧", down()), cell("丙"))],
     ["甲，乙", "丙"], ["旧"]),
    ([row(cell("甲", down("restart"))), row(cell("乙")), row(cell("丙", down()))],
     ["甲", "乙", "丙"], []),
    # in the columns of the grid
    ([row(cell("宽", SPAN), cell("甲", down("restart"))),
      row(cell("乙", down()), cell("丙"), cell("旧", down()))], ["宽，甲", "乙，丙"], ["旧"]),
    ([row(cell("甲", down("restart")), cell("乙")), row(cell("丙", down()), properties=BEFORE)],
     ["甲，乙", "丙"], []),
    ([row(cell("甲"), cell("乙", down("restart"))), row(cell("旧", down()), properties=BEFORE)],
     ["甲，乙"], ["旧"]),
    # beside
    ([row(cell("甲", "<w:hMerge w:val='restart'/>"), cell("旧", "<w:hMerge/>"), cell("乙"))],
     ["甲，乙"], ["旧"]),
    ([row(cell("甲", "<w:hMerge/>"), cell("乙"), cell("丙", "<w:hMerge/>"))], ["甲，乙，丙"], []),
    ([row(cell("删", "<w:cellDel/>"), cell("甲", down()))], ["甲"], []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "lines", "hidden"), TABLES)
def test_a_merged_cell_hides_only_what_word_hides(
    rows: list[str], lines: list[str], hidden: list[str]
) -> None:
    blocks, left_out = separate(
        word.blocks(docx_of(f"<w:tbl>{''.join(rows)}</w:tbl>"), Path("speech.docx"))
    )
    assert [block.text for block in blocks] == lines
    assert [piece.text for piece in left_out] == hidden


def test_what_word_hides_or_strikes_is_listed() -> None:
    styles = (
        "<w:style w:styleId='T' w:type='paragraph'><w:name w:val='toc 1'/></w:style>"
        "<w:style w:styleId='H' w:type='paragraph'><w:rPr><w:vanish/></w:rPr></w:style>"
    )
    contents, hidden = (f"<w:pPr><w:pStyle w:val='{i}'/></w:pPr>" for i in "TH")
    body = [
        p(r("见") + r("长" * 30, "<w:vanish/>") + r("划", "<w:strike/>")),
        p(contents + r("一、回顾")),
        p(hidden + r("底稿")),
        p(f"<w:del>{r('删', '<w:vanish/>')}</w:del>" + field("TOC", r("录", "<w:vanish/>"))),
    ]
    blocks, left_out = separate(word.blocks(docx_of("".join(body), styles), Path("a.docx")))
    assert [block.text for block in blocks] == ["见"]
    assert [(piece.kind, piece.text, piece.row) for piece in left_out] == [
        ("hidden text", "长" * 24, 1),
        ("hidden text", "划", 1),
        ("lists of contents", "一、回顾", 2),
        ("hidden text", "底稿", 3),
    ]


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ('<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>A1</w:t>', "据报道。"),
        ('<w:footnoteReference w:customMarkFollows="true"/><w:sym w:char="F0B0"/>', "据报道。"),
        ('<w:footnoteReference w:customMarkFollows="0" w:id="2"/><w:t>说</w:t>', "据报道说。"),
        ('<w:t>说</w:t><w:endnoteReference w:customMarkFollows="on"/><w:t>注</w:t>', "据报道说。"),
    ],
)
def test_the_mark_of_a_note_that_the_writer_typed_is_not_read(run: str, text: str) -> None:
    assert read_body(p(r("据报道") + f"<w:r>{run}</w:r>" + r("。"))) == [text]


def test_a_shape_pasted_from_a_presentation_is_read() -> None:
    shape = "<a:txBody><a:p><a:r><a:t>框里</a:t></a:r></a:p><a:p/></a:txBody>"
    assert read_body(p(r("文") + f"<w:r><w:drawing>{shape}</w:drawing></w:r>")) == ["文", "框里"]


@pytest.mark.parametrize(
    ("style", "text", "line"),
    [
        ("none", "附件：", "附件：表"),
        ("none", "%1", "表"),
        ("bullet", "附", "表"),
        ("none", "*", "表"),
    ],
)
def test_the_fixed_text_of_a_list_is_read(style: str, text: str, line: str) -> None:
    numbering = (
        f"<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='{style}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    item = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    assert read_body(p(item + r("表")), numbering=numbering) == [line]


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (r("测定") + raised("14") + r("CO") + lowered("2"), "测定¹⁴CO₂"),
        (r("含") + raised("235") + lowered("92") + r("U"), "含²³⁵₉₂U"),
        (r("v") + lowered("max") + raised("2"), "vmax²"),
        (r("x") + lowered("1") + raised("2") + r("+1"), "x₁²+1"),
        (r("100km") + raised("2") + raised("[1]") + r("，"), "100km²，"),
    ],
)
def test_raised_figures_beside_lowered_ones(runs: str, text: str) -> None:
    assert read_body(p(runs)) == [text]


def link(anchor: str, text: str) -> str:
    return f"<w:hyperlink w:anchor='{anchor}'>{r(text)}</w:hyperlink>"


def bookmark(name: str) -> str:
    return f"<w:bookmarkStart w:id='1' w:name='{name}'/>"


LINKED = p(bookmark("r1") + r("据报道") + link("n1", "[1]") + r("很好。"))
LINKED_NOTES = [
    (LINKED + p(bookmark("n1") + link("r1", "[1]") + r("注文。")), ["据报道很好。"], ["[1]注文。"]),
    (LINKED + p(r("[1]") + bookmark("n1") + r(" 注文。")), ["据报道很好。"], ["[1] 注文。"]),
    # both begin with their mark: the first is the text
    (
        p(bookmark("r1") + link("n1", "[1]") + r("文。")) + p(bookmark("n1") + link("r1", "[1]")),
        ["文。"],
        ["[1]"],
    ),
    # a link to what does not begin with the mark, or to nothing, is text
    (LINKED + p(bookmark("n1") + r("第二节")), ["据报道[1]很好。", "第二节"], []),
    (LINKED + p(r("[1] 后。")), ["据报道[1]很好。", "[1] 后。"], []),
    (p(link("n1", "第2节")) + p(bookmark("n1") + r("第2节")), ["第2节", "第2节"], []),
]


@pytest.mark.parametrize(("body", "lines", "notes"), LINKED_NOTES)
def test_a_note_that_is_a_paragraph_with_links(
    body: str, lines: list[str], notes: list[str]
) -> None:
    blocks, left_out = separate(word.blocks(docx_of(body), Path("speech.docx")))
    assert [block.text for block in blocks] == lines
    assert [(piece.kind, piece.text) for piece in left_out] == [("notes", text) for text in notes]


@pytest.mark.parametrize(
    ("sign", "hidden", "left_out"),
    [
        ("F0FC", "", []),
        ("F0FC", "<w:vanish/>", []),
        ("F001", "", ["F001"]),
        ("F001", "<w:vanish/>", []),
    ],
)
def test_only_a_shown_sign_that_nobody_knows_is_listed(
    sign: str, hidden: str, left_out: list[str]
) -> None:
    run = f"<w:r><w:rPr>{hidden}</w:rPr><w:sym w:font='Wingdings' w:char='{sign}'/></w:r>"
    _, pieces = separate(word.blocks(docx_of(p(r("文") + run)), Path("a.docx")))
    assert [piece.text for piece in pieces] == left_out


CONTENTS_OF_WORD = [
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
    "</w:sdtPr><w:sdtContent>" + p(r("一、路")) + "</w:sdtContent></w:sdt>",
    p(field(" TOC ", r("一、") + r("路"))),
    p(field(" INDEX ", r("一、路"))),
]


@pytest.mark.parametrize("contents", CONTENTS_OF_WORD)
def test_a_list_of_contents_is_listed(contents: str) -> None:
    assert read_body(contents + p(r("甲"))) == ["甲"]
    assert [(k, t) for _, k, t in unread(contents + p(r("甲")))] == [
        ("lists of contents", "一、路")
    ]
