"""Read a file, or bytes, into a document.

A document has paragraphs and front matter.
"""

from __future__ import annotations

from .block import Block, LeftOut, describe_left_out
from .document import (
    FRONT_MATTER_SUFFIXES,
    MAX_FILE_BYTES,
    READABLE_SUFFIXES,
    Document,
    find_suffix,
    from_bytes,
    from_text,
    parse_file,
    read,
    read_file_bytes,
)
from .front_matter import FrontMatter

__all__ = [
    "FRONT_MATTER_SUFFIXES",
    "MAX_FILE_BYTES",
    "READABLE_SUFFIXES",
    "Block",
    "Document",
    "FrontMatter",
    "LeftOut",
    "describe_left_out",
    "find_suffix",
    "from_bytes",
    "from_text",
    "parse_file",
    "read",
    "read_file_bytes",
]
