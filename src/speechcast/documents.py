"""A file, or bytes from a pipe, to text."""

from __future__ import annotations

import codecs
from pathlib import Path

from .errors import SourceError

# Longer marks first: the UTF-32 LE mark begins with the UTF-16 LE one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Tried in turn where no mark says which; GB18030 holds GB2312 and GBK.
_GUESSES = ("utf-8", "gb18030")
_WHITE = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x1f\x85")


def read(path: Path) -> str:
    """The text of the document at `path`, its line ends as `\\n`.

    Raises SourceError for a path that is no readable text file, and for one with nothing in it.
    """
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name a text file in it", path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist; check the name and the folder", path) from None
    except OSError as exc:
        raise SourceError(f"{path} cannot be read: {exc.strerror or exc}", path) from exc
    return decode(data, str(path))


def decode(data: bytes, name: str) -> str:
    """The text in `data`, which messages call `name`. Raises SourceError as `read` does."""
    if not data:
        raise SourceError(f"{name} is empty; there is nothing to speak", Path(name))
    text = _decoded(data)
    if text is None or any(c < " " and c not in _WHITE for c in text):
        raise SourceError(
            f"{name} is not a text file speechcast can read; save it as plain text (UTF-8)",
            Path(name),
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    for encoding in _GUESSES:
        if (text := _strictly(data, encoding)) is not None:
            return text
    return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
