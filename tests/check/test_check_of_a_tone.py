"""The check of a tone and its subtitles: what is read, compared and measured."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from speechcast.check.checker import check
from speechcast.check.report import CheckReport
from speechcast.errors import OutputError
from speechcast.subtitles import style
from speechcast.subtitles.style import Style

GOOD = "1\n00:00:00,100 --> 00:00:00,990\n好\n"


def check_tone(
    folder: Path,
    subtitles: str,
    *,
    samples: int = 23_980,
    source: str | None = None,
    chosen: Style | None = None,
    plot: str | None = None,
) -> CheckReport:
    """The check of a tone that begins after 100 ms, at 24 kHz, with these subtitles."""
    tones = 9000 * np.sin(np.arange(samples) / 5) * (np.arange(samples) >= 2400)
    with wave.open(str(folder / "a.wav"), "wb") as out:
        out.setparams((1, 2, 24_000, 0, "NONE", ""))
        out.writeframes(tones.astype("<i2").tobytes())
    (folder / "a.srt").write_text(subtitles, encoding="utf-8")
    speech = None
    if source is not None:
        speech = folder / "a.txt"
        speech.write_text(source, encoding="utf-8")
    picture = folder / plot if plot else None
    return check(folder / "a.wav", folder / "a.srt", speech, chosen, picture)


@pytest.mark.parametrize(("samples", "seconds"), [(23_980, 0.999), (24_001, 1.0), (23_985, 0.999)])
def test_the_duration_is_rounded_to_milliseconds(
    tmp_path: Path, samples: int, seconds: float
) -> None:
    report = check_tone(tmp_path, "1\n00:00:00,100 --> 00:00:00,990\n好\n", samples=samples)
    assert report.figures["duration, seconds"] == seconds
    assert report.figures["cues"] == report.figures["cues that follow a pause"] == 1


@pytest.mark.parametrize(
    ("text", "language"), [("字" * 40, "zh"), ("many words " * 9, "en"), ("9" * 60, "zh")]
)
def test_the_style_is_that_of_the_language(tmp_path: Path, text: str, language: str) -> None:
    """Of a text without any it is that of Chinese; its rules are notes, for nobody chose it."""
    report = check_tone(tmp_path, f"1\n00:00:00,100 --> 00:00:00,990\n{text}\n")
    (width,) = [f for f in report.findings if f.kind == "width"]
    expected = style.load_for_language(language)
    assert f"{expected.name} allows {expected.width:g}" in width.message
    assert width.note


@pytest.mark.parametrize(
    ("subtitles", "note"),
    [
        ("\ufeff1\n00:00:00,100 --> 00:00:00,990\n好\n", True),
        ("1\n00:00:00,100 --> 00:00:00,990 X1:1 Y1:1\n好\n", True),
        ("1\n00:00:00.100 --> 00:00:00.990\n好\n", False),
    ],
)
def test_a_trap_that_costs_nothing_is_a_note(tmp_path: Path, subtitles: str, note: bool) -> None:
    (trap,) = [f for f in check_tone(tmp_path, subtitles).findings if f.kind == "trap"]
    assert trap.note is note


def kinds(report: CheckReport) -> list[tuple[str, bool]]:
    return [(finding.kind, finding.note) for finding in report.findings]


def test_the_text_is_compared_with_the_speech_if_there_is_one(tmp_path: Path) -> None:
    assert check_tone(tmp_path, GOOD).failures == []
    assert check_tone(tmp_path, GOOD, source="好。").failures == []
    assert ("text missing", False) in kinds(check_tone(tmp_path, GOOD, source="好，再见。"))


def test_a_style_that_was_chosen_must_be_kept(tmp_path: Path) -> None:
    narrow = replace(style.load("video"), width=0.5)
    report = check_tone(tmp_path, GOOD, chosen=narrow)
    assert ("width", False) in kinds(report)
    assert report.figures["widest line, characters"] == 1


def test_the_figures_of_the_timing(tmp_path: Path) -> None:
    late = GOOD.replace("00,100", "00,190")
    report = check_tone(tmp_path, late)
    assert ("timing", False) in kinds(report)
    assert report.figures["cue start against onset, median"] == pytest.approx(90, abs=5)


def test_sound_without_a_cue_and_the_order_of_cues(tmp_path: Path) -> None:
    report = check_tone(tmp_path, "1\n00:00:00,100 --> 00:00:00,400\n好\n")
    assert ("sound without a cue", False) in kinds(report)
    report = check_tone(tmp_path, GOOD.replace("00,990", "01,100"))
    assert ("order", False) in kinds(report)


def test_a_picture_is_drawn_and_replaces_nothing_that_is_read(tmp_path: Path) -> None:
    check_tone(tmp_path, GOOD, plot="a.png")
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    for name in ("a.wav", "a.srt", "a.txt"):
        with pytest.raises(OutputError, match="would replace"):
            check_tone(tmp_path, GOOD, source="好。", plot=name)
