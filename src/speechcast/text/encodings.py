"""Bytes to text, in whatever encoding they come."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ..documents.tables import DEBRIS, LINE_END
from ..errors import SourceError, UsageError

# Longer marks first: the UTF-32 LE mark begins with the UTF-16 LE one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a Chinese text without a mark may be in; GB18030 holds GB2312 and GBK.
_CHINESE = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
# What is said, and what it is in files, as browsers take it.
_MEANS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin-1": "cp1252"}
_WESTERN = "cp1252"  # Latin-1 as Windows has it
# The characters half of any Chinese text is made of, in both scripts; the wrong encoding makes
# rare ones instead.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对"
    "可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同"
    "三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定"
    "這來個國說們為時會對還後發當無開經頭動兩長現將與進實過學從樣點種聲話條權，。、：；！？“”「」"
)
_ENOUGH = 0.15  # of a text's other characters that must be common ones; a wrong guess has 0.02
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_STRAY = 0.025  # of a text's characters that may be controls
_PARAGRAPH_END = "\u2029"
# What no GB18030 or Big5 has: a zero, or characters of UTF-8, more in a row than can be chance.
_ALIEN = re.compile(rb"\0|(?:[\xe3-\xe9][\x80-\xbf]{2}){5}")


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """The text in `data`, which messages call `name`, without what no reader sees.

    Its encoding is `encoding`, or what its mark says, or what it can be. Raises SourceError where
    it is none, cut in mid-character or mixed (with the byte), UsageError for an encoding there is
    not.
    """
    if not data:
        raise SourceError(f"{name} is empty; there is nothing to speak", Path(name))
    text = _by_name(data, name, encoding) if encoding else _by_mark(data, name)
    text = _guessed(data, name) if text is None else text
    if not _is_text(text):
        raise _no_text(name)
    return DEBRIS.sub("", LINE_END.sub("\n", text.replace(_PARAGRAPH_END, "\n\n")))


def _by_name(data: bytes, name: str, encoding: str) -> str:
    try:
        return _strictly(data, name, _MEANS.get(encoding.lower(), encoding))
    except (LookupError, ValueError):
        raise UsageError(
            f"--encoding is '{encoding}', which is none; try utf-8, gb18030, big5 or utf-16"
        ) from None


def _by_mark(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name, encoding, len(mark))
    return None


def _guessed(data: bytes, name: str) -> str:
    if b"\0" in data and (wide := _utf16(data)) is not None:
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as exc:
        if _mostly_utf8(data):
            raise _broken(name, "utf-8", exc.start) from None
    read = [_read_as(data, encoding) for encoding in _CHINESE]
    whole = [text for text, stop in read if stop is None and _is_text(text)]
    best = max(whole, key=_chinese, default="")
    if _chinese(best) >= _ENOUGH:
        return best
    plain = _tried(data, "gb2312")
    if plain and not _CONTROLS.search(plain):
        return plain  # both bytes of every character fit: too short to judge, but hardly chance
    western = _tried(data, _WESTERN)
    if western and sum(c >= " " and c.isascii() for c in western) > 0.7 * len(western):
        return western
    raise _nearest_miss(data, name)


def _utf16(data: bytes) -> str | None:
    """The text of a file without a mark in which every other byte is none: Latin letters."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if 2 * data[first::2].count(0) > len(data[first::2]) and not data[1 - first :: 2].count(0):
            return _tried(data, encoding)
    return None


def _mostly_utf8(data: bytes) -> bool:
    """Whether some bytes alone keep it from being UTF-8."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return sum(not c.isascii() for c in text) - wrong > 4 * wrong


def _is_text(text: str) -> bool:
    """Whether it has no zero, and of other controls no more than copying leaves."""
    return "\0" not in text and len(_CONTROLS.findall(text)) <= _STRAY * len(text)


def _chinese(text: str) -> float:
    """How much of the text, ASCII aside, are the commonest Chinese characters."""
    other = [c for c in text if not c.isascii() and not c.isspace()]
    return sum(c in _COMMON for c in other) / len(other) if other else 0.0


def _tried(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, name: str, encoding: str, skipped: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as exc:
        raise _broken(name, encoding, skipped + exc.start) from None


def _read_as(data: bytes, encoding: str) -> tuple[str, int | None]:
    """What the bytes are in an encoding, and the byte at which they stop being it, if any."""
    stops = []
    try:
        data.decode(encoding)
    except UnicodeDecodeError as exc:
        stops.append(exc.start)
    if not encoding.startswith("utf"):
        stops += [found.start() for found in [_ALIEN.search(data)] if found]
    stop = min(stops, default=None)
    return data[:stop].decode(encoding, "ignore"), stop


def _nearest_miss(data: bytes, name: str) -> SourceError:
    """The refusal of what is no text; of a broken one, with the byte where it breaks."""
    breaks: list[tuple[int, str]] = []
    for encoding in ("utf-8", *_CHINESE):
        text, stop = _read_as(data, encoding)
        if stop is not None and _chinese(text) >= _ENOUGH and _is_text(text):
            breaks.append((stop, encoding))
    if not breaks:
        return _no_text(name)
    stop, encoding = max(breaks)
    return _broken(name, encoding, stop)


def _broken(name: str, encoding: str, byte: int) -> SourceError:
    return SourceError(
        f"{name} is not whole: byte {byte} does not go on as {encoding}; it was cut inside a "
        f"character or mixes encodings. Save it anew as UTF-8, or name its --encoding",
        Path(name),
    )


def _no_text(name: str) -> SourceError:
    return SourceError(
        f"{name} is not a text file speechcast can read; save it as plain text (UTF-8)",
        Path(name),
    )
