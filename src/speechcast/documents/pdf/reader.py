"""Read a PDF file into paragraphs.

Characters are joined to lines here, and lines to paragraphs in `layout`.

PDFium (pypdfium2) gives the characters of a page and the box around each. All lengths are in
points, measured from the bottom left of the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median
from typing import Any

from ...errors import SourceError
from ...messages import _
from ...text.whitespace import is_double_width, split_lines
from ..block import CONTENTS, HIDDEN_TEXT, SAMPLE_LENGTH, Block, LeftOut
from ..file_types import misnamed_error
from ..office.archive import encrypted_error
from ..optional_packages import require_package
from ..pieces import describe_reference
from ..raised import write_lowered, write_raised
from .annotations import list_annotations
from .characters import GENERATED_SPACE, UNSEEN, Char, TurnedPage
from .layout import join_paragraphs
from .lines import CELL_GAP, SMALL_SHARE, Page, TextLine, is_lowered, is_raised
from .unread import describe_unseen, list_left_out
from .visibility import find_unseen

_MAX_UNKNOWN_SHARE = 0.1  # of the characters: those whose font does not say what they are
_PICTURE_SHARE = 0.5  # of a page's area; a page covered by more than this is a picture
_PASSWORD = "assword"  # part of PDFium's message for an encrypted file
_HEAD_BYTES = 1024  # the beginning of a file, in which a PDF has its signature
_CONTENTS_LINE = re.compile(r"(?:[.．…·]\s?){5,200}\d{1,4}$")  # dots, and the number of a page
_RAISED_CONTEXT = 40  # characters on each side of a raised one that are looked at
_LOWERED = frozenset("0123456789+-−ijkmnx")  # what may be lowered; a comma's box is low too
_HYPHENS = {"\x02", "\u00ad", "\ufffe", "\u2010", "\u2011"}


def blocks(data: bytes, path: Path) -> list[Block | LeftOut]:
    """Return the paragraphs of the PDF file in `data`, and what is left out of it.

    Raises:
        SourceError: It is no PDF, or is damaged or encrypted, or holds no readable text, or the
            package pypdfium2 is not installed.
    """
    pdfium = require_package("pypdfium2", path)
    try:
        pages = list(_read_pages(pdfium, data, path))
    except pdfium.PdfiumError as exc:
        if _PASSWORD in str(exc):
            raise encrypted_error(path) from exc
        if b"%PDF-" not in data[:_HEAD_BYTES]:
            raise misnamed_error(data, path) from exc
        raise SourceError(
            _("{path} is a damaged PDF; download it again, or print it to PDF again").format(
                path=path
            ),
            path,
        ) from exc
    text = "".join(line.text for page in pages for line in page.lines)
    if not text and any(piece.kind == HIDDEN_TEXT for page in pages for piece in page.left_out):
        return [*list_left_out(pages, [])]
    if not any(c.isalnum() for c in text):
        raise SourceError(
            _(
                "{path} contains only pictures of text; run OCR on it (for example with "
                "ocrmypdf), or use the document it was made from"
            ).format(path=path),
            path,
        )
    if sum(map(_is_unknown, text)) > _MAX_UNKNOWN_SHARE * len(text):
        raise SourceError(
            _(
                "{path} has fonts that do not say which characters they draw; use the "
                "document it was made from, or run OCR on it"
            ).format(path=path),
            path,
        )
    paragraphs = [
        line for text in join_paragraphs(pages) for line in split_lines(_without_unknown(text))
    ]
    left_out = list_left_out(pages, paragraphs)
    return [*(Block(text, row=row) for row, text in enumerate(paragraphs, 1)), *left_out]


def _read_pages(pdfium: Any, data: bytes, path: Path) -> Iterator[Page]:
    document = pdfium.PdfDocument(data)
    document.init_forms()
    try:
        last_index = len(document) - 1
        for index, page in enumerate(document):
            textpage = page.get_textpage()
            turned = TurnedPage(pdfium, page, textpage)
            unseen = find_unseen(pdfium, page, textpage)
            left_out = [
                *list_annotations(pdfium, document, page),
                *turned.list_left_out(),
                *describe_unseen(pdfium, textpage, unseen),
            ]
            runs = [*_split_runs(turned.read(unseen), left_out)]
            text_lines = _merge_runs(_from_top(runs) if turned.is_turned else runs, left_out)
            if not text_lines and 0 < index < last_index and _is_picture(pdfium, page):
                raise SourceError(
                    _(
                        "page {index} of {path} is a picture; run OCR on the file (for "
                        "example with ocrmypdf), or remove the page"
                    ).format(index=index + 1, path=path),
                    path,
                )
            entries = [line for line in text_lines if _CONTENTS_LINE.search(line.text)]
            if len(entries) > 1:
                left_out.append(LeftOut(CONTENTS, entries[0].text[:SAMPLE_LENGTH]))
                text_lines = [line for line in text_lines if line not in entries]
            yield Page(turned.height, text_lines, left_out)
    finally:
        document.close()


def _is_picture(pdfium: Any, page: Any) -> bool:
    width, height = page.get_size()
    kind = pdfium.raw.FPDF_PAGEOBJ_IMAGE
    bounds = [picture.get_bounds() for picture in page.get_objects(filter=[kind])]
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in bounds)
    return bool(covered > _PICTURE_SHARE * width * height)


def _split_runs(characters: Iterable[Char], left_out: list[LeftOut]) -> Iterator[TextLine]:
    """Yield what PDFium takes for lines; it splits when in doubt."""
    chars: list[Char] = []
    for char in characters:
        if chars and (char.text in "\r\n" or char.is_below(chars[-1])):
            yield from _split_run(chars, left_out)
            chars = []
        if char.text not in "\r\n":
            chars.append(char)
    yield from _split_run(chars, left_out)


def _split_run(chars: list[Char], left_out: list[LeftOut]) -> Iterator[TextLine]:
    drawn = [c for c in chars if c.text not in {GENERATED_SPACE, " "} and c.right > c.left]
    if not drawn:
        return
    letters = [c for c in drawn if c.text.isalnum()] or drawn  # a comma's box can be lower
    bottom, top = median(c.bottom for c in letters), median(c.top for c in letters)
    height = max(1.0, top - bottom)
    if all(abs(c.bottom - bottom) < 0.5 * height for c in chars):
        chars = sorted(chars, key=lambda c: c.left + c.right)  # not always as they are stored
    chars = _with_line_text(chars, bottom, top, left_out)
    start = 0
    for end in _find_cell_starts(chars, height):
        yield from _make_line(chars[start:end], bottom, top)
        start = end
    yield from _make_line(chars[start:], bottom, top)


def _find_cell_starts(chars: list[Char], height: float) -> list[int]:
    """Return where a table row's cells begin, except the first.

    Args:
        chars: The characters of a line, from left to right.
        height: The height of the line.

    Returns:
        The index of the first character of each cell: after gaps wider than any space. None in a
        line whose spaces are all about as wide, for it is justified.
    """
    drawn = [i for i, c in enumerate(chars) if c.text not in {GENERATED_SPACE, " "}]
    gaps = {b: chars[b].left - chars[a].right for a, b in pairwise(drawn)}
    spaces = [gap for gap in gaps.values() if gap > 0.15 * height]
    if len(spaces) > 1 and max(spaces) < 2 * min(spaces):
        return []
    return [i for i, gap in gaps.items() if gap > CELL_GAP * height]


def _make_line(chars: list[Char], bottom: float, top: float) -> Iterator[TextLine]:
    text = _with_spaces("".join(c.text for c in chars if c.text != UNSEEN)).strip()
    drawn = [c for c in chars if c.text not in {GENERATED_SPACE, " "}]
    if text and drawn:
        left, right = min(c.left for c in drawn), max(c.right for c in drawn)
        yield TextLine(
            text=text,
            left=left,
            right=right,
            bottom=bottom,
            top=top,
            first_word_width=_first_word_end(chars) - left,
        )


def _with_line_text(
    chars: list[Char], bottom: float, top: float, left_out: list[LeftOut]
) -> list[Char]:
    """Return the characters of a line, raised and lowered ones as a line shows them.

    Args:
        chars: The characters of a line.
        bottom: The usual bottom of its characters.
        top: Their usual top.
        left_out: Receives the raised figures that are taken for references of notes.
    """
    written: list[Char] = []
    groups = [
        (shift, list(group))
        for shift, group in groupby(chars, key=lambda c: _shift(c, bottom, top - bottom))
    ]
    for index, (shift, group) in enumerate(groups):
        if not shift:
            written += group
            continue
        text = "".join(c.text for c in group)
        before = "".join(c.text for c in written[-_RAISED_CONTEXT:])
        after = "".join(c.text for _, rest in groups[index + 1 : index + 4] for c in rest)
        after = after.replace(GENERATED_SPACE, "")[:_RAISED_CONTEXT]
        becomes = write_raised(text, before, after) if shift > 0 else write_lowered(text, before)
        left_out += describe_reference(text) if not becomes else []
        written += [c if becomes == text else c._replace(text="") for c in group]
        if becomes and becomes != text:
            written[-len(group)] = group[0]._replace(text=becomes, right=group[-1].right)
    return [c for c in written if c.text]


def _shift(char: Char, bottom: float, height: float) -> int:
    """Return whether a character is raised (1), lowered (-1) or neither in its line."""
    if char.top - char.bottom >= SMALL_SHARE * height or char.text in {
        GENERATED_SPACE,
        " ",
        UNSEEN,
    }:
        return 0
    if is_raised(char.bottom, bottom, height):
        return 1
    return -1 if char.text in _LOWERED and is_lowered(char.bottom, bottom, height) else 0


def _first_word_end(chars: list[Char]) -> float:
    """Return the right edge of the first word of a line."""
    right = 0.0
    for char in chars:
        if char.text in {GENERATED_SPACE, " "} and right:
            break
        right = max(right, char.right)
    return right


def _with_spaces(text: str) -> str:
    """Return text with spaces where the script has them, and plain hyphens."""
    spaced = ""
    for i, char in enumerate(text):
        if char == GENERATED_SPACE:
            neighbours = spaced[-1:] + text[i + 1 : i + 2]
            spaced += "" if any(map(is_double_width, neighbours)) else " "
        else:
            spaced += "-" if char in _HYPHENS else char
    return spaced


def _from_top(runs: Sequence[TextLine]) -> list[TextLine]:
    """Return the runs of a turned page from its top; PDFium gives some from the bottom."""
    rows: list[list[TextLine]] = []
    for run in runs:
        if rows and rows[-1][-1].is_followed_by(run):
            rows[-1].append(run)
        else:
            rows.append([run])
    rising = sum(after[0].bottom > row[0].bottom for row, after in pairwise(rows))
    return [run for row in (rows[::-1] if 2 * rising > len(rows) - 1 else rows) for run in row]


def _merge_runs(runs: list[TextLine], left_out: list[LeftOut]) -> list[TextLine]:
    """Return runs with those side by side merged to one line."""
    merged: list[TextLine] = []
    for index, run in enumerate(runs):
        if merged and merged[-1].is_followed_by(run):
            after = runs[index + 1].text if index + 1 < len(runs) else ""
            merged[-1] = merged[-1].extended(run, after, left_out)
        else:
            merged.append(run)
    return merged


def _is_unknown(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cc", "Cn", "Cs"}


def _without_unknown(text: str) -> str:
    return "".join(c for c in text if not _is_unknown(c))
