"""Speak sentences with the package `kokoro` of the model's author, one after the other.

    python kokoro_speak.py SENTENCES.json OUTPUT.wav

It runs in the environment of `benchmarks/requirements-torch.txt`. The author's weights are on the
Hugging Face hub alone; where its cache has none, the network keeps the weights that it is made
with, at random. The time does not depend on their values, but the lengths of the sounds do, so
every symbol is given the length that it has in our sound.
"""

from __future__ import annotations

import json
import sys
import tempfile
import wave
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from huggingface_hub import try_to_load_from_cache
from kokoro import KModel

REPOSITORY = "hexgrad/Kokoro-82M"
MOST_FRAMES = 50  # of a symbol: the classes of the model's durations


def main(source: Path, output: Path) -> None:
    """Speak the sentences of a file that `benchmarks.embedded` wrote."""
    work = json.loads(source.read_text(encoding="utf-8"))
    model = load_model()
    frames: list[int] = []
    model.predictor.duration_proj.register_forward_hook(lambda *_: compose_logits(frames))
    with np.load(work["voices"]) as voices:
        styles = torch.from_numpy(voices[work["voice"]])
    with wave.open(str(output), "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", ""))
        for sentence in work["sentences"]:
            frames[:] = sentence["frames"]
            style = styles[len(sentence["phonemes"]) - 1]
            sound = np.nan_to_num(model(sentence["phonemes"], style).numpy())
            if len(sound) != 600 * sum(frames):
                raise ValueError(f"{len(sound)} samples for {sentence['phonemes']}")
            file.writeframes(np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())


def load_model() -> KModel:
    """Return the author's network."""
    weights = try_to_load_from_cache(REPOSITORY, KModel.MODEL_NAMES[REPOSITORY])
    with tempfile.TemporaryDirectory() as folder:
        if not isinstance(weights, str):
            weights = f"{folder}/none.pth"
            torch.save({}, weights)
        return KModel(REPOSITORY, str(find_config()), weights).eval()


def compose_logits(frames: Sequence[int]) -> torch.Tensor:
    """Return what the layer of durations would: so many classes of a symbol's that are sure."""
    sure = torch.arange(MOST_FRAMES) < torch.tensor(frames)[:, None]
    return torch.where(sure, 100.0, -100.0)[None]


def find_config() -> Path:
    """Return the network's description, which `kokoro-onnx` carries unchanged."""
    package = find_spec("kokoro_onnx")
    assert package
    assert package.origin
    return Path(package.origin).with_name("config.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
