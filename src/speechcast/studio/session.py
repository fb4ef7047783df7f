"""One open project: its edits, its recording and its sounds."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..adjustments import SentenceKey
from ..audio.stitch import stitch
from ..engines.cast import fetch_models, open_engines
from ..errors import SpeechcastError
from ..files import file_state
from ..frontend.reading_memo import ReadingMemo
from ..model import BlockKind, Clip, Timeline, Utterance, Voice
from ..playback.levels import CEILING, PlaybackLevels
from ..prepare import Prepared, prepare, require_readable
from ..preview import preview_prepared
from ..progress import ProgressCallback, ignore_progress
from ..project import edits, user_lexicon
from ..project.folder import (
    OUTPUT_FOLDER,
    PROJECT_FILES,
    list_folder,
    load_project,
    open_project,
    save_project,
)
from ..project.history import History
from ..project.project import SPEECH_FILE, Project, SpeechFile
from ..project.resolution import to_request
from ..project.sentences import list_sentences
from ..synthesis import synthesizer
from ..synthesis.synthesizer import Resources
from ..timeline import place
from .consent import require_answer, with_every_voice_asked
from .events import Broadcast
from .recording import ProjectRecording, Turn, require_going
from .sounds import save_wav
from .takes import Takes, find_keys
from .view import View

Edit = Callable[[Project], Project]
Cast = Mapping[str, Voice]


class ConflictError(SpeechcastError):
    """The project changed since the page read it."""


class MissingError(SpeechcastError):
    """There is no such thing."""


@dataclass(frozen=True, slots=True)
class SentenceTake:
    """A sentence as it was spoken, or will be.

    Attributes:
        utterances: What is spoken.
        cast: The voices that speak it.
        keys: What decides the sound of each utterance.
    """

    utterances: tuple[Utterance, ...]
    cast: Cast
    keys: tuple[str, ...]

    @property
    def alone(self) -> tuple[Utterance, ...]:
        """The utterances without the pauses that the text has before and after them."""
        *others, last = self.utterances
        alone = (*others, replace(last, pause_after=0.0))
        return (replace(alone[0], pause_before=0.0), *alone[1:])


class ProjectSession:
    """An open project, for any number of threads.

    Attributes:
        folder: Its folder.
        events: What happens to it.
        closing: Set when it is closed, which ends all work.
        recording: Its recording as a whole.
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
        self._takes = Takes(resources.cache)
        self._memo = ReadingMemo()
        self._levels = PlaybackLevels({})
        self._allowed: tuple[str, ...] = ()
        self._previous: dict[SentenceKey, SentenceTake] = {}
        self._fitted: tuple[tuple[Utterance, ...], Cast] | None = None
        self._timeline: tuple[View, Timeline] | None = None
        self._files = self._file_states()
        self._view: View | None = None
        self._scratch: Path | None = None
        self._whole: tuple[Timeline, Path] | None = None
        self._whole_lock = threading.Lock()
        self.recording = ProjectRecording(self, turn)

    def view(self) -> View:
        """Return the project as its files are now.

        Raises:
            SpeechcastError: It cannot be read.
        """
        with self._lock:
            if self._file_states() != self._files:
                self._files = self._file_states()
                self._install(self._history.changed(load_project(self.folder)))
            if self._view is None:
                self._view = self._read(self._history)
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
            self._allowed = tuple(dict.fromkeys((*self._allowed, *addresses)))
            self._view = None

    def is_recorded(self, view: View, number: int) -> bool:
        """Return whether a sentence is recorded as it is now."""
        return all(map(self._takes.holds, view.keys_of(number)))

    def find_take(self, view: View, number: int, *, previous: bool = False) -> SentenceTake:
        """Return a sentence as it is spoken now, or as it was before its latest change.

        Raises:
            MissingError: There is no such sentence, or it was never another.
        """
        if number not in view.positions:
            raise MissingError(f"there is no sentence {number}")
        if not previous:
            utterances = tuple(view.utterances_of(number))
            return SentenceTake(utterances, view.cast, view.keys_of(number))
        key = list_sentences(view.history.current)[number - 1].key
        if key not in self._previous:
            raise MissingError(f"sentence {number} was not recorded another way")
        return self._previous[key]

    def find_sample(self, voice: str) -> SentenceTake:
        """Return the first sentence that is no title, as a voice would speak it.

        Raises:
            SpeechcastError: There is no such voice, or it does not speak the language.
        """
        view = self.view()
        project = view.history.current
        sentences = view.preview.sentences
        body = [s for s in sentences if s.kind is BlockKind.BODY] or list(sentences)
        sample = replace(
            project,
            speech=SpeechFile(SPEECH_FILE, body[0].text.strip().encode()),
            settings=replace(project.settings, voice=voice, cast={}, fit=None),
            adjustments={},
        )
        prepared = self._prepare(sample)
        cast = prepared.request.cast
        first = tuple(u for u in prepared.utterances if u.sentence == 1)
        return SentenceTake(first, cast, tuple(find_keys(first, cast)))

    def has_previous(self, key: SentenceKey) -> bool:
        """Return whether a sentence was recorded another way before."""
        return key in self._previous

    def record_take(
        self, take: SentenceTake, progress: ProgressCallback = ignore_progress
    ) -> list[Clip]:
        """Return the clips of a take; what is not recorded yet is recorded now.

        Raises:
            UnansweredError: Text would be sent that the user did not say yes to.
            SpeechcastError: It cannot be recorded.
        """
        clips = dict[str, Clip]()
        missing = dict[str, Utterance]()
        for key, utterance in zip(take.keys, take.utterances, strict=True):
            if clip := self._takes.find(key, len(utterance.tokens)):
                clips[key] = clip
            else:
                missing[key] = utterance
        if missing:
            recorded = self._record(list(missing.values()), take.cast, progress)
            for key, clip in zip(missing, recorded, strict=True):
                self._takes.add(key, clip)
                clips[key] = clip
        return [clips[key] for key in take.keys]

    def find_timeline(self, view: View) -> Timeline | None:
        """Return the whole as it is recorded; None if a sentence is missing."""
        with self._lock:
            if self._timeline and self._timeline[0] is view:
                return self._timeline[1]
        utterances = view.prepared.utterances
        if not all(map(self._takes.holds, view.keys)):
            return None
        clips = [
            self._takes.find(k, len(u.tokens)) for k, u in zip(view.keys, utterances, strict=True)
        ]
        whole = [clip for clip in clips if clip is not None]
        if len(whole) < len(clips):
            return None
        timeline = place(utterances, whole, {label: v.pauses for label, v in view.cast.items()})
        with self._lock:
            self._timeline = view, timeline
        return timeline

    def find_gains(self, timeline: Timeline, cast: Cast) -> dict[str, float]:
        """Return the gain at which each speaker of a timeline is played."""
        with self._lock:
            levels = self._levels.for_cast(cast)
            return {p.utterance.speaker: levels.find_gain(p) for p in timeline.clips}

    def add_clip(self, key: str, clip: Clip) -> None:
        """Keep a clip that was recorded."""
        self._takes.add(key, clip)

    def set_fitted(self, utterances: tuple[Utterance, ...], cast: Cast) -> None:
        """Note the voices with which the project has the length that it was to have."""
        with self._lock:
            self._fitted = utterances, cast
            self._view = None

    @property
    def resources(self) -> Resources:
        """What recording may use; clips are held where those of the session are."""
        return replace(self.plain_resources, hold=self._takes.hold, in_order=True)

    @property
    def plain_resources(self) -> Resources:
        """What making files may use; the work ends when the session does."""
        return replace(self._resources, check=lambda: require_going(self.closing))

    def render_whole(self) -> Path:
        """Return a WAV file of the whole as it is recorded.

        Raises:
            MissingError: A sentence is not recorded yet.
        """
        view = self.view()
        timeline = self.find_timeline(view)
        if timeline is None:
            raise MissingError("not every sentence is recorded yet")
        with self._whole_lock:
            if self._whole is None or self._whole[0] is not timeline:
                self._scratch = self._scratch or Path(tempfile.mkdtemp(prefix="speechcast-"))
                path = self._scratch / f"{view.history.version}.wav"
                gains = self.find_gains(timeline, view.cast)
                save_wav(path, stitch(timeline, gains, CEILING), timeline.rate)
                if self._whole:
                    self._whole[1].unlink(missing_ok=True)
                self._whole = timeline, path
            return self._whole[1]

    def find_output(self, name: str) -> Path:
        """Return a file of the project's output folder.

        Raises:
            MissingError: There is none of this name.
        """
        for path in list_folder(self.folder / OUTPUT_FOLDER):
            if path.name == name and path.is_file() and not path.is_symlink():
                return path
        raise MissingError(f"there is no file '{name[:80]}'")

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
        self._takes.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _record(
        self, utterances: Sequence[Utterance], cast: Cast, progress: ProgressCallback
    ) -> list[Clip]:
        view = self.view()
        spoken = {u.speaker: cast[u.speaker] for u in utterances}
        prepared = replace(
            view.prepared,
            request=replace(view.prepared.request, cast={**cast}),
            utterances=tuple(utterances),
        )
        require_answer(prepared)
        require_readable(prepared)
        fetch_models(spoken, progress)
        with open_engines(spoken) as engines:
            return synthesizer.synthesize(
                utterances, engines, progress, voices=spoken, resources=self.resources
            )

    def _require_version(self, version: int | None) -> None:
        self.view()
        if version is not None and version != self._history.version:
            raise ConflictError(
                "the project was changed elsewhere meanwhile; look at it, and change it again"
            )

    def _apply(self, history: History) -> View:
        if history is self._history:
            return self.view()
        view = self._read(history)
        save_project(self.folder, history)
        self._files = self._file_states()
        self._install(history, view)
        return view

    def _install(self, history: History, view: View | None = None) -> None:
        before = self._view
        self._history = history
        self._view = view or self._read(history)
        if before:
            self._previous = dict(self._find_previous(before, self._view))
        self.events.send("state", version=history.version)

    def _find_previous(self, before: View, after: View) -> list[tuple[SentenceKey, SentenceTake]]:
        """Return the takes of sentences as they were before, by their keys as they are now."""
        takes: list[tuple[SentenceKey, SentenceTake]] = []
        old = list_sentences(before.history.current)
        new = list_sentences(after.history.current)
        for i, j in edits.pair_sentences(old, new):
            if i not in range(len(before.positions)) or j not in range(len(after.positions)):
                continue
            take = self.find_take(before, i + 1)
            if take.keys != after.keys_of(j + 1) and all(map(self._takes.holds, take.keys)):
                takes.append((new[j].key, take))
            elif old[i].key in self._previous:
                takes.append((new[j].key, self._previous[old[i].key]))
        return takes

    def _read(self, history: History) -> View:
        prepared = self._prepare(history.current)
        cast: Cast = prepared.request.cast
        if (
            self._fitted
            and prepared.request.audio.duration
            and cast.keys() <= self._fitted[1].keys()
        ):
            cast = self._fitted[1]
        return View(
            history=history, prepared=prepared, preview=preview_prepared(prepared), cast=cast
        )

    def _prepare(self, project: Project) -> Prepared:
        request = to_request(project, self.folder, allow_online=self._allowed)
        return prepare(with_every_voice_asked(request), self._memo)

    def _file_states(self) -> tuple[str, ...]:
        return tuple(_state(self.folder / name) for name in (*PROJECT_FILES, self._speech_name()))

    def _speech_name(self) -> str:
        return self._history.current.speech.name


def _state(path: Path) -> str:
    try:
        return file_state(path)
    except OSError:
        return ""
