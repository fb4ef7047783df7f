"""What a reader takes from a file: every caption and every trap, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from speechcast.subtitles.caption import Caption, CaptionWord
from speechcast.subtitles.parsers import ass, json, lrc, srt, vtt
from speechcast.subtitles.parsers.time_lines import SRT_DIALECT, VTT_DIALECT, parse_time_line
from speechcast.subtitles.traps import Trap, TrapKind, summarized

Parser = Callable[[str], tuple[list[Caption], list[Trap]]]

A = "00:00:01,000 --> 00:00:02,500"
B = "00:00:03,000 --> 00:00:04,000"
V = A.replace(",", ".")
W = B.replace(",", ".")
FIRST, SECOND = Caption(1000, 2500, "你好"), Caption(3000, 4000, "再见")
SILENT = Caption(1000, 2500, "")


def listed(traps: list[Trap]) -> list[tuple[int | None, str]]:
    return [(trap.line, trap.kind.name) for trap in traps]


@pytest.mark.parametrize(
    ("text", "captions", "traps"),
    [
        # Cues that follow each other without a blank line, with text and without.
        (f"1\n{A}\n你好\n2\n{B}\n再见\n", [FIRST, SECOND], [(4, "NO_BLANK_LINE")]),
        (f"1\n{A}\n2\n{B}\n再见\n", [SILENT, SECOND], [(2, "EMPTY_CUE")]),
        (f"1\n{A}\n{B}\n再见\n", [SILENT, SECOND], [(2, "EMPTY_CUE"), (3, "NO_NUMBER")]),
        (f"1\n{A}\n你好\n\n\n\n2\n{B}\n再见", [FIRST, SECOND], []),
        (f"{A}\n你好\n\n\n{B}\n再见", [FIRST, SECOND], [(1, "NO_NUMBER"), (5, "NO_NUMBER")]),
        # A blank line inside of a cue: the first is named, not those around the cue.
        (f"1\n{A}\n\n\n你好\n\n2\n{B}\n再见\n", [FIRST, SECOND], [(3, "BLANK_LINE")]),
        (
            f"\n{A}\n你\n\n\n好\n",
            [Caption(1000, 2500, "你\n\n\n好")],
            [(2, "NO_NUMBER"), (4, "BLANK_LINE")],
        ),
        # Numbers.
        (f"001\n{A}\n你好\n\n 002 \n{B}\n再见\n", [FIRST, SECOND], []),
        (f"10\n{A}\n你好\n", [FIRST], [(1, "WRONG_NUMBER")]),
        (
            f"1\n{A}\n你好\n\n3\n{B}\n\n",
            [FIRST, Caption(3000, 4000, "")],
            [(5, "WRONG_NUMBER"), (6, "EMPTY_CUE")],
        ),
        (f"1\n\n{A}\n你好\n", [FIRST], [(3, "NO_NUMBER")]),
        (f"2\n\n{A}\n你好\n", [FIRST], [(1, "OUTSIDE_CUE"), (3, "NO_NUMBER")]),
        (
            f"1\n\n{A}\n\n你好\n\n2\n\n{B}\n\n再见\n",
            [FIRST, SECOND],
            [(3, "NO_NUMBER"), (4, "BLANK_LINE"), (9, "NO_NUMBER"), (10, "BLANK_LINE")],
        ),
        (f"{A}\n你好\n2023", [Caption(1000, 2500, "你好\n2023")], [(1, "NO_NUMBER")]),
        (f"片名\n\n作者\n1\n{A}\n你好\n", [FIRST], [(1, "OUTSIDE_CUE"), (3, "OUTSIDE_CUE")]),
        # What follows the times.
        (f"1\n{A} X1:1 Y1:-2\n你好\n", [FIRST], [(2, "COORDINATES")]),
        (f"1\n{A} X1:1 top\n你好\n", [FIRST], [(2, "AFTER_TIME")]),
        # A cue whose times cannot be read is not shown, nor is it also called empty.
        (f"1\n00:00:01,000 -->\n\n2\n{B}\n再见\n", [SECOND], [(2, "TIME")]),
        ("没有时间\n", [], []),
        ("", [], []),
        # What is a command, and what only looks like one.
        (
            f"1\n{A}\n<b>A&amp;B</b> &lt;3 &#65; &hellip; &nosuch; {{\\an8}}上{{y:i}} x<y {{半}}\n",
            [Caption(1000, 2500, "A&B <3 A … &nosuch; 上 x<y {半}")],
            [],
        ),
    ],
)
def test_srt(text: str, captions: list[Caption], traps: list[tuple[int, str]]) -> None:
    read, met = srt.parse(text)
    assert read == captions
    assert listed(met) == traps


@pytest.mark.parametrize(
    ("text", "captions", "traps"),
    [
        # A number before times is theirs, other text the previous cue's.
        (f"{V}\n你好\n2\n{W}\n再见\n", [FIRST, SECOND], [(6, "NO_BLANK_LINE")]),
        (
            f"{V}\n你好\n二\n{W}\n再见\n",
            [Caption(1000, 2500, "你好\n二"), SECOND],
            [(6, "NO_BLANK_LINE")],
        ),
        (f"{V}\n{W}\n再见\n", [SILENT, SECOND], [(4, "NO_BLANK_LINE")]),
        # Times without the arrow are times as a cue's first or second line only.
        ("00:01.000 - 00:02.500\n你好\n", [FIRST], [(3, "ARROW")]),
        ("一\n00:01.000 - 00:02.500\n你好\n", [FIRST], [(4, "ARROW")]),
        ("一\n二\n00:01.000 - 00:02.500\n你好\n", [], [(3, "OUTSIDE_CUE")]),
        (f"{V}\n10:30 - 12:00\n", [Caption(1000, 2500, "10:30 - 12:00")], []),
        (f"{V}\n10:30:00 - 12:00:00\n", [Caption(1000, 2500, "10:30:00 - 12:00:00")], []),
        # What stands before the times.
        (f"一\n{V}\n你好\n", [FIRST], []),
        (f"一\n二\n{V}\n你好\n", [FIRST], [(3, "OUTSIDE_CUE")]),
        (f"说明\n又一行\n\n{V}\n你好\n", [FIRST], [(3, "OUTSIDE_CUE")]),
        # An arrow in the text begins a cue to a browser.
        (f"{V}\n甲 --> 乙\n", [SILENT], [(4, "TIME"), (4, "NO_BLANK_LINE")]),
        (f"甲 --> 乙\n你好\n\n{W}\n再见\n", [SECOND], [(3, "TIME")]),
        # Cues without text.
        (f"{V}", [SILENT], [(3, "EMPTY_CUE")]),
        (f"{V}\n", [SILENT], [(3, "EMPTY_CUE")]),
        (f"{V}\n \n", [Caption(1000, 2500, " ")], [(3, "EMPTY_CUE")]),
        (f"{V}\n你好\n\n\n\n{W}\n再见", [FIRST, SECOND], []),
        # Settings, and what is none.
        (f"{V} line:-1  align:end\n你好\n", [FIRST], []),
        (f"{V} line:1 top\n你好\n", [FIRST], [(3, "AFTER_TIME")]),
        # Blocks that show nothing, and what only begins like one.
        (f"NOTE {V}\n\nSTYLE\n::cue {{}}\n\nREGION\nid:a\n\nNOTES\n{V}\n你好\n", [FIRST], []),
        # Of ruby, what is read; not how.
        (f"{V}\n<ruby>你<rt>nǐ</rt>好<rt.a>h<b>ǎo</ruby><rtx>\n", [FIRST], []),
        (f"{V}\n<v 甲>你&amp;好</v> a<b\n", [Caption(1000, 2500, "你&好 a")], []),
    ],
)
def test_webvtt(text: str, captions: list[Caption], traps: list[tuple[int, str]]) -> None:
    read, met = vtt.parse(f"WEBVTT\n\n{text}")
    assert read == captions
    assert listed(met) == traps


@pytest.mark.parametrize(
    ("head", "traps"),
    [
        ("WEBVTT", []),
        ("WEBVTT 片名\n说明\n", []),
        ("WEBVTT\t片名\n", []),
        ("WEBVTTX\n", [(1, "NO_HEADER")]),
        (" WEBVTT\n", [(1, "NO_HEADER"), (1, "OUTSIDE_CUE")]),
    ],
)
def test_the_head_of_webvtt_is_no_cue_and_may_stand_above_one(
    head: str, traps: list[tuple[int, str]]
) -> None:
    read, met = vtt.parse(f"{head}\n{V}\n你好\n")
    assert read == [FIRST]
    assert listed(met) == traps


@pytest.mark.parametrize(
    ("parse", "text", "part"),
    [
        (srt.parse, f"{'1' * 21}\n{A}\n你好\n", f"cue 1 is numbered {'1' * 20}"),
        (srt.parse, f"1\n{A} {'x' * 21}\n你好\n", f"'{'x' * 20}' after the times"),
        (srt.parse, f"1\n{A},{'x' * 90} -->\n你好\n", f"'{A},{'x' * 10}…' is no line of times"),
        (vtt.parse, f"WEBVTT\n\n{V} {'x' * 21}\n你好\n", f"'{'x' * 20}' after the times"),
        (vtt.parse, f"WEBVTT\n\n{'甲' * 41} --> 乙\n你好\n", f"'{'甲' * 40}' is no line of times"),
        (lrc.parse, f"[length:1:00]\n {'片' * 21}\n", f"'{'片' * 20}' has no time"),
        (
            ass.parse,
            f"[Events]\nDialogue: 0,{'1' * 21},{'2' * 21}\n",
            f"'{'1' * 20}' and '{'2' * 20}' are no times of ASS",
        ),
    ],
)
def test_a_message_quotes_a_part_of_what_is_long(parse: Parser, text: str, part: str) -> None:
    (trap,) = parse(text)[1]
    assert trap.text.startswith(part)
    assert not trap.text.startswith(part + part[-1])


NAMES = {
    "L": TrapKind.LOOKALIKE_IN_TIME,
    "A": TrapKind.ARROW,
    "S": TrapKind.SPACE_IN_TIME,
    "N": TrapKind.NEGATIVE_TIME,
    "H": TrapKind.NO_HOURS,
    "4": TrapKind.LONG_HOURS,
    ".": TrapKind.FULL_STOP_IN_TIME,
    ",": TrapKind.COMMA_IN_TIME,
    "m": TrapKind.MILLISECONDS,
    "d": TrapKind.DIGITS_IN_TIME,
    "T": TrapKind.TIME,
}
DAY = 86_400_000


@pytest.mark.parametrize(
    ("line", "span", "rest", "of_srt", "of_vtt"),
    [
        (A, (1000, 2500), "", "", ","),
        (V, (1000, 2500), "", ".", ""),
        (f"{A}  甲 \t", (1000, 2500), "甲", "", ","),
        (f"{A.replace(':', '：')} 甲", (1000, 2500), "甲", "L", "L,"),
        (f"{A},5", None, "", "T", "T"),
        # Parts of two digits, and at most 59.
        ("00:59:59,000 --> 00:59:60,000", (3_599_000, 3_600_000), "", "d", ",d"),
        ("00:59:00,000 --> 00:60:00,000", (3_540_000, 3_600_000), "", "d", ",d"),
        ("00:00:123456789012,000 --> 00:00:02,000", (123_456_789_000, 2000), "", "d", ",d"),
        ("24:00:00,000 --> 240:00:00,000", (DAY, 10 * DAY), "", "4", ","),
        ("24:00:00,000 --> 2400:00:00,000", (DAY, 100 * DAY), "", "4", ","),
        ("24:00:00,000 --> 24000:00:00,000", None, "", "T", "T"),
        ("1:00:00:01,000 --> 1:00:00:02,000", None, "", "T", "T"),
        ("0:00:01,000 --> 00:00:02,500", (1000, 2500), "", "d", ",d"),
        ("01:2:03,000 --> 01:02:03,000", (3_723_000, 3_723_000), "", "d", ",d"),
        ("00:59:59,0 --> 00:59:59,001", (3_599_000, 3_599_001), "", "m", ",m"),
        ("1:2:3:4 --> 5:6:7:8", (3_723_004, 18_367_008), "", "md", "md"),
        # Without hours, or minutes, or milliseconds.
        ("00:01.000 --> 00:02.500", (1000, 2500), "", "H.", ""),
        ("10:30 --> 12:00", (630_000, 720_000), "", "Hm", "m"),
        ("1.5 --> 2.5", (1005, 2005), "", "H.md", "md"),
        ("1:5 --> 2:5", (65_000, 125_000), "", "Hmd", "md"),
        ("00:01:02 --> 00:01:03", (62_000, 63_000), "", "m", "m"),
        ("00:00:01:000 --> 00:00:02:000", (1000, 2000), "", "m", "m"),
        ("00:00:01,0000 --> 00:00:02,500", (1000, 2500), "", "m", ",m"),
        ("00:00:01,000 --> 00:00:02,50", (1000, 2050), "", "m", ",m"),
        ("00.00.01.000 --> 00.00.02.000", (1000, 2000), "", ".", "T"),
        ("00,00,01,000 --> 00,00,02,000", (1000, 2000), "", "T", ","),
        ("+00:00:01,000 --> 00:00:02,500", (-1000, 2500), "", "N", "N,"),
        # Other arrows: the weaker one is, the more must be written of the times.
        ("10:30 => 12:00", (630_000, 720_000), "", "AHm", "Am"),
        ("10:30-12:00", None, None, None, None),
        ("10:30:00-12:00:00", (37_800_000, 43_200_000), "", "ASm", "ASm"),
        ("10:30:00-12:00", None, None, None, None),
        ("10:30:00 = 12:00:00", (37_800_000, 43_200_000), "", "Am", "Am"),
        ("10:30:00 至 12:00:00", None, None, None, None),
        ("10:30:00.5 至 12:00:00.5", (37_800_005, 43_200_005), "", "LA.m", "LAm"),
        ("10:30:00 12:00:00", None, None, None, None),
        ("10:30:00.5 12:00:00.5", (37_800_005, 43_200_005), "", "AS.m", "ASm"),
        # Spaces.
        ("00:00:01,000\t--> 00:00:02,500 x", (1000, 2500), "x", "S", "S,"),
        ("00:00:01,000 --> 00:00:02,500\tx", (1000, 2500), "x", "", ","),
        ("00:00:01,0 --> 00:00:02,500\tx", (1000, 2500), "x", "m", ",m"),
        (f" {A}", (1000, 2500), "", "S", "S,"),
        # The longest line that is looked at, if it is not as it should be.
        (f" {A} ".ljust(200, "x"), (1000, 2500), "x" * 169, "S", "S,"),
        (f" {A} ".ljust(201, "x"), None, None, None, None),
        (f"{A} ".ljust(201, "x"), (1000, 2500), "x" * 171, "", None),
    ],
)
def test_a_line_of_times(
    line: str, span: tuple[int, int] | None, rest: str | None, of_srt: str | None, of_vtt: str
) -> None:
    for dialect, kinds in ((SRT_DIALECT, of_srt), (VTT_DIALECT, of_vtt)):
        read = parse_time_line(line, dialect)
        if kinds is None:
            assert read is None
        else:
            assert read
            assert (read.span, read.rest) == (span, rest)
            assert [kind for kind, _ in read.traps] == [NAMES[kind] for kind in kinds]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (A.replace("00:00:0", "００:00:0", 1), "full-width ０ in the times, where SRT has only"),
        (A.replace("00:00:0", "٠٠:٠٠:0", 1), "٠ in the times, where SRT has only ASCII"),
        ("00:00:01 --> 00:00:02,000", "nothing for the milliseconds, where , and three digits"),
        ("00:00:01,0 --> 00:00:02,00", "',0' for the milliseconds"),
        ("00:00:01,000 --> 123:00:00,000", "123 hours, of which some players read two digits"),
        ("00:61,000 --> 01:00,000", "a time without hours"),
        ("00:0l:01,000 -->", "'00:0l:01,000 -->' is no line of times, and its cue is not shown; "),
    ],
)
def test_a_line_of_times_says_what_is_wrong(line: str, message: str) -> None:
    read = parse_time_line(line, SRT_DIALECT)
    assert read
    assert read.traps[0][1].startswith(message)


def test_of_both_times_the_first_fault_is_named() -> None:
    read = parse_time_line("00:00:1,000 --> 00:00:2,000", SRT_DIALECT)
    assert read
    assert [text.partition(" ")[0] for _, text in read.traps] == ["00:00:1"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("开幕", []),
        ("<00:01.00>开<00:01.50>幕", [(1000, "开"), (1500, "幕")]),
        ("各位<00:01.50>代表", [(None, "各位"), (1500, "代表")]),
    ],
)
def test_words_of_lrc(text: str, words: list[tuple[int | None, str]]) -> None:
    (caption,) = lrc.parse(f"[00:01.00]{text}\n")[0]
    assert caption.words == tuple(CaptionWord(*word) for word in words)


@pytest.mark.parametrize(
    ("text", "captions", "traps"),
    [
        ("[length:00:04]\n[00:01.00]你好\n[00:02.5]再见\n", [(1000, 2500), (2500, 4000)], []),
        ("[00:01.000]你好\n[0:02:05]再见\n", [(1000, 2050), (2050, 3050)], ["NO_LENGTH"]),
        ("[length:00:00]\n[00:00]你好\n", [(0, 0)], []),
        # Lines are sorted; one may have several times, and an empty one ends the one before.
        (
            "[length:1:00]\n[00:09]三\n[00:01][00:05]你好\n",
            [(1000, 5000), (5000, 9000), (9000, 60_000)],
            [],
        ),
        ("[length:1:00]\n[00:01]你好\n[00:03]\n[00:05]再见\n", [(1000, 3000), (5000, 60_000)], []),
        # Tags, blank lines, and what has no time.
        ("[ti:题]\n[length: 01:02:05 ]\n\n [59:59.9]你好\n", [(3_599_900, 62_050)], []),
        ("[LENGTH:00:04]\n片名\n[00:01]你好\n", [(1000, 4000)], ["OUTSIDE_CUE"]),
        ("片名\n", [], ["OUTSIDE_CUE"]),
        ("", [], []),
    ],
)
def test_lrc(text: str, captions: list[tuple[int, int]], traps: list[str]) -> None:
    read, met = lrc.parse(text)
    assert [(caption.start, caption.end) for caption in read] == captions
    assert [trap.kind.name for trap in met] == traps


EVENT = "Dialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,"


@pytest.mark.parametrize(
    ("text", "captions", "traps"),
    [
        (f"[Events]\n{EVENT}你好\n", [FIRST], []),
        (f" [Events]\n{EVENT}你好\n", [FIRST], [(None, "NO_SECTION")]),
        (f"[EVENTS] \n Comment: x\n{EVENT}你,好\n", [Caption(1000, 2500, "你,好")], []),
        # The fields are in the order of the format, which names the text.
        (
            "[Events]\nFormat: Start, Text\nFormat: Name\n Dialogue : 9:59:59.99,一,二\n",
            [],
            [(4, "TIME")],
        ),
        ("[Events]\nFormat: End, Start, Text\nDialogue: 0:00:02.50,0:00:01.00,你好\n", [FIRST], []),
        (
            "[Events]\nDialogue: 0,1:02:03.04,1234:59:59.99,Default,,0,0,0,,你好\n",
            [Caption(3_723_040, 1235 * 3_600_000 - 10, "你好")],
            [],
        ),
        ("[Events]\nDialogue: 0,0:00:60.00,0:01:00.00,Default,,0,0,0,,好\n", [], [(2, "TIME")]),
        ("[Events]\nDialogue: 0\n", [], [(2, "TIME")]),
        (
            f"[Events]\nFormat: Name, Style\n{EVENT}some text\n{EVENT} 你好 \n",
            [Caption(1000, 2500, "some text"), Caption(1000, 2500, " 你好 ")],
            [],
        ),
        # Drawings are none of the text; breaks are.
        (f"[Events]\n{EVENT}{{\\p0}}你{{x}}好\n", [FIRST], []),
        (f"[Events]\n{EVENT}{{\\an8\\p2}}m 0 0\n", [], []),
        (f"[Events]\n{EVENT}你{{\\p1}}m 0 0{{\\p0\\pos(1,2)}}好\n", [FIRST], []),
        (f"[Events]\n{EVENT}你\\N好\\h{{a}}\n", [Caption(1000, 2500, "你\n好 ")], []),
        (f"[Events]\n{EVENT}}}你{{好\n", [Caption(1000, 2500, "}你{好")], []),
    ],
)
def test_ass(text: str, captions: list[Caption], traps: list[tuple[int, str]]) -> None:
    read, met = ass.parse(text)
    assert read == captions
    assert listed(met) == traps


def test_json_of_any_rate() -> None:
    """Times are rounded down, as they are when they are written."""
    cue = '{"start": {"samples": %d}, "end": {"samples": %d}, "text": "好"}'
    for rate, start, end in ((1, 1000, 2000), (8000, 0, 0), (44_100, 0, 0)):
        text = f'{{"rate": {rate}, "cues": [{cue % (1, 2)}]}}'
        assert json.parse(text) == ([Caption(start, end, "好")], [])


@pytest.mark.parametrize(
    ("trap", "message"),
    [
        (Trap(TrapKind.ARROW, "x"), "x"),
        (Trap(TrapKind.ARROW, "x", 0), "line 0: x"),
        (Trap(TrapKind.ARROW, "x", 7), "line 7: x"),
        (Trap(TrapKind.ARROW, "x", 7, 1), "line 7: x (and on 1 more line)"),
        (Trap(TrapKind.ARROW, "x", 7, 2), "line 7: x (and on 2 more lines)"),
    ],
)
def test_the_message_of_a_trap(trap: Trap, message: str) -> None:
    assert trap.message == message


def test_of_every_kind_of_trap_the_first_stays_with_the_number_of_the_others() -> None:
    arrows = [Trap(TrapKind.ARROW, "x", line) for line in (3, 5, 9)]
    hours = Trap(TrapKind.NO_HOURS, "y", 4)
    assert summarized([arrows[0], hours, *arrows[1:]]) == [
        Trap(TrapKind.ARROW, "x", 3, 2),
        Trap(TrapKind.NO_HOURS, "y", 4, 0),
    ]
    assert summarized([]) == []
