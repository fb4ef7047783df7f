"""Sound beside the files of a command: what is said where it cannot be played."""

from __future__ import annotations

import pytest
import typer

from speechcast.cli.playing import Accompaniment, accompany

Captured = pytest.CaptureFixture[str]


def test_without_a_player_the_files_are_made_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("SPEECHCAST_PLAYER", "nobody")
    with accompany({}, play=True) as playback:
        assert not playback.works
        with playback.hear_out(0):
            pass
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("note: SPEECHCAST_PLAYER is 'nobody', which cannot play here;")
    assert printed.err.endswith("; the files are made all the same\n")
    assert printed.err.count("\n") == 1


def test_what_is_not_to_be_played_is_not_spoken_of(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("SPEECHCAST_PLAYER", "nobody")
    with accompany({}, play=False) as playback:
        assert not playback.works
    assert capsys.readouterr().err == ""


def test_ctrl_c_while_it_is_heard_ends_the_sound_alone(capsys: Captured) -> None:
    with pytest.raises(typer.Exit) as ended, Accompaniment(None).hear_out(0):
        raise KeyboardInterrupt
    assert ended.value.exit_code == 130
    assert capsys.readouterr().err == "interrupted; the files are complete\n"
