"""Stitching and encoding against what a user would do, with the same samples.

The alternatives: one `ffmpeg` command that encodes the finished samples (without any stitching),
PyAV's LAME alone (a slower build than the command's), and pydub's own way, `+=` in a loop and
`export`. The command and pydub need an ffmpeg on the machine and are left out without one. All are
in processor time. Half of each clip is noise, because any codec is fast on silence.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from pydub import AudioSegment

from benchmarks.rows import Plan, Row, processor_time
from speechcast.audio.encode import encode
from speechcast.audio.stitch import BLOCK, stitch
from speechcast.model import Clip, Pause, Pauses, Span, Timeline, Token, Utterance
from speechcast.timeline import place

RATE = 24_000
OUTPUT_RATE, BITRATE = 48_000, 96_000  # of the MP3s
CLIP_SECONDS = 6
MINUTES = 10
NOTE = "Only encoding: the samples are stitched beforehand, which ours does meanwhile."


def sound(plan: Plan) -> Iterator[Row]:
    """Yield the rows of ten minutes of sound, stitched and encoded as MP3."""
    minutes = 1 if plan.quick else MINUTES
    timeline = make_timeline(round(minutes * 60 / (CLIP_SECONDS + 0.5)))
    raw, folder = plan.folder / "stitched.raw", plan.folder
    raw.write_bytes(b"".join(b.tobytes() for b in stitch(timeline, {})))
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: encode(stitch(timeline, {}), RATE, folder / "ours.mp3"),
        "the LAME of PyAV": lambda: encode_with_pyav(raw, folder / "pyav.mp3"),
    }
    if shutil.which("ffmpeg"):
        ways["`ffmpeg`"] = lambda: encode_with_ffmpeg(raw, folder / "ffmpeg.mp3")
        ways["pydub, `+=` and `export`"] = lambda: encode_with_pydub(timeline, folder / "a.mp3")
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(plan.rounds(3)):
        for name, way in ways.items():
            took[name].append(time_cpu(way))
    ours = tuple(took.pop("ours"))
    for name, theirs in took.items():
        note = NOTE if "LAME" in name or "ffmpeg" in name else ""
        what = f"{minutes} minutes, stitched and encoded"
        yield Row(what, name, ours, tuple(theirs), "CPU s", note)


def time_cpu(way: Callable[[], object]) -> float:
    """Return the processor seconds of this process and its commands."""
    started = processor_time()
    way()
    return processor_time() - started


def make_timeline(count: int) -> Timeline:
    """Return a timeline of `count` clips, with noise for words."""
    rng = np.random.default_rng(0)
    words = (np.sin(np.arange(CLIP_SECONDS * RATE) / RATE * 2 * np.pi * 3) > 0) * 4000
    clips = []
    for _ in range(count):
        noise = np.convolve(rng.standard_normal(CLIP_SECONDS * RATE), np.hanning(12) / 3, "same")
        samples = np.rint(noise * words).clip(-32768, 32767).astype(np.int16)
        clips.append(Clip(samples, RATE, (Span(0, len(samples)),)))
    token = Token("一", "一")
    utterances = [
        Utterance(tokens=(token,), sentence=n, row=n, pause=Pause.SENTENCE)
        for n in range(1, count + 1)
    ]
    return place(utterances, clips, {"": Pauses()})


def encode_with_pyav(raw: Path, output: Path) -> None:
    """Encode the finished samples with PyAV, and do nothing else."""
    samples = np.fromfile(raw, np.int16)
    with av.open(str(output), "w", format="mp3") as file:
        stream: Any = file.add_stream("libmp3lame", rate=OUTPUT_RATE, layout="mono")
        stream.bit_rate = BITRATE
        for start in range(0, len(samples), BLOCK):
            block = samples[start : start + BLOCK].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def encode_with_ffmpeg(raw: Path, output: Path) -> None:
    """Encode the finished samples with the `ffmpeg` command."""
    source = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(raw)]
    options = ["-ar", str(OUTPUT_RATE), "-b:a", str(BITRATE)]
    command = ["ffmpeg", "-v", "error", "-y", *source, *options, str(output)]
    subprocess.run(command, check=True)


def encode_with_pydub(timeline: Timeline, output: Path) -> None:
    """Stitch and encode with pydub alone."""
    whole = AudioSegment.empty()
    for placed in timeline.clips:
        data = placed.clip.samples.tobytes()
        whole += AudioSegment(data=data, sample_width=2, frame_rate=RATE, channels=1)
        whole += AudioSegment.silent(500, RATE)
    whole.export(output, format="mp3", bitrate=str(BITRATE), parameters=["-ar", str(OUTPUT_RATE)])
