"""Undo and redo of a project's changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .project import Project

LONGEST = 200  # changes that can be undone; chosen here


@dataclass(frozen=True, slots=True)
class History:
    """A project as it is, as it was, and as it would be again.

    Attributes:
        current: The project as it is.
        past: As it was before each change, the latest last.
        future: As it was before each undoing, the latest last.
        version: How often it changed, undoing and redoing included.
    """

    current: Project
    past: tuple[Project, ...] = ()
    future: tuple[Project, ...] = ()
    version: int = 1

    def changed(self, project: Project) -> History:
        """Return the history after a change; the same one if nothing is different."""
        if project == self.current:
            return self
        past = (*self.past, self.current)[-LONGEST:]
        return History(project, past, (), self.version + 1)

    def undone(self) -> History:
        """Return the history with the latest change undone; the same one if there is none."""
        if not self.past:
            return self
        *past, before = self.past
        future = (*self.future, self.current)
        return replace(
            self, current=before, past=tuple(past), future=future, version=self.version + 1
        )

    def redone(self) -> History:
        """Return the history with the latest undoing undone; the same one if there is none."""
        if not self.future:
            return self
        *future, after = self.future
        past = (*self.past, self.current)
        return replace(
            self, current=after, past=past, future=tuple(future), version=self.version + 1
        )
