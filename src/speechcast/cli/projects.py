"""A project's folder in place of a speech: its settings hold where no option says otherwise."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .option_values import require_folder

if TYPE_CHECKING:
    from ..request import AudioOptions, Preferences, Request, SubtitleOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the options say of a production.

    Attributes:
        name: What the files are called; None for the name of the speech or the project.
        output: The folder of the files.
        preferences: Voice, rate, style and lexicon.
        subtitles: How the subtitles are written.
        audio: How the sound is encoded.
        force: Whether a voice may be given a language that is not its own.
        allow_online: The addresses to which voices may send the text.
    """

    name: str | None
    output: Path
    preferences: Preferences
    subtitles: SubtitleOptions
    audio: AudioOptions
    force: bool
    allow_online: tuple[str, ...]


def names_project(source: str) -> bool:
    """Return whether an argument is the folder of a project."""
    from ..files import is_folder

    if source == "-" or not is_folder(Path(source)):
        return False
    from ..project import folder

    return folder.is_project(Path(source))


def resolve_project(source: str, wanted: Wanted, stated: Collection[str]) -> Request:
    """Return the request of a project; an option that was not stated leaves it to its settings.

    Args:
        source: The folder.
        wanted: What the options say.
        stated: The parameters that the user stated; the others have their defaults.

    Raises:
        SpeechcastError: The project is broken.
    """
    from ..files import require_distinct
    from ..project.folder import list_project_files, load_project
    from ..project.resolution import audio_of, subtitles_of, to_request

    folder = Path(source)
    project = load_project(folder)
    ours, captions = audio_of(project.settings), subtitles_of(project.settings)
    audio, subtitles = wanted.audio, wanted.subtitles
    request = to_request(
        project if wanted.name is None else replace(project, name=wanted.name),
        folder,
        output=require_folder(wanted.output) if "output" in stated else None,
        preferences=wanted.preferences,
        subtitles=subtitles
        if "subtitles" in stated
        else replace(subtitles, formats=captions.formats),
        audio=replace(
            audio,
            formats=audio.formats if "audio" in stated else ours.formats,
            loudness=audio.loudness or ours.loudness,
            duration=audio.duration or ours.duration,
        ),
        force=wanted.force,
        allow_online=wanted.allow_online,
    )
    require_distinct(request.outputs.all, list_project_files(folder, project))
    return request


def list_stated(context: typer.Context) -> frozenset[str]:
    """Return the parameters of a command that the user stated."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    return frozenset(n for n, source in sources.items() if source and source.name == "COMMANDLINE")
