"""Compare the colours of a text and of what is behind it, as six hexadecimal digits."""

from __future__ import annotations

PAPER = "FFFFFF"
"""The colour of paper."""

UNKNOWN = "?"
"""A background that may have any colour."""

_ALIKE = 15  # of 255, by which parts of two colours differ that nobody can tell apart


def are_alike(one: str, other: str) -> bool:
    """Return whether two colours look the same; those that are not known do not.

    >>> are_alike("FFFFFF", "fefefe"), are_alike("FFFFFF", UNKNOWN), are_alike("FF0000", "FFFFFF")
    (True, False, False)
    """
    try:
        pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
        return all(abs(a - b) <= _ALIKE for a, b in pairs)
    except ValueError:
        return False
