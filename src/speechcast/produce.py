"""The story: a text becomes an MP3 and subtitles that fit it."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from . import documents, reading, script, sound, studio, timeline, voices
from .check.own import require_whole
from .delivery import delivery
from .engines import engine
from .errors import OutputError, TextError
from .model import Cue, Speech, Timeline, Voice
from .progress import Report, silent
from .subtitles import formats, style
from .subtitles.captions import Captions, on_frames, shifted
from .subtitles.cut import cut
from .subtitles.style import Style


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
class Production:
    """What was made. `cues` count samples at `rate`; `duration` and `took` are seconds."""

    audio: Path
    subtitles: Path  # the first of the formats asked for
    files: tuple[Path, ...]
    voice: Voice
    style: Style
    sentences: int
    cues: tuple[Cue, ...]
    rate: int
    duration: float
    took: float


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made: the text, how it is spoken and shown, where the files go."""

    text: str
    name: str  # of the files, and of the speech where it has no title
    voice: Voice
    output: Path
    subtitling: Subtitling = Subtitling()


def make_speech(  # noqa: PLR0913 what a user may say of a speech, each by its name
    source: str | Path,
    voice: str | Voice = voices.DEFAULT,
    output: str | Path = "output",
    *,
    name: str | None = None,
    subtitling: Subtitling = Subtitling(),
    report: Report = silent,
) -> Production:
    """Speak the document `source` into `output`/`name`.mp3 and .srt (the document's own name).

    `voice` is a preset's name, a preset file's path or a Voice. Raises SpeechcastError, in which
    case nothing was written.
    """
    path = Path(source)
    chosen = voice if isinstance(voice, Voice) else voices.load(voice)
    text = documents.read(path)
    return produce(Order(text, name or path.stem, chosen, Path(output), subtitling), report)


def produce(order: Order, report: Report) -> Production:
    """Make what is ordered; see `make_speech`."""
    started = time.monotonic()
    names = _names(order)
    voice = order.voice
    _require_words(order)
    voices.require_language(voice, order.text)
    look = order.subtitling.style or style.for_language(voice.language)
    speech = script.parse(order.text)
    kind = engine(voice.engine)
    models = kind.needs(voice)
    lines = reading.lines(speech, voice, kind.longest)
    with delivery(order.output, names) as files:
        for bundle in models:
            bundle.ensure(report)
        with contextlib.closing(kind(voice)) as recorder:
            clips = studio.record(lines, recorder, report)
        placed = timeline.place(lines, clips, voice.pauses)
        cues = tuple(cut(placed, look))
        audio, *subtitles = files.values()
        sound.encode(sound.stitch(placed, voice.volume), audio)
        require_whole(cues, placed, audio)
        _write(subtitles, order.subtitling, _captions(cues, placed, speech, order))
    made = tuple(order.output / file for file in names)
    return Production(
        audio=made[0],
        subtitles=made[1],
        files=made,
        voice=voice,
        style=look,
        sentences=lines[-1].sentence,
        cues=cues,
        rate=placed.rate,
        duration=placed.length / placed.rate,
        took=time.monotonic() - started,
    )


def _names(order: Order) -> tuple[str, ...]:
    name = order.name
    if not name or name in {".", ".."} or any(c in name for c in "/\\\0"):
        raise OutputError(f"'{name}' cannot be a file's name; choose another with --name")
    return (f"{name}.mp3", *(name + formats.SUFFIXES[form] for form in order.subtitling.formats))


def _require_words(order: Order) -> None:
    if not script.is_voiced(order.text):
        raise TextError(
            f"{order.name} holds no words, only white space or marks; there is nothing to speak"
        )


def _captions(cues: tuple[Cue, ...], placed: Timeline, speech: Speech, order: Order) -> Captions:
    """The cues as they are written: shifted and on frames, where that was asked for."""
    asked = order.subtitling
    if asked.offset:
        cues = tuple(shifted(cues, round(asked.offset * placed.rate)))
    if asked.fps:
        cues = tuple(on_frames(cues, placed.rate, asked.fps))
    first = speech.paragraphs[0]
    title = "".join(s.text for s in first.sentences).strip() if first.title else order.name
    return Captions(cues, placed, title, order.voice.language)


def _write(paths: list[Path], asked: Subtitling, captions: Captions) -> None:
    for path, form in zip(paths, asked.formats, strict=True):
        path.write_bytes(formats.encoded(formats.compose(form, captions), asked.bom, asked.crlf))
