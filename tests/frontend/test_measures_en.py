"""English measures written short, and what only looks like them."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer

MEASURES = [
    # durations
    ("a walk of 3h 5m", "a walk of three hours five minutes"),
    ("1hr 1min 9s", "one hour one minute nine seconds"),
    ("in 4m12s", "in four minutes twelve seconds"),
    ("3 h, 5 m, 9 s", "three hours, five meters, nine seconds"),
    ("4m 70s", "four meters seventies"),
    # inches, and the end of a quotation
    ('a 32" screen', "a thirty-two inch screen"),
    ('cut 7" off', "cut seven inches off"),
    ('a 1/4" bolt', "a one quarter inch bolt"),
    ('"Bus 7" came', '"Bus seven" came'),
    ("“Bus 7” came", "“Bus seven” came"),
    # temperatures
    ("lows of 20F", "lows of twenty degrees Fahrenheit"),
    ("it is 31 C today", "it is thirty-one degrees Celsius today"),
    ("an oven at 180 C", "an oven at one hundred and eighty degrees Celsius"),
    ("vitamin C, row 7 F", "vitamin C, row seven F"),
    # scores and odds
    ("she scored 7/10", "she scored seven out of ten"),
    ("4.8/5 from guests", "four point eight out of five from guests"),
    ("7/10 of it", "seven tenths of it"),
    ("odds of 9/2", "odds of nine to two"),
    # points and thousands
    ("up 3pp, 1pp", "up three percentage points, one percentage point"),
    ("20K members, 4K screens", "twenty thousand members, four K screens"),
    ("two 10K races", "two ten K races"),
]


@pytest.mark.parametrize(("text", "spoken"), MEASURES)
def test_short_measures(text: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text
