"""Stitching and encoding against what a user would do instead, on the same samples.

    python -m benchmarks.sound [MINUTES] [ROUNDS]

Against one `ffmpeg` command that encodes the finished samples (no stitching in it), against PyAV's
LAME alone (whose build is slower than the command's), and against pydub's
own way, `+=` in a loop and `export`. Both commands need an ffmpeg on the machine; without one ours
is timed alone. In turn, inside one run, in processor
time; the ratios count. Half of the clips are noise, as no codec
is fast on silence only.
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
from speechcast.audio.stitch import BLOCK, blocks, stitch
from speechcast.model import Clip, Pause, Pauses, Span, Timeline, Token, Utterance
from speechcast.timeline import place

RATE = 24_000
DELIVERED, BITRATE = 48_000, 96_000  # what speechcast's MP3s have
SECONDS = 6  # a clip
MOST = 1.2


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    timeline = speech(round(minutes * 60 / (SECONDS + 0.5)))
    print(f"{timeline.length / RATE / 60:.1f} minutes, {len(timeline.clips)} clips")
    with tempfile.TemporaryDirectory() as folder:
        compare(timeline, Path(folder), rounds)


def compare(timeline: Timeline, folder: Path, rounds: int) -> None:
    raw = folder / "a.raw"
    raw.write_bytes(b"".join(b.tobytes() for b in blocks(stitch(timeline, {}))))
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: encode(stitch(timeline, {}), folder / "ours.mp3"),
    }
    if shutil.which("ffmpeg"):
        ways["ffmpeg"] = lambda: ffmpeg(raw, folder / "ffmpeg.mp3")
        ways["pydub +="] = lambda: pydub(timeline, folder / "pydub.mp3")
    ways["LAME"] = lambda: alone(raw, folder / "alone.mp3")
    ways["measuring"] = lambda: measure_level(blocks(stitch(timeline, {})), RATE)
    took: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            started = processor()
            way()
            took[name].append(processor() - started)
    for name, seconds in took.items():
        ratio = statistics.median(o / s for o, s in zip(took["ours"], seconds, strict=True))
        told = f" (at most {MOST})" if name == "ffmpeg" else ""
        print(f"{name:10} {statistics.median(seconds):7.2f} s, ours takes {ratio:.2f}{told}")


def processor() -> float:
    """Seconds of processor time that this process and the commands it ran have taken."""
    return sum(os.times()[:4])


def speech(clips: int) -> Timeline:
    """Bursts of noise in place of words."""
    rng = np.random.default_rng(0)
    words = (np.sin(np.arange(SECONDS * RATE) / RATE * 2 * np.pi * 3) > 0) * 4000
    made = []
    for _ in range(clips):
        noise = np.convolve(rng.standard_normal(SECONDS * RATE), np.hanning(12) / 3, "same")
        samples = np.rint(noise * words).clip(-32768, 32767).astype(np.int16)
        made.append(Clip(samples, RATE, (Span(0, len(samples)),)))
    token = Token("一", "一")
    lines = [Utterance((token,), n, n, Pause.SENTENCE) for n in range(1, clips + 1)]
    return place(lines, made, {"": Pauses()})


def alone(raw: Path, into: Path) -> None:
    """The finished samples through PyAV's encoder, and nothing else."""
    samples = np.fromfile(raw, np.int16)
    with av.open(str(into), "w", format="mp3") as file:
        stream: Any = file.add_stream("libmp3lame", rate=DELIVERED, layout="mono")
        stream.bit_rate = BITRATE
        for start in range(0, len(samples), BLOCK):
            block = samples[start : start + BLOCK].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = RATE, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def ffmpeg(raw: Path, into: Path) -> None:
    given = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(raw)]
    wanted = ["-ar", str(DELIVERED), "-b:a", str(BITRATE)]
    command = ["ffmpeg", "-v", "error", "-y", *given, *wanted, str(into)]
    subprocess.run(command, check=True)


def pydub(timeline: Timeline, into: Path) -> None:
    whole = AudioSegment.empty()
    for placed in timeline.clips:
        data = placed.clip.samples.tobytes()
        whole += AudioSegment(data=data, sample_width=2, frame_rate=RATE, channels=1)
        whole += AudioSegment.silent(500, RATE)
    whole.export(into, format="mp3", bitrate=str(BITRATE), parameters=["-ar", str(DELIVERED)])


if __name__ == "__main__":
    main()
