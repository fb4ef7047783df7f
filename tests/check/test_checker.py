"""The check: our own productions pass, every spoilt one is caught and the fault named."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import srt

from speechcast import CheckError, SourceError, SpeechcastError, SubtitleOptions, make_speech
from speechcast.audio.encode import encode
from speechcast.audio.file_activity import AudioActivity, measure_activity
from speechcast.audio.stitch import stitch
from speechcast.check.checker import check
from speechcast.check.plot import PlotData, draw_plot
from speechcast.check.report import CheckReport
from speechcast.check.selfcheck import require_whole
from speechcast.check.timing import measure_offsets
from speechcast.engines.tone import Tone
from speechcast.model import Pauses, Span, Voice
from speechcast.production import Production
from speechcast.subtitles import style
from speechcast.subtitles.caption import Caption
from speechcast.subtitles.cue import Cue, CueToken
from speechcast.subtitles.read import read_captions
from speechcast.subtitles.segment import segment
from speechcast.subtitles.style import STYLES
from speechcast.timeline import place
from tests.support.speeches import EXAMPLES, heard, lines_of

SOURCE = EXAMPLES / "kaixue.txt"

Cues = list[srt.Subtitle]


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Production:
    return make_speech(SOURCE, voice="tone", output=tmp_path_factory.mktemp("made"))


def check_spoilt(
    production: Production, folder: Path, spoil: Callable[[Cues], Cues]
) -> CheckReport:
    """The check of the production's sound with its subtitles spoilt."""
    cues = spoil(list(srt.parse(production.subtitles[0].read_text(encoding="utf-8"))))
    path = folder / "spoilt.srt"
    path.write_text(srt.compose(cues, reindex=False), encoding="utf-8")
    return check(production.audio[0], path, SOURCE)


def shift_cue(cue: srt.Subtitle, start: float, scale: float = 1.0) -> srt.Subtitle:
    cue.start = cue.start * scale + timedelta(seconds=start)
    cue.end = cue.end * scale + timedelta(seconds=start)
    return cue


def kinds(report: CheckReport) -> set[str]:
    return {finding.kind for finding in report.failures}


def test_our_own_production_passes(production: Production) -> None:
    report = check(production.audio[0], production.subtitles[0], SOURCE, style.load("video"))
    assert report.failures == []
    assert report.verdict == "in sync and complete"
    assert report.figures["cues"] == len(production.cues)
    assert (report.figures["cue start against onset, worst"] or 0) <= 10
    assert report.figures["cue start against onset, drift"] == pytest.approx(0, abs=2)


@pytest.mark.slow
@pytest.mark.parametrize("name", STYLES.list_files())
@pytest.mark.parametrize("form", ["srt", "vtt", "ass"])
def test_every_style_and_format_passes(tone: Voice, tmp_path: Path, name: str, form: str) -> None:
    cue_style = style.load(name)
    options = SubtitleOptions(style=cue_style, formats=(form,))
    text = SOURCE.read_text(encoding="utf-8").replace("“", "").replace("”", "")
    (tmp_path / "speech.txt").write_text(text, encoding="utf-8")
    production = make_speech(tmp_path / "speech.txt", tone, tmp_path, subtitles=options)
    assert (
        check(
            production.audio[0], production.subtitles[0], tmp_path / "speech.txt", cue_style
        ).failures
        == []
    )


@pytest.mark.parametrize("by", [0.1, -0.1, 0.4, 3.0])
def test_a_shift_is_caught_and_measured(production: Production, tmp_path: Path, by: float) -> None:
    report = check_spoilt(production, tmp_path, lambda cues: [shift_cue(cue, by) for cue in cues])
    (finding,) = [f for f in report.failures if f.message.startswith("the subtitles come")]
    assert finding.kind == "timing"
    assert f"{abs(by) * 1000:.0f} ms {'late' if by > 0 else 'early'}" in finding.message
    assert report.figures["cue start against onset, median"] == pytest.approx(by * 1000, abs=5)


def test_a_stretch_is_caught_as_drift(production: Production, tmp_path: Path) -> None:
    report = check_spoilt(
        production, tmp_path, lambda cues: [shift_cue(cue, 0, 1.001) for cue in cues]
    )
    assert "drift" in kinds(report)
    expected = 0.75 * production.duration  # a thousandth of what lies between the quarters' middles
    assert report.figures["cue start against onset, drift"] == pytest.approx(expected, rel=0.2)


def test_a_dropped_cue_is_caught(production: Production, tmp_path: Path) -> None:
    def drop(cues: Cues) -> Cues:
        return [c for c in cues if c.index != 9]

    report = check_spoilt(production, tmp_path, drop)
    assert {"sound without a cue", "text missing", "trap"} <= kinds(report)
    (missing,) = [f for f in report.failures if f.kind == "text missing"]
    assert production.cues[8].text[:4] in missing.message


def test_two_swapped_cues_are_caught(production: Production, tmp_path: Path) -> None:
    def swap(cues: Cues) -> Cues:
        cues[8].content, cues[9].content = cues[9].content, cues[8].content
        return cues

    assert {"text missing", "text added"} <= kinds(check_spoilt(production, tmp_path, swap))


def test_a_sentence_cut_from_the_sound_is_caught(production: Production, tmp_path: Path) -> None:
    samples, rate = heard(production.audio[0])
    start, end = (production.cues[n].start * rate // production.rate for n in (8, 9))
    cut_out = np.concatenate((samples[:start], samples[end:]))
    path = tmp_path / "cut.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", ""))
        out.writeframes((cut_out * 32767).astype(np.int16).tobytes())
    report = check(path, production.subtitles[0], SOURCE)
    (jump,) = [f for f in report.failures if f.kind == "jump"]
    lost = end - start
    assert f"{lost * 1000 / rate:.0f} ms later" in jump.message
    assert jump.cue
    assert 9 <= jump.cue <= 11


def test_a_shift_that_fits_by_chance_is_not_followed() -> None:
    """The shift the cues before had is the likely one, where it fits nearly as many onsets."""
    starts = [3_000 * n + 37 * (n * n % 23) for n in range(1, 31)]
    late = {start - 400 for n, start in enumerate(starts) if n < 15 or n % 4}
    by_chance = {start - 1_700 for start in starts[15:]}
    sounds = tuple(Span(start, start + 200) for start in sorted(late | by_chance))
    heard = AudioActivity(1_000, 100_000, np.zeros(1), sounds)
    captions = [Caption(start, start + 900, "字") for start in starts]
    errors = {offset.error for offset in measure_offsets(captions, heard)}
    assert 400 in errors
    assert 1_700 not in errors


def test_what_accounts_for_every_onset_is_no_shift_at_all() -> None:
    """Long sentences have few pauses; what came before may by chance fit all their cues."""
    starts = [700 * n + 17 * (n * n % 23) for n in range(1, 81)]
    right = {start for n, start in enumerate(starts) if n % 4 == 0}
    by_chance = {start - 14_150 for start in starts[50:]}
    sounds = tuple(Span(start, start + 100) for start in sorted(right | by_chance))
    captions = [Caption(start, start + 300, "字") for start in starts]
    offsets = measure_offsets(captions, AudioActivity(1_000, 100_000, np.zeros(1), sounds))
    assert {o.error for o in offsets if o.cue > 66 and (o.cue - 1) % 4 == 0} == {0}


@pytest.mark.parametrize("pauses", [1, 2, 3])
def test_a_few_onsets_that_fit_by_chance_are_not_followed(pauses: int) -> None:
    """Speech almost without pauses has onsets at its start alone; all its cues begin with them."""
    starts = [300 + 1_150 * n + 41 * (n * n % 19) for n in range(40)]
    silences = {starts[n] for n in range(1, pauses + 1)}
    spans = [
        Span(a, b - (240 if b in silences else 70))
        for a, b in pairwise([*starts, starts[-1] + 900])
    ]
    heard = AudioActivity(1_000, 100_000, np.zeros(1), tuple(spans))
    captions = [Caption(a, b, "字") for a, b in pairwise([*starts, starts[-1] + 900])]
    offsets = measure_offsets(captions, heard)
    assert [offset.cue for offset in offsets] == list(range(1, pauses + 2))
    assert {offset.error for offset in offsets} == {0}


@pytest.mark.parametrize("by", [-2_000, 700, 9_000])
def test_a_few_cues_that_are_all_off_are_followed(by: int) -> None:
    starts = [12_000, 15_100, 19_700]
    heard = AudioActivity(1_000, 40_000, np.zeros(1), tuple(Span(s, s + 900) for s in starts))
    captions = [Caption(start + by, start + by + 900, "字") for start in starts]
    assert [offset.error for offset in measure_offsets(captions, heard)] == [by] * 3


def test_a_single_cue_astray_is_caught(production: Production, tmp_path: Path) -> None:
    def early(cues: Cues) -> Cues:
        n = next(
            i
            for i in range(5, len(cues))
            if (cues[i].start - cues[i - 1].end).total_seconds() > 0.1
        )
        cues[n].start -= timedelta(seconds=0.5)
        cues[n - 1].end = min(cues[n - 1].end, cues[n].start)
        return cues

    assert "timing" in kinds(check_spoilt(production, tmp_path, early))


def replace_text(cue: srt.Subtitle, text: str) -> srt.Subtitle:
    cue.content = text
    return cue


def cut_a_word(cues: Cues) -> Cues:
    cues[2].content += cues[3].content[0]  # the first character of 早上
    cues[3].content = cues[3].content[1:]
    return cues


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (
            lambda cues: [*cues[:3], replace_text(cues[3], "开会" + cues[3].content), *cues[4:]],
            "text added",
        ),
        (cut_a_word, "word cut"),
        (lambda cues: [*cues[:3], lengthened(cues[3]), *cues[4:]], "overlap"),
        (lambda cues: [*cues[:3], reversed_(cues[3]), *cues[4:]], "order"),
        (lambda cues: [*cues[:-1], shift_cue(cues[-1], 60)], "cue without sound"),
        (lambda cues: [shift_cue(c, 0) for c in cues[1:]], "trap"),
    ],
)
def test_other_faults_have_their_names(
    production: Production, tmp_path: Path, spoil: Callable[[Cues], Cues], kind: str
) -> None:
    assert kind in kinds(check_spoilt(production, tmp_path, spoil))


def lengthened(cue: srt.Subtitle) -> srt.Subtitle:
    cue.end += timedelta(seconds=2)
    return cue


def reversed_(cue: srt.Subtitle) -> srt.Subtitle:
    cue.start, cue.end = cue.end, cue.start
    return cue


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbf1\n00:00:00,300 --> 00:00:01,000\na\n", "byte order mark"),
        ("1\n00:00:00,300 --> 00:00:01,000\n开\n".encode("gb18030"), "not UTF-8"),
        (b"0\n00:00:00,300 --> 00:00:01,000\na\n", "cue 1 is numbered 0"),
        (b"1\n00:00:00.300 --> 00:00:01.000\na\n", "full stop before the milliseconds"),
        (b"1\n00:00:00,300 --> 00:00:01,000\n\n", "cue 1 is empty"),
    ],
)
def test_traps(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(data)
    _, traps = read_captions(path)
    assert any(text in trap.message for trap in traps)


def test_a_style_that_was_asked_for_is_held_to(production: Production) -> None:
    assert "width" in kinds(
        check(production.audio[0], production.subtitles[0], style=style.load("vertical"))
    )
    report = check(production.audio[0], production.subtitles[0])
    assert report.failures == []


def test_speed_is_named_never_failed(production: Production, tmp_path: Path) -> None:
    hasty = replace(style.load("video"), speed=3.0)
    report = check(production.audio[0], production.subtitles[0], style=hasty)
    assert "reading speed" in {f.kind for f in report.findings}
    assert report.failures == []
    del tmp_path


def test_the_report_is_for_programs_too(production: Production) -> None:
    report = check(production.audio[0], production.subtitles[0], SOURCE)
    read_back = json.loads(json.dumps(report.as_dict(), ensure_ascii=False))
    assert read_back["ok"] is True
    assert read_back["figures"]["cues"] == len(production.cues)
    assert read_back["figures"]["duration, seconds"] == round(production.duration, 3)


@pytest.mark.slow
def test_a_plot_is_drawn(production: Production, tmp_path: Path) -> None:
    check(production.audio[0], production.subtitles[0], plot=tmp_path / "check.png")
    assert (tmp_path / "check.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(SpeechcastError, match="cannot be written"):
        draw_plot(
            tmp_path / "none" / "check.png",
            PlotData(measure_activity(production.audio[0]), [], [], ()),
        )


@pytest.mark.parametrize(
    ("audio", "subtitles", "complaint"),
    [
        ("none.mp3", "good.srt", "none.mp3 does not exist"),
        ("good.srt", "good.srt", "good.srt is not an audio file"),
        ("good.mp3", "none.srt", "none.srt does not exist"),
        ("good.mp3", "bad.srt", "bad.srt is not valid SRT"),
        ("good.mp3", "good.mp3", "is not a subtitle file that speechcast reads"),
    ],
)
def test_what_cannot_be_checked(
    production: Production, tmp_path: Path, audio: str, subtitles: str, complaint: str
) -> None:
    (tmp_path / "good.mp3").write_bytes(production.audio[0].read_bytes())
    (tmp_path / "good.srt").write_bytes(production.subtitles[0].read_bytes())
    (tmp_path / "bad.srt").write_text("1\nno times\na\n")
    with pytest.raises(SourceError, match=complaint):
        check(tmp_path / audio, tmp_path / subtitles)


def test_listening_block_by_block_hears_what_the_whole_has(production: Production) -> None:
    """The levels are the same however the decoder cuts its blocks."""
    from speechcast.audio.activity import measure_frame_powers

    samples, rate = heard(production.audio[0])
    listened = measure_activity(production.audio[0])
    assert (listened.length, listened.rate) == (len(samples), rate)
    whole = measure_frame_powers((samples * 32768).astype(np.int16), rate)
    assert np.allclose(listened.power, whole)


def test_a_production_that_is_not_whole_is_not_delivered(tone: Voice, tmp_path: Path) -> None:
    utterances = lines_of("今天我们开会。明天我们休息。", tone, 200)
    engine = Tone(tone)
    timeline = place(utterances, [engine.synthesize(one) for one in utterances], {"": Pauses()})
    audio = tmp_path / "a.mp3"
    encode(stitch(timeline, {}), timeline.rate, audio)
    cues = segment(timeline, style.load("video"))
    require_whole(cues, timeline, audio)
    longer = replace(timeline, length=timeline.length + 1)
    spoilt_cues: list[tuple[Sequence[Cue], str]] = [
        (cues[:1], "do not show the text as it is at “明天我们休息”"),
        ([cues[0], replace(cues[1], start=cues[0].end - 1)], "cue 2 overlaps"),
        ([replace(cues[0], end=cues[0].start), cues[1]], "cue 1 is empty or outside"),
        ([replace(cues[0], tokens=(CueToken("今天", None),)), cues[1]], "do not show the text"),
    ]
    for wrong, complaint in spoilt_cues:
        with pytest.raises(CheckError, match=complaint):
            require_whole(wrong, timeline, audio)
    with pytest.raises(CheckError, match="samples, the timeline"):
        require_whole(cues, longer, audio)


# Each has what one player or another takes for a command, or a reader for a line of times.
HOSTILE = """路线是甲 --> 乙，再往前走。

{\\an8}这一句在上面。他写下\\N两个字。若 x<y 且 y>z，则成立。<i>重要</i>的话。&lt;是一个符号。

[00:12.00]这是歌词。[ar:某人]是标签。｛全角｝与 {半角} 不同。

2023

00:00:01,000 --> 00:00:02,000

结束了。
"""


@pytest.mark.slow
def test_make_and_check_agree_about_text_that_players_take_for_commands(
    tone: Voice, tmp_path: Path
) -> None:
    source = tmp_path / "hostile.txt"
    source.write_text(HOSTILE, encoding="utf-8")
    forms = ("srt", "vtt", "ass", "lrc", "json")
    production = make_speech(source, tone, tmp_path, subtitles=SubtitleOptions(formats=forms))
    for path in production.subtitles:
        report = check(production.audio[0], path, source)
        assert report.failures == [], path
        shown = [c.text for c in read_captions(path)[0]]
        assert shown == [cue.text for cue in production.cues], path


def test_full_width_times_and_times_without_hours_are_named_as_such(
    production: Production, tmp_path: Path
) -> None:
    """They are no lines of times to most players, however well a tolerant reader takes them."""
    good = production.subtitles[0].read_text(encoding="utf-8")
    spoilt = {
        "full-width ：， in the times": good.replace(":", "：").replace(",", "，"),
        "a time without hours": good.replace("00:00:", "00:"),
    }
    for trap, text in spoilt.items():
        path = tmp_path / "spoilt.srt"
        path.write_text(text, encoding="utf-8")
        report = check(production.audio[0], path, SOURCE)
        (finding,) = report.failures
        assert (finding.kind, finding.message.partition(": ")[0]) == ("trap", "line 2")
        assert trap in finding.message
