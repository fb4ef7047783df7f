"""What in a readable subtitle file makes some players stumble."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto

from ..messages import _, ngettext


class TrapKind(Enum):
    """The kinds of traps, chosen by hand from what players do."""

    BYTE_ORDER_MARK = auto()
    INNER_BYTE_ORDER_MARK = auto()
    NOT_UTF8 = auto()
    CARRIAGE_RETURN = auto()
    LOOKALIKE_IN_TIME = auto()
    ARROW = auto()
    NO_HOURS = auto()
    LONG_HOURS = auto()
    FULL_STOP_IN_TIME = auto()
    COMMA_IN_TIME = auto()
    MILLISECONDS = auto()
    DIGITS_IN_TIME = auto()
    NEGATIVE_TIME = auto()
    SPACE_IN_TIME = auto()
    TIME = auto()
    AFTER_TIME = auto()
    COORDINATES = auto()
    NO_NUMBER = auto()
    WRONG_NUMBER = auto()
    EMPTY_CUE = auto()
    BLANK_LINE = auto()
    NO_BLANK_LINE = auto()
    OUTSIDE_CUE = auto()
    NO_HEADER = auto()
    NO_SECTION = auto()
    NO_LENGTH = auto()


@dataclass(frozen=True, slots=True)
class Trap:
    """One trap of a file, with its message for a person.

    Attributes:
        kind: What it is.
        text: The message, without the line, in the language in use.
        line: The line of the file, from 1; None if it concerns the whole file.
        others: How many further lines have a trap of this kind.
    """

    kind: TrapKind
    text: str
    line: int | None = None
    others: int = 0

    @property
    def message(self) -> str:
        """The message: where, what, and how often."""
        text = self.text
        if self.others:
            text = ngettext(
                "{text} (and on {count} more line)",
                "{text} (and on {count} more lines)",
                self.others,
            ).format(text=text, count=self.others)
        if self.line is None:
            return text
        return _("line {row}: {text}").format(row=self.line, text=text)


def summarized(traps: Iterable[Trap]) -> list[Trap]:
    """Return the first trap of every kind, each with the number of the others."""
    listed = list(traps)
    counts = Counter(trap.kind for trap in listed)
    firsts: dict[TrapKind, Trap] = {}
    for trap in listed:
        firsts.setdefault(trap.kind, trap)
    return [replace(trap, others=counts[trap.kind] - 1) for trap in firsts.values()]
