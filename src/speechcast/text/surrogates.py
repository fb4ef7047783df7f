r"""Lone surrogates: half characters, which no text in UTF-8 can hold.

They come from escapes (`"\ud800"` in YAML), and from file names whose bytes are not UTF-8.
"""

from __future__ import annotations


def without_surrogates(text: str) -> str:
    r"""Return the text with each lone surrogate replaced by U+FFFD.

    Two that belong together become their character.

    >>> without_surrogates("caf\udce9 \ud83d\ude00")
    'caf� 😀'
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
