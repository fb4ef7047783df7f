"""Keep the full model as ONNX Runtime has prepared it, so that it opens in a third of the time.

ONNX Runtime makes floats of the weights, folds constants and chooses kernels whenever it opens a
model: 1.6 s of processor time and 550 MB for a moment. What comes of it depends on its version and
on the processor, and takes 325 MB on the disk. So it is no part of the installation: it lies in the
user's cache folder, under a name made of all that it depends on, and is written when a model is
opened for which there is none. Whatever goes wrong with it, the model itself is opened.

The weights are then mapped from the file: opening takes 0.5 s and 170 MB, and processes share them.
The sound is the same to the bit.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...downloads.bundle import Piece
from ...downloads.verified import is_undamaged
from ...files import atomic_write, file_state, replace, sha256_of
from ...units import Seconds
from .shortage import measure_free_disk

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions

log = logging.getLogger("speechcast.engines")

STORING = 1  # raise it whenever what is stored would be another thing for the same model
DISK_NEEDED = 1_500_000_000  # bytes that must be free: several times what is written
MOST = 2  # graphs that are kept, for a home that two kinds of machines share
_GRAPH, _WEIGHTS, _DIGESTS = "graph.onnx", "weights.bin", "digests.json"
_SCRATCH = ".part-"  # what the name of a folder begins with until it is complete
_ABANDONED: Seconds = 3600.0  # the age of such a folder whose process is long gone
_CPUINFO = Path("/proc/cpuinfo")  # Linux: proc_cpuinfo(5)
_TRAITS = ("model name", "flags", "Features", "CPU implementer", "CPU part")

OptionsMaker = Callable[[], "SessionOptions"]


def open_stored(model: Path, make_options: OptionsMaker) -> InferenceSession:
    """Open a model for the processor, from its stored graph; write that if there is none.

    Args:
        model: The model's file.
        make_options: Returns new options for the session.

    Raises:
        Exception: What ONNX Runtime raises for the model itself.
    """
    with contextlib.suppress(OSError):
        folder = graphs_folder() / _name_graph(model)
        if _is_complete(folder):
            with contextlib.suppress(Exception):  # too little memory; the model's own error counts
                return _open_graph(folder, make_options())
        elif session := _open_and_store(model, folder, make_options()):
            return session
    return _open(model, make_options())


def graphs_folder() -> Path:
    """Return the folder of the stored graphs."""
    from platformdirs import user_cache_path

    return user_cache_path("speechcast") / "graphs"


def remove_graphs() -> None:
    """Remove every stored graph."""
    shutil.rmtree(graphs_folder(), ignore_errors=True)


def describe_processor(cpuinfo: Path = _CPUINFO) -> str:
    """Return what decides which kernels ONNX Runtime chooses, as far as it can be read."""
    try:
        lines = cpuinfo.read_text("utf-8", "replace").splitlines()
    except OSError:
        return f"{platform.machine()} {platform.processor()} {platform.node()}"
    return "\n".join(sorted({line for line in lines if line.startswith(_TRAITS)}))


def _name_graph(model: Path) -> str:
    """Return the name of a model's graph, made of what it depends on.

    Raises:
        OSError: There is no such model.
    """
    import onnxruntime

    versions = [STORING, onnxruntime.__version__, describe_processor()]
    content = json.dumps([*versions, str(model.absolute()), file_state(model)])
    return hashlib.sha256(content.encode(errors="surrogateescape")).hexdigest()[:32]


def _is_complete(folder: Path) -> bool:
    """Return whether a folder holds a graph as it was written; remove a damaged one."""
    try:
        digests = json.loads((folder / _DIGESTS).read_text("ascii"))
        pieces = {name: Piece(*digests[name]) for name in (_GRAPH, _WEIGHTS)}
    except FileNotFoundError:
        return False
    except (OSError, ValueError, TypeError, LookupError):
        pieces = {}
    whole = bool(pieces) and all(is_undamaged(folder / n, [p], b"") for n, p in pieces.items())
    if whole:
        with contextlib.suppress(OSError):
            os.utime(folder)  # it was used
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return whole


def _open_graph(folder: Path, options: SessionOptions) -> InferenceSession:
    import onnxruntime

    # Nothing is left to optimise, and looking for it takes as long as all the rest.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return _open(folder / _GRAPH, options)


def _open_and_store(model: Path, folder: Path, options: SessionOptions) -> InferenceSession | None:
    """Open a model, and store its graph; return None if it cannot be stored.

    Raises:
        OSError: The folder cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(folder.parent)
    free = measure_free_disk(folder.parent)
    if free is None or free < DISK_NEEDED:
        return None
    with _scratch_folder(folder.parent) as scratch:
        options.optimized_model_filepath = str(scratch / _GRAPH)
        entry = "session.optimized_model_external_initializers_"
        options.add_session_config_entry(f"{entry}file_name", _WEIGHTS)
        options.add_session_config_entry(f"{entry}min_size_in_bytes", "1024")
        try:
            session = _open(model, options)
        except Exception:  # the disk is full, or the model is damaged: then opening it says so
            return None
        digests = {n: _measure(scratch / n) for n in (_GRAPH, _WEIGHTS)}
        atomic_write(scratch / _DIGESTS, json.dumps(digests).encode(), durable=False)
        with contextlib.suppress(OSError):  # another process was faster
            if not (folder / _DIGESTS).exists():  # what is left of one that could not be removed
                shutil.rmtree(folder, ignore_errors=True)
            replace(scratch, folder)
            _remove_oldest(folder.parent)
        return session


def _measure(file: Path) -> tuple[int, str]:
    return file.stat().st_size, sha256_of(file)


def _open(model: Path, options: SessionOptions) -> InferenceSession:
    import onnxruntime

    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@contextlib.contextmanager
def _scratch_folder(parent: Path) -> Iterator[Path]:
    """Yield a new folder, and remove it unless it has got another name."""
    scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=parent))
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    """Remove what processes left that were killed while they wrote."""
    for folder in parent.glob(f"{_SCRATCH}*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > _ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)


def _remove_oldest(parent: Path) -> None:
    """Remove the graphs that were not used for longest, but for `MOST` of them."""
    graphs = [folder for folder in parent.iterdir() if not folder.name.startswith(_SCRATCH)]
    for folder in sorted(graphs, key=lambda folder: -folder.stat().st_mtime)[MOST:]:
        shutil.rmtree(folder, ignore_errors=True)
