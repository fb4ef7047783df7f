"""One cue as a subtitle file has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..units import Milliseconds


class CaptionWord(NamedTuple):
    """A word of a cue with the marks after it, and when it is heard; None if it is not."""

    start: Milliseconds | None
    text: str


class SpeakerChange(NamedTuple):
    """Who speaks from a character of a cue on, by what the file calls them.

    Attributes:
        start: The index of the first character.
        names: The names, the most particular first: an actor's before that of a style.
    """

    start: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """One cue of a subtitle file.

    Attributes:
        start: When it appears.
        end: When it disappears.
        text: What it shows, without commands.
        words: The same text, word by word, where the file has the times of words.
        row: The line of the file that has its times, from 1; 0 where that is not known.
        speakers: Who speaks, where the format has a place for it; in order.
    """

    start: Milliseconds
    end: Milliseconds
    text: str
    words: tuple[CaptionWord, ...] = field(default=(), compare=False)
    row: int = field(default=0, compare=False)
    speakers: tuple[SpeakerChange, ...] = field(default=(), compare=False)

    @property
    def lines(self) -> list[str]:
        """Return the lines of the text."""
        return self.text.split("\n")
