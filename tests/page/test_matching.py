"""Where cues and words stand in their text, and the chapters of a page."""

from __future__ import annotations

import pytest

from speechcast.audio.tags.model import TimedRange
from speechcast.model import BlockKind
from speechcast.page.matching import find_cues
from speechcast.page.transcript import Chapter, TimedParagraph, list_chapters
from speechcast.subtitles.caption import Caption, CaptionWord


@pytest.mark.parametrize(("skipped", "found"), [(200, True), (201, False)])
def test_so_many_letters_may_stand_between_two_cues(skipped: int, found: bool) -> None:
    text = "甲。（" + "丙" * skipped + "）乙。"
    ranges = find_cues(text, [Caption(0, 900, "甲。"), Caption(1000, 1900, "乙。")])
    assert (ranges is not None) is found
    if ranges:
        assert ranges == [TimedRange(0, 1, 0), TimedRange(skipped + 4, skipped + 5, 1000)]


def test_each_word_has_its_letters_and_a_sign_its_own() -> None:
    words = (
        CaptionWord(0, "甲乙"),
        CaptionWord(100, "，"),
        CaptionWord(None, "丙"),
        CaptionWord(300, " = "),
        CaptionWord(400, "丁"),
        CaptionWord(500, "…"),
    )
    (caption,) = [Caption(0, 900, "甲乙，丙 = 丁", words=words)]
    assert find_cues("“甲\n乙，丙 = 丁”。", [caption]) == [
        TimedRange(1, 4, 0),
        TimedRange(4, 5, 100),
        TimedRange(7, 8, 300),
        TimedRange(9, 10, 400),
    ]


def test_a_word_is_never_earlier_than_the_one_before() -> None:
    words = (CaptionWord(500, "甲"), CaptionWord(400, "乙"))
    captions = [Caption(500, 900, "甲乙", words=words), Caption(450, 900, "丙")]
    assert [r.time for r in find_cues("甲乙丙", captions) or []] == [500, 500, 500]


def paragraph(text: str, time: int | None, kind: BlockKind = BlockKind.BODY) -> TimedParagraph:
    ranges = () if time is None else (TimedRange(0, 1, time),)
    return TimedParagraph(text, ranges, kind)


def heading(text: str, time: int | None) -> TimedParagraph:
    return paragraph(text, time, BlockKind.HEADING)


CHAPTERS = [
    ([paragraph("甲", 0)], ()),
    ([heading(" 一 ", 0), paragraph("甲", 9)], (Chapter("一", 0),)),
    ([paragraph("甲", 0), heading("一", 9)], (Chapter("题", 0), Chapter("一", 9))),
    ([paragraph("甲", None), heading("一", 9)], (Chapter("一", 9),)),
    (
        [heading("不读", None), paragraph("甲", 3), heading("一", 9)],
        (Chapter("题", 0), Chapter("一", 9)),
    ),
]


@pytest.mark.parametrize(("passages", "chapters"), CHAPTERS)
def test_a_chapter_for_each_heading_that_is_heard(
    passages: list[TimedParagraph], chapters: tuple[Chapter, ...]
) -> None:
    assert list_chapters(passages, "题") == chapters
