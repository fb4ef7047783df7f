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
    ("a", "1甲", "", "a¹甲"),
]

# Text that was taken for the reference of a note, or stood beside one, and what is a note there.
LOST = [
    # isotopes, alone, in compounds, excited, with their atomic number, several
    ("年代用", "14", "CO测定", "年代用¹⁴CO测定"),
    ("测定", "14", "CO2", "测定¹⁴CO2"),
    ("", "14", "C测年", "¹⁴C测年"),
    ("注射", "99m", "Tc", "注射⁹⁹ᵐTc"),
    ("注射", "18", "F-FDG", "注射¹⁸F-FDG"),
    ("裂变的", "235", "92U", "裂变的²³⁵92U"),
    ("分离", "235", "UF6", "分离²³⁵UF6"),
    ("测定", "3", "H和", "测定³H和"),
    ("测定", "12,13", "C", "测定¹²,¹³C"),
    ("浓缩铀", "235", "。", "浓缩铀²³⁵。"),
    ("放射源Co", "60", "。", "放射源Co⁶⁰。"),
    ("资金", "197", "，", "资金，"),
    ("碳", "99", "，", "碳，"),
    ("据报道", "14", "CPU", "据报道CPU"),
    ("据报道", "12", "C919客机", "据报道C919客机"),
    ("据报道", "3", "H股", "据报道H股"),
    ("据报道", "3", "H5N1", "据报道H5N1"),
    ("据报道", "16", "O2O", "据报道O2O"),
    ("据报道", "15", "Chrome", "据报道Chrome"),
    ("据报道", "90", "92U", "据报道92U"),
    # terms: brackets, bars, lowered characters, primes, marks above, styles of letters
    ("(x₁−x₂)", "2", "", "(x₁−x₂)²"),
    ("（长＋宽）", "2", "", "（长＋宽）²"),
    ("(1+r)", "n", "", "(1+r)ⁿ"),
    ("（1＋利率）", "n", "", "（1＋利率）ⁿ"),
    ("(sin x+cos x)", "2", "", "(sin x+cos x)²"),
    ("|x|", "2", "", "|x|²"),
    ("[a+(b-c)]", "2", "", "[a+(b-c)]²"),
    ("x₁", "2", "+", "x₁²+"),
    ("vₘₐₓ", "2", "", "vₘₐₓ²"),
    ("log₂", "2", "", "log₂²"),
    ("f′", "2", "", "f′²"),
    ("x̄", "2", "", "x̄²"),
    ("𝑥", "2", "", "𝑥²"),
    ("ｍ", "2", "", "ｍ²"),
    ("∇", "2", "φ", "∇²φ"),
    ("CO₂", "3", "排放", "CO₂排放"),
    ("（北京-上海）", "2", "", "（北京-上海）"),
    ("（同比+5%）", "2", "", "（同比+5%）"),
    ("（2019-2023）", "2", "", "（2019-2023）"),
    ("人工智能（AI）", "2", "。", "人工智能（AI）。"),
    ("(AB)", "2", "=", "(AB)²="),
    ("[1]", "2", "", "[1]"),
    ("(a。b+c)", "2", "", "(a。b+c)"),
    ("(e.g.)", "2", "", "(e.g.)"),
    ("b+c)", "2", "", "b+c)"),
    # units
    ("100㎞", "2", "。", "100㎞²。"),
    ("100 m ", "2", "。", "100 m ²。"),
    ("约10 ", "3", "亩", "约10 ³亩"),
    ("约15 ", "3", "亩", "约15 亩"),
    ("9.8米/秒", "2", "。", "9.8米/秒²。"),
    ("5光年", "3", "", "5光年³"),
    ("12 км", "2", "", "12 км²"),
    ("体重÷身高", "2", "", "体重÷身高²"),
    ("体重(kg)/身高", "2", "(m²)", "体重(kg)/身高²(m²)"),
    ("500元/人", "2", "", "500元/人"),
    ("升温1.5℃", "2", "。", "升温1.5℃。"),
    # minus signs as they are typed
    ("10", "–3", "mol", "10⁻³mol"),
    ("10", "‑3", "", "10⁻³"),
    # ordinals, derivatives, the number sign, degrees
    ("XIX", "e", " siècle", "XIXᵉ siècle"),
    ("f", "(n)", "(x)", "f⁽ⁿ⁾(x)"),
    ("f", "(2)", "(x)", "f⁽²⁾(x)"),
    ("f", "(2)", "，", "f，"),
    ("x", "(i)", "表示", "x⁽ⁱ⁾表示"),
    ("1", "#", "楼", "1#楼"),
    ("C", "#", "语言", "C#语言"),
    ("显著", "#", "", "显著"),
    ("北纬30", "o", "。", "北纬30°。"),
    ("30", "∘", "", "30°"),
    ("北纬30", "0", "，", "北纬30°，"),
    ("2", "0", "=1", "2⁰=1"),
    ("1", "o", " de mayo", "1o de mayo"),
    ("1", "o", "5月", "1o5月"),
    # a note beside an exponent, or with the mark after it
    ("100km", "2[1]", "，", "100km²，"),
    ("据报道", "1[2]", "，", "据报道，"),
    ("19", "th①", "", "19th"),
    ("据报道", "[1]，", "他", "据报道，他"),
    ("growth", "1,", " and", "growth, and"),
    ("面积5m", "2，", "约", "面积5m²，约"),
    # more is raised than should be
    ("10", "3亩", "", "10³亩"),
    ("5", "1.5元", "", "5^1.5元"),
    ("7", "1甲", "", "7¹甲"),
    ("上升", "1甲", "", "上升1甲"),
    # a name that ends with a figure has notes
    ("COVID-19", "2", "在", "COVID-19在"),
    ("PM2.5", "3", "的", "PM2.5的"),
    ("2x10", "3", "个", "2x10³个"),
    ("log2", "2", "", "log2²"),
]


@pytest.mark.parametrize(("before", "raised", "after", "line"), LOST)
def test_no_text_is_lost_as_the_reference_of_a_note(
    before: str, raised: str, after: str, line: str
) -> None:
    assert before + write_raised(raised, before, after) + after == line


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
    ("2", "1,2", "2_1,2"),
    ("a", "1,2", "a1,2"),
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
    assert not (raised.lstrip()[:1] in "0123456789" and becomes[:1] in "0123456789" and becomes)
