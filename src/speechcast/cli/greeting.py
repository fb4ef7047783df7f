"""What `speechcast` alone says on a terminal: three things to do with the user's own files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from ..files import is_file, is_folder
from ..messages import _
from ..output_files import is_listening_page
from ..printable import printable, quote

_SUBTITLES = (".srt", ".vtt", ".ass", ".lrc")
_MOST_ENTRIES = 2000  # of a folder that is looked into; enough for an example
_HALF_WIDTH = str.maketrans("１２３", "123")  # as a Chinese input method may type them
_FEWEST_SPEECHES = 2  # that make a folder one for `batch`
_NOT_SPEECHES = frozenset({"readme", "license", "licence", "changelog", "requirements"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something one can do here.

    Attributes:
        text: What it does.
        arguments: The command, without the program's name.
        ready: Whether its files are there; otherwise they are examples.
    """

    text: str
    arguments: tuple[str, ...]
    ready: bool

    @property
    def command(self) -> str:
        """The command as one types it in this system's shell."""
        return " ".join(quote(printable(word)) for word in ("speechcast", *self.arguments))


def is_conversation() -> bool:
    """Return whether somebody can be asked: the input and the output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def greet(run: Callable[[list[str]], int], folder: Path | None = None) -> int:
    """Say what one can do here, and run what the user chooses.

    Args:
        run: Runs a command line and returns its exit code.
        folder: Where to look for the user's files; None for the current folder.

    Returns:
        The exit code of the command; 0 if none was chosen.
    """
    suggestions = suggest(folder or Path())
    typer.echo(_("speechcast turns speeches into MP3 and SRT. Three things to begin with:"))
    for number, suggestion in enumerate(suggestions, 1):
        typer.echo(f"\n  {number}  {suggestion.text}\n     {suggestion.command}")
    typer.echo()
    ready = {str(n): s for n, s in enumerate(suggestions, 1) if s.ready}
    chosen = _choose(ready) if ready else None
    if chosen is None:
        typer.echo(_("'speechcast --help' lists everything."))
        return 0
    typer.echo(f"> {chosen.command}")
    return run(list(chosen.arguments))


def suggest(folder: Path) -> tuple[Suggestion, Suggestion, Suggestion]:
    """Return what one can do with the files of a folder, or with example files."""
    entries = _list_entries(folder)
    return _suggest_make(entries), _suggest_batch(entries), _suggest_check(entries)


def _suggest_make(entries: Sequence[Path]) -> Suggestion:
    speech = next(filter(_is_speech, entries), None)
    return Suggestion(
        _("Make the sound and the subtitles of a speech"),
        ("make", _argument(speech, _("speech.txt"))),
        ready=speech is not None,
    )


def _suggest_batch(entries: Sequence[Path]) -> Suggestion:
    """Suggest a folder with several speeches: one in this folder, or else this one."""
    folders = (path for path in entries if is_folder(path) and _holds_speeches(path))
    folder = next(folders, None)
    if folder is None and sum(map(_is_speech, entries)) >= _FEWEST_SPEECHES:
        folder = Path()
    return Suggestion(
        _("Do the same for a whole folder of speeches"),
        ("batch", _argument(folder, _("speeches"))),
        ready=folder is not None,
    )


def _suggest_check(entries: Sequence[Path]) -> Suggestion:
    """Suggest to check a sound and the subtitles of the same name, here or in `output`."""
    outputs = [path for path in entries if path.name == "output" and is_folder(path)]
    files = [*entries, *(file for path in outputs for file in _list_entries(path))]
    pair = next(_find_pairs(files), None)
    audio, subtitles = pair or (None, None)
    return Suggestion(
        _("Check whether a sound and its subtitles belong together, to the word"),
        (
            "check",
            _argument(audio, _("output/speech.mp3")),
            _argument(subtitles, _("output/speech.srt")),
        ),
        ready=pair is not None,
    )


def _find_pairs(files: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    from ..batch.naming import SOUND_SUFFIXES

    listed = dict.fromkeys(files)
    for audio in listed:
        if audio.suffix.lower() in SOUND_SUFFIXES:
            beside = (audio.with_suffix(suffix) for suffix in _SUBTITLES)
            yield from ((audio, subtitles) for subtitles in beside if subtitles in listed)


def _argument(path: Path | None, example: str) -> str:
    """Return a path as an argument, which is never taken for an option."""
    if path is None:
        return example
    return f"./{path}" if str(path).startswith("-") else str(path)


def _list_entries(folder: Path) -> list[Path]:
    """Return what is in a folder, sorted by name; nothing if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for _number, entry in zip(range(_MOST_ENTRIES), entries)]  # noqa: B905 the shorter ends it
    except OSError:
        return []
    return [folder / name for name in sorted(names) if not name.startswith(".")]


def _holds_speeches(folder: Path) -> bool:
    return sum(map(_is_speech, _list_entries(folder))) >= _FEWEST_SPEECHES


def _is_speech(path: Path) -> bool:
    from ..documents import READABLE_SUFFIXES

    readable = path.suffix.lower() in READABLE_SUFFIXES
    return (
        readable
        and path.stem.lower() not in _NOT_SPEECHES
        and is_file(path)
        and not _is_product(path)
    )


def _is_product(path: Path) -> bool:
    """Return whether a text is one that speechcast wrote: a transcript, or a listening page."""
    return path.stem.endswith(".transcript") or is_listening_page(path)


def _choose(ready: dict[str, Suggestion]) -> Suggestion | None:
    """Ask which to run; Enter alone runs nothing."""
    numbers = ", ".join(ready)
    while True:
        typer.echo(
            _("Run one of them? {numbers}, or Enter for none: ").format(numbers=numbers), nl=False
        )
        try:
            answer = input().strip().translate(_HALF_WIDTH)
        except (EOFError, KeyboardInterrupt):
            typer.echo()
            return None
        if not answer:
            return None
        if answer in ready:
            return ready[answer]
