"""The subtitle formats, by the name `--subtitles` takes.

To add one: a file here with `compose(captions) -> str`, and a line in the table: its suffix and its
module. `tests/test_formats.py` holds every one against the same captions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pkgutil import resolve_name

from ...errors import UsageError
from ..captions import Captions

SUBTITLE_SUFFIXES = {
    "srt": ".srt",
    "vtt": ".vtt",
    "ass": ".ass",
    "lrc": ".lrc",
    "json": ".json",
    "txt": ".transcript.txt",  # so that it never takes the place of the speech itself
}


def compose(name: str, captions: Captions) -> str:
    """The captions as the text of a file in the format called `name`, lines ended by `\\n`."""
    composer: Callable[[Captions], str] = resolve_name(f"{__package__}.{name}:compose")
    return composer(captions)


def parse_subtitle_formats(listed: str) -> Sequence[str]:
    """The formats of a list like `srt,vtt`. Raises UsageError for one there is not."""
    names = [name.strip().lower() for name in listed.split(",") if name.strip()]
    for name in names:
        if name not in SUBTITLE_SUFFIXES:
            allowed = ", ".join(SUBTITLE_SUFFIXES)
            raise UsageError(f"there is no subtitle format '{name}', allowed are {allowed}")
    if not names:
        raise UsageError("--subtitles names no format; leave it out for srt")
    return list(dict.fromkeys(names))


def encode_text(text: str, bom: bool, crlf: bool) -> bytes:
    """The bytes of the file: UTF-8, with a byte order mark or Windows line ends if asked for."""
    if crlf:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if bom else "utf-8")
