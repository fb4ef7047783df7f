"""A PowerPoint presentation to paragraphs: what its slides say, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...model import BlockKind
from ..block import Block
from ..tables import lines, one_line, optional, row_of_blocks
from .archive import Archive
from .numerals import number, numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TITLES = ("TITLE", "CENTER_TITLE", "VERTICAL_TITLE")
_LEFT_OUT = ("SLIDE_NUMBER", "FOOTER", "HEADER", "DATE")
_LINE = 120_000  # EMU, an eighth of an inch, within which two shapes stand side by side
_SCHEMES = (
    ("alphaLc", "lowerLetter"),
    ("alphaUc", "upperLetter"),
    ("romanLc", "lowerRoman"),
    ("romanUc", "upperRoman"),
    ("ea1", "chineseCounting"),
    ("circleNum", "decimalEnclosedCircle"),
)


def blocks(data: bytes, path: Path) -> list[Block]:
    """The paragraphs of the .pptx in `data`. Raises SourceError for what is none."""
    optional("pptx", path)
    archive = Archive(data, path)
    if not any(name.startswith("ppt/") for name in archive.names):
        raise archive.misnamed()
    try:
        return list(_Walk().blocks(_slides(data)))
    except Exception as exc:  # whatever python-pptx makes of a damaged presentation
        raise archive.broken() from exc


def _slides(data: bytes) -> Iterator[Any]:
    from io import BytesIO

    from pptx import Presentation

    for slide in Presentation(BytesIO(data)).slides:
        if slide._element.get("show") not in {"0", "false"}:
            yield slide


@dataclass(slots=True)
class _Count:
    """How far the items of a text have been counted, by the depth they stand at."""

    reached: dict[int, tuple[str, int]] = field(default_factory=dict)

    def label(self, paragraph: _Element) -> str:
        """Count a paragraph, and give the number that stands before it."""
        properties = paragraph.find(_A + "pPr")
        depth = number(properties.get("lvl")) if properties is not None else 0
        auto = properties.find(_A + "buAutoNum") if properties is not None else None
        before = self.reached.get(depth)
        self.reached = {d: at for d, at in self.reached.items() if d < depth}
        if auto is None:
            return ""
        scheme = auto.get("type") or "arabicPeriod"
        first = number(auto.get("startAt"), 1)
        goes_on = before is not None and before[0] == f"{scheme}{first}"
        at = before[1] + 1 if before and goes_on else first
        self.reached[depth] = (f"{scheme}{first}", at)
        return _numbered(at, scheme)


class _Walk:
    """One pass over a presentation's slides."""

    def __init__(self) -> None:
        self._row = 0

    def blocks(self, slides: Iterable[Any]) -> Iterator[Block]:
        for place, slide in enumerate(slides):
            shapes = _in_order(slide.shapes)
            is_cover = place == 0  # its title is the whole speech's
            for shape in sorted(shapes, key=lambda s: _role(s) not in _TITLES):
                yield from self._shape(shape, is_cover)

    def _shape(self, shape: Any, is_cover: bool) -> Iterator[Block]:
        role = _role(shape)
        if role in _LEFT_OUT:
            return
        if hasattr(shape, "shapes"):
            for inner in _in_order(shape.shapes):
                yield from self._shape(inner, is_cover)
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                cells = (list(self._text(c._tc)) for c in row.cells if not c.is_spanned)
                yield from row_of_blocks(list(cells))
        elif getattr(shape, "has_text_frame", False):
            yield from self._text(shape._element, *_kind(role, is_cover))

    def _text(
        self, element: _Element, kind: BlockKind = BlockKind.BODY, level: int = 0
    ) -> Iterator[Block]:
        """What the paragraphs of a shape or cell say; a title's as one."""
        count = _Count()
        found: list[Block] = []
        for paragraph in element.iter(_A + "p"):
            self._row += 1
            text = "".join(_said(paragraph))
            if not text.strip():
                continue
            label = count.label(paragraph)
            for line in lines(text):
                found.append(Block(label + line, kind, self._row, level=level))
                label = ""
        if kind in {BlockKind.TITLE, BlockKind.HEADING} and found:
            text = one_line("\n".join(block.text for block in found))
            found = [Block(text, kind, found[0].row, level=level)]
        yield from found


def _kind(role: str | None, is_cover: bool) -> tuple[BlockKind, int]:
    """What the text of a placeholder is, and a heading's level."""
    if role in _TITLES:
        return (BlockKind.TITLE, 0) if is_cover else (BlockKind.HEADING, 1)
    return (BlockKind.BYLINE if is_cover and role == "SUBTITLE" else BlockKind.BODY), 0


def _role(shape: Any) -> str | None:
    """What a placeholder is for."""
    if not getattr(shape, "is_placeholder", False):
        return None
    kind = shape.placeholder_format.type
    return kind.name if kind is not None else None


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    """Shapes from top to bottom, those side by side from left to right."""
    placed = sorted(shapes, key=lambda s: (s.top or 0, s.left or 0))
    rows: list[list[Any]] = []
    for shape in placed:
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) <= _LINE:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [s for row in rows for s in sorted(row, key=lambda s: s.left or 0)]


def _said(paragraph: _Element) -> Iterator[str]:
    for run in paragraph:
        if run.tag == _A + "br":
            yield "\n"
        elif run.tag in {_A + "r", _A + "fld"} and run.get("type") != "slidenum":
            properties = run.find(_A + "rPr")
            struck = properties is not None and properties.get("strike") in {
                "sngStrike",
                "dblStrike",
            }
            if not struck:
                yield run.findtext(_A + "t") or ""


def _numbered(at: int, scheme: str) -> str:
    """The number with what its scheme puts around it: arabicPeriod, alphaLcParenBoth."""
    style = next((s for start, s in _SCHEMES if scheme.startswith(start)), "decimal")
    written = numeral(at, style)
    if scheme.endswith("ParenBoth"):
        return f"({written}) "
    if scheme.endswith("ParenR"):
        return f"{written}) "
    if style == "chineseCounting":
        return f"{written}、"
    return f"{written}. " if scheme.endswith("Period") else f"{written} "
