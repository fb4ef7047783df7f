"""Keep a large table in pieces, by the first character of its words.

A sentence needs some thirty pieces of the twelve thousand of jieba's dictionary, and loading them
all takes a third of a second. A table is one file in the user's cache folder: a head, and the
pieces one after another. Head and pieces have a checksum each, so that no more is looked at than is
needed; what is damaged, or of another version of its source, is built anew.
"""

from __future__ import annotations

import contextlib
import marshal
import mmap
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from ...files import atomic_write

FORMAT = 2  # raise it when the content of the files changes
_NUMBER_SIZE = 4  # bytes; a file begins with the size and the checksum of its head
_Builder = Callable[[], tuple[Any, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file holds.

    Attributes:
        extra: What the builder stored beside the words.
        firsts: The first characters of words, sorted; each has a piece.
        ends: Where each piece ends in `data`; it begins where the one before it ends.
        sums: The checksum of each piece.
        data: The pieces, each the words of a first character with their values, marshalled.
    """

    extra: Any
    firsts: str
    ends: array[int]
    sums: array[int]
    data: memoryview

    def read(self, first: str) -> dict[str, Any]:
        """Return the words that begin with a character, with their values.

        Raises:
            ValueError: Their piece is damaged.
        """
        number = bisect_left(self.firsts, first)
        if not first or self.firsts[number : number + 1] != first:
            return {}
        piece = self.data[self.ends[number - 1] if number else 0 : self.ends[number]]
        if zlib.crc32(piece) != self.sums[number]:
            raise ValueError(f"the words with {first} are damaged")
        words: dict[str, Any] = marshal.loads(piece)
        return words


class ShardedTable:
    """A table of words."""

    def __init__(self, content: _Content, rebuild: Callable[[], _Content]) -> None:
        self._content = content
        self._rebuild = rebuild

    @property
    def extra(self) -> Any:
        """What the table's builder stored beside the words."""
        return self._content.extra

    def load(self, first: str) -> dict[str, Any]:
        """Return the words that begin with a character, with their values."""
        with contextlib.suppress(ValueError):
            return self._content.read(first)
        self._content.data.release()  # a file that is mapped cannot be replaced on Windows
        self._content = self._rebuild()
        return self._content.read(first)


def load_table(name: str, version: str, build: _Builder) -> ShardedTable:
    """Return a table from the user's cache folder; build and store it if it is not there.

    Args:
        name: The name of its file.
        version: Of what it is built from.
        build: Returns what to store beside the words, and the words, none of them empty, with their
            values; all of it strings, numbers and tuples.
    """
    from platformdirs import user_cache_path

    path = user_cache_path("speechcast", ensure_exists=False) / name

    def rebuild() -> _Content:
        data = _compose(version, *build())
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(path, data, durable=False)
        return _parse(data, version)

    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        with path.open("rb") as file:  # of which no more is read than is needed
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        with contextlib.ExitStack() as unless_it_fits:
            unless_it_fits.enter_context(data)  # as above
            content = _parse(data, version)
            unless_it_fits.pop_all()
        return ShardedTable(content, rebuild)
    return ShardedTable(rebuild(), rebuild)


def _compose(version: str, extra: Any, words: Mapping[str, Any]) -> bytes:
    """Return the content of a table's file."""
    pieces = _divide(words)
    ends = _to_bytes(accumulate(map(len, pieces.values())))
    sums = _to_bytes(map(zlib.crc32, pieces.values()))
    head = marshal.dumps((FORMAT, version, extra, "".join(pieces), ends, sums))
    return b"".join([_to_bytes([len(head), zlib.crc32(head)]), head, *pieces.values()])


def _parse(data: bytes | mmap.mmap, version: str) -> _Content:
    """Return what a table's file holds.

    Raises:
        ValueError, EOFError, TypeError: It is damaged, or of another version.
    """
    start = 2 * _NUMBER_SIZE
    size, checksum = _to_numbers(data[:start])
    head = data[start : start + size]
    if zlib.crc32(head) != checksum:
        raise ValueError("the table's head is damaged")
    stored_format, stored_version, extra, firsts, ends, sums = marshal.loads(head)
    if (stored_format, stored_version) != (FORMAT, version):
        raise ValueError("the table is of another version")
    pieces = memoryview(data)[start + size :]
    return _Content(extra, firsts, _to_numbers(ends), _to_numbers(sums), pieces)


def _to_bytes(numbers: Iterable[int]) -> bytes:
    """Return numbers as bytes that every machine reads alike."""
    column = array("I", numbers)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _to_numbers(data: bytes) -> array[int]:
    """Return the numbers that `_to_bytes` wrote.

    Raises:
        ValueError: The bytes are no whole numbers.
    """
    column = array("I", data)
    if sys.byteorder == "big":
        column.byteswap()
    return column


def _divide(words: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the marshalled words of each first character, sorted."""
    pieces: dict[str, dict[str, Any]] = {}
    for word, value in words.items():
        pieces.setdefault(word[0], {})[word] = value
    return {first: marshal.dumps(piece) for first, piece in sorted(pieces.items())}
