"""`speechcast dub` as a user calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from speechcast.audio.decode import decode_audio
from speechcast.cli.app import app
from speechcast.cli.dub import _parse_cast
from speechcast.errors import UsageError
from speechcast.subtitles.read import read_captions
from tests.support.players import LISTEN, POSIX, install_player, read_raw, search_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINES = """1
00:00:00,500 --> 00:00:01,500
♪ [掌声]

2
00:00:02,000 --> 00:00:03,000
主持人：大家好，

3
00:00:03,100 --> 00:00:04,000
开会。
"""
CROWDED = LINES.replace("大家好，", "大家好，今天我们在这里一起开一个会，")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.srt").write_text(LINES, encoding="utf-8")
    (tmp_path / "crowded.srt").write_text(CROWDED, encoding="utf-8")
    return tmp_path


Dub = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dub(capsys: pytest.CaptureFixture[str]) -> Dub:
    """Return what runs the command in this process: its exit code, and what it prints."""

    def run_in_process(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as exit_:
            app(["dub", *arguments], prog_name="speechcast")
        code = exit_.value.code
        assert isinstance(code, int)
        return code, *capsys.readouterr()

    return run_in_process


def test_the_sound_and_the_subtitles_are_written_and_described(folder: Path, dub: Dub) -> None:
    code, out, error = dub(
        "lines.srt", "--voice", "tone", "--format", "wav", "--subtitles", "srt,ass"
    )
    assert code == 0, error
    written = {path.name for path in (folder / "output").iterdir()}
    assert written == {"lines.wav", "lines.srt", "lines.ass"}
    assert "2 spoken, 2 of them from their first sample on, 1 only shown" in out
    assert "shown, not spoken: 2 ([掌声], 主持人：)" in out


SONGS = """1
00:00:00,500 --> 00:00:02,500
♪ 啦啦啦 ♪

2
00:00:03,000 --> 00:00:05,000
♪ 啦啦 ♪

感谢观看
"""


def test_songs_are_spoken_only_if_so_requested(folder: Path, dub: Dub) -> None:
    (folder / "songs.srt").write_text(SONGS.replace("\n感谢观看", ""), encoding="utf-8")
    code, _, error = dub("songs.srt", "--voice", "tone")
    assert (code, error) == (
        1,
        "error: songs.srt has no words to speak but those of songs (♪); with --lyrics they are "
        "spoken\n",
    )
    code, out, error = dub("songs.srt", "--voice", "tone", "--lyrics", "--format", "wav")
    assert code == 0, error
    assert "2 spoken, 2 of them from their first sample on" in out


def test_what_follows_a_blank_line_in_a_cue_is_named(folder: Path, dub: Dub) -> None:
    (folder / "songs.srt").write_text(SONGS, encoding="utf-8")
    code, _, error = dub("songs.srt", "--voice", "tone", "--format", "wav")
    assert code == 0, error
    assert (
        "note: songs.srt, line 8: cue 2 has a blank line in it, which ends it early; what follows "
        "is spoken with it\n"
    ) in error


def test_a_text_that_is_too_long_is_named_and_fails(folder: Path, dub: Dub) -> None:
    code, out, error = dub("crowded.srt", "--voice", "tone")
    assert code == 1
    assert "too long: the cue at 00:00:02.000 (line 6, “主持人：大家好，" in error
    assert error.splitlines()[-1].startswith("error: 1 text is too long")
    assert not (folder / "output").exists()
    code, out, error = dub("crowded.srt", "--voice", "tone", "--overrun", "--format", "wav")
    assert code == 0
    assert "1 cue begins late" in out
    assert "too long: the cue at 00:00:02.000" in out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["none.srt"], "none.srt does not exist"),
        (["lines.srt", "--limits", "2"], "--limits is '2'; it must be two numbers"),
        (["lines.srt", "--cast", "主持人"], "--cast is '主持人'; it must be like ANNA=heart"),
        (["lines.srt", "--cast", "主持人=nobody"], "there is no preset 'nobody'"),
        (["lines.srt", "--voice", "tone", "--cast", "X=tone"], "--cast gives a voice to X"),
        (["lines.srt", "--duck", "9"], "--duck lowers the original sound"),
        (["lines.srt", "--over", "none.mp4"], "none.mp4 does not exist"),
        (["lines.srt", "-o", "."], "lines.srt would replace lines.srt, which is read"),
        (["lines.srt", "--voice", "heart"], "the text is Chinese"),
    ],
)
def test_what_is_wrong_is_one_line(
    folder: Path, dub: Dub, arguments: list[str], complaint: str
) -> None:
    code, _, error = dub(*arguments)
    assert code in (1, 2)
    assert complaint in error
    assert error.count("\n") == 1
    assert {path.name for path in folder.iterdir()} == {"lines.srt", "crowded.srt"}


def sound_of(path: Path) -> NDArray[np.int16]:
    return np.concatenate([block for _, block in decode_audio(path)])


def test_every_cue_is_spoken_and_shown_later(folder: Path, dub: Dub) -> None:
    code, _, error = dub("lines.srt", "--voice=tone", "--format=wav", "--offset=1.25")
    assert code == 0, error
    captions, _ = read_captions(folder / "output/lines.srt")
    assert [(c.start, c.end) for c in captions] == [(1750, 2750), (3250, 4250), (4350, 5250)]
    first = np.flatnonzero(sound_of(folder / "output/lines.wav"))[0]
    assert first * 1000 / 24_000 == pytest.approx(3250, abs=1)


def test_no_cue_is_moved_to_before_the_beginning(folder: Path, dub: Dub) -> None:
    code, _, error = dub("lines.srt", "--voice=tone", "--offset=-0.6")
    assert (code, error.count("\n")) == (2, 1)
    assert "--offset is -0.6, but cue 1 begins after 0.5 seconds" in error
    assert not (folder / "output").exists()


@POSIX
def test_the_dubbing_is_played_to_the_sample(
    folder: Path, dub: Dub, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = install_player(folder, "paplay", LISTEN)
    monkeypatch.setenv("PATH", search_path(folder)["PATH"])
    code, _, error = dub("lines.srt", "--voice=tone", "--format=wav", "--play")
    assert code == 0, error
    played, written = read_raw(heard), sound_of(folder / "output/lines.wav")
    assert len(played) == len(written)
    assert ((played == 0) == (written == 0)).mean() > 0.99


@pytest.mark.parametrize("entry", ["", "=", "ANNA", "ANNA=", "=heart", " = heart"])
def test_a_cast_names_a_speaker_and_a_voice(entry: str) -> None:
    with pytest.raises(UsageError, match=f"--cast is '{entry}'; it must be like ANNA=heart"):
        _parse_cast([entry])


def test_of_two_voices_for_a_speaker_the_later_holds() -> None:
    assert _parse_cast(["ANNA=aria", "A=B = heart", "ANNA=tone"]) == {
        "ANNA": "tone",
        "A=B": "heart",
    }
