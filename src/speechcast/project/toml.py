"""Write the TOML of a project's files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")

Scalar = str | int | float | bool | Sequence[int]


def format_value(value: Scalar) -> str:
    r"""Return a value as TOML writes it.

    >>> format_value('行"'), format_value(1.5), format_value([3, 7])
    ('"行\\""', '1.5', '[3, 7]')
    """
    if isinstance(value, str):
        # A JSON string is one of TOML, but for the character DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value}"
    return f"[{', '.join(map(str, value))}]"


def format_key(key: str) -> str:
    """Return a key as TOML writes it, in quotes where it needs them."""
    return key if _BARE_KEY.fullmatch(key) else format_value(key)


def format_table(values: Mapping[str, Scalar]) -> str:
    """Return the lines of a table."""
    return "".join(f"{format_key(key)} = {format_value(v)}\n" for key, v in values.items())
