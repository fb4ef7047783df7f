"""The subtitle formats, by the names that `--subtitles` takes.

To add one: a module of its name here with `compose(captions) -> str`, and its suffix in the table.
`tests/subtitles/test_formats.py` tests every format on the same captions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pkgutil import resolve_name

from ...errors import UsageError
from ...messages import _
from ..captions import Captions

SUBTITLE_SUFFIXES = {
    "srt": ".srt",
    "vtt": ".vtt",
    "ass": ".ass",
    "lrc": ".lrc",
    "json": ".json",
    "txt": ".transcript.txt",  # so that it never overwrites the speech itself
}


def compose(name: str, captions: Captions) -> str:
    r"""Return the text of a subtitle file.

    Args:
        name: of the format, a key of `SUBTITLE_SUFFIXES`.
        captions: what to write.

    Returns:
        The text, with `\\n` line ends.
    """
    composer: Callable[[Captions], str] = resolve_name(f"{__package__}.{name}:compose")
    return composer(captions)


def parse_subtitle_formats(text: str) -> Sequence[str]:
    """Parse a list of formats, as `--subtitles` takes it.

    Raises:
        UsageError: the list is empty or names an unknown format.

    >>> parse_subtitle_formats("srt, VTT,srt")
    ['srt', 'vtt']
    """
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in SUBTITLE_SUFFIXES:
            allowed = _(", ").join(SUBTITLE_SUFFIXES)
            raise UsageError(
                _(
                    "--subtitles: there is no subtitle format '{name}'; allowed are {allowed}"
                ).format(name=name, allowed=allowed)
            )
    if not names:
        raise UsageError(_("--subtitles names no format; leave it out for srt"))
    return list(dict.fromkeys(names))


def encode_text(text: str, bom: bool, crlf: bool) -> bytes:
    r"""Return the bytes of a subtitle file, in UTF-8.

    Args:
        text: of the file, with `\\n` line ends.
        bom: whether to write a byte order mark.
        crlf: whether to write Windows line ends.
    """
    if crlf:
        text = text.replace("\n", "\r\n")
    return text.encode("utf-8-sig" if bom else "utf-8")
