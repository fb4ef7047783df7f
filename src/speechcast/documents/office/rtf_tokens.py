r"""Split rich text (RTF) into control words, groups and characters.

The syntax and the code pages are those of Microsoft's "Rich Text Format Specification", 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from ...text.encodings import EURO_IN_GBK
from .page_numbers import PAGE_NUMBER_MARK
from .symbol_fonts import is_symbol_font

OPEN, CLOSE, TEXT, UNICODE = "{", "}", "", "u"
"""The words of tokens that are no control word, and of a character by its number."""

CHARACTERS = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "~": "\u00a0", "_": "-",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "chpgn": PAGE_NUMBER_MARK,
}  # fmt: skip
"""Control words and symbols for characters."""

_DOUBLE_BYTE = frozenset((932, 936, 949, 950, 1361))  # code pages
# The second byte of a Chinese character may be a brace or a backslash; only bytes that are not
# escaped, against the specification, stand next to each other.
_PAIR = rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|"
# Longer runs are several tokens: a repeated group takes memory for each of its turns.
_TOKEN = rb"""
    \\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?
    | (?P<hex>(?:\\'[0-9A-Fa-f]{2}[\r\n]*+){1,64}+)
    | \\(?P<symbol>[^A-Za-z])
    | (?P<brace>[{}])
    | (?P<text>[^\\{}\r\n\0\x80-\xff]++ | (?:%s[\x80-\xff]){1,256}+)
    | [\r\n\0]+ | \\\Z
"""
_SINGLE_TOKEN = re.compile(_TOKEN % b"", re.VERBOSE | re.DOTALL)
_PAIRED_TOKEN = re.compile(_TOKEN % _PAIR, re.VERBOSE | re.DOTALL)
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})|\\(mac|pca|pc)\b")
_OLD_CODE_PAGES = {b"mac": 10000, b"pc": 437, b"pca": 850}
_CODE_PAGES = {  # of a font's character set, `\fcharset`
    0: 1252, 77: 10000, 78: 932, 79: 949, 80: 936, 81: 950, 128: 932, 129: 949, 130: 1361,
    134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257,
    204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
_CODECS = {
    936: "gb18030", 950: "big5hkscs", 10000: "mac_roman", 1361: "johab", 54936: "gb18030",
    65001: "utf-8",
}  # fmt: skip
_ANSI_CHARSET = 0
_CHINESE_CHARACTERS = re.compile(rb"(?:[\0-\x7f]|[\xa1-\xfe]{2})*")  # of GB 2312 and Big5


class RtfToken(NamedTuple):
    """A control word or symbol, a brace, or characters that are not decoded yet."""

    word: str
    number: int | None = None
    data: bytes = b""


class Font(NamedTuple):
    """A font of the table of fonts."""

    charset: int | None = None
    code_page: int | None = None
    name: str = ""


class Characters:
    """Decodes the characters of a document, in its code page and those of its fonts.

    Attributes:
        is_double_byte: Whether two bytes that are not escaped may be one character.
        skip: How many characters to skip, which stand in for one that is given by its number.

    Args:
        data: The whole file.
    """

    def __init__(self, data: bytes) -> None:
        match = _CODE_PAGE.search(data[:4096])
        number = 1252 if match is None else _OLD_CODE_PAGES.get(match[2]) or int(match[1])
        self._number = number or 1252
        self._is_utf8 = not data.isascii() and _is_utf8(data)
        self.is_double_byte = self._number in _DOUBLE_BYTE and not self._is_utf8

        self.skip = 0
        self._bytes = bytearray()  # that are not decoded yet
        self._high = 0  # the first half of a character outside of the basic plane

    def add(self, data: bytes) -> None:
        """Add bytes, but for those to skip."""
        skipped = min(self.skip, len(data))
        self.skip -= skipped
        self._bytes += data[skipped:]

    def read_number(self, number: int, skip: int) -> str:
        """Return a character by its number, and skip as many that stand in for it."""
        self.skip = skip
        code = number & 0xFFFF if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._high = code
            return ""
        if 0xDC00 <= code < 0xE000 and self._high:
            code += 0x10000 + (self._high - 0xD800 << 10) - 0xDC00
        self._high = 0
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"

    def flush(self, font: Font) -> str:
        """Return the characters of the bytes that were added; \ufffd for those that are none."""
        data = bytes(self._bytes)
        if data:
            self._bytes.clear()
        if data.isascii():
            return data.decode("ascii")
        if is_symbol_font(font.name):
            return data.decode("latin-1")
        number = font.code_page or _CODE_PAGES.get(font.charset or -1, self._number)
        if font.charset == _ANSI_CHARSET and not (
            self.is_double_byte and _CHINESE_CHARACTERS.fullmatch(data)
        ):
            number = _CODE_PAGES[_ANSI_CHARSET]
        codec = _find_codec(number)
        tried = ["utf-8", codec] if self._is_utf8 else [codec, _find_codec(self._number)]
        for candidate in tried:
            try:
                return data.decode(candidate, EURO_IN_GBK if candidate == "gb18030" else "strict")
            except ValueError:
                continue
        return data.decode(codec, "replace")


def split_tokens(data: bytes, *, is_double_byte: bool) -> Iterator[RtfToken]:
    r"""Yield the tokens of a file; `\bin` and its bytes are left out.

    Args:
        data: The whole file.
        is_double_byte: Whether two bytes that are not escaped may be one character.
    """
    pattern = _PAIRED_TOKEN if is_double_byte else _SINGLE_TOKEN
    position = 0
    while match := pattern.match(data, position):
        position = match.end()
        kind = match.lastgroup
        if kind in {"word", "number"}:
            word, number = match["word"].decode("ascii"), match["number"]
            if word == "bin":
                position += max(0, int(number or 0))
            else:
                yield RtfToken(word, None if number is None else int(number))
        elif kind == "text":
            yield RtfToken(TEXT, data=match[0])
        elif kind == "hex":
            yield RtfToken(TEXT, data=bytes.fromhex(re.sub(rb"[\\'\s]", b"", match[0]).decode()))
        elif kind == "brace":
            yield RtfToken(match[0].decode("ascii"))
        elif kind == "symbol":
            yield _read_symbol(match["symbol"])


def _read_symbol(symbol: bytes) -> RtfToken:
    if symbol in b"{}\\":
        return RtfToken(TEXT, data=symbol)
    return RtfToken("par" if symbol in b"\r\n" else symbol.decode("latin-1"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except ValueError:
        return False
    return True


def _find_codec(code_page: int) -> str:
    name = _CODECS.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
