"""Raised and lowered text: exponents, notes, ordinals, fractions. Golden tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents.raised import write_fraction, write_lowered, write_raised

# What stands before, the raised run, what stands after; the line that comes of them.
RAISED = [
    # exponents
    ("面积为100m", "2", "，", "面积为100m²，"),
    ("约等于10", "3", "亩", "约等于10³亩"),
    ("10", "-3", "", "10⁻³"),
    ("10", "−3", "", "10⁻³"),
    ("10", "５", "个", "10⁵个"),
    ("10", "5-6", "个", "10⁵⁻⁶个"),
    ("2", "10", "=1024", "2¹⁰=1024"),
    ("1.5", "2", "", "1.5²"),
    ("πr", "2", "h", "πr²h"),
    ("a", "2", "+b", "a²+b"),
    ("sin", "2", "x", "sin²x"),
    ("(a+b)", "2", "=", "(a+b)²="),
    ("12km", "2", "", "12km²"),
    ("3 in", "2", "", "3 in²"),
    ("100米", "2", "。", "100米²。"),
    ("s=ab", "2", "", "s=ab²"),
    ("2", "n", "", "2ⁿ"),
    ("x", "n+1", "", "xⁿ⁺¹"),
    ("10", "2.5", "倍", "10^2.5倍"),
    ("e", "x/2", "", "e^(x/2)"),
    ("Ca", "2+", "", "Ca²⁺"),
    ("SO₄", "2-", "", "SO₄²⁻"),
    ("年代用", "14", "C测定", "年代用¹⁴C测定"),
    ("1", "1", "/2杯", "1¹/2杯"),
    ("25", "o", "C", "25°C"),
    ("25", "0", "C", "25°C"),
    # notes
    ("据报道", "[1]", "，", "据报道，"),
    ("据报道", "［1］", "，", "据报道，"),
    ("据报道", "[1,2-4]", "，", "据报道，"),
    ("据报道", "[1][2]", "，", "据报道，"),
    ("据报道", "〔3〕", "，", "据报道，"),
    ("据报道", "①", "，", "据报道，"),
    ("据报道", "(2)", "，", "据报道，"),
    ("据报道", "注1", "，", "据报道，"),
    ("产量上升", "2,3", "。", "产量上升。"),
    ("产量上升。", "12", "", "产量上升。"),
    ("他说：“好。”", "1", "", "他说：“好。”"),
    ("5.2%", "1", "", "5.2%"),
    ("in 2019", "3", "", "in 2019"),
    ("economic growth", "2", " was", "economic growth was"),
    ("growth.", "14", " It", "growth. It"),
    ("that it is", "2", ".", "that it is."),
    ("growth", "a", "", "growth"),
    ("显著", "*", "", "显著"),
    ("p<0.05", "**", "", "p<0.05"),
    ("", "1", " 见第三章", " 见第三章"),
    ("来自米", "2", "", "来自米"),
    ("(see above)", "4", "", "(see above)"),
    ("气温25", "o", "C", "气温25°C"),
    ("体积以m", "3", "计", "体积以m³计"),
    # neither
    ("the 1", "st", " day", "the 1st day"),
    ("19", "th", "", "19th"),
    ("M", "lle", " Dupont", "Mlle Dupont"),
    ("产品", "®", "", "产品®"),
    ("产品", "TM", "", "产品TM"),
    ("见", "（上）", "", "见（上）"),
    ("5", "′", "", "5′"),
    ("已经", "² ", "", "已经² "),
    ("间隔", " ", "后", "间隔 后"),
    # degrees only between a figure and a scale
    ("25", "o", "X", "25oX"),
    ("Q", "o", "C", "QᵒC"),
    ("5x", "o", "C", "5xᵒC"),
    # the top of a fraction, but no address
    ("据报道", "1", "/2", "据报道¹/2"),
    ("据报道", "1", "//2", "据报道//2"),
    # isotopes have two figures or more, and no further letter
    ("年代用", "4", "C", "年代用C"),
    ("年代用", "14", "CO", "年代用CO"),
    ("年代用", "235", "U", "年代用²³⁵U"),
    # Chinese units have squares and cubes
    ("每米", "2", "", "每米²"),
    ("5米", "4", "", "5米"),
    ("据尺", "2", "", "据尺"),
    # powers of ten, and of other figures
    ("10", "5~6", "", "10^(5~6)"),
    ("10", "1", "", "10¹"),
    ("110", "3-4", "", "110"),
    ("2", "1", "", "2"),
    # units that are English words too
    ("12 ft", "2", "", "12 ft²"),
    ("3ft", "2", "", "3ft²"),
    ("x ft", "2", "", "x ft"),
    ("a bar", "2", "", "a bar"),
    ("5 min", "2", "", "5 min²"),
    ("the 3 m", "2", "", "the 3 m²"),
    # two letters are variables unless they are a word
    ("TV", "2", "", "TV²"),
    ("The IT", "2", "", "The IT"),
    ("It", "2", "", "It"),
    ("xyz", "2", "", "xyz"),
    # letters: after a variable, a word, a mark, a figure
    ("ab", "a", "", "abᵃ"),
    ("abc", "a", "", "abc"),
    ("，", "a", "", "，"),
    ("  ", "a", "", "  a"),
    ("x5", "a", "", "x5a"),
    ("x", "st", "", "xst"),
    ("x", "e", "", "xᵉ"),
    ("x5", "e", "", "x5e"),
    ("5x", "e", "", "5xᵉ"),
    ("甲a", "x", "", "甲aˣ"),
    ("甲", "Q", "", "甲Q"),
    ("a", "甲", "", "a甲"),
    # what has signs and no raised form
    ("甲", "+", "", "甲⁺"),
    ("Ca", "±", "", "Ca±"),
    ("，", "2.5x", "", "，2.5x"),
    ("a", "−2.5", "", "a^(−2.5)"),
    ("a", "1甲", "", "a1甲"),
]


@pytest.mark.parametrize(("before", "raised", "after", "line"), RAISED)
def test_raised_text_is_an_exponent_a_note_or_plain(
    before: str, raised: str, after: str, line: str
) -> None:
    assert before + write_raised(raised, before, after) + after == line


LOWERED = [
    ("H", "2", "H₂"),
    ("log", "2", "log₂"),
    ("x", "i", "xᵢ"),
    ("x", "n+1", "xₙ₊₁"),
    ("V", "max", "Vmax"),
    ("T", "c", "Tc"),
    ("甲", "乙", "甲乙"),
    ("，", "i", "，i"),
    ("x", "ab", "xab"),
    ("a", "Q", "aQ"),
    ("x", " 2 ", "x₂"),
    ("甲，a", "i", "甲，aᵢ"),
]


@pytest.mark.parametrize(("before", "lowered", "line"), LOWERED)
def test_lowered_figures_stay_apart_from_the_others(before: str, lowered: str, line: str) -> None:
    assert before + write_lowered(lowered, before) == line


FRACTIONS = [
    (("1", "2", ""), "½"),
    (("1", "2", "1"), "½"),
    (("3", "16", ""), "3/16"),
    (("3", "16", "1"), "³⁄₁₆"),
    (("a", "b", ""), "a/b"),
    (("3", "16", "x1"), "³⁄₁₆"),
    (("3", "16", "1x"), "3/16"),
    (("3", "b", "1"), "3/b"),
    (("a", "16", "1"), "a/16"),
    (("a+b", "2", ""), "(a+b)/2"),
    (("总收入", "总人口", ""), "总收入/总人口"),
]


@pytest.mark.parametrize(("parts", "line"), FRACTIONS)
def test_a_fraction_in_a_line(parts: tuple[str, str, str], line: str) -> None:
    assert write_fraction(*parts) == line


@given(st.text(max_size=8), st.text(max_size=12), st.text(max_size=4))
def test_raised_text_never_runs_into_the_figure_before_it(
    raised: str, before: str, after: str
) -> None:
    becomes = write_raised(raised, before + "7", after)
    assert not (
        raised.strip().isdecimal() and raised.isascii() and becomes[:1].isascii() and becomes
    )
