"""Say what an error of the library that runs a model means, which says it in words of its own."""

from __future__ import annotations

import re

from ..messages import _
from ..printable import printable

_MAX_SHOWN = 200  # characters of what the library says; it may name every node of a graph


def explain_model_error(exc: Exception) -> str:
    """Return what to do about an error, and what the library says, in one line."""
    if is_out_of_memory(exc):
        return _("there is too little memory; close other programs, or try --jobs 1")
    return _(
        "try it again, or choose another voice; the library that runs its model says: {words}"
    ).format(words=shorten_error(exc))


def shorten_error(exc: Exception) -> str:
    r"""Return what a library says of an error, in one line that is not too long.

    >>> shorten_error(ValueError("no\n such  node")), shorten_error(ValueError())
    ('no such node', 'ValueError')
    """
    return printable(" ".join(str(exc).split()))[:_MAX_SHOWN] or type(exc).__name__


def is_out_of_memory(error: Exception) -> bool:
    """Return whether a model failed for lack of memory.

    ONNX Runtime has no exception type for it, so the message is searched.
    """
    message = re.search("bad_alloc|Failed to allocate memory", str(error))
    return isinstance(error, MemoryError) or message is not None
