"""Tell how probable a character is in Chinese given names."""

from __future__ import annotations

from functools import cache

from ..tables import read_rows

# Logarithms of the probability of a character in given names: of a typical one, of another one of
# `given_names.txt`, and of any other character.
_TYPICAL_LOG, _LISTED_LOG, _OTHER_LOG = -6.0, -7.0, -10.0


def given_name_log(forename: str) -> float:
    """Return the logarithm of a given name's probability among given names.

    >>> given_name_log("国强"), given_name_log("的")
    (-12.0, -10.0)
    """
    typical, listed = _load_characters()
    logs = (
        _TYPICAL_LOG if c in typical else _LISTED_LOG if c in listed else _OTHER_LOG
        for c in forename
    )
    return sum(logs)


def is_like_given_name(text: str) -> bool:
    """Return whether a text has only characters that are frequent in given names.

    >>> is_like_given_name("国强"), is_like_given_name("何人")
    (True, False)
    """
    typical, listed = _load_characters()
    return all(c in typical or c in listed for c in text)


@cache
def _load_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the typical characters of given names, and the other listed ones."""
    rows = [row.split() for row in read_rows(__package__, "given_names.txt")]
    typical, listed = (frozenset("".join(r[1] for r in rows if r[0] == sign)) for sign in "+-")
    return typical, listed
