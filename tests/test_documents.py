"""Bytes to text, and every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents import decode, read
from speechcast.errors import SourceError, UsageError

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
        SPEECH.replace("\n", "\r\n").encode(),
        SPEECH.replace("\n", "\r").encode("gb18030"),
        SPEECH.replace("\n", "\u2028").encode(),
        SPEECH.replace("今天", "今\u200b天\ufeff").encode(),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data, "speech.txt") == SPEECH


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030", "utf-16-le"])
def test_traditional_characters(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), "speech.txt") == TRADITIONAL


def test_western_text() -> None:
    text = "Déjà vu – a café, a naïve résumé. Good evening, everybody!"
    assert decode(text.encode("cp1252"), "speech.txt") == text


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (SPEECH.encode()[:-1], "byte 55 does not go on as utf-8"),
        (SPEECH.encode()[:30] + b"\xff" + SPEECH.encode()[31:], "byte 28 does not go on as utf-8"),
        ((SPEECH * 2).encode() + "再来".encode("gb18030"), "does not go on as utf-8"),
        (SPEECH.encode("gb18030")[:-1], "byte 37 does not go on as gb18030"),
        (b"\xff\xfe" + SPEECH.encode("utf-16-le")[:-1], "byte 40 does not go on as utf-16-le"),
    ],
)
def test_a_file_cut_or_mixed_is_refused_with_the_byte(data: bytes, place: str) -> None:
    with pytest.raises(SourceError, match=f"speech.txt is not whole: .*{place}"):
        decode(data, "speech.txt")


def test_an_encoding_of_ones_own() -> None:
    assert decode("한국".encode("euc-kr"), "speech.txt", "euc-kr") == "한국"
    with pytest.raises(SourceError, match="does not go on as big5"):
        decode(SPEECH.encode(), "speech.txt", "big5")
    with pytest.raises(UsageError, match="--encoding is 'gbx', which is none"):
        decode(SPEECH.encode(), "speech.txt", "gbx")


SPEECHES = Path(__file__).parents[2] / "shared" / "speeches"


@pytest.mark.skipif(not SPEECHES.is_dir(), reason="the speeches to try with are not here")
@pytest.mark.parametrize("path", sorted(SPEECHES.rglob("*.txt")), ids=lambda p: p.name)
def test_real_speeches(path: Path) -> None:
    text = read(path)
    assert "\ufffd" not in text
    assert "\r" not in text
    if path.name == "gwr_2023.utf8_cr_only.txt":
        twin = read(SPEECHES / "work-report-2023.txt")
        assert text == twin


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a text file"),
        (bytes(range(256)), "is not a text file"),
        (b"PK\x03\x04\x14\0\x06\0", "is not a text file"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=f"speech.txt {reason}"):
        decode(data, "speech.txt")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read(tmp_path)
