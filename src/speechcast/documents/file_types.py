"""Detect the type of a file from its content, ignoring its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..errors import SourceError
from ..messages import _

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB]; also wraps an encrypted .docx
_ZIP = b"PK\x03\x04"
_HEAD_BYTES = 1024  # the beginning of a file, in which its signature must be


class _FileType(NamedTuple):
    signature: re.Pattern[bytes]  # what the file begins with
    content: bytes  # anywhere in it: the names of a zip archive's parts are not compressed
    suffix: str  # "" for a type that cannot be read
    description: str  # after "is not plain text but"


def _define(signature: bytes, content: bytes, suffix: str, type_name: str) -> _FileType:
    """Return a file type, with a description that says what to do."""
    description = f"{type_name}; give it the suffix {suffix}" if suffix else type_name
    return _FileType(re.compile(signature, re.IGNORECASE), content, suffix, description)


_FILE_TYPES = (  # the first that fits counts
    _define(rb"\s*%PDF-", b"", ".pdf", "a PDF"),
    _define(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", b"", ".html", "a web page"),
    _define(rb"\{\\rtf", b"", "", "rich text (RTF); open it and save it as .docx"),
    _define(
        re.escape(OLE_SIGNATURE),
        b"",
        "",
        "a file of Office 2003 or older; open it and save it as .docx",
    ),
    _define(
        rb"(?:\xef\xbb\xbf)?\s*(?:\d+\s+[\d:]+[,.]\d+ -->|WEBVTT\b|\[Script Info\])",
        b"",
        "",
        "subtitles; give the text of the speech instead",
    ),
    _define(_ZIP, b"word/document.xml", ".docx", "a Word document"),
    _define(_ZIP, b"ppt/presentation.xml", ".pptx", "a presentation"),
    _define(_ZIP, b"xl/workbook.xml", "", "a spreadsheet; save the text to be spoken as .docx"),
    _define(_ZIP, b"META-INF/container.xml", ".epub", "an e-book"),
    _define(_ZIP, b"opendocument.text", ".odt", "an OpenDocument text"),
    _define(_ZIP, b"opendocument.presentation", "", "a presentation; open it and save it as .pptx"),
    _define(_ZIP, b"", "", "a zip archive; unpack it and give the document in it"),
)


def describe_mismatch(data: bytes, suffix: str) -> str | None:
    """Describe a file that is of another type than its suffix says.

    Args:
        data: The whole file.
        suffix: The suffix it should fit, with its dot; ".txt" for plain text.

    Returns:
        What it is and what to do; None if it fits, or if its type is unknown.

    >>> describe_mismatch(b"%PDF-1.7", ".txt")
    'a PDF; give it the suffix .pdf'
    """
    head = data[:_HEAD_BYTES]
    file_type = next(
        (k for k in _FILE_TYPES if k.signature.match(head) and k.content in data), None
    )
    return file_type.description if file_type and file_type.suffix != suffix else None


def misnamed_error(data: bytes, path: Path) -> SourceError:
    """Return the error for a file of another type than its suffix."""
    suffix = path.suffix.lower()
    description = describe_mismatch(data, suffix) or (
        f"something else; open it in the program that wrote it and save it as {suffix}"
    )
    return SourceError(
        _("{path} is not a {suffix} file but {description}").format(
            path=path, suffix=suffix, description=description
        ),
        path,
    )
