"""Read a project into all that a page shows of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..frontend.reading_memo import ReadingMemo
from ..messages import language
from ..prepare import Prepared, prepare
from ..preview import preview_prepared
from ..project.history import History
from ..project.project import Project
from ..project.resolution import to_request
from .consent import with_every_voice_asked
from .view import Cast, View


class ProjectReader:
    """Reads an open project; what was read of its sentences before is not read again."""

    def __init__(self, folder: Path) -> None:
        """Read the project of a folder."""
        self._folder = folder
        self._memo = ReadingMemo()
        self._allowed: tuple[str, ...] = ()
        self._fitted: Cast | None = None

    def allow(self, addresses: Collection[str]) -> None:
        """Note that the user allows texts to be sent to these addresses."""
        self._allowed = tuple(dict.fromkeys((*self._allowed, *addresses)))

    def set_fitted(self, cast: Cast) -> None:
        """Note the voices with which the project has the length that it was to have."""
        self._fitted = cast

    def read(self, history: History) -> View:
        """Return what a page shows of a project.

        Raises:
            SpeechcastError: It cannot be read.
        """
        prepared = self.prepare(history.current)
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
        request = to_request(project, self._folder, allow_online=self._allowed)
        return prepare(with_every_voice_asked(request), self._memo)
