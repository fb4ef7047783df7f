"""The best division, on values written inline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from speechcast.divide import divide, ends_clause
from speechcast.model import Token


def tokens(text: str) -> list[Token]:
    return [Token(word, word) for word in text.split("|")]


def pieces(text: str, limit: int) -> list[str]:
    run = tokens(text)
    return [
        "".join(run[i].shown for i in piece)
        for piece in divide(run, lambda i, j: sum(len(t.shown) for t in run[i:j]), limit)
    ]


def test_what_fits_stays_whole() -> None:
    assert pieces("今天|开会|。", 20) == ["今天开会。"]


def test_a_comma_is_better_than_a_full_piece() -> None:
    assert pieces("今天|上午|，|我们|在|这里|开会|。", 9) == ["今天上午，", "我们在这里开会。"]


def test_the_last_piece_is_not_a_crumb() -> None:
    assert pieces("一二|三四|五六|七八|九十", 8) == ["一二三四五六", "七八九十"]


def test_a_closing_quote_stays_with_its_word() -> None:
    assert pieces("他|说|：|“|好|的|，|”|我们|走", 8) == ["他说：“好的，”", "我们走"]


def test_an_opening_quote_goes_with_its_word() -> None:
    assert pieces("这里|是|所谓|的|“|家园|”", 6) == ["这里是所谓的", "“家园”"]


def test_no_piece_begins_with_a_particle() -> None:
    assert pieces("我们|广大|同志|们|的|努力|方向", 8) == ["我们广大同志们的", "努力方向"]


def test_what_cannot_be_divided_stays_whole() -> None:
    assert pieces("一个极长的词|。", 3) == ["一个极长的词。"]


def test_ends_clause() -> None:
    assert ends_clause(tokens("好|，|”"))
    assert not ends_clause(tokens("好|”"))


@given(
    st.lists(
        st.sampled_from(["我", "我们", "中华民族", "，", "。", "“", "”", " ", "——"]), min_size=1
    ),
    st.integers(min_value=1, max_value=30),
)
def test_every_token_is_in_one_piece_and_every_piece_is_heard(words: list[str], limit: int) -> None:
    run = [Token(word, word) for word in words]
    found = divide(run, lambda i, j: sum(len(t.shown) for t in run[i:j]), limit)
    assert [i for piece in found for i in piece] == list(range(len(run)))
    if any(t.voiced for t in run):
        assert all(any(run[i].voiced for i in piece) for piece in found)
