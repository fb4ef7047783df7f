"""One open project: its edits, its recording and its sounds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from ..adjustments import SentenceKey
from ..messages import _, language
from ..model import Clip, Timeline
from ..project import user_lexicon
from ..project.folder import load_project, open_project, save_project
from ..project.history import History
from ..project.project import Project
from ..project.sentences import list_sentences
from ..subtitles.cue import Cue
from ..synthesis.synthesizer import Resources
from ..units import Decibels
from . import project_files
from .errors import ConflictError, MissingError
from .events import Broadcast
from .page_state import PageStates
from .reader import ProjectReader
from .recorded_clips import RecordedClips
from .recording import ProjectRecording, Turn, require_going
from .sentence_takes import PreviousTakes, SentenceTake, first_take, take_of, to_sample
from .take_recording import record_take
from .view import Cast, Outline, View, count_sentences
from .whole import Whole

Edit = Callable[[Project], Project]

LONG = 200  # sentences; so many are read in about a second
LONG_TEXT = 20_000  # characters; so many are, too, however few sentences they are
_FEW = 20  # sentences that are read without a word about it
_REPORTS = 100  # while a long speech is read


class ProjectSession:
    """An open project, for any number of threads.

    Attributes:
        folder: Its folder.
        events: What happens to it.
        closing: Set when it is closed, which ends all work.
        recording: Its recording as a whole.
        page_states: What its pages have of it.
    """

    def __init__(self, folder: Path, turn: Turn, resources: Resources) -> None:
        """Open the project in a folder.

        Args:
            folder: The folder.
            turn: Lets one project record at a time.
            resources: The clip cache and the concurrency.

        Raises:
            SpeechcastError: It is no project, or a broken one.
        """
        self.folder = folder
        self._history = open_project(folder)
        self.events = Broadcast()
        self.closing = threading.Event()
        self._lock = threading.RLock()
        self._resources = resources
        self._clips = RecordedClips(resources.cache)
        self._previous = PreviousTakes(self._clips)
        self._whole = Whole(self._clips)
        self._reader = ProjectReader(folder, self._report_reading, self._require_open)
        self._files = self._state_of_files()
        self._view: View | None = None
        self.page_states = PageStates()
        self._was_read = False
        self.recording = ProjectRecording(self, turn)

    def outline(self) -> Outline | None:
        """Return what is known of a long project that is not read yet; None for every other.

        Raises:
            SpeechcastError: It cannot be read.
        """
        if self._was_read:
            return None
        outline = self._reader.outline(self._history)
        speech = outline.speech
        is_long = count_sentences(speech) > LONG or len(speech.text) > LONG_TEXT
        return outline if is_long else None

    def view(self) -> View:
        """Return the project as its files are now.

        Raises:
            SpeechcastError: It cannot be read.
        """
        with self._lock:
            if (files := self._state_of_files()) != self._files:
                project_files.require_present(self.folder)
                # A file that cannot be read stays changed, so that no edit is saved over it.
                name = self._history.current.speech.name
                self._install(self._history.changed(load_project(self.folder)))
                same = self._history.current.speech.name == name
                self._files = files if same else self._state_of_files()
            if self._view is None or self._view.language != language():
                self._view = self._reader.read(self._history)
                self._was_read = True
            return self._view

    @property
    def history(self) -> History:
        """The project, and what can be undone."""
        return self._history

    def edit(self, change: Edit, version: int | None = None) -> View:
        """Change the project and save it; nothing changes if that fails.

        Args:
            change: What changes.
            version: The version that the page shows; None to change any.

        Raises:
            ConflictError: The project has another version by now.
            SpeechcastError: The change is not possible.
        """
        with self._lock:
            self._require_version(version)
            return self._apply(self._history.changed(change(self._history.current)))

    def undo(self, version: int | None = None) -> View:
        """Undo the latest change; see `edit`."""
        with self._lock:
            self._require_version(version)
            return self._apply(self._history.undone())

    def redo(self, version: int | None = None) -> View:
        """Undo the latest undoing; see `edit`."""
        with self._lock:
            self._require_version(version)
            return self._apply(self._history.redone())

    def allow(self, addresses: Collection[str]) -> None:
        """Note that the user allows texts to be sent to these addresses."""
        with self._lock:
            self._reader.allow(addresses)
            self._view = None

    def is_recorded(self, view: View, number: int) -> bool:
        """Return whether a sentence is recorded as it is now."""
        return all(map(self._clips.holds, view.keys_of(number)))

    def find_take(self, view: View, number: int, *, previous: bool = False) -> SentenceTake:
        """Return a sentence as it is spoken now, or as it was before its latest change.

        Raises:
            MissingError: There is no such sentence, or it was never another.
        """
        current = take_of(view, number)
        if not previous:
            return current
        key = list_sentences(view.history.current)[number - 1].key
        if take := self._previous.find(key):
            return take
        raise MissingError(
            _("sentence {number} was not recorded another way").format(number=number)
        )

    def find_sample(self, voice: str) -> SentenceTake:
        """Return the first sentence that is no title, as a voice would speak it.

        Raises:
            SpeechcastError: There is no such voice, or it does not speak the language.
        """
        return first_take(self._reader.prepare(to_sample(self.view(), voice)))

    def has_previous(self, key: SentenceKey) -> bool:
        """Return whether a sentence was recorded another way before."""
        return self._previous.find(key) is not None

    def record_take(self, take: SentenceTake) -> list[Clip]:
        """Return the clips of a take; what is not recorded yet is recorded now.

        Raises:
            UnansweredError: Text would be sent that the user did not say yes to.
            SpeechcastError: It cannot be recorded.
        """
        return record_take(take, self.view().prepared, self._clips, self.resources)

    def find_timeline(self, view: View) -> Timeline | None:
        """Return the whole as it is recorded; None if a sentence is missing."""
        return self._whole.find_timeline(view)

    def require_timeline(self, view: View) -> Timeline:
        """Return the whole as it is recorded; see `Whole.require_timeline`."""
        return self._whole.require_timeline(view)

    def find_cues(self, view: View) -> Sequence[Cue]:
        """Return the cues of the whole as it is recorded; see `Whole.find_cues`."""
        return self._whole.find_cues(view)

    def find_gains(self, timeline: Timeline, cast: Cast) -> dict[str, Decibels]:
        """Return the gain at which each speaker of a timeline is played."""
        return self._whole.find_gains(timeline, cast)

    def add_clip(self, key: str, clip: Clip) -> None:
        """Keep a clip that was recorded."""
        self._clips.add(key, clip)

    def set_fitted(self, cast: Cast) -> None:
        """Note the voices with which the project has the length that it was to have."""
        with self._lock:
            self._reader.set_fitted(cast)
            self._view = None

    @property
    def resources(self) -> Resources:
        """What recording may use; clips are held where those of the session are."""
        return replace(self.plain_resources, hold=self._clips.hold, in_order=True)

    @property
    def plain_resources(self) -> Resources:
        """What making files may use; the work ends when the session does."""
        return replace(self._resources, check=lambda: require_going(self.closing))

    def render_whole(self) -> Path:
        """Return a WAV file of the whole as it is recorded.

        Raises:
            MissingError: A sentence is not recorded yet.
        """
        return self._whole.render(self.view())

    def find_output(self, name: str) -> Path:
        """Return a file of the project's output folder.

        Raises:
            MissingError: There is none of this name.
        """
        return project_files.find_output(self.folder, name)

    def set_user_reading(self, word: str, reading: str | None) -> View:
        """Change what is said for a word in all speeches of the user.

        Raises:
            SpeechcastError: The reading is not possible, or cannot be written.
        """
        with self._lock:
            user_lexicon.set_user_reading(word, reading)
            self._install(self._history)
            return self.view()

    def close(self) -> None:
        """End the recording and the events."""
        self.closing.set()
        self.recording.cancel()
        self.recording.wait()
        self.events.close()
        self._clips.close()
        self._whole.close()

    def _require_version(self, version: int | None) -> None:
        self.view()
        if version is not None and version != self._history.version:
            raise ConflictError(
                _("the project was changed elsewhere meanwhile; look at it, and change it again")
            )

    def _apply(self, history: History) -> View:
        if history is self._history:
            return self.view()
        view = self._reader.read(history)
        save_project(self.folder, history)
        self._files = self._state_of_files()
        self._install(history, view)
        return view

    def _install(self, history: History, view: View | None = None) -> None:
        before, after = self._view, view or self._reader.read(history)
        self._history, self._view = history, after
        if before:
            self._previous.follow(before, after)
        self.events.send("state", version=history.version)

    def _require_open(self) -> None:
        if self.closing.is_set():
            raise MissingError(_("the project was closed meanwhile"))

    def _report_reading(self, done: int, total: int) -> None:
        if done % max(_FEW, total // _REPORTS) == 0:
            self.events.send("reading", done=done, total=total)

    def _state_of_files(self) -> tuple[str, ...]:
        return project_files.state_of_files(self.folder, self._history.current.speech.name)
