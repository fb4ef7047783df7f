"""From any text to utterances: nothing is lost or invented, and every error is ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast import documents
from speechcast.documents import from_text
from speechcast.documents.front_matter import split_front_matter
from speechcast.errors import SpeechcastError
from speechcast.prepare import prepare
from speechcast.request import resolve_request
from speechcast.voices import presets
from tests.support.speeches import EXAMPLES

SPEECHES = Path(__file__).parents[2] / "shared" / "speeches"
CAST = [presets.load(name) for name in ("narrator", "xiaoxiao", "aria", "tone")]
PIECES = st.lists(
    st.sampled_from(
        [
            *"我们 银行行长 长江 说得对 2023年3月5日 5.2% COVID-19 hello U.S. Mr. é ß Ω ②".split(),
            *"重{chóng}庆 {a|b} {|} { } 主持人： 市长: ， 。 ！？ …… —— “ ” ‘ 《 》 （ ）".split(),
            *"* # - （掌声） (Applause) 1. 一、 --- cast: title:".split(),
            *"〇 龘 \U00020000 Ⅲ ㎡ １２ \u200b \ufeff".split(),
            *("[停顿 1.5秒]", "[pause 99s]", "\u2028", "\t", "\n", "\n\n", "\r", "\u3000", " "),
        ]
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


@pytest.mark.slow
@given(PIECES, st.sampled_from(CAST), st.booleans())
@settings(max_examples=300, deadline=None)
def test_any_text(text: str, voice: object, markdown: bool) -> None:
    assert isinstance(voice, type(CAST[0]))
    try:
        document = from_text(text, markdown=markdown)
        request = resolve_request(document, "it", Path(), voice=voice, force=True)
        prepared = prepare(request)
        speech, utterances = prepared.speech, prepared.utterances
    except SpeechcastError:
        return
    assert "".join(utterance.shown for utterance in utterances) == speech.text.replace("\n", "")
    assert all(any(token.voiced for token in utterance.tokens) for utterance in utterances)
    assert [utterance.sentence for utterance in utterances] == sorted(
        utterance.sentence for utterance in utterances
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda p: p.stem)
def test_our_own_examples(path: Path) -> None:
    _assert_whole(path)


@pytest.mark.skipif(not SPEECHES.is_dir(), reason="the real speeches are not beside this checkout")
@pytest.mark.parametrize(
    "name",
    "closing-address declaration-traditional inaugural-1961-en inaugural-2009-en "
    "work-report-2023".split(),
)
def test_real_speeches(name: str) -> None:
    _assert_whole(SPEECHES / f"{name}.txt")


def _assert_whole(path: Path) -> None:
    request = resolve_request(documents.read(path), "it", Path(), voice=CAST[1], force=True)
    utterances = prepare(request).utterances
    _front, body, _row = split_front_matter(path.read_text("utf-8-sig"), path.name)
    assert _solid("".join(utterance.shown for utterance in utterances)) == _solid(
        body.replace("{重|重新}", "重")  # what is spoken there is not shown
    )


def _solid(text: str) -> str:
    """Return the text without white space."""
    return "".join(text.split())


TWINS = [
    ("declaration.gb2312", "gb2312"),
    ("gwr_1999.utf16be_bom", "utf-16"),
    ("gwr_2005.gb18030_crlf", "gb18030"),
    ("gwr_2010.gb18030", "gb18030"),
    ("gwr_2016.utf8bom_crlf", "utf-8-sig"),
    ("gwr_2018.utf16le_bom", "utf-16"),
    ("gwr_2023.utf8_cr_only", "utf-8"),
]


@pytest.mark.skipif(not SPEECHES.is_dir(), reason="the real speeches are not beside this checkout")
@pytest.mark.parametrize(("name", "encoding"), TWINS)
def test_an_encoding_reads_as_its_utf8_twin_would(name: str, encoding: str) -> None:
    path = SPEECHES / "encodings" / f"{name}.txt"
    twin = path.read_bytes().decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    assert documents.read(path) == documents.from_bytes(twin.encode(), "its twin")


def test_a_long_run_of_commas_is_divided_at_them() -> None:
    text = "我们要坚持到底，" * 50 + "绝不放弃。"
    request = resolve_request(from_text(text), "it", Path(), voice=replace(CAST[0]))
    utterances = prepare(request).utterances
    assert len(utterances) > 8
    assert all(
        utterance.shown.endswith(("，", "。")) and len(utterance.spoken) <= 45
        for utterance in utterances
    )
