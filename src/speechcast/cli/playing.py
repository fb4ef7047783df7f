"""Play what a command makes, beside its files."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING

import typer

from ..errors import PlaybackError
from ..exit_codes import INTERRUPTED
from ..messages import _

if TYPE_CHECKING:
    from ..model import PlacedClip, Voice
    from ..playback.playback import Playback
    from ..production import Production

log = logging.getLogger("speechcast.playback")


@contextlib.contextmanager
def open_playback(cast: Mapping[str, Voice]) -> Iterator[Playback]:
    """Open what plays a speech; when the block ends, the sound ends.

    Args:
        cast: The voice of each speaker, by the speaker's label.

    Raises:
        PlaybackError: Nothing on this machine can play sound.
    """
    from ..engines.base import SAMPLE_RATE
    from ..playback.playback import Playback
    from ..playback.players import find_players

    with closing(Playback(find_players(), cast, SAMPLE_RATE)) as playback:
        yield playback


class Accompaniment:
    """Plays a production while its files are made, as long as it can be played.

    If it cannot, that is reported once, and the files are made all the same.
    """

    def __init__(self, playback: Playback | None) -> None:
        """Take what plays; None to play nothing."""
        self._playback = playback

    @property
    def works(self) -> bool:
        """Whether the sound could be played so far."""
        return self._playback is not None

    def add(self, placed: PlacedClip) -> None:
        """Play the next clip of the timeline."""
        with self._reported(log.warning):
            if self._playback:
                self._playback.add(placed)

    @contextlib.contextmanager
    def hear_out(self, production: Production) -> Iterator[None]:
        """Run the block, then wait until all is heard.

        The files are there by then, so Ctrl-C ends no more than the sound.
        """
        try:
            yield
            with self._reported(_note):
                if self._playback:
                    self._playback.finish(round(production.duration * production.rate))
        except KeyboardInterrupt:
            typer.echo(_("interrupted; the files are complete"), err=True)
            raise typer.Exit(INTERRUPTED) from None

    @contextlib.contextmanager
    def _reported(self, report: Callable[[str], None]) -> Iterator[None]:
        try:
            yield
        except PlaybackError as exc:
            self._playback = None
            report(f"{exc}; the files are made all the same")


@contextlib.contextmanager
def accompany(cast: Mapping[str, Voice], *, play: bool) -> Iterator[Accompaniment]:
    """Open what plays a production beside its files, if it is to be played and can be.

    Args:
        cast: The voice of each speaker, by the speaker's label.
        play: Whether to play at all.
    """
    with contextlib.ExitStack() as stack:
        playback = None
        if play:
            try:
                playback = stack.enter_context(open_playback(cast))
            except PlaybackError as exc:
                _note(f"{exc}; the files are made all the same")
        yield Accompaniment(playback)


def _note(text: str) -> None:
    typer.echo(_("note: {text}").format(text=text), err=True)
