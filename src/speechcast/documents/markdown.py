"""Turn Markdown into the paragraphs that are read aloud.

Code blocks, pictures, footnotes, addresses and what is struck through are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..model import BlockKind
from ..text.han import HAN_CLASS
from .block import CODE, NOTES, SAMPLE_LENGTH, Block, LeftOut
from .emphasis import escape_names
from .latex import write_formulas
from .markdown_dialects import outdent_admonitions, without_dialects
from .markdown_lines import find_comments, find_unread, merge, render
from .markdown_notes import NoteLinks, find_unused_notes
from .markdown_parser import MAX_NESTING, make_parser, split_code
from .plain import parse_plain
from .tables import join_cells
from .web.notes import Notes
from .web.page_reader import Page, read_element
from .web.tree import parse_html

if TYPE_CHECKING:
    from markdown_it.token import Token

_LIST_TYPES = ("ordered_list", "bullet_list")
_TASK_BOX = re.compile(r"\[[ xX]\] +")
# A label and one word, as in [主持人]: 你好。CommonMark takes the word for the address of a link,
# and drops both.
_LABELLED_WORD = re.compile(
    r"^(?P<start>(?:[ \t]|>|[-*+] )*)(?P<label>\[(?!\^)[^\]\n]+\]):\s*(?P<word>\S+)", re.MULTILINE
)
_ADDRESS = re.compile(r"<|#|\S*[/@]|[A-Za-z][\w+.-]*:|\S*\.[A-Za-z]")
# What is an address even if no link has its label.
_CLEAR_ADDRESS = re.compile(
    r"<?(?:[A-Za-z][A-Za-z\d+.-]*:[^\s\d]|//|www\.|#|\.{0,2}/)|[^\s@]*\.[A-Za-z]{2,4}$"
)
_LABEL = re.compile(r"\[[^\]\n]{1,200}\](?!:)")
_PLAIN_LANGUAGES = frozenset(("", "text", "txt", "plain", "plaintext", "markdown", "md"))
_SENTENCE = re.compile(rf"{HAN_CLASS}[^\n]{{0,99}}?[，。！？；]")
_CODE_SIGNS = re.compile(r"[{}=;<>\[\]$\\]|\w\(|//|/\*|^\s*#", re.MULTILINE)
_GITLAB_FORMULA = re.compile(r"\$`([^`\n]{1,500})`\$")
_UNREAD_KINDS = {"fence": CODE, "code_block": CODE}


def parse_markdown(text: str, row: int = 1, *, pasted: bool = False) -> list[Block | LeftOut]:
    r"""Return the paragraphs of a Markdown text, and what is left out.

    Args:
        text: The text, with line ends as "\n".
        row: The line of the file on which it begins, from 1.
        pasted: Whether it was pasted into a plain text: lines that end with a sentence are then
            paragraphs, indented lines are no code, a line above dashes is no heading, and
            asterisks in place of a name are no emphasis.

    Raises:
        RecursionError: Quotes or lists are nested too deeply to be read.

    >>> [block.text for block in parse_markdown("# 题目\n\n*我们*要[学习](https://a.cn)。")]
    ['题目', '我们要学习。']
    """
    left_out: list[LeftOut] = []
    text = _GITLAB_FORMULA.sub(r"$\1$", text)
    text = "".join(_write_text(text, row, left_out, pasted=pasted))
    if pasted:
        text = "\n".join(map(escape_names, text.split("\n")))
    parser = make_parser(pasted=pasted)
    env: dict[str, Any] = {}
    tokens = parser.parse(_escape_labels(text), env)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        raise RecursionError(MAX_NESTING)
    reader = _TokenReader(tokens, row, pasted=pasted)
    return [*reader.blocks(), *left_out, *find_unused_notes(text, env, row)]


def _write_text(text: str, row: int, left_out: list[LeftOut], *, pasted: bool) -> Iterator[str]:
    """Yield the pieces of a text in CommonMark, in which code is as it was.

    Formulas are written in the characters of a line, and the marks of dialects are removed.
    """
    for piece, is_code in split_code(outdent_admonitions(text), pasted=pasted):
        if is_code:
            yield piece
        else:
            written, unread = without_dialects(write_formulas(piece, markdown=True), row)
            left_out += unread
            yield written
        row += piece.count("\n")


def _escape_labels(text: str) -> str:
    """Return a Markdown text with backslashes before labels of what is no address."""
    labels = {match[0].casefold() for match in _LABEL.finditer(text)}

    def escape(match: re.Match[str]) -> str:
        is_used = match["label"].casefold() in labels
        pattern = _ADDRESS if is_used else _CLEAR_ADDRESS
        end = match.end("start")
        rest = match.string[end : match.end()]
        return match[0] if pattern.match(match["word"]) else f"{match['start']}\\{rest}"

    return _LABELLED_WORD.sub(escape, text)


def _is_prose(token: Token) -> bool:
    """Return whether a block of code is a text, indented or fenced as code is."""
    language = token.info.strip().lower()
    if language not in _PLAIN_LANGUAGES or not _SENTENCE.search(token.content):
        return False
    return language in {"markdown", "md"} or not _CODE_SIGNS.search(token.content)


def _read_formula_block(token: Token) -> str:
    """Return the formula in a fence that is marked as one; "" if a line cannot show it."""
    if token.type != "fence" or token.info.strip().lower() != "math":
        return ""
    code = f"$${token.content.strip()}$$"
    line = write_formulas(code).strip()
    return "" if line == code else line


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
        self._linked_notes = NoteLinks()

    def blocks(self) -> Iterator[Block | LeftOut]:
        """Yield the paragraphs of the document, and what is left out."""
        for token in self._tokens:
            if token.map:
                self._row = self._first_row + token.map[0]
            if self._in_footnotes:
                if token.type == "inline":
                    yield LeftOut(NOTES, token.content[:SAMPLE_LENGTH], row=self._row)
            elif token.type == "inline":
                yield from self._read_paragraph(token.children or [])
            elif token.type == "html_block":
                yield from self._read_html(token.content)
            elif token.type in _UNREAD_KINDS and _is_prose(token):
                yield from self._read_prose(token)
            elif formula := _read_formula_block(token):
                yield Block(formula, row=self._row + 1)
            elif token.type in _UNREAD_KINDS:
                sample = token.content.strip()[:SAMPLE_LENGTH]
                yield LeftOut(_UNREAD_KINDS[token.type], sample, row=self._row)
            elif token.type == "tr_close" and self._cells and any(self._cells):
                yield Block(join_cells(self._cells), row=self._row)
            self._follow(token)

    def _read_prose(self, token: Token) -> Iterator[Block | LeftOut]:
        first = self._row + (token.type == "fence")
        if token.info.strip().lower() in {"markdown", "md"}:
            yield from parse_markdown(token.content, first, pasted=self._pasted)
        else:
            yield from parse_plain(token.content, first)

    def _read_html(self, html: str) -> Iterator[Block | LeftOut]:
        root = parse_html(html)
        reading = read_element(Page(root, "", Notes(), is_white=True), root, {})
        first = self._row - 1
        for block in reading.blocks:
            yield Block(block.text, row=first + block.row)
        for piece in (*reading.left_out, *find_comments(html)):
            yield replace(piece, row=first + piece.row)

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
        if self._linked_notes.is_note(children):
            text = "".join(child.content for child in children)
            yield LeftOut(NOTES, text[:SAMPLE_LENGTH], row=self._row)
            return
        children = self._linked_notes.without_references(children)
        rendered = render(children, pasted=self._pasted)
        yield from find_unread(children, self._row)
        for line in rendered:
            yield from (replace(piece, row=self._row + line.row) for piece in line.left_out)
        if self._cells is not None:
            self._cells.append(join_cells([line.text for line in rendered]))
            return
        if self._at_item_start and rendered:
            rendered[0].remove_prefix(_TASK_BOX)
        self._at_item_start = False
        if self._heading_level and rendered:
            rendered = [merge(rendered)]
        for line in rendered:
            label, self._label = self._label, ""
            breaks = tuple(len(label) + offset for offset in line.breaks)
            kind = BlockKind.HEADING if self._heading_level else BlockKind.BODY
            row = self._row + line.row
            yield Block(label + line.text, kind, row=row, breaks=breaks, level=self._heading_level)
