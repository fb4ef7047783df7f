r"""Read rich text (.rtf) into paragraphs.

The text is what Word would print with all tracked changes accepted, without foot- and endnotes,
comments, headers and footers, which are listed as left out.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ...errors import SourceError
from ...messages import _
from ..block import Block, LeftOut
from ..colors import UNKNOWN
from ..file_types import misnamed_error
from .rtf_destinations import Destinations, Ending, ends_nothing
from .rtf_state import GroupState
from .rtf_tokens import CHARACTERS, CLOSE, OPEN, TEXT, UNICODE, Characters, split_tokens

_SIGNATURE = b"{\\rtf"
_MAX_TOKENS = 4_000_000  # control words and groups; a day of speech makes a tenth of them
_BEFORE_WORDS = frozenset((b"", b"*"))  # what some programs write before a group's first word
_BREAKS = frozenset(("par", "sect", "cell", "row", "nestcell", "nestrow"))
_CELL_SHADING = frozenset(("clcbpat", "clcfpat", "clshdng", "trcbpat", "trcfpat", "trshdng"))


def blocks(data: bytes, path: Path) -> list[Block | LeftOut]:
    """Return the paragraphs of the rich text in `data`, and what is left out of it.

    Raises:
        SourceError: The file is no rich text, or is damaged or too large.
    """
    start = data.find(_SIGNATURE, 0, 1024)
    if start < 0:
        raise misnamed_error(data, path)
    data = data[start:]
    if (count := data.count(b"\\") + data.count(OPEN.encode())) > _MAX_TOKENS:
        raise SourceError(
            _(
                "{path} has {count:,} control words, more than a speech can have; the limit is "
                "{most:,}. Save it as .docx, or split it into smaller files"
            ).format(path=path, count=count, most=_MAX_TOKENS),
            path,
        )
    reader = _Reader(Characters(data))
    if not reader.read(data):
        raise SourceError(
            _(
                "{path} is damaged{detail}; download it again, or open it in the program "
                "that wrote it and save it again"
            ).format(path=path, detail=_(" ({reason})").format(reason=_("it ends in the middle"))),
            path,
        )
    content = reader.content
    return [*content.headers.values(), *content.body.left_out, *content.body.blocks]


class _Reader:
    """Walks through a file once, with a state for each open group.

    Attributes:
        content: What has been read.
    """

    def __init__(self, characters: Characters) -> None:
        self._destinations = Destinations()
        self.content = self._destinations.content
        self._characters = characters
        self._state = GroupState()
        self._ending: Ending = ends_nothing  # what the end of this group does
        self._groups: list[tuple[GroupState, Ending]] = []  # those around this one
        self._begins = self._is_starred = False  # has the group just begun, with \*?

    def read(self, data: bytes) -> bool:
        """Read a file; return whether it is whole."""
        for token in split_tokens(data, is_double_byte=self._characters.is_double_byte):
            if token.word == TEXT:
                self._begins = self._begins and token.data.strip() in _BEFORE_WORDS
                self._characters.add(token.data)
            elif token.word == UNICODE and token.number is not None:
                self._begins = False
                self._flush()
                text = self._characters.read_number(token.number, self._state.unicode_skip)
                self.content.add(text, self._state)
            elif token.word in {OPEN, CLOSE}:
                self._flush()
                self._characters.skip = 0
                if token.word == OPEN:
                    self._open_group()
                elif self._close_group():
                    return True
            else:
                self._flush()
                self._read_word(token.word, token.number)
        return False

    def _flush(self) -> None:
        """Add the characters that have been passed."""
        if text := self._characters.flush(self.content.tables.find_font(self._state.font)):
            self.content.add(text, self._state)

    def _open_group(self) -> None:
        self._groups.append((self._state, self._ending))
        self._begins, self._is_starred = True, False
        self._ending = ends_nothing if len(self._groups) > 1 else self.content.end_document

    def _close_group(self) -> bool:
        """End a group; return whether it was the document."""
        self._ending(self._state)
        self._begins = False
        if self._groups:
            self._state, self._ending = self._groups.pop()
        return not self._groups

    def _read_word(self, word: str, number: int | None) -> None:
        begins = self._begins
        if word == "*" and begins:
            self._is_starred = True
            return
        self._begins = False
        if self._state.destination == "dropped":
            return
        if begins and (
            opened := self._destinations.open(word, self._state, is_starred=self._is_starred)
        ):
            self._state, self._ending = opened
        elif text := CHARACTERS.get(word):
            if self._characters.skip:
                self._characters.skip -= 1
            else:
                self.content.add(text, self._state)
        elif self._state.destination in {"fonts", "colors"}:
            self.content.tables.read_word(word, number or 0)
        elif word in _BREAKS:
            if self._state.destination == "body":
                self._characters.skip = 0
                self.content.end_part(word, self._state)
        else:
            self._change_state(word, number)

    def _change_state(self, word: str, number: int | None) -> None:
        """Change the state by a control word that formats what follows."""
        self._characters.skip = 0
        if word == "deff":
            self.content.tables.usual_font = number or 0
            self._state = replace(self._state, font=number or 0)
        elif word in _CELL_SHADING:
            self.content.flow.shades_cells = True
        elif word == "shpfblwtxt" and number:
            self.content.body.background = UNKNOWN
        elif self._state.destination == "form":
            self._destinations.read_form_word(word, number or 0)
        else:
            self._state = self._state.changed(word, number, self.content.tables)
