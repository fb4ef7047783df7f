"""The faults of the loopback service."""

from __future__ import annotations

from enum import Enum


class Fault(Enum):
    """What goes wrong with one request."""

    MUTE_BEFORE_HANDSHAKE = "takes the connection and never answers"
    MUTE_AFTER_HANDSHAKE = "opens the socket and says nothing"
    MUTE_MIDWAY = "stops after some sound, the socket open"
    NO_END = "sends all but turn.end, the socket open"
    DRIP = "sends a little now and then, without end"
    RESET_BEFORE = "resets the connection before any sound"
    RESET = "resets the connection after some sound"
    CLOSE_BEFORE = "closes the WebSocket politely before any sound"
    CLOSE = "closes the WebSocket politely after some sound"
    CLOSE_AFTER = "closes the WebSocket politely after all sound, without turn.end"
    CUT = "drops the connection after some sound"
    NO_SOUND = "ends its turn without any sound"
    DROP_WORD = "leaves out a word in the middle, the rest in order"
    TRUNCATE = "ends the sound before the last word, every boundary sent"
    HALF_FRAME = "ends the sound inside a frame"
    HALF_SILENT = "is silent from the middle on, every boundary sent"
    HALF_SPOKEN = "speaks one half, the boundaries of all words squeezed into it"
    HURRIED = "speaks everything in two thirds of its time"
    REWRITE = "gives figures back in words"
    NO_WORDS = "sends no boundaries"
    MISSING_BOUNDARY = "speaks every word and leaves out one boundary"
    DOUBLED_BOUNDARY = "sends a boundary twice"
    LATE_BOUNDARY = "says of a word in the middle that it comes three seconds later"
    NOISE = "sends bytes that are no sound"
    WRONG_PATH = "sends a message nobody knows"
    WRONG_BINARY = "sends sound by a name that is not audio"
    BAD_JSON = "sends a boundary that is no JSON"
    ONE_BYTE = "sends a message of one byte"
    FORBIDDEN = "403"
    FORBIDDEN_UNDATED = "403 without a date"
    THROTTLED = "429 with Retry-After: 1"
    THROTTLED_BARE = "429"
    BROKEN = "500"
    UNAVAILABLE = "503"

    @property
    def status(self) -> int:
        """The HTTP status of a refusal; 0 for any other fault."""
        return int(self.value[:3]) if self.value[:3].isdecimal() else 0


# Unusual, but the answer is complete.
HARMLESS = {Fault.REWRITE, Fault.DOUBLED_BOUNDARY}
AT_THE_DOOR = {fault for fault in Fault if fault.status} | {Fault.MUTE_BEFORE_HANDSHAKE}
MIDWAY = {Fault.MUTE_MIDWAY, Fault.RESET, Fault.CLOSE, Fault.CUT}
BEFORE = {Fault.RESET_BEFORE, Fault.CLOSE_BEFORE}
AFTER = {Fault.NO_END, Fault.CLOSE_AFTER}
