"""The story: a text becomes an MP3 and subtitles that fit it."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import documents, timeline
from .audio.encode import OutputFile
from .audio.formats import AUDIO_FORMATS
from .audio.loudness import LoudnessLevel
from .audio.master import publish
from .audio.targets import Target
from .check.selfcheck import require_whole
from .engines.base import Engine
from .engines.registry import engine_class
from .errors import OutputError, TextError
from .files import deliver
from .frontend import lexicon, utterances
from .frontend.lexicon import Lexicon
from .frontend.utterances import Reader
from .metadata import build_tags
from .model import Clip, Cue, Speech, Timeline, Utterance, Voice
from .progress import ProgressCallback, ignore_progress
from .request import AudioOptions, Preferences, Request, SubtitleOptions, resolve_request
from .script import parser
from .subtitles import style
from .subtitles.captions import Captions, shifted, snap_to_frames
from .subtitles.formats import registry
from .subtitles.segment import segment
from .subtitles.style import Style
from .synthesis import fit_duration, synthesizer
from .synthesis.clip_spool import ClipSpool
from .synthesis.synthesizer import Resources
from .voices import presets

log = logging.getLogger("speechcast.produce")


@dataclass(frozen=True, slots=True)
class Production:
    """What was made. `cues` count samples at `rate`; `duration` and `took` are seconds.

    `approximate`: an engine did not say when its words are heard, so between pauses the cues' times
    are estimates.
    """

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
    sounds: tuple[Path, ...]  # in each of the formats asked for
    target: Target
    levels: tuple[LoudnessLevel, ...]  # of each of them, as it is decoded
    approximate: bool = False


def make_speech(  # noqa: PLR0913 what a user may say of a speech, each by its name
    source: str | Path,
    voice: str | Voice | None = None,
    output: str | Path = "output",
    *,
    name: str | None = None,
    preferences: Preferences = Preferences(),
    subtitles: SubtitleOptions = SubtitleOptions(),
    audio: AudioOptions = AudioOptions(),
    progress: ProgressCallback = ignore_progress,
    resources: Resources | None = None,
) -> Production:
    """Speak the document `source` into `output`/`name`.mp3 and .srt (the document's own name).

    `voice` is a preset's name, a preset file's path, a Voice, or None for what the document or its
    language ask for. Raises SpeechcastError, in which case nothing was written.
    """
    path = Path(source)
    if isinstance(voice, str):
        preferences = Preferences(voice=voice).over(preferences)
    asked = resolve_request(
        documents.read(path),
        name or path.stem,
        Path(output),
        preferences,
        subtitles,
        folder=path.parent,
        voice=voice if isinstance(voice, Voice) else None,
        audio=audio,
    )
    return produce(asked, progress, resources)


def produce(
    request: Request, progress: ProgressCallback, resources: Resources | None = None
) -> Production:
    """Make what is ordered; see `make_speech`."""
    started = time.monotonic()
    names = _names(request)
    speech = parsed(request)
    look = request.subtitles.style or style.load_for_language(request.voice.language)
    lines = utterances.to_utterances(speech, readers(request))
    cast = {who: request.cast[who] for who in {line.speaker for line in lines}}
    with deliver(request.output, names) as files, _spool(files) as spool:
        _fetch(cast, progress)
        record = _recording(
            lines, progress, replace(resources or synthesizer.default_resources(), hold=spool.add)
        )
        spoken = fit_duration.fit_to_duration(request.audio.duration, lines, cast, record)
        placed = timeline.place(lines, spoken.clips, spoken.pauses)
        _advise(placed, request.target)
        cues = tuple(segment(placed, look))
        sounds, subtitles = _parted(files.values(), request)
        tags = build_tags(request, speech, placed, cues)
        levels = publish(
            placed, spoken.cast, request.target, _encodings(sounds, request), tags, progress
        )
        require_whole(cues, placed, *sounds)
        _write(subtitles, request.subtitles, _captions(cues, placed, request))
    made = tuple(request.output / file for file in names)
    sounds, subtitles = _parted(made, request)
    return Production(
        audio=sounds[0],
        sounds=sounds,
        subtitles=subtitles[0],
        files=made,
        voice=spoken.cast.get("", request.voice),
        style=look,
        sentences=lines[-1].sentence,
        cues=cues,
        rate=placed.rate,
        duration=placed.length / placed.rate,
        took=time.monotonic() - started,
        target=request.target,
        levels=levels,
        approximate=any(engine_class(v.engine).approximate for v in cast.values()),
    )


def parsed(order: Request) -> Speech:
    """The order's speech. Raises TextError where it holds no words, or not the voices' language."""
    speech = parser.parse(order.document.blocks, order.cast.keys() - {""})
    if not speech.paragraphs:
        raise TextError(
            f"{order.name} holds no words, only white space or marks; there is nothing to speak"
        )
    if not order.force:
        for who in {p.speaker: None for p in speech.paragraphs}:
            said = "\n".join(p.text for p in speech.paragraphs if p.speaker == who)
            presets.require_language(order.cast[who], said if who else speech.text)
    return speech


def readers(order: Request) -> Mapping[str, Reader]:
    """How each of the cast reads."""
    own = lexicon.own()
    return {who: _reader(voice, order.lexicon, own) for who, voice in order.cast.items()}


def _reader(voice: Voice, asked: Lexicon, own: Lexicon) -> Reader:
    kind = engine_class(voice.engine)
    readings = asked.over(Lexicon(voice.lexicon)).over(own)
    return Reader(voice, kind.max_characters(voice), kind.phonetic, readings)


def _fetch(cast: fit_duration.Cast, report: ProgressCallback) -> None:
    """The models of all voices that are not on this machine yet."""
    needed = [
        bundle
        for voice in cast.values()
        for bundle in engine_class(voice.engine).required_bundles(voice)
    ]
    for bundle in dict.fromkeys(needed):
        bundle.ensure(report)


def _recording(
    lines: Sequence[Utterance], report: ProgressCallback, means: Resources
) -> fit_duration.Recording:
    """How the lines are recorded by a cast, as often as it takes."""

    def record(cast: fit_duration.Cast) -> list[Clip]:
        with _engines(cast) as engines:
            return synthesizer.synthesize(lines, engines, report, voices=cast, resources=means)

    return record


def _advise(placed: Timeline, target: Target) -> None:
    seconds = placed.length / placed.rate
    if seconds > target.longest:
        log.warning(
            "sounds for %d minutes, and %s takes no file of more than %d; divide the text",
            seconds / 60,
            target.name,
            target.longest / 60,
        )


def _spool(files: Mapping[str, Path]) -> ClipSpool:
    """On the disk that the production goes to, which must have room for it anyway."""
    return ClipSpool(next(iter(files.values())).parent)


@contextlib.contextmanager
def _engines(cast: Mapping[str, Voice]) -> Iterator[Mapping[str, Engine]]:
    """Each speaker's engine, open; speakers of one voice share theirs."""
    with contextlib.ExitStack() as open_:
        opened = {
            voice: open_.enter_context(contextlib.closing(engine_class(voice.engine)(voice)))
            for voice in set(cast.values())
        }
        yield {who: opened[voice] for who, voice in cast.items()}


def _names(order: Request) -> tuple[str, ...]:
    name = order.name
    if not name or name in {".", ".."} or any(c in name for c in "/\\\0"):
        raise OutputError(f"'{name}' cannot be a file's name; choose another with --name")
    sounds = (AUDIO_FORMATS[form].suffix for form in order.audio.formats)
    subtitles = (registry.SUBTITLE_SUFFIXES[form] for form in order.subtitles.formats)
    return tuple(name + suffix for suffix in (*sounds, *subtitles))


def _parted(files: Collection[Path], order: Request) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The sound files, and those of subtitles."""
    every, sounds = tuple(files), len(order.audio.formats)
    return every[:sounds], every[sounds:]


def _encodings(sounds: Sequence[Path], order: Request) -> list[OutputFile]:
    """As it is asked for, else as the target asks, else as each format has it."""
    asked, wanted = order.audio, order.target
    return [
        OutputFile(
            path,
            AUDIO_FORMATS[name],
            sample_rate=asked.sample_rate or wanted.sample_rate,
            bitrate=asked.bitrate or wanted.bitrate,
        )
        for path, name in zip(sounds, asked.formats, strict=True)
    ]


def _captions(cues: Sequence[Cue], placed: Timeline, order: Request) -> Captions:
    """The cues as they are written: shifted and on frames, where that was asked for."""
    asked = order.subtitles
    if asked.offset:
        cues = shifted(cues, round(asked.offset * placed.rate))
    if asked.fps:
        cues = snap_to_frames(cues, placed.rate, asked.fps)
    title = order.document.front_matter.title or order.name
    return Captions(tuple(cues), placed, title, order.voice.language)


def _write(paths: Collection[Path], asked: SubtitleOptions, captions: Captions) -> None:
    for path, form in zip(paths, asked.formats, strict=True):
        path.write_bytes(
            registry.encode_text(registry.compose(form, captions), asked.bom, asked.crlf)
        )
