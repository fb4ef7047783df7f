"""The sentences of a text by any voice: the engines' own, or espeak-ng, at any pace."""

from __future__ import annotations

import hashlib
import subprocess
import wave
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.filter import Graph

from speechcast import documents
from speechcast.audio.activity import find_active_ranges
from speechcast.engines.cast import open_engines
from speechcast.model import Clip, Span, Utterance
from speechcast.prepare import prepare
from speechcast.progress import ignore_progress
from speechcast.request import Preferences, resolve_request
from speechcast.synthesis.clip_cache import default_folder
from speechcast.synthesis.synthesizer import default_resources, synthesize

if TYPE_CHECKING:
    from speechcast.units import Hertz, Mono16

ESPEAK = "espeak:"  # before the name of one of its voices
WORDS_A_MINUTE = 170  # of espeak-ng in English, as people speak
SYLLABLES = 1.65  # of these for each, in Mandarin


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """The sound of a sentence, and where in it the speech is."""

    samples: Mono16
    rate: Hertz
    speech: Span


@cache
def speak(source: Path, voice: str) -> tuple[tuple[Utterance, ...], list[Clip]]:
    """Return the utterances of a text and their clips, from the user's cache where they are."""
    preferences = Preferences(voice=voice)
    prepared = prepare(resolve_request(documents.read(source), "trial", Path(), preferences))
    with open_engines(prepared.cast) as engines:
        clips = synthesize(
            prepared.utterances,
            engines,
            ignore_progress,
            voices=prepared.cast,
            resources=default_resources(),
        )
    return prepared.utterances, clips


@cache
def record(source: Path, voice: str, reference: str) -> list[Spoken]:
    """Return the sentences that the reference speaks, by another voice."""
    utterances, _ = speak(source, reference)
    if voice.startswith(ESPEAK):
        return [_speak_by_espeak(u, voice.removeprefix(ESPEAK)) for u in utterances]
    others, clips = speak(source, voice)
    assert [u.shown for u in others] == [u.shown for u in utterances], "divided otherwise"
    return [Spoken(clip.samples, clip.rate, clip.speech_span) for clip in clips]


def _speak_by_espeak(utterance: Utterance, voice: str) -> Spoken:
    mandarin = voice.startswith("cmn")
    text = " ".join(" ".join(t.pinyin) if t.pinyin else t.spoken for t in utterance.tokens)
    speed = round(WORDS_A_MINUTE * (SYLLABLES if mandarin else 1))
    arguments = ["-v", voice, "-s", str(speed), text if mandarin else utterance.spoken]
    path = default_folder() / f"espeak-{hashlib.sha256(repr(arguments).encode()).hexdigest()}.wav"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["espeak-ng", "-w", str(path), *arguments], check=True)
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        rate = file.getframerate()
    return Spoken(samples, rate, _find_speech(samples, rate))


def _find_speech(samples: Mono16, rate: Hertz) -> Span:
    sounds = find_active_ranges(samples, rate)
    return Span(sounds[0].start, sounds[-1].end)


def hurry(spoken: Spoken, pace: float) -> Spoken:
    """Return a sentence at another pace, its pitch as it was (FFmpeg's `atempo`)."""
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=spoken.rate, format="s16", layout="mono", time_base=Fraction(1, spoken.rate)
    )
    graph.link_nodes(source, graph.add("atempo", str(pace)), graph.add("abuffersink")).configure()
    edge = np.zeros(spoken.rate // 10, np.int16)  # what the filter swallows at the ends
    frame = av.AudioFrame.from_ndarray(
        np.concatenate((edge, spoken.samples, edge))[None], format="s16", layout="mono"
    )
    frame.rate = spoken.rate
    graph.push(frame)
    graph.push(None)
    pieces = []
    while True:
        try:
            pieces.append(cast("av.AudioFrame", graph.pull()).to_ndarray()[0])
        except (av.error.EOFError, BlockingIOError):
            break
    samples = np.concatenate(pieces)
    # The filter moves sounds by some milliseconds, so the truth is measured again.
    before, after = _find_speech(spoken.samples, spoken.rate), _find_speech(samples, spoken.rate)
    start, end = (
        round((ours - sound) / pace) + measured
        for ours, sound, measured in zip(spoken.speech, before, after, strict=True)
    )
    return Spoken(samples, spoken.rate, Span(max(0, start), end))
