"""The files of a production, and their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import windows
from .config_files import shorten
from .errors import OutputError
from .files import MAX_NAME_BYTES, measure_name
from .messages import _
from .printable import is_control

PAGE_MARK = '<meta name="generator" content="speechcast">'
"""What every listening page has near its beginning."""

_PAGE_SUFFIX = ".html"
_PAGE_HEAD = 1024  # bytes in which `PAGE_MARK` ends
_SHOWN = 20  # characters of a name that is too long, in its error


@dataclass(frozen=True, slots=True)
class OutputFiles:
    """The files of a production: sound and subtitles in each format, and a page or none."""

    audio: tuple[Path, ...]
    subtitles: tuple[Path, ...]
    pages: tuple[Path, ...] = ()

    @property
    def all(self) -> tuple[Path, ...]:
        """The sound, then the subtitles, then the page."""
        return self.audio + self.subtitles + self.pages

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, without the folder."""
        return tuple(path.name for path in self.all)

    def moved_to(self, folder: Path) -> OutputFiles:
        """Return the files of the same names in another folder."""
        return OutputFiles(
            tuple(folder / path.name for path in self.audio),
            tuple(folder / path.name for path in self.subtitles),
            tuple(folder / path.name for path in self.pages),
        )


def default_name(source: Path) -> str:
    r"""Return what the files of a source are called unless the user says otherwise.

    What `name_files` would refuse is replaced.

    >>> default_name(Path("talks/讲话.txt")), default_name(Path(".a\nb.txt"))
    ('讲话', 'a_b')
    """
    return "".join("_" if _is_unseen(char) else char for char in source.stem).lstrip(".")


def name_files(
    folder: Path,
    name: str,
    audio: Sequence[str],
    subtitles: Sequence[str],
    *,
    page: bool = False,
) -> OutputFiles:
    """Return the files called `name` in a folder, one for each suffix, and a page if requested.

    Raises:
        OutputError: The name cannot be that of a file, or nobody would find or could type it.
    """
    if not name.strip() or name == ".." or any(c in "/\\" or _is_unseen(c) for c in name):
        raise OutputError(
            _("'{name}' cannot be the name of a file; choose another with --name").format(
                name=shorten(name)
            )
        )
    if name.startswith("."):
        raise OutputError(
            _("'{name}' begins with a dot, which hides a file; choose another with --name").format(
                name=shorten(name)
            )
        )
    suffixes = (*audio, *subtitles, *([_PAGE_SUFFIX] if page else []))
    if windows.HERE and not all(windows.allows_name(name + suffix) for suffix in suffixes):
        raise OutputError(
            _(
                "'{name}' cannot be the name of a file on Windows, which allows none of "
                '< > : " | ? * and no name of a device; choose another with --name'
            ).format(name=name)
        )
    files = OutputFiles(
        tuple(folder / (name + suffix) for suffix in audio),
        tuple(folder / (name + suffix) for suffix in subtitles),
        (folder / (name + _PAGE_SUFFIX),) if page else (),
    )
    if max(map(measure_name, files.names)) > MAX_NAME_BYTES:
        raise OutputError(
            _("'{name}…' is too long for a file; choose a shorter --name").format(
                name=name[:_SHOWN]
            )
        )
    return files


def _is_unseen(char: str) -> bool:
    """Return whether a character is not seen; a byte that is not UTF-8 is another matter."""
    return is_control(char) and not "\ud800" <= char <= "\udfff"


def is_listening_page(path: Path) -> bool:
    """Return whether a file is a listening page that speechcast wrote."""
    if path.suffix.lower() != _PAGE_SUFFIX:
        return False
    try:
        with path.open("rb") as stream:
            return PAGE_MARK.encode() in stream.read(_PAGE_HEAD)
    except OSError:
        return False
