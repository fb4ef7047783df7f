"""Define the interface of an engine, and how to add one.

1. Write a subclass of `Engine` in `engines/<name>.py`, or in a folder `engines/<name>/` if it
   needs several files. Implement `synthesize`, `close` and `max_characters`. An engine that waits
   for a service subclasses `RemoteEngine` instead, and implements `request` and `to_clip` in place
   of `synthesize`, and `destination`, which says where the text goes.
2. Set the class variables whose defaults do not hold: `online`, `phonetic`, `cacheable`.
   Override `workers` if more than one utterance is worth synthesizing at once, and `service` if it
   is not one service for the whole engine.
3. Override `required_bundles`: return the model files that a voice needs (a `Bundle` says where
   they can be fetched), and raise PresetError there for a preset that the engine cannot serve.
   Override `install` if more is to be done than fetching them.
4. If the sound does not depend on our own version and on model files alone, override
   `sound_version`, and raise its number whenever the same request would give another clip:
   clips are cached under it.
5. Keep what the engine needs (threads, sockets, a model, foreign exceptions) inside it. Foreign
   exceptions come out as ours: `raise EngineError(…) from exc`. Import heavy packages where they
   are used, and have a missing optional package name the command that installs it.
6. Add the class to the table in `engines/registry.py`, and a preset that names it to `voices/`.
7. Override `terms` if the voice has a licence: whoever lists the voice is shown it.
8. Override `find_phonemes` if the engine is given phonemes: `speechcast script` shows them.
9. Add a fixture for it to the contract suite, `tests/engines/test_contract.py`, which runs against
   every engine of the registry: what it asserts is what the rest of the package relies on.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar, Generic, NamedTuple, TypeVar

from ..downloads.bundle import Bundle
from ..errors import PresetError, UnreadableError
from ..messages import _
from ..model import Clip, Utterance, Voice
from ..progress import ProgressCallback
from ..units import Hertz

SAMPLE_RATE: Hertz = 24_000  # of the clips of every engine; one production has one rate

Response = TypeVar("Response")


def ignore_start() -> None:
    """Do nothing when a response begins: the default of `RemoteEngine.request`."""


class Destination(NamedTuple):
    """Where an engine sends the text.

    Attributes:
        address: The address, without a login.
        allowance: What `--allow-online` is given to allow it.
        description: What it is, in a few words; "" if the address says it.
    """

    address: str
    allowance: str
    description: str = ""

    def __str__(self) -> str:
        return f"{self.description} ({self.address})" if self.description else self.address


class Engine(ABC):
    """An engine, which turns utterances into clips in one voice.

    `synthesize` is called from several threads at once. `contextlib.closing` closes an engine.
    """

    online: ClassVar[bool] = False
    """Whether the text leaves this machine."""

    phonetic: ClassVar[bool] = False
    """Whether the engine reads Chinese from the tokens' pinyin."""

    cacheable: ClassVar[bool] = True
    """Whether a clip is worth caching; False if synthesis is as fast as reading."""

    def __init__(self, voice: Voice) -> None:
        """Open the engine for one voice.

        Raises:
            PresetError: The preset asks for what the engine cannot do.
            ModelError: A model file is missing or damaged.
            EngineError: The engine cannot be opened.
        """
        self.voice = voice

    @property
    def workers(self) -> int:
        """How many utterances are worth synthesizing at once."""
        return 1

    @property
    def service(self) -> str:
        """The name of the service; by default, the preset's engine.

        Engines with the same `service` share its limit of utterances at once: several embedded
        voices share the cores, several voices of one server share its connections.
        """
        return self.voice.engine

    @abstractmethod
    def synthesize(self, utterance: Utterance) -> Clip:
        """Return the utterance as a clip, whole or not at all.

        The clip is mono at `SAMPLE_RATE`, trimmed to its sound, with one span per token: ascending
        sample ranges for the voiced tokens, None for the others.

        Raises:
            EngineError: The clip could not be made, or the engine was closed.
            TextError: The utterance has a character that the voice cannot read.
        """

    def load(self, *, alone: bool = False) -> None:  # noqa: B027 nothing by default
        """Load now what the first `synthesize` would have to load; nothing by default.

        Args:
            alone: Whether each utterance is to be done as soon as possible, one after the other,
                rather than all of them in the least time.
        """

    @abstractmethod
    def close(self) -> None:
        """End the work in progress soon: every running `synthesize` raises EngineError.

        May be called more than once, and from another thread.
        """

    @staticmethod
    @abstractmethod
    def max_characters(voice: Voice) -> int:
        """Return how many spoken characters an utterance of this voice may have."""

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:  # noqa: ARG004 none by default
        """Return the model files this voice needs; none by default.

        Raises:
            PresetError: The engine cannot do what the preset asks for.
        """
        return ()

    @classmethod
    def install(
        cls, voice: Voice, report: ProgressCallback, *, compact: bool | None = None
    ) -> None:
        """Fetch the model files of a voice that are not installed yet.

        Args:
            voice: The voice.
            report: Called with the progress of each download.
            compact: Whether a user chose the smaller of two models, or the larger; None for a user
                who did not say.

        Raises:
            ModelError: A model cannot be fetched.
            PresetError: The engine cannot do what the preset or `compact` asks for.
        """
        if compact:
            raise PresetError(
                _("preset '{voice}': it has no compact model; leave out --compact").format(
                    voice=voice.name
                )
            )
        for bundle in cls.required_bundles(voice):
            bundle.ensure(report)

    @classmethod
    def describe_model(cls, voice: Voice) -> str:  # noqa: ARG003 none by default
        """Return which of several models speaks the voice; "" if there is one alone."""
        return ""

    @classmethod
    def tune(cls, voice: Voice, report: ProgressCallback) -> str:  # noqa: ARG003 none by default
        """Find out how the voice runs best on this machine, once its model files are stored.

        Args:
            voice: The voice.
            report: Called with the progress.

        Returns:
            What was found, in a few words; "" if there is no choice, as by default.

        Raises:
            SpeechcastError: The model does not run at all.
        """
        return ""

    @classmethod
    def describe_device(cls, voice: Voice) -> str:  # noqa: ARG003 none by default
        """Return what runs the voice's model, in a few words; "" if there is no choice."""
        return ""

    @staticmethod
    def terms(voice: Voice) -> str:  # noqa: ARG004 none by default
        """Return the licence of the voice, and what it forbids; "" if we know of none."""
        return ""

    @staticmethod
    def destination(voice: Voice) -> Destination | None:  # noqa: ARG004 none by default
        """Return where the text is sent; None if it stays on this machine.

        Raises:
            PresetError: The preset names no usable address.
        """
        return None

    @classmethod
    def find_refusals(cls, voice: Voice, utterance: Utterance) -> Sequence[UnreadableError]:  # noqa: ARG003 none by default
        """Return the errors of what the voice cannot read; none by default.

        They are those that `synthesize` would raise, one for each character or word.
        """
        return ()

    @classmethod
    def find_phonemes(cls, voice: Voice, utterance: Utterance) -> Sequence[str]:  # noqa: ARG003 none by default
        """Return the phonemes of each token; "" for a token that has none, as all by default."""
        return [""] * len(utterance.tokens)

    @classmethod
    def sound_version(cls, voice: Voice) -> str:
        """Return a key of what else a cached clip depends on.

        Its text and the preset are taken into account already.

        By default it is our own version and a digest of the model files. It is part of the clip
        cache's keys: another value makes every clip of the voice be synthesized again.
        """
        return f"{_package_version()} {_digest_model_files(cls.required_bundles(voice))}"


class RemoteEngine(Engine, Generic[Response]):
    """An engine that computes clips from the responses of a service.

    The two steps are also called separately, so that no connection to the service stays occupied
    while this machine is busy with a response that has already arrived.
    """

    online: ClassVar[bool] = True

    @staticmethod
    @abstractmethod
    def destination(voice: Voice) -> Destination:
        """Return where the text is sent."""

    def synthesize(self, utterance: Utterance) -> Clip:
        """Request the utterance and turn the response into a clip."""
        return self.to_clip(utterance, self.request(utterance))

    @abstractmethod
    def request(
        self, utterance: Utterance, on_start: Callable[[], None] = ignore_start
    ) -> Response:
        """Return the service's complete response.

        Args:
            utterance: What to speak.
            on_start: Called, in any thread, when the first piece of the response arrives.

        Raises:
            EngineError: There is no complete response; a TransientError if another attempt may
                succeed.
        """

    @abstractmethod
    def to_clip(self, utterance: Utterance, response: Response) -> Clip:
        """Return the response as a clip, after checking that it is complete.

        Raises:
            InvalidResponse: The response is not the whole utterance.
        """


def _digest_model_files(bundles: Sequence[Bundle]) -> str:
    """Return a SHA-256, in hexadecimal, over the digests of all model files."""
    pieces = [
        piece.sha256 + file.suffix.hex()
        for bundle in bundles
        for file in bundle.files
        for piece in file.pieces
    ]
    return hashlib.sha256(" ".join(pieces).encode()).hexdigest()


@cache
def _package_version() -> str:
    try:
        return version("speechcast")
    except PackageNotFoundError:  # run from a folder, without being installed
        return "0"
