"""Turn a project into the request that `speechcast make` would make of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from ..adjustments import Adjustments
from ..config_files import ConfigTable
from ..documents.front_matter import FrontMatter
from ..frontend import lexicon
from ..model import Voice
from ..preferences import Chooser, Preferences, preferences_in
from ..request import AudioOptions, Request, SubtitleOptions, resolve_request
from ..voices import presets
from .folder import OUTPUT_FOLDER
from .project import Project, Settings
from .settings_file import LEXICON_FILE


def to_request(  # noqa: PLR0913 what a user may add, each by its name
    project: Project,
    folder: Path,
    *,
    output: Path | None = None,
    preferences: Preferences = Preferences(),
    subtitles: SubtitleOptions | None = None,
    audio: AudioOptions | None = None,
    force: bool = False,
    allow_online: Collection[str] = (),
) -> Request:
    """Return the request of a project.

    A voice that the project names is not the user's own word: before it sends anything, its address
    needs a permission.

    Args:
        project: The project.
        folder: Its folder.
        output: Where the files go; None for the project's own folder of them.
        preferences: What the user prefers to the project's settings, by options of the command.
        subtitles: How the subtitles are written; None for what the settings say.
        audio: How the sound is written; None for what the settings say.
        force: Whether a voice may be given a language that is not its own.
        allow_online: The addresses (or `edge`) to which voices of the project may send the text.

    Raises:
        PresetError: A preset, a style or a reading is unknown or broken.
        UsageError: A setting has a value that is not available.
    """
    settings = project.settings
    ours = _preferences(settings, folder)
    document = project.speech.read()
    request = resolve_request(
        document,
        project.name,
        output or folder / OUTPUT_FOLDER,
        preferences.over(ours),
        subtitles or subtitles_of(settings),
        folder=folder,
        force=force,
        audio=audio or audio_of(settings),
        allow_online=tuple(allow_online),
    )
    by_user = {*preferences.cast, *([""] if preferences.voice is not None else [])}
    named = {*ours.cast, *([""] if ours.voice is not None else [])} - by_user
    choosers = {**request.consent.choosers, **dict.fromkeys(named, Chooser.FOLDER)}
    table = ConfigTable(folder / LEXICON_FILE, project.readings)
    return replace(
        request,
        cast={label: _with_pauses(v, settings) for label, v in request.cast.items()},
        lexicon=request.lexicon.over(lexicon.from_table(table)),
        adjustments=_adjustments(project, folder, request),
        consent=replace(request.consent, choosers=choosers),
    )


def subtitles_of(settings: Settings) -> SubtitleOptions:
    """Return how the subtitles of a project are written."""
    return SubtitleOptions(formats=settings.subtitles)


def audio_of(settings: Settings) -> AudioOptions:
    """Return how the sound of a project is written."""
    return AudioOptions(
        formats=settings.formats, loudness=settings.loudness or None, duration=settings.fit
    )


def _preferences(settings: Settings, folder: Path) -> Preferences:
    """Return what the settings prefer; files that they name lie in the folder."""
    front_matter = FrontMatter(
        voice=settings.voice or None,
        style=settings.style or None,
        rate=None if settings.rate is None else f"{settings.rate:+}%",
        cast=settings.cast,
    )
    return preferences_in(front_matter, folder)


def _adjustments(project: Project, folder: Path, request: Request) -> Adjustments:
    """Return the adjustments, with the voices that they name at the project's rate."""
    names = {a.voice for a in project.adjustments.values() if a.voice}
    front_matter = FrontMatter(cast={name: name for name in names})
    paths: Mapping[str, str] = preferences_in(front_matter, folder).cast
    voices = {name: presets.load(path) for name, path in paths.items()}
    if project.settings.rate is not None:
        rate = f"{project.settings.rate:+}%"
        voices = {name: presets.with_rate(v, rate) for name, v in voices.items()}
    edged = {
        name: replace(v, pauses=request.target.with_edges(v.pauses)) for name, v in voices.items()
    }
    scaled = {name: _with_pauses(v, project.settings) for name, v in edged.items()}
    return Adjustments(project.adjustments, scaled)


def _with_pauses(voice: Voice, settings: Settings) -> Voice:
    pauses = voice.pauses.scaled(settings.pauses)
    sentence = pauses.sentence * settings.sentence_pauses
    paragraph = pauses.paragraph * settings.paragraph_pauses
    return replace(voice, pauses=replace(pauses, sentence=sentence, paragraph=paragraph))
