"""One of FFmpeg's audio filters, fed block by block."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from av import AudioFrame
    from numpy.typing import NDArray


class AudioFilter:
    """Mono 16-bit sound at `rate` through the filter called `name`."""

    def __init__(self, name: str, settings: str, rate: int) -> None:
        from av.filter import Graph

        self._rate = rate
        self._position = 0
        self._graph = Graph()
        source = self._graph.add_abuffer(
            sample_rate=rate, format="s16", layout="mono", time_base=Fraction(1, rate)
        )
        end = self._graph.add("abuffersink")
        self._graph.link_nodes(source, self._graph.add(name, settings), end).configure()

    def filter(self, block: NDArray[np.int16]) -> Iterator[AudioFrame]:
        """What the filter gives out for this block."""
        import av

        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.pts = self._rate, self._position
        self._position += len(block)
        self._graph.push(frame)
        yield from self._pull()

    def flush(self) -> Iterator[AudioFrame]:
        """What is left in the filter after the last block."""
        self._graph.push(None)
        yield from self._pull()

    def _pull(self) -> Iterator[AudioFrame]:
        import av

        while True:
            try:
                frame: Any = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            yield frame
