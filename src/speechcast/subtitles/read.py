"""Read any subtitle file, and find its traps for players."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ..errors import SourceError
from ..files import require_file
from ..messages import _
from ..text.encodings import decode_characters
from ..text.whitespace import remove_invisible
from .caption import Caption
from .parsers import ass, json, lrc, other, srt, ttml, vtt
from .traps import Trap, TrapKind, summarized

_Parser = Callable[[str], tuple[list[Caption], list[Trap]]]
_PARSERS: dict[str, _Parser] = {
    ".srt": srt.parse,
    ".vtt": vtt.parse,
    ".ass": ass.parse,
    ".ssa": ass.parse,
    ".lrc": lrc.parse,
    ".json": json.parse,
    ".sub": other.parse,
    ".ttml": ttml.parse,
}
_KINDS = {
    ".srt": "SRT",
    ".vtt": "WebVTT",
    ".ass": "ASS",
    ".ssa": "SSA",
    ".lrc": "LRC",
    ".ttml": "TTML",
}
_TIMES = {  # an example of what every such file has
    ".srt": "00:00:01,000 --> 00:00:02,000",
    ".vtt": "00:00:01.000 --> 00:00:02.000",
    ".ass": "Dialogue: 0,0:00:01.00,0:00:02.00,",
    ".lrc": "[00:01.00]",
}
_MAX_BYTES = 50_000_000  # a day of speech makes 2.5 MB of SRT, and 35 MB of JSON
_LINE_END = re.compile("\r\n|\n|\r")  # what ends a line to a player
_BOM = "\ufeff"


def read_captions(path: Path) -> tuple[list[Caption], list[Trap]]:
    """Read a subtitle file.

    Returns:
        The captions in the order of the file, and its traps, one of each kind.

    Raises:
        SourceError: the file does not exist, is empty, or is not a subtitle file.
    """
    text, traps = _read_text(path)
    suffix = path.suffix.lower()
    kind = _KINDS.get(suffix, suffix[1:].upper())
    try:
        captions, more = _PARSERS[suffix](text)
    except ValueError as exc:
        problem = " ".join(str(exc).split())[:150]
        raise SourceError(
            _("{path} is not valid {kind}: {problem}").format(
                path=path, kind=kind, problem=problem
            ),
            path,
        ) from exc
    if not captions:
        raise SourceError(
            _("{path} is not valid {kind}: {problem}").format(
                path=path, kind=kind, problem=_explain_emptiness(suffix, more)
            ),
            path,
        )
    return [_without_invisible(c) for c in captions], summarized([*traps, *more])


def _without_invisible(caption: Caption) -> Caption:
    """Return the caption without invisible characters."""
    text = caption.text
    speakers = (s._replace(start=len(remove_invisible(text[: s.start]))) for s in caption.speakers)
    return replace(caption, text=remove_invisible(text), speakers=tuple(speakers))


def _read_text(path: Path) -> tuple[str, list[Trap]]:
    r"""Return the text of the file with `\n` line ends, and the traps of its encoding."""
    require_file(path)
    if path.suffix.lower() not in _PARSERS:
        allowed = _(", ").join(sorted(_PARSERS))
        raise SourceError(
            _("{path} is not a subtitle file that speechcast reads ({allowed})").format(
                path=path, allowed=allowed
            ),
            path,
        )
    if path.stat().st_size > _MAX_BYTES:
        raise SourceError(
            _("{path} is too large for subtitles, more than {most} MB").format(
                path=path, most=_MAX_BYTES // 1_000_000
            ),
            path,
        )
    data = path.read_bytes()
    if not data.strip():
        raise SourceError(_("{path} is empty; it shows nothing").format(path=path), path)
    text = decode_characters(data, str(path))
    traps = [*_find_encoding_traps(data, text), *_find_line_traps(text)]
    return _LINE_END.sub("\n", text.replace(_BOM, "")), traps


def _explain_emptiness(suffix: str, traps: list[Trap]) -> str:
    """Return why no caption could be read: the first trap, or what is missing."""
    if traps:
        return traps[0].message
    example = _TIMES.get(suffix)
    if example is None:
        return _("it has no cue")
    return _("no line of it has times like {example}").format(example=example)


def _find_encoding_traps(data: bytes, text: str) -> Iterator[Trap]:
    """Yield the traps of the bytes that were decoded to this text."""
    if data.startswith(_BOM.encode()):
        message = _("a byte order mark, which costs some players the first cue")
        yield Trap(TrapKind.BYTE_ORDER_MARK, message)
    message = _("not UTF-8, which players show as garbage")
    try:
        if data.decode("utf-8").removeprefix(_BOM) == text:
            return
    except UnicodeDecodeError as exc:
        message = _("not UTF-8 (byte {offset}), which players show as garbage").format(
            offset=exc.start
        )
    if b"\0" in data:
        message = _("UTF-16, not UTF-8, which players show as garbage")
    yield Trap(TrapKind.NOT_UTF8, message)


def _find_line_traps(text: str) -> Iterator[Trap]:
    """Yield the traps of characters, each with its line."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        if _BOM in line:
            message = _("a byte order mark inside the file, which some players show or stumble at")
            yield Trap(TrapKind.INNER_BYTE_ORDER_MARK, message, number)
    if alone := re.search("\r(?!\n)", text):
        message = _("a line end of one carriage return, which some players do not take for one")
        number = len(_LINE_END.findall(text, 0, alone.start())) + 1
        yield Trap(TrapKind.CARRIAGE_RETURN, message, number)
