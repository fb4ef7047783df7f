"""The clips of sentences: found again by what decides their sound."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..model import Clip, Utterance, Voice
from ..synthesis.clip_cache import ClipCache
from ..synthesis.clip_spool import ClipSpool, SpooledClip
from ..synthesis.jobs import sound_version


class RecordedClips:
    """Clips by their keys in the clip cache, for any number of threads.

    What was recorded here stays as long as the program runs, on the disk; what was recorded before
    comes from the clip cache.
    """

    def __init__(self, cache: ClipCache | None) -> None:
        """Begin with the clips of a cache."""
        self._cache = cache
        self._spool = ClipSpool(Path(tempfile.gettempdir()))
        self._lock = threading.Lock()
        self._clips: dict[str, Clip] = {}

    def add(self, key: str, clip: Clip) -> None:
        """Keep a clip under its key; a later one replaces it."""
        spooled = clip if isinstance(clip, SpooledClip) else self.hold(clip)
        with self._lock:
            self._clips[key] = spooled

    def hold(self, clip: Clip) -> Clip:
        """Return an equal clip whose samples are on the disk."""
        return self._spool.add(clip)

    def find(self, key: str, token_count: int) -> Clip | None:
        """Return the clip under a key, or None."""
        with self._lock:
            clip = self._clips.get(key)
        if clip is None and self._cache and (cached := self._cache.get(key, token_count)):
            self.add(key, cached)
            with self._lock:
                clip = self._clips[key]
        return clip

    def holds(self, key: str) -> bool:
        """Return whether there is a clip under a key."""
        with self._lock:
            if key in self._clips:
                return True
        return self._cache is not None and self._cache.holds(key)

    def close(self) -> None:
        """Forget every clip that is not in the cache."""
        with self._lock:
            self._clips.clear()
        self._spool.close()


def find_keys(utterances: Sequence[Utterance], cast: Mapping[str, Voice]) -> list[str]:
    """Return what decides the sound of each utterance, as the clip cache's key."""
    speakers = {utterance.speaker for utterance in utterances}
    versions = {speaker: sound_version(cast[speaker]) for speaker in speakers}
    return [ClipCache.key(u, cast[u.speaker], versions[u.speaker]) for u in utterances]
