"""One cue as a subtitle file has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..units import Milliseconds


class CaptionWord(NamedTuple):
    """A word of a cue with the marks after it, and when it is heard; None if it is not."""

    start: Milliseconds | None
    text: str


@dataclass(frozen=True, slots=True)
class Caption:
    """One cue of a subtitle file.

    Attributes:
        start: When it appears.
        end: When it disappears.
        text: What it shows.
        words: The same text, word by word, where the file has the times of words.
    """

    start: Milliseconds
    end: Milliseconds
    text: str
    words: tuple[CaptionWord, ...] = field(default=(), compare=False)

    @property
    def lines(self) -> list[str]:
        """Return the lines of the text."""
        return self.text.split("\n")
