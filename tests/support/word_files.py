"""Word documents of given XML, and what is read in them."""

from __future__ import annotations

from pathlib import Path

from speechcast.documents.block import separate
from speechcast.documents.office import docx as word
from tests.support.document_files import zip_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx_of(
    body: str,
    styles: str = "",
    numbering: str = "",
    strict: bool = False,
    more: dict[str, str] | None = None,
    relations: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """Return a .docx with this in its body, and these parts beside it.

    The relationships have the ids rId0, rId1 and so on: first those of `beside`.
    """
    beside = [(f"{OFFICE}/styles", "styles.xml"), (f"{OFFICE}/numbering", "numbering.xml")]
    parts = {
        "_rels/.rels": _relations((f"{OFFICE}/officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(
            *beside, (f"{OFFICE}/image", "NULL"), *relations
        ),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {SPACES}>{numbering}</w:numbering>",
    }
    parts |= more or {}
    if strict:
        old, new = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
        parts = {k: v.replace(old, new).replace("/2006/", "/") for k, v in parts.items()}
    return zip_of(parts)


def _relations(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{to}"/>'
        for n, (kind, to) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def texts(data: bytes) -> list[str]:
    blocks, _ = separate(word.blocks(data, Path("speech.docx")))
    return [block.text for block in blocks]


def read_body(body: str, styles: str = "", numbering: str = "") -> list[str]:
    return texts(docx_of(body, styles, numbering))


def p(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    char = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return char.format("begin") + code + char.format("separate") + result + char.format("end")
