"""Read the cells of a Markdown table that its header has no columns for.

The parser drops them, as GitHub does; what stands in the file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token


def keep_all_cells(parser: MarkdownIt) -> None:
    """Let a parser give every cell of a table's rows."""
    parser.block.ruler.at("table", _parse_table, {"alt": ["paragraph", "reference"]})


def _parse_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a table as the parser's own rule does, and add the cells that it drops."""
    from markdown_it.rules_block import table

    first = len(state.tokens)
    is_table: bool = table(state, start, end, silent)
    if is_table and not silent:
        state.tokens[first:] = _with_all_cells(state, state.tokens[first:])
    return is_table


def _with_all_cells(state: StateBlock, tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens of a table, with further cells before each end of a row."""
    row, count = 0, 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            row, count = token.map[0], 0
        elif token.type in {"td_open", "th_open"}:
            count += 1
        elif token.type == "tr_close":
            for cell in _split_row(state, row)[count:]:
                yield from _make_cell(cell, row, token.level + 1)
        yield token


def _split_row(state: StateBlock, row: int) -> list[str]:
    """Return the cells of a row, divided as the parser does."""
    from markdown_it.rules_block.table import escapedSplit, getLine

    cells = escapedSplit(getLine(state, row).strip())
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return [cell.strip() for cell in cells]


def _make_cell(text: str, row: int, level: int) -> Iterator[Token]:
    from markdown_it.token import Token

    yield Token("td_open", "td", 1, level=level, block=True)
    yield Token(
        "inline", "", 0, map=[row, row + 1], level=level + 1, content=text, children=[], block=True
    )
    yield Token("td_close", "td", -1, level=level, block=True)
