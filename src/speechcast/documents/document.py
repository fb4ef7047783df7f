"""Read a file, or bytes, into a document.

A document has paragraphs and front matter; the bytes may come from a pipe.

The modules:

    file_types           the type of a file, by its content
    plain, markdown      text → paragraphs; front_matter: the YAML above a text
    page_lines           the lines of a plain text that number its pages
    latex                formulas in the text → lines
    office/              .docx, .odt, .rtf and .pptx → paragraphs
    web/                 .html and .epub → paragraphs
    pdf/                 .pdf → paragraphs
    block, tables        the paragraph that every reader returns; rows of tables
    raised, pieces       exponents, notes and fractions of the page in a line of text
    structure/           titles, bylines and headings of documents that do not mark them

A reader of a binary format is a function `blocks(data: bytes, path: Path)`, which returns the
paragraphs (`Block`) and what of the document is not read (`LeftOut`), and raises SourceError with a
message that names the path. To add one, write the function, and give its suffix and its address to
`_READERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from pkgutil import resolve_name

from ..errors import SourceError, explain_os_error
from ..files import describe_missing
from ..messages import _
from ..text import encodings
from ..text.whitespace import LINE_END
from . import file_types
from .block import HEADERS, Block, LeftOut, separate
from .emphasis import without_emphasis
from .front_matter import FrontMatter, split_front_matter
from .latex import write_formulas
from .markdown_signs import is_markdown
from .page_lines import find_page_lines, pass_over, replace_passed
from .plain import parse_plain
from .structure import outline
from .structure.title_block import complete_front_matter

# The readers of what is not plain text, by suffix.
_READERS = {
    ".docx": "speechcast.documents.office.docx:blocks",
    ".odt": "speechcast.documents.office.odt:blocks",
    ".rtf": "speechcast.documents.office.rtf:blocks",
    ".pptx": "speechcast.documents.office.pptx:blocks",
    ".pdf": "speechcast.documents.pdf.reader:blocks",
    ".epub": "speechcast.documents.web.epub:blocks",
    ".html": "speechcast.documents.web.html:blocks",
    ".htm": "speechcast.documents.web.html:blocks",
    ".xhtml": "speechcast.documents.web.html:blocks",
}
_MARKDOWN = (".md", ".markdown")
FRONT_MATTER_SUFFIXES = (".txt", *_MARKDOWN)  # of documents that may name voices
READABLE_SUFFIXES = (*FRONT_MATTER_SUFFIXES, *_READERS)  # of all files that can be read
# Formats that cannot be read, and the format to save them as. Many a file with such a suffix holds
# another format that can be read: WPS and web sites name rich text and web pages `.doc`.
_SAVE_AS = {
    suffix: save_as
    for save_as, suffixes in {
        ".docx": ".doc .pages .wps .wpt .dot .dotx .docm .ott .fodt .uof .uot "
        ".et .ett .xls .xlsx .ods .numbers",
        ".pptx": ".ppt .pps .ppsx .key .odp .dps .dpt",
        ".pdf": ".ofd .caj .xps .djvu",
        ".epub": ".mobi .azw .azw3 .fb2",
        ".html": ".mht .mhtml .webarchive",
        ".txt": ".eml .msg",
    }.items()
    for suffix in suffixes.split()
}
MAX_TEXT_BYTES = 10_000_000  # bytes of plain text: a hundred hours of speech
MAX_FILE_BYTES = 50_000_000  # bytes of any file


_Reader = Callable[[bytes, Path], Sequence[Block | LeftOut]]


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its paragraphs in order, its front matter, and what of its file is not read."""

    blocks: tuple[Block, ...]
    front_matter: FrontMatter = FrontMatter()
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The paragraphs, each on a line, including their markup."""
        return "\n".join(block.text for block in self.blocks)


def read(path: Path, encoding: str | None = None) -> Document:
    """Read the document at `path`.

    Args:
        path: The file; its suffix decides how it is read, and an unknown one is plain text.
        encoding: The encoding of plain text; None to detect it (see `text.encodings`).

    Raises:
        SourceError: The file cannot be read; the message says why, and what to do.
        UsageError: There is no encoding of that name.
    """
    return parse_file(read_file_bytes(path), path, encoding)


def parse_file(data: bytes, path: Path, encoding: str | None = None) -> Document:
    """Read a document from the bytes of its file; see `read`.

    Args:
        data: The bytes.
        path: The name of the file, which is not opened; its suffix decides how it is read.
        encoding: The encoding of plain text; None to detect it.
    """
    suffix = find_suffix(data, path)
    if suffix in _SAVE_AS:
        raise SourceError(
            _(
                "{path} cannot be read as it is; open it in the program that wrote it and save it "
                "as {save_as}"
            ).format(path=path, save_as=_SAVE_AS[suffix]),
            path,
        )
    if suffix not in _READERS:
        return from_bytes(data, str(path), encoding, markdown=suffix in _MARKDOWN)
    read_blocks: _Reader = resolve_name(_READERS[suffix])
    try:
        blocks, left_out = separate(read_blocks(data, path))
        blocks = outline.recognize(
            [replace(block, text=write_formulas(block.text)) for block in blocks]
        )
    except RecursionError as exc:
        raise SourceError(
            _(
                "{path} nests its elements deeper than can be read; open it in the program "
                "that wrote it and save it again, or save its text as .txt"
            ).format(path=path),
            path,
        ) from exc
    if not blocks:
        raise SourceError(_describe_empty(path, left_out), path)
    return Document(tuple(blocks), complete_front_matter(blocks, FrontMatter()), tuple(left_out))


def find_suffix(data: bytes, path: Path) -> str:
    """Return the suffix that says how a file is read: its own, or that of what it holds.

    Args:
        data: The bytes of the file.
        path: Its name.
    """
    suffix = path.suffix.lower()
    actual = "" if suffix in _READERS else file_types.detect_suffix(data)
    return actual if actual == ".rtf" or (suffix in _SAVE_AS and actual in _READERS) else suffix


def from_bytes(
    data: bytes, name: str, encoding: str | None = None, *, markdown: bool = False
) -> Document:
    """Read a document from the bytes of plain text or Markdown.

    Args:
        data: The bytes.
        name: What error messages call them.
        encoding: Their encoding; None to detect it.
        markdown: Whether the text is Markdown.

    Raises:
        SourceError: The bytes are no text, or too many, or have invalid front matter.
        UsageError: There is no encoding of that name.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise SourceError(
            _(
                "{name} is {size:.0f} MB of text, more than anyone can speak; the limit is "
                "{most:.0f} MB. Split it into several files"
            ).format(name=name, size=len(data) / 1e6, most=MAX_TEXT_BYTES / 1e6),
            Path(name),
        )
    if actual := file_types.describe_mismatch(data, ".txt"):
        raise SourceError(
            _("{name} is not plain text but {actual}").format(name=name, actual=actual), Path(name)
        )
    return from_text(encodings.decode_text(data, name, encoding), name, markdown=markdown)


def from_text(text: str, name: str = "", *, markdown: bool = False) -> Document:
    r"""Read a document from plain text or Markdown.

    Args:
        text: The text, with line ends of any kind; it may begin with front matter.
        name: What error messages call it; "" for just that, a text.
        markdown: Whether it is Markdown; plain text that looks like it is read as such too.

    Raises:
        SourceError: The front matter is invalid, or Markdown is nested too deeply.

    >>> from_text("---\ntitle: 贺词\n---\n同志们：\n大家好。").text.splitlines()
    ['同志们：', '大家好。']
    """
    name = name or _("the text")
    front_matter, body, row = split_front_matter(LINE_END.sub("\n", text), name)
    blocks, left_out = separate(_parse_body(body, row, name, markdown=markdown))
    blocks = outline.recognize(blocks)
    return Document(tuple(blocks), complete_front_matter(blocks, front_matter), tuple(left_out))


def _parse_body(body: str, row: int, name: str, *, markdown: bool) -> Sequence[Block | LeftOut]:
    """Return what a text without its front matter holds; see `from_text`."""
    lines = body.split("\n")
    left_out: list[LeftOut] = []
    for series in find_page_lines(lines):
        first = row + series[0]
        left_out += [LeftOut(HEADERS, lines[index].strip(), row=first) for index in series]
        lines = pass_over(lines, series)
    if markdown or is_markdown(body):
        from .markdown import parse_markdown

        try:
            text = "\n".join(replace_passed(lines))
            return [*parse_markdown(text, row, pasted=not markdown), *left_out]
        except RecursionError as exc:
            if markdown:
                raise SourceError(
                    _(
                        "{name} nests its quotes or lists deeper than can be read; write them less "
                        "deep, or save the text as .txt"
                    ).format(name=name),
                    Path(name),
                ) from exc
    lines = [without_emphasis(line) for line in write_formulas("\n".join(lines)).split("\n")]
    return [*parse_plain("\n".join(lines), row), *left_out]


def _describe_empty(path: Path, left_out: Sequence[LeftOut]) -> str:
    """Return the message for a document without text, which says what it has in place of it."""
    kinds = dict.fromkeys(_(piece.kind).format(detail=piece.detail) for piece in left_out)
    if not kinds:
        return _("{path} contains no text; there is nothing to speak").format(path=path)
    message = _("{path} contains no text, only {kinds}; there is nothing to speak")
    return message.format(path=path, kinds=_(" and ").join(kinds))


def read_file_bytes(path: Path) -> bytes:
    """Return the content of a document's file, if it is one that may be read; see `read`."""
    try:
        if path.is_dir():
            raise SourceError(
                _("{path} is a folder; name a text file in it").format(path=path), path
            )
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise SourceError(describe_missing(path), path) from None
    except OSError as exc:
        raise SourceError(
            _("{path} cannot be read: {reason}").format(path=path, reason=explain_os_error(exc)),
            path,
        ) from exc
    except ValueError as exc:  # a NUL in the name
        raise SourceError(_("{path} cannot be the name of a file").format(path=path), path) from exc
    if not data:
        raise SourceError(_("{name} is empty; there is nothing to speak").format(name=path), path)
    if len(data) > MAX_FILE_BYTES:
        message = _("{path} is larger than {most:.0f} MB; split it into several files")
        if path.suffix.lower() in _READERS:
            message = _(
                "{path} is larger than {most:.0f} MB; remove the pictures, or split it into "
                "several files"
            )
        raise SourceError(message.format(path=path, most=MAX_FILE_BYTES / 1e6), path)
    return data
