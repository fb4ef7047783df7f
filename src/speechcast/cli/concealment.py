"""Take out of a text for others what is private: folders, names of users, passwords, keys."""

from __future__ import annotations

import re
from pathlib import Path

from ..messages import _
from ..redaction import redact

# The folders above a file, in any system's notation.
_FOLDERS = re.compile(r"(?:~|[A-Za-z]:|(?<![\w.]))(?:[/\\][^/\\\s:'\"()]+)+(?=[/\\])")


def conceal(text: str) -> str:
    """Return a text without folders, names of users, passwords and keys.

    >>> conceal("no file /srv/wang/secret/voice.toml")
    'no file …/voice.toml'
    """
    text = redact(" ".join(text.split()))
    return _FOLDERS.sub("…", text)


def shorten_path(path: Path) -> str:
    """Return a path from the home folder; of another one, only that it lies elsewhere."""
    try:
        return (Path("~") / path.relative_to(Path.home())).as_posix()
    except (ValueError, RuntimeError):
        return _("outside the home folder")
