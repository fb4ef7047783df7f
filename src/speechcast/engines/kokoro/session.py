"""Load the model once for all embedded voices of this process.

Voices differ only in an input of the model, so ten voices, or ten productions at once, need no more
than one session. Several threads may run it at the same time, each on its own core; the weights are
in memory once.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...cores import count_cores
from ...errors import EngineError, ModelError
from ...messages import _, mark
from ..model_errors import is_out_of_memory, shorten_error
from .devices import ACCELERATORS, PROCESSOR
from .stored_graph import open_stored
from .variants import full_path

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, SessionOptions
WEIGHT_BYTES = 512 << 20
RUN_BYTES = 256 << 20  # a run of the longest utterance takes 240 MB
OUT_OF_MEMORY = mark(
    "there is too little memory for the embedded voices, which take 450 MB, and 250 MB for each "
    "sentence at once; close other programs, try --jobs 1, or keep their small model by: "
    "speechcast voices install narrator --compact"
)


class ModelSession:
    """A model's session, opened at its first use.

    It limits how many threads run it at a time.
    """

    def __init__(
        self, model: Path, max_threads: int, preset: str = "narrator", provider: str = PROCESSOR
    ) -> None:
        """Take the model's file and the limit of concurrent threads.

        Args:
            model: The file.
            max_threads: How many threads may run it at a time.
            preset: The preset that installs the model.
            provider: What runs it; a provider of ONNX Runtime.
        """
        self._model = model
        self._preset = preset
        self._provider = provider
        self._max_threads = self._free = max_threads
        self._changed = threading.Condition()
        self._opening = threading.Lock()
        self._opened: InferenceSession | None = None

    @property
    def max_threads(self) -> int:
        """How many threads may run the session at a time."""
        return self._max_threads

    def open(self, *, alone: bool = False) -> None:
        """Open the session, if no one has.

        Args:
            alone: Whether one run at a time is to use every core. Each is done sooner then, and all
                together take longer. It holds for as long as this process.

        Raises:
            EngineError: Memory does not suffice.
            ModelError: The model file is damaged.
        """
        with self._opening:
            if self._opened is None:
                threads = self._limit_to_one() if alone else 1
                self._opened = open_session(self._model, self._preset, self._provider, threads)

    def _limit_to_one(self) -> int:
        """Let one thread run the session at a time; return how many could before."""
        with self._changed:
            before, self._max_threads = self._max_threads, 1
            self._free -= before - 1
        return before

    @contextlib.contextmanager
    def borrow(self, closed: Callable[[], bool]) -> Iterator[InferenceSession]:
        """Yield the session, waiting until fewer threads than the limit run it.

        Args:
            closed: Whether the borrower was closed meanwhile; call `wake` after it changes.

        Raises:
            EngineError: The borrower was closed, or memory does not suffice.
            ModelError: The model file is damaged.
        """
        self._enter(closed)
        try:
            self.open()
            assert self._opened is not None
            yield self._opened
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify()

    @property
    def running(self) -> int:
        """How many threads have borrowed the session at present."""
        with self._changed:
            return self._max_threads - self._free

    def wake(self) -> None:
        """Have every waiting thread check whether its borrower was closed."""
        with self._changed:
            self._changed.notify_all()

    def _enter(self, closed: Callable[[], bool]) -> None:
        with self._changed:
            while not (closed() or self._free > 0):
                self._changed.wait()
            if closed():
                self._changed.notify()  # the wake-up may have been meant for another thread
                raise EngineError(_("the embedded voice is closed"))
            self._free -= 1


_sessions: dict[tuple[Path, str], ModelSession] = {}
_sessions_lock = threading.Lock()


def shared_session(
    model: Path, preset: str = "narrator", provider: str = PROCESSOR
) -> ModelSession:
    """Return the model's session, the same for every caller.

    One thread per core may run it.

    Each run uses one thread, unless it was opened `alone`. Measured on two cores: one run on two
    threads takes 0.30 to 0.36 of its speech's duration, two runs on one thread each take 0.25
    together. A session per voice would
    be no faster, and takes 150 MB more.
    """
    with _sessions_lock:  # two voices may be opened at once
        session = ModelSession(model, count_cores(), preset, provider)
        return _sessions.setdefault((model, provider), session)


def open_session(
    model: Path, preset: str = "narrator", provider: str = PROCESSOR, threads: int = 1
) -> InferenceSession:
    """Open the model; the installed full one from its stored graph.

    Args:
        model: The file.
        preset: The preset that installs it.
        provider: What is to run it; what it cannot run, the processor does.
        threads: How many a run uses.

    Raises:
        EngineError: Memory does not suffice, or the provider cannot be used.
        ModelError: The file is damaged.
    """
    import onnxruntime

    _register_arena()
    make_options = functools.partial(_make_options, threads)
    try:
        if provider == PROCESSOR and model == full_path():
            session = open_stored(model, make_options)
        else:
            providers = list(dict.fromkeys((provider, PROCESSOR)))
            session = onnxruntime.InferenceSession(model, make_options(), providers=providers)
    except Exception as exc:
        if is_out_of_memory(exc):
            raise EngineError(_(OUT_OF_MEMORY)) from exc
        raise ModelError(
            _(
                "{model} is damaged ({exc}); delete it and run: speechcast voices install {preset}"
            ).format(model=model, exc=shorten_error(exc), preset=preset)
        ) from exc
    _release_freed_memory()
    if provider not in session.get_providers():  # ONNX Runtime goes on without it
        name = ACCELERATORS.get(provider, provider)
        raise EngineError(
            _(
                "{name} cannot be used any more; add --device cpu, or have it tried again: "
                "speechcast voices install {preset}"
            ).format(name=name, preset=preset)
        )
    return session


def _make_options(threads: int) -> SessionOptions:
    """Return the options of every session.

    Threads that wait do not spin: the cores are wanted for reading and encoding as well.
    Memory patterns are off: they are planned for one length of input, and utterances have many.
    What a rewritten model says of integers is about its weights alone, so they become floats when
    it is opened, once, and not at every run.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_mem_pattern = False
    options.add_session_config_entry("session.use_env_allocators", "1")
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return options


def _release_freed_memory() -> None:
    """Give back to the system what the C library holds of freed memory.

    Opening the full model takes 350 MB for a moment, which glibc would keep. Other libraries have
    no such function.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@functools.cache  # once for the whole process
def _register_arena() -> None:
    """Register the arena from which sessions allocate.

    It is one block, and reuses gaps of any size.

    ONNX Runtime's default arena grows by doubling and leaves gaps of up to 128 MB, so the memory of
    two concurrent runs depends on their timing: 770 to 880 MB for the same text, 740 to 780 MB with
    this arena. The unused part of the block takes no memory.
    """
    import onnxruntime

    block = WEIGHT_BYTES + count_cores() * RUN_BYTES
    sizes = {"initial_chunk_size_bytes": block, "max_dead_bytes_per_chunk": 64 << 10}
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
