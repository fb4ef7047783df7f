"""Keep a large table in pieces, by the first character of its words.

A sentence needs some thirty pieces of the twelve thousand of jieba's dictionary, and loading them
all takes a third of a second. A table is one file in the user's cache folder, with its digest: one
that is damaged, or of another version of its source, is built anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...files import atomic_write

FORMAT = 1  # raise it when the content of the files changes
_DIGEST_SIZE = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class ShardedTable:
    """A table of words.

    Attributes:
        extra: What its builder stored beside the words.
        pieces: The first character of words → those words with their values, marshalled.
    """

    extra: Any
    pieces: Mapping[str, bytes]

    def load(self, first: str) -> dict[str, Any]:
        """Return the words that begin with a character, with their values."""
        piece = self.pieces.get(first)
        return marshal.loads(piece) if piece else {}


def load_table(
    name: str, version: str, build: Callable[[], tuple[Any, Mapping[str, Any]]]
) -> ShardedTable:
    """Return a table from the user's cache folder; build and store it if it is not there.

    Args:
        name: The name of its file.
        version: Of what it is built from.
        build: Returns what to store beside the words, and the words with their values; all of it
            strings, numbers and tuples.
    """
    from platformdirs import user_cache_path

    path = user_cache_path("speechcast", ensure_exists=False) / name
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = path.read_bytes()
        content = data[_DIGEST_SIZE:]
        if hashlib.sha256(content).digest() == data[:_DIGEST_SIZE]:
            stored_format, stored_version, extra, pieces = marshal.loads(content)
            if (stored_format, stored_version) == (FORMAT, version):
                return ShardedTable(extra, pieces)
    extra, words = build()
    table = ShardedTable(extra, _divide(words))
    content = marshal.dumps((FORMAT, version, extra, dict(table.pieces)))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, hashlib.sha256(content).digest() + content, durable=False)
    return table


def _divide(words: Mapping[str, Any]) -> dict[str, bytes]:
    pieces: dict[str, dict[str, Any]] = {}
    for word, value in words.items():
        pieces.setdefault(word[:1], {})[word] = value
    return {first: marshal.dumps(piece) for first, piece in pieces.items()}
