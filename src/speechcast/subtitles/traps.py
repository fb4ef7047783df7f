"""What in a readable subtitle file makes some players stumble."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class TrapKind(Enum):
    """The kinds of traps, chosen by hand from what players do."""

    BYTE_ORDER_MARK = auto()
    NOT_UTF8 = auto()
    FULL_STOP_IN_TIME = auto()
    WRONG_NUMBER = auto()
    EMPTY_CUE = auto()
    BLANK_LINE = auto()


@dataclass(frozen=True, slots=True)
class Trap:
    """One trap of a file, with its message for a person."""

    kind: TrapKind
    message: str
