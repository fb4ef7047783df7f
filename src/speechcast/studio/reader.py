"""Read a project into all that a page shows of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from ..frontend.reading_memo import ReadingMemo
from ..messages import language
from ..prepare import Prepared, prepare_speech, require_speakable
from ..preview import preview_prepared
from ..project.history import History
from ..project.project import Project
from ..project.resolution import to_request
from ..script.parser import parse
from .consent import with_every_voice_asked
from .view import Cast, Outline, View, count_sentences

Report = Callable[[int, int], None]
"""Takes how many sentences were read, and how many the speech has."""


class ProjectReader:
    """Reads an open project; what was read of its sentences before is not read again."""

    def __init__(self, folder: Path, report: Report, check: Callable[[], None]) -> None:
        """Read the project of a folder.

        Args:
            folder: The folder.
            report: Called while a speech is read.
            check: Called between the steps of the work; what it raises ends it.
        """
        self._folder = folder
        self._report = report
        self._memo = ReadingMemo(on_reading=self._count, check=check)
        self._done = self._total = 0
        self._allowed: tuple[str, ...] = ()
        self._fitted: Cast | None = None

    def allow(self, addresses: Collection[str]) -> None:
        """Note that the user allows texts to be sent to these addresses."""
        self._allowed = tuple(dict.fromkeys((*self._allowed, *addresses)))

    def set_fitted(self, cast: Cast) -> None:
        """Note the voices with which the project has the length that it was to have."""
        self._fitted = cast

    def outline(self, history: History) -> Outline:
        """Return what is known of a project before its sentences are read.

        Raises:
            SpeechcastError: It cannot be read.
        """
        outline = self._outline(history)
        require_speakable(outline.speech, outline.request)
        return outline

    def _outline(self, history: History) -> Outline:
        project = history.current
        request = with_every_voice_asked(
            to_request(project, self._folder, allow_online=self._allowed)
        )
        speech = parse(request.document.blocks, request.cast.keys() - {""})
        return Outline(history=history, request=request, speech=speech)

    def read(self, history: History) -> View:
        """Return what a page shows of a project.

        Raises:
            SpeechcastError: It cannot be read.
        """
        prepared = self._prepare(history)
        cast: Cast = prepared.request.cast
        if self._fitted and prepared.request.audio.duration and cast.keys() <= self._fitted.keys():
            cast = self._fitted
        return View(
            history=history,
            prepared=prepared,
            preview=preview_prepared(prepared),
            cast=cast,
            language=language(),
        )

    def prepare(self, project: Project) -> Prepared:
        """Return what would be recorded of a project.

        Raises:
            SpeechcastError: It cannot be read.
        """
        return self._prepare(History(project))

    def _prepare(self, history: History) -> Prepared:
        outline = self._outline(history)
        self._done, self._total = 0, count_sentences(outline.speech)
        return prepare_speech(outline.request, outline.speech, self._memo)

    def _count(self) -> None:
        self._done += 1
        self._report(min(self._done, self._total), self._total)
