"""What a file is by what it begins with and holds, whatever its name says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..errors import SourceError

OFFICE_97 = bytes.fromhex("d0cf11e0a1b11ae1")  # also what a ciphered .docx is wrapped in
_ZIP = b"PK\x03\x04"
_HEAD = 1024  # bytes in which a kind shows


class _Kind(NamedTuple):
    begins: re.Pattern[bytes]
    holds: bytes  # somewhere in it: a zip archive has the names of its parts in plain sight
    suffix: str  # none for what is never read
    told: str


def _kind(begins: bytes, holds: bytes, suffix: str, called: str) -> _Kind:
    told = f"{called}; give it the suffix {suffix}" if suffix else called
    return _Kind(re.compile(begins, re.IGNORECASE), holds, suffix, told)


_KINDS = (
    _kind(rb"\s*%PDF-", b"", ".pdf", "a PDF"),
    _kind(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", b"", ".html", "a web page"),
    _kind(rb"\{\\rtf", b"", "", "rich text (RTF); open it and save it as .docx"),
    _kind(re.escape(OFFICE_97), b"", "", "one of Office before 2007; open it and save it as .docx"),
    _kind(
        rb"(?:\xef\xbb\xbf)?\s*(?:\d+\s+[\d:]+[,.]\d+ -->|WEBVTT\b|\[Script Info\])",
        b"",
        "",
        "subtitles; name the speech they belong to",
    ),
    _kind(_ZIP, b"word/document.xml", ".docx", "a Word document"),
    _kind(_ZIP, b"ppt/presentation.xml", ".pptx", "a presentation"),
    _kind(_ZIP, b"xl/workbook.xml", "", "a spreadsheet; save what is to be said as .docx"),
    _kind(_ZIP, b"META-INF/container.xml", ".epub", "a book"),
    _kind(_ZIP, b"opendocument.text", ".odt", "an OpenDocument text"),
    _kind(_ZIP, b"opendocument.presentation", "", "a presentation; open it and save it as .pptx"),
    _kind(_ZIP, b"", "", "a zip archive; name the document in it"),
)


def other(data: bytes, suffix: str) -> str | None:
    """What `data` is, and what to do, where it is no file of this suffix; None if nothing tells."""
    head = data[:_HEAD]
    kind = next((k for k in _KINDS if k.begins.match(head) and k.holds in data), None)
    return kind.told if kind and kind.suffix != suffix else None


def misnamed(data: bytes, path: Path) -> SourceError:
    """The refusal of what is no file of the kind its name says."""
    suffix = path.suffix.lower()
    told = other(data, suffix) or (
        f"something else; open it where it was written and save it as {suffix}"
    )
    return SourceError(f"{path} is no {suffix} file but {told}", path)
