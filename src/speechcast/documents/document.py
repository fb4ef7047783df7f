"""A file, or bytes from a pipe, to a document: its paragraphs, and what stands in front of them.

bytes        kinds: what a file is, whatever its name; encodings; archive: zips, with care
text         matter: front matter; plain: lines to paragraphs; markdown
.docx        word, which asks word_text, word_styles, word_lists; ooxml: its XML
.odt .pptx   odt, which asks odt_styles; slides
.html .epub  web, which asks elements
.pdf         pdf: lines on pages; layout: paragraphs of them
all          blocks: what every reader gives; pieces and numerals: what they share;
             outline: what kind a paragraph is where nothing says so; title_block, headings
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name

from ..errors import SourceError
from ..text import encodings
from . import file_types
from .block import Block
from .front_matter import FrontMatter, split_front_matter
from .plain import blocks as plain_blocks
from .structure import outline
from .structure.title_block import complete_front_matter

__all__ = ["SUFFIXES", "Block", "Document", "FrontMatter", "from_bytes", "from_text", "read"]

# What is no plain text, by its suffix: the function that makes blocks of its bytes.
_READERS = {
    ".docx": "speechcast.documents.office.docx:blocks",
    ".odt": "speechcast.documents.office.odt:blocks",
    ".pptx": "speechcast.documents.office.pptx:blocks",
    ".pdf": "speechcast.documents.pdf.reader:blocks",
    ".epub": "speechcast.documents.web.html:book",
    ".html": "speechcast.documents.web.html:blocks",
    ".htm": "speechcast.documents.web.html:blocks",
    ".xhtml": "speechcast.documents.web.html:blocks",
}
_MARKDOWN = (".md", ".markdown")
SUFFIXES = (".txt", *_MARKDOWN, *_READERS)  # the suffixes of what can be read
_SAVE_AS = dict.fromkeys(
    (".doc", ".rtf", ".pages", ".wps", ".dot", ".dotx", ".docm", ".ott", ".fodt"), ".docx"
) | dict.fromkeys((".ppt", ".pps", ".ppsx", ".key", ".odp", ".dps"), ".pptx")
MAX_TEXT_BYTES = 10_000_000  # bytes of plain text: a hundred hours of speech
MAX_FILE_BYTES = 50_000_000  # bytes of any file


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: its paragraphs in order, and its front matter."""

    blocks: tuple[Block, ...]
    front_matter: FrontMatter = FrontMatter()

    @property
    def text(self) -> str:
        """The paragraphs, each on a line, with the marks they carry."""
        return "\n".join(block.text for block in self.blocks)


def read(path: Path, encoding: str | None = None) -> Document:
    """The document at `path`, read by its kind; plain text in any encoding (see `encodings`).

    Raises SourceError for what cannot be read, naming what is wrong with it and what to do.
    """
    data = _read_bytes(path)
    suffix = path.suffix.lower()
    if suffix in _SAVE_AS:
        raise SourceError(f"{path} cannot be read as it is; save it as {_SAVE_AS[suffix]}", path)
    if suffix not in _READERS:
        return from_bytes(data, str(path), encoding, markdown=suffix in _MARKDOWN)
    read_blocks: Callable[[bytes, Path], list[Block]] = resolve_name(_READERS[suffix])
    blocks = outline.recognize(read_blocks(data, path))
    if not blocks:
        raise SourceError(f"{path} holds no text; there is nothing to speak", path)
    return Document(tuple(blocks), complete_front_matter(blocks, FrontMatter()))


def from_bytes(
    data: bytes, name: str, encoding: str | None = None, *, markdown: bool = False
) -> Document:
    """The plain text (or Markdown) in `data`, which messages call `name`. Raises as `read`."""
    if len(data) > MAX_TEXT_BYTES:
        raise SourceError(
            f"{name} is {len(data) / 1e6:.0f} MB of text, more than anyone can say; "
            f"up to {MAX_TEXT_BYTES / 1e6:.0f} MB are read. Divide it",
            Path(name),
        )
    if other := file_types.describe_mismatch(data, ".txt"):
        raise SourceError(f"{name} is no plain text but {other}", Path(name))
    return from_text(encodings.decode_text(data, name, encoding), name, markdown=markdown)


def from_text(text: str, name: str = "the text", *, markdown: bool = False) -> Document:
    """The document that `text` is. Raises SourceError for front matter that is none."""
    front_matter, body, row = split_front_matter(text, name)
    if markdown:
        from .markdown import blocks

        paragraphs = blocks(body, row)
    else:
        paragraphs = plain_blocks(body, row)
    paragraphs = outline.recognize(paragraphs)
    return Document(tuple(paragraphs), complete_front_matter(paragraphs, front_matter))


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name a text file in it", path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist; check the name and the folder", path) from None
    except OSError as exc:
        raise SourceError(f"{path} cannot be read: {exc.strerror or exc}", path) from exc
    if not data:
        raise SourceError(f"{path} is empty; there is nothing to speak", path)
    if len(data) > MAX_FILE_BYTES:
        pictures = "take the pictures out, or " if path.suffix.lower() in _READERS else ""
        raise SourceError(
            f"{path} is larger than {MAX_FILE_BYTES / 1e6:.0f} MB; {pictures}divide it", path
        )
    return data
