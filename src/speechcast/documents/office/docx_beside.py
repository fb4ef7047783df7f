"""Find what a Word document has beside its body: notes, comments, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..block import COMMENTS, HEADERS, NOTES, SAMPLE_LENGTH, LeftOut
from .archive import Archive
from .docx_fields import FieldNumbers
from .docx_numbering import WordLists
from .docx_styles import ParagraphStyle, WordStyles
from .docx_text import ParagraphReader, text_of
from .ooxml import W, find_related_parts, read_part, read_relations
from .page_numbers import is_page_number

if TYPE_CHECKING:
    from lxml.etree import _Element

_REFERRED = {"footnote": NOTES, "endnote": NOTES, "comment": COMMENTS}


def read_referred_texts(archive: Archive, source: str) -> Mapping[tuple[str, str], LeftOut]:
    """Return the notes and comments to which the body of a document refers.

    Args:
        archive: The document.
        source: The name of the part that holds the body.

    Returns:
        What is said of each, by the tag and the id of its reference: `("footnoteReference", "1")`.
    """
    parts = find_related_parts(archive, source)
    texts: dict[tuple[str, str], LeftOut] = {}
    for tag, kind in _REFERRED.items():
        part = parts.get(f"{tag}s")
        for element in [] if part is None else read_part(archive, part).iter(W + tag):
            key = (f"{tag}Reference", element.get(W + "id") or "")
            texts[key] = LeftOut(kind, _shorten(text_of(element)))
    return texts


def read_headers(archive: Archive, source: str, styles: WordStyles) -> list[LeftOut]:
    """Return each text of the headers and footers that is more than a page number.

    Args:
        archive: The document.
        source: The name of the part that holds the body.
        styles: The styles of the document.
    """
    parts = dict.fromkeys(
        relation.target
        for relation in read_relations(archive, source).values()
        if relation.kind in {"header", "footer"} and relation.target in archive.names
    )
    lines = (
        _shorten(line) for part in parts for line in _read_lines(read_part(archive, part), styles)
    )
    return [LeftOut(HEADERS, line) for line in dict.fromkeys(filter(None, lines))]


def _read_lines(container: _Element, styles: WordStyles) -> Iterator[str]:
    """Yield the text of the paragraphs in an element, those of its text boxes included."""
    reader = ParagraphReader(styles, FieldNumbers(WordLists(None)))
    for paragraph in container.iter(W + "p"):
        shown = reader.read(paragraph, ParagraphStyle())
        if not is_page_number(shown.text):
            yield shown.text
        for box in shown.boxes:
            if box.getparent() is None:  # made of WordArt, and not among the paragraphs
                yield from _read_lines(box, styles)


def _shorten(text: str) -> str:
    return " ".join(text.split())[:SAMPLE_LENGTH]
