"""Read a PowerPoint presentation (.pptx) into paragraphs.

They are the text of its slides, in order.

Hidden slides and shapes, speaker notes, comments, headers and footers are listed as left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...errors import SourceError
from ...messages import mark
from ...model import BlockKind
from ...text.whitespace import joined_lines, split_lines
from ..block import HEADERS, HIDDEN_TEXT, SAMPLE_LENGTH, STRUCK_TEXT, Block, LeftOut
from ..optional_packages import require_package
from ..pieces import Piece, join_pieces
from ..tables import merge_row
from .archive import Archive
from .math_text import read_formula
from .numerals import format_number, parse_int
from .ooxml import M, first_alternative, word_tag
from .pptx_colors import SlideColors
from .pptx_unread import (
    choose_alternatives,
    classify_unread,
    describe,
    find_beside,
    find_text,
    is_shown,
    read_smart_art,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH = "{http://schemas.microsoft.com/office/drawing/2010/main}m"
_TITLE_ROLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
_SKIPPED_ROLES = ("SLIDE_NUMBER", "FOOTER", "HEADER", "DATE")
# Shapes whose tops differ by no more than this are side by side; in EMU, 914,400 to the inch.
_ROW_TOLERANCE = 120_000
_MAX_LENGTH = 51_206_400  # of a side of a slide
# Prefix of a numbering scheme (ST_TextAutonumberScheme in ISO/IEC 29500-1) → its style in
# `numerals`.
_NUMBER_STYLES = (
    ("alphaLc", "lowerLetter"),
    ("alphaUc", "upperLetter"),
    ("romanLc", "lowerRoman"),
    ("romanUc", "upperRoman"),
    ("ea1", "chineseCounting"),
    ("circleNum", "decimalEnclosedCircle"),
)


def blocks(data: bytes, path: Path) -> list[Block | LeftOut]:
    """Return the paragraphs of the .pptx file in `data`, and what is left out of it.

    Raises:
        SourceError: The file is no presentation, or is damaged, encrypted or too large, or the
            package python-pptx is not installed.
    """
    require_package("pptx", path)
    archive = Archive(data, path)
    if not any(name.startswith("ppt/") for name in archive.names):
        raise archive.misnamed_error()
    try:
        return _read(data, archive)
    except SourceError:
        raise
    except Exception as exc:  # python-pptx raises many types for a damaged presentation
        raise archive.damaged_error() from exc


def _read(data: bytes, archive: Archive) -> list[Block | LeftOut]:
    from io import BytesIO

    from pptx import Presentation

    presentation = Presentation(BytesIO(data))
    reader = _SlideReader(
        archive, (presentation.slide_width or _MAX_LENGTH, presentation.slide_height or _MAX_LENGTH)
    )
    return [*reader.blocks(presentation.slides), *reader.left_out]


@dataclass(slots=True)
class _ItemCounter:
    """The counters of the items of a text frame, by depth."""

    counts: dict[int, tuple[str, int]] = field(default_factory=dict)  # scheme, last number

    def next_label(self, paragraph: _Element) -> str:
        """Count one paragraph, and return its number; "" if it has none."""
        properties = paragraph.find(_A + "pPr")
        depth = parse_int(properties.get("lvl")) if properties is not None else 0
        auto = properties.find(_A + "buAutoNum") if properties is not None else None
        previous = self.counts.get(depth)
        self.counts = {d: count for d, count in self.counts.items() if d < depth}
        if auto is None:
            return ""
        scheme = auto.get("type") or "arabicPeriod"
        first = parse_int(auto.get("startAt"), 1)
        continues = previous is not None and previous[0] == f"{scheme}{first}"
        number = previous[1] + 1 if previous and continues else first
        self.counts[depth] = (f"{scheme}{first}", number)
        return _format_label(number, scheme)


class _SlideReader:
    """One pass over a presentation's slides, in reading order.

    Attributes:
        left_out: What cannot be read in what has been passed.
    """

    def __init__(self, archive: Archive, size: tuple[int, int]) -> None:
        self._archive = archive
        self._size = size  # of a slide
        self._row = 0
        self._headers: set[str] = set()
        self.left_out: list[LeftOut] = []

    def blocks(self, slides: Iterable[Any]) -> Iterator[Block]:
        """Yield the paragraphs of the slides; of each slide, its title first."""
        is_cover = True
        for slide in slides:
            self._colors = SlideColors(slide)
            beside = choose_alternatives(slide.shapes._spTree)
            shapes = _sort_shapes(slide.shapes)
            shapes.sort(key=lambda s: _placeholder_role(s) not in _TITLE_ROLES)
            if slide._element.get("show") in {"0", "false"}:
                texts = (find_text(shape._element) for shape in shapes)
                self._leave_out(mark("hidden slides"), next(filter(None, texts), ""))
                continue
            for shape in shapes:
                if is_shown(shape, self._size):
                    yield from self._read_shape(shape, is_cover=is_cover)
                elif text := find_text(shape._element):
                    self._leave_out(HIDDEN_TEXT, text)
            for piece in [*beside, *find_beside(slide, self._archive)]:
                self._leave_out(piece.kind, piece.text)
            is_cover = False

    def _leave_out(self, kind: str, text: str) -> None:
        """Note what is not read after the paragraph that has been reached."""
        sample = " ".join(text.split())[:SAMPLE_LENGTH]
        self.left_out.append(LeftOut(kind, sample, row=max(1, self._row)))

    def _read_shape(self, shape: Any, *, is_cover: bool) -> Iterator[Block]:
        """Yield the paragraphs of a shape; its role on the cover is the title of the speech."""
        role = _placeholder_role(shape)
        if role in _SKIPPED_ROLES:
            self._leave_out_header(find_text(shape._element))
        elif hasattr(shape, "shapes"):
            for inner in _sort_shapes(shape.shapes):
                if is_shown(inner):
                    yield from self._read_shape(inner, is_cover=is_cover)
                elif text := find_text(inner._element):
                    self._leave_out(HIDDEN_TEXT, text)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                cells = (list(self._read_text(c._tc)) for c in row.cells if not c.is_spanned)
                yield from merge_row(list(cells))
        elif getattr(shape, "has_text_frame", False):
            yield from self._read_text(shape._element, *_classify(role, is_cover))
        elif lines := read_smart_art(shape, self._archive):
            for line in lines:
                self._row += 1
                yield Block(line, row=self._row)
        elif kind := classify_unread(shape):
            self._leave_out(kind, describe(shape))

    def _leave_out_header(self, text: str) -> None:
        """Note a header, a footer or a date, once for all slides; a slide's number is none."""
        if text.strip() and not text.strip().isdecimal() and text not in self._headers:
            self._headers.add(text)
            self._leave_out(HEADERS, text)

    def _read_text(
        self, element: _Element, kind: BlockKind = BlockKind.BODY, level: int = 0
    ) -> Iterator[Block]:
        """Yield the paragraphs of a shape or cell; a title is one."""
        counter = _ItemCounter()
        behind = self._colors.find_background(element)
        blocks: list[Block] = []
        for paragraph in element.iter(_A + "p"):
            self._row += 1
            marks: list[LeftOut] = []
            text = join_pieces(self._read_runs(paragraph, behind, marks), marks)
            self.left_out += [replace(piece, row=self._row) for piece in marks]
            if not text.strip():
                continue
            label = counter.next_label(paragraph)
            for line in split_lines(text):
                blocks.append(Block(label + line, kind, row=self._row, level=level))
                label = ""
        if kind in {BlockKind.TITLE, BlockKind.HEADING} and blocks:
            text = joined_lines("\n".join(block.text for block in blocks))
            blocks = [Block(text, kind, row=blocks[0].row, level=level)]
        yield from blocks

    def _read_runs(
        self, paragraph: _Element, behind: str, left_out: list[LeftOut]
    ) -> Iterator[Piece]:
        """Yield the text of a paragraph's runs and formulas that is to be seen, and not struck."""
        for run in paragraph:
            if run.tag == _A + "br":
                yield Piece("\n")
            elif word_tag(run) == "mc:AlternateContent" or run.tag == _MATH:
                yield from (Piece(read_formula(formula)) for formula in _iter_formulas(run))
            elif run.tag in {_A + "r", _A + "fld"} and run.get("type") != "slidenum":
                properties, text = run.find(_A + "rPr"), run.findtext(_A + "t") or ""
                kind = STRUCK_TEXT if _is_struck(properties) else None
                if kind is None and self._colors.is_unseen(properties, behind):
                    kind = HIDDEN_TEXT
                if kind is None:
                    yield Piece(text, _read_shift(properties))
                elif text.strip():
                    left_out.append(LeftOut(kind, text[:SAMPLE_LENGTH]))


def _is_struck(properties: _Element | None) -> bool:
    return properties is not None and properties.get("strike") in {"sngStrike", "dblStrike"}


def _read_shift(properties: _Element | None) -> int:
    """Return whether a run is raised (1), lowered (-1) or neither (0)."""
    baseline = parse_int(None if properties is None else properties.get("baseline"))
    return (baseline > 0) - (baseline < 0)


def _classify(role: str | None, is_cover: bool) -> tuple[BlockKind, int]:
    """Return what the text of a placeholder is, and a heading's level."""
    if role in _TITLE_ROLES:
        return (BlockKind.TITLE, 0) if is_cover else (BlockKind.HEADING, 1)
    return (BlockKind.BYLINE if is_cover and role == "SUBTITLE" else BlockKind.BODY), 0


def _placeholder_role(shape: Any) -> str | None:
    """Return the PP_PLACEHOLDER type of a placeholder; None for other shapes."""
    if not getattr(shape, "is_placeholder", False):
        return None
    kind = shape.placeholder_format.type
    return kind.name if kind is not None else None


def _sort_shapes(shapes: Iterable[Any]) -> list[Any]:
    """Return shapes in reading order: in rows, from left to right."""
    by_position = sorted(shapes, key=lambda s: (s.top or 0, s.left or 0))
    rows: list[list[Any]] = []
    for shape in by_position:
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) <= _ROW_TOLERANCE:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [s for row in rows for s in sorted(row, key=lambda s: s.left or 0)]


def _iter_formulas(element: _Element) -> Iterator[_Element]:
    """Yield the formulas in a paragraph, of one version of each alternative."""
    if word_tag(element) == "mc:AlternateContent":
        element = first_alternative(element)
    return element.iter(M + "oMath")


def _format_label(number: int, scheme: str) -> str:
    """Return a number with the punctuation of its scheme (arabicPeriod, alphaLcParenBoth)."""
    style = next((s for start, s in _NUMBER_STYLES if scheme.startswith(start)), "decimal")
    numeral = format_number(number, style)
    if scheme.endswith("ParenBoth"):
        return f"({numeral}) "
    if scheme.endswith("ParenR"):
        return f"{numeral}) "
    if style == "chineseCounting":
        return f"{numeral}、"
    return f"{numeral}. " if scheme.endswith("Period") else f"{numeral} "
