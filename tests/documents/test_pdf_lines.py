"""The lines of a page: which are one line, and which are one paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from speechcast.documents.pdf.layout import join_paragraphs
from speechcast.documents.pdf.lines import Page, TextLine

SIZE = 12.0
STEP = 20.0
FULL = "这一行写满了整整一行的三十个字所以它的下一行还是同一个段落里的"


def line(text: str, left: float = 72, bottom: float = 700, size: float = SIZE) -> TextLine:
    """Return a line whose characters are as wide as they are high, half as wide in Latin."""
    widths = [size if ord(c) > 0x2000 else size / 2 for c in text]
    word = text.split(" ", maxsplit=1)[0]
    return TextLine(
        text=text,
        left=left,
        right=left + sum(widths),
        bottom=bottom,
        top=bottom + size,
        first_word_width=sum(widths[: len(word)]),
    )


def beneath(*lines: tuple[str, float] | str, distance: float = STEP) -> list[TextLine]:
    """Return lines one beneath the other, each with the characters by which it is indented."""
    pairs = [(item, 0.0) if isinstance(item, str) else item for item in lines]
    return [
        line(text, 72 + indent * SIZE, 700 - distance * n) for n, (text, indent) in enumerate(pairs)
    ]


def paragraphs(lines: list[TextLine]) -> list[str]:
    return join_paragraphs([Page(842, lines)])


def test_the_size_of_a_line_is_its_height_and_never_nothing() -> None:
    assert line("好", size=1.5).size == 1.5
    assert line("好", size=0).size == 1.0


@pytest.mark.parametrize(
    ("other", "follows"),
    [
        (line("乙", left=84), True),
        (line("乙", left=79), True),  # a little overlap
        (line("乙", left=77), False),
        (line("乙", left=84, bottom=705), True),
        (line("乙", left=84, bottom=707), False),
    ],
)
def test_what_stands_beside_is_one_line(other: TextLine, follows: bool) -> None:
    assert line("甲").is_followed_by(other) is follows


@pytest.mark.parametrize(
    ("first", "other", "text", "is_row"),
    [
        (line("甲"), line("乙", left=84), "甲乙", False),
        (line("in"), line("a", left=88), "in a", False),
        (line("in"), line("a", left=84), "ina", False),
        (line("甲"), line("乙", left=84 + 2.5 * SIZE), "甲乙", False),
        (line("甲"), line("乙", left=84 + 3.5 * SIZE), "甲，乙", True),  # the cells of a table
        (replace(line("甲"), is_row=True), line("乙", left=84), "甲乙", True),
        (line("甲"), replace(line("乙", left=84), is_row=True), "甲乙", True),
        (line("5m"), line("2", left=84, bottom=706, size=7), "5m²", False),
        (line("H"), line("2", left=78, bottom=697, size=7), "H₂", False),
        (line("H"), line("2", left=78, bottom=699), "H2", False),  # lower, but not smaller
        (line("H"), line("2", left=78, bottom=700, size=7), "H2", False),  # smaller, but no lower
        (line("•"), line("第一", left=96), "第一", False),
    ],
)
def test_two_parts_of_a_line(first: TextLine, other: TextLine, text: str, is_row: bool) -> None:
    whole = first.extended(other)
    assert (whole.text, whole.is_row, whole.left) == (text, is_row, first.left)


def test_a_line_in_two_parts_is_as_high_and_wide_as_both() -> None:
    whole = line("甲").extended(line("乙", left=84, bottom=703))
    assert (whole.left, whole.right, whole.bottom, whole.top) == (72, 96, 700, 715)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (beneath(FULL, FULL, "完。"), [FULL + FULL + "完。"]),
        (beneath((FULL, 2), FULL, "完。", (FULL, 2)), [FULL + FULL + "完。", FULL]),
        # indented by equally much, line after line: a quotation is one paragraph
        (
            beneath(FULL, (FULL[:28], 2), (FULL[:28], 2), (FULL[:20] + "。", 2), FULL),
            [FULL, FULL[:28] * 2 + FULL[:20] + "。", FULL],
        ),
        (beneath(FULL, FULL[:10], "完。"), [FULL + FULL[:10], "完。"]),
        (beneath(FULL[:-2] + "了。", "完。"), [FULL[:-2] + "了。完。"]),
        (beneath(FULL, FULL[:-5] + "了。", "完。"), [FULL + FULL[:-5] + "了。", "完。"]),
        (beneath(FULL, FULL[:-3], "完。"), [FULL + FULL[:-3] + "完。"]),
        (beneath(FULL[:-1] + "。", "1. 完。"), [FULL[:-1] + "。", "1. 完。"]),
        (beneath(FULL, "1. 完。"), [FULL + "1. 完。"]),
        # beneath the text of an item, not its number
        (
            beneath("1. " + FULL[:28], (FULL[:28], 2), ("完。", 2), "2. 完。", ("段。", 2)),
            ["1. " + FULL[:28] + FULL[:28] + "完。", "2. 完。", "段。"],
        ),
        ([line("题" * 30, 72, 760, 18), *beneath(FULL, "完。")], ["题" * 30, FULL + "完。"]),
    ],
)
def test_indents_ends_and_numbers_part_paragraphs(
    lines: list[TextLine], expected: list[str]
) -> None:
    assert paragraphs(lines) == expected


@pytest.mark.parametrize(("gap", "count"), [(1.3, 1), (1.45, 2), (1.8, 2)])
def test_a_wider_distance_parts_paragraphs(gap: float, count: int) -> None:
    above = beneath(*[FULL] * 5)
    below = [replace(x, bottom=x.bottom - gap * STEP, top=x.top - gap * STEP) for x in above]
    moved = [replace(x, bottom=x.bottom - 4 * STEP, top=x.top - 4 * STEP) for x in below]
    assert len(paragraphs([*above, *moved])) == count


def test_the_lines_of_a_title_in_the_middle_are_one() -> None:
    title = [line("在全省工作", 180, 780, 18), line("会议上的讲话", 171, 750, 18)]
    assert paragraphs([*title, *beneath(FULL, "完。")]) == ["在全省工作会议上的讲话", FULL + "完。"]
    closed = [line("开会了。", 189, 780, 18), line("会议上的讲话", 171, 750, 18)]
    assert paragraphs([*closed, *beneath(FULL, "完。")])[:2] == ["开会了。", "会议上的讲话"]


def test_narrow_columns_are_lists() -> None:
    assert paragraphs(beneath("一二三四五六七", "八九", distance=14)) == ["一二三四五六七", "八九"]


def test_a_word_that_is_hyphenated_elsewhere_keeps_its_hyphen() -> None:
    text = beneath(
        "They spoke of decision-making here,",
        "and later of decision-",
        "making power, and of the na-",
        "tion.",
    )
    assert paragraphs(text) == [
        "They spoke of decision-making here, and later of decision-making power, and of the nation."
    ]


def test_small_lines_below_the_text_that_begin_with_a_mark_are_notes() -> None:
    text = beneath(FULL, "完。")
    notes = [line("1 见附录。", bottom=100, size=9), line("附录在后。", bottom=88, size=9)]
    assert paragraphs([*text, *notes]) == [FULL + "完。"]
    unmarked = [line("这不是注。", bottom=100, size=9)]
    assert paragraphs([*text, *unmarked]) == [FULL + "完。", "这不是注。"]
    above = [line("1 见附录。", bottom=760, size=9)]
    assert paragraphs([*above, *text]) == ["1 见附录。", FULL + "完。"]


@pytest.mark.parametrize(
    ("end", "start", "joint"),
    [("1914-", "1918", "1914-1918"), ("COVID-", "19.", "COVID-19."), ("Sino-", "US", "Sino-US"),
     ("1914–", "1918", "1914–1918"), ("here -", "There", "here - There")],
)  # fmt: skip
def test_what_stands_after_a_dash_at_the_end_of_a_line(end: str, start: str, joint: str) -> None:
    words = "word " * 13
    assert paragraphs(beneath(words + end, start)) == [words + joint]
