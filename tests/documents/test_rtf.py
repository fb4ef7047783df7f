r"""Golden paragraphs of rich text, as Word, WPS, LibreOffice and TextEdit write it.

Characters that are not ASCII are written as bytes in GBK, `\'c4\'e3`, as Chinese programs do.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents import find_suffix, parse_file
from speechcast.documents.block import Block, LeftOut, separate
from speechcast.documents.office import rtf
from speechcast.errors import SourceError
from speechcast.model import BlockKind

HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0\deflang1033\deflangfe2052{\fonttbl{\f0\fnil\fcharset134 宋体;}"
    r"{\f1\froman\fcharset0{\*\panose 02020603050405020304}Times New Roman{\*\falt Times};}"
    r"{\f2\froman\fcharset2 Symbol;}{\f3\fnil\fcharset2 Wingdings;}{\f4\fcharset136 PMingLiU;}"
    r"{\f5\fcharset128 MS Mincho;}{\f6\fcharset204 Arial Cyr;}}"
    r"{\colortbl;\red255\green0\blue0;\red255\green255\blue255;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 标题 2;}{\s3 Title;}"
    r"{\s10 toc 1;}{\*\cs5 Hyperlink;}}{\info{\title hidden in the properties}}"
)


def to_bytes(text: str) -> bytes:
    """Return rich text as a file, its Chinese characters as bytes in GBK."""
    return b"".join(
        c.encode() if c.isascii() else b"".join(b"\\'%02x" % byte for byte in c.encode("gbk"))
        for c in text
    )


def pieces_of(body: str | bytes, head: str = HEAD) -> tuple[list[Block], list[LeftOut]]:
    data = to_bytes(head) + (to_bytes(body) if isinstance(body, str) else body) + b"}"
    return separate(rtf.blocks(data, Path("speech.rtf")))


def texts(body: str | bytes, head: str = HEAD) -> list[str]:
    blocks, left_out = pieces_of(body, head)
    assert left_out == []
    return [block.text for block in blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\f0 同志们，大家好。\par 再见。\par", ["同志们，大家好。", "再见。"]),
        (r"\f0\'d6\'ec\'e9F\'bb\'f9\par", ["朱镕基"]),  # as Word writes a byte that is a letter
        (r"\f0\'81\{\'81\\\par", ["亄乗"]),  # and one that is a brace or a backslash
        (b"\\f0\\'c4\r\n\\'e3\\'ba\\'c3 wor\r\nld\\\r\nnext\\par", ["你好 world", "next"]),
        ("\\f0 同志们，俓乗镕 ok\\par".encode("gbk"), ["同志们，俓乗镕 ok"]),  # raw
        (r"\uc1\u20320?\u22909?\par", ["你好"]),
        (r"\uc0\u20320 \u22909 \par", ["你好"]),
        (r"\uc2\u20320\'c4\'e3{\uc1\u22909?}\u21527\'c2\'f0\par", ["你好吗"]),
        (r"\uc1\u20320\u22909\par abc\u8212\emdash d\par", ["你好", "abc—d"]),  # no fallback
        (r"\uc1 a\u-10179?\u-8704?b\u-28723?\par", ["a😀b迍"]),
        (r"\f4\'a7A\'a6n\f5\'82\'b1\'82\'f1\f6\'cf\'f0\par", ["你好こんПр"]),
        (r"\f1 你好\par caf\'e9 \'93x\'94\par", ["你好", "café “x”"]),  # in a font for English
        (r"{\upr{A ?? B}{\*\ud{A \u20320?\u22909? B}}}\par", ["A 你好 B"]),
        (r"a\emdash b\lquote c\rquote\ldblquote d\rdblquote\~e\_f\-g\bullet\par",
         ["a—b‘c’“d” e-fg•"]),
        (r"a\{b\}c\\d\par one\line two\par\page three", [r"a{b}c\d", "one", "two", "three"]),
        (r"{\f2 a} and {\f3\'fc} at 20{\field{\*\fldinst SYMBOL 176 \\f Symbol}{\fldrslt}}C\par",
         ["α and ✓ at 20°C"]),
        (r"10{\super 3}\par H{\sub 2}O 10{\up6\fs12 3}{\up6 x}\par", ["10³", "H₂O 10³x"]),
        (r"选{\field{\*\fldinst FORMDROPDOWN{\*\formfield{\fftype2\ffres1{\*\ffl 甲}{\*\ffl 乙}}}}"
         r"{\fldrslt}}。\par", ["选乙。"]),
        (r"{\field{\*\fldinst FORMDROPDOWN{\*\formfield{\fftype2\ffres25\ffdefres1{\*\ffname x}"
         r"{\*\ffl 甲}{\*\ffl 乙}}}}{\fldrslt}}{\field{\*\fldinst FORMDROPDOWN{\*\formfield"
         r"{\fftype2\ffres25{\*\ffl 丙}}}}{\fldrslt}}\par", ["乙丙"]),
        (r"A{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv 艺术字}}}}B\par", ["AB", "艺术字"]),
        (r'{\*\bkmkstart a}see{\*\bkmkend a} {\field{\*\fldinst{HYPERLINK "http://a.cn"}}'
         r"{\fldrslt{\ul this}}}{\xe{\v entry}}{\*\unknown no {\b no}}.\par", ["see this."]),
        (r"{\field{\*\fldinst EQ \\f(1,2)}{\fldrslt}} 杯\par", ["½ 杯"]),
        (r"{\field{\*\fldinst EQ \\* jc2 \\o\\ad(\\s\\up 9(zh\u242?ng),重)}{\fldrslt}}要\par",
         ["重要"]),
        (r"{\mmath{\*\moMath{\mr x=}{\mf{\mfPr{\mctrlPr\b}}{\mnum{\mr 1}}{\mden{\mr 2}}}{\msSup"
         r"{\me{\mr y}}{\msup{\mr 2}}}}{\mmathPict{\pict 00}}}\par", ["x=½y²"]),
        (r"\pard\dropcapli2 T\par\pard he end.\par", ["The end."]),
        (r"{ \*\generator Writer;}{*\generator Writer;}one\sect\sectd two", ["*one", "two"]),
        (r"{\header\pard - {\field{\*\fldinst PAGE}{\fldrslt 3}} -\par}{\footer \chpgn\par}a\par",
         ["a"]),
    ],
)  # fmt: skip
def test_text(body: str | bytes, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (r"{\rtf1\ansi ", rb"na\'efve \'80\par", "naïve €"),
        (HEAD, rb"\f0 \'80100\'d4\'aa \'80", "€100元 €"),
        (r"{\rtf1\mac ", rb"caf\'8e\par", "café"),
        (r"{\rtf1\ansi ", "你好 café\\par".encode(), "你好 café"),
        (r"{\rtf1\ansi\ansicpg936 ", rb"\'c4\'e3\'ba\'c3\par", "你好"),
        (
            r"{\rtf1\adeflang1025\ansi\ansicpg936\uc2\adeff0\deff0\stshfdbch13{ \fonttbl"
            r"{\f0\fnil\fcharset134\fprq2{\*\panose 02010600030101010101}SimSun{\*\falt 宋体};}}",
            rb"\pard\plain\s0\loch\af0\hich\af0\dbch\f0 \'b9\'d8\'d3\'da{\fs32 2024}\'c4\'ea\par",
            "关于2024年",
        ),
        (
            "{\\rtf1\\ansi\\ansicpg936\\cocoartf2513\n{\\fonttbl\\f0\\fnil\\fcharset134 Songti;\\f1"
            "\\fswiss\\fcharset0 Helvetica;}\n",
            rb"\f0\fs24 \cf0 \'c4\'e3\f1 !\ " + b"\\\n",
            "你!",
        ),
    ],
)
def test_code_pages(head: str, body: bytes, expected: str) -> None:
    assert texts(body, head) == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\trowd\cellx9\pard\intbl a\cell b\cell\row\pard\intbl c\par d\cell e\cell\row\pard f",
         ["a, b", "c, d, e", "f"]),
        (r"\trowd a\cell b\cell\row after\par", ["a, b", "after"]),
        (r"\pard\intbl\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables"
         r" NO\par}\pard\intbl\itap1 in\cell out\cell\row\pard after\par",
         ["x, y, in, out", "after"]),
        (r"{\listtext\pard 1.\tab}\ls1 one\par{\listtext\f3 l\tab}two\par{\listtext\f1 o\tab}three"
         r"\par{\listtext\f3\u-3988 l\tab}four\par{\listtext （一）}five\par",
         ["1. one", "two", "three", "four", "（一）five"]),
        (r"{\pntext\f0 1.\tab}{\*\pn\pnlvlbody{\pntxta.}}one\par", ["1. one"]),
        (r"A{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard in\par box\par}}{\shprslt"
         r"{\*\do{\dptxbx{\dptxbxtext\pard in\par}}}}}B\par C\par", ["AB", "in", "box", "C"]),
        (r"A{\*\do{\dptxbx{\dptxbxtext\pard in box\par}\dpx0}}B\par", ["AB", "in box"]),
    ],
)  # fmt: skip
def test_tables_lists_and_boxes(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_headings_are_marked_by_their_style_or_outline() -> None:
    body = r"\pard\s3 Name\par{\pard\s1 One\par}\pard text\par\pard\s2 Two\par\pard\outlinelevel2 3"
    assert [(block.text, block.kind, block.level) for block in pieces_of(body)[0]] == [
        ("Name", BlockKind.TITLE, 0),
        ("One", BlockKind.HEADING, 1),
        ("text", BlockKind.BODY, 0),
        ("Two", BlockKind.HEADING, 2),
        ("3", BlockKind.HEADING, 3),
    ]


@pytest.mark.parametrize(
    ("body", "expected", "left_out"),
    [
        (r"A{\v secret}B\v no\v0 C\par", "ABC", ["hidden text: secret", "hidden text: no"]),
        (r"{\v x\plain y}A{\strike s}{\striked1 t}\par", "yA",
         ["hidden text: x", "hidden text: st"]),
        (r"A{\cf2 white}{\cf1 red}{\cf2\highlight1 w}{\cf2\chcbpat1 w}\par", "Aredww",
         ["hidden text: white"]),
        (r"\trowd\clcbpat1\cellx9\pard\intbl\cf2 white on red\cell\row", "white on red", []),
        (r"A{\fs2 tiny}B\par", "AB", ["hidden text: tiny"]),
        (r"A{\revised\revauth1 new}{\deleted old}{\mvf moved}\par", "Anew",
         ["deletions that are tracked: oldmoved"]),
        (r"A{\deleted\par}B\par", "AB", []),
        (r"A{\super\chftn}{\footnote\pard\plain\chftn  a note.}{\super *}{\footnote own}\par", "A",
         ["notes: a note.", "notes: own"]),
        (r"A{\*\atnid L}{\*\atnauthor Li}\chatn{\*\annotation{\*\atnref 1}no}B\par", "AB",
         ["comments: no"]),
        (r"{\headerr\pard Secret\par}{\headerl\pard Secret\par}A\par", "A",
         ["headers and footers: Secret"]),
        (r"{\field{\*\fldinst{TOC \\o}}{\fldrslt{\pard\s10 One\tab 1\par\s10 Two\par}}}\pard A",
         "A", ["lists of contents: One 1Two"]),
        (r"A{\field{\*\fldinst MERGEFIELD name}{\fldrslt}}\par", "A",
         ["fields that nobody filled in: MERGEFIELD name"]),
        (r"A{\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv a cat}}}\pngblip 8950\par 4e}}"
         r"{\nonshppict{\pict 00}}{\pict\bin4 }{}\}B\par", "AB",
         ["pictures and media: a cat", "pictures and media: "]),
        (r"A{\object{\*\objclass Equation.3}{\*\objdata 01}{\result{\pict 00}}}\par", "A",
         ["embedded objects: Equation.3"]),
        (r"A{\shp{\*\shpinst{\sp{\sn fHidden}{\sv 1}}{\shptxt\pard in\par}}}\par", "A",
         ["hidden text: in"]),
        (r"\f0 A\'ff\'ffB\par", "AB", ["characters that are damaged: "]),
        (r"{\f3 \'01x}A\par", "A", ["signs of the font {detail}: 0001",
         "signs of the font {detail}: 0078"]),
    ],
)  # fmt: skip
def test_what_is_left_out(body: str, expected: str, left_out: list[str]) -> None:
    blocks, pieces = pieces_of(body)
    assert "".join(block.text for block in blocks) == expected
    assert [f"{piece.kind}: {piece.text}" for piece in pieces] == left_out


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (rb"{\rtf1 hello\par", r"is damaged \(it ends in the middle\)"),
        (rb"{\rtf1 hello{\pict\bin2000000000 x}}", "it ends in the middle"),
        (rb"{\rtf1}", "contains no text"),
        (rb"{\rtf1{\pict 00}}", "contains no text, only pictures and media"),
        (rb"{\rtf1" + rb"{\footnote x" * 100 + b"}" * 101, "nests its elements deeper"),
        (rb"{\rtf1" + rb"{\field{\*\fldinst " * 100 + b"}}" * 100 + b"}", "nests its elements"),
        (rb"{\rtf1" + rb"\b" * 4_000_001 + b"}", "has 4,000,003 control words"),
        (b"%PDF-1.7", "is not a .rtf file but a PDF"),
        (b"hello", "is not a .rtf file but something else"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        parse_file(data, Path("speech.rtf"))


def test_deep_groups_and_large_pictures_are_read() -> None:
    deep = rb"{\b " * 100_000 + b"x" + b"}" * 100_000
    data = (
        rb"{\rtf1\ansi " + deep + rb"{\pict " + b"89504e47" * 1_000_000 + rb"}\itap99999999 y\par}"
    )
    assert [block.text for block in parse_file(data, Path("speech.rtf")).blocks] == ["xy"]


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.wps", "a.txt", "a.md", "a"])
def test_rich_text_is_known_by_its_content(name: str) -> None:
    document = parse_file(b"\xef\xbb\xbf\r\n{\\rtf1\\ansi\\ansicpg936 \\'c4\\'e3}", Path(name))
    assert document.text == "你"


@pytest.mark.parametrize(
    ("data", "name", "suffix"),
    [
        (b"<html><p>hello", "a.doc", ".html"),
        (b"%PDF-1.7", "a.wps", ".pdf"),
        (b"%PDF-1.7", "a.txt", ".txt"),
        (b"<html><p>hello", "a.md", ".md"),
        (b"hello", "a.DOC", ".doc"),
        (rb"{\rtf1 x}", "a.docx", ".docx"),
    ],
)
def test_what_a_name_that_cannot_be_read_holds(data: bytes, name: str, suffix: str) -> None:
    assert find_suffix(data, Path(name)) == suffix
