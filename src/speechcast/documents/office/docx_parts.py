"""Read the parts of a Word document that its body refers to: merged documents, diagrams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ...errors import SourceError
from ...messages import _
from ...text.encodings import decode_text
from ..block import Block, LeftOut
from ..file_types import detect_suffix
from ..plain import parse_plain
from .archive import Archive
from .docx_drawings import read_diagram
from .ooxml import Relation, read_part, read_relations

if TYPE_CHECKING:
    from lxml.etree import _Element

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MERGED_KIND = "aFChunk"
_MAX_MERGED_DEPTH = 5  # of documents merged into merged documents


class RelatedParts:
    """The parts that the body of a document refers to by an id.

    Args:
        archive: The document.
        source: The name of the part that holds the body.
        read_word: Reads a merged Word document.
        depth: How many documents this one is merged into.
    """

    def __init__(
        self,
        archive: Archive,
        source: str,
        read_word: Callable[[bytes, Path, int], list[Block | LeftOut]],
        depth: int = 0,
    ) -> None:
        self._archive = archive
        self._relations = read_relations(archive, source)
        self._read_word = read_word
        self._depth = depth

    def read_merged(self, element: _Element) -> Sequence[Block | LeftOut]:
        """Return the paragraphs of a merged document (`w:altChunk`), and what is left out of it.

        Raises:
            SourceError: It is missing, or of a kind that cannot be read.
        """
        name = self._find(element.get(_ID + "id"), _MERGED_KIND)
        data = self._archive.read(name)
        suffix = PurePosixPath(name).suffix.lower()
        if data.startswith(b"PK") and self._depth < _MAX_MERGED_DEPTH:
            return self._read_word(data, self._archive.path, self._depth + 1)
        if detect_suffix(data) == ".rtf":
            from . import rtf

            return rtf.blocks(data, self._archive.path)
        if suffix in {".mht", ".mhtml", ".eml"}:
            return self._read_web_archive(data)
        if suffix in {".html", ".htm", ".xhtml"} or data.lstrip()[:1] == b"<":
            return self._read_page(data)
        if suffix == ".txt":
            return parse_plain(
                decode_text(data, _("{name} in {path}").format(name=name, path=self._archive.path))
            )
        raise SourceError(
            _(
                "{path} contains a document that cannot be read as it is ({name}); open it "
                "in Word and save it again, which merges the two"
            ).format(path=self._archive.path, name=name),
            self._archive.path,
        )

    def read_diagram(self, element: _Element) -> list[str]:
        """Return the lines of a diagram (SmartArt)."""
        name = self._find(element.get(_ID + "dm"), "diagramData")
        return read_diagram(read_part(self._archive, name))

    def _find(self, relation_id: str | None, kind: str) -> str:
        """Return the name of a part.

        Raises:
            SourceError: No such part is in the document.
        """
        relation = self._relations.get(relation_id or "", Relation(kind, ""))
        if relation.target not in self._archive.names:
            part = relation.target or _("a part of the type {kind}").format(kind=kind)
            raise self._archive.damaged_error(_("{part} is missing").format(part=part))
        return relation.target

    def _read_page(self, data: bytes) -> list[Block | LeftOut]:
        from ..web import html

        reading = html.read_page(data, self._archive.path)
        return [*reading.blocks, *reading.left_out]

    def _read_web_archive(self, data: bytes) -> list[Block | LeftOut]:
        message = message_from_bytes(data, policy=policy.default)
        page = message.get_body(("html", "plain"))
        if page is None:
            raise self._archive.damaged_error(_("a merged web page has no text"))
        content = page.get_content()
        return self._read_page(str(content).encode())
