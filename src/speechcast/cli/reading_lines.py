"""Print a sentence in two lines: how each word is read, and below it the word.

    wǒmen  qùnián
    我们   去年，

A mark of punctuation is printed with the word it belongs to. What is spoken otherwise than it is
shown follows an arrow: 20→二十. Of a reading in doubt the syllable has a question mark: zhāo?yáng.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..messages import _, mark
from ..text.han import HAN
from ..text.line_breaking import OPENERS
from .columns import measure

if TYPE_CHECKING:
    from ..preview import TokenPreview

NOT_SPOKEN = mark("(not spoken)")
_GAP = 1  # columns between two words


@dataclass(frozen=True, slots=True)
class Cell:
    """A reading and the text below it.

    Attributes:
        reading: Pinyin with tone marks, or phonemes; "" for none.
        text: The text.
        is_doubtful: Whether the reading is in doubt.
    """

    reading: str
    text: str
    is_doubtful: bool = False

    @property
    def width(self) -> int:
        """The columns that the wider of the two takes."""
        return max(measure(self.reading), measure(self.text))


@dataclass(frozen=True, slots=True)
class Row:
    """Two lines: readings and the text below them.

    Attributes:
        cells: What is printed side by side.
    """

    cells: tuple[Cell, ...]

    def readings(self, highlight: Callable[[str], str]) -> str:
        """Return the line of the readings, the doubtful ones highlighted; "" if there are none."""
        parts = (
            (highlight(cell.reading) if cell.is_doubtful else cell.reading)
            + " " * (cell.width + _GAP - measure(cell.reading))
            for cell in self.cells
        )
        return "".join(parts).rstrip()

    @property
    def text(self) -> str:
        """The line of the text."""
        gaps = (" " * (cell.width + _GAP - measure(cell.text)) for cell in self.cells)
        return "".join(c.text + gap for c, gap in zip(self.cells, gaps, strict=True)).rstrip()


def lay_out(tokens: Sequence[TokenPreview], width: int) -> Iterator[Row]:
    """Yield the rows of a sentence, none wider than `width` columns."""
    row: list[Cell] = []
    used = 0
    for cell in _to_cells(tokens):
        for part in _fit(cell, width):
            if row and used + part.width > width:
                yield Row(tuple(row))
                row, used = [], 0
            row.append(part)
            used += part.width + _GAP
    if row:
        yield Row(tuple(row))


def with_tone_mark(syllable: str) -> str:
    """Return a pinyin syllable with its tone as a mark.

    >>> with_tone_mark("chong2"), with_tone_mark("lv4"), with_tone_mark("le5")
    ('chóng', 'lǜ', 'le')
    """
    from pypinyin.contrib.tone_convert import to_tone

    return str(to_tone(syllable.rstrip("5")))


def join_syllables(syllables: Sequence[str]) -> str:
    """Return the syllables of a word in one, as pinyin is written.

    >>> join_syllables(["xī", "ān"]), join_syllables(["huà", "r"])
    ("xī'ān", 'huàr')
    """
    first, *others = syllables
    return first + "".join(f"'{s}" if s[0] in "aāáǎàoōóǒòeēéěè" else s for s in others)


def _to_cells(tokens: Sequence[TokenPreview]) -> Iterator[Cell]:
    """Yield the cells of a sentence, each with the marks that belong to its words."""
    cell: Cell | None = None
    opening = ""  # marks that belong to the next cell
    spaced = True
    quoted = False
    for token in tokens:
        if token.shown.isspace() or not token.shown:
            spaced = True
            continue
        if _is_mark(token):
            quoted ^= token.shown == '"'
            opens = token.shown in OPENERS or (token.shown == '"' and quoted)
            if opens or cell is None:
                opening += token.shown
            elif spaced and not opening:
                yield cell
                cell = Cell("", token.shown)
            else:
                cell, opening = replace(cell, text=cell.text + opening + token.shown), ""
        else:
            if cell:
                yield cell
            *others, cell = _put_before(opening, _read_token(token))
            yield from others
            opening = ""
        spaced = False
    if cell:
        yield cell
    if opening:
        yield Cell("", opening)


def _put_before(opening: str, cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells with more text before that of the first one."""
    first, *others = cells
    if not opening:
        return [first, *others]
    indent = " " * measure(opening) if first.reading else ""
    return [replace(first, reading=indent + first.reading, text=opening + first.text), *others]


def _is_mark(token: TokenPreview) -> bool:
    return not any(c.isalnum() for c in token.shown + token.spoken)


def _read_token(token: TokenPreview) -> Iterator[Cell]:
    """Yield the cells of a word or a figure."""
    if not token.spoken.strip():
        yield Cell(_(NOT_SPOKEN), token.shown)
        return
    pieces = list(_read_pieces(token))
    if token.shown == token.spoken:
        yield Cell(
            _join_readings(token, pieces), token.shown, any(piece.is_doubtful for piece in pieces)
        )
    else:
        yield from _put_before(f"{token.shown}→", pieces)


def _join_readings(token: TokenPreview, pieces: Sequence[Cell]) -> str:
    """Return the reading of a whole word."""
    readings = [piece.reading for piece in pieces if piece.reading]
    is_whole = len(readings) == len(token.spoken) == len(HAN.findall(token.spoken))
    return join_syllables(readings) if is_whole else " ".join(readings)


def _read_pieces(token: TokenPreview) -> Iterator[Cell]:
    """Yield the cells of what is spoken: characters, or words."""
    syllables = [with_tone_mark(syllable) for syllable in token.pinyin]
    doubtful = {doubt.char_index for doubt in token.doubts}
    words, phonemes = token.spoken.split(), token.phonemes.split()
    if len(syllables) == len(token.spoken):
        for index, (char, syllable) in enumerate(zip(token.spoken, syllables, strict=True)):
            yield Cell(f"{syllable}?" if index in doubtful else syllable, char, index in doubtful)
    elif not syllables and len(words) == len(phonemes):
        yield from map(Cell, phonemes, words)
    else:
        yield Cell(" ".join(syllables or phonemes), token.spoken)


def _fit(cell: Cell, width: int) -> Iterator[Cell]:
    """Yield the cell, in parts if it is wider than `width` columns."""
    if cell.width <= width:
        yield cell
        return
    readings, texts = _wrap(cell.reading, width), _wrap(cell.text, width)
    for index in range(max(len(readings), len(texts))):
        reading, text = readings[index : index + 1], texts[index : index + 1]
        yield Cell("".join(reading), "".join(text), cell.is_doubtful)


def _wrap(text: str, width: int) -> list[str]:
    from rich.cells import chop_cells

    return chop_cells(text, width) if text else []
