"""Lay out a cue's tokens on lines.

The costs were chosen by hand for this project.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Token
from .line_texts import compose_line
from .line_widths import LineWidths
from .style import Style


def lay_out(tokens: Sequence[Token], breaks: Sequence[float], style: Style) -> tuple[str, ...]:
    r"""Lay the tokens out on the fewest of the style's lines.

    Args:
        tokens: of the cue.
        breaks: the cost of breaking the line after each token.
        style: how wide and how many the lines may be.

    Returns:
        What each token shows, the last one of a line with its `\n`; joined they are the cue's text.
    """
    position = LineWidths(tokens, breaks, style).split(0, len(tokens)).position
    if position is None:
        return compose_line(tokens, style)
    upper, lower = compose_line(tokens[:position], style), compose_line(tokens[position:], style)
    return (*upper[:-1], upper[-1] + "\n", *lower)
