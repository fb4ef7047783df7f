"""Fetch and load the models of a cast's engines, and open and close them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator, Mapping, Set

from ..audio.libraries import import_libraries
from ..documents import Document
from ..errors import SpeechcastError
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


def is_one_utterance(document: Document, voices: Iterable[Voice]) -> bool:
    """Return whether every voice would speak all of a document in one breath."""
    length = sum(len(block.text) for block in document.blocks)
    return all(length <= engine_class(v.engine).max_characters(v) for v in voices)


def preload(voices: Iterable[Voice], *, alone: bool = False) -> threading.Thread:
    """Load the installed models of local voices, in the thread that is returned.

    So the text can be read meanwhile. The libraries that the first clip needs next follow, while
    the models are at work. What goes wrong is not reported: it goes wrong again where it is needed.

    Args:
        voices: The voices.
        alone: Whether each utterance is to be done as soon as possible; see `Engine.load`.
    """
    thread = threading.Thread(target=_load, args=[set(voices), alone], name="preload")
    thread.start()
    return thread


def _load(voices: Set[Voice], alone: bool) -> None:
    with contextlib.suppress(SpeechcastError):
        for voice in voices:
            engine = engine_class(voice.engine)
            if not engine.online and all(b.ready for b in engine.required_bundles(voice)):
                with contextlib.closing(engine(voice)) as opened:
                    opened.load(alone=alone)
    with contextlib.suppress(ImportError):
        import_libraries()


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
