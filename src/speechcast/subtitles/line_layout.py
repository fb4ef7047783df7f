"""Lay out a cue's tokens on lines.

This decides which marks are shown, and where a line is broken. Marks are left out at the end of
a line and become a space inside one, as the Netflix timed text guides for Chinese require. The
costs were chosen by hand for this project.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..model import Token
from ..text.sentences import CLOSERS
from .style import Style

DROPPED_AT_END = frozenset("，。、；：,;")
REPLACED_BY_SPACE = frozenset("，。；：,;")
_IMBALANCE = 2.0  # the cost of one of the two lines being empty


class Layout(NamedTuple):
    """A cue's text on its lines.

    Attributes:
        shown: what each token shows; joined they are the cue's text.
        lines: the text of each line.
        cost: of the line break; 0.0 without one.
    """

    shown: tuple[str, ...]
    lines: tuple[str, ...]
    cost: float


def lay_out(tokens: Sequence[Token], breaks: Sequence[float], style: Style) -> Layout:
    """Lay the tokens out on the fewest of the style's lines.

    Args:
        tokens: of the cue.
        breaks: the cost of breaking the line after each token.
        style: how wide and how many the lines may be.

    Returns:
        The layout at the lowest cost; a single line that is too wide if nothing fits.
    """
    whole = _line_texts(tokens, style)
    text = "".join(whole)
    best = Layout(whole, (text,), 0.0)
    if style.lines == 1 or style.count_characters(text) <= style.width:
        return best
    least = math.inf
    for position in range(1, len(tokens)):
        break_cost = breaks[position - 1]
        if break_cost == math.inf:
            continue
        upper, lower = _line_texts(tokens[:position], style), _line_texts(tokens[position:], style)
        lines = ("".join(upper), "".join(lower))
        widths = [style.count_characters(line) for line in lines]
        cost = break_cost + _IMBALANCE * abs(widths[0] - widths[1]) / sum(widths)
        if max(widths) <= style.width and cost < least:
            least = cost
            best = Layout((*upper[:-1], upper[-1] + "\n", *lower), lines, cost)
    return best


def _line_texts(tokens: Sequence[Token], style: Style) -> tuple[str, ...]:
    """Return what each token of a line shows, without outer spaces."""
    shown = [t.shown for t in tokens]
    if style.punctuation == "spaces":
        shown = _space_out(shown)
    shown = [" " if text.isspace() else text for text in shown]
    for indices in (range(len(shown)), range(len(shown) - 1, -1, -1)):
        for i in indices:
            shown[i] = shown[i].lstrip() if indices.step > 0 else shown[i].rstrip()
            if shown[i]:
                break
    return tuple(shown)


def _space_out(shown: list[str]) -> list[str]:
    """Drop marks at the line's end; replace inner ones by spaces.

    Closing quotes and brackets do not count as the end of a line.
    """
    spaced = []
    for i, text in enumerate(shown):
        if text[0] in DROPPED_AT_END and all(
            t.isspace() or t[0] in DROPPED_AT_END or t in CLOSERS for t in shown[i:]
        ):
            spaced.append("")
        elif text[0] in REPLACED_BY_SPACE and not _is_between_digits(shown, i):
            spaced.append("" if i + 1 < len(shown) and shown[i + 1].isspace() else " ")
        else:
            spaced.append(text)
    return spaced


def _is_between_digits(shown: Sequence[str], i: int) -> bool:
    """Return whether the mark stands inside a number: 9：30."""
    return 0 < i < len(shown) - 1 and shown[i - 1][-1].isdigit() and shown[i + 1][0].isdigit()
