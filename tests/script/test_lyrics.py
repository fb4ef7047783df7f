"""The words of songs in a cue."""

from __future__ import annotations

import pytest

from speechcast.script.lyrics import find_lyrics, find_music_signs
from speechcast.script.unspoken import find_silent_marks


def remaining(text: str) -> str:
    """Return a cue's text without the words of songs."""
    for start, end in sorted(find_lyrics(text), reverse=True):
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text.replace("\0", "")


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        # As Netflix and the DCMP have them, with a sign before and after each cue.
        ("♪ 让我们荡起双桨 ♪", ""),
        ("♪ By the dawn's\nearly light ♪", ""),
        ("♪♪ What so proudly\n♪♪ we hailed ♪♪", ""),
        ("♪ one ♪ two ♪", ""),
        # As the BBC has them, with a sign before each cue.
        ("# And I think to myself", ""),
        ("# What a\nwonderful world. #", ""),
        ("¶ La la", ""),
        # Beside speech.
        ("♪ La la ♪ Stop!", " Stop!"),
        ("Hi. ♪ La la ♪", "Hi. "),
        ("♪ La la ♪\nStop!\n♪ La la ♪", "\nStop!\n"),
        # Signs alone on their lines are before and after words, or of music without words.
        ("♪\nLa la\n♪", ""),
        ("♪\n大家好。", "♪\n大家好。"),
        ("♪ ♪", "♪ ♪"),
        # A sign behind a sentence says how it is spoken.
        ("早上好♪", "早上好♪"),
        ("早上好♪\n晚安♪", "早上好♪\n晚安♪"),
        ("音符♪和音符♫不同。", "音符♪和音符♫不同。"),
        # No signs of music.
        ("We are #1.", "We are #1."),
        ("# 3 是第三题", "# 3 是第三题"),
        ("Press # to go on.", "Press # to go on."),
        ("#话题# 大家好", "#话题# 大家好"),
        ("", ""),
    ],
)
def test_what_is_no_song(text: str, spoken: str) -> None:
    assert remaining(text) == spoken


def test_songs_that_are_spoken_have_silent_signs() -> None:
    text = "# La la ♪ #"
    marks = find_silent_marks(text, lyrics=True)
    assert [text[m.start : m.end] for m in marks] == ["#", "♪", "#"]
    assert list(find_music_signs("no sign")) == []
