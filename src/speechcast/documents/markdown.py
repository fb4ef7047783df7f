"""Markdown to paragraphs: what a reader would say of it, so no code, picture, note or address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..model import Kind
from .blocks import Block
from .pieces import row_of_cells
from .plain import joined

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPENS_A_LIST = ("ordered_list_open", "bullet_list_open")
_SPACES = re.compile(r"[ \t]+")


def blocks(text: str, row: int = 1) -> list[Block]:
    """The paragraphs of the Markdown `text`, whose first line is the file's line `row`."""
    return list(_Walk(_parser().parse(text), row).blocks())


def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)


class _Walk:
    """One pass over a document's tokens."""

    def __init__(self, tokens: Sequence[Token], row: int) -> None:
        self._tokens = tokens
        self._first = row
        self._row = row
        self._lists: list[int | None] = []  # the next number of each list we are in
        self._number = ""  # of the item that begins, until it stands before its text
        self._heading = 0
        self._cells: list[str] | None = None
        self._notes = False

    def blocks(self) -> Iterator[Block]:
        for token in self._tokens:
            if token.map:
                self._row = self._first + token.map[0]
            if token.type == "inline" and not self._notes:
                yield from self._paragraphs(token.children or [])
            elif token.type == "tr_close" and self._cells:
                yield Block(row_of_cells(self._cells), row=self._row)
            self._note(token)

    def _note(self, token: Token) -> None:
        """What the token means for those that follow."""
        kind = token.type
        if kind in _OPENS_A_LIST:
            start = int(token.attrGet("start") or 1)
            self._lists.append(start if kind.startswith("ordered") else None)
        elif kind in {"ordered_list_close", "bullet_list_close"}:
            self._lists.pop()
        elif kind == "list_item_open":
            self._number = self._next_number(token.markup)
        elif kind.startswith("heading_"):
            self._heading = int(token.tag[1]) if kind.endswith("open") else 0
        elif kind.startswith("tr_"):
            self._cells = [] if kind.endswith("open") else None
        elif kind.startswith("footnote_block"):
            self._notes = kind.endswith("open")

    def _next_number(self, mark: str) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}{mark} "

    def _paragraphs(self, children: Sequence[Token]) -> Iterator[Block]:
        texts, breaks = _text(children)
        if self._cells is not None:
            self._cells.append(" ".join(texts))
            return
        for text, at in zip(texts, breaks, strict=True):
            if not text:
                continue
            number, self._number = self._number, ""
            moved = tuple(len(number) + b for b in at)
            kind = Kind.HEADING if self._heading else Kind.BODY
            yield Block(number + text, kind, self._row, moved, self._heading)


def _text(children: Sequence[Token]) -> tuple[list[str], list[tuple[int, ...]]]:
    """What is said, a text for each line a hard break ends, and where soft breaks were in it."""
    texts, breaks = [""], [list[int]()]
    soft = False
    for child in children:
        if child.type == "hardbreak":
            texts.append("")
            breaks.append([])
        elif child.type == "softbreak":
            soft = True
        elif child.type in {"text", "code_inline"} and child.content:
            piece = _SPACES.sub(" ", child.content)
            before = texts[-1]
            texts[-1] = joined(before, piece) if soft and before else before + piece
            if soft:
                breaks[-1].append(len(texts[-1]) - len(piece))
            soft = False
    return [t.strip() for t in texts], [tuple(b) for b in breaks]
