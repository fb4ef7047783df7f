"""Marks: what is shown, what is spoken, by whom, and the pauses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.documents import from_text
from speechcast.errors import SpeechcastError, TextError
from speechcast.model import Utterance
from speechcast.prepare import find_remarks, prepare
from speechcast.request import Preferences, resolve_request
from speechcast.voices import presets
from tests.support.speeches import speech_of

ONLINE = presets.load("xiaoxiao")


def utterances_of(text: str, folder: Path = Path()) -> list[Utterance]:
    """The utterances of a text in a folder, with its front matter."""
    document = from_text(text)
    request = resolve_request(document, "it", Path(), folder=folder, voice=ONLINE, force=True)
    return list(prepare(request).utterances)


@pytest.mark.parametrize(
    ("written", "shown", "spoken"),
    [
        ("（掌声）谢谢大家！", "（掌声）谢谢大家！", "谢谢大家！"),
        ("谢谢大家！(Applause)", "谢谢大家！(Applause)", "谢谢大家！"),
        ("（全场起立，热烈鼓掌）", None, None),
        ("谢谢！（热烈鼓掌）再见。", "谢谢！（热烈鼓掌）再见。", "谢谢！再见。"),
        ("Thank you. (Laughter and applause) Now.", None, "Thank you. Now."),
        ("[音乐]大家好。", "[音乐]大家好。", "大家好。"),
        ("（即上海）大家好。", "（即上海）大家好。", "（即上海）大家好。"),
        ("我们听音乐（古典音乐）。", None, "我们听音乐（古典音乐）。"),
        ("重{chóng}庆到了。", "重庆到了。", "崇庆到了。"),
        ("行{hang2}长来了。", "行长来了。", "航长来了。"),
        ("我的{de}书来了{le5}。", "我的书来了。", None),
        ("重庆{chong2 qing4}到了。", "重庆到了。", "崇庆到了。"),
        ("{景市|景德镇市}到了。", "景市到了。", "景德镇市到了。"),
        ("{WHO｜世卫组织}说。", "WHO说。", "世卫组织说。"),
        ("第一[停顿 1.5秒]第二。", "第一第二。", "第一第二。"),
    ],
)
def test_what_is_shown_and_what_is_spoken(
    written: str, shown: str | None, spoken: str | None
) -> None:
    utterances = utterances_of("前言。\n" + written)[1:]
    if shown is not None:
        assert "".join(line.shown for line in utterances) == shown
    if spoken is not None:
        assert " ".join("".join(line.spoken for line in utterances).split()) == spoken


def test_a_direction_by_itself_follows_the_sentence_before_it() -> None:
    utterances = utterances_of("（全体起立）\n同志们！\n（掌声）\n再见。")
    assert [line.shown for line in utterances] == ["（全体起立）同志们！（掌声）", "再见。"]


@pytest.mark.parametrize(
    ("written", "waits"),
    [
        ("一。[停顿 1.5秒]二。", [(0.0, 1.5), (0.0, 0.0)]),
        ("一。\n[pause 2s]\n二。", [(0.0, 2.0), (0.0, 0.0)]),
        ("[停顿 500毫秒]一。", [(0.5, 0.0)]),
        ("一（停顿）二。", [(0.0, 1.0), (0.0, 0.0)]),
        ("一[pause 1s][pause 1s]二。", [(0.0, 1.0), (1.0, 0.0)]),  # together two
        ("一。[暂停：0.2s]", [(0.0, 0.2)]),
    ],
)
def test_pauses_asked_for(written: str, waits: list[tuple[float, float]]) -> None:
    assert [(line.pause_before, line.pause_after) for line in utterances_of(written)] == waits


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("我{wo3 men2}们", "line 3: {wo3 men2} is not a reading"),
        ("好[停顿 90秒]吗", "asks for a pause of 90 seconds; up to 60 are allowed"),
    ],
)
def test_a_mark_that_means_nothing(written: str, complaint: str) -> None:
    with pytest.raises(TextError) as caught:
        speech_of("前言。\n\n" + written)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        r"他的号{\an8}在上面。",
        "我{zzz}们。",
        "值为号{an}的人。",
        "填写姓名{name}。",
        "集合{x|x>0}不空。",
        "模板{{名|值}}在此。",
        "本店（暂停）营业。",
        "好{}。",
        "好{1}。",
    ],
)
def test_braces_that_are_no_mark_are_text(text: str) -> None:
    assert "".join(line.shown for line in utterances_of("前言。\n" + text)[1:]) == text


def test_braces_that_are_no_mark_are_remarked() -> None:
    request = resolve_request(from_text(r"前言。他的号{\an8}在上面。"), "it", Path(), voice=ONLINE)
    remark, *_ = find_remarks(prepare(request))
    assert remark.text == r"“{\an8}” seems to be neither a reading nor another mark"


CAST = """---
cast: {主持人: yunyang, 市长: xiaoyi}
---
主持人：请市长讲话。

市长：（掌声）谢谢。
我讲三点。

主持人:谢谢市长。

记者：这是谁？
"""


def test_a_cast_speaks_in_turn() -> None:
    utterances = utterances_of(CAST)
    assert [(line.speaker, line.shown) for line in utterances] == [
        ("主持人", "主持人：请市长讲话。"),
        ("市长", "市长：（掌声）谢谢。"),
        ("市长", "我讲三点。"),
        ("主持人", "主持人:谢谢市长。"),
        ("主持人", "记者：这是谁？"),  # of no cast: no label
    ]
    assert [line.spoken for line in utterances][:2] == ["请市长讲话。", "谢谢。"]


def test_a_preset_may_hide_directions_and_labels(tmp_path: Path) -> None:
    mine = (Path(presets.PRESETS.find_path("yunyang"))).read_text(encoding="utf-8")
    (tmp_path / "quiet.toml").write_text(
        mine + "\n[show]\ndirections = false\nlabels = false\n", encoding="utf-8"
    )
    text = CAST.replace("xiaoyi", "quiet.toml")
    assert [line.shown for line in utterances_of(text, tmp_path)][:2] == [
        "主持人：请市长讲话。",
        "谢谢。",
    ]


def test_a_cast_of_nobody_we_know() -> None:
    with pytest.raises(SpeechcastError, match="there is no preset 'xiaoyy'; did you mean"):
        utterances_of(CAST.replace("xiaoyi", "xiaoyy"))


def test_front_matter_says_how_it_is_spoken(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('"重阳村" = "chong2 yang2 cun1"\n', encoding="utf-8")
    text = "---\nvoice: report\nrate: +10%\nstyle: vertical\nlexicon: mine.toml\n---\n重阳村好。\n"
    request = resolve_request(from_text(text), "it", Path(), folder=tmp_path)
    assert (request.voice.name, request.voice.rate) == ("report", 10)
    assert request.subtitles.style
    assert request.subtitles.style.name == "vertical"
    assert request.lexicon.entries.keys() == {"重阳村"}
    overruled = resolve_request(
        from_text(text), "it", Path(), Preferences(voice="tone", rate="-5%"), folder=tmp_path
    )
    assert (overruled.voice.name, overruled.voice.rate) == ("tone", -5)


@pytest.mark.parametrize(
    ("text", "voice"), [("今天", "narrator"), ("Good morning", "heart"), ("GDP增长", "narrator")]
)
def test_the_voice_by_itself(text: str, voice: str) -> None:
    assert resolve_request(from_text(text), "it", Path()).voice.name == voice
    assert (
        resolve_request(from_text(text), "it", Path(), Preferences(voice="auto")).voice.name
        == voice
    )


@pytest.mark.parametrize(
    ("text", "voice", "fits"),
    [
        ("今天", "aria", False),
        ("Good morning", "narrator", False),
        ("我们 say yes 好的", "narrator", True),
        ("Hello 你 my friend", "aria", True),
        ("12:30", "aria", True),
    ],
)
def test_a_voice_that_does_not_speak_the_language(text: str, voice: str, fits: bool) -> None:
    request = resolve_request(from_text(text), "it", Path(), Preferences(voice=voice))
    if fits:
        prepare(request)
    else:
        with pytest.raises(TextError, match="insist with --force"):
            prepare(request)
        prepare(replace(request, force=True))
