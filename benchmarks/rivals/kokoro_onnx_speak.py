"""Speak sentences with the package `kokoro-onnx`, one after the other, into a WAV file.

    python kokoro_onnx_speak.py SENTENCES.json OUTPUT.wav

It runs in the environment of `benchmarks/requirements.txt`. What the package does by default is
left as it is: all cores for each sentence, and the silence around it trimmed.
"""

from __future__ import annotations

import json
import sys
import wave
from pathlib import Path

import numpy as np
from kokoro_onnx import Kokoro


def main(source: Path, output: Path) -> None:
    """Speak the sentences of a file that `benchmarks.embedded` wrote."""
    work = json.loads(source.read_text(encoding="utf-8"))
    kokoro = Kokoro(work["model"], work["voices"])
    with wave.open(str(output), "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", ""))
        for sentence in work["sentences"]:
            sound, _ = kokoro.create(sentence["phonemes"], work["voice"], is_phonemes=True)
            file.writeframes(np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
