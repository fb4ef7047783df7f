"""Resolve a document and its user's preferences to one `Request`.

Preferences come from several places. In order of precedence, they are the options of the
command, the document's front matter and the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from .audio.formats import AUDIO_FORMATS
from .audio.tags.model import Cover
from .audio.targets import Target, parse_target
from .documents import Document
from .documents.front_matter import FrontMatter
from .errors import PresetError
from .frontend import lexicon
from .frontend.lexicon import Lexicon
from .model import Voice
from .output_files import OutputFiles, name_files
from .subtitles import style
from .subtitles.formats.registry import SUBTITLE_SUFFIXES
from .subtitles.style import Style
from .text.surrogates import without_surrogates
from .units import Hertz, Seconds
from .voices import presets

AUTO = "auto"  # the preset name that leaves the choice to the text's language


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The preferences of a user or a document; None for no preference.

    Attributes:
        voice: The name of a preset, or the path of a preset file.
        rate: As `+10%`.
        style: The name of a subtitle style, or the path of a style file.
        lexicons: Files of readings; of two entries for a word the first file's holds.
        cast: The preset of each speaker, by the speaker's label.
    """

    voice: str | None = None
    rate: str | None = None
    style: str | None = None
    lexicons: tuple[Path, ...] = ()
    cast: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: Preferences) -> Preferences:
        """Return both combined; where they differ, this one takes precedence."""
        ours: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        preferred = {name: value for name, value in ours.items() if value is not None}
        merged = {
            "lexicons": self.lexicons + other.lexicons,
            "cast": {**other.cast, **self.cast},
        }
        return replace(other, **{**preferred, **merged})


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
    """

    document: Document
    name: str
    cast: Mapping[str, Voice]
    output: Path
    subtitles: SubtitleOptions = SubtitleOptions()
    lexicon: Lexicon = Lexicon()
    force: bool = False
    audio: AudioOptions = AudioOptions()

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
        audio = (AUDIO_FORMATS[format_name].suffix for format_name in self.audio.formats)
        subtitles = (SUBTITLE_SUFFIXES[format_name] for format_name in self.subtitles.formats)
        return name_files(self.output, self.name, audio, subtitles)


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

    Raises:
        PresetError: A preset, a style or a lexicon is unknown or broken.
        UsageError: An option has a value that is not available.
    """
    preferences = preferences.over(preferences_in(document.front_matter, folder, within))
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
    )
    _require_formats(audio, request.target)
    return replace(request, cast=_with_edges(request.cast, request.target))


def preferences_in(
    front_matter: FrontMatter, folder: Path, within: Path | None = None
) -> Preferences:
    """Return the preferences in a document's front matter.

    Relative names of files refer to `folder`. Who wrote a document did not choose what its reader's
    disk holds elsewhere, so the files must lie in `within`, or in `folder`.

    Raises:
        PresetError: A file lies elsewhere.
    """

    def find(name: str) -> str:
        return str(_inside(name, folder, within)) if name.endswith(".toml") else name

    lexicon_file = front_matter.lexicon
    return Preferences(
        voice=front_matter.voice and find(front_matter.voice),
        rate=front_matter.rate,
        style=front_matter.style and find(front_matter.style),
        lexicons=(_inside(lexicon_file, folder, within),) if lexicon_file else (),
        cast={label: find(preset) for label, preset in front_matter.cast.items()},
    )


def _cast(preferences: Preferences, document: Document, voice: Voice | None) -> dict[str, Voice]:
    """Return the voice of each speaker, at the preferred rate."""
    main = voice or _main_voice(preferences, document)
    cast = {"": main, **{label: presets.load(name) for label, name in preferences.cast.items()}}
    if preferences.rate:
        cast = {label: presets.with_rate(v, preferences.rate) for label, v in cast.items()}
    return cast


def _main_voice(preferences: Preferences, document: Document) -> Voice:
    if preferences.voice is None or preferences.voice == AUTO:
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


def _inside(name: str, folder: Path, within: Path | None) -> Path:
    """Return the path of a file that a document in `folder` names."""
    path = folder / name
    allowed = [root.resolve() for root in (folder, within) if root is not None]
    if "\0" in name or not any(path.resolve().is_relative_to(root) for root in allowed):
        raise PresetError(
            f"the document or its folder names the file {name!r}, which lies outside its folder; "
            f"name it by an option, like --lexicon, --voice or --style"
        )
    return path
