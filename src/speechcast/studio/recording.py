"""The recording of a whole project, in a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import SpeechcastError
from ..messages import _
from ..model import PlacedClip
from ..produce import produce_prepared
from ..production import Production
from ..progress import Step
from ..recording import record
from ..units import Seconds
from .consent import require_answer
from .errors import describe_bug
from .recorded_clips import find_keys

if TYPE_CHECKING:
    from .session import ProjectSession
    from .view import View

log = logging.getLogger("speechcast.studio")

_POLL: Seconds = 0.2  # between two looks at whether it is cancelled, while another records


class Cancelled(SpeechcastError):
    """The user cancelled the recording, or ends the studio."""


def require_going(cancelled: threading.Event) -> None:
    """Raise Cancelled if a piece of work was cancelled."""
    if cancelled.is_set():
        raise Cancelled(_("the recording was cancelled; what was recorded stays"))


class Turn:
    """Lets one project at a time record or be written: they share the processor."""

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._lock = threading.Lock()

    def take(self, cancelled: threading.Event) -> None:
        """Wait for one's turn.

        Raises:
            Cancelled: It was cancelled meanwhile.
        """
        while not self._lock.acquire(timeout=_POLL):
            require_going(cancelled)

    def give_back(self) -> None:
        """Let the next one begin."""
        self._lock.release()


class ProjectRecording:
    """Records a project, or writes its files; one at a time."""

    def __init__(self, session: ProjectSession, turn: Turn) -> None:
        """Begin with nothing recorded."""
        self._session = session
        self._turn = turn
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._running = False
        self._meter = _Meter(session, "progress")

    @property
    def running(self) -> bool:
        """Whether the project is being recorded."""
        return self._running

    def start(self) -> None:
        """Begin to record what is not recorded yet; nothing happens if it is being recorded.

        One that was cancelled and still ends is waited for.

        Raises:
            Cancelled: The project is closed.
            UnansweredError: Text would be sent that the user did not say yes to.
            SpeechcastError: The project cannot be read.
        """
        view = self._session.view()
        require_answer(view.prepared)
        with self._lock:
            if self.running and not self._cancelled.is_set():
                return
            self.wait()
            self._cancelled.clear()
            require_going(self._session.closing)
            self._running = True
            self._thread = threading.Thread(target=self._run, args=[view], name="recording")
            self._thread.start()

    def cancel(self) -> None:
        """End the recording soon; what was recorded stays."""
        self._cancelled.set()

    def wait(self) -> None:
        """Wait until nothing is being recorded."""
        if self._thread:
            self._thread.join()

    def publish(self) -> Production:
        """Write the project's files, and return what they are.

        Raises:
            UnansweredError: Text would be sent that the user did not say yes to.
            SpeechcastError: They cannot be made.
        """
        view = self._session.view()
        require_answer(view.prepared)
        self._turn.take(self._session.closing)
        try:
            report = _Meter(self._session, "writing").report
            return produce_prepared(view.prepared, report, self._session.plain_resources)
        finally:
            self._turn.give_back()

    def _run(self, view: View) -> None:
        """Record, and send what happens to the pages."""
        end, data = "done", {}
        try:
            self._turn.take(self._cancelled)
            try:
                self._record(view)
            finally:
                self._turn.give_back()
        except Cancelled:
            end = "cancelled"
        except SpeechcastError as exc:
            end, data = "failed", {"message": str(exc)}
        except Exception as exc:
            log.exception("the recording failed")
            end, data = "failed", {"message": describe_bug(exc)}
        # A page that hears of the end asks for the state, which must not say that it goes on.
        self._running = False
        self._session.events.send(end, **data)

    def _record(self, view: View) -> None:
        session, utterances = self._session, view.prepared.utterances
        position = 0

        def pass_on(placed: PlacedClip) -> None:
            nonlocal position
            if not view.prepared.request.audio.duration:
                session.add_clip(view.keys[position], placed.clip)
            position += 1
            ends = position == len(utterances) or (
                utterances[position].sentence != placed.utterance.sentence
            )
            if ends:
                session.events.send("sentence", number=placed.utterance.sentence, recorded=True)

        resources = replace(session.resources, check=lambda: require_going(self._cancelled))
        self._meter.begin()
        recorded = record(view.prepared, self._report, resources, pass_on)
        for key, clip in zip(find_keys(utterances, recorded.cast), recorded.clips, strict=True):
            session.add_clip(key, clip)
        if view.prepared.request.audio.duration:
            session.set_fitted(recorded.cast)

    def _report(self, step: Step) -> None:
        require_going(self._cancelled)
        self._meter.report(step)


class _Meter:
    """Sends the progress of the work, and how long it will take still."""

    def __init__(self, session: ProjectSession, kind: str) -> None:
        """Begin; `kind` is that of the events."""
        self._session, self._kind = session, kind
        self.begin()

    def begin(self) -> None:
        """Begin a piece of work."""
        self._stage, self._since, self._first = "", time.monotonic(), 0

    def report(self, step: Step) -> None:
        """Send the progress of a stage."""
        now = time.monotonic()
        if step.stage != self._stage:
            self._stage, self._since, self._first = step.stage, now, step.done
        done = step.done - self._first
        left = (now - self._since) / done * (step.total - step.done) if done else None
        self._session.events.send(
            self._kind,
            stage=step.stage,
            done=step.done,
            total=step.total,
            text=step.text,
            left_seconds=None if left is None else round(left, 1),
        )
