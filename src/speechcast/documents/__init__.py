"""A file, or bytes from a pipe, to a document: its paragraphs and its front matter."""

from __future__ import annotations

from .block import Block
from .document import KINDS, LARGEST, Document, decode, from_text, read
from .front_matter import FrontMatter

__all__ = ["KINDS", "LARGEST", "Block", "Document", "FrontMatter", "decode", "from_text", "read"]
