"""Open the zip archive of an XML document.

Files of the types .docx, .odt, .pptx and .epub are such archives.

Everything is checked before anything is read: the size of what the archive unpacks to (a "zip
bomb"), encryption, checksums, XML entities.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import SourceError
from ...messages import _
from ...reasons import explain_xml_error
from ..file_types import OLE_SIGNATURE, misnamed_error

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_UNPACKED_BYTES = 300_000_000  # of all parts together
MAX_TAGS = 4_000_000  # of a part; its tree takes more than 100 bytes for each
MAX_PART_BYTES = 60_000_000  # of one text part; a day of speech makes a tenth of it

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENTITY_MARKS = tuple(  # what defines an XML entity, which could grow without bound
    "<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_TEXT_PART = re.compile(r"\.(?:xml|rels|opf|ncx|x?html?)$", re.IGNORECASE)
_ENCRYPTED_FLAG = 0x1  # a flag of each member


class Archive:
    """The parts of a zip archive, checked to be whole and readable.

    Args:
        data: The whole file.
        path: Where it came from, for error messages.

    Raises:
        SourceError: The file is no zip archive, or is damaged, encrypted or too large.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        self._data = data
        if data.startswith(OLE_SIGNATURE) and _ENCRYPTED_PACKAGE in data:
            raise encrypted_error(path)
        if not data.startswith(b"PK"):
            raise misnamed_error(data, path)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except Exception as exc:  # zipfile raises many types for a damaged archive
            raise self.damaged_error() from exc
        self.names = frozenset(m.filename for m in members)
        self._check_sizes(members)
        try:
            damaged_name = self._zip.testzip()
        except Exception as exc:
            raise self.damaged_error() from exc
        if damaged_name:
            raise self.damaged_error(damaged_name)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            SourceError: The part is missing, so the file is damaged.
        """
        if name not in self.names:
            raise self.damaged_error(_("{part} is missing").format(part=name))
        return self._zip.read(name)

    def read_xml(self, name: str, transform: Callable[[bytes], bytes] = bytes) -> _Element:
        """Return the root element of an XML part.

        Args:
            name: The part's name in the archive.
            transform: Applied to the bytes before they are parsed.

        Raises:
            SourceError: The part is missing, too large, not well-formed, or contains entities.
        """
        from lxml import etree

        data = transform(self.read(name))
        if (count := data.count(b"<")) > MAX_TAGS:
            raise SourceError(
                _(
                    "{path} has {count:,} tags in {name}, more than a speech can have; the "
                    "limit is {most:,}. Remove what is empty in it, or split it into "
                    "smaller files"
                ).format(path=self.path, count=count, name=name, most=MAX_TAGS),
                self.path,
            )
        if any(mark in data for mark in _ENTITY_MARKS):
            raise self._entity_error(name)
        # The sizes are checked already; libxml2's own limits would refuse a long paragraph.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as exc:
            reason = _("{name}: {reason}").format(name=name, reason=explain_xml_error(exc))
            raise self.damaged_error(reason) from exc
        if next(root.iter(etree.Entity), None) is not None:
            raise self._entity_error(name)
        return root

    def misnamed_error(self) -> SourceError:
        """Return the error for an archive of another type than its suffix."""
        return misnamed_error(self._data, self.path)

    def damaged_error(self, reason: str = "") -> SourceError:
        """Return the error for an archive that cannot be read completely.

        Args:
            reason: What is wrong; may be empty.
        """
        detail = _(" ({reason})").format(reason=reason) if reason else ""
        return SourceError(
            _(
                "{path} is damaged{detail}; download it again, or open it in the program "
                "that wrote it and save it again"
            ).format(path=self.path, detail=detail),
            self.path,
        )

    def _entity_error(self, name: str) -> SourceError:
        return self.damaged_error(
            _("{name} has XML entities, which no office program writes").format(name=name)
        )

    def _check_sizes(self, members: list[zipfile.ZipInfo]) -> None:
        if any(m.flag_bits & _ENCRYPTED_FLAG for m in members):
            raise encrypted_error(self.path)
        total = sum(m.file_size for m in members)
        largest_text = max(
            (m.file_size for m in members if _TEXT_PART.search(m.filename)), default=0
        )
        if total > MAX_UNPACKED_BYTES or largest_text > MAX_PART_BYTES:
            raise SourceError(
                _(
                    "{path} unpacks to {total:.0f} MB, too much for a speech; the limit is "
                    "{most:.0f} MB, and {most_text:.0f} MB for its text. Split it into smaller "
                    "files"
                ).format(
                    path=self.path,
                    total=total / 1e6,
                    most=MAX_UNPACKED_BYTES / 1e6,
                    most_text=MAX_PART_BYTES / 1e6,
                ),
                self.path,
            )


def encrypted_error(path: Path) -> SourceError:
    """Return the error for a document that only a password opens."""
    return SourceError(
        _("{path} is encrypted; open it with its password and save a copy without one").format(
            path=path
        ),
        path,
    )
