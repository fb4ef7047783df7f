"""Formulas in LaTeX as a line: golden tables, and what is no formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents import from_text
from speechcast.documents.latex import write_formulas

FORMULAS = [
    (r"设$x^2+y^2=1$。", "设x²+y²=1。"),
    (r"求 $\frac{a+b}{2}$ 的值", "求 (a+b)/2 的值"),
    (r"\(\sqrt[3]{x+1}\) 和 \[a\le b\]", "∛(x+1) 和 a≤b"),
    ("即\n$$\nE=mc^2\n$$\n。", "即\nE=mc²\n\n\n。"),
    (r"$\alpha\times 10^{-3}\,\text{米}$", "α×10⁻³ 米"),
    (r"温度$25^\circ C$，湿度$30\%$", "温度25°C，湿度30%"),
    (r"$\sin x+\cos^2 x$", "sin x+cos²x"),
    (r"$\lim_{x\to 0}\frac{\sin x}{x}=1$", "lim(x→0)(sin x)/x=1"),
    (r"$\binom{n}{k}=\tbinom{n}{n-k}$", "C(n,k)=C(n,n-k)"),
    (r"$$E = mc^2 \tag{1}$$", "E=mc²"),
    (r"$$\begin{aligned} a &= b \\[2pt] c &= d \\ \end{aligned}$$", "a=b; c=d"),
    (r"$$\begin{cases} x & x>0 \\ -x & x\le 0 \end{cases}$$", "x, x>0; -x, x≤0"),
    (r"$\sum_{i=1}^{n} i$", "∑ᵢ₌₁ⁿi"),
    (r"从$a$到$b$，$f'(x)$，$H_2O$", "从a到b，f'(x)，H₂O"),
    (r"$\left(\frac{1}{2}\right)^n$", "(½)ⁿ"),
    (r"$2H_2+O_2\rightleftharpoons 2H_2O$", "2H₂+O₂⇌2H₂O"),
    (r"$\bar{x}$，$\vec{a}$，$\overline{AB}$，$\hat{y}$", "x̄，a⃗，A̅B̅，ŷ"),
    (r"$a\equiv b\pmod{m}$，$\boxed{x=3}$", "a≡b(mod m)，x=3"),
    (r"$\left.\frac{dy}{dx}\right|_{x=0}$", "dy/dx|ₓ₌₀"),
    (r"$e^{i\pi}+1=0$", "e^(iπ)+1=0"),
    (r"\(x\)和\[a<b\]", "x和a<b"),
]
NO_FORMULAS = [
    "花了$100，比去年的$80多",
    "US$5和US$6",
    "US$5=CA$7",
    "它值$3+税和$5",
    "price $20/$30",
    "$PATH 和 $HOME",
    "A$ 5=3$ b",
    r"\$x^2\$",
    r"$\begin{matrix}1\end{matrix}$",  # a line cannot show it
    r"$$a\\b$$",
    "$" + "{" * 50 + "}" * 50 + "$",
    "$" + "^" * 900 + "x$",
    r"$\frac{1}$",
    r"$$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$$",
    r"$$\begin{aligned} a \end{cases}$$",
    r"$\,$",
    r"$\overline{a+b}$",
    r"$\check1$",
    r"$\par$",
    r"见\[1\]、\[1-3\]和\[注\]",  # brackets of Markdown
    r"\[Applause\]",
]


@pytest.mark.parametrize(("text", "line"), FORMULAS)
def test_a_formula_in_latex_is_written_in_a_line(text: str, line: str) -> None:
    assert write_formulas(text) == line


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_what_is_no_formula_stays(text: str) -> None:
    assert write_formulas(text) == text


@given(st.text(alphabet="$\\()[]{}^_ a1=文\n`"))
def test_the_lines_of_a_text_stay_in_their_rows(text: str) -> None:
    for markdown in (False, True):
        assert write_formulas(text, markdown=markdown).count("\n") == text.count("\n")


def test_a_formula_in_code_is_none() -> None:
    text = "甲`a\n$x^2$`乙$x^2$。\n\n丙`$x^2$\n\n丁`。\n\n- 戊\n\n  ```\n  $y^2$\n  ```\n\n己$z^2$"
    document = from_text(text, markdown=True)
    assert document.text.split("\n") == ["甲a $x^2$乙x²。", "丙`x²", "丁`。", "戊", "己z²"]


def test_a_formula_in_markdown_has_no_emphasis_and_code_has_no_formula() -> None:
    text = "设$a_1*b_1*c$与$2^a$。\n\n`$x^2$`\n\n```\n\n$x^2$\n\n```\n"
    assert from_text(text, markdown=True).text == "设a₁*b₁*c与2ᵃ。\n$x^2$"


def test_a_power_without_dollar_signs_is_no_superscript_of_markdown() -> None:
    def read(text: str) -> str:
        return from_text(f"# 题\n\n{text}\n").text.removeprefix("题\n")

    assert read("由a^2+b^2=c^2得") == "由a^2+b^2=c^2得"
    assert read("x^2y^2与x^2(y+z)^2") == "x^2y^2与x^2(y+z)^2"
    assert read("m^2^，^14^C，10^3^kg，Ca^2+^，H~2~O") == "m²，¹⁴C，10³kg，Ca²⁺，H₂O"
