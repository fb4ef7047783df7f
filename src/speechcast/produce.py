"""The story: a text becomes an MP3 and subtitles that fit it."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

from . import documents, reading, script, sound, studio, timeline, voices
from .delivery import delivery
from .engines import engine
from .errors import OutputError, TextError
from .model import Cue, Voice
from .progress import Report, silent
from .subtitles.cut import cut
from .subtitles.srt import compose


@dataclass(frozen=True, slots=True)
class Production:
    """What was made. `cues` count samples at `rate`; `duration` and `took` are seconds."""

    audio: Path
    subtitles: Path
    voice: Voice
    sentences: int
    cues: tuple[Cue, ...]
    rate: int
    duration: float
    took: float


def make_speech(
    source: str | Path,
    voice: str | Voice = voices.DEFAULT,
    output: str | Path = "output",
    name: str | None = None,
    report: Report = silent,
) -> Production:
    """Speak the document `source` into `output`/`name`.mp3 and .srt (the document's own name).

    `voice` is a preset's name, a preset file's path or a Voice. Raises SpeechcastError, in which
    case nothing was written.
    """
    path = Path(source)
    chosen = voice if isinstance(voice, Voice) else voices.load(voice)
    return produce(documents.read(path), chosen, Path(output), name or path.stem, report)


def produce(text: str, voice: Voice, output: Path, name: str, report: Report) -> Production:
    """Speak `text`; see `make_speech`."""
    started = time.monotonic()
    if not script.is_voiced(text):
        raise TextError(
            f"{name} holds no words, only white space or marks; there is nothing to speak"
        )
    voices.require_language(voice, text)
    speech = script.parse(text)
    kind = engine(voice.engine)
    models = kind.needs(voice)
    lines = reading.lines(speech, voice, kind.longest)
    with delivery(output, _names(name)) as files:
        audio_file, subtitle_file = files.values()
        for bundle in models:
            bundle.ensure(report)
        with contextlib.closing(kind(voice)) as recorder:
            clips = studio.record(lines, recorder, report)
        placed = timeline.place(lines, clips, voice.pauses)
        cues = cut(placed)
        sound.encode(sound.stitch(placed, voice.volume), audio_file)
        subtitle_file.write_text(compose(cues, placed.rate), encoding="utf-8", newline="\n")
    return Production(
        audio=output / audio_file.name,
        subtitles=output / subtitle_file.name,
        voice=voice,
        sentences=lines[-1].sentence,
        cues=tuple(cues),
        rate=placed.rate,
        duration=placed.length / placed.rate,
        took=time.monotonic() - started,
    )


def _names(name: str) -> tuple[str, str]:
    if not name or name in {".", ".."} or any(c in name for c in "/\\\0"):
        raise OutputError(f"'{name}' cannot be a file's name; choose another with --name")
    return f"{name}.mp3", f"{name}.srt"
