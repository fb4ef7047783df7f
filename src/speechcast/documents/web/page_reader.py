"""Walk the elements of a page, and read those that are text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ...messages import mark
from ..block import HIDDEN_TEXT, NOTES, SAMPLE_LENGTH, Block, LeftOut
from ..ruby import with_readings
from .elements import ElementReader, ends_line
from .mathml import write_formula
from .notes import Notes
from .style_sheet import has_hidden_name
from .tree import Element
from .unread import character_of, is_white_on_white, why_unread

_SHOWN_ATTRIBUTES = ("alt", "value", "placeholder")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what must be known of it to read it.

    Attributes:
        root: Its elements.
        name: Its name in the book; links are relative to it.
        notes: The notes of the whole book.
        in_book: Whether it belongs to an e-book.
    """

    root: Element
    name: str
    notes: Notes
    in_book: bool = False
    hidden_names: frozenset[str] = frozenset()  # by its style sheet: .draft, #draft
    is_white: bool = False  # has no background, so that nobody sees white text

    def why_unread(self, element: Element) -> str | None:
        """Return why an element of the page is not read, as a plural noun; None if it is."""
        if element in self.notes.references:
            return mark("references of notes")
        if self.notes.is_note(element, self.name):
            return NOTES
        reason = why_unread(element, in_book=self.in_book)
        if reason is None and (
            has_hidden_name(element, self.hidden_names)
            or (self.is_white and is_white_on_white(element))
        ):
            return HIDDEN_TEXT
        return reason


@dataclass(slots=True)
class Reading:
    """The text of some elements of a page.

    Attributes:
        blocks: Its paragraphs.
        left_out: What is not read in these elements.
        length: The characters of text in them, white space included.
        linked: How many of these belong to links.
    """

    blocks: list[Block] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    length: int = 0
    linked: int = 0


class _OpenElement(NamedTuple):
    element: Element
    remaining: Iterator[Element | str]
    in_link: bool


def read_element(page: Page, root: Element, skipped: Mapping[Element, str]) -> Reading:
    """Return the text of an element.

    The elements are walked without recursion, so that no nesting is too deep.

    Args:
        page: The page.
        root: The element of the page to read.
        skipped: Elements that are not read, with the reason; nobody is told of those for "".
    """
    reader, reading = ElementReader(), Reading()
    reader.open(root)
    open_elements = [_OpenElement(root, iter(root.children), in_link=False)]
    while open_elements:
        element, remaining, in_link = open_elements[-1]
        node = next(remaining, None)
        if node is None:
            open_elements.pop()
            reader.close(element)
        elif isinstance(node, str):
            reader.add_text(node)
            reading.length += len(node)
            reading.linked += len(node) if in_link else 0
        elif (reason := skipped.get(node, page.why_unread(node))) is not None:
            _leave_out(node, reason, reader, reading)
        elif node.name == "ruby" and (text := read_ruby(node)):
            reader.add_text(text)
            reading.length += len(text)
        elif node.name in {"math", "img"}:
            reader.add_text(write_formula(node) if node.name == "math" else character_of(node))
        else:
            reader.open(node)
            is_link = in_link or node.name == "a"
            open_elements.append(_OpenElement(node, iter(node.children), is_link))
    reading.blocks = reader.finish()
    reading.left_out += reader.left_out
    return reading


def read_ruby(element: Element) -> str:
    """Return the characters of a `ruby` with their readings; "" if they are no pinyin.

    >>> rubies = Element("ruby", {}, 1, None, ["重", Element("rt", {}, 1, None, ["chóng"]), "庆"])
    >>> read_ruby(rubies)
    ''
    >>> rubies.children.pop() and read_ruby(rubies)
    '重{chong2}'
    """
    text = base = ""
    for node in element.children:
        if isinstance(node, str) or node.name == "rb":
            base += node if isinstance(node, str) else node.text(SAMPLE_LENGTH)
        elif node.name == "rt":
            read = with_readings(base.strip(), node.text(SAMPLE_LENGTH))
            if read is None:
                return ""
            text, base = text + read, ""
        elif node.name != "rp":
            return ""
    return text if not base.strip() else ""


def _leave_out(element: Element, reason: str, reader: ElementReader, reading: Reading) -> None:
    """Note that an element is left out, and end the line where a browser does."""
    if reason not in {HIDDEN_TEXT, ""} and ends_line(element):
        reader.end_line()
    if not reason:
        return
    shown = next(filter(None, map(element.attributes.get, _SHOWN_ATTRIBUTES)), "")
    if shown or element.name == "img" or element.has_text():
        sample = shown or element.text(SAMPLE_LENGTH)
        sample = " ".join(sample.split())[:SAMPLE_LENGTH]
        reading.left_out.append(LeftOut(reason, sample, row=element.row))
