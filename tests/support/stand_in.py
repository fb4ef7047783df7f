"""A stand-in for a model of the embedded voices that cannot be fetched here.

It takes and gives what the model does, in milliseconds: a number of frames for each symbol, and a
tone for each that is spoken. It says nothing about how the model sounds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from speechcast.downloads.bundle import Bundle, ModelFile, Piece
from speechcast.downloads.release import Release
from speechcast.engines.kokoro import files_hd
from speechcast.engines.kokoro.families import V1_1
from speechcast.engines.kokoro.vocabulary import BREATHS

if TYPE_CHECKING:
    from onnx import NodeProto

_SYMBOLS = 178  # of the model's vocabulary, n_token of its config.json
_FRAME = 600  # samples
_FRAMES = {"edge": 12, "breath": 16, "gap": 1, "sound": 4}  # at the plain speed, of 25 ms


def write_model(path: Path, *, silent: Iterable[int], gaps: Iterable[int]) -> None:
    """Write the stand-in as an ONNX file.

    Args:
        path: Where to; its folder must exist.
        silent: The numbers of the symbols at which it breathes.
        gaps: The numbers of the symbols between words.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    frames = np.full(_SYMBOLS, _FRAMES["sound"], np.float32)
    level = np.full(_SYMBOLS, 0.25, np.float32)
    frames[list(gaps)] = _FRAMES["gap"]
    frames[list(silent)], level[list(silent)] = _FRAMES["breath"], 0
    frames[0], level[0] = _FRAMES["edge"], 0
    constants: dict[str, NDArray[np.generic]] = {
        "frames": frames,
        "level": level,
        "pitch": np.linspace(0.02, 0.08, _SYMBOLS, dtype=np.float32),  # radians a sample
        "one": np.array(1, np.int64),
        "nought": np.array(0, np.int64),
        "least": np.array(1, np.float32),
        "row": np.array([-1], np.int64),
        "column": np.array([-1, 1], np.int64),
        "frame": np.array([1, _FRAME], np.int64),
        "samples": np.array(_FRAME, np.int64),
        "lines": np.array([0], np.int64),
        "second": np.array([1], np.int64),
    }
    nodes = [
        _node("Reshape", ["input_ids", "row"], "ids"),
        _node("Gather", ["frames", "ids"], "plain"),
        _node("Div", ["plain", "speed"], "exact"),
        _node("Round", ["exact"], "rounded"),
        _node("Max", ["rounded", "least"], "long"),
        _node("Cast", ["long"], "duration", to=TensorProto.INT64),
        _node("CumSum", ["duration", "nought"], "ends"),
        _node("ReduceSum", ["duration", "lines"], "total", keepdims=0),
        _node("Range", ["nought", "total", "one"], "times"),
        _node("Reshape", ["times", "column"], "times_column"),
        _node("GreaterOrEqual", ["times_column", "ends"], "passed"),
        _node("Cast", ["passed"], "passed_count", to=TensorProto.INT64),
        _node("ReduceSum", ["passed_count", "second"], "position", keepdims=0),
        _node("Gather", ["ids", "position"], "symbol"),
        _node("Gather", ["level", "symbol"], "frame_level"),
        _node("Gather", ["pitch", "symbol"], "frame_pitch"),
        _node("ReduceMean", ["style"], "color", keepdims=0),
        _node("Add", ["frame_level", "color"], "colored"),
        _node("Mul", ["colored", "frame_level"], "loud"),
        _node("Reshape", ["loud", "column"], "loud_column"),
        _node("Expand", ["loud_column", "frame"], "loud_frames"),
        _node("Reshape", ["loud_frames", "row"], "envelope"),
        _node("Reshape", ["frame_pitch", "column"], "pitch_column"),
        _node("Expand", ["pitch_column", "frame"], "pitch_frames"),
        _node("Reshape", ["pitch_frames", "row"], "angle_step"),
        _node("Mul", ["total", "samples"], "length"),
        _node("Range", ["nought", "length", "one"], "clock"),
        _node("Cast", ["clock"], "clock_real", to=TensorProto.FLOAT),
        _node("Mul", ["clock_real", "angle_step"], "angle"),
        _node("Sin", ["angle"], "wave"),
        _node("Mul", ["wave", "envelope"], "waveform"),
    ]
    graph = helper.make_graph(
        nodes,
        "stand-in",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "symbols"]),
            helper.make_tensor_value_info("style", TensorProto.FLOAT, [1, 256]),
            helper.make_tensor_value_info("speed", TensorProto.FLOAT, [1]),
        ],
        [
            helper.make_tensor_value_info("waveform", TensorProto.FLOAT, ["samples"]),
            helper.make_tensor_value_info("duration", TensorProto.INT64, ["symbols"]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, path)


def write_voices(path: Path, names: Iterable[str]) -> None:
    """Write an archive of styles as the model's publisher has it, 510 rows for each voice."""
    styles = {
        name: np.full((510, 1, 256), number / 1000, np.float32) for number, name in enumerate(names)
    }
    with path.open("wb") as file:  # np.savez would add .npz to a name
        np.savez(file, allow_pickle=False, **styles)


def _node(kind: str, inputs: list[str], output: str, **attributes: int) -> NodeProto:
    from onnx import helper

    node = helper.make_node(kind, inputs, [output])
    node.attribute.extend(helper.make_attribute(name, n) for name, n in attributes.items())
    return node


def write_files(folder: Path) -> None:
    """Write a model and an archive of voices under the names of Kokoro v1.1-zh's."""
    alphabet = V1_1.alphabet
    silent = [alphabet.ids[symbol] for symbol in BREATHS]
    model, styles = (folder / file.name for file in files_hd.BUNDLE.files)
    write_model(model, silent=silent, gaps=alphabet.gaps)
    write_voices(styles, files_hd.VOICES)


def stand_in_for(bundle: Bundle, folder: Path, address: str) -> Bundle:
    """Return the bundle with the files that `write_files` wrote, published at an address."""
    files = tuple(_measure(folder / file.name) for file in bundle.files)
    sources = tuple(replace(s, address=address) for s in bundle.sources if isinstance(s, Release))
    return replace(bundle, files=files, sources=sources)


def _measure(path: Path) -> ModelFile:
    content = path.read_bytes()
    return ModelFile(path.name, (Piece(len(content), hashlib.sha256(content).hexdigest()),))
