"""Turn Markdown into the paragraphs that are read aloud.

Code blocks, pictures, footnotes, addresses and what is struck through are left out. The dialect
is CommonMark with tables, strikethrough and footnotes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

from ..model import BlockKind
from ..text.whitespace import CONTEXT_LENGTH, joined, reflowed, separator, split_lines
from .block import Block
from .tables import join_cells

if TYPE_CHECKING:
    from markdown_it.token import Token

_LIST_TYPES = ("ordered_list", "bullet_list")
_MAX_NESTING = 100  # of quotes and lists
_SPACES = re.compile(r"[ \t\u00a0]+")
_EMPHASIS = re.compile(r"(\*\*|==)(?=\S)[^*=]+(?<=\S)\1")
_TOC_MARKER = re.compile(r"\[toc\]$", re.IGNORECASE)  # where many editors put the contents
_HARD_BREAK = "\v"  # a line end that stays one, unlike those of the source
_TASK_BOX = re.compile(r"\[[ xX]\] +")
_BR_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DELETED_TAG = re.compile(r"<(/?)(?:s|del|strike)\b", re.IGNORECASE)
_UNREAD_HTML = re.compile(  # comments, and elements that are not read
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|textarea|svg|s|del)\b.*?(?:</\1\s*>|\Z)|<[?!][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_TAG = re.compile(r"</?([a-z][a-z0-9-]*+)[^<>]*>", re.IGNORECASE)
_INLINE_TAGS = frozenset("a b big em font i ins kbd mark q small span strong sub sup u".split())


def parse_markdown(text: str, row: int = 1) -> list[Block]:
    r"""Return the paragraphs of a Markdown text.

    Args:
        text: The text, with line ends as "\n".
        row: The line of the file on which it begins, from 1.

    >>> [block.text for block in parse_markdown("# 题目\n\n*我们*要[学习](https://a.cn)。")]
    ['题目', '我们要学习。']
    """
    return list(_TokenReader(_make_parser().parse(text), row).blocks())


def _make_parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    commonmark = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    return commonmark.enable(["table", "strikethrough"]).use(footnote_plugin)


class _TokenReader:
    """One pass over a document's tokens, in order."""

    def __init__(self, tokens: Sequence[Token], row: int) -> None:
        self._tokens = tokens
        self._first_row = row
        self._row = row
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self._label = ""  # the number of the item that begins, until its first paragraph
        self._at_item_start = False
        self._heading_level = 0
        self._cells: list[str] | None = None
        self._in_footnotes = False

    def blocks(self) -> Iterator[Block]:
        """Yield the paragraphs of the document."""
        for token in self._tokens:
            if token.map:
                self._row = self._first_row + token.map[0]
            if token.type == "inline" and not self._in_footnotes:
                yield from self._read_paragraph(token.children or [])
            elif token.type == "html_block" and not self._in_footnotes:
                for line in _render_html(token.content):
                    yield Block(line, row=self._row)
            elif token.type == "tr_close" and self._cells and any(self._cells):
                yield Block(join_cells(self._cells), row=self._row)
            self._follow(token)

    def _follow(self, token: Token) -> None:
        """Update the state by a token, for those that follow it."""
        kind, _, end = token.type.rpartition("_")
        opens = end == "open"
        if kind in _LIST_TYPES:
            self._enter_or_leave_list(token, opens=opens)
        elif kind == "list_item":
            self._label = self._next_label(token.markup) if opens else ""
            self._at_item_start = opens
        elif kind == "heading":
            self._heading_level = int(token.tag[1]) if opens else 0
        elif kind == "tr":
            self._cells = [] if opens else None
        elif kind == "footnote_block":
            self._in_footnotes = opens

    def _enter_or_leave_list(self, token: Token, *, opens: bool) -> None:
        if not opens:
            self._lists.pop()
        elif token.type.startswith("ordered"):
            start = token.attrGet("start")
            self._lists.append(1 if start is None else int(start))
        else:
            self._lists.append(None)

    def _next_label(self, delimiter: str) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}{delimiter} "

    def _read_paragraph(self, children: Sequence[Token]) -> Iterator[Block]:
        rendered = _render(children)
        if self._cells is not None:
            self._cells.append(join_cells([line.text for line in rendered]))
            return
        if self._at_item_start and rendered:
            rendered[0].remove_prefix(_TASK_BOX)
        self._at_item_start = False
        if self._heading_level and rendered:
            rendered = [_merge(rendered)]
        for line in rendered:
            label, self._label = self._label, ""
            breaks = tuple(len(label) + offset for offset in line.breaks)
            kind = BlockKind.HEADING if self._heading_level else BlockKind.BODY
            row = self._row + line.row
            yield Block(label + line.text, kind, row=row, breaks=breaks, level=self._heading_level)


@dataclass(slots=True)
class _RenderedLine:
    """A rendered line, from one or more lines of the file.

    Attributes:
        row: How many lines of the file precede it in its paragraph.
        text: Its text, once it is finished.
        breaks: The offsets in `text` at which further lines of the file begin.
        pieces: Its text before it is finished; none is empty, the first begins with no space.
        length: The length of the pieces together.
    """

    row: int
    text: str = ""
    breaks: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def append(self, text: str) -> None:
        """Append text of the same line of the file."""
        if self.pieces:
            self._add(text.lstrip(" ") if self.pieces[-1].endswith(" ") else text)
        else:
            self._add(text.lstrip())

    def append_wrapped(self, text: str) -> None:
        """Append the text of the next line of the file."""
        if not self.pieces:
            self.row += 1
            self._add(text.lstrip())
            return
        while not (last := self._pop().rstrip()):
            pass
        self._add(last)
        space = separator(self._last_characters(), text)
        self.breaks.append(self.length + len(space))
        self._add(space + text)

    def _add(self, piece: str) -> None:
        self.pieces += [piece] if piece else []
        self.length += len(piece)

    def _pop(self) -> str:
        piece = self.pieces.pop()
        self.length -= len(piece)
        return piece

    def _last_characters(self) -> str:
        """Return so much of the end as decides how the next line is joined."""
        count = 1
        while count < len(self.pieces) and sum(map(len, self.pieces[-count:])) < CONTEXT_LENGTH:
            count += 1
        return "".join(self.pieces[-count:])

    def finish(self) -> bool:
        """Remove what is not text, and return whether any text is left.

        That is white space at the end, and emphasis marks that CommonMark does not recognise:
        bold next to Chinese characters (**要点：**正文), and highlighting (==要点==).
        """
        text = "".join(self.pieces)
        marks = [i for m in _EMPHASIS.finditer(text) for i in (m.start(), m.end() - 2)]
        between = zip([0, *(i + 2 for i in marks)], [*marks, len(text)], strict=True)
        self.text = "".join(text[start:end] for start, end in between).rstrip()
        self.breaks = [b - 2 * bisect_left(marks, b) for b in self.breaks]
        self.breaks = [b for b in self.breaks if b < len(self.text)]
        return bool(self.text) and not _TOC_MARKER.match(self.text)

    def remove_prefix(self, prefix: re.Pattern[str]) -> None:
        """Remove a prefix that matches, if there is one."""
        if match := prefix.match(self.text):
            self.text = self.text[match.end() :]
            self.breaks = [offset - match.end() for offset in self.breaks]


def _render(children: Sequence[Token]) -> list[_RenderedLine]:
    """Return the lines of a paragraph; hard breaks end a line."""
    lines = [_RenderedLine(0)]
    row = skip_depth = 0
    after_soft_break = False
    for child in children:
        skip_depth += _skip_change(child)
        if child.type == "softbreak":
            row, after_soft_break = row + 1, True
        elif _ends_line(child):
            row += child.type == "hardbreak"
            lines.append(_RenderedLine(row))
            after_soft_break = False
        elif child.type in {"text", "code_inline"} and child.content and not skip_depth:
            piece = _SPACES.sub(" ", child.content)
            if after_soft_break:
                lines[-1].append_wrapped(piece)
            else:
                lines[-1].append(piece)
            after_soft_break = False
    return [line for line in lines if line.finish()]


def _skip_change(child: Token) -> int:
    """Return the change in depth of unread text: 1, -1 or 0.

    It is 1 at the start of unread text, -1 at its end, else 0. Text that is struck
    through and a bare address in angle brackets are unread.
    """
    if child.type == "html_inline" and (deleted := _DELETED_TAG.match(child.content)):
        return -1 if deleted[1] else 1
    if child.type.startswith("link") and child.markup != "autolink":
        return 0
    return {"s_open": 1, "s_close": -1, "link_open": 1, "link_close": -1}.get(child.type, 0)


def _render_html(html: str) -> list[str]:
    """Return the lines that a piece of HTML shows."""
    text = _TAG.sub(
        lambda tag: "" if tag[1].lower() in _INLINE_TAGS else _HARD_BREAK,
        reflowed(_UNREAD_HTML.sub("", html)),
    )
    return split_lines(unescape(text))


def _ends_line(child: Token) -> bool:
    if child.type == "html_inline":
        return _BR_TAG.fullmatch(child.content) is not None
    return child.type == "hardbreak"


def _merge(rendered: Sequence[_RenderedLine]) -> _RenderedLine:
    """Merge the lines of a heading into the first, and return it."""
    merged = rendered[0]
    for line in rendered[1:]:
        merged.text = joined(merged.text, line.text)
    return merged
