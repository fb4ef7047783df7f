"""Feed sound block by block through one of FFmpeg's audio filters."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av import AudioFrame

    from ..units import Hertz, Mono16


class AudioFilter:
    """One of FFmpeg's filters for 16-bit sound, mono unless it has two channels."""

    def __init__(self, name: str, settings: str, rate: Hertz, channels: int = 1) -> None:
        """Set up the filter.

        Args:
            name: FFmpeg's name of the filter.
            settings: its options, in FFmpeg's notation (`a=1:b=2`).
            rate: the sample rate of the blocks that go in.
            channels: 1 or 2; the samples of two alternate in a block.
        """
        from av.filter import Graph

        self._rate, self._channels = rate, channels
        self._layout = "stereo" if channels == 2 else "mono"
        self._position = 0
        self._graph = Graph()
        source = self._graph.add_abuffer(
            sample_rate=rate, format="s16", layout=self._layout, time_base=Fraction(1, rate)
        )
        sink = self._graph.add("abuffersink")
        self._graph.link_nodes(source, self._graph.add(name, settings), sink).configure()

    def filter(self, block: Mono16) -> Iterator[AudioFrame]:
        """Yield the frames that the filter completes for this block.

        The block is int16, shape (samples,).
        """
        import av

        frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=self._layout)
        frame.sample_rate, frame.pts = self._rate, self._position
        self._position += len(block) // self._channels
        self._graph.push(frame)
        yield from self._pull()

    def flush(self) -> Iterator[AudioFrame]:
        """Yield the frames left in the filter after the last block."""
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
