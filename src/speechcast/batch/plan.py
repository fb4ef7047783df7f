"""What a batch is to do, and whether it can."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ..audio.targets import target
from ..frontend import lexicon
from ..request import AUTO
from ..subtitles import style
from ..voices import presets
from .discovery import Found, find
from .storage import LocalPlace, Place
from .worker import Options


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made of a folder, where, and how; `called` is the folder as the user has it."""

    root: Path
    place: Place
    found: Found
    options: Options
    called: str


def plan(
    root: Path,
    output: Path | Place,
    options: Options,
    *,
    recursive: bool = False,
    called: str | None = None,
) -> Plan:
    """What a batch over `root` into `output` has to do. Raises SpeechcastError.

    The folder's name is the album of the speeches right in it.
    """
    vouched(options)
    options = replace(options, sounding=replace(options.sounding, album=root.resolve().name))
    place = LocalPlace(output) if isinstance(output, Path) else output
    local = place.folder if isinstance(place, LocalPlace) else None
    found = find(root, local, recursive=recursive)
    return Plan(root, place, found, options, str(root) if called is None else called)


def vouched(options: Options) -> None:
    """Raise for an option no speech could be made with, before any is begun."""
    asked = options.wishes
    for name in (asked.voice, *asked.cast.values()):
        if name not in {None, AUTO}:
            presets.load(str(name))
    if asked.rate:
        presets.with_rate(presets.load(presets.DEFAULT), asked.rate)
    if asked.style:
        style.load(asked.style)
    if options.sounding.loudness:
        target(options.sounding.loudness)
    for path in asked.lexicons:
        lexicon.load(path)
