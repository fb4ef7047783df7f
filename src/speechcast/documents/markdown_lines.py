"""Render the inline text of Markdown as lines, without its marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from ..text.whitespace import CONTEXT_LENGTH, joined, separator
from .block import (
    ADDRESSES,
    COMMENTS,
    HIDDEN_TEXT,
    PICTURES,
    RUBY,
    SAMPLE_LENGTH,
    STRUCK_TEXT,
    LeftOut,
)
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
from .web.tree import Element, parse_html
from .web.unread import character_of, is_hidden, is_white_on_white

if TYPE_CHECKING:
    from markdown_it.token import Token

_SPACES = re.compile(r"[ \t\u00a0]+")
_EMPHASIS = re.compile(  # a==1 compares, 2**3 multiplies
    r"(?P<mark>(?<!\d)\*\*|\*\*(?!\d)|(?<![A-Za-z0-9)=])==)(?=\S)(?P<text>[^*=]+)(?<=\S)"
    r"(?P=mark)(?:(?<=\*)|(?![A-Za-z0-9(=]))"
)
_TOC_MARKER = re.compile(r"\[toc\]$", re.IGNORECASE)  # where many editors put the contents
_BR_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_DELETED_TAG = re.compile(r"<(/?)(?:s|del|strike|rt|rp|script|style)\b", re.IGNORECASE)
_SUPERSCRIPT = re.compile(  # of Pandoc: m^2^, ^14^C; in a^2+b^2 each mark raises by itself
    r"(?:(?<=[^\s^])|(?=\^\d{1,3}m?\^[A-Z]))"
    r"\^([0-9A-Za-z]{1,12}(?=\^(?![0-9(]))|[0-9A-Za-z+\-−()]{1,12}(?=\^(?![0-9A-Za-z(])))\^"
)
_SUBSCRIPT = re.compile(r"(?<=[A-Za-z)）])~([0-9A-Za-z+\-−()]{1,12})~")  # of Pandoc: H~2~O
_UNREAD_TAGS = {"<rt>": RUBY, **dict.fromkeys(("<s>", "<del>", "<strike>"), STRUCK_TEXT)}
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
# The elements of the HTML standard, current and obsolete, that stand in a line, and those of media.
_HTML_TAGS = frozenset(
    "a abbr acronym area audio b base basefont bdi bdo bgsound big blink br button canvas "
    "center cite code data datalist del details dfn dialog div embed em figcaption figure "
    "font form frame h1 h2 h3 h4 h5 h6 hr i iframe img input ins kbd keygen label li link "
    "map mark marquee math meta meter nobr noframes noscript object ol optgroup option "
    "output p param picture pre progress q rb rp rt rtc ruby s samp script section select "
    "slot small source span strike strong style sub summary sup svg table tbody td template "
    "textarea tfoot th thead time title tr track tt u ul var video wbr".split()
)
_RUN_MARKS = {
    "<sup>": RAISED_START,
    "</sup>": RAISED_END,
    "<sub>": LOWERED_START,
    "</sub>": LOWERED_END,
}


@dataclass(slots=True)
class RenderedLine:
    """A rendered line, from one or more lines of the file.

    Attributes:
        row: How many lines of the file precede it in its paragraph.
        text: Its text, once it is finished.
        breaks: The offsets in `text` at which further lines of the file begin.
        left_out: The raised figures in it that were taken for references of notes.
        pieces: Its text before it is finished, with `LINE_BREAK` where such a line begins; none is
            empty, the first begins with no space.
    """

    row: int
    text: str = ""
    breaks: list[int] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
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
        text = _EMPHASIS.sub(
            r"\g<text>", _SUBSCRIPT.sub(_to_lowered, _SUPERSCRIPT.sub(_to_raised, text))
        )
        text = write_runs(text, self.left_out)
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


def render(children: Sequence[Token], *, pasted: bool) -> list[RenderedLine]:
    """Return the lines of a paragraph; hard breaks end a line, in a pasted text sentences too."""
    lines = [RenderedLine(0)]
    closed = {_tag_name(child) for child in children if child.content.startswith("</")}
    times, hidden = _find_times_signs(children), _find_hidden(children)
    row = skip_depth = 0
    after_soft_break = False
    for child in children:
        skip_depth += _skip_change(child)
        if child.type == "softbreak":
            row, after_soft_break = row + 1, True
            if pasted and SENTENCE_END.search(lines[-1].last_characters()):
                lines.append(RenderedLine(row))
                after_soft_break = False
        elif _ends_line(child):
            row += child.type == "hardbreak"
            lines.append(RenderedLine(row))
            after_soft_break = False
        elif (
            not skip_depth
            and id(child) not in hidden
            and (piece := child.markup if id(child) in times else _text_of(child, closed))
        ):
            if after_soft_break:
                lines[-1].append_wrapped(piece)
            else:
                lines[-1].append(piece)
            after_soft_break = False
    return [line for line in lines if line.finish()]


def _find_times_signs(children: Sequence[Token]) -> set[int]:
    """Return the `id`s of the marks of emphasis that stand between figures: 2*3*4, 2**3."""
    tokens = [child for child in children if child.type != "text" or child.content]
    signs: set[int] = set()
    opened: list[tuple[Token, bool]] = []
    for index, token in enumerate(tokens):
        if token.type in {"em_open", "strong_open"}:
            follows_figure = index > 0 and tokens[index - 1].content[-1:].isdecimal()
            opened.append((token, follows_figure))
        elif token.type in {"em_close", "strong_close"} and opened:
            start, follows_figure = opened.pop()
            if follows_figure and any(t.content[:1].isdecimal() for t in tokens[index + 1 :][:1]):
                signs |= {id(start), id(token)}
    return signs


def _find_hidden(children: Sequence[Token]) -> set[int]:
    """Return the `id`s of the tokens in elements that a browser does not show."""
    closed = Counter(_tag_name(child) for child in children if child.content.startswith("</"))
    hidden: set[int] = set()
    name, depth = "", 0  # of the hidden element that is open
    for child in children:
        tag = _tag_name(child)
        is_end = child.content.startswith("</")
        closed[tag] -= is_end
        if name:
            hidden.add(id(child))
            depth += (tag == name) * (-1 if is_end else 1)
            name = name if depth else ""
        elif tag and not is_end and closed[tag] > 0:
            element = next(parse_html(child.content).elements(tag), None)
            if element is not None and (is_hidden(element) or is_white_on_white(element)):
                name, depth = tag, 1
    return hidden


def _text_of(child: Token, closed: Set[str]) -> str:
    """Return the text of a token in a paragraph; "" if it has none.

    Args:
        child: The token.
        closed: The names of the tags that are closed in the paragraph. What looks like a tag of no
            element, and is not closed, is text: <name>.
    """
    if child.type in {"text", "code_inline"}:
        return _SPACES.sub(" ", without_marks(child.content))
    if child.type == "html_inline":
        name = _tag_name(child)
        if name and name not in _HTML_TAGS | closed:
            return child.content
        return _RUN_MARKS.get(child.content.lower().replace(" ", ""), "")
    return _character_of(child) if child.type == "image" else ""


def _tag_name(child: Token) -> str:
    """Return the name of a token's tag in lower case; "" if it is no tag."""
    match = _TAG_NAME.match(child.content) if child.type == "html_inline" else None
    return match[1].lower() if match else ""


def _character_of(image: Token) -> str:
    return character_of(Element("img", {"alt": image.content}, 1, None))


def find_unread(children: Sequence[Token], row: int = 1) -> Iterator[LeftOut]:
    """Yield the pictures, the bare addresses, the struck and the hidden text of a paragraph.

    Args:
        children: The tokens of the paragraph.
        row: The line of the file on which it begins, from 1.
    """
    hidden = _find_hidden(children)
    hidden_row, sample = row, ""
    for child, following in zip(children, [*children[1:], None], strict=False):
        row += child.type in {"softbreak", "hardbreak"}
        text = following.content[:SAMPLE_LENGTH] if following else ""
        if id(child) in hidden:
            hidden_row = hidden_row if sample else row
            sample += child.content if child.type == "text" else ""
        elif child.type == "image" and not _character_of(child):
            yield LeftOut(PICTURES, child.content[:SAMPLE_LENGTH], row=row)
        elif child.type == "link_open" and child.markup == "autolink":
            yield LeftOut(ADDRESSES, text, row=row)
        elif child.type == "s_open":
            yield LeftOut(STRUCK_TEXT, text, row=row)
        elif child.type == "html_inline" and child.content.startswith("<!--"):
            yield from find_comments(child.content, row)
            row += child.content.count("\n")
        elif text and (kind := _UNREAD_TAGS.get(child.content.lower())):
            yield LeftOut(kind, text, row=row)
    if sample:
        yield LeftOut(HIDDEN_TEXT, sample.strip()[:SAMPLE_LENGTH], row=hidden_row)


def find_comments(html: str, row: int = 1) -> Iterator[LeftOut]:
    """Yield the comments in a piece of HTML that have words.

    Args:
        html: The piece.
        row: The line of the file on which it begins, from 1.
    """
    for match in _COMMENT.finditer(html):
        if sample := " ".join(match[1].split()).strip("-")[:SAMPLE_LENGTH].strip():
            yield LeftOut(COMMENTS, sample, row=row + html.count("\n", 0, match.start()))


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


def merge(rendered: Sequence[RenderedLine]) -> RenderedLine:
    """Merge the lines of a heading into the first, and return it."""
    merged = rendered[0]
    for line in rendered[1:]:
        merged.text = joined(merged.text, line.text)
    return merged
