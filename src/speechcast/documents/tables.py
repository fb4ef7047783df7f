"""Join the cells of a table's row to one paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..model import BlockKind
from ..text.han import is_east_asian
from ..text.whitespace import is_double_width
from .block import Block


def join_cells(cells: Sequence[str]) -> str:
    """Return the texts of a row's cells, joined by commas where needed.

    >>> join_cells(["年", "增长"]), join_cells(["2023", "", "5.2%"])
    ('年，增长', '2023, 5.2%')
    >>> join_cells(["Note 一：", "好"]), join_cells(["注 A:", "好"])
    ('Note 一：好', '注 A: 好')
    """
    texts = [cell.strip() for cell in cells if cell.strip()]
    comma = "，" if any(map(is_east_asian, "".join(texts))) else ", "
    text = ""
    for cell in texts:
        text += _cell_separator(text, comma) + cell if text else cell
    return text


def _cell_separator(previous: str, comma: str) -> str:
    if previous[-1] in "，。、；：！？,.;:!?":
        return "" if is_double_width(previous[-1]) else " "
    return comma


def merge_row(cells: Iterable[Sequence[Block]]) -> list[Block]:
    """Return the paragraphs of a table's row.

    Args:
        cells: The paragraphs of each cell, in reading order.

    Returns:
        One paragraph for several cells; where only one cell holds text, its paragraphs as they
        are, for that is how pages are laid out with tables.
    """
    filled = [cell for cell in cells if cell]
    if len(filled) <= 1:
        return [block for cell in filled for block in cell]
    texts = [block.text for cell in filled for block in cell]
    first = filled[0][0]
    return [replace(first, text=join_cells(texts), kind=BlockKind.BODY, breaks=(), level=0)]
