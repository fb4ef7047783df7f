"""Put the paragraphs of rich text (RTF) together: those of the body, a text box or a note."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ...model import BlockKind
from ...text.whitespace import joined_lines, split_lines
from ..block import CONTENTS, SAMPLE_LENGTH, Block, LeftOut
from ..pieces import Piece, join_pieces
from ..tables import merge_row
from .docx_numbering import write_label
from .docx_styles import ParagraphStyle
from .page_numbers import is_page_number
from .rtf_state import GroupState
from .rtf_tables import make_style


@dataclass(slots=True)
class _Row:
    """An open row of a table: its cells, and the paragraphs of the one that is open."""

    cells: list[list[Block]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


class Flow:
    """The paragraphs of the body, a text box, a note or a header, in reading order.

    Attributes:
        kind: The kind of what is left out that it is; "" where it is read.
        blocks: Its paragraphs as far as they are complete.
        left_out: What of it is not read.
        row: The number of the paragraph that is open, from 1.
        label: The number of the item that the paragraph is.
        background: The colour behind all of its text; see `TextAppearance.is_unseen`.
        shades_cells: Whether cells of its tables may have any colour.
    """

    def __init__(self, kind: str = "", row: int = 1) -> None:
        self.kind = kind
        self.blocks: list[Block] = []
        self.left_out: list[LeftOut] = []
        self.row = row
        self.label = ""
        self.background = ""
        self.shades_cells = False
        self._first_row = row
        self._pieces: list[Piece] = []
        self._boxes: list[Block] = []  # the text boxes anchored in the paragraph
        self._box_rows = 0  # how many paragraphs they have
        self._unread: tuple[str, str] = ("", "")  # the kind and the text of what is not read
        self._rows: list[_Row] = []

    def add(self, text: str, shift: int = 0) -> None:
        """Add a text to the open paragraph."""
        self._end_unread()
        self._pieces.append(Piece(text, shift))

    def add_unread(self, kind: str, text: str) -> None:
        """Add a text that is not read aloud to what is left out."""
        if kind != self._unread[0]:
            self._end_unread()
        if len(before := self._unread[1].lstrip()) < SAMPLE_LENGTH:
            self._unread = kind, before + text

    def add_box(self, box: Flow) -> None:
        """Add a text box, whose text follows the open paragraph."""
        self._boxes += box.blocks
        self._box_rows += box.row - box._first_row
        self.left_out += box.left_out

    def leave_out(self, kind: str, text: str = "") -> None:
        """Note what stands here and is not read."""
        sample = " ".join(text.split())[:SAMPLE_LENGTH]
        self.left_out.append(LeftOut(kind, sample, row=self.row))

    def end_paragraph(self, state: GroupState, style: ParagraphStyle) -> None:
        """End the open paragraph.

        Args:
            state: The state at its end.
            style: Its style.
        """
        self._end_unread()
        if state.joins_next:
            return
        text = join_pieces(self._pieces, unread := list[LeftOut]())
        self.left_out += [replace(piece, row=self.row) for piece in unread]
        label, self.label = write_label(self.label), ""
        blocks = self._boxes
        if style.is_contents and text.strip():
            self.leave_out(CONTENTS, text)
        elif not is_page_number(text):
            blocks = [*self._to_blocks(text, label, state, style), *blocks]
        self._place(blocks, state.depth)
        self.row += 1 + self._box_rows
        self._pieces, self._boxes, self._box_rows = [], [], 0

    @property
    def is_open(self) -> bool:
        """Whether the open paragraph has any text."""
        return bool(self._pieces or self._boxes)

    def end_cell(self, depth: int) -> None:
        """End a cell of a table that is in `depth - 1` others."""
        self._place([], depth)
        row = self._rows[-1]
        row.cells.append(row.blocks)
        row.blocks = []

    def end_row(self, depth: int) -> None:
        """End a row of a table that is in `depth - 1` others."""
        self._place([], depth)
        self._place([], depth - 1)

    def end(self, state: GroupState, style: ParagraphStyle) -> None:
        """End the flow."""
        self.end_paragraph(replace(state, joins_next=False), style)
        self._place([], 0)

    def _end_unread(self) -> None:
        kind, text = self._unread
        self._unread = "", ""
        if kind and text.strip():
            self.leave_out(kind, text)

    def _to_blocks(
        self, text: str, label: str, state: GroupState, style: ParagraphStyle
    ) -> list[Block]:
        style = make_style(style, state.outline)
        lines = split_lines(text)
        if lines and style.kind is not BlockKind.BODY:
            lines = [joined_lines(text)]
        return [
            Block(line if index else label + line, style.kind, row=self.row, level=style.level)
            for index, line in enumerate(lines)
        ]

    def _place(self, blocks: list[Block], depth: int) -> None:
        """Put paragraphs where they belong, after closing rows of tables they are not in."""
        while len(self._rows) > depth:
            row = self._rows.pop()
            merged = merge_row([*row.cells, row.blocks])
            (self._rows[-1].blocks if self._rows else self.blocks).extend(merged)
        while len(self._rows) < depth:
            self._rows.append(_Row())
        (self._rows[-1].blocks if self._rows else self.blocks).extend(blocks)
