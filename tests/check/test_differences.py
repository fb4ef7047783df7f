"""Where two texts differ: complete, and as short as can be seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
