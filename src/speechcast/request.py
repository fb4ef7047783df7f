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

from .audio.formats import FORMATS
from .audio.tags.model import Cover
from .audio.targets import Target, target
from .documents import Document
from .documents.front_matter import Matter
from .frontend import lexicon
from .frontend.lexicon import Lexicon
from .model import Voice
from .subtitles import style
from .subtitles.style import Style
from .voices import presets

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Subtitling:
    """How the subtitles are to be: their style (None: the language's own) and their files."""

    style: Style | None = None
    formats: tuple[str, ...] = ("srt",)
    bom: bool = False
    crlf: bool = False
    offset: float = 0.0  # seconds later (or earlier) than the sound
    fps: Fraction | None = None  # in and out on a frame of a picture at so many a second


@dataclass(frozen=True, slots=True)
class Sounding:
    """How the sound is to be; None where that is left to the preset, the target and the format.

    `loudness` is a target as in targets.py, `bitrate` in bits a second, `seconds` how long the
    whole is to take.
    """

    formats: tuple[str, ...] = ("mp3",)
    loudness: str | None = None
    bitrate: int | None = None
    sample_rate: int | None = None
    seconds: float | None = None
    cover: Cover | None = None
    album: str = ""  # what it is one of, and its place there
    track: int = 0
    tracks: int = 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody wants of a production; None where they leave it to others.

    `voice` and `style` are names or files' paths, `rate` is as `+10%`, `cast` the voice of each
    speaker's label.
    """

    voice: str | None = None
    rate: str | None = None
    style: str | None = None
    lexicons: tuple[Path, ...] = ()
    cast: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: Wishes) -> Wishes:
        """Both; where they differ, these hold."""
        ours: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        wished = {k: v for k, v in ours.items() if v is not None}
        both = {
            "lexicons": self.lexicons + other.lexicons,
            "cast": {**other.cast, **self.cast},
        }
        return replace(other, **{**wished, **both})


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: the document, how it is spoken and shown, where the files go."""

    document: Document
    name: str  # of the files, and of the speech where it has no title
    cast: Mapping[str, Voice]  # by the speaker's label; "" is the production's own voice
    output: Path
    subtitling: Subtitling = Subtitling()
    lexicon: Lexicon = Lexicon()
    force: bool = False  # whatever language the voice speaks
    sounding: Sounding = Sounding()

    @property
    def voice(self) -> Voice:
        return self.cast[""]

    @property
    def target(self) -> Target:
        """How loud it is to be. Raises UsageError."""
        return target(self.sounding.loudness or self.voice.loudness)


def order(  # noqa: PLR0913 what an order is made of, each by its name
    document: Document,
    name: str,
    output: Path,
    wishes: Wishes = Wishes(),
    subtitling: Subtitling = Subtitling(),
    *,
    folder: Path = Path(),
    voice: Voice | None = None,
    force: bool = False,
    sounding: Sounding = Sounding(),
) -> Order:
    """The order for `document`, which lies in `folder`; a `voice` given holds before all wishes.

    Raises PresetError, UsageError for a wish that cannot be had.
    """
    wishes = wishes.over(wished_in(document.matter, folder))
    main = voice or _voice(wishes, document)
    cast = {who: presets.load(named) for who, named in wishes.cast.items()}
    if wishes.rate:
        main = presets.with_rate(main, wishes.rate)
        cast = {who: presets.with_rate(v, wishes.rate) for who, v in cast.items()}
    if wishes.style and subtitling.style is None:
        subtitling = replace(subtitling, style=style.load(wishes.style))
    own = Lexicon()
    for path in reversed(wishes.lexicons):
        own = lexicon.load(path).over(own)
    made = Order(document, name, {"": main, **cast}, output, subtitling, own, force, sounding)
    _require(sounding, made.target)
    edged = {who: replace(v, pauses=made.target.edged(v.pauses)) for who, v in made.cast.items()}
    return replace(made, cast=edged)


def _require(asked: Sounding, wanted: Target) -> None:
    """Raise UsageError unless every format can be had as it is asked for."""
    for name in asked.formats:
        FORMATS[name].require(asked.sample_rate, asked.bitrate, wanted.sample_rate)


def wished_in(matter: Matter, folder: Path) -> Wishes:
    """The front matter's wishes; files are looked for beside the document first."""
    return Wishes(
        voice=matter.voice and _beside(matter.voice, folder),
        rate=matter.rate,
        style=matter.style and _beside(matter.style, folder),
        lexicons=(folder / matter.lexicon,) if matter.lexicon else (),
        cast={who: _beside(named, folder) for who, named in matter.cast.items()},
    )


def _voice(wishes: Wishes, document: Document) -> Voice:
    if wishes.voice in {None, AUTO}:
        return presets.for_text(document.text)
    assert wishes.voice
    return presets.load(wishes.voice)


def _beside(name: str, folder: Path) -> str:
    """A preset's or a style's name as it is; a file of one by its place."""
    return str(folder / name) if name.endswith(".toml") else name
