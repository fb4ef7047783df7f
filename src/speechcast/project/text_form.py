"""A document of any kind as a text that can be edited."""

from __future__ import annotations

import re

from ..documents import Document
from ..model import BlockKind

_SIGN_AT_START = re.compile(r"[#>+*-]\s|[|`~=_-]{3}")


def to_markdown(document: Document) -> str:
    """Return a document as Markdown: a paragraph for each block, headings with their signs."""
    return "\n\n".join(_paragraph(b.text, b.kind, b.level) for b in document.blocks) + "\n"


def _paragraph(text: str, kind: BlockKind, level: int) -> str:
    if kind is BlockKind.TITLE:
        return f"# {text}"
    if kind is BlockKind.HEADING:
        return f"{'#' * min(max(level, 2), 6)} {text}"
    return f"\\{text}" if _SIGN_AT_START.match(text) else text
