"""What a run of tokens shows on the screen: its marks, its line break."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..model import Token
from ..text.line_breaking import CLOSERS
from .style import Style

DROPPED_AT_END = frozenset("，。、；：,;")  # not at a line's end
REPLACED_BY_SPACE = frozenset("，。；：,;")  # a space inside a line
_IMBALANCE = 2.0  # the cost of one line being empty


class Layout(NamedTuple):
    """What each token shows, joined it is the cue's text; its lines, and what the break costs."""

    shown: tuple[str, ...]
    lines: tuple[str, ...]
    cost: float


def lay_out(tokens: Sequence[Token], breaks: Sequence[float], style: Style) -> Layout:
    """The tokens on as few of the style's lines as hold them, broken where it hurts least.

    `breaks[i]` is the cost of breaking the line after token i. What does not fit is on one line.
    """
    whole = _line_texts(tokens, style)
    text = "".join(whole)
    best = Layout(whole, (text,), 0.0)
    if style.lines == 1 or style.count_characters(text) <= style.width:
        return best
    least = math.inf
    for at in range(1, len(tokens)):
        if breaks[at - 1] == math.inf:
            continue
        upper, lower = _line_texts(tokens[:at], style), _line_texts(tokens[at:], style)
        lines = ("".join(upper), "".join(lower))
        widths = [style.count_characters(line) for line in lines]
        cost = breaks[at - 1] + _IMBALANCE * abs(widths[0] - widths[1]) / sum(widths)
        if max(widths) <= style.width and cost < least:
            least = cost
            best = Layout((*upper[:-1], upper[-1] + "\n", *lower), lines, cost)
    return best


def _line_texts(tokens: Sequence[Token], style: Style) -> tuple[str, ...]:
    """What each token shows on a line of its own: no space at its ends, marks as the style has."""
    shown = [t.shown for t in tokens]
    if style.punctuation == "spaces":
        shown = _space_out(shown)
    shown = [" " if text.isspace() else text for text in shown]
    for ends in (range(len(shown)), range(len(shown) - 1, -1, -1)):
        for i in ends:
            shown[i] = shown[i].lstrip() if ends.step > 0 else shown[i].rstrip()
            if shown[i]:
                break
    return tuple(shown)


def _space_out(shown: list[str]) -> list[str]:
    """No comma or full stop: nothing at the end (closing quotes aside), a space inside."""
    last = len(shown)
    while last and (shown[last - 1].isspace() or shown[last - 1] in CLOSERS):
        last -= 1
    spaced = []
    for i, text in enumerate(shown):
        if text[0] in DROPPED_AT_END and all(
            t.isspace() or t[0] in DROPPED_AT_END or t in CLOSERS for t in shown[i:]
        ):
            spaced.append("")
        elif text[0] in REPLACED_BY_SPACE and not _between_digits(shown, i):
            spaced.append("" if i + 1 < len(shown) and shown[i + 1].isspace() else " ")
        else:
            spaced.append(text)
    return spaced


def _between_digits(shown: Sequence[str], i: int) -> bool:
    """Whether the mark stands inside a figure: 9：30."""
    return 0 < i < len(shown) - 1 and shown[i - 1][-1].isdigit() and shown[i + 1][0].isdigit()
