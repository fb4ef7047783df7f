"""What a batch is to do, and whether it can."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ..audio.targets import parse_target
from ..frontend import lexicon
from ..request import AUTO
from ..subtitles import style
from ..voices import presets
from .discovery import Discovery, discover
from .storage import LocalStorage, OutputStorage
from .worker import BatchOptions


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made of a folder, where, and how; `called` is the folder as the user has it."""

    root: Path
    storage: OutputStorage
    discovery: Discovery
    options: BatchOptions
    called: str


def plan(
    root: Path,
    output: Path | OutputStorage,
    options: BatchOptions,
    *,
    recursive: bool = False,
    called: str | None = None,
) -> Plan:
    """What a batch over `root` into `output` has to do. Raises SpeechcastError.

    The folder's name is the album of the speeches right in it.
    """
    validate(options)
    options = replace(options, audio=replace(options.audio, album=root.resolve().name))
    place = LocalStorage(output) if isinstance(output, Path) else output
    local = place.folder if isinstance(place, LocalStorage) else None
    found = discover(root, local, recursive=recursive)
    return Plan(root, place, found, options, str(root) if called is None else called)


def validate(options: BatchOptions) -> None:
    """Raise for an option no speech could be made with, before any is begun."""
    asked = options.preferences
    for name in (asked.voice, *asked.cast.values()):
        if name not in {None, AUTO}:
            presets.load(str(name))
    if asked.rate:
        presets.with_rate(presets.load(presets.DEFAULT_PRESET), asked.rate)
    if asked.style:
        style.load(asked.style)
    if options.audio.loudness:
        parse_target(options.audio.loudness)
    for path in asked.lexicons:
        lexicon.load(path)
