"""Plain text files to documents: every encoding, and every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents import from_bytes, from_text, read
from speechcast.documents.file_types import describe_mismatch
from speechcast.errors import SourceError, UsageError
from speechcast.text import encodings
from tests.support.document_files import squeezed

SPEECH = "同志们：\n今天我们在这里开会，学习文件。"
TRADITIONAL = "各位同學：\n今天我們在這裡開會，學習文件，時間不長。"


@pytest.mark.parametrize(
    "data",
    [
        SPEECH.encode(),
        SPEECH.encode("utf-8-sig"),
        SPEECH.encode("gb2312"),
        SPEECH.encode("gb18030"),
        SPEECH.encode("utf-16"),
        SPEECH.encode("utf-16-le"),
        SPEECH.encode("utf-16-be"),
        b"\xfe\xff" + SPEECH.encode("utf-16-be"),
        SPEECH.encode("utf-32"),
        (SPEECH + "\ufffc").encode(),
        SPEECH.replace("\n", "\r\n").encode(),
        SPEECH.replace("\n", "\r").encode("gb18030"),
        SPEECH.replace("\n", "\u2028").encode(),
        SPEECH.replace("今天", "今\u200b天\ufeff").encode(),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert from_bytes(data, "speech.txt").text == SPEECH


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_copying_leaves_is_cleaned(encoding: str) -> None:
    text = SPEECH * 4
    assert from_bytes(f"{text[:9]}\x02{text[9:]}\x1a".encode(encoding), "speech.txt").text == text


@pytest.mark.parametrize("padding", ["\x1a", "\0", "\0\0\0", "\r\n\x1a\0\0"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
@pytest.mark.parametrize("text", ["大家好。", "大家好。\n再見。", "ok"])
def test_the_padding_at_the_end_of_a_text_is_removed(
    text: str, encoding: str, padding: str
) -> None:
    document = from_bytes((text + padding).encode(encoding), "speech.txt")
    assert document.text == text


def test_the_euro_of_windows_in_gbk_is_read() -> None:
    data = "大家好，这里有".encode("gbk") + b"\x80100" + "元。".encode("gbk")
    assert from_bytes(data, "speech.txt").text == "大家好，这里有€100元。"


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le"])
def test_traditional_characters(encoding: str) -> None:
    assert from_bytes(TRADITIONAL.encode(encoding), "speech.txt").text == TRADITIONAL


def test_western_text() -> None:
    text = "Déjà vu – a café, a naïve résumé. Good evening, everybody!"
    for encoding in ("cp1252", "utf-16-le", "utf-16-be"):
        assert from_bytes(text.encode(encoding), "speech.txt").text == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (SPEECH.encode()[:-1], "byte 55 is not valid utf-8"),
        (SPEECH.encode()[:30] + b"\xff" + SPEECH.encode()[31:], "byte 28 is not valid utf-8"),
        ((SPEECH * 2).encode() + "再来".encode("gb18030"), "is not valid utf-8"),
        (SPEECH.encode() + SPEECH.encode("gb18030"), "byte 62 is not valid utf-8"),
        ((SPEECH * 9).encode("gb18030") + "再说一遍文件".encode(), "byte 351 is not valid gb"),
        ((SPEECH.encode("gb18030") + "再说\n".encode("utf-16-le")), "byte 44 is not valid gb"),
        (SPEECH.encode("gb18030")[:-1], "byte 37 is not valid gb18030"),
        (b"\xff\xfe" + SPEECH.encode("utf-16-le")[:-1], "byte 40 is not valid utf-16-le"),
    ],
)
def test_a_file_cut_or_mixed_is_refused_with_the_byte(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=f"speech.txt is damaged: .*{message}"):
        from_bytes(data, "speech.txt")


def test_an_encoding_of_ones_own() -> None:
    assert from_bytes("한국".encode("euc-kr"), "speech.txt", "euc-kr").text == "한국"
    with pytest.raises(SourceError, match="is not valid big5"):
        from_bytes(SPEECH.encode(), "speech.txt", "big5")
    assert from_bytes("朱镕基".encode("gbk"), "speech.txt", "GB2312").text == "朱镕基"
    for none in ("gbx", "base64", "undefined"):
        with pytest.raises(
            UsageError, match=f"^'{none}' is not a text encoding; for --encoding try utf-8"
        ):
            from_bytes(SPEECH.encode(), "speech.txt", none)


SPEECHES = Path(__file__).parents[3] / "shared" / "speeches"


@pytest.mark.skipif(not SPEECHES.is_dir(), reason="the speeches to try with are not here")
@pytest.mark.parametrize("path", sorted(SPEECHES.rglob("*.txt")), ids=lambda p: p.name)
def test_real_speeches(path: Path) -> None:
    text = read(path).text
    assert "\ufffd" not in text
    assert "\r" not in text
    assert squeezed(text) == squeezed(encodings.decode_text(path.read_bytes(), path.name))
    if path.name == "gwr_2023.utf8_cr_only.txt":
        assert text == read(SPEECHES / "work-report-2023.txt").text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text file"),
        (b"\0\0\0", "is not a text file"),
        ("大家好，\n同志\0们，大家好。".encode(), "has a zero character on line 2"),
        (bytes(range(256)), "is not a text file"),
        (b"PK\x03\x04\x14\0\x06\0", "is not plain text but a zip archive"),
        (
            b"{\\rtf1 hello}",
            r"is not plain text but rich text \(RTF\); give it the suffix .rtf",
        ),
        (
            b"\xef\xbb\xbf1\r\n00:00:00,300 --> 00:00:01,650\r\n\xe5\xa5\xbd\r\n",
            "is not plain text but subtitles; give the text of the speech instead",
        ),
        (b"WEBVTT\n\n00:00.300 --> 00:01.650\nhi\n", "is not plain text but subtitles"),
        (b"<!DOCTYPE html>\n<p>x", "is not plain text but a web page; give it the suffix .html"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=f"speech.txt {reason}"):
        from_bytes(data, "speech.txt")


def test_the_type_of_a_file_is_in_its_first_kilobyte() -> None:
    page = b"<html"
    assert describe_mismatch(page.rjust(1024), ".txt") == "a web page; give it the suffix .html"
    assert describe_mismatch(page.rjust(1025), ".txt") is None


def test_the_suffix_says_what_is_markdown(tmp_path: Path) -> None:
    for name, lines in (("a.md", ["甲", "乙"]), ("a.Markdown", ["甲", "乙"]), ("a.txt", None)):
        path = tmp_path / name
        path.write_text("- 甲\n- 乙\n", "utf-8")
        assert [b.text for b in read(path).blocks] == (lines or ["- 甲", "- 乙"])


def test_a_file_too_large_to_be_a_speech_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechcast.documents.document.MAX_FILE_BYTES", 2_000_000)
    (tmp_path / "a.txt").write_bytes(b"a" * 2_000_000)
    assert read(tmp_path / "a.txt").blocks
    for name, advice in (("a.txt", "split it"), ("a.docx", "remove the pictures, or split it")):
        path = tmp_path / name
        path.write_bytes(b"a" * 2_000_001)
        with pytest.raises(SourceError, match=f"{name} is larger than 2 MB; {advice} into several"):
            read(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(SourceError, match="cannot be read: File name too long$"):
        read(tmp_path / ("a" * 300 + ".txt"))


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(SourceError, match="speech.txt is 10 MB of text, .* limit is 10 MB. Split"):
        from_bytes(b"a" * 10_000_001, "speech.txt")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_text_may_have_line_ends_of_any_kind(end: str) -> None:
    document = from_text(f"开学典礼{end}{end}同学们，大家好。{end}", "it")
    assert [block.text for block in document.blocks] == ["开学典礼", "同学们，大家好。"]
