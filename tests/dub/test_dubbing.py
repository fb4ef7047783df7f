"""Subtitles are spoken on their times, by the engine whose every sample is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechcast.audio.decode import decode_audio
from speechcast.dub.checks import find_starts
from speechcast.dub.dubbing import Dubbed, dub_subtitles
from speechcast.dub.rates import USUAL_LIMITS, Limits, parse_limits
from speechcast.dub.report import describe_misfits, describe_rates
from speechcast.dub.request import prepare_dubbing, read_subtitles
from speechcast.errors import MisfitError, SourceError, TextError, UsageError
from speechcast.preferences import Preferences
from speechcast.produce import make_speech
from speechcast.request import AudioOptions, SubtitleOptions, resolve_request
from speechcast.script.unspoken import is_heard
from speechcast.subtitles.captions import Captions
from speechcast.subtitles.read import read_captions
from speechcast.synthesis.resources import NO_CACHE
from speechcast.units import Milliseconds

RATE = 24_000
CHARACTER = 200  # ms that `tone` takes for a character at its own rate
Cue = tuple[Milliseconds, Milliseconds, str]


def timecode(ms: Milliseconds) -> str:
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{rest:03}"


def write_srt(path: Path, cues: Sequence[Cue]) -> Path:
    blocks = (
        f"{number}\n{timecode(start)} --> {timecode(end)}\n{text}\n\n"
        for number, (start, end, text) in enumerate(cues, 1)
    )
    path.write_text("".join(blocks), "utf-8")
    return path


def dub(
    path: Path,
    *,
    limits: Limits = USUAL_LIMITS,
    overrun: bool = False,
    cast: dict[str, str] | None = None,
    formats: tuple[str, ...] = ("srt",),
) -> Dubbed:
    """Dub a file with tones, into the folder `out` beside it."""
    subtitles = read_subtitles(path)
    request = resolve_request(
        subtitles.document,
        path.stem,
        path.parent / "out",
        Preferences(voice="tone", cast=cast or {}),
        SubtitleOptions(formats=formats),
        force=True,
        audio=AudioOptions(formats=("wav",), loudness="none"),
    )
    dubbing = prepare_dubbing(request, subtitles, limits, overrun=overrun)
    return dub_subtitles(dubbing, resources=NO_CACHE)


def heard_ms(result: Dubbed) -> list[float]:
    """Return when the first word of each spoken cue is heard, from the timeline."""
    return [phrase.start * 1000 / RATE for cue in result.cues for phrase in cue.phrases[:1]]


def sounding(path: Path) -> list[tuple[float, float]]:
    """Return from when to when the file itself sounds, in ms: dips of 30 ms do not part it."""
    samples = [abs(int(s)) > 0 for _, block in decode_audio(path) for s in block]
    text = "".join("x" if s else "." for s in samples)
    return [
        (m.start() * 1000 / RATE, m.end() * 1000 / RATE)
        for m in re.finditer(r"x(?:\.{0,720}x)*", text)
    ]


@pytest.mark.parametrize(
    ("cues", "starts"),
    [
        ([(500, 2000, "开会。"), (3000, 4000, "散会。")], [500, 3000]),
        # one breath: parted where the second cue begins
        ([(500, 2000, "今天"), (2100, 3000, "开会。")], [500, 2100]),
        # the next cue begins within the breath, to the millisecond
        ([(0, 800, "今天我们"), (801, 2000, "开会。")], [0, 801]),
        # a sentence that ends in a cue, and one that begins there
        ([(100, 1000, "今天"), (1100, 4000, "开会。明天"), (5000, 6000, "散会。")],
         [100, 1100, 5000]),
        # only shown: music, sounds
        ([(0, 1000, "♪"), (1000, 2000, "[掌声]"), (2500, 4000, "♪\n开会。")], [2500]),
        # in no order
        ([(3000, 4000, "散会。"), (500, 2000, "开会。")], [500, 3000]),
        # overlapping
        ([(0, 5000, "开会。"), (1000, 5000, "散会。")], [0, 1000]),
    ],
)  # fmt: skip
def test_every_cue_is_heard_on_its_time(
    tmp_path: Path, cues: list[Cue], starts: list[Milliseconds]
) -> None:
    result = dub(write_srt(tmp_path / "a.srt", cues))
    assert heard_ms(result) == starts
    onsets = [start for start, _ in sounding(result.audio[0])]
    for start in starts:
        if any(start - 40 > end for _, end in sounding(result.audio[0])) or start == starts[0]:
            assert min(abs(start - onset) for onset in onsets) < 0.1  # a tone rises from 0


def test_the_subtitles_are_those_that_went_in(tmp_path: Path) -> None:
    path = write_srt(tmp_path / "a.srt", [(0, 1500, "<i>开会</i>\n♪ 好"), (2000, 3000, "[掌声]")])
    dub(path, formats=("srt", "vtt", "json"))
    assert (tmp_path / "out/a.srt").read_bytes() == path.read_bytes()
    captions, traps = read_captions(tmp_path / "out/a.vtt")
    assert [(c.start, c.end, c.text) for c in captions] == [
        (0, 1500, "开会\n♪ 好"),
        (2000, 3000, "[掌声]"),
    ]
    assert traps == []


@pytest.mark.parametrize(
    ("cues", "rates"),
    [
        ([(0, 500, "一二三四"), (2000, 3000, "好")], "2 sentences, all at the voice's own rate"),
        ([(0, 500, "一二三四。"), (700, 1500, "好。")], "2 sentences, 1 faster, by up to 25 %"),
        ([(0, 500, "一二三四。"), (800, 1500, "好。")], "2 sentences, 1 faster, by up to 9 %"),
        # goes on by itself, a little slower
        ([(0, 900, "一二三四"), (900, 2000, "五六。")], "1 sentence, 1 slower, by up to 11 %"),
        # … but is not drawled where a pause remains in any case
        ([(0, 900, "一二"), (1200, 2000, "五六。")], "1 sentence, all at the voice's own rate"),
    ],
)
def test_a_sentence_is_hurried_only_after_the_silence_is_used(
    tmp_path: Path, cues: list[Cue], rates: str
) -> None:
    result = dub(write_srt(tmp_path / "a.srt", cues))
    assert describe_rates(result.rates, result.dubbing) == rates


def test_the_most_crowded_cue_of_a_sentence_sets_its_rate(tmp_path: Path) -> None:
    cues = [(0, 800, "一二三四"), (800, 1440, "五六七八"), (1440, 3000, "九")]
    result = dub(write_srt(tmp_path / "a.srt", cues))
    assert list(result.rates.values()) == [25]
    assert heard_ms(result) == [0, 800, 1440]


TOO_LONG = [(0, 300, "一二三四五六七八九十。"), (500, 1000, "好。"), (4000, 5000, "散会。")]


def test_what_does_not_fit_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(MisfitError) as error:
        dub(write_srt(tmp_path / "a.srt", TOO_LONG))
    # 10 characters take 1.6 s at 1.25 times the rate
    assert error.value.misfits == (
        "the cue at 00:00:00.000 (line 2, “一二三四五六七八九十。”) by 1.10 s, about 8 characters",
    )
    assert "--overrun" in str(error.value)
    assert "\n" not in str(error.value)
    assert not (tmp_path / "out").exists()


def test_an_overrun_delays_the_next_cue_and_nothing_is_lost(tmp_path: Path) -> None:
    result = dub(write_srt(tmp_path / "a.srt", TOO_LONG), overrun=True)
    assert heard_ms(result) == [0, 1660, 4000]
    assert [cue.late * 1000 / RATE for cue in result.cues] == [0, 1160, 0]
    assert len(list(describe_misfits(result.cues, result.dubbing, RATE))) == 1
    spoken = sum(end - start for start, end in sounding(result.audio[0]))
    assert spoken == pytest.approx(10 * CHARACTER / 1.25 + CHARACTER / 1.0 + 2 * CHARACTER, abs=60)


def test_wider_limits_make_it_fit(tmp_path: Path) -> None:
    cues = [(0, 300, "一二三四五。"), (700, 1000, "好。")]
    with pytest.raises(MisfitError):
        dub(write_srt(tmp_path / "a.srt", cues))
    result = dub(tmp_path / "a.srt", limits=parse_limits("0.85-1.6"))
    assert heard_ms(result) == [0, 700]


def test_each_speaker_has_their_voice(tmp_path: Path) -> None:
    (tmp_path / "low.toml").write_text(
        'description = "low"\nengine = "tone"\nvoice = "sine"\nlanguage = "zh-CN"\n'
        'pitch = "-50Hz"\n'
    )
    cues = [(0, 1000, "小李：开会。"), (2000, 3000, "- 好。\n- 小李：散会。")]
    cast = {"小李": str(tmp_path / "low.toml")}
    result = dub(write_srt(tmp_path / "a.srt", cues), cast=cast)
    speakers = [clip.utterance.speaker for clip in result.timeline.clips]
    assert speakers == ["小李", "", "小李"]
    with pytest.raises(UsageError, match="--cast gives a voice to 小王, but no cue"):
        dub(tmp_path / "a.srt", cast={"小王": "tone"})


@pytest.mark.parametrize(
    ("cues", "error", "complaint"),
    [
        ([(0, 1000, "♪"), (2000, 3000, "[掌声]")], TextError, "has no words to speak"),
        ([(0, 1000, "好"), (90_000_000, 90_001_000, "好")], SourceError, "cue 2 is more than 24"),
    ],
)
def test_what_is_refused(
    tmp_path: Path, cues: list[Cue], error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error, match=complaint):
        dub(write_srt(tmp_path / "a.srt", cues))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["fast", "1.1-1.2", "0.85", "0.4-1.2", "0.9-2.1", "nan-nan", ""])
def test_limits_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="--limits is"):
        parse_limits(text)


def test_empty_and_endless_cues(tmp_path: Path) -> None:
    cues = [(0, 0, "好。"), (1000, 900, "好。"), (2000, 3000, ""), (2500, 2600, "好。")]
    assert heard_ms(dub(write_srt(tmp_path / "a.srt", cues))) == [0, 1000, 2500]


def test_two_cues_at_once_are_not_spoken_over_each_other(tmp_path: Path) -> None:
    path = write_srt(tmp_path / "a.srt", [(0, 1000, "一二。"), (0, 1000, "三四。")])
    with pytest.raises(MisfitError, match=r"by 0\.32 s, about 3 characters"):
        dub(path)
    assert heard_ms(dub(path, overrun=True)) == [0, 380]


@pytest.mark.slow
def test_ten_thousand_cues(tmp_path: Path) -> None:
    cues = [(n * 500, n * 500 + 400, "好。") for n in range(10_000)]
    assert heard_ms(dub(write_srt(tmp_path / "a.srt", cues))) == [c[0] for c in cues]


CUES = st.lists(
    st.tuples(
        st.integers(0, 3000),  # ms from the start of the one before
        st.integers(0, 3000),  # ms that it is shown
        st.text(st.sampled_from("一二三好。，？\n ♪a"), min_size=1, max_size=10),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CUES)
def test_random_times_are_kept_or_named(tmp_path: Path, drawn: list[tuple[int, int, str]]) -> None:
    cues: list[Cue] = []
    for gap, length, text in drawn:
        start = (cues[-1][0] if cues else 0) + gap
        cues.append((start, start + length, text))
    path = write_srt(tmp_path / "a.srt", cues)
    try:
        result = dub(path)
    except TextError:
        assert not any(is_heard(text) for _, _, text in cues)
        return
    except MisfitError as exc:
        misfits = exc.misfits
        late = dub(path, overrun=True)
        assert len(misfits) == sum(cue.excess > 0 for cue in late.cues) > 0
        assert all(cue.late >= 0 for cue in late.cues)
        return
    starts = [c.start for c in read_subtitles(path).captions]
    assert heard_ms(result) == [starts[cue.need.cue] for cue in result.cues]
    spoken = [i for i, c in enumerate(read_subtitles(path).captions) if is_heard(c.text)]
    assert [cue.need.cue for cue in result.cues] == spoken


SPEECH = st.lists(
    st.text(st.sampled_from("一二三四五六七八九十百天地人好"), min_size=1, max_size=30),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SPEECH, st.sampled_from(["，", "。", "。\n\n", "？"]))
def test_what_make_writes_is_heard_at_the_same_times(
    tmp_path: Path, clauses: list[str], mark: str
) -> None:
    speech = tmp_path / "speech.txt"
    speech.write_text(mark.join(clauses) + "。", "utf-8")
    production = make_speech(
        speech,
        "tone",
        tmp_path,
        audio=AudioOptions(formats=("wav",), loudness="none"),
        resources=NO_CACHE,
    )
    result = dub(production.subtitles[0])
    assert heard_ms(result) == [cue.start * 1000 // RATE for cue in production.cues]
    captions = Captions(production.cues, result.timeline, "", "zh-CN")
    assert len(find_starts(captions)) == len(result.cues)


@pytest.mark.parametrize("suffix", ["srt", "vtt", "ass"])
def test_every_format_of_make_comes_back(tmp_path: Path, suffix: str) -> None:
    speech = tmp_path / "speech.txt"
    speech.write_text("同志们，大家好！今天开会，讨论三件事。（掌声）谢谢大家。", "utf-8")
    production = make_speech(
        speech,
        "tone",
        tmp_path,
        subtitles=SubtitleOptions(formats=(suffix,)),
        audio=AudioOptions(formats=("wav",), loudness="none"),
        resources=NO_CACHE,
    )
    expected = [caption.start for caption in read_captions(production.subtitles[0])[0]]
    assert heard_ms(dub(production.subtitles[0])) == expected
