"""Markdown to paragraphs: golden tables of what a reader would say of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents import Block, LeftOut, from_text
from speechcast.documents.block import PICTURES
from speechcast.documents.markdown import parse_markdown
from speechcast.errors import SourceError
from speechcast.model import BlockKind


def blocks_of(text: str, row: int = 1) -> list[Block]:
    return [piece for piece in parse_markdown(text, row) if isinstance(piece, Block)]


def texts_of(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


TEXTS = [
    ("一段。\n\n二段。", ["一段。", "二段。"]),
    ("同一段\n的两行，\nand this\nthat", ["同一段的两行， and this that"]),
    ("*斜*、**粗**、_下_ 和`x=1`", ["斜、粗、下 和x=1"]),
    ("**要点：**正文，**“引”**后。", ["要点：正文，“引”后。"]),
    ("==重点==在此，1==1。", ["重点在此，1==1。"]),
    ("[TOC]\n\n见[TOC]。", ["见[TOC]。"]),
    ("要~~不要~~", ["要"]),
    ("要 ~~不要~~ 的", ["要 的"]),
    ("要 ~~不要~~", ["要"]),
    ("要 ~~不~~\n好", ["要好"]),
    ("one ~~no~~\ntwo", ["one two"]),
    ("见[网页](https://example.com)和[注][1]。\n\n[1]: https://example.com", ["见网页和注。"]),
    ("看<https://example.com>这里", ["看这里"]),
    ("图![不读](a.png)后", ["图后"]),
    ("[![不读](a.png)](b)", []),
    ("```\nprint()\n```\n\n    code\n\n正文。", ["正文。"]),
    ("正<b>文</b>，<del>删</del><S>划</S>留。<!-- c -->", ["正文，留。"]),
    (
        "<div align=center>\n题<b>目</b><br>副&nbsp;题\n</div>\n\n正文。",
        ["题目", "副 题", "正文。"],
    ),
    ("<p>甲\n乙</p>\n<p>two\nwords</p>", ["甲乙", "two words"]),
    ("<!-- 不\n\n读 -->\n\n<script>\nx\n\n</script>\n\n正文。", ["正文。"]),
    ("上  \n下", ["上", "下"]),
    ("上\\\n下<br>末", ["上", "下", "末"]),
    ("- 甲\n- 乙", ["甲", "乙"]),
    ("1. 甲\n2. 乙\n5. 丙", ["1. 甲", "2. 乙", "3. 丙"]),
    ("0) 甲\n1) 乙", ["0) 甲", "1) 乙"]),
    (
        "7. 甲\n   1. 子\n      - 孙\n   2. 丑\n\n8. 乙\n\n   续",
        ["7. 甲", "1. 子", "孙", "2. 丑", "8. 乙", "续"],
    ),
    ("1. ```\n   code\n   ```\n2. 乙", ["2. 乙"]),
    ("- [x] 做了\n- [ ] 没做\n- [y] 别的", ["做了", "没做", "[y] 别的"]),
    ("| 年 | 增长 |\n|---|---|\n| 2023 | 5.2% |\n|  |  |", ["年，增长", "2023, 5.2%"]),
    ("正文[^1]。\n\n[^1]: 脚注不读。", ["正文。"]),
    ("> 引文\n> 两行\n\n后", ["引文两行", "后"]),
    ("上\n\n---\n\n下", ["上", "下"]),
    ("1\\. 不是列表 &amp; \\*星\\*", ["1. 不是列表 & *星*"]),
    ("> " * 60 + "深", ["深"]),
    ("10<sup>3</sup>公顷，H~2~O，5m^2^，据报道<sup>[1]</sup>。", ["10³公顷，H₂O，5m²，据报道。"]),
    ("好~谢谢~大家，H<sub>2</sub>", ["好~谢谢~大家，H₂"]),
    ("硫酸根SO<sub>4</sub><sup>2-</sup>离子", ["硫酸根SO₄²⁻离子"]),
    ("姓![喆](a.png)的人", ["姓喆的人"]),
    ("<ruby>漢<rt>かん</rt></ruby>在<ruby>重<rt>chóng</rt></ruby>庆", ["漢在重{chong2}庆"]),
    ("<p hidden>不见</p>\n<p>可见</p>", ["可见"]),
    ("一**二** ~~不~~ 三", ["一二 三"]),
    ("**要** ~~不~~\n好", ["要好"]),
    ("上<br> 下", ["上", "下"]),
    ("一句。\n二句。", ["一句。二句。"]),
    ("甲~~不<del>要</del>的~~乙", ["甲乙"]),
    ("气温25<sup>o</sup>C", ["气温25°C"]),
    ("[x] 甲", ["[x] 甲"]),
    ("- 甲\\\n  [x] 乙\n\n  [x] 丙", ["甲", "[x] 乙", "[x] 丙"]),
    # a word behind a label is no address
    ("[主持人]: 大家好\n\n正文。", ["[主持人]: 大家好", "正文。"]),
    ("> [Host]:\n> Thanks.\n\n- [时间]: 12:30", ["[Host]: Thanks.", "[时间]: 12:30"]),
    ("见[a]、[b]、[c]。\n\n[a]: 图/校园.png\n[b]: <校 园>\n[c]: #一", ["见a、b、c。"]),
    # words that only look like an address, a tag, code, or the mark of something
    (
        "[日期]: 2023/5/1\n\n[联系]: a@b.cn\n\n[1]: https://a.cn",
        ["[日期]: 2023/5/1", "[联系]: a@b.cn"],
    ),
    (
        "尊敬的<name>先生，若 x <y and z> w，<x>甲</x>。",
        ["尊敬的<name>先生，若 x <y and z> w，甲。"],
    ),
    ("    同志们好。\n    开会。\n\n文", ["同志们好。", "开会。", "文"]),
    ("```\n各位好。\n```\n\n```py\n打印。\n```\n\n```\nprint('好。')\n```", ["各位好。"]),
    ("```markdown\n# 题\n\n**好**。\n```", ["题", "好。"]),
    ("由 $`x^2`$ 得 `$x`。", ["由 x² 得 $x。"]),
    ("+++\ntitle = '题'\ntags = []\n+++\n\n正文。", ["正文。"]),
    ("+++\n正文。", ["+++ 正文。"]),
    ('甲。\n\n{{< figure src="a.png" >}}\n\n乙{% include x %}。', ["甲。", "乙。"]),
    ("```math\na^2+b^2\n=c^2\n```\n\n好。", ["a²+b²=c²", "好。"]),
    ("```math\n\\begin{matrix}1\\end{matrix}\n```\n\n好。", ["好。"]),
    ("若a==1且b==2，==重点==对。", ["若a==1且b==2，重点对。"]),
    ("1~2~3号，CO~2~，^14^C，增长^2^。", ["1~2~3号，CO₂，¹⁴C，增长。"]),
    # signs between figures are no emphasis
    ("2*3*4=24，2**3**4，`2*3*4`", ["2*3*4=24，2**3**4，2*3*4"]),
    ("第2*重*点4\n\n1*2*甲", ["第2重点4", "12甲"]),
    # notes that a word processor exported as links
    ("见[[1]](#_ftn1)文[\\[2\\]](#b)。\n\n[[1]](#_ftnref1) 注。\n\n[乙](#a)", ["见文。", "乙"]),
    ("[[1]](#_ftn1)文[甲](#b)[①](http://a.cn)。", ["文甲①。"]),
    # cells for which a table's header has no column
    ("|年|\n|-|\n|2023|5%|新增|\n|1|\n|", ["年", "2023，5%，新增", "1"]),
    ("> a|b\n> -|-\n> 1|2|3\\|4|", ["a, b", "1, 2, 3|4"]),
    ("- |a|\n  |-|\n  |1|**2**|", ["a", "1, 2"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "lines"), TEXTS)
def test_what_a_reader_says(text: str, lines: list[str]) -> None:
    assert texts_of(text) == lines


def test_what_is_left_out_of_markdown_is_listed() -> None:
    text = "```\nx = 1\n```\n\n要~~不要~~![校园](a.png)[^1]。\n\n[^1]: 脚注。"
    left_out = [piece for piece in parse_markdown(text) if isinstance(piece, LeftOut)]
    assert [(piece.kind, piece.text) for piece in left_out] == [
        ("code", "x = 1"),
        ("struck text", "不要"),
        ("pictures and media", "校园"),
        ("notes", "脚注。"),
    ]
    left_out = [p for p in parse_markdown("甲\n乙<https://a.cn>丙^3^") if isinstance(p, LeftOut)]
    assert [(piece.kind, piece.text, piece.row) for piece in left_out] == [
        ("addresses", "https://a.cn", 2),
        ("raised figures taken for references of notes", "3", 1),
    ]
    (long,) = parse_markdown(f"    {'长' * 30}")
    assert isinstance(long, LeftOut)
    assert long.text == "长" * 24


ROWS = [
    ("甲\n\n<div>\n乙\n<img src=a alt=图片>\n<p hidden>藏\n</div>", [(5, "图片"), (6, "藏")]),
    ("甲\n<span hidden>藏</span>\n乙~~删~~\n![图](a)", [(3, "删"), (4, "图"), (2, "藏")]),
    ("甲<font color='white'>藏</font>\n\n<p style='color:#fff'>又</p>", [(1, "藏"), (3, "又")]),
    ("甲<del>删</del>\n<ruby>漢<rt>かん</rt></ruby>", [(1, "删"), (2, "かん")]),
    ("甲<!-- 注 -->\n乙\n\n<!-- 又\n注 -->\n\n<!-- -->", [(1, "注"), (4, "又 注")]),
    ("甲[^1]\n\n```\nx=1\n```\n\n[^1]: 注", [(3, "x=1"), (7, "注")]),
    ("甲\n\n\n[^b]: 注\n\n[^c]: 又\n\n[^c]", [(6, "又"), (4, "注")]),
]


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_what_is_left_out_is_listed_at_its_line(text: str, rows: list[tuple[int, str]]) -> None:
    left_out = [piece for piece in parse_markdown(text) if isinstance(piece, LeftOut)]
    assert [(piece.row, piece.text) for piece in left_out] == rows
    later = [piece for piece in parse_markdown(text, 8) if isinstance(piece, LeftOut)]
    assert [(piece.row - 7, piece.text) for piece in later] == rows


def test_what_stands_indented_in_an_admonition_is_text() -> None:
    text = (
        '!!! note "提示"\n\n    由$x^2$得，**甲**。\n\n    - 乙\n\n'
        '=== "丙"\n\n    丁`a`。\n\n        x = 1'
    )
    document = from_text(text, markdown=True)
    assert document.text.split("\n") == ["提示", "由x²得，甲。", "乙", "丙", "丁a。"]
    assert [(piece.row, piece.text) for piece in document.left_out] == [(11, "x = 1")]


def test_a_note_to_which_nothing_refers_is_listed() -> None:
    pieces = parse_markdown(
        "文[^1]。\n\n[^1]: 注。\n\n[^b]: 多余的注。\n\n[[1]](#a)\n\n[[1]](#b) 又注"
    )
    left_out = [piece.text for piece in pieces if isinstance(piece, LeftOut)]
    assert left_out == ["[1] 又注", "注。", "多余的注。"]


def test_headings() -> None:
    headings = blocks_of("# 题 *目* #\n\n### 一\n二\n\n两行\\\n标题\n===\n\n正文")
    assert [(b.kind, b.level, b.text) for b in headings] == [
        (BlockKind.HEADING, 1, "题 目"),
        (BlockKind.HEADING, 3, "一"),
        (BlockKind.BODY, 0, "二"),
        (BlockKind.HEADING, 1, "两行标题"),
        (BlockKind.BODY, 0, "正文"),
    ]


def test_one_first_heading_is_the_title() -> None:
    document = from_text(
        "---\nvoice: report\n---\n# 在大会上的讲话\n\n李明\n\n## 回顾\n\n正文。", markdown=True
    )
    assert [(b.kind, b.row, b.text) for b in document.blocks] == [
        (BlockKind.TITLE, 4, "在大会上的讲话"),
        (BlockKind.BYLINE, 6, "李明"),
        (BlockKind.HEADING, 8, "回顾"),
        (BlockKind.BODY, 10, "正文。"),
    ]
    assert (document.front_matter.speaker, document.front_matter.voice) == ("李明", "report")


def test_two_first_headings_are_chapters() -> None:
    document = from_text("# 一\n\n甲。\n\n# 二\n\n乙。", markdown=True)
    assert [b.kind for b in document.blocks] == [BlockKind.HEADING, BlockKind.BODY] * 2


def test_rows_and_breaks() -> None:
    first, second, third = blocks_of("1. 甲甲\n   乙乙\\\n   丙\n   丁\n\n后", row=10)
    assert (first.text, first.row, first.breaks) == ("1. 甲甲乙乙", 10, (5,))
    assert (second.text, second.row, second.breaks) == ("丙丁", 12, (1,))
    assert (third.text, third.row) == ("后", 15)
    assert [block.row for block in blocks_of("甲\\\n~~不~~\n乙<br>丙")] == [1, 3, 3]
    assert blocks_of("- [x] 做了\n  一些")[0].breaks == (2,)
    pasted = from_text("## 一\n第一句。\n第二句。").blocks
    assert [block.row for block in pasted] == [1, 2, 3]


@pytest.mark.parametrize("mark", [">", "- "])
def test_what_nests_deeper_than_can_be_read_is_refused_or_plain(mark: str) -> None:
    assert texts_of(mark * 48 + "深") == ["深"]
    with pytest.raises(SourceError, match="^a.md nests its quotes or lists deeper than can be"):
        from_text(mark * 100 + "深", "a.md", markdown=True)
    pasted = "## 一\n\n" + mark * 100 + "深"
    assert from_text(pasted).text == pasted.replace("\n\n", "\n")


SIGNS = st.text(alphabet="我们 ab1.#*_~`[]()<>!|-+=>\\&;:\n\t", max_size=80)


@given(st.text() | SIGNS)
def test_any_text_is_markdown(text: str) -> None:
    for block in blocks_of(text):
        assert block.text == block.text.strip() != ""
        assert "\n" not in block.text
        assert all(0 < offset < len(block.text) for offset in block.breaks)


@given(st.lists(st.text(alphabet="我们在开会。，", min_size=1), min_size=1))
def test_nothing_of_a_text_without_marks_is_lost(paragraphs: list[str]) -> None:
    assert texts_of("\n\n".join(paragraphs)) == paragraphs


DIALECTS = [
    ("# 题 {#id .cls}", ["题"]),
    ("甲\n{: .lead}", ["甲"]),
    ("[甲]{.mark}[乙](b.md){target=_blank}", ["甲乙"]),
    ("::: note\n甲。\n:::", ["甲。"]),
    (":::warning 注意\n\n甲。\n\n:::", ["注意", "甲。"]),
    (":::tip[提示]\n\n甲。\n\n:::", ["提示", "甲。"]),
    ("::: {.box #a}\n甲。\n::::", ["甲。"]),
    ('!!! note "提示"\n    甲。', ["提示", "甲。"]),
    ("> [!NOTE] 提示\n> 甲。", ["提示", "甲。"]),
    ("> [!WARNING]\n> 甲。", ["甲。"]),
    ("见[[某页]]和[[b|别页]]。", ["见某页和别页。"]),
    ("[[TOC]]\n\n甲。", ["甲。"]),
    ("术语\n: 定义。\n: 另一义。\n\n词\n\n: 义。", ["术语", "定义。", "另一义。", "词", "义。"]),
    ("甲。 ^a1b2c3", ["甲。"]),
    ("见`[[某页]]`与`{#a}`，集合{1,2}，比例 1::: 2", ["见[[某页]]与{#a}，集合{1,2}，比例 1::: 2"]),
    ("增长100%和200%，共3%%", ["增长100%和200%，共3%%"]),
]


@pytest.mark.parametrize(("text", "lines"), DIALECTS)
def test_marks_that_only_some_programs_know_are_not_read(text: str, lines: list[str]) -> None:
    assert [block.text for block in from_text(text, markdown=True).blocks] == lines


def test_what_a_dialect_hides_is_listed_where_it_stands() -> None:
    text = "甲。\n\n%%\n改\n%%\n\n![[图.png]]\n\n*[HTML]: 超文本\n\nimport A from './a'\n\n乙。\n"
    document = from_text(text, markdown=True)
    assert [(block.text, block.row) for block in document.blocks] == [("甲。", 1), ("乙。", 13)]
    assert sorted((p.row, p.kind, p.text) for p in document.left_out if p.kind != PICTURES) == [
        (3, "comments", "改"),
        (9, "hidden text", "超文本"),
        (11, "code", "import A from './a'"),
    ]
    assert [piece.text for piece in document.left_out if piece.kind == PICTURES] == ["图.png"]


def test_hidden_elements_in_a_line_of_markdown_are_listed() -> None:
    text = "甲<span hidden>藏<span>了</span></span>乙<b style='display:none'>没</b><i hidden>丙。"
    document = from_text(text, markdown=True)
    assert document.text == "甲乙丙。"
    assert [(p.kind, p.text) for p in document.left_out] == [("hidden text", "藏了没")]
