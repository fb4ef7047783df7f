"""The HTML of a page: its text is text, it needs no network, and its times are right."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
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
from speechcast.page.waveform import HIGHEST, Waveform
from speechcast.page.writing import MOST_LEVELS
from speechcast.subtitles.caption import Caption
from speechcast.text.surrogates import without_surrogates
from tests.page.measure import speak_for

WAVE = Waveform(bytes([0, 25, 26, 63]), 100, 400)
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


def columns_of(page: str) -> list[list[int]]:
    """Return the numbers that a page holds, unpacked."""
    data = iter(zlib.decompress(base64.b64decode(str(data_of(page)["packed"])), -zlib.MAX_WBITS))

    def read() -> int:
        byte = next(data)
        return byte if byte < 128 else byte - 128 + 128 * read()

    columns = []
    while (count := next(data, None)) is not None:
        assert count < 128, "a longer column is for the browser"
        columns.append([read() for _ in range(count)])
    return columns


def texts(tree: html.HtmlElement, name: str) -> list[str]:
    """Return the texts of the speech that stand in elements of this name."""
    return [str(e.text_content()) for e in tree.get_element_by_id("speech").iter(name)]


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
    assert {element.tag for element in tree.iter("*")} <= elements | {"p"}
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


def test_words_count_characters_as_javascript_does() -> None:
    passages = (
        TimedParagraph("😀 我们", (TimedRange(0, 1, 100), TimedRange(2, 4, 350))),
        TimedParagraph("OK。", (TimedRange(0, 2, 400),)),
        TimedParagraph("（掌声）"),
    )
    counts, shapes, skips, times, *_ = columns_of(page_of(transcript(*passages)))
    assert counts == [2, 1, 0]
    assert (shapes, skips) == ([2 * 2, 2 * 2 + 1, 2 * 2], [1])
    assert times == [10, 25, 5]


def test_cues_stand_after_words_and_levels_are_coarse() -> None:
    passages = (TimedParagraph("我们大家", (TimedRange(0, 2, 109), TimedRange(2, 4, 300))),)
    cues = (Caption(109, 250, "我们"), Caption(320, 350, "大家"), Caption(340, 380, "好"))
    page = page_of(replace(transcript(*passages), cues=cues))
    begun, since, gaps, levels = columns_of(page)[4:]
    assert begun == [1, 1, 0]
    assert since == [0, 2, 4]
    assert gaps == [2 * 7, 2 * 1 - 1, 2 * 2]  # 250 to 320, 350 back to 340, 380 to the end at 400
    assert levels == [0, 6, 6, 15]


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = (3, 5, 4, 1, 2)
    passages = [
        TimedParagraph(str(n), kind=BlockKind.HEADING, level=level)
        for n, level in enumerate(levels)
    ]
    page = page_of(transcript(TimedParagraph("题", kind=BlockKind.TITLE), *passages))
    assert re.findall(r"<(h\d)>", page) == ["h1", "h2", "h3", "h3", "h2", "h3"]


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
    sound = tmp_path / "speech.mp3"
    sound.write_bytes(bytes(range(256)) * 20_000)
    page = page_of(transcript(TimedParagraph("a")), embed(sound))
    blocks = re.findall(
        r'<script type="application/octet-stream" class="sound">(.*?)</script>', page
    )
    assert len(blocks) > 1
    assert b"".join(map(base64.b64decode, blocks)) == sound.read_bytes()
    assert "media-src blob:" in page


@pytest.mark.parametrize("hours", [1, 10])
def test_an_hour_and_all_but_the_text_of_ten_hours_weigh_little(hours: int) -> None:
    speech, length = speak_for(hours)
    levels = random.Random(20).choices(range(HIGHEST + 1), k=min(hours * 36_000, MOST_LEVELS))
    page = "".join(compose(speech, Waveform(bytes(levels), 100, length), LINKED))
    text = sum(len(passage.text.encode()) for passage in speech.passages)
    assert len(page.encode()) - (text if hours == 10 else 0) < 200_000


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
    columns = columns_of(page_of(shown))
    assert columns[3] == [10, 2790, 0]
    assert columns[4:7] == [[0, 1], [0, 140], [2 * 50 - 1, 2 * 110 - 1]]
