"""Subtitle files of every kind, as they are read for a check."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from speechcast.errors import SourceError
from speechcast.subtitles.caption import Caption
from speechcast.subtitles.read import _PARSERS, read_captions


def read(folder: Path, name: str, text: str) -> list[Caption]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_captions(path)[0]


SRT = (
    "1\n00:00:00,300 --> 00:00:01,000\n开会\n\n2\n01:02:03,004 --> 01:02:04,999\n<i>散会</i>\n好\n"
)
VTT = """WEBVTT - a title

NOTE nothing to show

STYLE
::cue { color: red }

1
00:00.300 --> 00:01.000 line:0
开会

01:02:03.004 --> 100:02:04.999
<c.yellow>散<00:00:00.500>会</c> &amp; &lt;好&gt;
又一行
"""
ASS = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.30,0:00:01.00,Default,,0,0,0,,{\\an8}开会
Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,nobody sees this
Dialogue: 0,1:02:03.00,1:02:04.99,Default,,0,0,0,,散会\\N好
"""


def test_srt(tmp_path: Path) -> None:
    first, second = read(tmp_path, "a.srt", SRT)
    assert (first.start, first.end, first.text) == (300, 1000, "开会")
    assert (second.start, second.end, second.lines) == (3_723_004, 3_724_999, ["散会", "好"])


def test_vtt(tmp_path: Path) -> None:
    first, second = read(tmp_path, "a.vtt", VTT)
    assert (first.start, first.end, first.text) == (300, 1000, "开会")
    assert (second.start, second.end) == (3_723_004, 360_124_999)
    assert second.text == "散会 & <好>\n又一行"


def test_ass(tmp_path: Path) -> None:
    first, second = read(tmp_path, "a.ass", ASS)
    assert (first.start, first.end, first.text) == (300, 1000, "开会")
    assert (second.start, second.end, second.text) == (3_723_000, 3_724_990, "散会\n好")


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.srt", " \n", "a.srt is empty; it shows nothing"),
        ("a.docx", "x", "is not a subtitle file that speechcast reads"),
        ("a.srt", "开会", "a.srt is not valid SRT"),
    ],
)
def test_what_is_no_subtitle_file(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        read(tmp_path, name, text)


def test_the_first_number_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text(SRT.replace("\n2\n", "\n7\n"), encoding="utf-8")
    (trap,) = read_captions(path)[1]
    assert "cue 2 is numbered 7" in trap.message
    path.write_text(SRT, encoding="utf-8")
    assert read_captions(path)[1] == []


@pytest.mark.parametrize(
    ("encoding", "traps"),
    [
        ("utf-8", []),
        ("utf-8-sig", ["a byte order mark, which costs some players the first cue"]),
        ("utf-16-le", ["UTF-16, not UTF-8, which players show as garbage"]),
        ("utf-16-be", ["UTF-16, not UTF-8, which players show as garbage"]),
        ("utf-16", ["UTF-16, not UTF-8, which players show as garbage"]),
        ("hz", ["not UTF-8, which players show as garbage"]),
        ("gb18030", ["not UTF-8 (byte 32), which players show as garbage"]),
    ],
)
def test_what_is_not_utf8_is_named_even_if_its_bytes_could_be(
    tmp_path: Path, encoding: str, traps: list[str]
) -> None:
    """The bytes of 你好 are ASCII in UTF-16, which passed for UTF-8 without a byte order mark."""
    path = tmp_path / "a.srt"
    path.write_bytes("1\n00:00:00,300 --> 00:00:01,000\n你好\n".encode(encoding))
    captions, met = read_captions(path)
    assert [c.text for c in captions] == ["你好"]
    assert [trap.message for trap in met] == traps


@pytest.mark.parametrize(
    ("text", "traps"),
    [
        ("\r1\n00:00:00,300 --> 00:00:01,000\n好\n", [(1, "CARRIAGE_RETURN")]),
        ("1\r\n00:00:00,300 --> 00:00:01,000\r\n甲\r乙\r丙\n", [(3, "CARRIAGE_RETURN")]),
        ("\n1\n00:00:00,300 --> 00:00:01,000\n甲\r乙\n", [(4, "CARRIAGE_RETURN")]),
        ("1\n00:00:00,300 --> 00:00:01,000\n甲\ufeff\n\ufeff乙", [(3, "INNER_BYTE_ORDER_MARK")]),
        ("1\r\n00:00:00,300 --> 00:00:01,000\r\n好\r\n", []),
    ],
)
def test_characters_between_the_lines(
    tmp_path: Path, text: str, traps: list[tuple[int, str]]
) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(text.encode())
    assert [(trap.line, trap.kind.name) for trap in read_captions(path)[1]] == traps


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.SRT", "开会", "is not valid SRT: no line of it has times like 00:00:01,000 -->"),
        ("a.vtt", "甲\n\n乙\n", "is not valid WebVTT: line 1: not WebVTT for a browser"),
        ("a.ssa", "[Events]", "is not valid SSA: it has no cue"),
        ("a.sub", "{1}{1}25\n", "is not valid SUB: it has no cue"),
        ("a.sub", "{25}{50}开会\n", r"counts in frames .* write \{1\}\{1\}25 as its first line"),
        ("a.txt", "x", r"\(\.ass, \.json, \.lrc, \.srt, \.ssa, \.sub, \.ttml, \.vtt\)"),
    ],
)
def test_why_a_file_shows_nothing(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        read(tmp_path, name, text)


def test_more_than_fifty_megabytes_are_no_subtitles(tmp_path: Path) -> None:
    path = tmp_path / "huge.srt"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(SourceError, match="is too large for subtitles, more than 50 MB"):
        read_captions(path)


def test_of_what_a_parser_complains_about_150_characters_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: str) -> NoReturn:
        raise ValueError("x\n y" * 100)

    monkeypatch.setitem(_PARSERS, ".srt", refuse)
    with pytest.raises(SourceError) as refused:
        read(tmp_path, "a.srt", SRT)
    assert str(refused.value).endswith("a.srt is not valid SRT: " + ("x y" * 50))


def test_a_file_of_the_largest_size_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechcast.subtitles.read._MAX_BYTES", len(SRT.encode()))
    assert len(read(tmp_path, "a.srt", SRT)) == 2
    with pytest.raises(SourceError, match="too large"):
        read(tmp_path, "a.srt", SRT + "\n")


def test_kinds_that_other_programs_write(tmp_path: Path) -> None:
    ttml = (
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div>'
        '<p begin="00:00:00.300" end="00:00:01.000">开会</p>'
        '<p begin="01:02:03.004" end="01:02:04.999">散会</p></div></body></tt>'
    )
    assert read(tmp_path, "a.ttml", ttml) == [
        Caption(300, 1000, "开会"),
        Caption(3_723_004, 3_724_999, "散会"),
    ]
    assert read(tmp_path, "a.sub", "{1}{1}25\n{25}{50}开会\n{75}{100}散|会\n") == [
        Caption(1000, 2000, "开会"),
        Caption(3000, 4000, "散\n会"),
    ]
