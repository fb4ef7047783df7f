"""Measure what a player plays of a file while the file is still being encoded."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Full, Queue
from typing import TYPE_CHECKING, Any

from .decode import decode_packets
from .loudness import LoudnessLevel, measure_level

if TYPE_CHECKING:
    from av import Packet

    from ..units import Hertz, Seconds

AHEAD = 64  # batches of packets that may wait; a batch is some seconds of sound
_LOOK: Seconds = 0.5  # between two looks at whether the measuring has failed


class PlayedLevel:
    """The level of a file's packets, measured in a thread. Use it with `contextlib.closing`."""

    def __init__(self, decoder: str, rate: Hertz) -> None:
        """Begin to measure.

        Args:
            decoder: FFmpeg's name of the decoder that takes the packets.
            rate: the sample rate of the file.
        """
        self._batches: Queue[Sequence[Packet[Any]] | None] = Queue(AHEAD)
        self._executor = ThreadPoolExecutor(1, "measure")
        self._level = self._executor.submit(self._measure, decoder, rate)

    def add(self, packets: Sequence[Packet[Any]] | None) -> None:
        """Measure the next packets; None for the end.

        They are muxed already, so nobody else uses them.

        Raises:
            Exception: What ended the measuring.
        """
        if not self._hand_over(packets):
            self._level.result()

    def finish(self) -> LoudnessLevel:
        """Return the level of all packets.

        Raises:
            DecodeError: FFmpeg cannot decode them.
        """
        self.add(None)
        return self._level.result()

    def close(self) -> None:
        """End the measuring."""
        self._hand_over(None)
        self._executor.shutdown()

    def _hand_over(self, batch: Sequence[Packet[Any]] | None) -> bool:
        """Wait for room in the queue; return False once nobody takes from it any more."""
        while not self._level.done():
            with contextlib.suppress(Full):
                self._batches.put(batch, timeout=_LOOK)
                return True
        return False

    def _measure(self, decoder: str, rate: Hertz) -> LoudnessLevel:
        return measure_level(decode_packets(self._follow(), decoder, rate), rate)

    def _follow(self) -> Iterator[Packet[Any]]:
        while (batch := self._batches.get()) is not None:
            yield from batch
