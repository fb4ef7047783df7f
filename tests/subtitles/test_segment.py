"""Cues: what they show, and when."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.engines.tone import Tone
from speechcast.errors import PresetError
from speechcast.model import Clip, Pauses, PlacedClip, Span, Timeline, Utterance, Voice
from speechcast.subtitles import style
from speechcast.subtitles.captions import Captions
from speechcast.subtitles.formats import registry
from speechcast.subtitles.segment import segment
from speechcast.subtitles.style import STYLES, Style
from speechcast.text.sentences import is_voiced
from speechcast.timeline import place
from speechcast.voices import presets
from tests.support.speeches import line, line_of, lines_of, speech_of

TONE = presets.load("tone")
GOLDEN = Path(__file__).parent / "golden"

VIDEO, NETFLIX_ZH, NETFLIX_EN, VERBATIM = (
    style.load(name) for name in ("video", "netflix-zh", "netflix-en", "verbatim")
)


def spoken(text: str, voice: Voice = TONE) -> Timeline:
    utterances = lines_of(text, voice, 200)
    engine = Tone(voice)
    return place(utterances, [engine.synthesize(one) for one in utterances], {"": Pauses()})


def shown(text: str, rules: Style) -> list[str]:
    voice = replace(TONE, language="en-US", rate=100) if rules is NETFLIX_EN else TONE
    return [cue.text.replace("\n", "/") for cue in segment(spoken(text, voice), rules)]


LONG = "特别是他在开幕大会上的讲话，站位全局，立意高远，我们要认真学习。"


@pytest.mark.parametrize(
    ("rules", "text", "cues"),
    [
        (VIDEO, "今天我们开会。", ["今天我们开会"]),
        (VIDEO, "大家都好吗？大家都很好！", ["大家都好吗？", "大家都很好！"]),
        (VIDEO, "他说：“我们来了。”", ["他说 “我们来了”"]),
        (VIDEO, "今天，我们三、四个人开会；明天休息。", ["今天 我们三、四个人开会 明天休息"]),
        (VIDEO, LONG, ["特别是他在开幕大会上的讲话", "站位全局 立意高远 我们要认真学习"]),
        (VERBATIM, LONG, ["特别是他在开幕大会上的讲话，", "站位全局，立意高远，我们要认真学习。"]),
        (NETFLIX_ZH, LONG, ["特别是他在开幕大会上的讲话/站位全局 立意高远 我们要认真学习"]),
        # A scrap of one clause beside another is a poor cue.
        (
            VIDEO,
            "对广大同学寄予了殷切希望，在全体老师中产生了强烈的思想共鸣和团结之心。",
            ["对广大同学寄予了殷切希望 在全体老师中", "产生了强烈的思想共鸣和团结之心"],
        ),
        (
            VIDEO,
            "开学那天，校长和书记来到操场看望新来的同学，和大家合影。",
            ["开学那天", "校长和书记来到操场看望新来的同学", "和大家合影"],
        ),
        (
            VIDEO,
            "同学们多找“更好”办法，在老师、家长最需要的时间节点上努力做好，尽量做好。",
            ["同学们多找“更好”办法", "在老师、家长最需要的时间节点上努力做好", "尽量做好"],
        ),
        (VIDEO, "在中共*市委领导下，前进！", ["在中共*市委领导下 前进！"]),
        (VIDEO, "增长5.2%，我们的GDP很好。", ["增长5.2% 我们的GDP很好"]),
        (VIDEO, "開幕典禮上，主席發表了重要講話。", ["開幕典禮上 主席發表了重要講話"]),
        (VIDEO, "好！我们走吧。", ["好！我们走吧"]),  # 好 alone would flash by
        (
            NETFLIX_EN,
            "We meet tonight to light a lamp, and to remember the one who kept it.",
            ["We meet tonight to light a lamp,/and to remember the one who kept it."],
        ),
    ],
)
def test_cues(rules: Style, text: str, cues: list[str]) -> None:
    assert shown(text, rules) == cues


def test_a_cue_has_the_times_of_its_tokens() -> None:
    timeline = spoken("今天我们开会。明天我们休息。")
    first, second = segment(timeline, VIDEO)
    spans = [[s.span for s in sentence if s.span] for sentence in timeline.sentences()]
    assert [first.start, second.start] == [heard[0].start for heard in spans]
    assert second.end == spans[1][-1].end + round(VIDEO.linger * timeline.rate)
    assert [word.text for word in first.tokens] == ["今天", "我们", "开会", ""]


@pytest.mark.parametrize(
    ("pause", "rules", "gap"),
    [
        (0.4, VIDEO, 0.0),  # a small gap is closed
        (0.6, VIDEO, 0.3),  # a larger one is lingered into
        (0.4, NETFLIX_ZH, 0.083),  # closed to two frames
        (1.5, NETFLIX_ZH, 1.0),
    ],
)
def test_when_a_cue_goes_out(pause: float, rules: Style, gap: float) -> None:
    utterances = lines_of("今天我们开会。明天我们休息。", TONE, 200)
    engine = Tone(TONE)
    clips = [engine.synthesize(one) for one in utterances]
    timeline = place(utterances, clips, {"": Pauses(sentence=pause)})
    before, after = segment(timeline, rules)
    assert after.start - before.end == round(gap * timeline.rate)


def cues_at(rules: Style, length: int, *sounds: tuple[str, int, int]) -> list[tuple[str, int, int]]:
    """Return the cues of sentences heard at these milliseconds, at 1,000 samples a second."""
    placed = [
        PlacedClip(
            replace(line(text, "。"), sentence=number),
            Clip(np.zeros(end - start, np.int16), 1000, (Span(0, end - start), None)),
            start,
        )
        for number, (text, start, end) in enumerate(sounds, 1)
    ]
    cues = segment(Timeline(tuple(placed), 1000, length), rules)
    return [(cue.text, cue.start, cue.end) for cue in cues]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (("好", 0, 499), ("同志们走吧", 1149, 3000), True),  # a pause of 0.65 s
        (("好", 0, 499), ("同志们走吧", 1150, 3000), False),
        (("好", 0, 500), ("同志们走吧", 600, 3000), False),  # half a second can be read
        (("同志们走吧", 0, 2000), ("好", 2100, 2599), True),
        (("同志们走吧", 0, 2000), ("好", 2100, 2600), False),
        (("好", 0, 400), ("同志们走吧", 500, 8000), True),  # eight seconds in all
        (("好", 0, 400), ("同志们走吧", 500, 8001), False),
        (("好", 0, 400), ("字" * 18, 500, 3000), True),  # twenty characters in all
        (("好", 0, 400), ("字" * 19, 500, 3000), False),
    ],
)
def test_a_flash_joins_the_sentence_beside_it(
    first: tuple[str, int, int], second: tuple[str, int, int], joined: bool
) -> None:
    assert len(cues_at(VIDEO, 10_000, first, second)) == (1 if joined else 2)


@pytest.mark.parametrize(
    ("rules", "next_start", "end"),
    [
        (VIDEO, 2499, 2499),  # a gap of half a second is closed
        (VIDEO, 2500, 2500),
        (VIDEO, 2501, 2300),
        (NETFLIX_ZH, 2500, 2417),
        (NETFLIX_ZH, 2501, 2418),
        (NETFLIX_ZH, 2584, 2500),  # half a second of lingering, at least 0.083 s before the next
        (NETFLIX_ZH, 2570, 2487),
        (NETFLIX_ZH, 2050, 1967),
    ],
)
def test_when_a_cue_ends(rules: Style, next_start: int, end: int) -> None:
    cues = cues_at(rules, 9_000, ("同志们", 1000, 2000), ("我们走", next_start, next_start + 900))
    assert cues[0] == ("同志们", 1000, end)


def test_the_last_cue_ends_with_the_sound_at_the_latest() -> None:
    assert cues_at(VIDEO, 5000, ("同志们", 1000, 2000)) == [("同志们", 1000, 2300)]
    assert cues_at(VIDEO, 2100, ("同志们", 1000, 2000)) == [("同志们", 1000, 2100)]
    assert cues_at(NETFLIX_ZH, 2600, ("同志们", 1000, 2000)) == [("同志们", 1000, 2500)]


def test_a_cue_without_room_is_shown_for_a_sample() -> None:
    """Two frames are kept before the next one, which begins 0.05 s later."""
    first, _ = cues_at(NETFLIX_ZH, 9_000, ("好", 1000, 1040), ("字" * 33, 1050, 5000))
    assert first == ("好", 1000, 1001)


def cues_of(rules: Style, tokens: str, per_character: int) -> list[str]:
    """Return the cues of a sentence of these tokens, each character heard for so many ms."""
    shown = tokens.split("|")
    spans: list[Span | None] = []
    position = 0
    for text in shown:
        length = per_character * len(text) if is_voiced(text) else 150
        spans.append(Span(position, position + length) if is_voiced(text) else None)
        position += length
    clip = Clip(np.zeros(position, np.int16), 1000, tuple(spans))
    timeline = Timeline((PlacedClip(line(*shown), clip, 0),), 1000, position)
    return [cue.text for cue in segment(timeline, rules)]


@pytest.mark.parametrize(
    ("rules", "tokens", "milliseconds", "cues"),
    [
        # Two lines of about the same width, but not at any cost.
        (
            NETFLIX_ZH,
            "同志们|同志们|前进|、|我们|前进|，|我们|认真|。",
            300,
            ["同志们同志们前进\n我们前进 我们认真"],
        ),
        (
            NETFLIX_ZH,
            "努力|，|的|山坡|我们|今天|开会|读书|满|、|好|。",
            120,
            ["努力\n的山坡我们今天开会读书满、好"],
        ),
        # No cue of more than seven seconds, even if it is a poor break.
        (
            NETFLIX_ZH,
            "同志们|，|春天|、|努力|前进|在|同志们|前进|。",
            500,
            ["同志们", "春天、努力前进在同志们前进"],
        ),
        # A cue of two characters is poor, but better than a phrase torn apart.
        (
            VIDEO,
            "今天|好|今天|努力|今天|我们|同志们|到|开|今天|，|开会|。",
            90,
            ["今天好今天努力今天", "我们同志们到开今天 开会"],
        ),
        (
            VIDEO,
            "开会|，|读书|满|同志们|同志们|到|满|努力|；|了|。",
            500,
            ["开会 读书满同志们同志们到满努力", "了"],
        ),
        # A line break costs less than a cue, and is not free.
        (
            NETFLIX_ZH,
            "学校|前进|，|开会|，|今天|；|孩子们|和|大家|学校|努力|大家|前进|。",
            300,
            ["学校前进 开会 今天", "孩子们和大家学校努力大家前进"],
        ),
        # A clause is not shown in part with another one.
        (
            VIDEO,
            "读书|，|在|山坡|山坡|在|开|了|同志们|春天|同志们|开会|。",
            200,
            ["读书 在山坡山坡在开了同志们", "春天同志们开会"],
        ),
    ],
)
def test_what_tips_the_balance(
    rules: Style, tokens: str, milliseconds: int, cues: list[str]
) -> None:
    assert cues_of(rules, tokens, milliseconds) == cues


@pytest.mark.parametrize(
    ("tokens", "shown"),
    [
        ("上午|9|：|30|开会|。", "上午9：30开会"),
        ("上午|9|：|30", "上午9：30"),
        ("9|：|30", "9：30"),
        ("第9|：|30", "第9：30"),
        ("第|9|：|开会|。", "第9 开会"),
        ("他|说|：|30|人|。", "他说 30人"),
        ("他|说|：|9|。", "他说 9"),
        ("好|，| |走|，", "好 走"),
        ("好|，|”|走|。|”| ", "好 ”走”"),
        ("好|、|走|、", "好、走"),
        (" |好|  |走|！", "好 走！"),
        ("，|好|。|；", "好"),
    ],
)
def test_marks_of_a_line(tokens: str, shown: str) -> None:
    assert cues_of(VIDEO, tokens, 400) == [shown]


def test_a_line_may_end_after_the_first_word() -> None:
    long = "一二三四五六七八九十甲乙丙丁戊"
    assert cues_of(NETFLIX_ZH, f"{long}|同志们|。", 200) == [f"{long}\n同志们"]


def test_a_custom_style(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = STYLES.find_path("video").read_text(encoding="utf-8")
    path.write_text(text.replace("width = 20", "width = 9"), encoding="utf-8")
    assert shown("特别是他在开幕大会上的讲话。", style.load(str(path))) == [
        "特别是他",
        "在开幕大会上的讲话",
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("lines = 1", "lines = 3", "lines is 3; allowed are lines from 1 to 2"),
        ("linger = 0.3", "linger = 2", "linger is 2; allowed are seconds from 0 to 0.5"),
        ("speed = 0", "", "speed is missing; allowed are characters a second from 0 to 100"),
        ('"spaces"', '"none"', "punctuation is 'none'; allowed are keep, spaces"),
        ("gap = 0", "gab = 0", "unknown key 'gab'; allowed are description, count, width"),
    ],
)
def test_a_mistake_in_a_style(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    path = tmp_path / "mine.toml"
    text = STYLES.find_path("video").read_text(encoding="utf-8")
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PresetError, match=complaint):
        style.load(str(path))


@pytest.mark.parametrize(
    ("key", "lowest", "highest", "step"),
    [
        ("width", 4, 200, 1),
        ("lines", 1, 2, 1),
        ("speed", 0, 100, 0.1),
        ("shortest", 0, 5, 0.1),
        ("longest", 1, 60, 0.1),
        ("gap", 0, 1, 0.1),
        ("linger", 0, 0.5, 0.1),
        ("close", 0, 0.5, 0.1),
    ],
)
def test_the_numbers_that_a_style_may_have(
    tmp_path: Path, key: str, lowest: float, highest: float, step: float
) -> None:
    text = STYLES.find_path("video").read_text(encoding="utf-8")

    def load_with(value: float) -> Style:
        path = tmp_path / "mine.toml"
        path.write_text(re.sub(rf"(?m)^{key} = \S+", f"{key} = {value}", text), encoding="utf-8")
        return style.load(str(path))

    for value in (lowest, highest):
        assert getattr(load_with(value), key) == value
    for value in (lowest - step, highest + step):
        with pytest.raises(PresetError, match=f"{key} is"):
            load_with(value)


def test_every_language_has_a_style() -> None:
    names = [style.load_for_language(tag).name for tag in ("zh-CN", "zh-TW", "en-US", "fr-FR")]
    assert names == ["video", "video", "netflix-en", "video"]
    with pytest.raises(PresetError, match="no style 'netflix'; did you mean 'netflix-"):
        style.load("netflix")


def test_a_half_width_character_counts_half() -> None:
    texts = ("你好", "abcd", "“你”", "5.2%")
    assert [VIDEO.count_characters(t) for t in texts] == [2, 2, 3, 2]
    assert [NETFLIX_EN.count_characters(t) for t in texts] == [4, 4, 6, 4]


@pytest.mark.parametrize(
    ("name", "speech", "rate"),
    [
        ("video", "zh", 0),
        ("vertical", "zh", 20),
        ("netflix-zh", "zh", 60),  # faster than the style wants it read
        ("verbatim", "zh", -30),
        ("netflix-en", "en", 250),
    ],
)
def test_a_whole_speech_in_every_style(name: str, speech: str, rate: int) -> None:
    """A change of these files is to be read: are the cues better for it?"""
    text = (GOLDEN / f"{speech}.txt").read_text("utf-8")
    voice = replace(TONE, language={"zh": "zh-CN", "en": "en-US"}[speech], rate=rate)
    timeline = spoken(text, voice)
    cues = tuple(segment(timeline, style.load(name)))
    composed = registry.compose("srt", Captions(cues, timeline, "", ""))
    assert composed == (GOLDEN / f"{name}.srt").read_text("utf-8")


WORDS = "我们 在 银行 长大 了 ， 。 ！ “ ” 、 * 5.2% …… —— hello 中国特色社会主义".split()


@given(
    st.lists(st.sampled_from(WORDS), max_size=60),
    st.sampled_from([style.load(name) for name in STYLES.list_files()]),
    st.randoms(use_true_random=False),
)
def test_any_text_any_style_any_timings(words: list[str], rules: Style, random: object) -> None:
    """Cues are in order, without overlap, not empty, within the sound; the text is complete."""
    text = "".join(words)
    utterances = lines_of(text, TONE, 60)
    if not utterances:
        return
    clips = [_clip(one, random) for one in utterances]
    timeline = place(utterances, clips, {"": Pauses()})
    cues = segment(timeline, rules)
    assert all(a.end <= b.start for a, b in pairwise(cues))
    assert all(0 <= c.start < c.end <= timeline.length for c in cues)
    assert all(c.text.strip() == c.text != "" for c in cues)
    assert all(line.strip() for c in cues for line in c.text.split("\n"))
    assert _bare("".join(c.text for c in cues)) == _bare(speech_of(text).text)


def _bare(text: str) -> str:
    return re.sub(r"[\s，。、；：,;]", "", text)


def _clip(one: Utterance, random: object) -> Clip:
    spans: list[Span | None] = []
    position = 0
    for token in one.tokens:
        start = position + random.randrange(0, 900)  # type: ignore[attr-defined]
        position = start + 1 + random.randrange(0, 9000)  # type: ignore[attr-defined]
        spans.append(Span(start, position) if token.voiced else None)
    return Clip(np.zeros(position, np.int16), 24_000, tuple(spans))


def test_a_sentence_recorded_in_two_lines_is_cut_as_one() -> None:
    one = line_of("今天，我们开会。", TONE)
    halves = [replace(one, tokens=one.tokens[:2]), replace(one, tokens=one.tokens[2:])]
    engine = Tone(TONE)
    timeline = place(halves, [engine.synthesize(half) for half in halves], {"": Pauses()})
    assert [cue.text for cue in segment(timeline, VIDEO)] == ["今天 我们开会"]
