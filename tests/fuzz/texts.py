"""Strategies for the text of speeches, for bytes, and for changes to bytes."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

WORDS = (
    "我们 银行行长 长江 说得对 曾书记 2023年3月5日 5.2% １２ 3.14159265358979323846 1e400 ½ m² "
    "10³ COVID-19 hello U.S. Mr. don't WTO é ß Ω ② Ⅲ ㎡ ⼈ 〇 龘 \U00020000 … 第十二 1.1.1 13:05 "
    "-5℃ $3m"
).split()
MARKUP = (
    "重{chóng}庆 {a|b} {|} { } 号{\\an8} 主持人： 市长: 《 》 （ ） “ ” ‘ ，。 ！？ …… —— ; , . ? "
    "( ) < > # - * ** __ ~~ ` ``` > | [ ] ![ ]( ^2^ [^1] [停顿 1.5秒] [pause 99s] （掌声） "
    "(Applause) 1. 一、 --- cast: title: voice: <b> </b> <sup> &lt; &#0; --> {\\i1} <i "
    "<00:00:01.000> [00:01.00] 李* «姓名»"
).split()
INVISIBLE = (
    "\u200b\u200c\u200d\ufeff\u00ad\u2028\u2029\u202e\u0301\ufe0f\u20e3\u0000\u0007\u001b"
    "\u0085\ufffd"
)
SPACES = ("\t", "\n", "\n\n", "\r", "\r\n", "\u3000", " ", "  ", "\u00a0")
EMOJI = ("👨\u200d👩\u200d👧", "🇨🇳", "👍🏽", "1\ufe0f\u20e3", "❤\ufe0f")

PIECES = (
    st.sampled_from([*WORDS, *MARKUP, *SPACES, *EMOJI])
    | st.sampled_from(INVISIBLE)
    | st.text(st.characters(codec="utf-8"), max_size=3)
)
SPEECHES = st.lists(PIECES, max_size=25).map("".join)
"""Text of speeches: words that are hard to read, our markup and others', and any characters."""

REPEATED = st.builds(
    lambda unit, count, end: "".join(unit) * count + end,
    st.lists(PIECES, min_size=1, max_size=3),
    st.integers(2, 120),
    SPEECHES,
)
"""A short unit many times, as an attacker of regular expressions would write it."""

PLAIN_WORDS = st.lists(
    st.sampled_from([*WORDS[:8], *"我们在会上，发言。"]), min_size=1, max_size=30
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change to bytes.

    Attributes:
        position: Where it begins, as a share of the length.
        removed: Bytes removed there.
        inserted: Bytes put in their place.
        repeated: How often they are put there.
    """

    position: float
    removed: int
    inserted: bytes
    repeated: int

    def apply(self, data: bytes) -> bytes:
        """Return the changed bytes."""
        start = int(self.position * len(data))
        return data[:start] + self.inserted * self.repeated + data[start + self.removed :]


_INSERTED = st.binary(max_size=4) | st.sampled_from(
    [
        *(b"\xff\xfe", b"\xef\xbb\xbf", b"\0", b"<", b"</p>", b"<p hidden>", b"<w:r>", b"&#0;"),
        *(b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"-1", b"1e999", b"PK\x03\x04", b"endstream"),
        *(b"-->", b"\n\n", b"{", b"[", b'"', b"\r", b"00:00:01,000", "：".encode()),
    ]
)
CHANGES = st.lists(
    st.builds(
        Change,
        st.floats(0, 1),
        st.sampled_from([0, 1, 2, 4, 16, 10_000]),
        _INSERTED,
        st.sampled_from([1, 1, 1, 2, 50]),
    ),
    min_size=1,
    max_size=4,
)


def changed(data: bytes, changes: list[Change]) -> bytes:
    """Return the bytes after all changes, in order."""
    for change in changes:
        data = change.apply(data)
    return data
