"""The names of a folder's productions, decided before anything starts.

A production has the name of its speech without the suffix. Where several names in one folder would
be the same (ignoring letter case and Unicode normalization), each gets its suffix added: `a-txt`,
`a-docx`. Names that are still the same are numbered in the order of the files: `a-txt-2`. A name
too long for a suffix is cut, and ends in eight digits of its SHA-256. Control characters, bytes
that are not UTF-8, backslashes, and what Windows allows in no name are replaced.
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
from ..files import MAX_NAME_BYTES
from ..printable import is_control
from ..subtitles.formats import registry
from ..text.surrogates import without_surrogates
from ..windows import to_allowed_name

SOUND_SUFFIXES = tuple(form.suffix for form in AUDIO_FORMATS.values())
SUFFIXES = (*SOUND_SUFFIXES, *registry.SUBTITLE_SUFFIXES.values())
REPORT_NAME = "batch-report"  # the name of the report in the output folder, without a suffix
REPORT_FILES = (f"{REPORT_NAME}.json", f"{REPORT_NAME}.csv")
_NUMBER = re.compile(r"第?\s*([0-9]{1,3})(?![0-9])|第([零一二三四五六七八九十百]{1,5})")
_DIGEST_DIGITS = 8
_MARK = ".0"  # in place of a suffix, so that dots and blanks before it may stay


def assign_names(sources: Sequence[PurePosixPath]) -> Mapping[PurePosixPath, str]:
    """Return the name of each source's production, without a suffix.

    Args:
        sources: Paths from the batch's folder; their order does not matter.
    """
    ordered = sorted(sources, key=str)
    reserved = set(_reserved_paths(ordered))
    wanted = {source: to_file_name(source.stem) for source in ordered}
    counts = Counter(_folded_path(source, name) for source, name in wanted.items())
    counts.update(reserved)
    unique = {s: name for s, name in wanted.items() if counts[_folded_path(s, name)] == 1}
    taken = reserved | {_folded_path(source, name) for source, name in unique.items()}
    return {source: unique.get(source) or _choose_other_name(source, taken) for source in ordered}


def assign_tracks(sources: Sequence[PurePosixPath]) -> Mapping[PurePosixPath, int]:
    """Return each source's track number in its folder.

    If every name in a folder begins with a number (`03 `, `第3讲`, `第三讲`) and all are different,
    these are the track numbers. Otherwise they are 1, 2, 3 … in the order of the names, with digits
    compared as numbers.
    """
    folders: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for source in sources:
        folders[source.parent].append(source)
    return {
        source: number
        for siblings in folders.values()
        for source, number in _assign_folder_tracks(siblings).items()
    }


def _assign_folder_tracks(siblings: Sequence[PurePosixPath]) -> Mapping[PurePosixPath, int]:
    numbers = {s: number for s in siblings if (number := _leading_number(s.name)) is not None}
    if len(set(numbers.values())) == len(siblings):
        return numbers
    return {source: n for n, source in enumerate(sorted(siblings, key=_natural_key), 1)}


def _leading_number(name: str) -> int | None:
    """Return the leading number of a file name, or None.

    It is written in digits or Chinese numerals.
    """
    match = _NUMBER.match(name)
    digits, numerals = match.groups() if match else (None, None)
    if digits:
        return int(digits)
    if numerals:
        import cn2an

        with contextlib.suppress(ValueError):
            return int(cn2an.cn2an(numerals, "smart"))
    return None


def _natural_key(source: PurePosixPath) -> list[int | str]:
    """Return a sort key that compares runs of digits as numbers."""
    pieces = re.split(r"([0-9]+)", source.name)
    return [int(p) if n % 2 else p.casefold() for n, p in enumerate(pieces)]


def fold_path(path: str) -> str:
    """Return the same form for paths a file system may confuse.

    >>> fold_path("Talks/A.TXT")
    'talks/a.txt'
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def to_file_name(name: str) -> str:
    r"""Return the name in a form that every file system takes.

    It leaves room for every suffix.

    >>> to_file_name("a\\b"), to_file_name("Q: why?"), to_file_name("nul"), to_file_name(" ")
    ('a_b', 'Q_ why_', 'nul_', '_')
    """
    clean = "".join("_" if is_control(c) else c for c in without_surrogates(name))
    clean = to_allowed_name(f"{clean}{_MARK}").removesuffix(_MARK)
    clean = clean if clean.strip() else "_"  # blanks alone
    room = MAX_NAME_BYTES - max(map(len, SUFFIXES))
    if len(clean.encode()) <= room:
        return clean
    digits = hashlib.sha256(clean.encode()).hexdigest()[:_DIGEST_DIGITS]
    return f"{clean.encode()[: room - _DIGEST_DIGITS - 1].decode(errors='ignore')}-{digits}"


def _folded_path(source: PurePosixPath, name: str) -> str:
    """Return the folded path of a production in the source's folder."""
    return fold_path(str(source.parent / name))


def _reserved_paths(sources: Iterable[PurePosixPath]) -> Iterable[str]:
    """Yield the folded paths no production may have.

    They are the report's, and those whose files would have the name of a folder.
    """
    yield fold_path(REPORT_NAME)
    folders = {folder for source in sources for folder in source.parents}
    for folder in folders:
        for suffix in SUFFIXES:
            if folder.name.casefold().endswith(suffix):
                yield fold_path(str(folder.parent / folder.name[: -len(suffix)]))


def _choose_other_name(source: PurePosixPath, taken: set[str]) -> str:
    """Return a free name, and add its folded path to `taken`.

    The name has the source's suffix, and a number if necessary.
    """
    base = f"{source.stem}{source.suffix.lower().replace('.', '-')}"
    number = 1
    name = to_file_name(base)
    while _folded_path(source, name) in taken:
        number += 1
        name = to_file_name(f"{base}-{number}")
    taken.add(_folded_path(source, name))
    return name
