"""Look up the part of speech of a Chinese word in jieba's dictionary.

The tags are those of the People's Daily corpus (北大 tagset): n a noun, v a verb, a an adjective,
d an adverb, r a pronoun, m a numeral, q a measure word, p a preposition, u a particle, nr a name of
a person, ns a name of a place, nt an organization, t a time, and others. jieba has the most
frequent one of each word.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import metadata

from .jieba_dictionary import import_jieba
from .sharded_tables import ShardedTable, load_table


@lru_cache(maxsize=50_000)
def part_of_speech(word: str) -> str:
    """Return the tag of a word; "" if jieba's dictionary does not have it.

    >>> part_of_speech("快速"), part_of_speech("书记"), part_of_speech("龘龘")
    ('d', 'n', '')
    """
    return _load_tags(word[:1]).get(word, "")


@cache
def _load_tags(first: str) -> Mapping[str, str]:
    """Return the words that begin with a character, with their tags."""
    return _load_table().load(first)


@cache
def _load_table() -> ShardedTable:
    return load_table("jieba.tags", metadata.version("jieba"), _list_tags)


def _list_tags() -> tuple[None, Mapping[str, str]]:
    """Return the words of jieba's dictionary, with their tags; nothing is stored beside them."""
    with import_jieba().dt.get_dict_file() as file:
        rows = [line.decode().split() for line in file]
    return None, {word: tag for word, _, tag in reversed(rows)}  # of two, the first counts
