"""What the tokens of a line show.

Marks are left out at the end of a line and become a space inside one, as the Netflix timed text
guides for Chinese require. Closing quotes and brackets do not count as the end of a line.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model import Token
from ..text.sentences import CLOSERS
from ..text.whitespace import LINE_END
from .style import Style

_DROPPED_AT_END = frozenset("，。、；：,;")
_REPLACED_BY_SPACE = frozenset("，。；：,;")


def compose_line(tokens: Sequence[Token], style: Style) -> tuple[str, ...]:
    """Return what each token of a line shows, without outer spaces."""
    shown = [t.shown for t in tokens]
    if style.punctuation == "spaces":
        end = len(shown)
        while end and may_end_line(shown[end - 1]):
            end -= 1
        shown = [replace_mark(shown, i) for i in range(end)] + [*map(drop_mark, shown[end:])]
    shown = [" " if text.isspace() else LINE_END.sub(" ", text) for text in shown]
    for indices in (range(len(shown)), range(len(shown) - 1, -1, -1)):
        for i in indices:
            shown[i] = shown[i].lstrip() if indices.step > 0 else shown[i].rstrip()
            if shown[i]:
                break
    return tuple(shown)


def may_end_line(text: str) -> bool:
    """Return whether a mark before a token is still at the line's end."""
    return text.isspace() or text[0] in _DROPPED_AT_END or text in CLOSERS


def drop_mark(text: str) -> str:
    """Return what a token shows at the end of a line."""
    return "" if text[0] in _DROPPED_AT_END else text


def is_replaced(text: str) -> bool:
    """Return whether a token is a mark that becomes a space inside a line."""
    return text[0] in _REPLACED_BY_SPACE


def replace_mark(shown: Sequence[str], i: int) -> str:
    """Return what the token with index `i` shows inside a line."""
    if not is_replaced(shown[i]) or _is_between_digits(shown, i):
        return shown[i]
    return "" if i + 1 < len(shown) and shown[i + 1].isspace() else " "


def _is_between_digits(shown: Sequence[str], i: int) -> bool:
    """Return whether the mark stands inside a number: 9：30."""
    return 0 < i < len(shown) - 1 and shown[i - 1][-1].isdigit() and shown[i + 1][0].isdigit()
