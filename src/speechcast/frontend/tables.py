"""Read the tables that lie beside the modules of the folders here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def read_rows(package: str, name: str) -> Iterator[str]:
    """Yield the rows of a table, without comments and blank lines.

    Args:
        package: The package whose folder has the table.
        name: The name of its file; a line that begins with `#` is a comment.
    """
    for row in (files(package) / name).read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row
