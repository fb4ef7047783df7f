"""What the productions of a folder are called, decided before anything starts.

A production is called as its speech, without the suffix. Where several of one folder would be
called alike (letter case and Unicode form aside), each of them has its kind added: `a-txt`,
`a-docx`. What is alike even then is numbered in the order of the files' names: `a-txt-2`. A name
too long for a suffix is cut, and ends in eight digits that stand for the whole of it. What is no
character to be read (a line's end, bytes that are no UTF-8), and a backslash, is replaced.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from ..audio.formats import AUDIO_FORMATS
from ..subtitles.formats import registry

LONGEST = 255  # bytes of a file's name
SOUNDS = tuple(form.suffix for form in AUDIO_FORMATS.values())
SUFFIXES = (
    *SOUNDS,
    *registry.SUBTITLE_SUFFIXES.values(),
)  # what a production's name may be followed by
REPORT = "batch-report"  # the report's own name, in the output folder
_NUMBER = re.compile(r"第?\s*([0-9]{1,3})(?![0-9])|第([零一二三四五六七八九十百]{1,5})")
_DIGITS = 8
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def names(sources: Sequence[PurePosixPath]) -> Mapping[PurePosixPath, str]:
    """For each source (a path from the batch's folder) its production's name, without a suffix."""
    ordered = sorted(sources, key=str)
    reserved = set(_reserved(ordered))
    called = {source: fitting(source.stem) for source in ordered}
    alike = Counter(_place(source, name) for source, name in called.items())
    alike.update(reserved)
    kept = {s: name for s, name in called.items() if alike[_place(s, name)] == 1}
    taken = reserved | {_place(source, name) for source, name in kept.items()}
    return {source: kept.get(source) or _other(source, taken) for source in ordered}


def tracks(sources: Sequence[PurePosixPath]) -> Mapping[PurePosixPath, int]:
    """For each source its number among those of its folder.

    It is the one its name begins with (`03 `, `第3讲`, `第三讲`) where all names there begin with
    numbers, each with another; else its place among them, figures in names taken as numbers.
    """
    folders: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for source in sources:
        folders[source.parent].append(source)
    return {source: n for beside in folders.values() for source, n in _numbered(beside).items()}


def _numbered(beside: Sequence[PurePosixPath]) -> Mapping[PurePosixPath, int]:
    own = {source: n for source in beside if (n := _number(source.name)) is not None}
    if len(set(own.values())) == len(beside):
        return own
    return {source: n for n, source in enumerate(sorted(beside, key=_natural), 1)}


def _number(name: str) -> int | None:
    figures, characters = found.groups() if (found := _NUMBER.match(name)) else (None, None)
    if figures:
        return int(figures)
    if characters:
        import cn2an

        with contextlib.suppress(ValueError):
            return int(cn2an.cn2an(characters, "smart"))
    return None


def _natural(source: PurePosixPath) -> list[int | str]:
    pieces = re.split(r"([0-9]+)", source.name)
    return [int(p) if n % 2 else p.casefold() for n, p in enumerate(pieces)]


def fold(path: str) -> str:
    """What is equal for paths that some file system takes for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def fitting(name: str) -> str:
    """The name as any file system takes it, short enough for every suffix."""
    clean = "".join("_" if c == "\\" or _steers(c) else c for c in _text(name))
    room = LONGEST - max(map(len, SUFFIXES))
    if len(clean.encode()) <= room:
        return clean
    digits = hashlib.sha256(clean.encode()).hexdigest()[:_DIGITS]
    return f"{clean.encode()[: room - _DIGITS - 1].decode(errors='ignore')}-{digits}"


def shown(path: str) -> str:
    """The path as it may be printed anywhere: one line, all of it text, nothing that steers."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(c) else c for c in _text(path))


def _text(name: str) -> str:
    """The name with what is no UTF-8 in it replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _steers(char: str) -> bool:
    """Whether it is a control character, a line's end, or turns the direction of what follows."""
    return unicodedata.category(char) in {"Cc", "Zl", "Zp"} or char in _TURNS


def _place(source: PurePosixPath, name: str) -> str:
    return fold(str(source.parent / name))


def _reserved(sources: Iterable[PurePosixPath]) -> Iterable[str]:
    """The places nobody may have: the report's, and those whose files would be folders' names."""
    yield fold(REPORT)
    folders = {folder for source in sources for folder in source.parents}
    for folder in folders:
        for suffix in SUFFIXES:
            if folder.name.casefold().endswith(suffix):
                yield fold(str(folder.parent / folder.name[: -len(suffix)]))


def _other(source: PurePosixPath, taken: set[str]) -> str:
    """A name with the source's kind, and a number if it must be; it is taken from now on."""
    base = f"{source.stem}{source.suffix.lower().replace('.', '-')}"
    number = 1
    name = fitting(base)
    while _place(source, name) in taken:
        number += 1
        name = fitting(f"{base}-{number}")
    taken.add(_place(source, name))
    return name
