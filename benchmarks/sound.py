"""Time stitching and encoding against what a user would do.

Both get the same samples.

    python -m benchmarks.sound [MINUTES] [ROUNDS]

The alternatives: one `ffmpeg` command that encodes the finished samples (without any stitching),
PyAV's LAME alone (a slower build than the command's), and pydub's own way, `+=` in a loop and
`export`. The command and pydub need an ffmpeg on the machine and are left out without one. All are
timed in turn within one run, in processor time; only the ratios count. Half of each clip is noise,
because any codec is fast on silence.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
from pydub import AudioSegment

from speechcast.audio.encode import encode
from speechcast.audio.loudness import measure_level
from speechcast.audio.stitch import BLOCK, stitch
from speechcast.model import Clip, Pause, Pauses, Span, Timeline, Token, Utterance
from speechcast.timeline import place

RATE = 24_000
OUTPUT_RATE, BITRATE = 48_000, 96_000  # of the MP3s
CLIP_SECONDS = 6
MOST = 1.2  # times as long as ffmpeg that ours may take


def main() -> None:
    """Run the benchmark with the numbers of the command line."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    timeline = make_timeline(round(minutes * 60 / (CLIP_SECONDS + 0.5)))
    print(f"{timeline.length / RATE / 60:.1f} minutes, {len(timeline.clips)} clips")
    with tempfile.TemporaryDirectory() as folder:
        compare(timeline, Path(folder), rounds)


def compare(timeline: Timeline, folder: Path, rounds: int) -> None:
    """Time every way in each round, and print the medians."""
    raw = folder / "a.raw"
    raw.write_bytes(b"".join(b.tobytes() for b in stitch(timeline, {})))
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: encode(stitch(timeline, {}), RATE, folder / "ours.mp3"),
    }
    if shutil.which("ffmpeg"):
        ways["ffmpeg"] = lambda: encode_with_ffmpeg(raw, folder / "ffmpeg.mp3")
        ways["pydub +="] = lambda: encode_with_pydub(timeline, folder / "pydub.mp3")
    ways["LAME"] = lambda: encode_with_pyav(raw, folder / "pyav.mp3")
    ways["measuring"] = lambda: measure_level(stitch(timeline, {}), RATE)
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            started = processor_time()
            way()
            took[name].append(processor_time() - started)
    for name, seconds in took.items():
        ratio = statistics.median(o / s for o, s in zip(took["ours"], seconds, strict=True))
        limit = f" (at most {MOST})" if name == "ffmpeg" else ""
        print(f"{name:10} {statistics.median(seconds):7.2f} s, ours takes {ratio:.2f}{limit}")


def processor_time() -> float:
    """Return the processor seconds of this process and its commands."""
    return sum(os.times()[:4])


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


if __name__ == "__main__":
    main()
