"""TTML as editors, broadcasters and streaming services write it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.errors import SourceError
from speechcast.subtitles.caption import Caption
from speechcast.subtitles.parsers.ttml import parse
from speechcast.subtitles.read import read_captions

ROOT = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
    'xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" '
    "%s>"
)


def document(body: str, attributes: str = "", head: str = "") -> str:
    return f"{ROOT % attributes}{head}<body><div>{body}</div></body></tt>"


def cues(text: str) -> list[tuple[int, int, str]]:
    return [(c.start, c.end, c.text) for c in parse(text)[0]]


@pytest.mark.parametrize(
    ("begin", "end", "attributes", "span"),
    [
        ("00:00:01.000", "00:00:02.500", "", (1000, 2500)),
        ("00:00:01", "00:00:02", "", (1000, 2000)),
        ("01:02:03.004", "123:00:00", "", (3_723_004, 442_800_000)),
        ("1s", "2.5s", "", (1000, 2500)),
        ("1500ms", "0.1m", "", (1500, 6000)),
        ("0.5h", "1h", "", (1_800_000, 3_600_000)),
        ("00:00:01:15", "00:00:02:00", "", (1500, 2000)),  # 30 frames a second by default
        ("00:00:01:15", "50f", 'ttp:frameRate="25"', (1600, 2000)),
        ("24f", "48f", 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001"', (1001, 2002)),
        ("24f", "48f", 'ttp:frameRate="24" ttp:frameRateMultiplier="1000 x"', (1000, 2000)),
        ("10000000t", "25000000t", 'ttp:tickRate="10000000"', (1000, 2500)),
        ("1t", "2t", "", (1000, 2000)),  # without a rate, a tick is a second
        ("25t", "50t", 'ttp:frameRate="25"', (1000, 2000)),
    ],
)
def test_times(begin: str, end: str, attributes: str, span: tuple[int, int]) -> None:
    text = document(f'<p begin="{begin}" end="{end}">Hello</p>', attributes)
    assert cues(text) == [(*span, "Hello")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p begin="1s" dur="2s">A</p>', [(1000, 3000, "A")]),
        ('<p begin="1s" end="9s" dur="2s">A</p>', [(1000, 3000, "A")]),
        ('<div begin="10s"><p begin="1s" end="2s">A</p></div>', [(11000, 12000, "A")]),
        ('<div begin="1s" end="3s"><p>A</p></div>', [(1000, 3000, "A")]),
        ('<div begin="1s" end="3s"><p begin="1s" end="9s">A</p></div>', [(2000, 3000, "A")]),
        (
            '<div timeContainer="seq" begin="1s"><p dur="1s">A</p><p dur="2s">B</p></div>',
            [(1000, 2000, "A"), (2000, 4000, "B")],
        ),
        (
            '<p begin="1s" end="5s"><span begin="0s" end="1s">A</span>'
            '<span begin="2s" end="3s">B</span></p>',
            [(1000, 2000, "A"), (3000, 4000, "B")],
        ),
        (
            '<p begin="5s" end="6s">B</p><p begin="1s" end="2s">A</p>',
            [(1000, 2000, "A"), (5000, 6000, "B")],
        ),
        ('<p begin="1s" end="2s">one<br/>two</p>', [(1000, 2000, "one\ntwo")]),
        (
            '<p begin="1s" end="2s">\n  one <span tts:color="red">red</span>\n <br/>\n two\n</p>',
            [(1000, 2000, "one red\ntwo")],
        ),
        (
            '<p begin="1s" end="2s" xml:space="preserve">a  b</p>',
            [(1000, 2000, "a  b")],
        ),
        ('<p begin="1s" end="2s">A<metadata>no</metadata><!-- no --> B</p>', [(1000, 2000, "A B")]),
        (
            '<p begin="1s" end="2s"><span tts:ruby="container"><span tts:ruby="base">东京</span>'
            '<span tts:ruby="text">とうきょう</span></span></p>',
            [(1000, 2000, "东京")],
        ),
        ('<p begin="1s" end="2s"> </p>', []),
        ('<p begin="1s" end="2s">R&amp;D &lt;3</p>', [(1000, 2000, "R&D <3")]),
    ],
)
def test_what_is_shown_and_when(body: str, expected: list[tuple[int, int, str]]) -> None:
    assert cues(document(body)) == expected


def test_speakers_are_agents_or_styles() -> None:
    head = (
        '<head><metadata><ttm:agent xml:id="a1" type="person"><ttm:name type="full">Anna'
        "</ttm:name></ttm:agent></metadata></head>"
    )
    body = '<p begin="1s" end="2s" ttm:agent="a1" style="s1">Hi. <span style="s2">Hello.</span></p>'
    (caption,) = parse(document(body, head=head))[0]
    assert caption.speakers == ((0, ("Anna", "a1", "s1")), (4, ("Anna", "a1", "s2")))


def test_a_cue_has_the_line_of_its_times() -> None:
    captions, _ = parse(document('\n<p begin="1s"\n end="2s">A</p>\n<p begin="3s" end="4s">B</p>'))
    assert [c.row for c in captions] == [3, 4]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ('<!DOCTYPE tt [<!ENTITY a "aa">]>' + document("<p>&a;</p>"), "document type"),
        ('<!DOCTYPE tt SYSTEM "http://127.0.0.1/x.dtd"><tt/>', "document type"),
        (document("<p>&undefined;</p>"), "its XML breaks off"),
        (document("<div>" * 150 + "</div>" * 150), "nested deeper"),
        (document("<p begin='1s' end='2s'>" + "<span>" * 150 + "A" + "</span>" * 150 + "</p>"),
         "nested deeper"),
        (document('<p begin="soon" end="2s">A</p>'), 'begin="soon" is no time of TTML'),
        (document("<p>A</p>"), "or no end"),
        ("<svg/>", "first element is not <tt>"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "a.ttml"
    path.write_text(content, "utf-8")
    with pytest.raises(SourceError, match=complaint) as error:
        read_captions(path)
    assert "\n" not in str(error.value)


def test_an_encoding_that_is_declared_is_not_heeded_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.ttml"
    body = document('<p begin="1s" end="2s">开会</p>')
    path.write_bytes(('<?xml version="1.0" encoding="UTF-16"?>' + body).encode("utf-16"))
    assert read_captions(path)[0] == [Caption(1000, 2000, "开会")]


@given(st.integers(0, 10**8), st.integers(0, 10**6))
def test_milliseconds_are_read_as_they_are_written(start: int, length: int) -> None:
    body = f'<p begin="{start}ms" end="{(start + length) / 1000:.3f}s">A</p>'
    assert cues(document(body)) == [(start, start + length, "A")]
