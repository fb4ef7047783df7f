"""The user's own lexicon: readings that hold in all of their speeches."""

from __future__ import annotations

import re

from ..config_files import ConfigTable
from ..errors import OutputError, UsageError, explain_os_error
from ..files import atomic_write
from ..frontend import lexicon
from ..messages import _
from .toml import format_table


def set_user_reading(word: str, reading: str | None) -> None:
    """Change one entry of the user's lexicon; the rest of the file stays as it is.

    Args:
        word: The word.
        reading: What is said for it; None to remove its entry.

    Raises:
        PresetError: The lexicon is broken, or the reading is not possible.
        UsageError: The word's entry is written so that it cannot be replaced.
        OutputError: The file cannot be written.
    """
    from platformdirs import user_config_path

    path = user_config_path("speechcast") / lexicon.FILE_NAME
    values = dict(ConfigTable.read(path).values) if path.is_file() else {}
    text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
    wanted = {w: r for w, r in values.items() if w != word}
    lines = text.splitlines(keepends=True)
    lines_left = [line for line in lines if word not in _entry_of(line)]
    if reading is not None:
        wanted[word] = reading
        if lines_left and not lines_left[-1].endswith("\n"):
            lines_left[-1] += "\n"
        lines_left.append(format_table({word: reading}))
    lexicon.from_table(ConfigTable(path, wanted))
    changed = "".join(lines_left)
    if _parse(changed) != wanted:
        raise UsageError(
            _("the entry of “{word}” spans several lines; change it in {path}").format(
                word=word, path=path
            )
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, changed.encode())
    except OSError as exc:
        raise OutputError(
            _("{path} cannot be written: {strerror}").format(
                path=path, strerror=explain_os_error(exc)
            ),
            path,
        ) from exc


def _entry_of(line: str) -> dict[str, object]:
    """Return the entry that a line of the lexicon is; nothing if it is none."""
    return _parse(line) if re.match(r"\s*[^#\s\[]", line) else {}


def _parse(text: str) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(text)
    except ValueError:
        return {}
