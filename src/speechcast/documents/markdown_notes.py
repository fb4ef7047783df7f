"""Find the notes of a Markdown text that its parser does not take for notes.

Word processors export a note as two links with the same mark, [[1]](#_ftn1) in the text and
[[1]](#_ftnref1) before the note. A note that nothing refers to is dropped by the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .block import NOTES, SAMPLE_LENGTH, LeftOut
from .note_marks import is_note

if TYPE_CHECKING:
    from markdown_it.token import Token

_MARK = re.compile(r"[\[〔【［].{1,8}[\]〕】］]|[①-⑳*†‡]")
_DEFINITION = re.compile(r"\[\^(?P<label>[^\]\s]{1,200})\]:(?P<text>.*)")


class NoteLinks:
    """The marks of notes that have been passed, in one pass over a text."""

    def __init__(self) -> None:
        self._marks: set[str] = set()

    def is_note(self, children: Sequence[Token]) -> bool:
        """Return whether a paragraph begins with a mark to which an earlier one links."""
        return bool(children) and _mark_at(children, 0) in self._marks

    def without_references(self, children: Sequence[Token]) -> list[Token]:
        """Return the tokens of a paragraph without the links that refer to notes."""
        rest: list[Token] = []
        index = 0
        while index < len(children):
            if mark := _mark_at(children, index):
                self._marks.add(mark)
                index = _link_end(children, index)
            else:
                rest.append(children[index])
            index += 1
        return rest


def find_unused_notes(text: str, env: Mapping[str, Any], row: int = 1) -> Iterator[LeftOut]:
    """Yield the notes to which nothing refers.

    Args:
        text: The Markdown text.
        env: What its parser has stored.
        row: The line of the file on which the text begins, from 1.
    """
    references = env.get("footnotes", {}).get("refs", {})
    unused = {label for label, number in references.items() if number < 0}
    for note in _DEFINITION.finditer(text) if unused else ():
        if f":{note['label']}" in unused:
            sample = note["text"].strip()[:SAMPLE_LENGTH]
            yield LeftOut(NOTES, sample, row=row + text.count("\n", 0, note.start()))


def _mark_at(children: Sequence[Token], index: int) -> str:
    """Return the mark of a link to a note that begins at a token; "" if none does."""
    token = children[index]
    if token.type != "link_open" or not str(token.attrGet("href") or "").startswith("#"):
        return ""
    inner = children[index + 1 : _link_end(children, index)]
    mark = "".join(child.content for child in inner if child.type in {"text", "text_special"})
    return mark if _MARK.fullmatch(mark) and is_note(mark, "") else ""


def _link_end(children: Sequence[Token], index: int) -> int:
    """Return the index of the token that closes a link."""
    end = index
    while end < len(children) - 1 and children[end].type != "link_close":
        end += 1
    return end
