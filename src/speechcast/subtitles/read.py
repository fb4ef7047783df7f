"""Read any subtitle file, and find its traps for players."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from ..errors import SourceError
from ..text.encodings import decode_text
from ..units import Milliseconds
from .traps import Trap, TrapKind

_TIMING = re.compile(r"\s*((?:\d+:)?\d\d:\d\d\.\d{3})\s+-->\s+((?:\d+:)?\d\d:\d\d\.\d{3})")
_SUFFIXES = {".srt", ".vtt", ".ass", ".ssa", ".sub", ".ttml", ".json"}


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


def read_captions(path: Path) -> tuple[list[Caption], list[Trap]]:
    """Read a subtitle file.

    Returns:
        The captions in the order of the file, and its traps.

    Raises:
        SourceError: the file does not exist, is empty, or is not a subtitle file.
    """
    if not path.is_file():
        raise SourceError(f"{path} does not exist; check the name and the folder", path)
    if path.suffix.lower() not in _SUFFIXES:
        allowed = ", ".join(sorted(_SUFFIXES))
        raise SourceError(f"{path} is not a subtitle file that speechcast reads ({allowed})", path)
    data = path.read_bytes()
    if not data.strip():
        raise SourceError(f"{path} is empty; it shows nothing", path)
    text = decode_text(data, str(path))
    traps = _find_encoding_traps(data)
    if path.suffix.lower() == ".srt":
        captions, more = _parse_srt(text, path)
        return captions, traps + more
    parse = _parse_vtt if path.suffix.lower() == ".vtt" else _parse_other
    return parse(text, path), traps


def _find_encoding_traps(data: bytes) -> list[Trap]:
    traps = []
    if data.startswith(b"\xef\xbb\xbf"):
        message = "a byte order mark, which costs some players the first cue"
        traps.append(Trap(TrapKind.BYTE_ORDER_MARK, message))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as exc:
        message = f"not UTF-8 (byte {exc.start}), which players show as garbage"
        traps.append(Trap(TrapKind.NOT_UTF8, message))
    return traps


def _parse_srt(text: str, path: Path) -> tuple[list[Caption], list[Trap]]:
    import srt

    traps = []
    if re.search(r"\d:\d\d:\d\d\.\d{3} -->", text):
        message = "a full stop before the milliseconds, where SRT has a comma"
        traps.append(Trap(TrapKind.FULL_STOP_IN_TIME, message))
    try:
        subtitles = list(srt.parse(text))
    except (srt.SRTParseError, ValueError) as exc:
        raise SourceError(f"{path} is not valid SRT: {' '.join(str(exc).split())[:150]}") from exc
    numbers = [s.index for s in subtitles]
    if numbers != list(range(1, len(subtitles) + 1)):
        wrong = next(i for i, n in enumerate(numbers, 1) if n != i)
        traps.append(Trap(TrapKind.WRONG_NUMBER, f"cue {wrong} is numbered {numbers[wrong - 1]}"))
    for number, subtitle in enumerate(subtitles, 1):
        if not subtitle.content.strip():
            message = f"cue {number} is empty, at which some players stop"
            traps.append(Trap(TrapKind.EMPTY_CUE, message))
        elif "\n\n" in subtitle.content.strip():
            message = f"cue {number} has a blank line in it, which ends it early"
            traps.append(Trap(TrapKind.BLANK_LINE, message))
    captions = [
        Caption(_to_milliseconds(s.start), _to_milliseconds(s.end), _strip_tags(s.content))
        for s in subtitles
    ]
    return captions, traps


def _to_milliseconds(time: timedelta) -> Milliseconds:
    return time // timedelta(milliseconds=1)


def _parse_vtt(text: str, path: Path) -> list[Caption]:
    """Parse WebVTT by hand, because times inside a cue's text confuse pysubs2."""
    if not text.startswith("WEBVTT"):
        raise SourceError(f"{path} is not WebVTT: it does not begin with WEBVTT", path)
    captions = []
    for block in re.split(r"\n{2,}", text):
        lines = block.strip("\n").split("\n")
        for n, line in enumerate(lines[:2]):
            if match := _TIMING.match(line):
                start, end = (_parse_vtt_time(time) for time in match.groups())
                captions.append(Caption(start, end, _strip_tags("\n".join(lines[n + 1 :]))))
                break
    return captions


def _parse_vtt_time(time: str) -> Milliseconds:
    seconds, ms = time.split(".")
    total = 0
    for part in seconds.split(":"):
        total = 60 * total + int(part)
    return 1000 * total + int(ms)


def _parse_other(text: str, path: Path) -> list[Caption]:
    import pysubs2

    try:
        file = pysubs2.SSAFile.from_string(text)
    except Exception as exc:
        raise SourceError(
            f"{path} is not a subtitle file that pysubs2 reads ({exc})", path
        ) from exc
    return [
        Caption(e.start, e.end, _strip_tags(e.plaintext)) for e in file.events if not e.is_comment
    ]


def _strip_tags(text: str) -> str:
    """Remove the tags (italics, word times) and replace entities by their characters."""
    without = re.sub(r"</?(?:[a-zA-Z][^>]*|\d[\d:.]*)>|\{\\[^}]*\}", "", text)
    return html.unescape(without).strip("\n")
