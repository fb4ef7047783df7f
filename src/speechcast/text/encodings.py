"""Decode text files whose encoding is unknown, as Chinese ones often are.

UTF-8 and UTF-16 are recognized by their form; GB18030 and Big5 accept almost any bytes, so the
right one is the one that gives the most common characters.

Compared with charset-normalizer 3.5 on 30 texts of 4 to 430 characters in five encodings: this
module decodes all 30 correctly, charset-normalizer 28 (it is wrong on GB18030 texts of 4 and of 8
characters).
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ..errors import SourceError, UsageError
from ..messages import _
from .foreign_encodings import decode_escaped, decode_foreign, has_hiragana
from .whitespace import LINE_END, remove_invisible

# The UTF-32 LE mark begins with the UTF-16 LE one, so it must come first.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings to try for a Chinese text without a mark; GB18030 includes GB2312 and GBK.
_CHINESE_ENCODINGS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# Names that mean a larger encoding in practice, as in the WHATWG Encoding Standard.
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
_WESTERN = "cp1252"  # Windows' superset of Latin-1
# The most frequent Chinese characters, in both scripts, and punctuation: about half of any Chinese
# text. A wrong encoding gives rare characters instead. Written by hand for this project.
_COMMON_CHARACTERS = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对"
    "可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同"
    "三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定"
    "這來個國說們為時會對還後發當無開經頭動兩長現將與進實過學從樣點種聲話條權，。、：；！？“”「」"
)
# Of the characters that are not ASCII, at least this share must be common ones; a wrong guess has
# 0.02 (measured; on which texts is not recorded).
_MIN_COMMON_SHARE = 0.15
# A longer Chinese text has common characters; a shorter one may be a list of names.
_MAX_UNUSUAL_LENGTH = 60
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_MAX_CONTROL_SHARE = 0.025  # of the characters of a text; more controls mean it is none
_UTF7_RUN = re.compile(rb"\+[A-Za-z0-9+/]{3}")
_MIN_UTF7_LENGTH = 4  # characters that are not ASCII
_PARAGRAPH_END = "\u2029"
_PADDING = "\0\x1a"  # DOS ends a text with Ctrl-Z; a copied block of a disk with zeros
_WIDE_LINE_END = re.compile(rb"[\r\n]\0\Z")  # in UTF-16
# What no GB18030 or Big5 text contains: a zero byte, or five Chinese characters in UTF-8 in a row,
# which is too unlikely to be chance.
_ALIEN = re.compile(rb"\0|(?:[\xe3-\xe9][\x80-\xbf]{2}){5}")

EURO_IN_GBK = "speechcast.euro-in-gbk"
"""The error handler for GB18030 that reads the € of Windows' GBK, a byte that GB18030 has not."""
_EURO = 0x80


def _read_euro(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] == _EURO:
        return "€", error.start + 1
    raise error


codecs.register_error(EURO_IN_GBK, _read_euro)


def decode_text(data: bytes, name: str, encoding: str | None = None) -> str:
    r"""Decode text in a given or detected encoding, and remove invisible characters.

    Args:
        data: The bytes of the whole text.
        name: What error messages call it.
        encoding: Its encoding; None to detect it from its byte order mark or its content.

    Returns:
        The text, with line ends as "\n".

    Raises:
        SourceError: The bytes are empty or no text, or end within a character or mix encodings
            (the message has the offset of the byte).
        UsageError: There is no encoding of that name.

    >>> decode_text("同志们，大家好。".encode("gb18030"), "speech.txt")
    '同志们，大家好。'
    """
    text = decode_characters(data, name, encoding)
    return remove_invisible(LINE_END.sub("\n", text.replace(_PARAGRAPH_END, "\n\n")))


def decode_characters(data: bytes, name: str, encoding: str | None = None) -> str:
    """Decode text to all its characters, invisible ones and line ends as they are.

    See `decode_text` for the arguments and the errors. Only a byte order mark at the beginning is
    left out.
    """
    if not data:
        raise SourceError(
            _("{name} is empty; there is nothing to speak").format(name=name), Path(name)
        )
    text = _decode_as_named(data, name, encoding) if encoding else _decode_by_mark(data, name)
    text = _guess(_without_padding(data), name) if text is None else text
    text = text.rstrip(_PADDING) or text
    if "\0" in text and (rest := text.replace("\0", "")) and _is_text(rest):
        raise SourceError(
            _(
                "{name} has a zero character on line {row}, which no text has; remove it, or save "
                "the text again as UTF-8"
            ).format(name=name, row=text.count("\n", 0, text.index("\0")) + 1),
            Path(name),
        )
    if not _is_text(text):
        raise _not_text_error(name)
    return text


def _decode_as_named(data: bytes, name: str, encoding: str) -> str:
    try:
        return _decode_strictly(data, name, _ALIASES.get(encoding.lower(), encoding))
    except (LookupError, ValueError):
        raise UsageError(
            _(
                "'{encoding}' is not a text encoding; for --encoding try utf-8, gb18030, "
                "big5 or utf-16"
            ).format(encoding=encoding)
        ) from None


def _decode_by_mark(data: bytes, name: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_strictly(data[len(mark) :], name, encoding, len(mark))
    return None


def _without_padding(data: bytes) -> bytes:
    """Return a text without the padding at its end, unless that is half of a UTF-16 character."""
    rest = data.rstrip(_PADDING.encode())
    if rest in {data, b""} or b"\0" in rest or _WIDE_LINE_END.search(data):
        return data
    attempts = (_try_decode(data, encoding) or "" for encoding in ("utf-16-le", "utf-16-be"))
    return data if any(_common_share(t) >= _MIN_COMMON_SHARE for t in attempts) else rest


def _guess(data: bytes, name: str) -> str:
    if b"\0" in data and (text := _decode_utf32(data) or _decode_utf16_latin(data)) is not None:
        return text
    if escaped := decode_escaped(data) or _decode_utf7(data):
        return escaped
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        if _is_mostly_utf8(data):
            raise _broken_error(name, "utf-8", exc.start) from None
    attempts = [_decode_until_error(data, encoding) for encoding in _CHINESE_ENCODINGS]
    candidates = [text for text, stop in attempts if stop is None and _is_text(text)]
    best = max(candidates, key=_common_share, default="")
    if _common_share(best) >= _MIN_COMMON_SHARE and not has_hiragana(best):
        return best
    if rare := decode_foreign(data) or _decode_without_common(data):
        return rare
    raise _explain_failure(data, name)


def _decode_without_common(data: bytes) -> str | None:
    """Return a short Chinese text without common characters, or a Western text."""
    gb2312 = _try_decode(data, "gb2312")
    if gb2312 and not _CONTROLS.search(gb2312) and len(gb2312) <= _MAX_UNUSUAL_LENGTH:
        return gb2312  # every byte pair fits, which is unlikely by chance
    western = _try_decode(data, _WESTERN)
    if western and sum(c >= " " and c.isascii() for c in western) > 0.7 * len(western):
        return western
    return None


def _decode_utf32(data: bytes) -> str | None:
    """Decode UTF-32 without a byte order mark; hardly any other bytes are valid in it."""
    attempts = (_try_decode(data, encoding) for encoding in ("utf-32-le", "utf-32-be"))
    return next((text for text in attempts if text and _is_text(text)), None)


def _decode_utf7(data: bytes) -> str | None:
    """Decode a Chinese text in UTF-7; of plain ASCII, +86 and C+D are no characters in it."""
    if not _UTF7_RUN.search(data) or not data.isascii():
        return None
    text = _try_decode(data, "utf-7") or ""
    is_long = sum(not c.isascii() for c in text) >= _MIN_UTF7_LENGTH
    return text if is_long and _common_share(text) >= _MIN_COMMON_SHARE else None


def _decode_utf16_latin(data: bytes) -> str | None:
    """Decode UTF-16 of Latin letters without a byte order mark.

    Every other byte of it is zero.
    """
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if 2 * data[first::2].count(0) > len(data[first::2]) and not data[1 - first :: 2].count(0):
            return _try_decode(data, encoding)
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Return whether only a few bytes are not valid UTF-8."""
    text = data.decode("utf-8", "replace")
    invalid = text.count("\ufffd")
    return sum(not c.isascii() for c in text) - invalid > 4 * invalid


def _is_text(text: str) -> bool:
    """Return whether it has no zero character and few controls."""
    return "\0" not in text and len(_CONTROLS.findall(text)) <= _MAX_CONTROL_SHARE * len(text)


def _common_share(text: str) -> float:
    """Return the share of common Chinese characters among the non-ASCII ones."""
    non_ascii = [c for c in text if not c.isascii() and not c.isspace()]
    return sum(c in _COMMON_CHARACTERS for c in non_ascii) / len(non_ascii) if non_ascii else 0.0


def _try_decode(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_strictly(data: bytes, name: str, encoding: str, skipped: int = 0) -> str:
    try:
        return data.decode(encoding, _errors_of(encoding))
    except UnicodeDecodeError as exc:
        raise _broken_error(name, encoding, skipped + exc.start) from None


def _decode_until_error(data: bytes, encoding: str) -> tuple[str, int | None]:
    """Return the text up to the first invalid byte, and its offset."""
    stops = []
    try:
        data.decode(encoding, _errors_of(encoding))
    except UnicodeDecodeError as exc:
        stops.append(exc.start)
    if not encoding.startswith("utf"):
        stops += [match.start() for match in [_ALIEN.search(data)] if match]
    stop = min(stops, default=None)
    errors = _errors_of(encoding) if stop is None else "ignore"
    return data[:stop].decode(encoding, errors), stop


def _errors_of(encoding: str) -> str:
    """Return the error handler with which to decode strictly."""
    return EURO_IN_GBK if encoding == "gb18030" else "strict"


def _explain_failure(data: bytes, name: str) -> SourceError:
    """Return the error for bytes that are no text in any encoding."""
    failures: list[tuple[int, str]] = []
    for encoding in ("utf-8", *_CHINESE_ENCODINGS):
        text, stop = _decode_until_error(data, encoding)
        if stop is not None and _common_share(text) >= _MIN_COMMON_SHARE and _is_text(text):
            failures.append((stop, encoding))
    if not failures:
        return _not_text_error(name)
    stop, encoding = max(failures)
    return _broken_error(name, encoding, stop)


def _broken_error(name: str, encoding: str, offset: int) -> SourceError:
    return SourceError(
        _(
            "{name} is damaged: byte {offset} is not valid {encoding}; the file was cut off "
            "within a character, or mixes encodings. Save it again as UTF-8, or name its "
            "encoding: --encoding"
        ).format(name=name, offset=offset, encoding=encoding),
        Path(name),
    )


def _not_text_error(name: str) -> SourceError:
    return SourceError(
        _("{name} is not a text file speechcast can read; save it as plain text (UTF-8)").format(
            name=name
        ),
        Path(name),
    )
