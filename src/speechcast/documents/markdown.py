"""Markdown to paragraphs: what a reader would say of it, so no code, picture, note or address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from ..model import BlockKind
from .block import Block
from .tables import between, flowed, joined, lines, row_of_cells

if TYPE_CHECKING:
    from markdown_it.token import Token

_LISTS = ("ordered_list", "bullet_list")
_DEEPEST = 100  # quotes and lists in one another
_SPACES = re.compile(r"[ \t\u00a0]+")
_BOLD = re.compile(r"(\*\*|==)(?=\S)[^*=]+(?<=\S)\1")
_CONTENTS = re.compile(r"\[toc\]$", re.IGNORECASE)  # a place for them, in many editors
_LINE_END = "\v"  # one that stays
_TASK = re.compile(r"\[[ xX]\] +")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STRUCK = re.compile(r"<(/?)(?:s|del|strike)\b", re.IGNORECASE)
_UNSEEN = re.compile(  # of the HTML in a page
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|textarea|svg|s|del)\b.*?(?:</\1\s*>|\Z)|<[?!][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?([a-z][a-z0-9-]*)[^<>]*>", re.IGNORECASE)
_FLOWING = frozenset("a b big em font i ins kbd mark q small span strong sub sup u".split())


def blocks(text: str, row: int = 1) -> list[Block]:
    """The paragraphs of the Markdown `text`, whose first line is the file's line `row`."""
    return list(_Walk(_parser().parse(text), row).blocks())


def _parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    plain = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    return plain.enable(["table", "strikethrough"]).use(footnote_plugin)


class _Walk:
    """One pass over a document's tokens."""

    def __init__(self, tokens: Sequence[Token], row: int) -> None:
        self._tokens = tokens
        self._first = row
        self._row = row
        self._lists: list[int | None] = []  # the next number of each list we are in
        self._number = ""  # of the item that begins, until it stands before its text
        self._begins = False  # does an item?
        self._heading = 0
        self._cells: list[str] | None = None
        self._notes = False

    def blocks(self) -> Iterator[Block]:
        for token in self._tokens:
            if token.map:
                self._row = self._first + token.map[0]
            if token.type == "inline" and not self._notes:
                yield from self._paragraphs(token.children or [])
            elif token.type == "html_block" and not self._notes:
                for line in _of_html(token.content):
                    yield Block(line, row=self._row)
            elif token.type == "tr_close" and self._cells and any(self._cells):
                yield Block(row_of_cells(self._cells), row=self._row)
            self._note(token)

    def _note(self, token: Token) -> None:
        """What the token means for those that follow."""
        kind, _, end = token.type.rpartition("_")
        opens = end == "open"
        if kind in _LISTS:
            self._list(token, opens=opens)
        elif kind == "list_item":
            self._number = self._next_number(token.markup) if opens else ""
            self._begins = opens
        elif kind == "heading":
            self._heading = int(token.tag[1]) if opens else 0
        elif kind == "tr":
            self._cells = [] if opens else None
        elif kind == "footnote_block":
            self._notes = opens

    def _list(self, token: Token, *, opens: bool) -> None:
        if not opens:
            self._lists.pop()
        elif token.type.startswith("ordered"):
            start = token.attrGet("start")
            self._lists.append(1 if start is None else int(start))
        else:
            self._lists.append(None)

    def _next_number(self, mark: str) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}{mark} "

    def _paragraphs(self, children: Sequence[Token]) -> Iterator[Block]:
        said = _said(children)
        if self._cells is not None:
            self._cells.append(row_of_cells([line.text for line in said]))
            return
        if self._begins and said:
            said[0].without(_TASK)
        self._begins = False
        if self._heading and said:
            said = [_one(said)]
        for line in said:
            number, self._number = self._number, ""
            breaks = tuple(len(number) + at for at in line.breaks)
            kind = BlockKind.HEADING if self._heading else BlockKind.BODY
            row = self._row + line.row
            yield Block(number + line.text, kind, row, breaks, self._heading)


@dataclass(slots=True)
class _Said:
    """A line of the page, which may have several of the file."""

    row: int  # the file's lines before it in its paragraph
    text: str = ""
    breaks: list[int] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.text = (self.text + (text.lstrip(" ") if self.text[-1:] == " " else text)).lstrip()

    def wrapped(self, text: str) -> None:
        """Go on with what stands on the file's next line."""
        if not self.text.strip():
            self.row += 1
            self.text = text.lstrip()
            return
        self.text = self.text.rstrip()
        space = between(self.text, text)
        self.breaks.append(len(self.text + space))
        self.text += space + text

    def finished(self) -> bool:
        """Take away what is no text at its end, and tell whether any is left.

        Bold print whose end CommonMark does not see next to a Chinese character loses its marks,
        as does what is marked in yellow: **要点：**正文, ==要点==.
        """
        for match in reversed(list(_BOLD.finditer(self.text))):
            for at in (match.end() - 2, match.start()):
                self.text = self.text[:at] + self.text[at + 2 :]
                self.breaks = [b - 2 if b > at else b for b in self.breaks]
        self.text = self.text.rstrip()
        self.breaks = [b for b in self.breaks if b < len(self.text)]
        return bool(self.text) and not _CONTENTS.match(self.text)

    def without(self, mark: re.Pattern[str]) -> None:
        """Take a mark from its beginning."""
        if match := mark.match(self.text):
            self.text = self.text[match.end() :]
            self.breaks = [at - match.end() for at in self.breaks]


def _said(children: Sequence[Token]) -> list[_Said]:
    """What a reader is told: a line for each that a hard break ends."""
    lines = [_Said(0)]
    row = unread = 0
    soft = False
    for child in children:
        unread += _unread(child)
        if child.type == "softbreak":
            row, soft = row + 1, True
        elif _ends_line(child):
            row += child.type == "hardbreak"
            lines.append(_Said(row))
            soft = False
        elif child.type in {"text", "code_inline"} and child.content and not unread:
            piece = _SPACES.sub(" ", child.content)
            if soft:
                lines[-1].wrapped(piece)
            else:
                lines[-1].add(piece)
            soft = False
    return [line for line in lines if line.finished()]


def _unread(child: Token) -> int:
    """Whether something begins (1) or ends (-1) that is not read out.

    That is what is struck through, and an address that is its own text.
    """
    if child.type == "html_inline" and (struck := _STRUCK.match(child.content)):
        return -1 if struck[1] else 1
    if child.type.startswith("link") and child.markup != "autolink":
        return 0
    return {"s_open": 1, "s_close": -1, "link_open": 1, "link_close": -1}.get(child.type, 0)


def _of_html(html: str) -> list[str]:
    """The lines that a piece of HTML shows."""
    text = _TAG.sub(
        lambda tag: "" if tag[1].lower() in _FLOWING else _LINE_END, flowed(_UNSEEN.sub("", html))
    )
    return lines(unescape(text))


def _ends_line(child: Token) -> bool:
    if child.type == "html_inline":
        return _LINE_BREAK.fullmatch(child.content) is not None
    return child.type == "hardbreak"


def _one(said: Sequence[_Said]) -> _Said:
    """A heading set over several lines as one."""
    one = said[0]
    for line in said[1:]:
        one.text = joined(one.text, line.text)
    return one
