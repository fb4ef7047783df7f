"""Bytes to text, and every refusal."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents import from_bytes, from_text, plain, read
from speechcast.documents.front_matter import split_front_matter
from speechcast.errors import SourceError, UsageError
from speechcast.text import encodings
from speechcast.text.whitespace import display_width

SPEECH = "同志们：\n今天我们在这里开会，学习文件。"
TRADITIONAL = "各位同學：\n今天我們在這裡開會，學習文件，時間不長。"


@pytest.mark.parametrize(
    "data",
    [
        SPEECH.encode(),
        SPEECH.encode("utf-8-sig"),
        SPEECH.encode("gb2312"),
        SPEECH.encode("gb18030"),
        SPEECH.encode("utf-16"),
        SPEECH.encode("utf-16-le"),
        SPEECH.encode("utf-16-be"),
        b"\xfe\xff" + SPEECH.encode("utf-16-be"),
        SPEECH.encode("utf-32"),
        (SPEECH + "\ufffc").encode(),
        SPEECH.replace("\n", "\r\n").encode(),
        SPEECH.replace("\n", "\r").encode("gb18030"),
        SPEECH.replace("\n", "\u2028").encode(),
        SPEECH.replace("今天", "今\u200b天\ufeff").encode(),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert from_bytes(data, "speech.txt").text == SPEECH


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_copying_leaves_is_cleaned(encoding: str) -> None:
    text = SPEECH * 4
    assert from_bytes(f"{text[:9]}\x02{text[9:]}\x1a".encode(encoding), "speech.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le"])
def test_traditional_characters(encoding: str) -> None:
    assert from_bytes(TRADITIONAL.encode(encoding), "speech.txt").text == TRADITIONAL


def test_western_text() -> None:
    text = "Déjà vu – a café, a naïve résumé. Good evening, everybody!"
    for encoding in ("cp1252", "utf-16-le", "utf-16-be"):
        assert from_bytes(text.encode(encoding), "speech.txt").text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (SPEECH.encode()[:-1], "byte 55 is not valid utf-8"),
        (SPEECH.encode()[:30] + b"\xff" + SPEECH.encode()[31:], "byte 28 is not valid utf-8"),
        ((SPEECH * 2).encode() + "再来".encode("gb18030"), "is not valid utf-8"),
        (SPEECH.encode() + SPEECH.encode("gb18030"), "byte 62 is not valid utf-8"),
        ((SPEECH * 9).encode("gb18030") + "再说一遍文件".encode(), "byte 351 is not valid gb"),
        ((SPEECH.encode("gb18030") + "再说\n".encode("utf-16-le")), "byte 44 is not valid gb"),
        (SPEECH.encode("gb18030")[:-1], "byte 37 is not valid gb18030"),
        (b"\xff\xfe" + SPEECH.encode("utf-16-le")[:-1], "byte 40 is not valid utf-16-le"),
    ],
)
def test_a_file_cut_or_mixed_is_refused_with_the_byte(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=f"speech.txt is damaged: .*{message}"):
        from_bytes(data, "speech.txt")


def test_an_encoding_of_ones_own() -> None:
    assert from_bytes("한국".encode("euc-kr"), "speech.txt", "euc-kr").text == "한국"
    with pytest.raises(SourceError, match="is not valid big5"):
        from_bytes(SPEECH.encode(), "speech.txt", "big5")
    assert from_bytes("朱镕基".encode("gbk"), "speech.txt", "GB2312").text == "朱镕基"
    for none in ("gbx", "base64", "undefined"):
        with pytest.raises(
            UsageError, match=f"^'{none}' is not a text encoding; for --encoding try utf-8"
        ):
            from_bytes(SPEECH.encode(), "speech.txt", none)


SPEECHES = Path(__file__).parents[3] / "shared" / "speeches"


@pytest.mark.skipif(not SPEECHES.is_dir(), reason="the speeches to try with are not here")
@pytest.mark.parametrize("path", sorted(SPEECHES.rglob("*.txt")), ids=lambda p: p.name)
def test_real_speeches(path: Path) -> None:
    text = read(path).text
    assert "\ufffd" not in text
    assert "\r" not in text
    assert squeezed(text) == squeezed(encodings.decode_text(path.read_bytes(), path.name))
    if path.name == "gwr_2023.utf8_cr_only.txt":
        assert text == read(SPEECHES / "work-report-2023.txt").text


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text file"),
        (bytes(range(256)), "is not a text file"),
        (b"PK\x03\x04\x14\0\x06\0", "is not plain text but a zip archive"),
        (
            b"{\\rtf1 hello}",
            r"is not plain text but rich text \(RTF\); open it and",
        ),
        (
            b"\xef\xbb\xbf1\r\n00:00:00,300 --> 00:00:01,650\r\n\xe5\xa5\xbd\r\n",
            "is not plain text but subtitles; give the text of the speech instead",
        ),
        (b"WEBVTT\n\n00:00.300 --> 00:01.650\nhi\n", "is not plain text but subtitles"),
        (b"<!DOCTYPE html>\n<p>x", "is not plain text but a web page; give it the suffix .html"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=f"speech.txt {reason}"):
        from_bytes(data, "speech.txt")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read(tmp_path)


KANBAN = "在毕业典礼上，我想对大家说三句话，每一句都很短，也都很重要，请大家"  # a line of 34
PARAGRAPHS = [
    ("一段。\n二段。\n", ["一段。", "二段。"]),
    (
        "　　一段。\n　　二段还是第二段，没有在这里就结束，\n接着。",
        ["一段。", "二段还是第二段，没有在这里就结束，接着。"],
    ),
    ("一段\n\n\n二段", ["一段", "二段"]),
    # wrapped by hand, in both scripts
    (f"{KANBAN}\n{KANBAN}\n记住。\n第二段。", [KANBAN * 2 + "记住。", "第二段。"]),
    (f"　　{KANBAN}\n记住。\n　　第二段。", [KANBAN + "记住。", "第二段。"]),
    (
        "Let every nation know, whether it wishes us well or ill,\nthat we shall pay any price, "
        "bear any burden, and meet\nany hardship.\n\nThis much we pledge.",
        [
            "Let every nation know, whether it wishes us well or ill, that we shall pay any price, "
            "bear any burden, and meet any hardship.",
            "This much we pledge.",
        ],
    ),
    # no items of a list: a figure, a name left out
    (
        f"{KANBAN}\n1.2亿吨煤，{KANBAN[:-5]}\n*是我们的家。",
        [f"{KANBAN}1.2亿吨煤，{KANBAN[:-5]}*是我们的家。"],
    ),
    # verse, lists, headings and letters keep their lines
    (
        "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。",
        ["白日依山尽，", "黄河入海流。", "欲穷千里目，", "更上一层楼。"],
    ),
    ("要做到：\n1. 学习；\n2. 工作\n3. 生活", ["要做到：", "1. 学习；", "2. 工作", "3. 生活"]),
    ("- 第一点，\n  接着说\n- 第二点", ["- 第一点，接着说", "- 第二点"]),
    ("一、回顾\n过去一年，成绩很大。", ["一、回顾", "过去一年，成绩很大。"]),
    # what copying from a web page tears apart
    ("根据《\n证券法\n》的规定，", ["根据《证券法》的规定，"]),
    ("要看到成绩\n，也要看到不足。", ["要看到成绩，也要看到不足。"]),
    ("一是\n认真学习。", ["一是认真学习。"]),
    (
        "甲。\n\n乙。\n\n丙。\n\n"
        + "我们要坚定不移地推动高质量发展，" * 4
        + "推动\n全面伙伴关系协定\n（协定）生效。",
        [
            "甲。",
            "乙。",
            "丙。",
            "我们要坚定不移地推动高质量发展，" * 4 + "推动全面伙伴关系协定（协定）生效。",
        ],
    ),
    # recitals, each indented
    ("    鑑於發展，\n    鑑於尊嚴，", ["鑑於發展，", "鑑於尊嚴，"]),
    # set wide
    (
        "第 一 条\n人 人 生 而 自 由, 在 尊 严 上 一 律 平 等。",
        ["第一条", "人人生而自由,在尊严上一律平等。"],
    ),
    ("序 言\n正文里的 空格 留着。", ["序言", "正文里的 空格 留着。"]),
    (
        "They said then, and they say so still, “go,\n“now.”",
        ["They said then, and they say so still, “go, “now.”"],
    ),
    (
        "They met in the café by the river and had an é\nécole.",
        ["They met in the café by the river and had an é école."],
    ),
]


@pytest.mark.parametrize(("text", "paragraphs"), PARAGRAPHS)
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [block.text for block in plain.parse_plain(text)] == paragraphs


CHINESE_SPEECH = [
    "在毕业典礼上的讲话",
    "同学们：",
    "今天，我想说“三句话”，每一句都很短，也都很重要。" * 4,
    "一、要有梦想",
    "有人问我：“梦想有什么用？”我说，“它让人不怕走远路。”走远路的人才知道风景在哪里。" * 2,
    "再见，祝大家一路平安、前程似锦！",
]
ENGLISH_SPEECH = [
    "Remarks at Commencement",
    "Today I have three things to say; each is short, and each -- I hope -- is worth it. " * 4,
    "Someone asked me once what a dream is for. It keeps you from fearing the long road. " * 3,
    "Thank you.",
]


@pytest.mark.parametrize("width", [44, 60, 76, 100])
@pytest.mark.parametrize(("indent", "between"), [("", "\n\n"), ("\u3000\u3000", "\n")])
@pytest.mark.parametrize("paragraphs", [CHINESE_SPEECH, ENGLISH_SPEECH], ids=["zh", "en"])
def test_text_wrapped_by_hand(paragraphs: list[str], width: int, indent: str, between: str) -> None:
    text = between.join(wrapped(indent + paragraph.strip(), width) for paragraph in paragraphs)
    assert [block.text for block in plain.parse_plain(text)] == [p.strip() for p in paragraphs]


def wrapped(paragraph: str, width: int) -> str:
    """As an editor wraps it: at spaces and between characters, marks standing out at the end."""
    lines = [""]
    for piece in re.findall(r"[!-~]+ ?|.[，。：；！？、”]*", paragraph):
        if display_width(lines[-1] + piece[:1] + piece[1:].strip(" ，。：；！？、”")) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def test_where_lines_were_joined() -> None:
    (block,) = plain.parse_plain("你好，我的各位朋友，还有你们大家，\nmy friend,\nand you.", row=7)
    assert (block.text, block.row) == ("你好，我的各位朋友，还有你们大家， my friend, and you.", 7)
    assert [block.text[offset:] for offset in block.breaks] == ["my friend, and you.", "and you."]


LINES = st.text(alphabet="我们在 A.b!?。！？…，、；：“”（）《》\"'*—-1#_`\n\t\u3000", max_size=120)


@given(st.text() | LINES)
def test_nothing_of_a_plain_text_is_lost(text: str) -> None:
    blocks = plain.parse_plain(text)
    assert squeezed("".join(block.text for block in blocks)) == squeezed(text)
    for block in blocks:
        assert block.text == block.text.strip()
        assert "\n" not in block.text
        assert list(block.breaks) == sorted(set(block.breaks))
        assert all(0 < offset < len(block.text) for offset in block.breaks)
        assert all(not block.text[offset].isspace() for offset in block.breaks)


@given(LINES)
def test_every_block_begins_on_its_row(text: str) -> None:
    rows = text.split("\n")
    for block in plain.parse_plain(text):
        starts = [0, *block.breaks]
        for row, start, end in zip(count(block.row - 1), starts, [*starts[1:], None], strict=False):
            assert squeezed(rows[row]) == squeezed(block.text[start:end])


def test_a_paragraph_of_a_megabyte_is_joined() -> None:
    (block,) = plain.parse_plain(("word " * 12 + "and,\n") * 20_000)
    assert len(block.breaks) == 19_999


FRONT_MATTER = [
    ("---\ntitle: 题\nvoice: report\n---\n正文。", ("题", "report"), "正文。", 5),
    ("\n---\n# note\nspeaker: 李明\n...\n正文。", (None, None), "正文。", 6),
    ("---\ncustom-key: 1\nrate: +10%\n---\n", (None, None), "", 5),
    ("---\nWelcome.\nNote: this is text.\n---\n正文。", None, None, 1),
    ("------\ntitle: 题\n", None, None, 1),
]


@pytest.mark.parametrize(("text", "fields", "body", "row"), FRONT_MATTER)
def test_front_matter(
    text: str, fields: tuple[str | None, str | None] | None, body: str | None, row: int
) -> None:
    front_matter, rest, begins = split_front_matter(text, "speech.md")
    assert (rest, begins) == (text if body is None else body, row)
    assert (front_matter.title, front_matter.voice) == (fields or (None, None))


def test_a_cast() -> None:
    front_matter, *_ = split_front_matter(
        "---\ncast: {主持人：: xiaoxiao, 市长: yunyang}\n---\n", "speech.md"
    )
    assert front_matter.cast == {"主持人": "xiaoxiao", "市长": "yunyang"}


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("title: [a", r"cannot be parsed, line 3 \(.*\); put a value .* in quotes"),
        ("title: 甲: 乙", r"cannot be parsed, line 2 \(.*\); put a value .* in quotes"),
        ("title: {a: b}", "gives title more than one value; write title: value"),
        ("cast: xiaoxiao", r"has an invalid cast; write cast: \{"),
        ("a: " + "[" * 3000, "cannot be parsed"),
    ],
)
def test_front_matter_that_is_none(inside: str, reason: str) -> None:
    with pytest.raises(SourceError, match=f"^the front matter of speech.md {reason}") as refusal:
        from_text(f"---\n{inside}\n---\n正文。", "speech.md")
    assert "\n" not in str(refusal.value)


def test_front_matter_without_an_end() -> None:
    with pytest.raises(SourceError, match="front matter of speech.md has no end; write --- on a"):
        from_text("---\ntitle: 题\n\n正文。", "speech.md")
    assert from_text("---\n注意：正文。\n").text == "---\n注意：正文。"


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(SourceError, match="speech.txt is 10 MB of text, .* Split it"):
        from_bytes(b"a" * 10_000_001, "speech.txt")
