"""Any subtitle file to its captions, and what in it would trip up a player."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from ..errors import SourceError
from ..text.encodings import decode
from .traps import Trap, TrapKind

_TIMING = re.compile(r"\s*((?:\d+:)?\d\d:\d\d\.\d{3})\s+-->\s+((?:\d+:)?\d\d:\d\d\.\d{3})")
_SUFFIXES = {".srt", ".vtt", ".ass", ".ssa", ".sub", ".ttml", ".json"}


@dataclass(frozen=True, slots=True)
class Caption:
    """One cue as a file has it; times in milliseconds."""

    start: int
    end: int
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def read(path: Path) -> tuple[list[Caption], list[Trap]]:
    """The captions in the order of the file, and its traps.

    Raises SourceError for what is no subtitle file.
    """
    if not path.is_file():
        raise SourceError(f"{path} does not exist; check the name and the folder", path)
    if path.suffix.lower() not in _SUFFIXES:
        allowed = ", ".join(sorted(_SUFFIXES))
        raise SourceError(f"{path} is no subtitle file speechcast reads ({allowed})", path)
    data = path.read_bytes()
    if not data.strip():
        raise SourceError(f"{path} is empty; it shows nothing", path)
    text = decode(data, str(path))
    traps = _encoding_traps(data)
    if path.suffix.lower() == ".srt":
        captions, more = _srt(text, path)
        return captions, traps + more
    return (_vtt(text, path) if path.suffix.lower() == ".vtt" else _others(text, path)), traps


def _encoding_traps(data: bytes) -> list[Trap]:
    traps = []
    if data.startswith(b"\xef\xbb\xbf"):
        traps.append(
            Trap(
                TrapKind.BYTE_ORDER_MARK,
                "a byte order mark, which costs some players the first cue",
            )
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as exc:
        traps.append(
            Trap(TrapKind.NOT_UTF8, f"not UTF-8 (byte {exc.start}), which players show as garbage")
        )
    return traps


def _srt(text: str, path: Path) -> tuple[list[Caption], list[Trap]]:
    import srt

    traps = []
    if re.search(r"\d:\d\d:\d\d\.\d{3} -->", text):
        traps.append(
            Trap(
                TrapKind.FULL_STOP_IN_TIME,
                "a full stop before the milliseconds, where SRT has a comma",
            )
        )
    try:
        found = list(srt.parse(text))
    except (srt.SRTParseError, ValueError) as exc:
        raise SourceError(f"{path} is not valid SRT: {' '.join(str(exc).split())[:150]}") from exc
    numbers = [s.index for s in found]
    if numbers != list(range(1, len(found) + 1)):
        wrong = next(i for i, n in enumerate(numbers, 1) if n != i)
        traps.append(Trap(TrapKind.WRONG_NUMBER, f"cue {wrong} is numbered {numbers[wrong - 1]}"))
    for number, subtitle in enumerate(found, 1):
        if not subtitle.content.strip():
            traps.append(
                Trap(TrapKind.EMPTY_CUE, f"cue {number} is empty, at which some players stop")
            )
        elif "\n\n" in subtitle.content.strip():
            traps.append(
                Trap(
                    TrapKind.BLANK_LINE, f"cue {number} has a blank line in it, which ends it early"
                )
            )
    return [
        Caption(_milliseconds(s.start), _milliseconds(s.end), _plain(s.content)) for s in found
    ], traps


def _milliseconds(time: object) -> int:
    from datetime import timedelta

    assert isinstance(time, timedelta)
    return time // timedelta(milliseconds=1)


def _vtt(text: str, path: Path) -> list[Caption]:
    """WebVTT by hand: times inside a cue's text confuse pysubs2."""
    if not text.startswith("WEBVTT"):
        raise SourceError(f"{path} is not WebVTT: it does not begin with WEBVTT", path)
    captions = []
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        for n, line in enumerate(lines[:2]):
            if match := _TIMING.match(line):
                start, end = (_clock(time) for time in match.groups())
                captions.append(Caption(start, end, _plain("\n".join(lines[n + 1 :]))))
                break
    return captions


def _clock(time: str) -> int:
    seconds, ms = time.split(".")
    total = 0
    for part in seconds.split(":"):
        total = 60 * total + int(part)
    return 1000 * total + int(ms)


def _others(text: str, path: Path) -> list[Caption]:
    import pysubs2

    try:
        file = pysubs2.SSAFile.from_string(text)
    except Exception as exc:
        raise SourceError(f"{path} is no subtitle file pysubs2 reads ({exc})", path) from exc
    return [Caption(e.start, e.end, _plain(e.plaintext)) for e in file.events if not e.is_comment]


def _plain(text: str) -> str:
    """The text without its tags (italics, word times), entities as what they stand for."""
    without = re.sub(r"</?(?:[a-zA-Z][^>]*|\d[\d:.]*)>|\{\\[^}]*\}", "", text)
    return html.unescape(without).strip("\n")
