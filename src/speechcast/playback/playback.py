"""Play the clips of a speech in order, while later ones are still being recorded."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..audio.stitch import stitch
from ..errors import PlaybackError, explain_os_error
from ..messages import _
from ..model import Clip, PlacedClip, Timeline, Voice
from ..synthesis.clip_spool import ClipSpool, SpooledClip
from ..units import Hertz, Samples, Seconds
from .levels import CEILING, PlaybackLevels
from .players import Player
from .sinks import Sink

if TYPE_CHECKING:
    from ..units import Mono16

_POLL: Seconds = 0.2  # between two checks for an interruption
# A pipe and a player's buffer take some seconds even if nothing is heard. A player that fails
# sooner has played nothing, and the next one begins from the start.
_UNHEARD: Seconds = 3.0


class Playback:
    """Plays one speech, in a thread of its own. Use it with `contextlib.closing`.

    The samples wait on the disk, so that a speech of any length can be recorded ahead.
    """

    def __init__(self, players: Sequence[Player], cast: Mapping[str, Voice], rate: Hertz) -> None:
        """Start the first player that works; `add` gives it what to play.

        Args:
            players: What can play, in order of preference.
            cast: The voice of each speaker, by the speaker's label.
            rate: The sample rate of the clips.
        """
        self._players, self._rate = players, rate
        self._levels = PlaybackLevels(cast)
        self._spool = ClipSpool(Path(tempfile.gettempdir()))
        self._changed = threading.Condition()
        self._pieces: list[SpooledClip] = []
        self._length: Samples = 0
        self._complete = self._closed = False
        self._sink: Sink | None = None
        self._error: Exception | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="playback", daemon=True)
        self._thread.start()

    def add(self, placed: PlacedClip) -> None:
        """Play the next clip of the timeline, after the silence before it.

        Raises:
            PlaybackError: No player could play what came before.
        """
        self._require_working()
        gains = {placed.utterance.speaker: self._levels.find_gain(placed)}
        clip = replace(placed, start=placed.start - self._length)
        length = clip.start + len(placed.clip.samples)
        piece = stitch(Timeline((clip,), self._rate, length), gains, CEILING)
        self._append(np.concatenate(list(piece)))

    def finish(self, length: Samples) -> None:
        """Wait until all is heard, and the silence up to the end of the timeline.

        Args:
            length: That of the timeline.

        Raises:
            PlaybackError: No player could play it.
        """
        if length > self._length:
            self._append(np.zeros(length - self._length, np.int16))
        with self._changed:
            self._complete = True
            self._changed.notify()
        # Not by `join`: interrupted, it takes the thread for ended (CPython 3.11).
        while not self._ended.wait(_POLL):
            pass
        self._require_working()

    def close(self) -> None:
        """Stop at once, if it is not finished."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            if self._sink:
                self._sink.stop()
        self._thread.join()
        self._spool.close()

    def _require_working(self) -> None:
        if self._error:
            raise self._error

    def _append(self, samples: Mono16) -> None:
        piece = self._spool.add(Clip(samples, self._rate, ()))
        with self._changed:
            self._pieces.append(piece)
            self._length += len(samples)
            self._changed.notify()

    def _run(self) -> None:
        """Play, and keep the error for the thread that adds clips."""
        try:
            self._play_with_any()
        except Exception as exc:
            self._error = exc
        finally:
            self._ended.set()

    def _play_with_any(self) -> None:
        """Play with the first player that works.

        Raises:
            PlaybackError: None does.
        """
        failures = []
        for player in self._players:
            played: list[Samples] = []
            try:
                played.extend(self._play(player))
            except PlaybackError as exc:
                failures.append(f"{player.name}: {exc}")
            except OSError as exc:  # of the disk on which the samples wait
                failures.append(f"{tempfile.gettempdir()}: {explain_os_error(exc)}")
            else:
                return
            if self._closed or sum(played) > _UNHEARD * self._rate:
                break
        raise PlaybackError(
            _("the sound cannot be played ({failures})").format(failures="; ".join(failures))
        )

    def _play(self, player: Player) -> Iterator[Samples]:
        """Play everything with a player; yield how many samples it has taken with each piece."""
        with self._changed:
            if self._closed:
                return
            sink = self._sink = player.open(self._rate)
        try:
            for samples in self._blocks():
                sink.write(samples)
                yield len(samples)
            if not self._closed:
                sink.finish()
        finally:
            sink.close()

    def _blocks(self) -> Iterator[Mono16]:
        """Yield all samples from the beginning, as they come, until the end or `close`."""
        number = 0
        while (piece := self._wait_for(number)) is not None:
            yield piece.samples
            number += 1

    def _wait_for(self, number: int) -> SpooledClip | None:
        """Return a piece once it is there; None if it will not come."""
        with self._changed:
            while not (self._closed or self._complete or number < len(self._pieces)):
                self._changed.wait()
            if self._closed or number >= len(self._pieces):
                return None
            return self._pieces[number]
