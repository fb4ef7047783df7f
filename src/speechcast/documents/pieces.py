"""What several kinds of document have in common: cells, lists, white space."""

from __future__ import annotations

from collections.abc import Sequence


def row_of_cells(cells: Sequence[str]) -> str:
    """A table's row as one paragraph: what its cells say, a comma where nothing else ends one."""
    said = [cell.strip() for cell in cells if cell.strip()]
    text = ""
    for cell in said:
        text += _between(text) + cell if text else cell
    return text


def _between(before: str) -> str:
    if before[-1] in "，。、；：！？,.;:!?":
        return "" if ord(before[-1]) >= 0x2E80 else " "
    return "，" if ord(before[-1]) >= 0x2E80 else ", "
