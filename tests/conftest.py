"""What the tests share: a clip store, and voices to speak with."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from speechcast import messages, redaction
from speechcast.engines.registry import engine_class
from speechcast.model import Voice
from speechcast.progress import ignore_progress
from speechcast.voices import presets
from tests.support.stand_in import write_files

# A shell that puts the tests into the background has them ignore it, and what they start as well.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test depends on the clock, as a busy machine is slow.
settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any speed")


@pytest.fixture(scope="session", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a clip store for the tests and the commands they start."""
    folder = tmp_path_factory.mktemp("clips")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPEECHCAST_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def _english() -> Iterator[None]:
    """Have the tests, and the commands they start, speak English in every locale."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(messages.VARIABLE, "en")
        yield


@pytest.fixture(autouse=True)
def _no_language_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have each test begin and end in English, in the words of a command line.

    A command changes its whole process's language, a page its words.
    """
    monkeypatch.setenv(messages.VARIABLE, "en")
    messages.use_language("en")
    messages.use_wording({})
    yield
    messages.use_language("en")
    messages.use_wording({})


@pytest.fixture(autouse=True)
def _no_secrets_of_other_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what other tests hid: a password like "secret" is masked wherever it occurs."""
    monkeypatch.setattr(redaction, "_hidden", set())


@pytest.fixture(scope="session")
def narrator() -> Voice:
    """Return the default voice; fetch its model if it is missing."""
    voice = presets.load("narrator")
    engine_class(voice.engine).install(voice, ignore_progress)
    return voice


@pytest.fixture(scope="session")
def tone() -> Voice:
    return presets.load("tone")


@pytest.fixture(scope="session")
def stand_in_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that holds stand-ins for the files of Kokoro v1.1-zh."""
    folder = tmp_path_factory.mktemp("stand-in")
    models = folder / "speechcast" / "models"
    models.mkdir(parents=True)
    write_files(models)
    return folder


@pytest.fixture
def mandarin_hd(stand_in_files: Path, monkeypatch: pytest.MonkeyPatch) -> Voice:
    """Return a voice of Kokoro v1.1-zh, which is spoken by the stand-in."""
    monkeypatch.setenv("XDG_DATA_HOME", str(stand_in_files))
    return presets.load("mandarin-hd")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what runs the embedded voices' model, hundreds of milliseconds a sentence."""
    for item in items:
        if "kokoro" in item.nodeid or item.nodeid.endswith("[narrator]"):
            item.add_marker(pytest.mark.slow)
