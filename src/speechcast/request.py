"""Resolve a document and its user's preferences to one `Request`.

Preferences come from several places. In order of precedence, they are the options of the
command, the document's front matter and the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from .adjustments import Adjustments
from .audio.formats import AUDIO_FORMATS
from .audio.tags.model import Cover
from .audio.targets import Target, parse_target
from .documents import Document
from .engines.online import settings
from .errors import UsageError
from .frontend import lexicon
from .frontend.lexicon import Lexicon
from .messages import _
from .model import Voice
from .output_files import OutputFiles, name_files
from .preferences import Chooser, Consent, Preferences, find_choosers, preferences_in
from .subtitles import style
from .subtitles.formats.registry import SUBTITLE_SUFFIXES
from .subtitles.style import Style
from .text.surrogates import without_surrogates
from .units import Hertz, Seconds
from .voices import presets

__all__ = [
    "AudioOptions",
    "OutputFiles",
    "PageSound",
    "Preferences",
    "Request",
    "SubtitleOptions",
    "preferences_in",
    "resolve_request",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitleOptions:
    """The options of the subtitles.

    Attributes:
        style: Their style; None for the one of the voice's language.
        formats: Names of formats, as `--subtitles` takes them.
        bom: Whether the files begin with a byte order mark.
        crlf: Whether their lines end as on Windows.
        offset: Seconds by which the subtitles come later (or earlier) than the sound.
        fps: Frames a second of the video that the cues are snapped to; None for none.
    """

    style: Style | None = None
    formats: tuple[str, ...] = ("srt",)
    bom: bool = False
    crlf: bool = False
    offset: Seconds = 0.0
    fps: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioOptions:
    """The options of the sound files.

    None leaves an option to the preset, the loudness target or the format.

    Attributes:
        formats: Names of formats, as `--format` takes them.
        loudness: The name of a loudness target (see `audio.targets`), or LUFS.
        bitrate: Bits a second.
        sample_rate: In Hz.
        duration: The requested length of the whole, in seconds.
        cover: A picture to put into the files.
        album: The album that the production belongs to.
        track: Its number there, from 1; 0 for none.
        tracks: The number of tracks in the album.

    Raises:
        UsageError: There is a bitrate, but none of the formats has one.
    """

    formats: tuple[str, ...] = ("mp3",)
    loudness: str | None = None
    bitrate: int | None = None
    sample_rate: Hertz | None = None
    duration: Seconds | None = None
    cover: Cover | None = None
    album: str = ""
    track: int = 0
    tracks: int = 0

    def __post_init__(self) -> None:
        lossy = [form.name for form in AUDIO_FORMATS.values() if form.bits_per_sample]
        if self.bitrate is not None and not {*lossy} & {*self.formats}:
            raise UsageError(
                _("--bitrate is for {lossy}, but --format is {formats}; leave one out").format(
                    lossy=_(", ").join(lossy), formats=_(", ").join(self.formats)
                )
            )


class PageSound(StrEnum):
    """How a listening page has its sound."""

    EMBEDDED = "embedded"
    LINKED = "linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A resolved request: the document, its voices, styles and output files.

    Attributes:
        document: The text and its front matter.
        name: What the files are called, without a suffix; also the title of an untitled document.
        cast: The voice of each speaker, by the speaker's label; "" is the main voice.
        output: The folder the files go to.
        subtitles: How the subtitles are shown and written.
        lexicon: Readings that hold before the presets' and the user's own.
        force: Whether a voice may be given a language that is not its own.
        audio: How the sound is written.
        page: How the listening page has its sound; None for no page.
        adjustments: What is set for single sentences.
        consent: The user's word on what may leave the machine; by default, every voice is theirs.
    """

    document: Document
    name: str
    cast: Mapping[str, Voice]
    output: Path
    subtitles: SubtitleOptions = SubtitleOptions()
    lexicon: Lexicon = Lexicon()
    force: bool = False
    audio: AudioOptions = AudioOptions()
    page: PageSound | None = None
    adjustments: Adjustments = Adjustments()
    consent: Consent = field(default=Consent(), compare=False)

    @property
    def voice(self) -> Voice:
        """The main voice."""
        return self.cast[""]

    @property
    def title(self) -> str:
        """The title of the speech, or its name where it has none."""
        return self.document.front_matter.title or without_surrogates(self.name)

    @property
    def target(self) -> Target:
        """The loudness target.

        Raises:
            UsageError: The target does not exist.
        """
        return parse_target(self.audio.loudness or self.voice.loudness)

    @property
    def subtitle_style(self) -> Style:
        """The style requested, or the one of the voice's language."""
        return self.subtitles.style or style.load_for_language(self.voice.language)

    @property
    def outputs(self) -> OutputFiles:
        """The files that the production consists of.

        Raises:
            OutputError: The name cannot be a file's.
        """
        audio = [AUDIO_FORMATS[format_name].suffix for format_name in self.audio.formats]
        subtitles = [SUBTITLE_SUFFIXES[format_name] for format_name in self.subtitles.formats]
        return name_files(self.output, self.name, audio, subtitles, page=self.page is not None)


def resolve_request(  # noqa: PLR0913 what a request is made of, each by its name
    document: Document,
    name: str,
    output: Path,
    preferences: Preferences = Preferences(),
    subtitles: SubtitleOptions = SubtitleOptions(),
    *,
    folder: Path = Path(),
    within: Path | None = None,
    voice: Voice | None = None,
    force: bool = False,
    audio: AudioOptions = AudioOptions(),
    page: PageSound | None = None,
    folder_preferences: Preferences = Preferences(),
    allow_online: Sequence[str] = (),
) -> Request:
    """Return the resolved request for a document.

    Args:
        document: The text and its front matter.
        name: What the files are called, without a suffix.
        output: The folder the files go to.
        preferences: What the user prefers; it holds before the document's front matter.
        subtitles: How the subtitles are shown and written.
        folder: Where the document lies; files that its front matter names are looked for there.
        within: The folder that these files must lie in; None for `folder`.
        voice: The main voice; it holds before all preferences.
        force: Whether a voice may be given a language that is not its own.
        audio: How the sound is written.
        page: How the listening page has its sound; None for no page.
        folder_preferences: What the folder of the document prefers; all else holds before it.
        allow_online: The addresses (or `edge`) to which voices may send the text although only the
            document or its folder names them.

    Raises:
        PresetError: A preset, a style or a lexicon is unknown or broken.
        UsageError: An option has a value that is not available.
    """
    layers = {
        Chooser.USER: preferences,
        Chooser.DOCUMENT: preferences_in(document.front_matter, folder, within),
        Chooser.FOLDER: folder_preferences,
    }
    choosers = find_choosers(layers) | ({"": Chooser.USER} if voice else {})
    preferences = preferences.over(layers[Chooser.DOCUMENT]).over(folder_preferences)
    if preferences.style and subtitles.style is None:
        subtitles = replace(subtitles, style=style.load(preferences.style))
    request = Request(
        document=document,
        name=name,
        cast=_cast(preferences, document, voice),
        output=output,
        subtitles=subtitles,
        lexicon=_lexicon(preferences),
        force=force,
        audio=audio,
        page=page,
        consent=Consent(choosers=choosers, allowed=(*allow_online, *settings.load().allowed)),
    )
    _require_formats(audio, request.target)
    return replace(request, cast=_with_edges(request.cast, request.target))


def _cast(preferences: Preferences, document: Document, voice: Voice | None) -> dict[str, Voice]:
    """Return the voice of each speaker, at the preferred rate."""
    if "" in preferences.cast:
        raise UsageError(_("a cast has a voice for each label; the main voice is no part of it"))
    main = voice or _main_voice(preferences, document)
    cast = {"": main, **{label: presets.load(name) for label, name in preferences.cast.items()}}
    if preferences.rate:
        cast = {label: presets.with_rate(v, preferences.rate) for label, v in cast.items()}
    return cast


def _main_voice(preferences: Preferences, document: Document) -> Voice:
    if preferences.voice is None or preferences.voice == presets.AUTO:
        return presets.choose_voice(document.text)
    return presets.load(preferences.voice)


def _lexicon(preferences: Preferences) -> Lexicon:
    """Return the preferred lexicons as one.

    Of two entries for a word, that of the first file holds.
    """
    merged = Lexicon()
    for path in reversed(preferences.lexicons):
        merged = lexicon.load(path).over(merged)
    return merged


def _with_edges(cast: Mapping[str, Voice], target: Target) -> dict[str, Voice]:
    """Return the cast with the target's silence at both ends."""
    return {label: replace(v, pauses=target.with_edges(v.pauses)) for label, v in cast.items()}


def _require_formats(audio: AudioOptions, target: Target) -> None:
    """Raise UsageError unless every format supports its requested options."""
    for name in audio.formats:
        AUDIO_FORMATS[name].validate(audio.sample_rate, audio.bitrate, target.sample_rate)
