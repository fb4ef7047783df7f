"""One cue as a subtitle file has it."""

from __future__ import annotations

from dataclasses import dataclass

from ..units import Milliseconds


@dataclass(frozen=True, slots=True)
class Caption:
    """One cue of a subtitle file."""

    start: Milliseconds
    end: Milliseconds
    text: str

    @property
    def lines(self) -> list[str]:
        """Return the lines of the text."""
        return self.text.split("\n")
