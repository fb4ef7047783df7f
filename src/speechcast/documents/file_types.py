"""What a file is by what it begins with and holds, whatever its name says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..errors import SourceError

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")  # also what a ciphered .docx is wrapped in
_ZIP = b"PK\x03\x04"
_HEAD_BYTES = 1024  # bytes in which a kind shows


class _FileType(NamedTuple):
    signature: re.Pattern[bytes]
    content: bytes  # somewhere in it: a zip archive has the names of its parts in plain sight
    suffix: str  # none for what is never read
    description: str


def _define(signature: bytes, content: bytes, suffix: str, type_name: str) -> _FileType:
    description = f"{type_name}; give it the suffix {suffix}" if suffix else type_name
    return _FileType(re.compile(signature, re.IGNORECASE), content, suffix, description)


_FILE_TYPES = (
    _define(rb"\s*%PDF-", b"", ".pdf", "a PDF"),
    _define(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", b"", ".html", "a web page"),
    _define(rb"\{\\rtf", b"", "", "rich text (RTF); open it and save it as .docx"),
    _define(
        re.escape(OLE_SIGNATURE), b"", "", "one of Office before 2007; open it and save it as .docx"
    ),
    _define(
        rb"(?:\xef\xbb\xbf)?\s*(?:\d+\s+[\d:]+[,.]\d+ -->|WEBVTT\b|\[Script Info\])",
        b"",
        "",
        "subtitles; name the speech they belong to",
    ),
    _define(_ZIP, b"word/document.xml", ".docx", "a Word document"),
    _define(_ZIP, b"ppt/presentation.xml", ".pptx", "a presentation"),
    _define(_ZIP, b"xl/workbook.xml", "", "a spreadsheet; save what is to be said as .docx"),
    _define(_ZIP, b"META-INF/container.xml", ".epub", "a book"),
    _define(_ZIP, b"opendocument.text", ".odt", "an OpenDocument text"),
    _define(_ZIP, b"opendocument.presentation", "", "a presentation; open it and save it as .pptx"),
    _define(_ZIP, b"", "", "a zip archive; name the document in it"),
)


def describe_mismatch(data: bytes, suffix: str) -> str | None:
    """What `data` is, and what to do, where it is no file of this suffix; None if nothing tells."""
    head = data[:_HEAD_BYTES]
    file_type = next(
        (k for k in _FILE_TYPES if k.signature.match(head) and k.content in data), None
    )
    return file_type.description if file_type and file_type.suffix != suffix else None


def misnamed_error(data: bytes, path: Path) -> SourceError:
    """The refusal of what is no file of the kind its name says."""
    suffix = path.suffix.lower()
    description = describe_mismatch(data, suffix) or (
        f"something else; open it where it was written and save it as {suffix}"
    )
    return SourceError(f"{path} is no {suffix} file but {description}", path)
