"""The picture of a production: its rows, its cues, its faults."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from speechcast.audio.file_activity import AudioActivity
from speechcast.check import plot
from speechcast.check.plot import ASTRAY, FAULTY, GOOD, PlotData, draw_plot, require_picture
from speechcast.check.report import Finding
from speechcast.errors import OutputError, SpeechcastError, UsageError
from speechcast.subtitles.caption import Caption

RATE = 400  # a frame of the waveform is one sample


def sound(power: list[float], length: int | None = None) -> AudioActivity:
    return AudioActivity(RATE, length or len(power), np.array(power), ())


def cue(start: float, end: float) -> Caption:
    return Caption(round(1000 * start), round(1000 * end), "字")


def drawn(data: PlotData, start: int, length: int) -> Axes:
    """A row of the picture, with all that was drawn there."""
    axes: Axes = Figure().subplots()
    plot._draw_row(axes, start, length, data)
    return axes


def texts_of(axes: Axes) -> list[str]:
    return [text.get_text().strip() for text in axes.texts]


def test_a_fault_is_named_in_english_unless_a_font_has_other_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plot, "_", {"gap": "间隔太短"}.get)
    axes: Axes = Figure().subplots()
    plot._draw_finding(axes, "gap", 1.0, None)
    plot._draw_finding(axes, "gap", 2.0, "Noto Sans CJK SC")
    assert texts_of(axes) == ["gap", "间隔太短"]
    assert axes.texts[1].get_fontfamily() == ["Noto Sans CJK SC"]


def test_a_font_that_matplotlib_has_not_listed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    font = plot._find_chinese_font()
    if font is None:
        pytest.skip("no font for Chinese is installed")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    assert plot._find_chinese_font() == font


@pytest.mark.parametrize(
    ("seconds", "rows", "row_seconds"),
    [(0.1, 1, 30), (30, 1, 30), (30.1, 2, 30), (720, 24, 30), (720.1, 19, 40), (3600, 24, 150)],
)
def test_a_row_covers_half_a_minute_or_more_in_tens(
    seconds: float, rows: int, row_seconds: int
) -> None:
    assert plot._divide(seconds) == (rows, row_seconds)


def test_a_cue_is_faulty_or_astray_or_one_of_two_colors() -> None:
    findings = [
        Finding("gap", "x", cue=1),
        Finding("gap", "x", cue=2, note=True),
        Finding("timing", "x", position=0),
    ]
    data = PlotData(sound([1.0]), [], findings, {1, 3})
    assert [data.color(n) for n in range(5)] == [GOOD[0], FAULTY, GOOD[0], ASTRAY, GOOD[0]]
    assert data.color(5) == GOOD[1]


def test_a_row_shows_the_cues_that_it_touches() -> None:
    cues = [cue(0, 29), cue(29, 30), cue(30, 31), cue(59, 61), cue(60, 62), cue(61, 63)]
    axes = drawn(PlotData(sound([1.0] * 100), cues, [], ()), 30, 30)
    assert texts_of(axes) == ["2", "3", "4", "5"]
    assert axes.get_xlim() == (30, 60)
    (bar,) = axes.collections[2].get_paths()
    assert bar.get_extents().extents == pytest.approx([30, -1.35, 31, -1.05])
    assert [line.get_xdata()[0] for line in axes.lines] == [29, 30, 59, 60]  # type: ignore[index]


def test_a_row_shows_the_faults_within_it() -> None:
    findings = [
        Finding("before", "x", position=29_999),
        Finding("first", "x", position=30_000),
        Finding("note", "x", position=40_000, note=True),
        Finding("nowhere", "x"),
        Finding("last", "x", position=59_999),
        Finding("after", "x", position=60_000),
    ]
    axes = drawn(PlotData(sound([1.0] * 100), [], findings, ()), 30, 30)
    assert texts_of(axes) == ["first", "last"]


@pytest.mark.parametrize(("seconds", "label"), [(0, "0:00"), (59, "0:59"), (3601, "60:01")])
def test_times_are_minutes_and_seconds(seconds: int, label: str) -> None:
    axes = drawn(PlotData(sound([1.0] * 100), [], [], ()), 0, 30)
    assert axes.xaxis.get_major_formatter()(seconds) == label


def test_a_waveform_is_measured_against_the_loudest_of_the_whole_sound() -> None:
    times, levels = plot._waveform(sound([0.25] * RATE + [1.0] + [0.01] * (RATE - 1)), 0, 1)
    assert np.allclose(times, np.arange(RATE) / RATE)
    assert np.allclose(levels, 0.5)
    times, levels = plot._waveform(sound([0.25] * RATE + [1.0] + [0.01] * (RATE - 1)), 1, 1)
    assert np.allclose(times, 1 + np.arange(RATE) / RATE)
    assert np.allclose(levels, [1.0] + [0.1] * (RATE - 1))


def test_of_a_long_row_each_point_is_the_loudest_of_several_frames() -> None:
    power = np.tile([0.04, 0.01, 0.25, 1.0], 3 * 30 * RATE // 4).tolist()
    times, levels = plot._waveform(sound(power), 30, 6)
    assert (times[0], len(times)) == (30, 1200)
    assert times[1] == pytest.approx(30 + 2 / RATE)
    assert np.allclose(levels, [0.2, 1.0] * 600)


def test_silence_is_drawn_as_such() -> None:
    _, levels = plot._waveform(sound([0.0] * RATE), 0, 1)
    assert levels.tolist() == [0.0] * RATE


def test_the_picture_has_a_row_for_each_half_minute(tmp_path: Path) -> None:
    data = PlotData(sound([1.0] * 100, 31 * RATE), [cue(1, 2)], [], ())
    draw_plot(tmp_path / "a.png", data)
    head = (tmp_path / "a.png").read_bytes()[:24]
    width, height = (int.from_bytes(head[i : i + 4]) for i in (16, 20))
    assert (width, height) == (16 * 90, round((2 * 1.1 + 0.6) * 90))


@pytest.mark.parametrize(
    ("name", "reason"), [("a.xyz", "Format 'xyz' is not supported"), ("none/a.svg", "No such file")]
)
def test_why_a_picture_cannot_be_written(tmp_path: Path, name: str, reason: str) -> None:
    data = PlotData(sound([1.0] * 100, RATE), [], [], ())
    with pytest.raises(SpeechcastError, match=rf"cannot be written \({reason}"):
        draw_plot(tmp_path / name, data)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.png", "a.PDF", "a.webp"])
def test_the_name_of_a_picture(tmp_path: Path, name: str) -> None:
    require_picture(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("a.gif", r"a\.gif'; the name must end in \.png, \.jpg, \.svg, \.pdf or \.webp"),
        ("a", "the name must end in"),
        ("none/a.png", "that is no file in a folder that exists"),
        ("folder.png", "that is no file in a folder that exists"),
    ],
)
def test_no_name_of_a_picture(tmp_path: Path, name: str, complaint: str) -> None:
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UsageError, match=complaint):
        require_picture(tmp_path / name)


def test_a_picture_that_cannot_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch(mode=0o444)
    with pytest.raises(OutputError, match=r"a\.png is a read-only file there"):
        require_picture(tmp_path / "a.png")
