"""What .docx, .odt, .pptx and .epub are: a zip archive of XML, opened with care."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import SourceError
from ..file_types import OFFICE_97, misnamed

if TYPE_CHECKING:
    from lxml.etree import _Element

UNPACKED = 300_000_000  # bytes of all that is in it
PART = 60_000_000  # bytes of one part that is text; a day of speech makes a tenth of it

_CIPHER = "EncryptedPackage".encode("utf-16-le")
_TEXT = re.compile(r"\.(?:xml|rels|opf|ncx|x?html?)$", re.IGNORECASE)
_ENCRYPTED = 0x1  # a flag of each member


class Archive:
    """The parts of a file that is whole, not encrypted and of sane size; SourceError else."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        self._data = data
        if data.startswith(OFFICE_97) and _CIPHER in data:
            raise encrypted(path)
        if not data.startswith(b"PK"):
            raise misnamed(data, path)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except Exception as exc:  # whatever is wrong with a broken archive
            raise self.broken() from exc
        self.names = frozenset(m.filename for m in members)
        self._measure(members)
        try:
            bad = self._zip.testzip()
        except Exception as exc:
            raise self.broken() from exc
        if bad:
            raise self.broken(f" ({bad})")

    def read(self, name: str) -> bytes:
        """The bytes of a part there must be."""
        if name not in self.names:
            raise self.broken(f" ({name} is missing)")
        return self._zip.read(name)

    def xml(self, name: str, mended: Callable[[bytes], bytes] = bytes) -> _Element:
        """The root of a part there must be, its bytes `mended` first."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(mended(self.read(name)), parser)
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise self.broken(f" ({name}: {_gist(exc)})") from exc
        if next(root.iter(etree.Entity), None) is not None:
            raise self.broken(f" ({name} has entities, which no program writes there)")
        return root

    def misnamed(self) -> SourceError:
        """The refusal of an archive that holds something else than its name says."""
        return misnamed(self._data, self.path)

    def broken(self, why: str = "") -> SourceError:
        """The refusal of what cannot be read to its end."""
        return SourceError(
            f"{self.path} is damaged{why}; fetch it anew, or open it where it was written and "
            f"save it again",
            self.path,
        )

    def _measure(self, members: list[zipfile.ZipInfo]) -> None:
        if any(m.flag_bits & _ENCRYPTED for m in members):
            raise encrypted(self.path)
        whole = sum(m.file_size for m in members)
        longest = max((m.file_size for m in members if _TEXT.search(m.filename)), default=0)
        if whole > UNPACKED or longest > PART:
            raise SourceError(
                f"{self.path} unpacks to {whole / 1e6:.0f} MB, which is no speech; up to "
                f"{UNPACKED / 1e6:.0f} MB are read, {PART / 1e6:.0f} MB of them text. Divide it",
                self.path,
            )


def encrypted(path: Path) -> SourceError:
    """The refusal of what only a password opens."""
    return SourceError(
        f"{path} is encrypted; open it with its password and save a copy without one", path
    )


def _gist(exc: Exception) -> str:
    """What is wrong, without where the parser was."""
    return re.split(r"[\n,]", str(exc))[0]
