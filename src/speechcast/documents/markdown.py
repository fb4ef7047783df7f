"""Turn Markdown into the paragraphs that are read aloud.

Code blocks, pictures, footnotes, addresses and what is struck through are left out. The dialect
is CommonMark with tables, strikethrough and footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from ..model import BlockKind
from ..text.whitespace import CONTEXT_LENGTH, joined, separator
from .block import Block, LeftOut
from .emphasis import escape_names
from .plain import SENTENCE_END
from .runs import (
    LINE_BREAK,
    LOWERED_END,
    LOWERED_START,
    RAISED_END,
    RAISED_START,
    without_marks,
    write_runs,
)
from .tables import join_cells
from .web.notes import Notes
from .web.page_reader import Page, read_element
from .web.tree import Element, parse_html
from .web.unread import PICTURES, character_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_LIST_TYPES = ("ordered_list", "bullet_list")
_MAX_NESTING = 100  # of quotes and lists
_SPACES = re.compile(r"[ \t\u00a0]+")
_EMPHASIS = re.compile(r"(\*\*|==)(?=\S)([^*=]+)(?<=\S)\1")
_TOC_MARKER = re.compile(r"\[toc\]$", re.IGNORECASE)  # where many editors put the contents
_SAMPLE_LENGTH = 24  # characters of what is left out, by which a user recognises it
_TASK_BOX = re.compile(r"\[[ xX]\] +")
_BR_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DELETED_TAG = re.compile(r"<(/?)(?:s|del|strike|rt|rp|script|style)\b", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"(?<=[^\s^])\^([0-9A-Za-z+\-−()]{1,12})\^")  # of Pandoc: m^2^
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z0-9)）])~([0-9A-Za-z+\-−()]{1,12})~")  # of Pandoc: H~2~O
_RUN_MARKS = {
    "<sup>": RAISED_START,
    "</sup>": RAISED_END,
    "<sub>": LOWERED_START,
    "</sub>": LOWERED_END,
}
_UNREAD_KINDS = {"fence": "code", "code_block": "code"}


def parse_markdown(text: str, row: int = 1, *, pasted: bool = False) -> list[Block | LeftOut]:
    r"""Return the paragraphs of a Markdown text, and what is left out.

    Args:
        text: The text, with line ends as "\n".
        row: The line of the file on which it begins, from 1.
        pasted: Whether it was pasted into a plain text: lines that end with a sentence are then
            paragraphs, indented lines are no code, a line above dashes is no heading, and
            asterisks in place of a name are no emphasis.

    >>> [block.text for block in parse_markdown("# 题目\n\n*我们*要[学习](https://a.cn)。")]
    ['题目', '我们要学习。']
    """
    if pasted:
        text = "\n".join(map(escape_names, text.split("\n")))
    parser = _make_parser()
    if pasted:
        parser.disable(["code", "lheading"])
    return list(_TokenReader(parser.parse(text), row, pasted=pasted).blocks())


def _make_parser() -> Any:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    commonmark = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    return commonmark.enable(["table", "strikethrough"]).use(footnote_plugin)


class _TokenReader:
    """One pass over a document's tokens, in order."""

    def __init__(self, tokens: Sequence[Token], row: int, *, pasted: bool) -> None:
        self._tokens = tokens
        self._pasted = pasted
        self._first_row = row
        self._row = row
        self._lists: list[int | None] = []  # the next number of each open list; None for bullets
        self._label = ""  # the number of the item that begins, until its first paragraph
        self._at_item_start = False
        self._heading_level = 0
        self._cells: list[str] | None = None
        self._in_footnotes = False

    def blocks(self) -> Iterator[Block | LeftOut]:
        """Yield the paragraphs of the document, and what is left out."""
        for token in self._tokens:
            if token.map:
                self._row = self._first_row + token.map[0]
            if self._in_footnotes:
                if token.type == "inline":
                    yield LeftOut("notes", token.content[:_SAMPLE_LENGTH])
            elif token.type == "inline":
                yield from self._read_paragraph(token.children or [])
            elif token.type == "html_block":
                yield from self._read_html(token.content)
            elif token.type in _UNREAD_KINDS:
                yield LeftOut(_UNREAD_KINDS[token.type], token.content.strip()[:_SAMPLE_LENGTH])
            elif token.type == "tr_close" and self._cells and any(self._cells):
                yield Block(join_cells(self._cells), row=self._row)
            self._follow(token)

    def _read_html(self, html: str) -> Iterator[Block | LeftOut]:
        root = parse_html(html)
        reading = read_element(Page(root, "", Notes()), root, {})
        for block in reading.blocks:
            yield Block(block.text, row=self._row)
        yield from reading.left_out

    def _follow(self, token: Token) -> None:
        """Update the state by a token, for those that follow it."""
        kind, _, end = token.type.rpartition("_")
        opens = end == "open"
        if kind in _LIST_TYPES:
            self._enter_or_leave_list(token, opens=opens)
        elif kind == "list_item":
            self._label = self._next_label(token) if opens else ""
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

    def _next_label(self, item: Token) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{item.info if self._pasted else number}{item.markup} "

    def _read_paragraph(self, children: Sequence[Token]) -> Iterator[Block | LeftOut]:
        rendered = _render(children, pasted=self._pasted)
        yield from _find_unread(children)
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
        pieces: Its text before it is finished, with `LINE_BREAK` where such a line begins; none is
            empty, the first begins with no space.
    """

    row: int
    text: str = ""
    breaks: list[int] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def append(self, text: str) -> None:
        """Append text of the same line of the file."""
        if not self.pieces:
            text = text.lstrip()
        elif self.pieces[-1].endswith(" "):
            text = text.lstrip(" ")
        self.pieces += [text] if text else []

    def append_wrapped(self, text: str) -> None:
        """Append the text of the next line of the file."""
        if not self.pieces:
            self.row += 1
            self.append(text)
            return
        while not (last := self.pieces.pop().rstrip()):
            pass
        self.pieces.append(last)
        before = self.last_characters()
        space = separator(before, text) if before else ""
        self.pieces += [piece for piece in (space, LINE_BREAK, text) if piece]

    def last_characters(self) -> str:
        """Return so much of the end as decides how the next line is joined."""
        count = 1
        while count < len(self.pieces) and sum(map(len, self.pieces[-count:])) < CONTEXT_LENGTH:
            count += 1
        return without_marks("".join(self.pieces[-count:]))

    def finish(self) -> bool:
        """Write what is raised, remove what is not text, and return whether any text is left.

        That is white space at the end, and emphasis marks that CommonMark does not recognise:
        bold next to Chinese characters (**要点：**正文), and highlighting (==要点==).
        """
        text = "".join(self.pieces)
        text = _EMPHASIS.sub(r"\2", _SUBSCRIPT.sub(_to_lowered, _SUPERSCRIPT.sub(_to_raised, text)))
        text = write_runs(text)
        end = len(text)
        while end and (text[end - 1].isspace() or text[end - 1] == LINE_BREAK):
            end -= 1
        pieces = text[:end].split(LINE_BREAK)
        self.text = "".join(pieces)
        self.breaks = [*accumulate(map(len, pieces[:-1]))]
        return bool(self.text) and not _TOC_MARKER.match(self.text)

    def remove_prefix(self, prefix: re.Pattern[str]) -> None:
        """Remove a prefix that matches, if there is one."""
        if match := prefix.match(self.text):
            self.text = self.text[match.end() :]
            self.breaks = [offset - match.end() for offset in self.breaks]


def _render(children: Sequence[Token], *, pasted: bool) -> list[_RenderedLine]:
    """Return the lines of a paragraph; hard breaks end a line, in a pasted text sentences too."""
    lines = [_RenderedLine(0)]
    row = skip_depth = 0
    after_soft_break = False
    for child in children:
        skip_depth += _skip_change(child)
        if child.type == "softbreak":
            row, after_soft_break = row + 1, True
            if pasted and SENTENCE_END.search(lines[-1].last_characters()):
                lines.append(_RenderedLine(row))
                after_soft_break = False
        elif _ends_line(child):
            row += child.type == "hardbreak"
            lines.append(_RenderedLine(row))
            after_soft_break = False
        elif not skip_depth and (piece := _text_of(child)):
            if after_soft_break:
                lines[-1].append_wrapped(piece)
            else:
                lines[-1].append(piece)
            after_soft_break = False
    return [line for line in lines if line.finish()]


def _text_of(child: Token) -> str:
    """Return the text of a token in a paragraph; "" if it has none."""
    if child.type in {"text", "code_inline"}:
        return _SPACES.sub(" ", without_marks(child.content))
    if child.type == "html_inline":
        return _RUN_MARKS.get(child.content.lower().replace(" ", ""), "")
    return _character_of(child) if child.type == "image" else ""


def _character_of(image: Token) -> str:
    return character_of(Element("img", {"alt": image.content}, 1, None))


def _find_unread(children: Sequence[Token]) -> Iterator[LeftOut]:
    """Yield the pictures and the struck text of a paragraph."""
    for child, following in zip(children, [*children[1:], None], strict=False):
        if child.type == "image" and not _character_of(child):
            yield LeftOut(PICTURES, child.content[:_SAMPLE_LENGTH])
        elif child.type == "s_open":
            yield LeftOut("struck text", following.content[:_SAMPLE_LENGTH] if following else "")


def _to_raised(match: re.Match[str]) -> str:
    return f"{RAISED_START}{match[1]}{RAISED_END}"


def _to_lowered(match: re.Match[str]) -> str:
    return f"{LOWERED_START}{match[1]}{LOWERED_END}"


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
