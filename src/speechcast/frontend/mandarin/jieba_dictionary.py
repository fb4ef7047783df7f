"""Load jieba's dictionary of Chinese words, as far as it is needed."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import marshal
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

from ...files import atomic_write, file_state
from ..tables import read_rows
from .sharded_tables import ShardedTable, load_table

_NEW_WORDS = "new_words.txt"
_COUNT_OF_NEW = 300  # of a word of `new_words.txt`, enough for it to be divided nowhere


@cache
def load_jieba() -> Any:
    """Return the jieba module with its whole dictionary loaded; see also `load_jieba_for`.

    jieba's cache of the dictionary goes into the user's cache folder; by default it is in
    a folder for temporary files that other users may write to. jieba takes it as it is, so one that
    has changed since it was written is built anew.
    """
    from platformdirs import user_cache_path

    jieba = import_jieba()
    with _loading:
        folder = user_cache_path("speechcast", ensure_exists=True)
        jieba.dt.tmp_dir = str(folder)
        built, note = folder / "jieba.cache", folder / "jieba.cache.state"
        if not _load_built(jieba.dt, built, note):
            jieba.dt.initialized = False
            jieba.initialize()
            with contextlib.suppress(OSError):
                atomic_write(note, file_state(built).encode(), durable=False)
        for row in read_rows(__package__, _NEW_WORDS):
            for word in row.split():
                jieba.dt.add_word(word, _COUNT_OF_NEW)
    return jieba


def load_jieba_for(text: str) -> Any:
    """Return the jieba module with all words that begin with a character of a text.

    That is as good as the whole dictionary for dividing that text, and loads in no time.
    """
    jieba = import_jieba()
    for first in set(text) - _loaded_firsts:
        _load_words(jieba.dt, first)
    return jieba


@cache
def import_jieba() -> Any:
    """Return the jieba module, without its dictionary."""
    with warnings.catch_warnings(), _without_pkg_resources():
        warnings.simplefilter("ignore")  # about jieba's regular expressions
        import jieba

    logging.getLogger(jieba.__name__).setLevel(logging.ERROR)
    return jieba


_loading = threading.RLock()
_loaded_firsts: set[str] = set()  # the first characters whose words jieba has


def _load_words(tokenizer: Any, first: str) -> None:
    """Give jieba the words that begin with a character, unless it has the whole dictionary."""
    with _loading:
        if not load_jieba.cache_info().currsize:
            table = _load_table()
            if not tokenizer.initialized:
                tokenizer.FREQ, tokenizer.total = {}, table.extra
                tokenizer.initialized = True
            tokenizer.FREQ.update(table.load(first))
        _loaded_firsts.add(first)


@cache
def _load_table() -> ShardedTable:
    """Return jieba's counts of words, with ours, in pieces."""
    new = hashlib.sha256("\n".join(read_rows(__package__, _NEW_WORDS)).encode()).hexdigest()
    return load_table("jieba.words", f"{metadata.version('jieba')} {new}", _count_words)


def _count_words() -> tuple[int, Mapping[str, int]]:
    dictionary = load_jieba().dt
    return dictionary.total, dictionary.FREQ


def _load_built(tokenizer: Any, built: Path, note: Path) -> bool:
    """Load the dictionary that jieba built before; return whether it could be.

    jieba would read it from the file piece by piece, which takes three times as long as from
    memory. One that is not as `note` describes it is removed.
    """
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        if note.read_bytes() == file_state(built).encode():
            tokenizer.FREQ, tokenizer.total = marshal.loads(built.read_bytes())
            tokenizer.initialized = True
            return True
    with contextlib.suppress(OSError):
        built.unlink()
    return False


@contextlib.contextmanager
def _without_pkg_resources() -> Iterator[None]:
    """Let jieba open its files by itself while the block lasts.

    Where it can it imports pkg_resources for that, which takes longer than its dictionary.
    """
    absent = "pkg_resources" not in sys.modules
    if absent:
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]  # an ImportError
    try:
        yield
    finally:
        if absent:
            del sys.modules["pkg_resources"]


@cache
def count_characters() -> Mapping[str, int]:
    """Return jieba's count of each character as a word by itself."""
    return {word: count for word, count in load_jieba().dt.FREQ.items() if len(word) == 1 and count}


def is_word(text: str) -> bool:
    """Return whether jieba's dictionary has `text` as a word.

    >>> is_word("银行"), is_word("行银")
    (True, False)
    """
    return bool(load_jieba_for(text[:1]).dt.FREQ.get(text))


@lru_cache(maxsize=10_000)
def cut_best(text: str) -> tuple[float, tuple[str, ...]]:
    """Return the most probable words of a text and the logarithm of their probability.

    Unlike jieba's own cut it joins no characters to words that the dictionary does not have. The
    text should be short, as results are remembered.

    >>> cut_best("请曾书记")[1]
    ('请', '曾', '书记')
    """
    return _cut(text, load_jieba_for(text).dt.get_DAG(text)) if text else (0.0, ())


@lru_cache(maxsize=10_000)
def cut_parts(word: str) -> tuple[str, ...]:
    """Return the most probable words of which a word is made, of at least two characters.

    >>> cut_parts("团结出版社"), cut_parts("热干面")
    (('团结', '出版社'), ('热', '干面'))
    """
    ends = load_jieba_for(word).dt.get_DAG(word)
    ends[0] = [end for end in ends[0] if end < len(word) - 1] or [0]
    return _cut(word, ends)[1]


def _cut(text: str, ends: Mapping[int, list[int]]) -> tuple[float, tuple[str, ...]]:
    """Return what `cut_best` does, of the words that end where `ends` says for each start."""
    route: dict[int, tuple[float, int]] = {}
    load_jieba_for(text).dt.calc(text, ends, route)
    words: list[str] = []
    start = 0
    while start < len(text):
        end = route[start][1] + 1
        words.append(text[start:end])
        start = end
    return route[0][0], tuple(words)
