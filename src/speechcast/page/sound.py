"""How a page has its sound: inside it, or beside it."""

from __future__ import annotations

import base64
import html
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from ..errors import SourceError
from ..messages import _

# What browsers play, by the suffix of the file (MDN, "Media container formats"); the first ones
# are played by the most browsers.
_MIME_TYPES = {
    ".mp3": "audio/mpeg",
    ".m4b": "audio/mp4",
    ".m4a": "audio/mp4",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".webm": "audio/webm",
    ".aac": "audio/aac",
}
# Bytes of the sound in one element: a browser holds no text of half a gigabyte, and needs the
# memory of one element at a time. A multiple of 3, so that base 64 needs no padding.
_BLOCK = 3 << 19


@dataclass(frozen=True, slots=True)
class SoundSource:
    """The markup of a page's sound.

    Attributes:
        mime_type: Its media type.
        address: Where it lies, seen from the page; "" if it is embedded.
        path: The file that is embedded; None if it is not.
    """

    mime_type: str
    address: str = ""
    path: Path | None = None

    def data_blocks(self) -> Iterator[str]:
        """Yield the sound as elements that are no script to a browser: base 64."""
        if self.path is None:
            return
        with self.path.open("rb") as stream:
            while block := stream.read(_BLOCK):
                data = base64.b64encode(block).decode("ascii")
                yield f'<script type="application/octet-stream" class="sound">{data}</script>\n'

    @property
    def source_attribute(self) -> str:
        """The attribute of the audio element; none for an embedded sound."""
        return f' src="{html.escape(self.address)}"' if self.address else ""


def embed(path: Path) -> SoundSource:
    """Return the sound in a file, to be written into the page.

    Raises:
        SourceError: Browsers do not play such a file.
    """
    return SoundSource(_mime_type(path), path=path)


def link(path: Path, folder: Path) -> SoundSource:
    """Return the sound in a file, to be played from there by a page in `folder`.

    Raises:
        SourceError: Browsers do not play such a file, or no page can name its path.
    """
    try:
        relative = os.path.relpath(path.resolve(), folder.resolve())
        address = quote(Path(relative).as_posix())
    except (ValueError, UnicodeEncodeError) as exc:  # another drive; a name that is not UTF-8
        raise SourceError(
            _("{path} cannot be linked from a page in {folder}; leave out --link").format(
                path=path, folder=folder
            ),
            path,
        ) from exc
    return SoundSource(_mime_type(path), address)


def choose_playable(paths: tuple[Path, ...]) -> Path:
    """Return the file that the most browsers play."""
    order = list(_MIME_TYPES)
    return min(paths, key=lambda path: order.index(path.suffix.lower()))


def _mime_type(path: Path) -> str:
    try:
        return _MIME_TYPES[path.suffix.lower()]
    except KeyError:
        allowed = _(", ").join(_MIME_TYPES)
        raise SourceError(
            _("{path} is of a kind that browsers do not play; a page takes {allowed}").format(
                path=path, allowed=allowed
            ),
            path,
        ) from None
