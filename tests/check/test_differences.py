"""Where two texts differ: complete, and as short as can be seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.check import differences
from speechcast.check.differences import find_differences

SPEECH = "".join(chr(0x4E00 + i * 7 % 2000) for i in range(3000))


def rebuilt(a: str, b: str) -> str:
    """Return `b`, made of `a` and the differences."""
    pieces, position = [], 0
    for start, end, first, after in find_differences(a, b):
        pieces += [a[position:start], b[first:after]]
        position = end
    return "".join([*pieces, a[position:]])


@settings(deadline=None)
@given(st.text("ab", max_size=40), st.text("ab", max_size=40), st.integers(1, 60))
def test_the_differences_make_one_text_the_other(a: str, b: str, times: int) -> None:
    assert rebuilt(a * times, b * times) == b * times


@pytest.mark.parametrize("position", [0, 1, 1499, 2999])
def test_one_character_is_found_in_a_long_text(position: int) -> None:
    shorter = SPEECH[:position] + SPEECH[position + 1 :]
    assert list(find_differences(SPEECH, shorter)) == [(position, position + 1, position, position)]


def test_the_longest_common_order_is_kept() -> None:
    """Of two stretches that changed places, the shorter one is what moved."""
    first, second, third = SPEECH[:1000], SPEECH[1000:1400], SPEECH[1400:]
    moved = list(find_differences(first + second + third, second + first + third))
    assert sum(end - start for start, end, _, _ in moved) == len(second)
    assert sum(after - before for _, _, before, after in moved) == len(second)


def test_distant_differences_are_found_one_by_one() -> None:
    cues = SPEECH[:10] + SPEECH[20:1500] + "改" + SPEECH[1500:-5] + "了" + SPEECH[-4:]
    assert list(find_differences(SPEECH, cues)) == [
        (10, 20, 10, 10),
        (1500, 1500, 1490, 1491),
        (2995, 2996, 2986, 2987),
    ]


def one_in_common(first: int, second: int) -> tuple[str, str]:
    """Two texts of these lengths that share a character in the middle of each, and no more."""
    a, b = ["".join(chr(start + n) for n in range(99_999)) for start in (0x4E00, 0x20000)]
    half, other = first // 2, second // 2
    return (
        f"{a[:half]}同{a[half : first - 1]}",
        f"{b[:other]}同{b[other : second - 1]}",
    )


@pytest.mark.parametrize(("first", "second", "count"), [(200, 200, 2), (221, 181, 1)])
def test_texts_of_up_to_forty_thousand_pairs_are_compared_by_character(
    first: int, second: int, count: int
) -> None:
    """Longer ones without a stretch of three in common are one difference."""
    a, b = one_in_common(first, second)
    assert len(a) == first
    assert len(list(find_differences(a, b))) == count


def test_a_character_that_is_frequent_is_compared_as_well() -> None:
    a, b = f"甲{'的' * 188}丁", f"乙{'的' * 208}丙"
    found = list(find_differences(a, b))
    assert sum(end - start for start, end, _, _ in found) == 2
    assert sum(after - first for _, _, first, after in found) == 22


@pytest.mark.parametrize(
    ("a", "b", "area"),
    [
        ("abxcd", "abyycd", (2, 3, 2, 4)),
        ("ab", "ab", (2, 2, 2, 2)),
        ("aa", "aaa", (2, 2, 2, 3)),
        ("", "ab", (0, 0, 0, 2)),
        ("ba", "ca", (0, 1, 0, 1)),
    ],
)
def test_the_common_beginning_and_end_are_left_out(
    a: str, b: str, area: tuple[int, int, int, int]
) -> None:
    assert differences._trimmed(a, b, (0, len(a), 0, len(b))) == area


@pytest.mark.parametrize(
    ("a", "b", "anchors"),
    [
        ("abc", "abc", [(0, 0)]),
        ("abcd", "xabcdy", [(0, 1), (1, 2)]),
        ("abcabc", "abc", []),  # it is twice in one
        ("ab", "ab", []),
        ("abc-def-ghi", "def+abc+ghi", [(4, 0), (8, 8)]),
        ("abc-def-ghi-", "ghi+abc+def+", [(0, 4), (4, 8)]),
        ("", "", []),
    ],
)
def test_the_anchors_are_the_longest_list_that_is_in_order_in_both(
    a: str, b: str, anchors: list[tuple[int, int]]
) -> None:
    assert differences._find_anchors(a, b, 3) == anchors


def test_a_long_text_is_divided_at_stretches_of_twenty_four_eight_and_three() -> None:
    """What both have in common, between texts that share nothing else."""
    a, b = one_in_common(900, 900)
    for length in (24, 8, 3):
        common = "".join(chr(0x3100 + n) for n in range(length))
        parts = [common.join(halves) for halves in ((a[:99], a[99:]), (b[:700], b[700:]))]
        found = list(find_differences(*parts))
        assert (0, 99, 0, 700) in found
        assert sum(end - start for start, end, _, _ in found) <= 900


def test_a_stretch_of_eight_divides_though_its_parts_are_elsewhere_as_well() -> None:
    a, b = one_in_common(900, 900)
    common = "".join(chr(0x3100 + n) for n in range(8))
    parts = "、".join(common[n : n + 3] for n in range(6))
    found = list(
        find_differences(f"{parts}{a[:99]}{common}{a[99:]}", f"{b[:700]}{common}{b[700:]}")
    )
    assert (0, len(parts) + 99, 0, 700) in found
