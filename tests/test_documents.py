"""Bytes to text, and every refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents import decode, read
from speechcast.errors import SourceError

SPEECH = "同志们：\n今天开会。"


@pytest.mark.parametrize(
    "data",
    [
        SPEECH.encode(),
        SPEECH.encode("utf-8-sig"),
        SPEECH.encode("gb18030"),
        SPEECH.encode("utf-16"),
        b"\xfe\xff" + SPEECH.encode("utf-16-be"),
        SPEECH.replace("\n", "\r\n").encode(),
        SPEECH.replace("\n", "\r").encode("gb18030"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data, "speech.txt") == SPEECH


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
