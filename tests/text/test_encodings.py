"""Bytes to text: which encoding, and which byte is wrong."""

from __future__ import annotations

import codecs

import pytest

from speechcast.errors import SourceError
from speechcast.text.encodings import decode_text


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"ab\xff", "utf-8", "byte 2 is not valid utf-8"),
        (b"ab\xff", None, "is not a text file"),
        (codecs.BOM_UTF8 + b"ab\xff", None, "byte 5 is not valid utf-8"),
        (codecs.BOM_UTF16_BE + b"\0a\0", None, "byte 4 is not valid utf-16-be"),
        ("好".encode("gbk")[:1], "gbk", "byte 0 is not valid gb18030"),
    ],
)
def test_the_byte_that_is_wrong(data: bytes, encoding: str | None, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        decode_text(data, "a.txt", encoding)


def test_a_few_chinese_characters_in_an_english_text() -> None:
    text = "This is what we call 學習 in the schools of our country, and what we mean by 時間."
    for encoding in ("utf-8", "big5", "gb18030"):
        assert decode_text(text.encode(encoding), "a.txt") == text


def test_names_without_a_common_character() -> None:
    assert decode_text("赣州瑞金".encode("gb2312"), "a.txt") == "赣州瑞金"


def test_a_western_text_is_mostly_ascii() -> None:
    assert decode_text("é a é a a ".encode("cp1252"), "a.txt") == "é a é a a "
    with pytest.raises(SourceError, match="is not a text file"):
        decode_text("é a é a é ".encode("cp1252"), "a.txt")


def test_a_latin_text_of_two_bytes_a_character_may_hold_others() -> None:
    text = "Zoë — “good evening”, she said, 晚上好"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode_text(text.encode(encoding), "a.txt") == text


def test_a_text_holds_one_control_in_forty_characters_at_most() -> None:
    assert decode_text(b"a" * 39 + b"\x02", "a.txt") == "a" * 39
    with pytest.raises(SourceError, match="is not a text file"):
        decode_text(b"a" * 38 + b"\x02", "a.txt")


def test_a_file_that_is_mostly_utf8_is_called_damaged() -> None:
    with pytest.raises(SourceError, match="is damaged: byte 10 is not valid utf-8"):
        decode_text("é".encode() * 5 + b"\xff", "a.txt")
    with pytest.raises(SourceError, match="is not a text file"):
        decode_text("é".encode() * 4 + b"\xff", "a.txt")


def test_lines_and_paragraphs_end_in_one_way() -> None:
    text = "a\r\nb\rc\u2028d\u2029e\x85f"
    assert decode_text(text.encode(), "a.txt") == "a\nb\nc\nd\n\ne\nf"


TEXT = "同志们，大家好。Hello, 今天开会。"


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-7", "hz"])
def test_a_rare_encoding_of_unicode_is_recognised(encoding: str) -> None:
    assert decode_text(TEXT.encode(encoding), "a.txt") == TEXT


@pytest.mark.parametrize("text", ["Call +8613800138000 now", "C+Hello+World-", "1+abc= 2", "+VAx-"])
def test_plain_ascii_is_not_taken_for_utf7(text: str) -> None:
    assert decode_text(text.encode(), "a.txt") == text
