"""Clips are played in order and whole, by the first player that works."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.audio.loudness import measure_level
from speechcast.audio.stitch import stitch
from speechcast.engines.base import SAMPLE_RATE
from speechcast.errors import PlaybackError
from speechcast.model import Clip, PlacedClip, Span, Timeline, Voice
from speechcast.playback.levels import PlaybackLevels
from speechcast.playback.playback import Playback
from speechcast.playback.players import Player, find_players
from speechcast.playback.sinks import PipeSink, Sink, make_wav_header, to_raw, to_wav
from speechcast.units import Hertz
from tests.support.players import BREAK, LISTEN, POSIX, REFUSE, install_player, read_raw
from tests.support.speeches import line
from tests.support.waiting import wait_until

pytestmark = POSIX


def player(path: Path, name: str = "ours") -> Player:
    def open_sink(rate: Hertz) -> Sink:
        return PipeSink([str(path)], rate, to_raw)

    return Player(name, open_sink)


def tee(heard: Path) -> Player:
    """Return a player that keeps what it hears, and is quicker to start than a script."""
    program = shutil.which("tee")
    assert program
    return Player("tee", lambda rate: PipeSink([program, str(heard)], rate, to_raw))


def clip_of(seconds: float, level: float = 0.1) -> Clip:
    count = round(seconds * SAMPLE_RATE)
    sound = np.random.default_rng(7).normal(0, 32768 * level / 4, count)
    return Clip(sound.clip(-32768, 32767).astype(np.int16), SAMPLE_RATE, (Span(0, count),))


def timeline_of(clips: Sequence[Clip], gaps: Sequence[int], tail: int = 0) -> Timeline:
    position, placed = 0, []
    for clip, gap in zip(clips, gaps, strict=True):
        placed.append(PlacedClip(line("好"), clip, position + gap))
        position += gap + len(clip.samples)
    return Timeline(tuple(placed), SAMPLE_RATE, position + tail)


def play(timeline: Timeline, cast: dict[str, Voice], *players: Player) -> None:
    with closing(Playback(players, cast, SAMPLE_RATE)) as playback:
        for placed in timeline.clips:
            playback.add(placed)
        playback.finish(timeline.length)


@given(
    st.lists(st.tuples(st.integers(1, 4000), st.integers(0, 3000)), min_size=1, max_size=6),
    st.integers(0, 5000),
)
@settings(max_examples=15, deadline=None)
def test_what_is_heard_is_the_timeline_to_the_sample(
    tmp_path_factory: pytest.TempPathFactory, tone: Voice, sizes: list[tuple[int, int]], tail: int
) -> None:
    heard = tmp_path_factory.mktemp("heard") / "raw"
    clips = [clip_of(count / SAMPLE_RATE) for count, _ in sizes]
    timeline = timeline_of(clips, [gap for _, gap in sizes], tail)
    play(timeline, {"": tone}, tee(heard))
    expected = np.concatenate(list(stitch(timeline, {"": 0.0}, None)))
    assert (read_raw(heard) == expected).all()  # too short to be measured, so the level stays
    assert len(expected) == timeline.length


def test_a_clip_is_heard_before_the_next_one_is_there(tmp_path: Path, tone: Voice) -> None:
    heard = tmp_path / "raw"
    first, second = timeline_of([clip_of(0.1), clip_of(0.1)], [0, 2400]).clips
    with closing(Playback([tee(heard)], {"": tone}, SAMPLE_RATE)) as playback:
        playback.add(first)
        wait_until(lambda: heard.exists() and len(read_raw(heard)) == 2400)
        playback.add(second)
        playback.finish(2 * 2400 + 2400 + 100)
    assert len(read_raw(heard)) == 2 * 2400 + 2400 + 100


def test_a_player_without_a_device_is_passed_over(tmp_path: Path, tone: Voice) -> None:
    install_player(tmp_path, "refuses", REFUSE)
    heard = tmp_path / "raw"
    timeline = timeline_of([clip_of(0.2), clip_of(0.3)], [100, 100], 50)
    refusing = player(tmp_path / "programs" / "refuses", "refuses")
    missing = player(tmp_path / "missing", "missing")
    play(timeline, {"": tone}, missing, refusing, tee(heard))
    assert len(read_raw(heard)) == timeline.length


def test_where_no_player_works_each_is_named_with_its_reason(tmp_path: Path, tone: Voice) -> None:
    install_player(tmp_path, "refuses", REFUSE)
    players = [player(tmp_path / "missing", "one"), player(tmp_path / "programs/refuses", "two")]
    reason = r"cannot be played \(one: cannot be started: No such file .*; two: no such device\)"
    with pytest.raises(PlaybackError, match=reason):
        play(timeline_of([clip_of(0.2)], [0]), {"": tone}, *players)


def test_a_player_that_dies_later_is_not_begun_again(tmp_path: Path, tone: Voice) -> None:
    """The listener has heard most of it; he would hear it twice."""
    install_player(tmp_path, "breaks", BREAK)
    other = tmp_path / "raw"
    breaking = player(tmp_path / "programs" / "breaks", "breaks")
    timeline = timeline_of([clip_of(4.0)] * 10, [0] * 10)
    with pytest.raises(PlaybackError, match=r"\(breaks: the device is gone\)$"):
        play(timeline, {"": tone}, breaking, tee(other))
    assert not other.exists()


def test_closing_ends_the_player_at_once(tmp_path: Path, tone: Voice) -> None:
    heard = install_player(tmp_path, "sleeps", LISTEN)
    sleeper = tmp_path / "programs" / "sleeps"
    playback = Playback([player(sleeper)], {"": tone}, SAMPLE_RATE)
    playback.add(timeline_of([clip_of(0.1)], [0]).clips[0])
    pid = heard.with_suffix(".raw.pid")
    wait_until(lambda: pid.exists() and pid.read_text() != "")
    playback.close()
    assert not Path(f"/proc/{pid.read_text()}").exists()


def test_closing_does_not_wait_for_a_full_pipe(tone: Voice) -> None:
    sleep = shutil.which("sleep")
    assert sleep
    stuck = Player("stuck", lambda rate: PipeSink([sleep, "1000"], rate, to_raw))
    playback = Playback([stuck], {"": tone}, SAMPLE_RATE)
    for placed in timeline_of([clip_of(5.0)] * 2, [0, 0]).clips:
        playback.add(placed)
    playback.close()  # a test that hangs fails


def test_a_player_that_says_nothing_but_failures_has_failed_if_it_speaks(tmp_path: Path) -> None:
    """ffplay exits with 0 where there is no device."""
    install_player(tmp_path, "quiet", "sys.stdin.buffer.read()\nprint('no', file=sys.stderr)")
    command = [str(tmp_path / "programs" / "quiet")]
    for silent in (False, True):
        with closing(PipeSink(command, SAMPLE_RATE, to_raw, silent=silent)) as sink:
            sink.write(clip_of(0.01).samples)
            if not silent:
                sink.finish()
                continue
            with pytest.raises(PlaybackError, match="^no$"):
                sink.finish()


def test_a_stream_begins_as_a_wav_does() -> None:
    samples = clip_of(0.01).samples
    whole, header = to_wav(samples, SAMPLE_RATE), make_wav_header(SAMPLE_RATE)
    sizes = [range(4, 8), range(40, 44)]
    assert len(header) == 44
    for position, byte in enumerate(header):
        if any(position in size for size in sizes):
            assert byte == 0xFF
        else:
            assert byte == whole[position], position


def test_nothing_that_plays_is_one_line_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("speechcast.playback.players.find_spec", lambda _: None)
    with pytest.raises(
        PlaybackError, match=r'a player .*, or run: pip install "speechcast\[play\]"'
    ):
        find_players()


def test_the_user_may_choose_the_player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("aplay", "ffplay"):
        install_player(tmp_path, name, LISTEN)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    monkeypatch.setattr("speechcast.playback.players.find_spec", lambda _: None)
    assert [player.name for player in find_players()] == ["aplay", "ffplay"]
    monkeypatch.setenv("SPEECHCAST_PLAYER", "ffplay")
    assert [player.name for player in find_players()] == ["ffplay"]
    monkeypatch.setenv("SPEECHCAST_PLAYER", "mplayer")
    with pytest.raises(PlaybackError, match="is 'mplayer', which cannot play here; what can is: a"):
        find_players()


# Levels.


def test_two_voices_are_played_equally_loud(tone: Voice) -> None:
    cast = {"甲": replace(tone, name="a", rate=1), "乙": tone, "丙": replace(tone, volume=50)}
    levels = PlaybackLevels(cast)
    loud, soft = clip_of(1, 0.4), clip_of(1, 0.2)
    placed = partial(PlacedClip, start=0)
    gains = {
        speaker: levels.find_gain(placed(replace(line("好"), speaker=speaker), clip))
        for speaker, clip in {"甲": loud, "乙": soft, "丙": soft}.items()
    }
    heard = [
        measure_level([clip.samples], SAMPLE_RATE).loudness + gains[speaker]
        for speaker, clip in {"甲": loud, "乙": soft}.items()
    ]
    assert heard == pytest.approx([-16, -16], abs=0.1)
    assert gains["丙"] - gains["乙"] == pytest.approx(3.52, abs=0.01)


def test_the_level_does_not_change_from_sentence_to_sentence(tone: Voice) -> None:
    levels = PlaybackLevels({"": tone})
    gains = [
        levels.find_gain(PlacedClip(line("好"), clip, 0))
        for clip in (clip_of(0.05), clip_of(1, 0.2), clip_of(1, 0.05), clip_of(0.05))
    ]
    assert gains[0] == 0  # too short to tell
    assert gains[1] == gains[2] == gains[3] != 0


def test_a_first_clip_that_is_nearly_silent_does_not_raise_the_rest_to_noise(tone: Voice) -> None:
    whisper = PlacedClip(line("好"), clip_of(1, 0.001), 0)
    assert PlaybackLevels({"": tone}).find_gain(whisper) == 12


def test_a_first_clip_that_is_very_loud_does_not_make_the_rest_inaudible(tone: Voice) -> None:
    shout = PlacedClip(line("好"), clip_of(1, 4.0), 0)
    assert PlaybackLevels({"": tone}).find_gain(shout) == -12


def test_a_voice_keeps_its_level_in_another_cast(tone: Voice) -> None:
    levels = PlaybackLevels({"": tone})
    gain = levels.find_gain(PlacedClip(line("好"), clip_of(1, 0.2), 0))
    other = levels.for_cast({"": replace(tone, volume=50, rate=9)})
    louder = other.find_gain(PlacedClip(line("好"), clip_of(1, 0.05), 0))
    assert louder - gain == pytest.approx(3.52, abs=0.01)


@pytest.mark.parametrize(("seconds", "again"), [(2.9, True), (3.1, False)])
def test_a_player_that_fails_within_three_seconds_has_played_nothing(
    tmp_path: Path, tone: Voice, seconds: float, again: bool
) -> None:
    install_player(tmp_path, "fails", "sys.stdin.buffer.read()\nsys.exit(1)")
    heard = tmp_path / "raw"
    timeline = timeline_of([clip_of(seconds)], [0])
    players = [player(tmp_path / "programs" / "fails", "fails"), tee(heard)]
    if again:
        play(timeline, {"": tone}, *players)
        assert len(read_raw(heard)) == timeline.length
    else:
        with pytest.raises(PlaybackError, match=r"\(fails: it ended before the sound did\)$"):
            play(timeline, {"": tone}, *players)
        assert not heard.exists()
