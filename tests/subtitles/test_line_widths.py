"""Widths by sums are those of the texts that are shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.model import Token
from speechcast.subtitles import style
from speechcast.subtitles.line_texts import compose_line
from speechcast.subtitles.line_widths import LineSplit, LineWidths
from speechcast.subtitles.style import Style

STYLES = [style.load(name) for name in ("video", "netflix-zh", "netflix-en", "verbatim")]
SHOWN = "好 今天 a word 9 ： : ， , 、 ； ” ） “ （ ！ —— . ，， ，好".split()
SHOWN += [" ", "\u3000", "  ", " 注", "注 "]


@given(
    st.lists(st.sampled_from(SHOWN), min_size=1, max_size=30),
    st.sampled_from(STYLES),
    st.data(),
)
def test_the_width_of_any_run_is_that_of_its_text(
    shown: list[str], rules: Style, data: st.DataObject
) -> None:
    tokens = [Token(text, text) for text in shown]
    start = data.draw(st.integers(0, len(shown) - 1))
    end = data.draw(st.integers(start + 1, len(shown)))
    widths = LineWidths(tokens, [0.0] * len(tokens), rules)
    text = "".join(compose_line(tokens[start:end], rules))
    assert widths.measure(start, end) == rules.count_characters(text)


@given(
    st.lists(
        st.tuples(st.sampled_from(SHOWN), st.sampled_from([0.0, 0.05, 1.5, math.inf])),
        min_size=2,
        max_size=25,
    ),
    st.sampled_from(STYLES[1:3]),
)
def test_the_line_break_is_the_cheapest_of_all(
    words: list[tuple[str, float]], rules: Style
) -> None:
    tokens = [Token(text, text) for text, _ in words]
    breaks = [cost for _, cost in words]
    widths = LineWidths(tokens, breaks, rules)
    whole = widths.measure(0, len(tokens))
    expected = LineSplit((whole,))
    candidates = []
    for i in range(1, len(tokens)):
        upper, lower = widths.measure(0, i), widths.measure(i, len(tokens))
        if breaks[i - 1] < math.inf and max(upper, lower) <= rules.width < whole:
            cost = breaks[i - 1] + 2 * abs(upper - lower) / (upper + lower)
            candidates.append(LineSplit((upper, lower), i, cost))
    if candidates:
        expected = min(candidates, key=lambda split: (split.cost, split.position))
    assert widths.split(0, len(tokens)) == expected


@pytest.mark.parametrize(
    ("shown", "width"), [("好|，|好", 2.5), ("好|，|”", 2.0), ("9|：|30", 2.5), ("，|好", 1.0)]
)
def test_what_a_line_shows(shown: str, width: float) -> None:
    tokens = [Token(text, text) for text in shown.split("|")]
    assert LineWidths(tokens, [0.0] * len(tokens), STYLES[0]).measure(0, len(tokens)) == width


@pytest.mark.parametrize("end", ["\n", "\r", "\u2028"])
def test_a_line_end_in_a_token_does_not_end_the_line(end: str) -> None:
    """An accent after a line end is one token with it; a player would begin a line there."""
    tokens = [Token("我们", "我们"), Token(f"{end}\u0301", ""), Token("好", "好")]
    assert "".join(compose_line(tokens, style.load("video"))) == "我们 \u0301好"
