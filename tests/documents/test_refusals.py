"""Files of every kind that cannot be read: each is refused with a message that helps."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechcast.documents import MAX_FILE_BYTES, READABLE_SUFFIXES, Document, read
from speechcast.errors import SourceError
from tests.support.document_files import (
    CHAPTERS,
    NESTED_LIST,
    ODT_OUTLINE,
    OLE_SIGNATURE,
    book_of,
    encryption_of,
    lines_of,
    make_presentation,
    odt_of,
    pdf_of,
    zip_of,
)

PRESENTATION = make_presentation()
ENCRYPTED_PDF = pdf_of(
    lines_of("x"),
    objects=[
        f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>/ID[<00><00>]"
    ],
)
SECRET = {"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "?"}
REFUSED = [
    (".html", b"\x89PNG\r\n\x1a\n\0\0\0", "is not a text file"),
    (".html", b"<nav>menu</nav>", "contains no text"),
    (".htm", PRESENTATION, "is not a .htm file but a presentation; give it the suffix .pptx"),
    (".htm", b" " * (MAX_FILE_BYTES + 1), "is larger than 50 MB; remove the pictures"),
    (".txt", b" " * (MAX_FILE_BYTES + 1), "is larger than 50 MB; split it"),
    (".epub", zip_of({"a": "b"}), "is not a .epub file but a zip archive"),
    (
        ".epub",
        zip_of({"META-INF/container.xml": "<c/>"}),
        r"is damaged \(META-INF/container.xml names no",
    ),
    (
        ".epub",
        book_of({}, "", encryption_of("urn:adept")),
        r"is protected \(DRM\), .* unprotected copy",
    ),
    (".epub", book_of({"a": ""}, "a"), "contains no text"),
    (".epub", OLE_SIGNATURE, "is not a .epub file but a file of Office 2003 or older"),
    (".epub", PRESENTATION, "is not a .epub file but a presentation; give it the suffix .pptx"),
    (".odt", zip_of(SECRET), "is encrypted; open it with its password and save a copy without one"),
    (
        ".odt",
        zip_of({"a": "b"}),
        "is not a .odt file but a zip archive; unpack it and give the document in it",
    ),
    (".odt", odt_of("", wrap="spreadsheet"), "is not a .odt file but a zip archive"),
    (".odt", zip_of({"content.xml": "<a>"}), r"is damaged \(content.xml: "),
    (".odt", b"<office:document/>", "is not a .odt file but something else; .* save it as .odt"),
    (".pptx", zip_of({"a": "b"}), "is not a .pptx file but a zip archive"),
    (".pptx", zip_of({"ppt/presentation.xml": "<p/>"}), "is damaged; download it again"),
    (".pptx", OLE_SIGNATURE + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
    (".pdf", pdf_of([]), "contains only pictures of text; run OCR on it"),
    (
        ".pdf",
        pdf_of(
            *[lines_of(str(i), "text") for i in range(2)], [(0, 0, 0, "picture")], lines_of("z")
        ),
        "page 3 of .* is a picture; run OCR",
    ),
    (".pdf", ENCRYPTED_PDF, "is encrypted; open it with its password"),
    (".pdf", b"%PDF-1.4\nnothing", "is a damaged PDF; download it again, or print it to PDF again"),
    (".pdf", b"<html><p>x", "is not a .pdf file but a web page; give it the suffix .html"),
    (".txt", ENCRYPTED_PDF, "is not plain text but a PDF; give it the suffix .pdf"),
    (".md", PRESENTATION, "is not plain text but a presentation; give it the suffix .pptx"),
    (".ppt", OLE_SIGNATURE, "cannot be read as it is; .* save it as .pptx"),
    (".ofd", b"PK", "cannot be read as it is; .* save it as .pdf"),
    (".mobi", b"BOOKMOBI", "cannot be read as it is; .* save it as .epub"),
    (".eml", b"Subject: x", "cannot be read as it is; .* save it as .txt"),
]


@pytest.mark.parametrize(("suffix", "data", "reason"), REFUSED)
def test_what_is_refused(tmp_path: Path, suffix: str, data: bytes, reason: str) -> None:
    path = tmp_path / f"speech{suffix}"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=reason) as refusal:
        read(path)
    assert refusal.value.path == path
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("suffix", "package"),
    [(".pptx", "pptx"), (".pdf", "pypdfium2")],
)
def test_a_missing_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str
) -> None:
    path = tmp_path / f"speech{suffix}"
    path.write_bytes(b"PK\x03\x04")
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SourceError, match=rf'{package}.* pip install "speechcast\[documents\]"'):
        read(path)


FULL_LINE = "这一行写满了整整一行的三十个字所以它的下一行还是同一个段落里的"
SAMPLES = {
    ".html": "<table><tr><th>年<th>增长<tr><td>2023<td>5.2%</table>".encode(),
    ".epub": book_of(CHAPTERS, "a b"),
    ".odt": odt_of(NESTED_LIST, ODT_OUTLINE),
    ".pptx": PRESENTATION,
    ".pdf": pdf_of(lines_of(FULL_LINE, "done.")),
    ".txt": "标题\n\n正文。".encode(),
    ".md": "# 标题\n\n1. 正文".encode(),
}
QUIET = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def _read_or_refuse(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with suppress(SourceError):
        assert isinstance(read(path), Document)


@QUIET
@given(data=st.data())
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from([*READABLE_SUFFIXES, ".doc", ".unknown"]))
    start = data.draw(
        st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"---\n", OLE_SIGNATURE])
    )
    _read_or_refuse(tmp_path / f"speech{suffix}", start + data.draw(st.binary(max_size=400)))


@QUIET
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(sorted(SAMPLES)))
    broken = bytearray(SAMPLES[suffix])
    for _ in range(data.draw(st.integers(0, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, len(broken)) | st.none())
    _read_or_refuse(tmp_path / f"speech{suffix}", bytes(broken[:cut]))


TAGS = (
    "<p> </p> <li> <ol> </ol> <ol\tstart=2> <td> <tr> <table> </table> <h1> </h1> <br> <s> </s> "
    "<main> </main> <pre> <ruby> <rt> 字 a &nbsp; <!-- --> # * ~~ ` | --- > 1. [a](b) \\ "
)
MARKUP = st.lists(st.sampled_from(TAGS.split(" ")))


@QUIET
@given(MARKUP, st.sampled_from([".html", ".md"]))
def test_any_markup_is_read(tmp_path: Path, pieces: list[str], suffix: str) -> None:
    text = "\n".join(pieces)
    _read_or_refuse(tmp_path / f"speech{suffix}", text.encode())
