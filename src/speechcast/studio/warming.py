"""Load what the first sentence needs while the user is still pasting it."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from ..documents import from_text
from ..engines.cast import preload
from ..errors import SpeechcastError
from ..prepare import prepare
from ..preview import preview_prepared
from ..request import Preferences, resolve_request
from ..voices import presets

_TEXT = "大家好。"  # any sentence: reading it loads the dictionaries


def warm_up() -> threading.Thread:
    """Load the default voice, if it is installed, and the dictionaries, in a thread.

    The program ends after it: a library in C++ aborts if its thread is ended with the program.
    """
    thread = threading.Thread(target=_load, name="warm-up")
    thread.start()
    return thread


def _load() -> None:
    """Load them; what goes wrong goes wrong again where it is needed."""
    with contextlib.suppress(SpeechcastError):
        voice = presets.load(presets.DEFAULT_PRESET)
        preload([voice])
        preferences = Preferences(voice=presets.DEFAULT_PRESET)
        preview_prepared(prepare(resolve_request(from_text(_TEXT), "a", Path(), preferences)))
