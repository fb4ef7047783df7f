"""Take out of a text for others what is private: folders, names of users, passwords, keys."""

from __future__ import annotations

import re
from pathlib import Path

from ..messages import _
from ..redaction import redact

# A path in quotation marks, as errors of the system have it: it may have blanks.
_QUOTED = re.compile(r"""(['"])(?:~|[A-Za-z]:|)[/\\](?:(?!\1).)*[/\\](?P<name>(?:(?!\1).)*)\1""")
# The folders above a file, in any system's notation.
_FOLDERS = re.compile(r"(?:~|[A-Za-z]:|(?<![\w.]))(?:[/\\][^/\\\s:'\"()]+)+(?=[/\\])")


def conceal(text: str) -> str:
    """Return a text without folders, names of users, passwords and keys.

    >>> conceal("no file /srv/wang/secret/voice.toml")
    'no file …/voice.toml'
    """
    text = redact(" ".join(text.split()))
    for home in _list_homes():
        text = re.sub(re.escape(home), "~", text, flags=re.IGNORECASE)
    text = _QUOTED.sub(lambda m: f"{m[1]}…/{m['name']}{m[1]}", text)
    return _FOLDERS.sub("…", text)


def _list_homes() -> list[str]:
    r"""Return the user's folder as texts may have it: also as `repr` does, with `\\` for `\`."""
    try:
        home = str(Path.home())
    except RuntimeError:
        return []
    return [] if len(home) <= 1 else [repr(home)[1:-1], home]


def shorten_path(path: Path) -> str:
    """Return a path from the home folder; of another one, only that it lies elsewhere."""
    try:
        return (Path("~") / path.relative_to(Path.home())).as_posix()
    except (ValueError, RuntimeError):
        return _("outside the home folder")
