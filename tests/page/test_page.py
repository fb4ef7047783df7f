"""The HTML of a page: its text is text, it needs no network, and its times are right."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from speechcast.audio.tags.model import TimedRange
from speechcast.model import BlockKind
from speechcast.page.page import compose
from speechcast.page.sound import SoundSource, embed, link
from speechcast.page.transcript import Chapter, TimedParagraph, Transcript
from speechcast.page.waveform import Waveform
from speechcast.subtitles.caption import Caption
from speechcast.text.packed_numbers import encode_numbers
from speechcast.text.surrogates import without_surrogates

WAVE = Waveform("AZaz09+/", 50, 400)
LINKED = SoundSource("audio/mpeg", address="speech.mp3")


def transcript(
    *passages: TimedParagraph, title: str = "题目", language: str = "zh-CN"
) -> Transcript:
    cues = (Caption(0, 400, "\n".join(passage.text for passage in passages)),)
    return Transcript(title=title, language=language, passages=passages, cues=cues)


def page_of(shown: Transcript, sound: SoundSource = LINKED) -> str:
    return "".join(compose(shown, WAVE, sound))


def data_of(page: str) -> dict[str, object]:
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    content: dict[str, object] = json.loads(text)
    return content


def texts(tree: html.HtmlElement, name: str) -> list[str]:
    """Return the texts of the speech that stand in elements of this name."""
    return [str(e.text_content()) for e in tree.iter(name) if e.get("class") == "text"]


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!-- <script> -->",
    "]]></title></style><img src=x onerror=alert(1)>",
    "&amp; &lt; &#60; \u2028 \u2029",
    "$data ${data} $$ {time}",
    "'\"`\\",
]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), st.text())
@example("<b>", "</script>")
@settings(max_examples=60)
def test_any_text_and_title_are_shown_and_are_nothing_else(text: str, title: str) -> None:
    elements = {element.tag for element in html.fromstring(page_of(transcript())).iter("*")}
    page = page_of(transcript(TimedParagraph(text), title=title))
    tree = html.fromstring(page)
    assert {element.tag for element in tree.iter("*")} <= elements | {"div", "p"}
    assert len(list(tree.iter("script"))) == 2
    assert texts(tree, "p") == [text]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_and_titles_are_text(text: str) -> None:
    page = page_of(transcript(TimedParagraph(text), title=text))
    tree = html.fromstring(page)
    assert [element.text for element in tree.iter("title")] == [text]
    assert texts(tree, "p") == [text]
    assert data_of(page)["title"] == text
    assert list(tree.iter("img")) == []


@pytest.mark.parametrize(("text", "shown"), [("a\rb", "a&#13;b"), ("a\0b", "a\ufffdb")])
def test_characters_that_a_parser_would_change_keep_their_number(text: str, shown: str) -> None:
    assert f">{shown}</p>" in page_of(transcript(TimedParagraph(text)))


def test_a_lone_surrogate_is_replaced() -> None:
    page = page_of(transcript(TimedParagraph("a\ud800b"), title="\udc00"))
    assert without_surrogates(page) == page


def test_ranges_count_characters_as_javascript_does() -> None:
    passages = (
        TimedParagraph("😀 我们", (TimedRange(0, 1, 100), TimedRange(2, 4, 350))),
        TimedParagraph("OK。", (TimedRange(0, 2, 400),)),
        TimedParagraph("（掌声）"),
    )
    ranges = [[2 * 2, 100, 2 * 2 + 1, 1, 250], [2 * 2, 50], []]
    assert data_of(page_of(transcript(*passages)))["ranges"] == [*map(encode_numbers, ranges)]


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = (3, 5, 4, 1, 2)
    passages = [
        TimedParagraph(str(n), kind=BlockKind.HEADING, level=level)
        for n, level in enumerate(levels)
    ]
    page = page_of(transcript(TimedParagraph("题", kind=BlockKind.TITLE), *passages))
    assert re.findall(r'<(h\d) class="text"', page) == ["h1", "h2", "h3", "h3", "h2", "h3"]


def test_a_text_without_a_title_has_one_for_screen_readers() -> None:
    assert '<h1 class="hidden" dir="auto">题目</h1>' in page_of(transcript(TimedParagraph("正文")))


@pytest.mark.parametrize(
    ("language", "interface"), [("zh-CN", "zh"), ("zh", "zh"), ("en-GB", "en"), ("fr-FR", "en")]
)
def test_the_interface_speaks_chinese_or_english(language: str, interface: str) -> None:
    page = page_of(transcript(TimedParagraph("a"), language=language))
    assert f'<html lang="{interface}">' in page
    assert f'<article id="speech" lang="{language}">' in page


def test_the_page_allows_its_own_script_and_style_and_no_address() -> None:
    page = page_of(transcript(TimedParagraph("a")))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "media-src 'self' file:" in policy
    assert set(re.findall(r"\w+://[^'\"\s]*", page)) == {"http://www.w3.org/2000/svg"}


def test_the_sound_is_inside_to_the_byte(tmp_path: Path) -> None:
    import base64

    sound = tmp_path / "speech.mp3"
    sound.write_bytes(bytes(range(256)) * 20_000)
    page = page_of(transcript(TimedParagraph("a")), embed(sound))
    blocks = re.findall(
        r'<script type="application/octet-stream" class="sound">(.*?)</script>', page
    )
    assert len(blocks) > 1
    assert b"".join(map(base64.b64decode, blocks)) == sound.read_bytes()
    assert "media-src blob:" in page


def test_a_link_is_an_address_seen_from_the_page(tmp_path: Path) -> None:
    source = link(tmp_path / "a" / '讲话 #1?:"x".mp3', tmp_path / "b")
    assert source.address == "../a/%E8%AE%B2%E8%AF%9D%20%231%3F%3A%22x%22.mp3"


def test_a_chapter_keeps_its_time() -> None:
    shown = Transcript(
        title="", language="zh", passages=(), cues=(), chapters=(Chapter("一", 1500),)
    )
    assert data_of(page_of(shown))["chapters"] == [["一", 1500]]


def test_times_that_go_back_are_shown_where_the_page_is_then() -> None:
    passages = (
        TimedParagraph("各位代表", (TimedRange(0, 2, 100), TimedRange(2, 4, 28_000))),
        TimedParagraph("大家好", (TimedRange(0, 3, 20_000),)),  # the words before run past it
    )
    shown = replace(
        transcript(*passages), cues=(Caption(-5000, 2000, "各位"), Caption(1500, 1200, "代表"))
    )
    data = data_of(page_of(shown))
    assert data["ranges"] == [encode_numbers([4, 100, 4, 27_900]), encode_numbers([6, 0])]
    assert data["cues"] == encode_numbers([0, 2000, 1500, 0])
