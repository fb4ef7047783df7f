"""A subtitle, on the samples of a production."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..model import Span
from ..units import Samples


class CueToken(NamedTuple):
    """A token's text in a cue, with line breaks, and its time."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Cue:
    """A subtitle on the screen from sample `start` until sample `end`."""

    start: Samples
    end: Samples
    tokens: tuple[CueToken, ...]

    @property
    def text(self) -> str:
        r"""The text shown, its lines separated by `\n`."""
        return "".join(token.text for token in self.tokens)
