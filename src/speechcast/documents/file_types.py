"""Detect the type of a file from its content, ignoring its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from ..errors import SourceError
from ..messages import _, mark

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB]; also wraps an encrypted .docx
_ZIP = b"PK\x03\x04"
_HEAD_BYTES = 1024  # the beginning of a file, in which its signature must be


class _FileType(NamedTuple):
    signature: re.Pattern[bytes]  # what the file begins with
    content: bytes  # anywhere in it: the names of a zip archive's parts are not compressed
    suffix: str  # "" for a type that cannot be read
    name: str  # after "is not plain text but"; of a type that cannot be read, with what to do

    def describe(self) -> str:
        """Return what it is, and what to do."""
        if not self.suffix:
            return _(self.name)
        return _("{name}; give it the suffix {suffix}").format(
            name=_(self.name), suffix=self.suffix
        )


def _define(signature: bytes, content: bytes, suffix: str, name: str) -> _FileType:
    return _FileType(re.compile(signature, re.IGNORECASE), content, suffix, name)


_FILE_TYPES = (  # the first that fits counts
    _define(rb"\s*%PDF-", b"", ".pdf", mark("a PDF")),
    _define(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", b"", ".html", mark("a web page")),
    _define(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf", b"", ".rtf", mark("rich text (RTF)")),
    _define(
        re.escape(OLE_SIGNATURE),
        b"",
        "",
        mark("a file of Office 2003 or older; open it and save it as .docx"),
    ),
    _define(
        rb"(?:\xef\xbb\xbf)?\s*(?:\d+\s+[\d:]+[,.]\d+ -->|WEBVTT\b|\[Script Info\])",
        b"",
        "",
        mark("subtitles; give the text of the speech instead"),
    ),
    _define(_ZIP, b"word/document.xml", ".docx", mark("a Word document")),
    _define(_ZIP, b"ppt/presentation.xml", ".pptx", mark("a presentation")),
    _define(
        _ZIP, b"xl/workbook.xml", "", mark("a spreadsheet; save the text to be spoken as .docx")
    ),
    _define(_ZIP, b"META-INF/container.xml", ".epub", mark("an e-book")),
    _define(_ZIP, b"opendocument.text", ".odt", mark("an OpenDocument text")),
    _define(
        _ZIP, b"opendocument.presentation", "", mark("a presentation; open it and save it as .pptx")
    ),
    _define(_ZIP, b"", "", mark("a zip archive; unpack it and give the document in it")),
)


def detect_suffix(data: bytes) -> str:
    r"""Return the suffix that fits the content of a file; "" if it is not known.

    >>> detect_suffix(b"{\\rtf1 x}")
    '.rtf'
    """
    file_type = _find_type(data)
    return file_type.suffix if file_type else ""


def _find_type(data: bytes) -> _FileType | None:
    head = data[:_HEAD_BYTES]
    return next((k for k in _FILE_TYPES if k.signature.match(head) and k.content in data), None)


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
    file_type = _find_type(data)
    return file_type.describe() if file_type and file_type.suffix != suffix else None


def misnamed_error(data: bytes, path: Path) -> SourceError:
    """Return the error for a file of another type than its suffix."""
    suffix = path.suffix.lower()
    description = describe_mismatch(data, suffix) or _(
        "something else; open it in the program that wrote it and save it as {suffix}"
    ).format(suffix=suffix)
    return SourceError(
        _("{path} is not a {suffix} file but {description}").format(
            path=path, suffix=suffix, description=description
        ),
        path,
    )
