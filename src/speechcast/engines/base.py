"""What an engine is, and how to add one.

1. Write a class with the members of `Engine` in a file of its own. Whatever the engine needs
   (threads, sockets, a model, foreign exceptions) stays inside: exceptions come out as ours,
   `raise … from exc`. Import heavy packages where they are used.
2. Add it to the table in `engines/__init__.py`, and a preset that names it to `voices/`.
3. Add it to the contract suite, `tests/test_engines.py`: what that asserts is what the rest of
   the house relies on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

from ..downloads.bundle import Bundle
from ..model import Clip, Utterance, Voice


class Engine(Protocol):
    """Turns lines into clips. Opened for one voice; `record` is called from several threads."""

    online: ClassVar[bool]  # does the text leave this machine?
    phonetic: ClassVar[bool]  # does it read Chinese from pinyin?
    cacheable: ClassVar[bool]  # is a clip worth keeping, or as soon made anew?
    approximate: ClassVar[bool]  # are its tokens' times estimates, but for the pauses?

    def __init__(self, voice: Voice) -> None: ...

    @property
    def workers(self) -> int:
        """How many lines are worth recording at once."""

    def synthesize(self, line: Utterance) -> Clip:
        """The line as sound: trimmed to it, each voiced token's span in ascending order.

        Raises EngineError (or TextError for a character it cannot say): whole, or not at all.
        """

    def close(self) -> None:
        """End what is going on, soon; every `record` under way raises. May be called twice."""

    @staticmethod
    def max_characters(voice: Voice) -> int:
        """The spoken characters one line of this voice may have."""

    @staticmethod
    def required_bundles(voice: Voice) -> Sequence[Bundle]:
        """The model files this voice is spoken with.

        Raises PresetError if the engine cannot do what the voice asks for.
        """


@runtime_checkable
class RemoteEngine(Protocol):
    """An engine that waits for a service and then computes: `record` is `clip` of what `ask` had.

    The studio calls the two by themselves, so that nobody's place at the service is held while a
    machine is busy with what it already has.
    """

    def request(self, line: Utterance, begun: Callable[[], None] = ...) -> Any:
        """The service's answer; `begun` is called when it begins. Raises EngineError."""

    def to_clip(self, line: Utterance, answer: Any) -> Clip:
        """The answer as a clip, proven whole. Raises SpoiltAnswer."""
