"""Fetch the models of a cast's engines, and open and close them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from ..model import Voice
from ..progress import ProgressCallback
from .base import Engine
from .registry import engine_class


def fetch_models(cast: Mapping[str, Voice], progress: ProgressCallback) -> None:
    """Install the models of the voices that are not installed yet.

    Raises:
        ModelError: A model cannot be fetched.
        PresetError: An engine cannot do what a voice asks for.
    """
    for voice in dict.fromkeys(cast.values()):
        engine_class(voice.engine).install(voice, progress)


@contextlib.contextmanager
def open_engines(cast: Mapping[str, Voice]) -> Iterator[Mapping[str, Engine]]:
    """Open each speaker's engine for the `with` block.

    Speakers of one voice share an engine.
    """
    with contextlib.ExitStack() as stack:
        engines = {
            voice: stack.enter_context(contextlib.closing(engine_class(voice.engine)(voice)))
            for voice in set(cast.values())
        }
        yield {speaker: engines[voice] for speaker, voice in cast.items()}
