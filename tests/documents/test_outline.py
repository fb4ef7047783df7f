"""Titles, bylines and headings of texts that do not mark them: golden tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents import from_text, read
from speechcast.documents.block import Block
from speechcast.documents.structure.outline import recognize
from speechcast.model import BlockKind

BODY = "今天我们在这里开会，总结过去一年的工作，部署今年的任务。"
MARKS = {BlockKind.TITLE: "T", BlockKind.BYLINE: "B", BlockKind.HEADING: "H", BlockKind.BODY: "."}


def outline(*lines: str) -> str:
    return "".join(MARKS[block.kind] for block in from_text("\n\n".join(lines)).blocks)


OUTLINES = [
    (["在全市经济工作会议上的讲话", "（2024年1月10日）", "张三", "同志们：", BODY], "TBB.."),
    (
        ["政府工作报告", "——2023年3月5日在大会上", "国务院总理", "李克强", "各位代表：", BODY],
        "TBBB..",
    ),
    (["中国共产党第二十次全国代表大会上", "的报告", "同志们：", BODY], "TT.."),
    (["毕业典礼致辞", "演讲人：王小明", "时间：2024年6月", "地点：礼堂", BODY], "TBBB."),
    (["毕业典礼致辞", "校长 李明", BODY], "TB."),
    (["毕业典礼致辞", "李　明", BODY], "TB."),
    (["我们为什么要读书？", BODY], "T."),
    (["在大会上的讲话", BODY], "T."),
    (
        ["Inaugural Address", "By John F. Kennedy", "January 20, 1961", "We observe today a day."],
        "TBB.",
    ),
    (["新年贺词", "省委书记　×××", "（2024年1月1日）", "同志们：", BODY], "TBB.."),
    (["工作报告", "——2024年1月30日在大会上", "深圳市市长 覃伟中", "各位代表：", BODY], "TBB.."),
    (["计划报告", "国家发展和改革委员会", "各位代表：", BODY], "TB.."),
    (["I Have a Dream", "Martin Luther King Jr.", "August 28, 1963", "I am happy to."], "TBB."),
    (["Remarks", "Stanford Stadium", "Stanford, California", "12 June 2005", "Thanks."], "TBBB."),
    (["慶祝大會致詞", "行政院院長 陳建仁", "中華民國113年1月1日", "各位貴賓：", BODY], "TBB.."),
    (["题目", "口号", BODY], "TH."),
    # what is no title
    (["国歌（草案）", "起来"], ".."),
    (["各位代表：", BODY], ".."),
    (["各位代表", BODY], ".."),
    (["尊敬的各位来宾", BODY], ".."),
    (["Ladies and gentlemen", "We meet today, as we have met before."], ".."),
    (["My fellow citizens:", "I stand here today."], ".."),
    ([BODY, BODY], ".."),
    (["长" * 60, BODY], ".."),
    (["白日依山尽", "黄河入海流"], ".."),
    (["一句话"], "."),
    (["* * *", BODY], ".."),
    # headings
    (["一、过去一年工作回顾", BODY, "二、今年的任务", BODY], "H.H."),
    (["（一）加强宏观调控", BODY], "H."),
    (["（一）采取更有力的措施，促进农民增收。", BODY * 2], "H."),
    (["（一）促进农民增收。", "（二）促进就业。", BODY], "..."),
    (["（一）促进农民增收。去年增长百分之五。", BODY], ".."),
    (["题目", "第一章 总则", BODY, "第一条", BODY, "第二节 分则", BODY], "TH.H.H."),
    (["题目", BODY, "一、学习", "二、工作", "三、生活", BODY], "T....."),
    (["题目", "第一章 总则", "第一节 目的", BODY], "THH."),
    (["题目", BODY, "结语", BODY], "T.H."),
    (["题目", BODY, "Part One", "We begin with the first of many parts."], "T.H."),
    (["1. 开场", BODY, "2. 正文", BODY], "H.H."),
    (["题目", "今天", "我们在这里", "隆重集会", "庆祝建党一百周年。"], "T...."),
    (["题目", BODY, "1. 学习", "结语", BODY], "T..H."),
    (["题目", BODY, "同志们", BODY], "T..."),
    (["题目", BODY, "本作品是我们的", BODY], "T..."),
    (["题目", BODY, "一是", BODY], "T..."),
    (["题目", BODY, "结束"], "T.."),
    (["题目", BODY, "“结束”", BODY], "T..."),
    # the limits of a title, its second line and bylines
    (["长" * 48, BODY], "T."),
    (["长" * 49, BODY], ".."),
    (["我们为什么要读书？", "黄河入海流"], ".."),
    (["全国代表大会上", "的报告", BODY], "TT."),
    (["全国代表大会上", "长" * 45 + "的报告", BODY], "TT."),
    (["全国代表大会上", "长" * 46 + "的报告", BODY], "T.."),
    (["政府工作报告", "在大会上的讲话", BODY], "TH."),
    (["题目", "——" + "在" * 39, BODY], "TB."),
    (["题目", "——" + "在" * 40, BODY], "T.."),
    (["题目", "——在大会上", BODY], "TB."),
    (["题目", *["——在大会上"] * 9, BODY], "T" + "B" * 8 + "H."),
    (["计划报告", "国家发展和改革委员会", "各位代表："], "TB."),
    (["题目", "2024年1月1日，我们开会。", BODY], "T.."),
    (["题目", "一、2024年1月1日", BODY], "TH."),
    # the limits of a heading
    (["（一）" + "长" * 29, BODY], "H."),
    (["（一）" + "长" * 30, BODY], ".."),
    (["题目", BODY, "长" * 16, BODY * 2], "T.H."),
    (["题目", BODY, "长" * 17, BODY * 2], "T..."),
    (["题目", BODY, "学习，工作", BODY], "T..."),
    (["题目", BODY, "今后打算", "我们要更努力工作。"], "T.H."),
    (["题目", BODY, "今后打算", "我们要努力工作。"], "T..."),
    (["题目", BODY, "今后打算", "我们要更努力地工作"], "T..."),
    (["题目", BODY, "今天我们在这里", "隆重集会", BODY], "T...."),
    (["题目", BODY, "一、结束"], "T.."),
    (["（一）促进农民增收。", "一二三四五六七八九十一二三四五六七八九十。"], "H."),
    (["（一）促进农民增收。", "一二三四五六七八九十一二三四五六七八九。"], ".."),
    (["（一）促进农民增收。去年增长百分之五。", BODY * 3], ".."),
]


@pytest.mark.parametrize(("lines", "kinds"), OUTLINES)
def test_what_stands_where(lines: list[str], kinds: str) -> None:
    assert outline(*lines) == kinds


def test_the_only_heading_of_the_highest_level_is_the_title() -> None:
    top, lower = (Block(f"第{n}", BlockKind.HEADING, level=n) for n in (1, 2))
    body = Block(BODY)
    for blocks, kinds in (
        ([top, body, lower, body, lower, body], "T.H.H."),
        ([top, body, top, body], "H.H."),
        ([lower, body, top, body], "T.H."),
        ([Block("题", BlockKind.TITLE), Block("2024年1月1日")], "TB"),
        ([Block("题", BlockKind.TITLE), Block("的报告")], "T."),
        ([Block("题", BlockKind.TITLE), Block("的报告", BlockKind.HEADING), body], "TH."),
    ):
        assert "".join(MARKS[b.kind] for b in recognize(blocks)) == kinds
    assert [b.level for b in recognize([top, body, lower, body])] == [0, 0, 2, 0]


LEVELS = [
    ("第一章 总则", 1),
    ("一、回顾", 2),
    ("第一节 总则", 2),
    ("（一）成绩", 3),
    ("结语", 3),
    ("Chapter One", 1),
]


@pytest.mark.parametrize(("heading", "level"), LEVELS)
def test_levels(heading: str, level: int) -> None:
    assert from_text(f"题目\n\n{heading}\n\n{BODY}").blocks[1].level == level


TITLE_BLOCKS = [
    (
        "在大会上的讲话\n\n国务院总理 李克强\n\n2023年3月5日\n\n",
        ("在大会上的讲话", "李克强", "2023-03-05"),
    ),
    ("在第二十次大会上\n\n的报告\n\n张三\n\n", ("在第二十次大会上的报告", "张三", None)),
    ("宣言\n\n联合国一九四八年十二月十日通过\n\n", ("宣言", None, "一九四八年十二月十日")),
    (
        "Address\n\nBy John F. Kennedy\n\nJanuary 20, 1961\n\n",
        ("Address", "John F. Kennedy", "January 20, 1961"),
    ),
    ("---\ntitle: 甲\nspeaker: 乙\n---\n题目\n\n张三\n\n", ("甲", "乙", None)),
    ("题目：我的祖国\n\n市长 覃伟中\n\n", ("我的祖国", "覃伟中", None)),
    ("题目：论题目：甲乙\n\n", ("论题目：甲乙", None, None)),
    ("毕业典礼致辞\n\n李　明\n\n", ("毕业典礼致辞", "李明", None)),
    ("", (None, None, None)),
]


@pytest.mark.parametrize(("head", "fields"), TITLE_BLOCKS)
def test_what_the_head_tells(head: str, fields: tuple[str | None, ...]) -> None:
    front_matter = from_text(head + BODY).front_matter
    assert (front_matter.title, front_matter.speaker, front_matter.date) == fields


def test_kinds_that_a_document_tells_are_kept() -> None:
    marked = [
        Block("题目", BlockKind.TITLE),
        Block("副题", BlockKind.BYLINE),
        Block("张三"),
        Block("一、回顾"),
        Block("展望", BlockKind.HEADING, level=4),
        Block(BODY),
    ]
    recognized = recognize(marked)
    assert "".join(MARKS[b.kind] for b in recognized) == "TBB.H."
    assert recognized[4].level == 4


SPEECHES = Path(__file__).parents[3] / "shared" / "speeches"
REAL = [
    ("closing-address.txt", "市政协党组书记、主席在政协闭幕大会上的讲话", None, None, 0),
    ("work-report-2023.txt", "政府工作报告", "李克强", "2023-03-05", 2),
    ("declaration-traditional.txt", "世界人權宣言", None, "一九四八年十二月十日", 31),
    ("encodings/declaration.gb2312.txt", "世界人权宣言", None, "一九四八年十二月十日", 31),
    ("encodings/gwr_1999.utf16be_bom.txt", None, None, None, 10),
    ("encodings/gwr_2018.utf16le_bom.txt", None, None, None, 3),
    ("inaugural-1961-en.txt", None, None, None, 0),
    ("inaugural-2009-en.txt", None, None, None, 0),
]


@pytest.mark.skipif(not SPEECHES.is_dir(), reason="the speeches to try with are not here")
@pytest.mark.parametrize(("name", "title", "speaker", "date", "headings"), REAL)
def test_real_speeches(
    name: str, title: str | None, speaker: str | None, date: str | None, headings: int
) -> None:
    document = read(SPEECHES / name)
    front_matter = document.front_matter
    assert (front_matter.title, front_matter.speaker, front_matter.date) == (title, speaker, date)
    # What a page of the web has beneath the speech is no part of it.
    spoken = [b for b in document.blocks if b.kind is BlockKind.HEADING and "本作品" not in b.text]
    assert len(spoken) == headings


@given(st.lists(st.text("我们在A b.。！：一、（）1", min_size=1).map(str.strip).filter(bool)))
def test_only_kinds_are_changed(texts: list[str]) -> None:
    recognized = recognize([Block(text, row=i) for i, text in enumerate(texts)])
    assert [b.text for b in recognized] == texts
    assert [b.row for b in recognized] == list(range(len(texts)))
