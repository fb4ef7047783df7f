"""The values that the options of the commands stand for."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import typer

from .. import windows
from ..errors import SourceError, UsageError, explain_os_error
from ..messages import _

if TYPE_CHECKING:
    from fractions import Fraction

    from ..documents import Document
    from ..request import AudioOptions, PageSound, Preferences, SubtitleOptions
    from ..synthesis.synthesizer import Resources
    from ..units import Seconds

_SENTENCE = re.compile(r"[\n，。！？；：、…!?]|[,.;:]\s|\s.*\s")  # not in the names of most files
_SHOWN = 20  # characters shown of a text that was given in place of a file
_LONGEST_OFFSET = 86_400  # seconds, longer than any speech
_FPS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}|/[0-9]{1,9})?")  # as cameras and editors state it


def allowances(addresses: list[str] | None) -> tuple[str, ...]:
    """Return the addresses of `--allow-online`.

    Raises:
        UsageError: if one of them is no address.
    """
    from ..engines.online.addresses import parse_origin

    for address in addresses or ():
        if parse_origin(address) is None:
            raise UsageError(
                _(
                    "--allow-online is '{address}'; give an address like https://host:8880, or edge"
                ).format(address=address)
            )
    return tuple(addresses or ())


def require_folder(output: Path) -> Path:
    """Return the output folder, which must be one of this machine.

    Raises:
        UsageError: if it is an address, as `batch` takes it.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:/", str(output)):
        raise UsageError(
            _(
                "--output is the address {output}, but this command writes into a folder of "
                "this machine; 'speechcast batch' writes to an address"
            ).format(output=str(output).replace(":/", "://", 1))
        )
    return output


def read_source(source: str, encoding: str | None) -> Document:
    """Return the document at the path `source`; `-` reads standard input.

    Raises:
        SourceError: if it cannot be read.
    """
    from .. import documents

    if source == "-":
        return documents.from_bytes(_read_stdin(), _("the text from the pipe"), encoding)
    path = Path(source)
    if path.suffix.lower() not in documents.READABLE_SUFFIXES and _is_text(source):
        raise SourceError(
            _(
                "there is no file '{source}'; to speak a text itself, pipe it: echo "
                "TEXT | speechcast make -"
            ).format(source=source[:_SHOWN] + ("…" if len(source) > _SHOWN else "")),
            path,
        )
    return documents.read(path, encoding)


def read_text_or_source(source: str, encoding: str | None) -> tuple[Document, bool]:
    """Return a text itself, or the document at its path, and whether it is a text.

    `-` reads standard input. What can only be the name of a file is no text.

    Raises:
        SourceError: if the file cannot be read, or does not exist.
    """
    from .. import documents

    suffix = PurePath(source).suffix.lower()
    is_name = suffix in documents.READABLE_SUFFIXES and not re.search(r"\s", source)
    if source == "-" or is_name or _find(source):
        return read_source(source, encoding), False
    return documents.from_text(source), True


def source_name(source: str) -> str:
    """Return the name that the files of a speech have by default."""
    from ..output_files import default_name

    return "speech" if source == "-" else default_name(Path(source))


def input_files(source: str, *others: Path | str | None) -> list[Path]:
    """Return the files that a command reads; `others` may name a preset, or be None."""
    files = [] if source == "-" else [Path(source)]
    return files + [Path(other) for other in others if other]


def source_folder(source: str) -> Path:
    """Return the folder that paths in the front matter are relative to."""
    return Path() if source == "-" else Path(source).parent


def preferences_from(
    voice: str | None, rate: str | None, style: str | None, lexicon: Path | None
) -> Preferences:
    """Return the preferences that the options state."""
    from ..request import Preferences

    lexicons = (lexicon,) if lexicon else ()
    return Preferences(voice=voice, rate=rate, style=style, lexicons=lexicons)


def resources_from(jobs: int | None, *, no_cache: bool) -> Resources:
    """Return the resources that the options allow for recording."""
    from ..synthesis.synthesizer import default_resources

    resources = replace(default_resources(), jobs=jobs)
    return replace(resources, cache=None) if no_cache else resources


def audio_options(  # noqa: PLR0913 one parameter per command-line option
    audio: str,
    *,
    loudness: str | None,
    bitrate: str | None,
    sample_rate: int | None,
    cover: Path | None,
    fit: str | None = None,
) -> AudioOptions:
    """Return the audio options that the command-line options state.

    Raises:
        UsageError: if one of them cannot be understood.
    """
    from ..audio.formats import parse_audio_formats, parse_bitrate
    from ..audio.tags.model import Cover
    from ..audio.targets import parse_target
    from ..request import AudioOptions

    if loudness is not None:
        parse_target(loudness, "--loudness")
    return AudioOptions(
        formats=tuple(form.name for form in parse_audio_formats(audio)),
        loudness=loudness,
        bitrate=None if bitrate is None else parse_bitrate(bitrate),
        sample_rate=sample_rate,
        duration=None if fit is None else _parse_fit(fit),
        cover=Cover.read(cover) if cover else None,
    )


def _parse_fit(text: str) -> Seconds:
    from ..synthesis.fit_duration import parse_duration

    try:
        return parse_duration(text)
    except UsageError as exc:
        raise UsageError(_("{name}: {reason}").format(name="--fit", reason=exc)) from exc


def page_sound(*, page: bool, link: bool) -> PageSound | None:
    """Return how the listening page has its sound; None for no page.

    Raises:
        UsageError: if the sound is to be linked from no page.
    """
    from ..request import PageSound

    if link and not page:
        raise UsageError(_("--link is about the page; add --page"))
    return None if not page else PageSound.LINKED if link else PageSound.EMBEDDED


def subtitle_options(
    subtitles: str, *, fps: str | None, bom: bool, crlf: bool, offset: float
) -> SubtitleOptions:
    """Return the subtitle options that the command-line options state.

    Raises:
        UsageError: if one of them cannot be understood.
    """
    from ..request import SubtitleOptions

    if not abs(offset) <= _LONGEST_OFFSET:  # not a number is never less
        raise UsageError(
            _(
                "--offset is {offset:g}; allowed are -{longest_offset} to {longest_offset} seconds"
            ).format(offset=offset, longest_offset=_LONGEST_OFFSET)
        )
    return SubtitleOptions(
        formats=subtitle_formats(subtitles),
        bom=bom,
        crlf=crlf,
        offset=offset,
        fps=None if fps is None else _parse_fps(fps),
    )


def require_times(formats: Sequence[str], *, fps: str | None, offset: float) -> None:
    """Raise UsageError if times are to be changed where no format has any."""
    if any(name != "txt" for name in formats):
        return
    for option, stated in (("--offset", offset), ("--fps", fps)):
        if stated:
            raise UsageError(
                _("{option} is about times, and txt has none; add a format to --subtitles").format(
                    option=option
                )
            )


def subtitle_formats(subtitles: str) -> tuple[str, ...]:
    """Return the names of the subtitle formats in a comma-separated list.

    Raises:
        UsageError: if one of them is not a subtitle format.
    """
    from ..subtitles.formats import registry

    return tuple(registry.parse_subtitle_formats(subtitles))


def _parse_fps(text: str) -> Fraction:
    from fractions import Fraction

    text = text.strip()
    # the NTSC rates, which are commonly written rounded
    broadcast = {"23.976": Fraction(24000, 1001), "29.97": Fraction(30000, 1001)}
    try:
        fps = broadcast.get(text) or Fraction(text if _FPS.fullmatch(text) else "0")
    except ZeroDivisionError:
        fps = Fraction(0)
    if not 1 <= fps <= 240:
        raise UsageError(
            _("--fps is '{text}'; allowed are 1 to 240 frames per second, like 25").format(
                text=text
            )
        )
    return fps


def _is_text(source: str) -> bool:
    """Return whether an argument is no file, and reads like the text of a speech."""
    exists = _find(source)
    return exists is None or (not exists and _SENTENCE.search(source) is not None)


def _find(path: str) -> bool | None:
    """Return whether there is such a file; None if no file can have that name."""
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # it is too long, or has a NUL
        return None


def _read_stdin() -> bytes:
    if sys.stdin.isatty():
        keys = _("Ctrl-Z and Enter") if windows.HERE else "Ctrl-D"
        note = _("reading the speech from the keyboard; press {keys} to end it")
        typer.echo(note.format(keys=keys), err=True)
    try:
        return sys.stdin.buffer.read()
    except OSError as exc:
        raise SourceError(
            _("the text from the pipe cannot be read: {strerror}").format(
                strerror=explain_os_error(exc)
            )
        ) from exc
