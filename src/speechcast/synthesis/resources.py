"""What recording a speech may use; none of it changes the sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..model import Clip
from .clip_cache import ClipCache, default_folder


@dataclass(frozen=True, slots=True)
class Resources:
    """What recording a speech may use.

    Attributes:
        cache: Keeps the clips for later productions; None to keep none.
        jobs: How many utterances one service works on at once, at the most; None for as many as its
            engine takes.
        hold: Is given every clip and returns an equal one, which is held until the production is
            finished (see `ClipSpool.add`); None to hold the clips in memory.
        in_order: Whether to record strictly in the order of the document, for a listener who waits
            for the first clip; otherwise of the last clips the longest are begun first, which takes
            the least time in all.
        check: Called in the thread that waits for the clips, about once a second; what it raises
            ends the recording. None for nothing.
    """

    cache: ClipCache | None = None
    jobs: int | None = None
    hold: Callable[[Clip], Clip] | None = None
    in_order: bool = False
    check: Callable[[], None] | None = None


NO_CACHE = Resources()


def default_resources() -> Resources:
    """Return the user's clip cache and the engines' own concurrency."""
    return Resources(ClipCache(default_folder()))
