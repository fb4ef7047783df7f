"""The model, loaded once: a session that all embedded voices of this process share.

What makes one voice of another is an input of the model, so a cast of ten, or ten productions at
once, need no more than one. Any number of threads may run it at the same time, each on its own
core; the weights are there once.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import EngineError, ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


_WEIGHT_BYTES, _RUN_BYTES = 384 << 20, 192 << 20  # bytes; a run of the longest line takes 180 MB
OUT_OF_MEMORY = (
    "there is too little memory for the embedded voices, which take 450 MB, and 200 for each "
    "sentence at once; close other programs, or try --jobs 1"
)


class ModelSession:
    """A model's session, opened when it is first wanted, for at most so many threads at a time."""

    def __init__(self, model: Path, most: int) -> None:
        self._model = model
        self._places = most
        self._changed = threading.Condition()
        self._opening = threading.Lock()
        self._opened: InferenceSession | None = None

    @contextlib.contextmanager
    def borrow(self, closed: Callable[[], bool]) -> Iterator[InferenceSession]:
        """The session for the `with` block; waits where as many as may are at work with it.

        Raises EngineError once `closed` says so (see `wake`), ModelError for a damaged model.
        """
        self._enter(closed)
        try:
            yield self._open()
        finally:
            with self._changed:
                self._places += 1
                self._changed.notify()

    def wake(self) -> None:
        """Have those who wait look whether they are still to."""
        with self._changed:
            self._changed.notify_all()

    def _enter(self, closed: Callable[[], bool]) -> None:
        with self._changed:
            while not (closed() or self._places):
                self._changed.wait()
            if closed():
                self._changed.notify()  # it may have been our turn
                raise EngineError("the embedded voice is closed")
            self._places -= 1

    def _open(self) -> InferenceSession:
        with self._opening:
            if self._opened is None:
                self._opened = _opened(self._model)
            return self._opened


_SESSIONS: dict[Path, ModelSession] = {}
_FIRST = threading.Lock()


def shared_session(model: Path) -> ModelSession:
    """This model's session, the same for everyone; a thread a core, each run on one thread.

    Measured on two cores: one run on two threads takes 0.30 to 0.36 of the time its speech lasts,
    two runs on one thread each 0.25 together. A session for each would be no faster, and takes
    150 MB more.
    """
    with _FIRST:  # two voices may ask for their first at once
        return _SESSIONS.setdefault(model, ModelSession(model, count_cores()))


def is_out_of_memory(error: Exception) -> bool:
    """Whether that is why ONNX Runtime failed; only its words tell."""
    said = re.search("bad_alloc|Failed to allocate memory", str(error))
    return isinstance(error, MemoryError) or said is not None


def count_cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _opened(model: Path) -> InferenceSession:
    """The session, its memory not planned: a plan is for one length, and lines have many."""
    import onnxruntime

    _tight_arena()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as exc:
        if is_out_of_memory(exc):
            raise EngineError(OUT_OF_MEMORY) from exc
        raise ModelError(
            f"{model} is damaged ({exc}); delete it and run: speechcast voices install narrator"
        ) from exc


@functools.cache  # registered for the whole process
def _tight_arena() -> None:
    """Where sessions take memory from: one stretch for all of it, its gaps filled however small.

    ONNX Runtime's own grows by doubling and leaves gaps of up to 128 MB; what two lines at once
    then take depends on how they meet: 770 to 880 MB for the same text, 740 to 780 with this. What
    of the stretch is not used takes no memory.
    """
    import onnxruntime

    stretch = _WEIGHT_BYTES + count_cores() * _RUN_BYTES
    sizes = {"initial_chunk_size_bytes": stretch, "max_dead_bytes_per_chunk": 64 << 10}
    arena = onnxruntime.OrtArenaCfg({"max_mem": 0, "arena_extend_strategy": 0, **sizes})
    onnxruntime.create_and_register_allocator(
        onnxruntime.OrtMemoryInfo(
            "Cpu",
            onnxruntime.OrtAllocatorType.ORT_ARENA_ALLOCATOR,
            0,
            onnxruntime.OrtMemType.DEFAULT,
        ),
        arena,
    )
