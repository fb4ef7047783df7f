"""What is to be made: a document, and what was wished for it, to an order `produce` can fill.

Wishes come from several places; of two, the nearer to the user holds: an option of the command,
then the document's front matter, then the defaults.
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
from .frontend import lexicon
from .frontend.lexicon import Lexicon
from .model import Voice
from .subtitles import style
from .subtitles.style import Style
from .voices import presets

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class SubtitleOptions:
    """How the subtitles are to be: their style (None: the language's own) and their files."""

    style: Style | None = None
    formats: tuple[str, ...] = ("srt",)
    bom: bool = False
    crlf: bool = False
    offset: float = 0.0  # seconds later (or earlier) than the sound
    fps: Fraction | None = None  # in and out on a frame of a picture at so many a second


@dataclass(frozen=True, slots=True)
class AudioOptions:
    """How the sound is to be; None where that is left to the preset, the target and the format.

    `loudness` is a target as in targets.py, `bitrate` in bits a second, `seconds` how long the
    whole is to take.
    """

    formats: tuple[str, ...] = ("mp3",)
    loudness: str | None = None
    bitrate: int | None = None
    sample_rate: int | None = None
    duration: float | None = None
    cover: Cover | None = None
    album: str = ""  # what it is one of, and its place there
    track: int = 0
    tracks: int = 0


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody wants of a production; None where they leave it to others.

    `voice` and `style` are names or files' paths, `rate` is as `+10%`, `cast` the voice of each
    speaker's label.
    """

    voice: str | None = None
    rate: str | None = None
    style: str | None = None
    lexicons: tuple[Path, ...] = ()
    cast: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: Preferences) -> Preferences:
        """Both; where they differ, these hold."""
        ours: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        wished = {k: v for k, v in ours.items() if v is not None}
        both = {
            "lexicons": self.lexicons + other.lexicons,
            "cast": {**other.cast, **self.cast},
        }
        return replace(other, **{**wished, **both})


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be made: the document, how it is spoken and shown, where the files go."""

    document: Document
    name: str  # of the files, and of the speech where it has no title
    cast: Mapping[str, Voice]  # by the speaker's label; "" is the production's own voice
    output: Path
    subtitles: SubtitleOptions = SubtitleOptions()
    lexicon: Lexicon = Lexicon()
    force: bool = False  # whatever language the voice speaks
    audio: AudioOptions = AudioOptions()

    @property
    def voice(self) -> Voice:
        return self.cast[""]

    @property
    def target(self) -> Target:
        """How loud it is to be. Raises UsageError."""
        return parse_target(self.audio.loudness or self.voice.loudness)


def resolve_request(  # noqa: PLR0913 what an order is made of, each by its name
    document: Document,
    name: str,
    output: Path,
    preferences: Preferences = Preferences(),
    subtitles: SubtitleOptions = SubtitleOptions(),
    *,
    folder: Path = Path(),
    voice: Voice | None = None,
    force: bool = False,
    audio: AudioOptions = AudioOptions(),
) -> Request:
    """The order for `document`, which lies in `folder`; a `voice` given holds before all wishes.

    Raises PresetError, UsageError for a wish that cannot be had.
    """
    preferences = preferences.over(preferences_in(document.front_matter, folder))
    main = voice or _voice(preferences, document)
    cast = {who: presets.load(named) for who, named in preferences.cast.items()}
    if preferences.rate:
        main = presets.with_rate(main, preferences.rate)
        cast = {who: presets.with_rate(v, preferences.rate) for who, v in cast.items()}
    if preferences.style and subtitles.style is None:
        subtitles = replace(subtitles, style=style.load(preferences.style))
    own = Lexicon()
    for path in reversed(preferences.lexicons):
        own = lexicon.load(path).over(own)
    made = Request(document, name, {"": main, **cast}, output, subtitles, own, force, audio)
    _require(audio, made.target)
    edged = {
        who: replace(v, pauses=made.target.with_edges(v.pauses)) for who, v in made.cast.items()
    }
    return replace(made, cast=edged)


def _require(asked: AudioOptions, wanted: Target) -> None:
    """Raise UsageError unless every format can be had as it is asked for."""
    for name in asked.formats:
        AUDIO_FORMATS[name].validate(asked.sample_rate, asked.bitrate, wanted.sample_rate)


def preferences_in(matter: FrontMatter, folder: Path) -> Preferences:
    """The front matter's wishes; files are looked for beside the document first."""
    return Preferences(
        voice=matter.voice and _beside(matter.voice, folder),
        rate=matter.rate,
        style=matter.style and _beside(matter.style, folder),
        lexicons=(folder / matter.lexicon,) if matter.lexicon else (),
        cast={who: _beside(named, folder) for who, named in matter.cast.items()},
    )


def _voice(wishes: Preferences, document: Document) -> Voice:
    if wishes.voice in {None, AUTO}:
        return presets.default_for_text(document.text)
    assert wishes.voice
    return presets.load(wishes.voice)


def _beside(name: str, folder: Path) -> str:
    """A preset's or a style's name as it is; a file of one by its place."""
    return str(folder / name) if name.endswith(".toml") else name
