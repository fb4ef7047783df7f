"""What messages are made of."""

from __future__ import annotations

import string


def fields(text: str) -> set[tuple[str, str, str]]:
    """Return each placeholder of a text: its name, its conversion and its format."""
    return {
        (name, conversion or "", spec or "")
        for _literal, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    }


def is_format(text: str) -> bool:
    """Return whether a text is one that values are put into."""
    try:
        return bool(fields(text))
    except ValueError:  # a brace alone
        return False
