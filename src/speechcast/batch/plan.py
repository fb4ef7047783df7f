"""What a batch has to do, and whether its options are valid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ..audio.targets import parse_target
from ..frontend import lexicon
from ..subtitles import style
from ..text.surrogates import without_surrogates
from ..voices import presets
from .discovery import Discovery, discover
from .options import BatchOptions
from .storage import LocalStorage, OutputStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a batch has to do.

    Attributes:
        root: The folder of the speeches on this machine.
        storage: The output folder.
        discovery: The speeches, and the files that are skipped.
        options: The options of the batch.
        display_name: The folder as the user named it: a path or an address.
    """

    root: Path
    storage: OutputStorage
    discovery: Discovery
    options: BatchOptions
    display_name: str


def plan_batch(
    root: Path,
    output: Path | OutputStorage,
    options: BatchOptions,
    *,
    recursive: bool = False,
    display_name: str | None = None,
) -> Plan:
    """Return what a batch over the folder `root` has to do.

    The name of the folder becomes the album of the speeches that lie directly in it.

    Args:
        root: The folder of the speeches.
        output: The output folder.
        options: The options of the batch.
        recursive: Also take the speeches in the folders inside.
        display_name: The folder as the user named it; None for `root`.

    Raises:
        SpeechcastError: An option is invalid, or the folder cannot be opened.
    """
    validate_options(options)
    options = replace(
        options, audio=replace(options.audio, album=without_surrogates(root.resolve().name))
    )
    storage = LocalStorage(output) if isinstance(output, Path) else output
    output_folder = storage.folder if isinstance(storage, LocalStorage) else None
    return Plan(
        root=root,
        storage=storage,
        discovery=discover(
            root, output_folder, recursive=recursive, follow_links=options.follow_links
        ),
        options=options,
        display_name=str(root) if display_name is None else display_name,
    )


def validate_options(options: BatchOptions) -> None:
    """Check the options that would make every speech fail.

    Raises:
        SpeechcastError: A voice, rate, style, loudness or lexicon is invalid or does not exist.
    """
    preferences = options.preferences
    for name in (preferences.voice, *preferences.cast.values()):
        if name not in {None, presets.AUTO}:
            presets.load(str(name))
    if preferences.rate:
        presets.with_rate(presets.load(presets.DEFAULT_PRESET), preferences.rate)
    if preferences.style:
        style.load(preferences.style)
    if options.audio.loudness:
        parse_target(options.audio.loudness)
    for path in preferences.lexicons:
        lexicon.load(path)
