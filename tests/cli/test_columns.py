"""Text in columns: widths, and where lines may be broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.cli.columns import pad, wrap


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("每条字幕都与声音同时出现。", ["每条字幕", "都与声音", "同时出", "现。"]),
        ("用“讲稿”制作", ["用“讲稿”", "制作"]),
        ("加 --page 后", ["加", "--page", "后"]),
        ("默认 [默认：5]", ["默认", "[默认：5]"]),
        ("unbreakably long", ["unbreakably", "long"]),
    ],
)
def test_lines_of_eight_columns(text: str, lines: list[str]) -> None:
    assert wrap(text, 8) == lines


def test_padding_counts_columns() -> None:
    assert [pad("音色", 6), pad("voice", 6)] == ["音色  ", "voice "]


TEXT = st.text(alphabet="ab1-，。“”（）银行字幕", max_size=40)


@given(TEXT, st.integers(min_value=6, max_value=30))
def test_nothing_is_lost_and_no_line_begins_with_a_closing_mark(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines) == text
    assert not any(line[0] in "，。”）" for line in lines[1:])
