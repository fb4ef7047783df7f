"""Files that players stumble at: each trap by its name and its line, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.errors import SourceError
from speechcast.subtitles.parsers.time_lines import SRT_DIALECT, VTT_DIALECT, parse_time_line
from speechcast.subtitles.read import read_captions

TIMES = "00:00:01,000 --> 00:00:02,500"
SECOND = "\n2\n00:00:03,000 --> 00:00:04,000\n再见\n"
ASS = (
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,你好\n"
)

JSON_CUE = (
    '{"rate": 8000, "cues": [{"start": {"samples": %s}, "end": {"samples": %s}, "text": "好"}]}'
)


def messages(folder: Path, name: str, content: str | bytes) -> list[str]:
    """The traps of a file with this content, as they are shown."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [trap.message for trap in read_captions(path)[1]]


@pytest.mark.parametrize(
    ("times", "trap"),
    [
        ("00：00：01,000 --> 00：00：02,500", "full-width ： in the times"),
        ("00:00:01，000 --> 00:00:02，500", "full-width ， in the times"),
        ("００:00:01,000 --> 00:00:02,500", "full-width ０ in the times"),
        ("٠٠:00:01,000 --> 00:00:02,500", "٠ in the times"),
        ("00:00:01,000 －－＞ 00:00:02,500", "full-width －＞ in the times"),
        ("00∶00∶01,000 --> 00∶00∶02,500", "∶ in the times"),
        ("00:00:01,000 \u200b--> 00:00:02,500", "an invisible character in the times"),
        ("00:00:01,000\u00a0--> 00:00:02,500", "a no-break or other special space"),
        ("00:00:01,000\u3000-->\u300000:00:02,500", "a no-break or other special space"),
        ("00:00:01,000\t-->\t00:00:02,500", "a no-break or other special space"),
        ("00:00:01,000-->00:00:02,500", "spaces in the times"),
        ("00:00: 01,000 --> 00:00:02,500", "spaces in the times"),
        (" 00:00:01,000 --> 00:00:02,500", "spaces in the times"),
        ("00:00:01,000 -> 00:00:02,500", "'->' between the times"),
        ("00:00:01,000 —> 00:00:02,500", "'->' between the times"),
        ("00:00:01,000 ==> 00:00:02,500", "'==>' between the times"),
        ("00:00:01,000 - 00:00:02,500", "'-' between the times"),
        ("00:00:01,000 → 00:00:02,500", "→ in the times"),
        ("00:00:01,000 到 00:00:02,500", "'到' between the times"),
        ("00:00:01,000 00:00:02,500", "nothing between the times"),
        ("00:01,000 --> 00:02,500", "a time without hours"),
        ("00:00:01.000 --> 00:00:02.500", "a full stop before the milliseconds"),
        ("00:00:01;000 --> 00:00:02;500", "for the milliseconds"),
        ("00:00:01:000 --> 00:00:02:500", "for the milliseconds"),
        ("00:00:01 --> 00:00:02", "nothing for the milliseconds"),
        ("00:00:01,0 --> 00:00:02,500", "',0' for the milliseconds"),
        ("00:00:01,000 --> 00:00:02,5000", "',5000' for the milliseconds"),
        ("0:00:01,000 --> 00:00:02,500", "0:00:01 for a time"),
        ("00:00:1,000 --> 00:00:02,500", "00:00:1 for a time"),
        ("00:00:01,000 --> 00:00:60,000", "00:00:60 for a time"),
        ("00:00:01,000 --> 00:60:00,000", "00:60:00 for a time"),
        ("00:00:01,000 --> 100:00:02,500", "100 hours"),
        ("-00:00:01,000 --> 00:00:02,500", "a time with a sign"),
        ("00,00,01,000 --> 00,00,02,500", "is not written like 00:00:01,000"),
        ("00:00:0l,000 --> 00:00:02,500", "is no line of times"),
        ("00:00:01,000 -->", "is no line of times"),
        ("--> 00:00:02,500", "is no line of times"),
        (f"1 {TIMES}", "is no line of times"),
        ("9" * 30 + ":00:00,000 --> 00:00:02,500", "is no line of times"),
        (f"{TIMES} X1:100 X2:200 Y1:10 Y2:20", "coordinates after the times"),
        (f"{TIMES} align:start", "'align:start' after the times"),
    ],
)
def test_times_of_srt_that_players_stumble_at(tmp_path: Path, times: str, trap: str) -> None:
    traps = messages(tmp_path, "a.srt", f"1\n{times}\n你好\n{SECOND}")
    assert any(message.startswith("line 2: ") and trap in message for message in traps), traps


@pytest.mark.parametrize(
    ("content", "trap"),
    [
        (f"{TIMES}\n你好\n", "line 1: cue 1 has no number"),
        (f"1\n{TIMES}\n你好\n\n1\n00:00:03,000 --> 00:00:04,000\n再见\n", "line 5: cue 2 is numb"),
        (f"1\n{TIMES}\n你好\n2\n00:00:03,000 --> 00:00:04,000\n再见\n", "line 4: no blank line"),
        (f"１\n{TIMES}\n你好\n", "line 1: cue 1 is numbered １"),
        (f"片名\n\n1\n{TIMES}\n你好\n", "line 1: text that belongs to no cue"),
        (f"1\n{TIMES}\n\n你好\n", "line 3: cue 1 has a blank line in it"),
        (f"1\n{TIMES}\n你好\n \n再见\n", "line 4: cue 1 has a blank line in it"),
        (f"1\n{TIMES}\n\n{SECOND}", "line 2: cue 1 is empty"),
        (f"1\n{TIMES}\n你\ufeff好\n", "line 3: a byte order mark inside"),
        (f"\ufeff\ufeff1\n{TIMES}\n你好\n", "line 1: a byte order mark inside"),
        (f"1\r{TIMES}\r你好\r", "line 1: a line end of one carriage return"),
        (f"1\r\n{TIMES}\r\n你好\r甲\r\n", "line 3: a line end of one carriage return"),
        (f"1\n{TIMES}\n你好\n".encode("utf-16"), "UTF-16, not UTF-8"),
        (f"1\n{TIMES}\n你好\n".encode("gb18030"), "not UTF-8 (byte 32)"),
    ],
)
def test_files_of_srt_that_players_stumble_at(
    tmp_path: Path, content: str | bytes, trap: str
) -> None:
    assert any(message.startswith(trap) for message in messages(tmp_path, "a.srt", content))


@pytest.mark.parametrize(
    ("content", "trap"),
    [
        ("00:01.000 --> 00:02.500\n你好\n", "line 1: not WebVTT"),
        ("webvtt\n\n00:01.000 --> 00:02.500\n你好\n", "line 1: not WebVTT"),
        ("WEBVTT\n\n00:01,000 --> 00:02,500\n你好\n", "line 3: a comma before the millisec"),
        ("WEBVTT\n\n00：01.000 --> 00：02.500\n你好\n", "line 3: full-width ： in the times"),
        ("WEBVTT\n\n0:01.000 --> 0:02.500\n你好\n", "line 3: 0:01 for a time"),
        ("WEBVTT\n\n00:01.00 --> 00:02.50\n你好\n", "line 3: '.00' for the milliseconds"),
        ("WEBVTT\n\n00:01.000 --> 00:02.500 top\n你好\n", "line 3: 'top' after the times"),
        ("WEBVTT\n\n00:01.000 --> 00:02.500\n甲 --> 乙\n", "line 4: '甲 --> 乙' is no line of"),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.500\n你好\n2\n00:03.000 --> 00:04.000\n再见\n",
            "line 6: no blank line",
        ),
        ("WEBVTT\n\n00:01.000 --> 00:02.500\n你\n\n好\n", "line 6: text that belongs to no cue"),
        ("WEBVTT\n\n00:01.000 --> 00:02.500\n\n你好\n", "line 3: a cue without text"),
        ("WEBVTT\n\n一\n二\n00:01.000 --> 00:02.500\n你好\n", "line 3: more than one line before"),
    ],
)
def test_files_of_webvtt_that_browsers_stumble_at(tmp_path: Path, content: str, trap: str) -> None:
    traps = messages(tmp_path, "a.vtt", content)
    assert any(message.startswith(trap) for message in traps), traps


@pytest.mark.parametrize(
    ("name", "content", "trap"),
    [
        ("a.ass", ASS.replace("[Events]\n", ""), "no section [Events]"),
        ("a.ass", ASS + ASS.splitlines()[2].replace("0:00:01.00", "0：00：01.00"), "line 4: "),
        ("a.lrc", "[00:01.00]你好\n", "no [length:…]"),
        ("a.lrc", "[length:00:04.00]\n[00:01.00]你好\n再见\n", "line 3: '再见' has no time"),
        (
            "a.lrc",
            "[length:00:04.00]\n[00:01.00]你好\n[00：02]再见\n",
            "line 3: '[00：02]再见' has",
        ),
    ],
)
def test_other_files_that_players_stumble_at(
    tmp_path: Path, name: str, content: str, trap: str
) -> None:
    assert any(message.startswith(trap) for message in messages(tmp_path, name, content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.srt", f"1\n{TIMES}\n你好\n{SECOND}"),
        ("a.srt", f"1\r\n{TIMES}\r\n<i>你好</i>\r\n"),
        ("a.srt", f"1\n{TIMES}\n10:30-12:00 甲 --> 乙\n2023\n{SECOND}"),
        (
            "a.vtt",
            "WEBVTT - 片名\nKind: captions\n\nNOTE 一\n二\n\nSTYLE\n::cue {}\n\n"
            "00:01.000 --> 00:02.500\n你好\n",
        ),
        ("a.vtt", "WEBVTT\n\n甲\n01:00:01.000 --> 01:00:02.500 line:-1 align:end\n<v 甲>你好\n"),
        ("a.ass", ASS),
        ("a.ssa", ASS.replace("Layer", "Marked").replace("0,0:00:01", "Marked=0,0:00:01")),
        ("a.lrc", "[ti:致辞]\n[length:00:04.00]\n[00:01.00]<00:01.00>你<00:02>好\n"),
    ],
)
def test_what_is_well_written_has_no_trap(tmp_path: Path, name: str, content: str) -> None:
    assert messages(tmp_path, name, content) == []


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.srt", "你好\n", r"not valid SRT: no line of it has times like 00:00:01,000 -->"),
        ("a.srt", "1\n00:00:01,000 -->\n你好\n", r"not valid SRT: line 2: .* is no line of times"),
        ("a.vtt", "WEBVTT\n", r"not valid WebVTT: no line of it has times"),
        ("a.ass", "[Script Info]\n", r"not valid ASS: no section \[Events\]"),
        ("a.lrc", "你好\n", r"not valid LRC: line 1: '你好' has no time"),
        ("a.json", "{", r"not valid JSON: line 1 of it is no JSON"),
        ("a.json", "[" * 100_000, r"not the JSON that speechcast writes"),
        ("a.json", '{"rate": 0, "cues": []}', r"not the JSON that speechcast writes"),
        ("a.json", '{"rate": "8000", "cues": []}', r"not the JSON that speechcast writes"),
        ("a.json", '{"rate": null, "cues": []}', r"not the JSON that speechcast writes"),
        ("a.json", JSON_CUE % ("0.5", "1"), r"not the JSON that speechcast writes"),
        ("a.json", JSON_CUE % ("0", '"1"'), r"not the JSON that speechcast writes"),
        ("a.json", '{"rate": 8000, "cues": []}', r"it has no cue"),
        ("a.ttml", "<tt>", r"not valid TTML: its XML breaks off"),
        ("a.ttml", "<html/>", r"not valid TTML: its first element is not <tt>"),
        ("a.ttml", "<tt><body><div><p>开会</p></div></body></tt>", r"“开会” has no times"),
        ("a.srt", " \n", r"is empty; it shows nothing"),
    ],
)
def test_a_file_without_cues_is_refused(
    tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    with pytest.raises(SourceError, match=complaint):
        messages(tmp_path, name, content)


def test_a_trap_on_many_lines_is_named_once_and_counted(tmp_path: Path) -> None:
    cues = "".join(f"{n}\n00:00:0{n}.000 --> 00:00:0{n}.500\n好\n\n" for n in range(1, 5))
    assert messages(tmp_path, "a.srt", cues) == [
        "line 2: a full stop before the milliseconds, where SRT has a comma (and on 3 more lines)"
    ]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("00:00:00,000 --> 99:59:59,999", (0, 359_999_999)),
        ("00:59:59,999 --> 01:00:00,000", (3_599_999, 3_600_000)),
        ("00:00:59,999 --> 00:01:00,000", (59_999, 60_000)),
        ("00:01,500 --> 01:02,500", (1_500, 62_500)),
        ("00:00:01 --> 00:01:02", (1_000, 62_000)),
        ("-00:00:01,500 --> 00:00:01,5", (-1_500, 1_005)),
        ("00:00:01,5009 --> 9999:00:00,000", (1_500, 9999 * 3_600_000)),
        ("00:00:01,000 --> 10000:00:00,000", None),
    ],
)
def test_what_a_line_of_times_says(text: str, span: tuple[int, int] | None) -> None:
    line = parse_time_line(text, SRT_DIALECT)
    assert line
    assert line.span == span


@pytest.mark.parametrize(
    "text",
    [
        "10:30-12:00",
        "甲 --> 乙",
        "3 --> 5",
        "",
        "从 00:00:01,000 到 00:00:02,000",
        "1:2 3:4",
        "2023",
    ],
)
def test_a_text_is_no_line_of_times(text: str) -> None:
    assert parse_time_line(text, SRT_DIALECT) is None
    assert parse_time_line(text, VTT_DIALECT) is None


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        (r"{\b1}你{\b0}好", "你好"),
        (r"你\N好\n再\h见", "你\n好\n再 见"),
        ("{说明}你{好", "你{好"),
        ("你}好{a{b}", "你}好"),
        ("甲,乙,{\\k10}丙", "甲,乙,丙"),
    ],
)
def test_what_an_event_of_ass_shows(tmp_path: Path, event: str, shown: str) -> None:
    path = tmp_path / "a.ass"
    path.write_text(ASS.replace("你好", event), encoding="utf-8")
    assert [c.text for c in read_captions(path)[0]] == [shown]


def test_a_drawing_of_ass_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.ass"
    path.write_text(ASS + ASS.splitlines()[2].replace("你好", r"{\p1}m 0 0"), encoding="utf-8")
    assert [c.text for c in read_captions(path)[0]] == ["你好"]


PIECES = st.sampled_from(
    [
        *"00:00:01,000 00:00:02.500 --> -> － ： 1 2 WEBVTT NOTE [Events] Dialogue:".split(),
        *"Format: Text".split(),
        *"[00:01.00] <00:01.00> {\\p1} { } < > & &lt; 你好 99999999999999999999: : , . -".split(),
        *("\n", "\n\n", "\r", " ", "\ufeff", "\u00a0", "\u2060", TIMES, f"1\n{TIMES}\n好\n"),
    ]
)


@given(
    st.sampled_from(["srt", "vtt", "ass", "lrc", "json", "ttml", "sub"]),
    st.lists(PIECES | st.text(max_size=3), max_size=20).map("".join) | st.binary(max_size=60),
)
def test_any_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, content: str | bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any-file.{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "ignore"))
    try:
        captions, traps = read_captions(path)
    except SourceError:
        return
    assert captions
    assert json.dumps([(c.start, c.end, c.text) for c in captions])
    assert len({trap.kind for trap in traps}) == len(traps)
