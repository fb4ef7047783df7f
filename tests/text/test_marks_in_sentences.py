"""Which marks end no sentence: those of quotations, of list numbers, of abbreviations."""

from __future__ import annotations

import pytest

from speechcast.text.list_numbers import find_items, is_list_number
from speechcast.text.quotations import find_held_marks
from speechcast.text.sentences import split_sentences

# A text, and the part of it in which a mark ends no sentence.
HELD = [
    ("《好！》", "《好！"),
    ("〈好！〉", "〈好！"),
    ("《好！", ""),
    ("好！》", ""),
    # A hundred half-width columns, or fifty Chinese characters, are read in one breath.
    (f"《{'好！' * 24}好》。", f"《{'好！' * 24}好"),
    (f"《{'好！' * 25}》。", ""),
    (f"{'天' * 60}《好！》", "《好！"),
    (f"{'天' * 60}，“好！妙！”的字", "“好！妙！"),
    (f"《{'aa' * 49}！》。", ""),
    (f"《{'aa' * 48}！》。", f"《{'aa' * 48}！"),
    (f"他写“{'好！' * 24}好”的字", f"“{'好！' * 24}好"),
    (f"他写“{'好！' * 25}”的字", "！"),
    # Inside a clause, if a word, a figure or a bracket stands before it.
    ("他“好！妙！”", "“好！妙"),
    ("他 “好！妙！”", "“好！妙"),
    ("他  “好！妙！”", ""),
    ("（好）“好！妙！”", "“好！妙"),
    ("“好！妙！”", ""),
    (" “好！妙！”", ""),
    ("，“好！妙！”", ""),
    ("他“好！妙。”我", ""),
    ("他“好！妙.”我", "“好！妙"),
    # The clause goes on after it.
    ("“好！妙！”的字", "“好！妙！"),
    ("“好！妙！” 的字", "“好！妙！"),
    ("“好！妙！”的确", ""),
    ("他“好！妙！”两个", "“好！妙！"),
    ("他“好！妙！”我们", "“好！妙"),
    ("他“好！妙！”，是", "“好！妙"),
    ("他“好！妙！”（见", "“好！妙！"),
    ("他“好！妙！”A是", "“好！妙！"),
    ("He “好！妙！”Ann", "“好！妙"),
    ("She “Yes! No!” and", "“Yes! No!"),
    ("“Yes! No!” and", "“Yes! No!"),
    ("“Yes! No!” she once said", ""),
    ("“Yes! No!” a b c d said", "“Yes! No!"),
    ("“好！妙！”这三个字", "“好！妙！"),
    ("：“好！妙！”这三个字", ""),
    ("：“好！妙！”的字", "“好！妙！"),
    (f"“好！”在{'天' * 12}响起", "“好！"),
    (f"“好！”在{'天' * 13}响起", ""),
    ("「為誰？」這個問題", "「為誰？"),
    # Up to eight marks at its end.
    (f"他“好{'！' * 8}”", "“好"),
    (f"他“好{'！' * 9}”", "“好！"),
    # One after another, one in another, and what only looks like marks.
    ("“好！”“妙！”的字", "“好！”“妙！"),
    ("“好！” “妙！”的字", "“妙！"),
    ("“好！‘妙！’”的字", "“好！‘妙！’"),
    ("他‘好！”妙！’的字", "‘好！”妙！"),
    ('"好！"的字', '"好！'),
    ('"好！的字', ""),
    ("‘90s！’的", ""),
    ("don’t！’的", ""),
    ("‘don’t！’的", "‘don’t！"),
]


@pytest.mark.parametrize(("text", "held"), HELD)
def test_where_a_mark_ends_no_sentence(text: str, held: str) -> None:
    marks = find_held_marks(text)
    assert len(marks) == len(text)
    assert "".join(char for char, mark in zip(text, marks, strict=True) if mark) == held


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("1", True),
        ("123", True),
        ("1234", False),
        ("一", True),
        ("十二三", True),
        ("第十二三", True),
        ("第一二三四", False),
        ("（1", True),
        ("•（一", True),
        ("•（iii", True),
        ("•（iiii", True),
        ("iiiii", True),
        ("（iiiii", True),
        ("•（iiiii", True),
        ("Ⅻ", True),
        ("a", True),
        ("ab", False),
        ("甲", False),
        ("", False),
        ("  •  1", True),
        ("如下：1", True),
        ("如下； • 1", True),
        ("如下，1", False),
        ("如下 1", False),
    ],
)
def test_numbers_of_lists(text: str, is_number: bool) -> None:
    assert is_list_number(text, 0, len(text)) is is_number
    assert is_list_number(f"甲。{text}.", 2, 2 + len(text)) is is_number


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1. Open 2. Read 3. Close", ["2. Read ", "3. Close"]),
        ("7. Open 8. Read", ["8. Read"]),
        ("1. Add 3. 2. Stir 3. Eat", ["2. Stir ", "3. Eat"]),
        ("1. Open 3. Read", []),
        ("1. Open 2. Read 4. Close", ["2. Read 4. Close"]),
        ("1. Add 2.5 cups 2. Stir", ["2. Stir"]),
        ("1. Add2. Stir", []),
        ("1. Add 2. stir 2. Stir", ["2. Stir"]),
        ("1. Add 2.", []),
        ("1. Add 2. ", []),
        ("1) Add 2)", []),
        ("1) add 2) stir", ["2) stir"]),
        ("1. 加 2. 拌", ["2. 拌"]),
        ("A. Smith met B. Jones", []),
        ("A. 加 B. 拌", ["B. 拌"]),
        ("a. Add b. Stir", ["b. Stir"]),
        ("A、加 B、拌", ["B、拌"]),
        ("①加 ②拌", ["②拌"]),
        ("（1）加 （2）拌", ["（2）拌"]),
        ("步骤：1.加 2.拌", ["2.拌"]),
        ("步骤，1.加 2.拌", []),
        ("•1.加 •2.拌", ["•2.拌"]),
        ("九、加 十、拌", []),
        ("没有数字", []),
    ],
)
def test_items_of_a_list(text: str, items: list[str]) -> None:
    starts = list(find_items(text))
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], None], strict=False)] == items


DOTS = [
    # The longest word before a dot that may be an abbreviation, and what stands before a time.
    ("At the meeting of yesterday at 5 p.m. News came.", 2),
    ("The 5 p.m. News came.", 1),
    ("It was on the 5 p.m. News.", 1),
    ("Until 5 p.m. Ann slept.", 1),
    ("We slept until 5 p.m. Ann slept.", 2),
    ("Come at 5 p.m. Friday.", 1),
    ("Come at 5 p.m. Friday is free.", 2),
    ("Come at 5 p.m. Sept. 3.", 1),
    ("下午5 p.m. 开会。", 2),
    ("下午5p.m.开会。", 1),
    ("At 5 p.m. “Go!”", 2),
    # Before figures: No. 5, Fig. A; as words they end a sentence.
    ("See No. 5 there.", 1),
    ("No. 5 is there.", 1),
    ("It is a no. Five came.", 2),
    ("He said no. II was there.", 2),
    ("See vol. II there.", 1),
    ("See vol. A there.", 1),
    ("See vol. A’s there.", 2),
    ("See vol. There it is.", 2),
    ("We sat in a tab. A man came.", 2),
    # Titles, and abbreviations that may be last.
    ("We met dr. Wu there.", 1),
    ("We met Rep. Wu there.", 1),
    ("He hurt his rep. Wu left.", 2),
    ("Ajax Inc. Chairman Wu left.", 1),
    ("Ajax Inc. The chairman left.", 2),
    ("Ajax Inc. “The chairman left.”", 2),
    ("Ajax Inc. “Chairman” left.", 1),
    ("Ajax Incx. Chairman Wu left.", 2),
    # Initials, units, and I.
    ("J. Wu left.", 1),
    ("We saw j. Wu left.", 2),
    ("It is 5 C. Wu left.", 2),
    ("So did I. Wu left.", 2),
    ("It was Ann I. Wu.", 1),
    ("In World War I. Wu fought.", 2),
    ("It was Wu et al. Ann left.", 1),
    ("It was Wu et al. They left.", 2),
    ("See ii. One. b) Two.", 3),
]


@pytest.mark.parametrize(("text", "count"), DOTS)
def test_which_dots_end_a_sentence(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count, split_sentences(text)
